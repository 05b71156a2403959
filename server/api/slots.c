#include "api/slots.h"

#include "api/agent_path.h"
#include "api/common.h"
#include "api/handlers.h"
#include "base/limit.h"
#include "space/ids.h"

/* ---- what is stored -------------------------------------------------------------------------------------- */

#define S struct stored_slot
static const struct field row_fields[] = {
    FIELD_UUID(S, id, .column = "id", .flags = REQUIRED),
    FIELD_UUID(S, build_id, .column = "build_id", .flags = REQUIRED),
    FIELD_UUID(S, integration_id, .column = "integration_id", .doc = "Of the catalog; or else:"),
    FIELD_UUID(S, custom_integration_id, .column = "custom_integration_id", .doc = "The team's own"),
    FIELD_TIME(S, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
};
#undef S

static const char *check_slot(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct stored_slot *slot = object;
    (void)arena;
    *ret_path = T("integration_id");
    return (slot->integration_id.is == VALUE_SET) == (slot->custom_integration_id.is == VALUE_SET)
               ? "Expected either integration_id or custom_integration_id" : NULL;
}

const struct spec slot_row = SPEC_WITH(struct stored_slot, "FixtureSlot", row_fields, .check = check_slot);

/* ---- what is told ---------------------------------------------------------------------------------------- */

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

/* ---- finding --------------------------------------------------------------------------------------------- */

enum err slot_find(struct request *rq, struct slot *ret, struct v_text *ret_provider_key)
{
    const struct agent_path *path = rq->path;
    QUERY q = query_with(rq->db, SQL_SLOT_FIND, WITH(&path->build_id.v, &path->integration_id.v));
    if (!query_row(&q))
        return ERR_SLOT_NOT_FOUND;
    col_row(&q, 1, &slot_spec, rq->arena, ret);
    if (ret_provider_key && !col_is_null(&q, 0))
        *ret_provider_key = SET_TEXT(text_copy(rq->arena, col_text(&q, 0)));
    return OK;
}

enum err slot_in_path(struct request *rq, struct slot *ret, bool *ret_frozen)
{
    const enum err err = build_in_path(rq, ret_frozen);
    return err == OK ? slot_find(rq, ret, NULL) : err;
}

/* ---- list ------------------------------------------------------------------------------------------------ */

static const struct field list_fields[] = {
    LIST_ROWS("integrations", slot_spec, "In the order in which they were attached"),
};
const struct spec slot_list = SPEC(struct list, "RevisionIntegrationList", list_fields);

enum err slots_list(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    bool frozen;
    const enum err err = build_in_path(rq, &frozen);
    return err == OK ? list_all(rq, rp, SQL_SLOT_LIST, WITH(&path->build_id.v), &slot_spec) : err;
}

/* ---- attach ---------------------------------------------------------------------------------------------- */

struct attach_body {
    struct v_uuids integration_ids;
};

static const struct field attach_fields[] = {
    FIELD_UUIDS(struct attach_body, integration_ids, .flags = REQUIRED, .min = 1, .max = LIMIT_ENTRIES,
                .doc = "Integrations of the catalog, or the team's custom ones"),
};
const struct spec slots_attach_body = SPEC(struct attach_body, "AttachIntegrations", attach_fields);

struct attach_reply {
    struct v_bool success;
    struct v_int count;
};

static const struct field attach_reply_fields[] = {
    FIELD_BOOL(struct attach_reply, success, .flags = REQUIRED, .doc = "Whether all are attached", .example = "true"),
    FIELD_INT(struct attach_reply, count, .flags = REQUIRED, .doc = "Newly attached ones"),
};
const struct spec slots_attach_reply = SPEC(struct attach_reply, "IntegrationsAttached", attach_reply_fields);

enum target { TARGET_UNKNOWN, TARGET_CATALOG, TARGET_CUSTOM };

static bool insert_slot(struct request *rq, const struct stored_slot *slot)
{
    return query_insert(rq->db, SQL_SLOT_INSERT, &slot_row, slot, NULL);
}

static enum target find_target(struct request *rq, const struct uuid *id)
{
    return (enum target)query_number(rq->db, SQL_SLOT_TARGET, WITH(id, &rq->who.team_id));
}

/* Once all are there. */
static enum err check_room(struct request *rq, const struct uuid *build_id)
{
    return query_number(rq->db, SQL_SLOT_COUNT, WITH(build_id)) > LIMIT_SLOTS ? ERR_SLOTS_FULL : OK;
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

/* False when it is attached already. */
static bool attach_integration(struct request *rq, const struct uuid *build_id, const struct uuid *id,
                               enum target target)
{
    if (query_finds(rq->db, SQL_SLOT_OF, WITH(build_id, id)))
        return false;
    struct stored_slot slot = {
        .id = SET_UUID(id_new(rq, "slot")),
        .build_id = SET_UUID(*build_id),
        .created_at = SET_TIME(rq->now),
    };
    *(target == TARGET_CATALOG ? &slot.integration_id : &slot.custom_integration_id) = SET_UUID(*id);
    return insert_slot(rq, &slot);
}

enum err slots_attach(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    const struct attach_body *in = rq->input;
    const struct v_uuids *ids = &in->integration_ids;
    enum target *targets = ARENA_ARRAY(rq->arena, ids->n, enum target);
    struct attach_reply *out = REQUEST_NEW(rq, struct attach_reply);
    bool frozen = false;
    enum err err = build_in_path(rq, &frozen);
    if (err == OK)
        err = check_targets(rq, ids, targets);
    if (err != OK || frozen)
        return err != OK ? err : ERR_BUILD_FROZEN;
    *out = (struct attach_reply){ SET_BOOL(true), SET_INT(0) };
    for (size_t i = 0; i < ids->n; i++)
        out->count.v += attach_integration(rq, &path->build_id.v, &ids->v[i], targets[i]);
    rp->object = out;
    return check_room(rq, &path->build_id.v);
}

enum err slot_add(struct request *rq, const struct uuid *build_id, const struct uuid *integration_id)
{
    const enum target target = find_target(rq, integration_id);
    if (target == TARGET_UNKNOWN)
        return fail(rq, ERR_INVALID, "The integration is not in the catalog");
    attach_integration(rq, build_id, integration_id, target);
    return check_room(rq, build_id);
}

/* ---- remove ---------------------------------------------------------------------------------------------- */

enum err slots_remove(struct request *rq, struct reply *rp)
{
    struct slot slot = { .id = { .is = VALUE_ABSENT } };
    bool frozen = false;
    const enum err err = build_in_path(rq, &frozen);
    if (err != OK || frozen)
        return err != OK ? err : ERR_BUILD_FROZEN;
    const bool there = slot_find(rq, &slot, NULL) == OK;
    if (there)
        query_change(rq->db, SQL_SLOT_DELETE, WITH(&slot.id.v));
    rp->object = success(rq, there);
    return OK;
}

/* ---- copy ------------------------------------------------------------------------------------------------ */

void slots_copy(struct request *rq, const struct uuid *from_build, const struct uuid *to_build)
{
    size_t n;
    const struct slot *slots = query_all(rq->db, SQL_SLOT_LIST, WITH(from_build), &slot_spec, rq->arena, &n);
    for (size_t i = 0; i < n; i++) {
        const struct stored_slot copy = {
            .id = SET_UUID(id_new(rq, "slot")),
            .build_id = SET_UUID(*to_build),
            .integration_id = slots[i].integration_id,
            .custom_integration_id = slots[i].custom_integration_id,
            .created_at = SET_TIME(rq->now),
        };
        insert_slot(rq, &copy);
        query_change(rq->db, SQL_SLOT_QUEUE_COPY, WITH(slots[i].id, copy.id));
        query_change(rq->db, SQL_PIN_COPY, WITH(slots[i].id, copy.id, &rq->who.user_id));
    }
}
