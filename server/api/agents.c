#include "api/agents.h"

#include "api/agent_path.h"
#include "api/agent_uses.h"
#include "api/build_config.h"
#include "api/builds.h"
#include "api/case_runs.h"
#include "api/common.h"
#include "api/handlers.h"
#include "api/run_moves.h"
#include "api/schedules.h"
#include "api/slots.h"
#include "base/clock.h"
#include "base/limit.h"
#include "space/ids.h"

/* ---- what is stored -------------------------------------------------------------------------------------- */

#define A struct stored_agent
static const struct field row_fields[] = {
    FIELD_UUID(A, id, .column = "id", .flags = REQUIRED),
    FIELD_TEXT(A, name, .column = "name", .flags = REQUIRED),
    FIELD_UUID(A, team_id, .column = "team_id", .flags = REQUIRED),
    FIELD_BOOL(A, slack_enabled, .column = "slack_enabled", .flags = NULLABLE),
    FIELD_BOOL(A, microsoft_teams_enabled, .column = "microsoft_teams_enabled", .flags = NULLABLE),
    FIELD_BOOL(A, agentic_memory_enabled, .column = "agentic_memory_enabled", .flags = NULLABLE),
    FIELD_UUID(A, thread_id, .column = "thread_id", .flags = NULLABLE),
    FIELD_UUID(A, folder_id, .column = "folder_id", .flags = NULLABLE),
    FIELD_UUID(A, automation_id, .column = "automation_id", .flags = NULLABLE),
    FIELD_TIME(A, last_run_at, .column = "last_run_at", .flags = NULLABLE),
    FIELD_UUID(A, created_by, .column = "created_by", .flags = NULLABLE),
    FIELD_UUID(A, updated_by, .column = "updated_by", .flags = NULLABLE),
    FIELD_TIME(A, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
    FIELD_TIME(A, updated_at, .column = "updated_at", .doc = UPDATED_DOC),
};
#undef A
const struct spec agent_row = SPEC(struct stored_agent, "FixtureAgent", row_fields);

static const struct field pin_row_fields[] = {
    FIELD_UUID(struct agent_pin, agent_id, .column = "agent_id", .flags = REQUIRED),
    FIELD_UUID(struct agent_pin, user_id, .column = "user_id", .flags = REQUIRED),
    FIELD_TIME(struct agent_pin, pinned_at, .column = "pinned_at", .fallback = FIRST_INSTANT),
};
const struct spec agent_pin_row = SPEC(struct agent_pin, "FixtureAgentPin", pin_row_fields);

bool agent_insert(struct db *db, const struct stored_agent *agent)
{
    return query_insert(db, SQL_AGENT_INSERT, &agent_row, agent, WITH(clock_ticket()));
}

/* ---- what is told ---------------------------------------------------------------------------------------- */

/* Who made an agent or changed it. */
struct agent_person {
    enum value_state is;
    struct v_uuid id;
    struct v_text name, email;
};

struct agent {
    enum value_state is;
    struct v_uuid id;
    struct v_text name;
    struct v_bool slack_enabled, microsoft_teams_enabled, agentic_memory_enabled;
    struct v_uuid team_id, thread_id, folder_id, automation_id;
    struct v_time created_at, updated_at;
    struct agent_person created_by, updated_by;
    struct v_time pinned_at, last_run_at;
    struct build latest_build;
    struct agent_uses uses;
};

static const struct field by_fields[] = {
    FIELD_UUID(struct agent_person, id, .flags = REQUIRED, .doc = "Person"),
    FIELD_TEXT(struct agent_person, name, .flags = REQUIRED | NULLABLE, .doc = "Name", .example = "\"Olivia Owner\""),
    FIELD_TEXT(struct agent_person, email, .flags = REQUIRED, .doc = "E-mail address",
               .example = "\"olivia@acme.example\""),
};
static const struct spec by_spec = SPEC(struct agent_person, "AgentPerson", by_fields);

#define A struct agent
#define IN_USES(m, type, k, ...) FIELD_AT(A, uses.m, #m, type, k, __VA_ARGS__)
#define AGENT_FIELDS                                                                                                   \
    FIELD_UUID(A, id, .column = "a.id", .flags = REQUIRED, .doc = "Agent ID"),                                         \
    FIELD_TEXT(A, name, .column = "a.name", .flags = REQUIRED, .doc = "Name", .example = "\"Invoice triage\""),        \
    FIELD_BOOL(A, slack_enabled, .column = "a.slack_enabled", .flags = REQUIRED | NULLABLE,                            \
               .doc = "Whether it can be used in Slack"),                                                              \
    FIELD_BOOL(A, microsoft_teams_enabled, .column = "a.microsoft_teams_enabled", .flags = REQUIRED | NULLABLE,        \
               .doc = "Whether it can be used in Microsoft Teams"),                                                    \
    FIELD_BOOL(A, agentic_memory_enabled, .column = "a.agentic_memory_enabled", .flags = REQUIRED | NULLABLE,          \
               .doc = "Whether it remembers"),                                                                         \
    FIELD_UUID(A, team_id, .column = "a.team_id", .flags = REQUIRED | NULLABLE, .doc = "Its team"),      \
    FIELD_UUID(A, thread_id, .column = "a.thread_id", .flags = REQUIRED | NULLABLE, .doc = "Thread"),                  \
    FIELD_UUID(A, folder_id, .column = "a.folder_id", .flags = NULLABLE, .doc = "Its folder"),              \
    FIELD_UUID(A, automation_id, .column = "a.automation_id", .flags = NULLABLE, .doc = "Its automation"),    \
    FIELD_TIME(A, created_at, .column = "a.created_at", .flags = REQUIRED | NULLABLE, .doc = "When it was made"),      \
    FIELD_TIME(A, updated_at, .column = "a.updated_at", .flags = REQUIRED | NULLABLE, .doc = "When it last changed"),  \
    FIELD_OBJECT(A, created_by, struct agent_person, .flags = NULLABLE, .sub = &by_spec, .doc = "Who made it"),        \
    FIELD_OBJECT(A, updated_by, struct agent_person, .flags = NULLABLE, .sub = &by_spec, .doc = "Who changed it last")
/* By the caller, ?2 of each statement. */
#define PINNED_AT \
    "(SELECT p.pinned_at FROM agent_pins p WHERE p.space = ?1 AND p.agent_id = a.id AND p.user_id = ?2)"
/* `only`: the version of the API that has them, or 0 for both. */
#define LISTED_FIELDS(only)                                                                                            \
    FIELD_TIME(A, pinned_at, .column = PINNED_AT, .flags = REQUIRED | NULLABLE | DERIVED | (only),                     \
               .doc = "When the caller pinned it"),                                                                    \
    FIELD_TIME(A, last_run_at, .column = "a.last_run_at", .flags = REQUIRED | NULLABLE | (only),                       \
               .doc = "When it last ran"),                                                                             \
    FIELD_OBJECT(A, latest_build, struct build, .flags = REQUIRED | NULLABLE | (only), .sub = &build_spec,             \
                 .doc = "The revision with the highest number"),                                                       \
    IN_USES(integration_configs, struct v_rows, KIND_ROWS, .flags = REQUIRED | (only), .sub = &agent_config_spec,      \
            .doc = "Its integrations")
static const struct field agent_fields[] = {
    AGENT_FIELDS,
    LISTED_FIELDS(ONLY_V1),
};
static const struct field item_fields[] = {
    AGENT_FIELDS,
    LISTED_FIELDS(0),
    IN_USES(user_triggers, struct user_triggers, KIND_OBJECT, .flags = REQUIRED | ONLY_V2, .sub = &user_triggers_spec,
            .doc = "The caller's triggers of it"),
    IN_USES(case_trigger_enabled, struct v_bool, KIND_BOOL, .flags = REQUIRED | ONLY_V2,
            .doc = "Whether a queue's cases start it"),
    IN_USES(case_trigger_has_conflict, struct v_bool, KIND_BOOL, .flags = REQUIRED | ONLY_V2,
            .doc = "Whether they start another one, too"),
    IN_USES(case_trigger_conflicting_agents, struct v_rows, KIND_ROWS, .flags = REQUIRED | ONLY_V2,
            .sub = &agent_conflict_spec, .doc = "Which ones"),
    IN_USES(case_queue_name, struct v_text, KIND_TEXT, .flags = REQUIRED | NULLABLE | ONLY_V2, .doc = "That queue"),
};
#undef LISTED_FIELDS
#undef AGENT_FIELDS
#undef IN_USES
#undef A
static const struct spec agent_spec = SPEC_WITH(struct agent, "Agent", agent_fields, .doc = "What uses connections.");
const struct spec agent_item_spec = SPEC(struct agent, "AgentListItem", item_fields);

/* ---- reading --------------------------------------------------------------------------------------------- */

enum { BY_COLUMNS = 3 };

static struct agent_person read_by(const struct query *q, int column, struct arena *arena)
{
    if (col_is_null(q, column))
        return (struct agent_person){ .is = VALUE_NULL };
    const bool named = !col_is_null(q, column + 1);
    return (struct agent_person){
        VALUE_SET,
        SET_UUID(col_uuid(q, column)),
        { named ? VALUE_SET : VALUE_NULL, named ? text_copy(arena, col_text(q, column + 1)) : T("") },
        SET_TEXT(text_copy(arena, col_text(q, column + 2))),
    };
}

/* A row of a statement that begins with the two people. */
static void read_agent(struct request *rq, const struct query *q, void *ret)
{
    struct agent *agent = ret;
    agent->is = VALUE_SET;
    agent->created_by = read_by(q, 0, rq->arena);
    agent->updated_by = read_by(q, BY_COLUMNS, rq->arena);
    col_row(q, 2 * BY_COLUMNS, &agent_item_spec, rq->arena, agent);
    agent->latest_build = build_latest(rq, &agent->id.v);
    agent->uses = agent_uses(rq, &agent->id.v, agent->latest_build.is == VALUE_SET ? &agent->latest_build.id.v : NULL);
}

/* NULL when the caller's team has none of that id. */
static struct agent *agent_shown(struct request *rq, const struct uuid *id)
{
    struct agent *agent = REQUEST_NEW(rq, struct agent);
    QUERY q = query_with(rq->db, SQL_AGENT_GET, WITH(&rq->who.user_id, id, &rq->who.team_id));
    if (!query_row(&q))
        return NULL;
    read_agent(rq, &q, agent);
    return agent;
}

/* ---- get ------------------------------------------------------------------------------------------------- */

struct user_context {
    enum value_state is;
    struct v_time pinned_at;
};

static const struct field context_fields[] = {
    FIELD_TIME(struct user_context, pinned_at, .flags = REQUIRED | NULLABLE, .doc = "When the caller pinned it"),
};
static const struct spec context_spec = SPEC(struct user_context, "AgentUserContext", context_fields);

struct agent_reply {
    struct agent agent;
    struct user_context user_context;
};

static const struct field reply_fields[] = {
    FIELD_OBJECT(struct agent_reply, agent, struct agent, .flags = REQUIRED, .sub = &agent_spec, .doc = "The agent"),
    FIELD_OBJECT(struct agent_reply, user_context, struct user_context, .flags = REQUIRED, .sub = &context_spec,
                 .doc = "The caller's part in it"),
};
const struct spec agent_reply = SPEC(struct agent_reply, "AgentReply", reply_fields);

static enum err answer_agent(struct request *rq, struct reply *rp, const struct uuid *id)
{
    struct agent_reply *out = REQUEST_NEW(rq, struct agent_reply);
    const struct agent *agent = agent_shown(rq, id);
    if (!agent)
        return ERR_AGENT_NOT_FOUND;
    *out = (struct agent_reply){ *agent, { VALUE_SET, agent->pinned_at } };
    rp->object = out;
    return OK;
}

enum err agents_get(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    return answer_agent(rq, rp, &path->agent_id.v);
}

/* ---- list ------------------------------------------------------------------------------------------------ */

struct agents_query {
    struct page_range page;
    struct v_enum include_schedules;
    struct v_uuid automation_id;
};

/* The API declares texts, not a boolean. */
static const char *const yes_no[] = { "true", "false", NULL };
enum { YES, NO };

#define Q struct agents_query
static const struct field query_fields[] = {
    PAGE_QUERY(Q, "20"),
    FIELD_ENUM(Q, include_schedules, .fallback = "\"false\"", .names = yes_no,
               .doc = "Whether latest_build has the caller's schedules"),
    FIELD_UUID(Q, automation_id, .doc = "Only those of this automation"),
};
#undef Q
const struct spec agents_query = SPEC(struct agents_query, "AgentsQuery", query_fields);

static const struct field list_fields[] = {
    LIST_ROWS("agents", agent_item_spec, "The page's agents"),
    LIST_PAGE(struct list, "Agents in all"),
};
const struct spec agent_list = SPEC(struct list, "AgentList", list_fields);

static void read_agent_asked(struct request *rq, const struct query *q, void *ret)
{
    const struct agents_query *in = rq->query;
    struct agent *agent = ret;
    read_agent(rq, q, agent);
    if (in->include_schedules.v == YES && agent->latest_build.is == VALUE_SET)
        agent->latest_build.schedules = schedules_of_agent(rq, &agent->id.v);
}

enum err agents_list(struct request *rq, struct reply *rp)
{
    const struct agents_query *in = rq->query;
    return list_page(rq, rp, &in->page, SQL_AGENT_COUNT, SQL_AGENT_PAGE,
                     WITH(&rq->who.user_id, &rq->who.team_id, in->automation_id), &agent_item_spec, read_agent_asked);
}

/* ---- create -------------------------------------------------------------------------------------------- */

struct first_build {
    enum value_state is;
    struct v_text name;
    struct v_json config;
};

static const struct field first_build_fields[] = {
    FIELD_TEXT(struct first_build, name, .flags = REQUIRED, .min = 1, .max = NO_MAX, .doc = "Name",
               .example = "\"Build 1\""),
    FIELD_JSON(struct first_build, config, .flags = REQUIRED, .sub = &build_config_spec, .max = LIMIT_CONFIG,
               .doc = "The setup"),
};
static const struct spec first_build_spec = SPEC(struct first_build, "FirstRevision", first_build_fields);

struct create_body {
    struct v_text name;
    struct v_uuid thread_id, source_build_id, automation_id;
    struct first_build build;
};

#define B struct create_body
static const struct field create_fields[] = {
    FIELD_TEXT(B, name, .flags = REQUIRED, .min = 1, .max = NO_MAX, .doc = "Name",
               .example = "\"Invoice triage\""),
    FIELD_UUID(B, thread_id, .flags = NULLABLE, .doc = "Thread", .example = "null"),
    FIELD_UUID(B, source_build_id, .flags = NULLABLE, .example = "null",
               .doc = "Revision of the team whose setup and integrations the first revision takes over"),
    FIELD_UUID(B, automation_id, .flags = NULLABLE, .doc = "Its automation", .example = "null"),
    FIELD_OBJECT(B, build, struct first_build, .sub = &first_build_spec, .doc = "The first revision"),
};
#undef B
const struct spec agent_create = SPEC(struct create_body, "CreateAgent", create_fields);

struct created {
    struct agent agent;
    struct build build;
};

static const struct field created_fields[] = {
    FIELD_OBJECT(struct created, agent, struct agent, .flags = REQUIRED, .sub = &agent_spec, .doc = "The new agent"),
    FIELD_OBJECT(struct created, build, struct build, .sub = &build_spec, .doc = "Its first revision"),
};
const struct spec agent_created = SPEC(struct created, "AgentCreated", created_fields);

static struct stored_agent new_agent(struct request *rq, const struct create_body *in)
{
    return (struct stored_agent){
        .id = SET_UUID(id_new(rq, "agent")),
        .name = in->name,
        .team_id = SET_UUID(rq->who.team_id),
        .thread_id = in->thread_id,
        .automation_id = in->automation_id,
        .created_by = SET_UUID(rq->who.user_id),
        .updated_by = SET_UUID(rq->who.user_id),
        .created_at = SET_TIME(rq->now),
        .updated_at = SET_TIME(rq->now),
    };
}

/* Its own setup, or else that of `from`. */
static enum err make_first_build(struct request *rq, const struct uuid *agent_id, const struct create_body *in,
                       const struct stored_build *from)
{
    const bool own = in->build.is == VALUE_SET;
    struct stored_build build = {
        .agent_id = SET_UUID(*agent_id),
        .name = own ? in->build.name : from->name,
        .config = own ? in->build.config : from->config,
        .parent_build_id = from->id,
    };
    return build_make(rq, &build, true, from->id.is == VALUE_SET ? &from->id.v : NULL);
}

enum err agents_create(struct request *rq, struct reply *rp)
{
    const struct create_body *in = rq->input;
    struct stored_build from = { .id = { .is = VALUE_ABSENT } };
    struct created *out = REQUEST_NEW(rq, struct created);
    enum err err = build_find_source(rq, in->source_build_id, &from);
    if (err != OK)
        return err;
    const struct stored_agent agent = new_agent(rq, in);
    if (!agent_insert(rq->db, &agent))
        return ERR_INTERNAL;
    if (from.id.is == VALUE_SET || in->build.is == VALUE_SET)
        err = make_first_build(rq, &agent.id.v, in, &from);
    if (err != OK)
        return err;
    const struct agent *shown = agent_shown(rq, &agent.id.v);
    if (!shown)
        return ERR_INTERNAL;
    out->agent = *shown;
    out->build = out->agent.latest_build;
    if (out->build.is == VALUE_NULL)
        out->build.is = VALUE_ABSENT;
    rp->object = out;
    return OK;
}

/* ---- update -------------------------------------------------------------------------------------------- */

struct update_body {
    struct v_text name;
    struct v_bool slack_enabled, microsoft_teams_enabled, agentic_memory_enabled;
    struct v_uuid thread_id;
    struct v_bool pinned;
};

#define B struct update_body
static const struct field update_fields[] = {
    FIELD_TEXT(B, name, .doc = "Name", .example = "\"Invoice triage\""),
    FIELD_BOOL(B, slack_enabled, .doc = "Whether it can be used in Slack"),
    FIELD_BOOL(B, microsoft_teams_enabled, .doc = "Whether it can be used in Microsoft Teams"),
    FIELD_BOOL(B, agentic_memory_enabled, .doc = "Whether it remembers"),
    FIELD_UUID(B, thread_id, .flags = NULLABLE, .doc = "Thread", .example = "null"),
    FIELD_BOOL(B, pinned, .doc = "Whether the caller has pinned it"),
};
#undef B
const struct spec agent_update = SPEC(struct update_body, "UpdateAgent", update_fields);

static bool changes_agent(const struct update_body *in)
{
    return in->name.is != VALUE_ABSENT || in->slack_enabled.is != VALUE_ABSENT ||
           in->microsoft_teams_enabled.is != VALUE_ABSENT || in->agentic_memory_enabled.is != VALUE_ABSENT ||
           in->thread_id.is != VALUE_ABSENT;
}

static bool take_agent(struct stored_agent *agent, const struct update_body *in)
{
    bool changed = take_text(&agent->name, in->name);
    changed |= take_bool(&agent->slack_enabled, in->slack_enabled);
    changed |= take_bool(&agent->microsoft_teams_enabled, in->microsoft_teams_enabled);
    changed |= take_bool(&agent->agentic_memory_enabled, in->agentic_memory_enabled);
    changed |= take_uuid(&agent->thread_id, in->thread_id);
    return changed;
}

/* One that is pinned already keeps the time. */
static void pin_agent(struct request *rq, const struct uuid *agent_id, bool pinned)
{
    if (pinned)
        query_change(rq->db, SQL_AGENT_PIN, WITH(agent_id, &rq->who.user_id, rq->now));
    else
        query_change(rq->db, SQL_AGENT_UNPIN, WITH(agent_id, &rq->who.user_id));
}

enum err agents_update(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    const struct update_body *in = rq->input;
    struct stored_agent agent = { .id = { .is = VALUE_ABSENT } };
    if (changes_agent(in) && rq->who.role < ROLE_BUILDER)
        return fail(rq, ERR_ROLE_TOO_LOW, "All but `pinned` requires the %s role or above; yours is %s",
                    role_names[ROLE_BUILDER], role_names[rq->who.role]);
    const struct param *key = WITH(&path->agent_id.v, &rq->who.team_id);
    if (!query_get(rq->db, SQL_AGENT_STORED, key, &agent_row, rq->arena, &agent))
        return ERR_AGENT_NOT_FOUND;
    if (take_agent(&agent, in)) {
        agent.updated_by = SET_UUID(rq->who.user_id);
        agent.updated_at = SET_TIME(rq->now);
        query_store(rq->db, SQL_AGENT_UPDATE, &agent_row, &agent, NULL);
    }
    if (in->pinned.is == VALUE_SET)
        pin_agent(rq, &agent.id.v, in->pinned.v);
    return answer_agent(rq, rp, &agent.id.v);
}

/* ---- delete ---------------------------------------------------------------------------------------------- */

/* Its runs end first, so that whoever they call hears of it, and it takes no case any more. Queues of cases that others
 * can take: as if no run had had them. */
static struct queue *stop_working(struct request *rq, const struct uuid *agent_id, size_t *ret_n)
{
    const struct param *agent = WITH(agent_id);
    query_change(rq->db, SQL_CASE_TRIGGER_LEAVES, agent);
    runs_interrupt_of(rq, agent_id);
    query_change(rq->db, SQL_CASE_FREE, WITH(agent_id, rq->now));
    return query_all(rq->db, SQL_CASE_QUEUES_LEFT, agent, &queue_row, rq->arena, ret_n);
}

/* Revisions, and what hangs on them and on it, go along (ON DELETE CASCADE). Other agents' revisions that were made
 * from its own are not made from anything any more. */
enum err agents_delete(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    const enum err err = agent_in_path(rq);
    if (err != OK)
        return err;
    size_t n;
    const struct queue *left = stop_working(rq, &path->agent_id.v, &n);
    query_change(rq->db, SQL_BUILD_ORPHAN, WITH(&path->agent_id.v));
    query_change(rq->db, SQL_AGENT_DELETE, WITH(&path->agent_id.v));
    for (size_t i = 0; i < n; i++)
        cases_hand_out(rq, &left[i].id.v, rq->now);
    rp->object = success(rq, true);
    return OK;
}
