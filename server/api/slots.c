#include "api/slots.h"

#include "api/builds.h"
#include "api/handlers.h"
#include "api/success.h"
#include "api/rows.h"
#include "space/ids.h"
#include "base/limit.h"
#include "store/query.h"

/* ---- the object ------------------------------------------------------------------------------------------ */

#define S struct slot
static const struct field slot_fields[] = {
    FIELD_UUID(S, id, .column = "id", .flags = REQUIRED, .doc = "ID of the slot"),
    FIELD_UUID(S, integration_id, .column = "integration_id", .flags = REQUIRED | NULLABLE,
               .doc = "The catalog's integration"),
    FIELD_UUID(S, custom_integration_id, .column = "custom_integration_id", .flags = REQUIRED | NULLABLE,
               .doc = "The team's custom integration"),
    FIELD_TEXT(S, integration_type, .column = "integration_type", .flags = REQUIRED, .doc = "Integration type",
               .example = "\"gmail\""),
    FIELD_TEXT(S, integration_name, .column = "integration_name", .flags = REQUIRED, .doc = "Its display name",
               .example = "\"Gmail\""),
    FIELD_TIME(S, created_at, .column = "created_at", .flags = REQUIRED, .doc = "When it was attached"),
};
#undef S
const struct spec slot_spec = SPEC_WITH(struct slot, "RevisionIntegration", slot_fields,
                                        .doc = "An integration that a revision uses.");

#define P struct slot_path
#define BUILD_FIELDS FIELD_UUID(P, agent_id, .flags = REQUIRED, .doc = "Agent ID"), \
                     FIELD_UUID(P, build_id, .flags = REQUIRED, .doc = "Revision ID")
#define SLOT_FIELDS BUILD_FIELDS, FIELD_UUID(P, integration_id, .flags = REQUIRED, \
                                             .doc = "ID of an attached integration, or of its slot")
static const struct field build_path_fields[] = { BUILD_FIELDS };
static const struct field slot_path_fields[] = { SLOT_FIELDS };
static const struct field pin_path_fields[] = {
    SLOT_FIELDS, FIELD_UUID(P, connection_id, .flags = REQUIRED, .doc = "Connection ID"),
};
#undef P
const struct spec slots_path = SPEC(struct slot_path, "RevisionPath", build_path_fields);
const struct spec slot_path = SPEC(struct slot_path, "RevisionIntegrationPath", slot_path_fields);
const struct spec pin_path = SPEC(struct slot_path, "RevisionConnectionPath", pin_path_fields);

/* ---- finding --------------------------------------------------------------------------------------------- */

enum err slot_build_of(struct request *rq, const struct uuid *agent_id, const struct uuid *build_id, bool *ret_frozen)
{
    QUERY q = query(rq->db, SQL_SLOT_BUILD);
    bind_uuid(&q, agent_id);
    bind_uuid(&q, &rq->who.team_id);
    bind_uuid(&q, build_id);
    if (!query_row(&q))
        return ERR_AGENT_NOT_FOUND;
    if (col_is_null(&q, 0))
        return ERR_BUILD_NOT_FOUND;
    *ret_frozen = text_eq(col_text(&q, 0), text_of(build_statuses[BUILD_HISTORIC]));
    return OK;
}

enum err slot_build_find(struct request *rq, bool *ret_frozen)
{
    const struct slot_path *path = rq->path;
    return slot_build_of(rq, &path->agent_id.v, &path->build_id.v, ret_frozen);
}

enum err slot_find(struct request *rq, struct slot *ret, struct v_text *ret_provider_key)
{
    const struct slot_path *path = rq->path;
    QUERY q = query(rq->db, SQL_SLOT_FIND);
    bind_uuid(&q, &path->build_id.v);
    bind_uuid(&q, &path->integration_id.v);
    if (!query_row(&q))
        return ERR_SLOT_NOT_FOUND;
    col_row(&q, 1, &slot_spec, rq->arena, ret);
    if (ret_provider_key && !col_is_null(&q, 0))
        *ret_provider_key = SET_TEXT(text_copy(rq->arena, col_text(&q, 0)));
    return OK;
}

enum err slot_find_in_build(struct request *rq, struct slot *ret, bool *ret_frozen)
{
    const enum err err = slot_build_find(rq, ret_frozen);
    return err == OK ? slot_find(rq, ret, NULL) : err;
}

/* ---- list ------------------------------------------------------------------------------------------------ */

struct list_reply {
    struct v_rows integrations;
};

static const struct field list_fields[] = {
    FIELD_ROWS(struct list_reply, integrations, .flags = REQUIRED, .sub = &slot_spec,
               .doc = "In the order in which they were attached"),
};
const struct spec slot_list = SPEC(struct list_reply, "RevisionIntegrationList", list_fields);

static struct v_rows read_slots(struct request *rq, const struct uuid *build_id, size_t room)
{
    struct slot *rows = ARENA_ARRAY(rq->arena, room, struct slot);
    size_t n = 0;
    QUERY q = query(rq->db, SQL_SLOT_LIST);
    bind_uuid(&q, build_id);
    while (n < room && query_row(&q))
        col_row(&q, 0, &slot_spec, rq->arena, &rows[n++]);
    return SET_ROWS(n, rows);
}

size_t slots_count(struct request *rq, const struct uuid *build_id)
{
    QUERY q = query(rq->db, SQL_SLOT_COUNT);
    bind_uuid(&q, build_id);
    return query_row(&q) ? (size_t)col_int(&q, 0) : 0;
}

enum err slots_list(struct request *rq, struct reply *rp)
{
    const struct slot_path *path = rq->path;
    struct list_reply *out = REQUEST_NEW(rq, struct list_reply);
    bool frozen;
    const enum err err = slot_build_find(rq, &frozen);
    if (err != OK)
        return err;
    out->integrations = read_slots(rq, &path->build_id.v, slots_count(rq, &path->build_id.v));
    rp->object = out;
    return OK;
}

/* ---- attach ---------------------------------------------------------------------------------------------- */

struct attach_body {
    struct v_uuids integration_ids;
};

static const struct field attach_fields[] = {
    FIELD_UUIDS(struct attach_body, integration_ids, .flags = REQUIRED, .min = 1, .max = LIMIT_ATTACH,
                .doc = "Integrations of the catalog, or the team's custom ones"),
};
const struct spec slots_attach_body = SPEC(struct attach_body, "AttachIntegrations", attach_fields);

struct attach_reply {
    struct v_bool success;
    struct v_int count;
};

static const struct field attach_reply_fields[] = {
    FIELD_BOOL(struct attach_reply, success, .flags = REQUIRED, .doc = "Whether all are attached", .example = "true"),
    FIELD_INT(struct attach_reply, count, .flags = REQUIRED, .doc = "Those that were not before"),
};
const struct spec slots_attach_reply = SPEC(struct attach_reply, "IntegrationsAttached", attach_reply_fields);

enum target { TARGET_UNKNOWN, TARGET_CATALOG, TARGET_CUSTOM };

static enum target find_target(struct request *rq, const struct uuid *id)
{
    QUERY q = query(rq->db, SQL_SLOT_TARGET);
    bind_uuid(&q, id);
    bind_uuid(&q, &rq->who.team_id);
    return query_row(&q) ? (enum target)col_int(&q, 0) : TARGET_UNKNOWN;
}

static bool is_attached(struct request *rq, const struct uuid *build_id, const struct uuid *integration_id)
{
    QUERY q = query(rq->db, SQL_SLOT_OF);
    bind_uuid(&q, build_id);
    bind_uuid(&q, integration_id);
    return query_row(&q);
}

static void insert_slot(struct request *rq, const struct stored_slot *slot)
{
    QUERY q = query(rq->db, SQL_SLOT_INSERT);
    bind_row(&q, &fixture_slot, slot);
    query_run(&q);
}

/* Every unknown one is named. */
static enum err check_targets(struct request *rq, const struct v_uuids *ids, enum target *ret)
{
    struct problems problems = problems_new(rq->arena, false, T(", "));
    for (size_t i = 0; i < ids->n; i++) {
        ret[i] = find_target(rq, &ids->v[i]);
        if (ret[i] == TARGET_UNKNOWN)
            problem_add(&problems, text_format(rq->arena, "body/integration_ids/%zu", i), "Unknown integration");
    }
    if (!problems.count)
        return OK;
    rq->message = problems_text(&problems);
    return ERR_INVALID;
}

static void attach(struct request *rq, const struct uuid *build_id, const struct uuid *id, enum target target)
{
    struct stored_slot slot = {
        .id = SET_UUID(id_new(rq, "slot")),
        .build_id = SET_UUID(*build_id),
        .created_at = SET_TIME(rq->now),
    };
    *(target == TARGET_CATALOG ? &slot.integration_id : &slot.custom_integration_id) = SET_UUID(*id);
    insert_slot(rq, &slot);
}

enum err slots_attach(struct request *rq, struct reply *rp)
{
    const struct slot_path *path = rq->path;
    const struct attach_body *in = rq->input;
    const struct v_uuids *ids = &in->integration_ids;
    enum target *targets = ARENA_ARRAY(rq->arena, ids->n, enum target);
    struct attach_reply *out = REQUEST_NEW(rq, struct attach_reply);
    bool frozen = false;
    enum err err = slot_build_find(rq, &frozen);
    if (err == OK)
        err = check_targets(rq, ids, targets);
    if (err != OK || frozen)
        return err != OK ? err : ERR_BUILD_FROZEN;
    *out = (struct attach_reply){ SET_BOOL(true), SET_INT(0) };
    for (size_t i = 0; i < ids->n; i++)
        if (!is_attached(rq, &path->build_id.v, &ids->v[i])) {
            attach(rq, &path->build_id.v, &ids->v[i], targets[i]);
            out->count.v++;
        }
    rp->object = out;
    return slots_count(rq, &path->build_id.v) > LIMIT_SLOTS ? ERR_SLOTS_FULL : OK;
}

/* ---- remove ---------------------------------------------------------------------------------------------- */

enum err slots_remove(struct request *rq, struct reply *rp)
{
    struct slot slot = { .id = { .is = VALUE_ABSENT } };
    bool frozen = false;
    const enum err err = slot_build_find(rq, &frozen);
    if (err != OK || frozen)
        return err != OK ? err : ERR_BUILD_FROZEN;
    const bool there = slot_find(rq, &slot, NULL) == OK;
    rp->object = success(rq, there);
    if (!there)
        return OK;
    QUERY q = query(rq->db, SQL_SLOT_DELETE);
    bind_uuid(&q, &slot.id.v);
    query_run(&q);
    return OK;
}

/* ---- copy ------------------------------------------------------------------------------------------------ */

static void copy_queues(struct request *rq, const struct uuid *from, const struct uuid *to)
{
    QUERY q = query(rq->db, SQL_SLOT_QUEUE_COPY);
    bind_uuid(&q, from);
    bind_uuid(&q, to);
    query_run(&q);
}

static void copy_pins(struct request *rq, const struct uuid *from, const struct uuid *to)
{
    QUERY q = query(rq->db, SQL_PIN_COPY);
    bind_uuid(&q, from);
    bind_uuid(&q, to);
    bind_uuid(&q, &rq->who.user_id);
    query_run(&q);
}

void slots_copy(struct request *rq, const struct uuid *from_build, const struct uuid *to_build)
{
    const struct v_rows rows = read_slots(rq, from_build, slots_count(rq, from_build));
    for (size_t i = 0; i < rows.n; i++) {
        const struct slot *slot = (const struct slot *)rows.v + i;
        const struct stored_slot copy = {
            .id = SET_UUID(id_new(rq, "slot")),
            .build_id = SET_UUID(*to_build),
            .integration_id = slot->integration_id,
            .custom_integration_id = slot->custom_integration_id,
            .created_at = SET_TIME(rq->now),
        };
        insert_slot(rq, &copy);
        copy_queues(rq, &slot->id.v, &copy.id.v);
        copy_pins(rq, &slot->id.v, &copy.id.v);
    }
}
