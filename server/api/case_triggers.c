/* Case triggers: the queue whose cases start an agent. */
#include "api/agent_path.h"
#include "api/agent_uses.h"
#include "api/case_runs.h"
#include "api/cases.h"
#include "api/common.h"
#include "api/handlers.h"
#include "api/slots.h"
#include "base/limit.h"
#include "space/ids.h"

/* ---- what is stored -------------------------------------------------------------------------------------- */

#define R struct case_trigger
static const struct field row_fields[] = {
    FIELD_UUID(R, id, .column = "id", .flags = REQUIRED),
    FIELD_UUID(R, agent_id, .column = "agent_id", .flags = REQUIRED, .doc = "What it starts"),
    FIELD_UUID(R, queue_id, .column = "queue_id", .flags = REQUIRED, .doc = "Whose cases"),
    FIELD_UUID(R, user_id, .column = "user_id", .flags = REQUIRED, .doc = "Whose it is: runs are theirs"),
    FIELD_BOOL(R, enabled, .column = "enabled", .fallback = "true"),
    FIELD_INT(R, concurrency, .column = "concurrency", .flags = NULLABLE, .min = 1, .max = 1,
              .doc = "1: one run at a time"),
    FIELD_TIME(R, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
    FIELD_TIME(R, updated_at, .column = "updated_at", .doc = UPDATED_DOC),
};
#undef R
const struct spec case_trigger_row = SPEC(struct case_trigger, "FixtureCaseTrigger", row_fields);

bool case_trigger_insert(struct db *db, const struct case_trigger *trigger)
{
    return query_insert(db, SQL_CASE_TRIGGER_INSERT, &case_trigger_row, trigger, NULL);
}

/* ---- what is told ---------------------------------------------------------------------------------------- */

struct told_trigger {
    enum value_state is;
    struct case_trigger t;
    struct v_text case_queue_name, creator_display_name;
    struct v_bool can_disable, has_conflict;
    struct v_rows conflicting_agents;
};

#define S struct told_trigger
#define OF_ROW(m, json, type, k, ...) FIELD_AT(S, t.m, json, struct type, k, .column = "t." #m, __VA_ARGS__)
#define CONFLICTS                                                                                                      \
    FIELD_BOOL(S, has_conflict, .flags = REQUIRED, .doc = "Whether other agents are started by the same cases"),       \
    FIELD_ROWS(S, conflicting_agents, .flags = REQUIRED, .sub = &agent_conflict_spec, .doc = "Those agents, by name")
static const struct field trigger_fields[] = {
    OF_ROW(id, "id", v_uuid, KIND_UUID, .flags = REQUIRED, .doc = "Case trigger ID"),
    OF_ROW(agent_id, "agent_id", v_uuid, KIND_UUID, .flags = REQUIRED, .doc = "The agent that is started"),
    OF_ROW(queue_id, "case_queue_id", v_uuid, KIND_UUID, .flags = REQUIRED, .doc = "The queue whose cases start it"),
    FIELD_TEXT(S, case_queue_name, .column = "q.name", .flags = REQUIRED, .doc = "Its name"),
    OF_ROW(user_id, "user_id", v_uuid, KIND_UUID, .flags = REQUIRED, .doc = "Who made it"),
    OF_ROW(enabled, "enabled", v_bool, KIND_BOOL, .flags = REQUIRED, .doc = "Whether it is active", .example = "true"),
    OF_ROW(concurrency, "concurrency", v_int, KIND_INT, .flags = REQUIRED | NULLABLE, .max = PAGE_MAX,
           .doc = "1: one run at a time"),
    OF_ROW(created_at, "created_at", v_time, KIND_TIME, .flags = REQUIRED, .doc = "When it was made"),
    OF_ROW(updated_at, "updated_at", v_time, KIND_TIME, .flags = REQUIRED, .doc = "When it was last changed"),
    FIELD_TEXT(S, creator_display_name,
               .column = "(SELECT coalesce(p.name, p.email) FROM people p WHERE p.space = ?1 AND p.id = t.user_id)",
               .flags = REQUIRED | NULLABLE | DERIVED, .doc = "Name of who made it"),
    FIELD_BOOL(S, can_disable, .flags = REQUIRED, .doc = "Whether the caller may disable it or change its queue"),
    CONFLICTS,
};
static const struct field preview_fields[] = { CONFLICTS };
#undef S
const struct spec case_trigger_spec = SPEC(struct told_trigger, "CaseTrigger", trigger_fields);
const struct spec case_trigger_preview = SPEC(struct told_trigger, "CaseTriggerConflicts", preview_fields);

static const struct field list_fields[] = { LIST_ROWS("case_triggers", case_trigger_spec, "At most one") };
const struct spec case_trigger_list = SPEC(struct list, "CaseTriggerList", list_fields);

struct trigger_reply {
    struct told_trigger case_trigger;
};

static const struct field reply_fields[] = {
    FIELD_OBJECT(struct trigger_reply, case_trigger, struct told_trigger, .flags = REQUIRED,
                 .sub = &case_trigger_spec, .doc = "It"),
};
const struct spec case_trigger_reply = SPEC(struct trigger_reply, "CaseTriggerReply", reply_fields);

static bool may_change(const struct request *rq, const struct case_trigger *t)
{
    return rq->who.role >= ROLE_BUILDER || uuid_eq(&t->user_id.v, &rq->who.user_id);
}

/* Of the path's agent, on that queue, active or to be. */
static void tell_conflicts(struct request *rq, struct told_trigger *told, const struct uuid *queue_id)
{
    const struct agent_path *path = rq->path;
    const struct param *with = WITH(queue_id, &path->agent_id.v, LIMIT_CASE_CONFLICTS);
    told->conflicting_agents = query_rows(rq->db, SQL_CASE_CONFLICTS, with, &agent_conflict_spec, rq->arena);
    told->has_conflict = SET_BOOL(told->conflicting_agents.n > 0);
}

static void tell_rest(struct request *rq, struct told_trigger *told)
{
    told->is = VALUE_SET;
    told->can_disable = SET_BOOL(may_change(rq, &told->t));
    told->has_conflict = SET_BOOL(false);
    told->conflicting_agents = SET_ROWS(0, NULL);
    if (told->t.enabled.v)
        tell_conflicts(rq, told, &told->t.queue_id.v);
}

static enum err answer_trigger(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    struct trigger_reply *out = REQUEST_NEW(rq, struct trigger_reply);
    query_get(rq->db, SQL_CASE_TRIGGER_LIST, WITH(&path->agent_id.v), &case_trigger_spec, rq->arena,
              &out->case_trigger);
    tell_rest(rq, &out->case_trigger);
    rp->object = out;
    return OK;
}

/* ---- reading --------------------------------------------------------------------------------------------- */

enum err case_triggers_list(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    struct list *out = REQUEST_NEW(rq, struct list);
    const enum err err = agent_in_path(rq);
    if (err != OK)
        return err;
    size_t n;
    struct told_trigger *rows =
        query_all(rq->db, SQL_CASE_TRIGGER_LIST, WITH(&path->agent_id.v), &case_trigger_spec, rq->arena, &n);
    for (size_t i = 0; i < n; i++)
        tell_rest(rq, &rows[i]);
    out->rows = SET_ROWS(n, rows);
    rp->object = out;
    return OK;
}

/* The path's. */
static enum err find_trigger(struct request *rq, struct case_trigger *ret)
{
    const struct agent_path *path = rq->path;
    const struct param *key = WITH(&path->trigger_id.v, &path->agent_id.v);
    const enum err err = agent_in_path(rq);
    if (err != OK)
        return err;
    const bool found = query_get(rq->db, SQL_CASE_TRIGGER_GET, key, &case_trigger_row, rq->arena, ret);
    return found ? OK : ERR_CASE_TRIGGER_NOT_FOUND;
}

enum err case_triggers_get(struct request *rq, struct reply *rp)
{
    struct case_trigger t = { .id = { .is = VALUE_ABSENT } };
    const enum err err = find_trigger(rq, &t);
    return err == OK ? answer_trigger(rq, rp) : err;
}

struct preview_query {
    struct v_uuid case_queue_id;
};

static const struct field preview_query_fields[] = {
    FIELD_UUID(struct preview_query, case_queue_id, .flags = REQUIRED, .doc = "A queue of the team"),
};
const struct spec case_preview_query = SPEC(struct preview_query, "CaseConflictsQuery", preview_query_fields);

enum err case_triggers_preview(struct request *rq, struct reply *rp)
{
    const struct preview_query *in = rq->query;
    struct told_trigger *out = REQUEST_NEW(rq, struct told_trigger);
    struct queue q = { .id = { .is = VALUE_ABSENT } };
    enum err err = agent_in_path(rq);
    if (err == OK)
        err = queue_find(rq, &in->case_queue_id.v, &q);
    if (err != OK)
        return err;
    tell_conflicts(rq, out, &q.id.v);
    rp->object = out;
    return OK;
}

/* ---- make, change, delete -------------------------------------------------------------------------------- */

struct trigger_body {
    struct v_uuid case_queue_id;
    struct v_bool enabled;
    struct v_int concurrency;
};

#define B struct trigger_body
#define BODY_FIELDS(required)                                                                                          \
    FIELD_UUID(B, case_queue_id, .flags = (required), .doc = "A queue of the team"),                                   \
    FIELD_BOOL(B, enabled, .flags = (required), .doc = "Whether it is active", .example = "true"),                     \
    FIELD_INT(B, concurrency, .flags = NULLABLE, .min = 1, .max = 1, .doc = "1: one run at a time", .example = "1")
static const struct field create_fields[] = { BODY_FIELDS(REQUIRED) };
static const struct field update_fields[] = { BODY_FIELDS(0) };
#undef B
const struct spec case_trigger_create = SPEC(struct trigger_body, "CreateCaseTrigger", create_fields);
const struct spec case_trigger_update = SPEC(struct trigger_body, "UpdateCaseTrigger", update_fields);

static bool take_body(struct case_trigger *t, const struct trigger_body *in)
{
    bool changed = take_uuid(&t->queue_id, in->case_queue_id);
    changed |= take_bool(&t->enabled, in->enabled);
    changed |= take_int(&t->concurrency, in->concurrency);
    return changed;
}

enum err case_triggers_create(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    const struct trigger_body *in = rq->input;
    struct queue q = { .id = { .is = VALUE_ABSENT } };
    struct case_trigger t = {
        .agent_id = path->agent_id,
        .user_id = SET_UUID(rq->who.user_id),
        .concurrency = { .is = VALUE_NULL },
        .created_at = SET_TIME(rq->now),
        .updated_at = SET_TIME(rq->now),
    };
    enum err err = agent_in_path(rq);
    if (err == OK)
        err = queue_find(rq, &in->case_queue_id.v, &q);
    if (err != OK)
        return err;
    take_body(&t, in);
    t.id = SET_UUID(id_new(rq, "case_trigger"));
    if (!case_trigger_insert(rq->db, &t))
        return ERR_CASE_TRIGGER_EXISTS;
    cases_hand_out(rq, &q.id.v, rq->now);
    return answer_trigger(rq, rp);
}

enum err case_triggers_update(struct request *rq, struct reply *rp)
{
    struct case_trigger t = { .id = { .is = VALUE_ABSENT } };
    struct queue q = { .id = { .is = VALUE_ABSENT } };
    enum err err = find_trigger(rq, &t);
    if (err != OK)
        return err;
    if (!may_change(rq, &t))
        return ERR_CASE_TRIGGER_OF_ANOTHER;
    if (take_body(&t, rq->input)) {
        t.updated_at = SET_TIME(rq->now);
        err = queue_find(rq, &t.queue_id.v, &q);
        if (err != OK)
            return err;
        query_store(rq->db, SQL_CASE_TRIGGER_UPDATE, &case_trigger_row, &t, NULL);
        cases_hand_out(rq, &t.queue_id.v, rq->now);
    }
    return answer_trigger(rq, rp);
}

enum err case_triggers_delete(struct request *rq, struct reply *rp)
{
    struct case_trigger t = { .id = { .is = VALUE_ABSENT } };
    const enum err err = find_trigger(rq, &t);
    if (err != OK)
        return err;
    query_change(rq->db, SQL_CASE_TRIGGER_DELETE, WITH(t.id));
    rp->object = success(rq, true);
    return OK;
}
