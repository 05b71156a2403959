/* Pins: which connections a person's runs of a build use for an integration. Each person has pins of their own. */
#include "api/agent_path.h"
#include "api/common.h"
#include "api/connections.h"
#include "api/handlers.h"
#include "api/slots.h"
#include "base/limit.h"

static const struct field row_fields[] = {
    FIELD_UUID(struct pin, connection_id, .column = "connection_id", .flags = REQUIRED),
    FIELD_UUID(struct pin, slot_id, .column = "slot_id", .flags = REQUIRED),
    FIELD_UUID(struct pin, user_id, .column = "user_id", .flags = REQUIRED),
    FIELD_TIME(struct pin, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
};
const struct spec pin_row = SPEC(struct pin, "FixturePin", row_fields);

/* ---- list ------------------------------------------------------------------------------------------------ */

struct pinned {
    struct v_uuid connection_id;
    struct v_time created_at;
};

static const struct field pinned_fields[] = {
    FIELD_UUID(struct pinned, connection_id, .column = "connection_id", .flags = REQUIRED, .doc = "Connection ID"),
    FIELD_TIME(struct pinned, created_at, .column = "created_at", .flags = REQUIRED, .doc = "When it was pinned"),
};
const struct spec pinned_spec = SPEC(struct pinned, "PinnedConnection", pinned_fields);

static const struct field list_fields[] = {
    LIST_ROWS("connections", pinned_spec, "The caller's pins, oldest first"),
};
const struct spec pin_list = SPEC(struct list, "PinnedConnectionList", list_fields);

/* What is not attached has no id, and so no pins: the API declares no 404 for it here. */
enum err pins_list(struct request *rq, struct reply *rp)
{
    struct slot slot = { .id = { .is = VALUE_ABSENT } };
    bool frozen;
    const enum err err = slot_in_path(rq, &slot, &frozen);
    if (err != OK && err != ERR_SLOT_NOT_FOUND)
        return err;
    return list_all(rq, rp, SQL_PIN_LIST, WITH(slot.id, &rq->who.user_id), &pinned_spec);
}

/* ---- pin ------------------------------------------------------------------------------------------------- */

struct pin_body {
    struct v_uuid connection_id;
};

static const struct field body_fields[] = {
    FIELD_UUID(struct pin_body, connection_id, .flags = REQUIRED, .doc = "A connection visible to the caller"),
};
const struct spec pin_body = SPEC(struct pin_body, "PinConnection", body_fields);

static bool same_id(struct v_uuid a, struct v_uuid b)
{
    return a.is == VALUE_SET && b.is == VALUE_SET && uuid_eq(&a.v, &b.v);
}

static bool same_text(struct v_text a, struct v_text b)
{
    return a.is == VALUE_SET && b.is == VALUE_SET && text_eq(a.v, b.v);
}

/* To a custom integration, what was made from it; else the type has to be the same, or the provider that authorized
 * it: the catalog has some integrations under two types, such as googledrive and google-drive. */
static bool fits_slot(const struct slot *slot, struct v_text provider_key, const struct connection *c)
{
    if (slot->custom_integration_id.is == VALUE_SET)
        return same_id(slot->custom_integration_id, c->custom_integration_id);
    return same_text(slot->integration_type, c->type) || same_text(provider_key, c->oauth_provider_key);
}

static bool is_pinned(struct request *rq, const struct pin *pin)
{
    return query_finds(rq->db, SQL_PIN_EXISTS, WITH(pin->connection_id, pin->slot_id, pin->user_id));
}

/* A pin that is there already stays as it is. */
static enum err add_pin(struct request *rq, const struct uuid *connection_id, const struct uuid *slot_id)
{
    const struct pin pin = { SET_UUID(*connection_id), SET_UUID(*slot_id), SET_UUID(rq->who.user_id),
                             SET_TIME(rq->now) };
    if (is_pinned(rq, &pin))
        return OK;
    if (query_number(rq->db, SQL_PIN_COUNT, WITH(slot_id, &rq->who.user_id)) >= LIMIT_PINS)
        return ERR_PINS_FULL;
    return query_insert(rq->db, SQL_PIN_INSERT, &pin_row, &pin, NULL) ? OK : ERR_INTERNAL;
}

enum err pins_add(struct request *rq, struct reply *rp)
{
    const struct pin_body *in = rq->input;
    struct slot slot = { .id = { .is = VALUE_ABSENT } };
    struct connection c = { .id = { .is = VALUE_ABSENT } };
    struct v_text provider_key = { .is = VALUE_ABSENT };
    bool frozen = false;
    enum err err = build_in_path(rq, &frozen);
    if (err == OK)
        err = slot_find(rq, &slot, &provider_key);
    if (err == OK)
        err = connection_get(rq, &in->connection_id.v, &c);
    if (err != OK)
        return err;
    if (!fits_slot(&slot, provider_key, &c))
        return fail(rq, ERR_INVALID, "body/connection_id A connection of type %.*s does not fit the integration %.*s",
                    TEXT_ARG(c.type.v), TEXT_ARG(slot.integration_name.v));
    rp->object = success(rq, true);
    return frozen ? ERR_BUILD_FROZEN : add_pin(rq, &c.id.v, &slot.id.v);
}

/* ---- unpin ----------------------------------------------------------------------------------------------- */

/* Of the caller; also of a connection that is not shared with them any more. */
enum err pins_remove(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    struct slot slot = { .id = { .is = VALUE_ABSENT } };
    bool frozen = false;
    const enum err err = slot_in_path(rq, &slot, &frozen);
    if (err != OK)
        return err;
    const struct pin pin = { .connection_id = path->connection_id, .slot_id = slot.id,
                             .user_id = SET_UUID(rq->who.user_id) };
    if (!is_pinned(rq, &pin))
        return ERR_PIN_NOT_FOUND;
    if (frozen)
        return ERR_BUILD_FROZEN;
    query_change(rq->db, SQL_PIN_DELETE, WITH(pin.connection_id, pin.slot_id, pin.user_id));
    rp->object = success(rq, true);
    return OK;
}
