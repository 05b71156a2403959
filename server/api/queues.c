/* Which case queues an integration of a build that produces or consumes cases is linked to. */
#include "api/agent_path.h"
#include "api/common.h"
#include "api/handlers.h"
#include "api/slots.h"
#include "base/limit.h"

/* ---- what is stored -------------------------------------------------------------------------------------- */

static const struct field slot_queue_row_fields[] = {
    FIELD_UUID(struct slot_queue, slot_id, .column = "slot_id", .flags = REQUIRED),
    FIELD_UUID(struct slot_queue, queue_id, .column = "queue_id", .flags = REQUIRED),
};
const struct spec slot_queue_row = SPEC(struct slot_queue, "FixtureSlotQueue", slot_queue_row_fields);

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

enum err case_setup_get(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    struct case_setup *out = REQUEST_NEW(rq, struct case_setup);
    bool frozen;
    const enum err err = build_in_path(rq, &frozen);
    if (err != OK)
        return err;
    out->configs = query_rows(rq->db, SQL_CASE_CONFIGS, WITH(&path->build_id.v), &case_config_spec, rq->arena);
    out->has_available_queues = SET_BOOL(query_finds(rq->db, SQL_QUEUE_OF_TEAM, WITH(&rq->who.team_id)));
    rp->object = out;
    return OK;
}

/* ---- linked queues ---------------------------------------------------------------------------------------- */

static const struct field linked_fields[] = {
    FIELD_UUID(struct linked_queue, id, .column = "q.id", .flags = REQUIRED, .doc = "Queue ID"),
    FIELD_TEXT(struct linked_queue, name, .column = "q.name", .flags = REQUIRED, .doc = "Its name",
               .example = "\"Invoices\""),
};
const struct spec linked_queue_spec = SPEC(struct linked_queue, "LinkedQueue", linked_fields);

static const struct field list_fields[] = { LIST_ROWS("queues", linked_queue_spec, "Linked queues, by name") };
const struct spec queue_list = SPEC(struct list, "LinkedQueueList", list_fields);

const struct linked_queue *slot_queues(struct request *rq, const struct uuid *slot_id, size_t *ret_n)
{
    return query_all(rq->db, SQL_SLOT_QUEUE_LIST, WITH(slot_id), &linked_queue_spec, rq->arena, ret_n);
}

static enum err answer_queues(struct request *rq, struct reply *rp, const struct slot *slot)
{
    return list_all(rq, rp, SQL_SLOT_QUEUE_LIST, WITH(&slot->id.v), &linked_queue_spec);
}

enum err queues_linked(struct request *rq, struct reply *rp)
{
    struct slot slot = { .id = { .is = VALUE_ABSENT } };
    bool frozen;
    const enum err err = slot_in_path(rq, &slot, &frozen);
    return err == OK ? answer_queues(rq, rp, &slot) : err;
}

/* ---- replace ---------------------------------------------------------------------------------------------- */

struct replace_body {
    struct v_uuids queue_ids;
};

static const struct field replace_fields[] = {
    FIELD_UUIDS(struct replace_body, queue_ids, .flags = REQUIRED, .max = LIMIT_ENTRIES,
                .doc = "All linked queues; an empty list unlinks"),
};
const struct spec queues_replace_body = SPEC(struct replace_body, "ReplaceQueues", replace_fields);

static bool is_of_cases(const struct slot *slot)
{
    return text_eq(slot->integration_type.v, T("case-queue-producer")) ||
           text_eq(slot->integration_type.v, T("case-queue-consumer"));
}

static enum err check_queues(struct request *rq, const struct v_uuids *ids)
{
    for (size_t i = 0; i < ids->n; i++)
        if (!query_finds(rq->db, SQL_QUEUE_FIND, WITH(&ids->v[i], &rq->who.team_id)))
            return ERR_QUEUE_NOT_FOUND;
    return OK;
}

enum err queues_replace(struct request *rq, struct reply *rp)
{
    const struct replace_body *in = rq->input;
    struct slot slot = { .id = { .is = VALUE_ABSENT } };
    bool frozen = false;
    enum err err = slot_in_path(rq, &slot, &frozen);
    if (err == OK)
        err = check_queues(rq, &in->queue_ids);
    if (err != OK)
        return err;
    if (!is_of_cases(&slot))
        return fail(rq, ERR_INVALID, "Only case queue integrations have queues; this is %.*s",
                    TEXT_ARG(slot.integration_name.v));
    if (frozen)
        return ERR_BUILD_FROZEN;
    query_change(rq->db, SQL_SLOT_QUEUE_CLEAR, WITH(&slot.id.v));
    for (size_t i = 0; i < in->queue_ids.n; i++) { /* one that is named twice is linked once */
        const struct slot_queue linked = { slot.id, SET_UUID(in->queue_ids.v[i]) };
        query_insert(rq->db, SQL_SLOT_QUEUE_INSERT, &slot_queue_row, &linked, NULL);
    }
    return answer_queues(rq, rp, &slot);
}
