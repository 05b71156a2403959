/* Webhooks on the control plane: subscriptions, and what was sent to them. */
#include "api/webhooks.h"

#include "api/common.h"
#include "api/handlers.h"
#include "base/limit.h"
#include "delivery/courier.h"
#include "request/server.h"
#include "space/events.h"
#include "space/ids.h"
#include "space/links.h"

/* ---- subscriptions --------------------------------------------------------------------------------------- */

struct webhook_path {
    struct v_uuid webhook_id;
};

static const struct field path_fields[] = {
    FIELD_UUID(struct webhook_path, webhook_id, .flags = REQUIRED, .doc = "Subscription ID"),
};
const struct spec webhook_path = SPEC(struct webhook_path, "WebhookPath", path_fields);

struct webhook_list {
    struct v_rows webhooks;
    struct v_int total;
};

static const struct field list_fields[] = {
    FIELD_ROWS(struct webhook_list, webhooks, .flags = REQUIRED, .sub = &webhook_spec, .doc = "In the order of making"),
    FIELD_INT(struct webhook_list, total, .flags = REQUIRED, .doc = "How many"),
};
const struct spec webhook_list = SPEC(struct webhook_list, "WebhookList", list_fields);

struct webhook_body {
    struct v_text url;
    struct v_texts events;
    struct v_secret secret;
    struct v_enum scheme;
    struct v_bool paused;
};

#define B struct webhook_body
#define BODY_FIELDS(needed)                                                                                            \
    FIELD_URL(B, url, .flags = (needed), .max = LIMIT_URL, .check = links_check_user,                                  \
              .doc = "Where events are sent: http or https", .example = "\"http://localhost:3000/hooks\""),            \
    FIELD_TEXTS(B, events, .flags = NULLABLE, .min = 1, .max = EVENT_COUNT, .names = event_names, .doc = event_list,   \
                .example = "[\"connection.updated\"]"),                                                                \
    FIELD_SECRET(B, secret, .max = LIMIT_WEBHOOK_SECRET,                                                               \
                 .doc = "What signs: behind whsec_ base64, any other its own bytes; made when none is given"),         \
    FIELD_ENUM(B, scheme, .names = webhook_schemes,                                                                    \
               .doc = "standard: as Standard Webhooks; body: HMAC-SHA256 of the raw body, in hexadecimal digits"),     \
    FIELD_BOOL(B, paused, .doc = "Whether deliveries wait")
static const struct field body_fields[] = { BODY_FIELDS(REQUIRED) };
static const struct field change_fields[] = { BODY_FIELDS(0) };
#undef B

static const char *check_body(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct webhook_body *in = object;
    (void)arena;
    *ret_path = T("secret");
    return in->secret.is == VALUE_SET ? webhook_secret_check(in->secret.v) : NULL;
}

const struct spec webhook_body = SPEC_WITH(struct webhook_body, "MakeWebhook", body_fields, .check = check_body);
const struct spec webhook_change = SPEC_WITH(struct webhook_body, "ChangeWebhook", change_fields, .check = check_body);

static enum err find(struct request *rq, struct webhook *ret)
{
    const struct webhook_path *path = rq->path;
    *ret = (struct webhook){ .id = { .is = VALUE_ABSENT } };
    return query_get(rq->db, SQL_WEBHOOK_GET, WITH(path->webhook_id), &webhook_spec, rq->arena, ret)
               ? OK : ERR_WEBHOOK_NOT_FOUND;
}

/* No seed makes a secret. */
enum err webhooks_create(struct request *rq, struct reply *rp)
{
    const struct webhook_body *in = rq->input;
    struct webhook *out = REQUEST_NEW(rq, struct webhook);
    const struct secret secret = in->secret.is == VALUE_SET ? in->secret.v : webhook_secret_new(rq->arena);
    if (query_number(rq->db, SQL_WEBHOOK_COUNT, NULL) >= LIMIT_WEBHOOKS)
        return fail(rq, ERR_QUEUE_FULL, "This space has %d subscriptions; delete some first", LIMIT_WEBHOOKS);
    *out = (struct webhook){
        .id = SET_UUID(id_new(rq, "webhook")),
        .url = in->url,
        .events = in->events,
        .scheme = { VALUE_SET, in->scheme.v },
        .paused = SET_BOOL(in->paused.v),
        .created_at = SET_TIME(rq->now),
        .updated_at = SET_TIME(rq->now),
    };
    if (in->events.is != VALUE_SET)
        out->events.is = VALUE_NULL;
    if (!webhook_insert(rq->db, out, webhook_seal(rq->arena, rq->db, secret)))
        return ERR_INTERNAL;
    if (in->secret.is != VALUE_SET)
        out->secret = SET_TEXT(secret_reveal(secret));
    db_announce(rq->db);
    rp->object = out;
    return OK;
}

enum err webhooks_list(struct request *rq, struct reply *rp)
{
    struct webhook_list *out = REQUEST_NEW(rq, struct webhook_list);
    out->webhooks = query_rows(rq->db, SQL_WEBHOOK_LIST, NULL, &webhook_spec, rq->arena);
    out->total = SET_INT((int64_t)out->webhooks.n);
    rp->object = out;
    return OK;
}

enum err webhooks_get(struct request *rq, struct reply *rp)
{
    struct webhook *out = REQUEST_NEW(rq, struct webhook);
    rp->object = out;
    return find(rq, out);
}

static void take_events(struct v_texts *to, const struct v_texts *from)
{
    if (from->is != VALUE_ABSENT)
        *to = *from;
}

/* What waited leaves when the subscription is no longer paused. */
enum err webhooks_change(struct request *rq, struct reply *rp)
{
    const struct webhook_body *in = rq->input;
    struct webhook *out = REQUEST_NEW(rq, struct webhook);
    struct blob sealed = { { NULL, 0 } };
    const enum err err = find(rq, out);
    if (err != OK)
        return err;
    if (in->url.is == VALUE_SET)
        out->url = in->url;
    take_events(&out->events, &in->events);
    if (in->scheme.is == VALUE_SET)
        out->scheme = in->scheme;
    if (in->paused.is == VALUE_SET)
        out->paused = in->paused;
    if (in->secret.is == VALUE_SET)
        sealed.bytes = webhook_seal(rq->arena, rq->db, in->secret.v);
    out->updated_at = SET_TIME(rq->now);
    query_store(rq->db, SQL_WEBHOOK_UPDATE, &webhook_spec, out, WITH(sealed));
    db_announce(rq->db);
    rp->object = out;
    return OK;
}

enum err webhooks_delete(struct request *rq, struct reply *rp)
{
    const struct webhook_path *path = rq->path;
    if (!query_change(rq->db, SQL_WEBHOOK_DELETE, WITH(path->webhook_id)))
        return ERR_WEBHOOK_NOT_FOUND;
    rp->object = done(rq, "Subscription deleted, and its deliveries");
    return OK;
}

/* ---- deliveries ------------------------------------------------------------------------------------------ */

struct delivery_query {
    struct page_range page;
    struct v_uuid subscription;
    struct v_text event;
    struct v_enum state;
};

#define Q struct delivery_query
static const struct field query_fields[] = {
    FIELD_UUID(Q, subscription, .doc = "Those of this subscription"),
    FIELD_TEXT(Q, event, .doc = "Those of this event", .example = "\"connection.updated\""),
    FIELD_ENUM(Q, state, .names = delivery_states, .doc = "Those in this state"),
    PAGE_QUERY(Q, "20"),
};
#undef Q
const struct spec delivery_query = SPEC(struct delivery_query, "DeliveryQuery", query_fields);

static const struct field deliveries_fields[] = {
    LIST_ROWS("deliveries", delivery_spec, "Newest first"),
    LIST_PAGE(struct list, "How many there are"),
};
const struct spec delivery_list = SPEC(struct list, "WebhookDeliveryList", deliveries_fields);

static void read_delivery(struct request *rq, const struct query *q, void *ret)
{
    struct delivery *delivery = ret;
    col_row(q, 0, &delivery_row, rq->arena, delivery);
    delivery->payload = (struct v_json){ VALUE_SET, delivery_payload(rq->arena, rq->config, delivery) };
}

enum err deliveries_list(struct request *rq, struct reply *rp)
{
    const struct delivery_query *in = rq->query;
    const struct v_text state = { in->state.is, in->state.is == VALUE_SET ? text_of(delivery_states[in->state.v])
                                                                          : T("") };
    return list_page(rq, rp, &in->page, SQL_DELIVERY_COUNT, SQL_DELIVERY_LIST,
                     WITH(in->subscription, in->event, state), &delivery_spec, read_delivery);
}

struct delivery_path {
    struct v_uuid delivery_id;
};

static const struct field delivery_path_fields[] = {
    FIELD_UUID(struct delivery_path, delivery_id, .flags = REQUIRED, .doc = "Delivery ID"),
};
const struct spec delivery_path = SPEC(struct delivery_path, "DeliveryPath", delivery_path_fields);

/* Another round of attempts, the first of them at once. One that was not tried yet has its round before it. */
enum err delivery_resend(struct request *rq, struct reply *rp)
{
    const struct delivery_path *path = rq->path;
    struct delivery *out = REQUEST_NEW(rq, struct delivery);
    const bool is_under_way = courier_is_calling(rq->server->courier, rq->space, &path->delivery_id.v);
    query_change(rq->db, SQL_DELIVERY_RESEND, WITH(path->delivery_id, rq->now, is_under_way));
    QUERY q = query_with(rq->db, SQL_DELIVERY_GET, WITH(path->delivery_id));
    if (!query_row(&q))
        return ERR_DELIVERY_NOT_FOUND;
    read_delivery(rq, &q, out);
    db_announce(rq->db);
    rp->object = out;
    return OK;
}
