/* Case queues of a team, and which of them an integration of a build that produces or consumes cases is linked to. */
#include "api/handlers.h"
#include "api/slots.h"
#include "api/rows.h"
#include "base/limit.h"
#include "store/query.h"

/* ---- what a build's setup lacks --------------------------------------------------------------------------- */

struct case_config {
    struct v_uuid config_id;
    struct v_text integration_type;
    struct v_int linked_queue_count;
};

#define C struct case_config
static const struct field config_fields[] = {
    FIELD_UUID(C, config_id, .column = "id", .flags = REQUIRED, .doc = "ID of the slot"),
    FIELD_TEXT(C, integration_type, .column = "integration_type", .flags = REQUIRED, .doc = "Integration type",
               .example = "\"case-queue-consumer\""),
    FIELD_INT(C, linked_queue_count, .flags = REQUIRED | DERIVED, .doc = "Queues linked to it",
              .column = "(SELECT count(*) FROM slot_queues q WHERE q.space = r.space AND q.slot_id = r.id)"),
};
#undef C
const struct spec case_config_spec = SPEC(struct case_config, "CaseQueueConfig", config_fields);

struct case_setup {
    struct v_rows configs;
    struct v_bool has_available_queues;
};

static const struct field setup_fields[] = {
    FIELD_ROWS(struct case_setup, configs, .flags = REQUIRED, .sub = &case_config_spec,
               .doc = "The revision's producers and consumers of cases"),
    FIELD_BOOL(struct case_setup, has_available_queues, .flags = REQUIRED,
               .doc = "Whether the team has queues that could be linked"),
};
const struct spec case_setup_spec = SPEC(struct case_setup, "CaseQueueSetup", setup_fields);

static struct v_rows read_configs(struct request *rq, const struct uuid *build_id)
{
    const size_t room = slots_count(rq, build_id);
    struct case_config *rows = ARENA_ARRAY(rq->arena, room, struct case_config);
    size_t n = 0;
    QUERY q = query(rq->db, SQL_CASE_CONFIGS);
    bind_uuid(&q, build_id);
    while (n < room && query_row(&q))
        col_row(&q, 0, &case_config_spec, rq->arena, &rows[n++]);
    return SET_ROWS(n, rows);
}

static bool has_queues(struct request *rq)
{
    QUERY q = query(rq->db, SQL_QUEUE_OF_TEAM);
    bind_uuid(&q, &rq->who.team_id);
    return query_row(&q);
}

enum err case_setup_get(struct request *rq, struct reply *rp)
{
    const struct slot_path *path = rq->path;
    struct case_setup *out = REQUEST_NEW(rq, struct case_setup);
    bool frozen;
    const enum err err = slot_build_find(rq, &frozen);
    if (err != OK)
        return err;
    out->configs = read_configs(rq, &path->build_id.v);
    out->has_available_queues = SET_BOOL(has_queues(rq));
    rp->object = out;
    return OK;
}

/* ---- linked queues ---------------------------------------------------------------------------------------- */

struct linked_queue {
    struct v_uuid id;
    struct v_text name;
};

static const struct field linked_fields[] = {
    FIELD_UUID(struct linked_queue, id, .column = "q.id", .flags = REQUIRED, .doc = "Queue ID"),
    FIELD_TEXT(struct linked_queue, name, .column = "q.name", .flags = REQUIRED, .doc = "Its name",
               .example = "\"Invoices\""),
};
const struct spec linked_queue_spec = SPEC(struct linked_queue, "LinkedQueue", linked_fields);

struct queue_list {
    struct v_rows queues;
};

static const struct field list_fields[] = {
    FIELD_ROWS(struct queue_list, queues, .flags = REQUIRED, .sub = &linked_queue_spec,
               .doc = "Linked queues, by name"),
};
const struct spec queue_list = SPEC(struct queue_list, "LinkedQueueList", list_fields);

size_t slot_queues_count(struct request *rq, const struct uuid *slot_id)
{
    QUERY q = query(rq->db, SQL_SLOT_QUEUE_COUNT);
    bind_uuid(&q, slot_id);
    return query_row(&q) ? (size_t)col_int(&q, 0) : 0;
}

static const void *linked_queues(struct request *rq, const struct uuid *slot_id)
{
    struct queue_list *out = REQUEST_NEW(rq, struct queue_list);
    const size_t room = slot_queues_count(rq, slot_id);
    struct linked_queue *rows = ARENA_ARRAY(rq->arena, room, struct linked_queue);
    size_t n = 0;
    QUERY q = query(rq->db, SQL_SLOT_QUEUE_LIST);
    bind_uuid(&q, slot_id);
    while (n < room && query_row(&q))
        col_row(&q, 0, &linked_queue_spec, rq->arena, &rows[n++]);
    out->queues = SET_ROWS(n, rows);
    return out;
}

enum err queues_linked(struct request *rq, struct reply *rp)
{
    struct slot slot = { .id = { .is = VALUE_ABSENT } };
    bool frozen;
    const enum err err = slot_find_in_build(rq, &slot, &frozen);
    if (err == OK)
        rp->object = linked_queues(rq, &slot.id.v);
    return err;
}

/* ---- replace ---------------------------------------------------------------------------------------------- */

struct replace_body {
    struct v_uuids queue_ids;
};

static const struct field replace_fields[] = {
    FIELD_UUIDS(struct replace_body, queue_ids, .flags = REQUIRED, .max = LIMIT_SLOT_QUEUES,
                .doc = "All that are to be linked; none unlinks"),
};
const struct spec queues_replace_body = SPEC(struct replace_body, "ReplaceQueues", replace_fields);

static bool is_of_cases(const struct slot *slot)
{
    return text_eq(slot->integration_type.v, T("case-queue-producer")) ||
           text_eq(slot->integration_type.v, T("case-queue-consumer"));
}

static bool is_of_team(struct request *rq, const struct uuid *queue_id)
{
    QUERY q = query(rq->db, SQL_QUEUE_FIND);
    bind_uuid(&q, queue_id);
    bind_uuid(&q, &rq->who.team_id);
    return query_row(&q);
}

static enum err check_queues(struct request *rq, const struct v_uuids *ids)
{
    for (size_t i = 0; i < ids->n; i++)
        if (!is_of_team(rq, &ids->v[i]))
            return ERR_QUEUE_NOT_FOUND;
    return OK;
}

static void unlink_all(struct request *rq, const struct uuid *slot_id)
{
    QUERY q = query(rq->db, SQL_SLOT_QUEUE_CLEAR);
    bind_uuid(&q, slot_id);
    query_run(&q);
}

/* One that is named twice is linked once. */
static void link(struct request *rq, const struct uuid *slot_id, const struct uuid *queue_id)
{
    const struct slot_queue linked = { SET_UUID(*slot_id), SET_UUID(*queue_id) };
    QUERY q = query(rq->db, SQL_SLOT_QUEUE_INSERT);
    bind_row(&q, &fixture_slot_queue, &linked);
    query_try(&q);
}

enum err queues_replace(struct request *rq, struct reply *rp)
{
    const struct replace_body *in = rq->input;
    struct slot slot = { .id = { .is = VALUE_ABSENT } };
    bool frozen = false;
    enum err err = slot_find_in_build(rq, &slot, &frozen);
    if (err == OK)
        err = check_queues(rq, &in->queue_ids);
    if (err != OK)
        return err;
    if (!is_of_cases(&slot))
        return fail(rq, ERR_INVALID, "Only case queue integrations have queues; this is %.*s",
                    TEXT_ARG(slot.integration_name.v));
    if (frozen)
        return ERR_BUILD_FROZEN;
    unlink_all(rq, &slot.id.v);
    for (size_t i = 0; i < in->queue_ids.n; i++)
        link(rq, &slot.id.v, &in->queue_ids.v[i]);
    rp->object = linked_queues(rq, &slot.id.v);
    return OK;
}
