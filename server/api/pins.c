/* Pins: which connections a person's runs of a build use for an integration. Each person has pins of their own. */
#include "api/connections.h"
#include "api/handlers.h"
#include "api/slots.h"
#include "api/success.h"
#include "api/rows.h"
#include "base/limit.h"
#include "store/query.h"

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

struct pin_list {
    struct v_rows connections;
};

static const struct field list_fields[] = {
    FIELD_ROWS(struct pin_list, connections, .flags = REQUIRED, .sub = &pinned_spec,
               .doc = "The caller's pins, oldest first"),
};
const struct spec pin_list = SPEC(struct pin_list, "PinnedConnectionList", list_fields);

static size_t count_pins(struct request *rq, const struct uuid *slot_id)
{
    QUERY q = query(rq->db, SQL_PIN_COUNT);
    bind_uuid(&q, slot_id);
    bind_uuid(&q, &rq->who.user_id);
    return query_row(&q) ? (size_t)col_int(&q, 0) : 0;
}

static struct v_rows read_pins(struct request *rq, const struct uuid *slot_id)
{
    const size_t room = count_pins(rq, slot_id);
    struct pinned *rows = ARENA_ARRAY(rq->arena, room, struct pinned);
    size_t n = 0;
    QUERY q = query(rq->db, SQL_PIN_LIST);
    bind_uuid(&q, slot_id);
    bind_uuid(&q, &rq->who.user_id);
    while (n < room && query_row(&q))
        col_row(&q, 0, &pinned_spec, rq->arena, &rows[n++]);
    return SET_ROWS(n, rows);
}

/* What is not attached has no pins: the API declares no 404 for it here. */
enum err pins_list(struct request *rq, struct reply *rp)
{
    struct pin_list *out = REQUEST_NEW(rq, struct pin_list);
    struct slot slot = { .id = { .is = VALUE_ABSENT } };
    bool frozen;
    const enum err err = slot_build_find(rq, &frozen);
    if (err != OK)
        return err;
    const bool there = slot_find(rq, &slot, NULL) == OK;
    out->connections = there ? read_pins(rq, &slot.id.v) : SET_ROWS(0, NULL);
    rp->object = out;
    return OK;
}

/* ---- pin ------------------------------------------------------------------------------------------------- */

struct pin_body {
    struct v_uuid connection_id;
};

static const struct field pin_fields[] = {
    FIELD_UUID(struct pin_body, connection_id, .flags = REQUIRED, .doc = "A connection that the caller may see"),
};
const struct spec pin_body = SPEC(struct pin_body, "PinConnection", pin_fields);

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
static bool fits(const struct slot *slot, struct v_text provider_key, const struct connection *c)
{
    if (slot->custom_integration_id.is == VALUE_SET)
        return same_id(slot->custom_integration_id, c->custom_integration_id);
    return same_text(slot->integration_type, c->type) || same_text(provider_key, c->oauth_provider_key);
}

static bool is_pinned(struct request *rq, const struct pin *pin)
{
    QUERY q = query(rq->db, SQL_PIN_EXISTS);
    bind_uuid(&q, &pin->connection_id.v);
    bind_uuid(&q, &pin->slot_id.v);
    bind_uuid(&q, &pin->user_id.v);
    return query_row(&q);
}

/* A pin that is there already stays as it is. */
static enum err add_pin(struct request *rq, const struct uuid *connection_id, const struct uuid *slot_id)
{
    const struct pin pin = { SET_UUID(*connection_id), SET_UUID(*slot_id), SET_UUID(rq->who.user_id),
                             SET_TIME(rq->now) };
    if (is_pinned(rq, &pin))
        return OK;
    if (count_pins(rq, slot_id) >= LIMIT_PINS)
        return ERR_PINS_FULL;
    QUERY q = query(rq->db, SQL_PIN_INSERT);
    bind_row(&q, &fixture_pin, &pin);
    query_run(&q);
    return OK;
}

enum err pins_add(struct request *rq, struct reply *rp)
{
    const struct pin_body *in = rq->input;
    struct slot slot = { .id = { .is = VALUE_ABSENT } };
    struct connection c = { .id = { .is = VALUE_ABSENT } };
    struct v_text provider_key = { .is = VALUE_ABSENT };
    bool frozen = false;
    enum err err = slot_build_find(rq, &frozen);
    if (err == OK)
        err = slot_find(rq, &slot, &provider_key);
    if (err != OK)
        return err;
    if (!connection_find(rq, &in->connection_id.v, &c))
        return ERR_CONNECTION_NOT_FOUND;
    if (!fits(&slot, provider_key, &c))
        return fail(rq, ERR_INVALID, "body/connection_id A connection of type %.*s does not fit the integration %.*s",
                    TEXT_ARG(c.type.v), TEXT_ARG(slot.integration_name.v));
    rp->object = success(rq, true);
    return frozen ? ERR_BUILD_FROZEN : add_pin(rq, &c.id.v, &slot.id.v);
}

/* ---- unpin ----------------------------------------------------------------------------------------------- */

/* Of the caller; also of a connection that is not shared with them any more. */
enum err pins_remove(struct request *rq, struct reply *rp)
{
    const struct slot_path *path = rq->path;
    struct slot slot = { .id = { .is = VALUE_ABSENT } };
    bool frozen = false;
    const enum err err = slot_find_in_build(rq, &slot, &frozen);
    if (err != OK)
        return err;
    const struct pin pin = { .connection_id = path->connection_id, .slot_id = slot.id,
                             .user_id = SET_UUID(rq->who.user_id) };
    if (!is_pinned(rq, &pin))
        return ERR_PIN_NOT_FOUND;
    if (frozen)
        return ERR_BUILD_FROZEN;
    QUERY q = query(rq->db, SQL_PIN_DELETE);
    bind_uuid(&q, &pin.connection_id.v);
    bind_uuid(&q, &pin.slot_id.v);
    bind_uuid(&q, &pin.user_id.v);
    query_run(&q);
    rp->object = success(rq, true);
    return OK;
}
