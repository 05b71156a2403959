#include "api/webhooks.h"

#include "api/common.h"
#include "base/clock.h"
#include "base/hex.h"
#include "base/json.h"
#include "base/limit.h"
#include "cli/config.h"
#include "space/events.h"
#include "space/links.h"
#include "spec/write.h"

/* ---- subscriptions --------------------------------------------------------------------------------------- */

#define WEBHOOK_FIELDS(F)                                                                                              \
    F(url, v_text, KIND_URL, .flags = REQUIRED, .max = LIMIT_URL, .check = links_check_user, \
      .doc = "Where events are sent",                     \
      .example = "\"http://localhost:3000/hooks\""),                                                                   \
    F(events, v_texts, KIND_TEXTS, .flags = NULLABLE, .min = 1, .max = EVENT_COUNT, .names = event_names,              \
      .doc = "Which events; null: all", .example = "[\"connection.updated\"]"),                                        \
    F(scheme, v_enum, KIND_ENUM, .names = webhook_schemes, .fallback = "\"standard\"",                                 \
      .doc = "How they are signed: as Standard Webhooks, or the body alone"),                                          \
    F(paused, v_bool, KIND_BOOL, .fallback = "false", .doc = "Whether deliveries wait"),                               \
    F(created_at, v_time, KIND_TIME, .fallback = FIRST_INSTANT, .doc = "When it was made"),                            \
    F(updated_at, v_time, KIND_TIME, .doc = "When it was last changed")
#define STORED(m, type, k, ...) FIELD_AT(struct webhook, m, #m, struct type, k, .column = #m, __VA_ARGS__)
#define SEEDED(m, type, k, ...) FIELD_AT(struct seeded_webhook, w.m, #m, struct type, k, .column = #m, __VA_ARGS__)

static const struct field webhook_fields[] = {
    FIELD_UUID(struct webhook, id, .column = "id", .flags = REQUIRED, .doc = "Subscription ID"),
    WEBHOOK_FIELDS(STORED),
    FIELD_TEXT(struct webhook, secret, .doc = "What signs, when the mock has made it; shown once",
               .example = "\"whsec_…\""),
};
const struct spec webhook_spec = SPEC(struct webhook, "Webhook", webhook_fields);

/* The shortest and the longest with what sealing adds, in hexadecimal digits. */
enum { SEALED_MIN = 2 * (1 + 24 + 16), SEALED_MAX = 2 * (LIMIT_WEBHOOK_SECRET + 24 + 16) };

static const struct field seeded_fields[] = {
    FIELD_AT(struct seeded_webhook, w.id, "id", struct v_uuid, KIND_UUID, .column = "id", .flags = REQUIRED),
    WEBHOOK_FIELDS(SEEDED),
    FIELD_SECRET(struct seeded_webhook, secret, .max = LIMIT_WEBHOOK_SECRET,
                 .doc = "What signs; nothing, unless given"),
    FIELD_TEXT(struct seeded_webhook, secret_sealed, .flags = DERIVED, .column = "nullif(lower(hex(secret)), '')",
               .min = SEALED_MIN, .max = SEALED_MAX, .check = hex_check,
               .doc = "Instead of it, as an export has it",
               .example = "\"5f0c1e7ab3d92486c1f0937be4a85d126f3b90ce7d41a8f5"
                          "2b6690d3e87c14fa05b2c96d7e13f8a04bc5d2e9167a\""),
};

static const char *check_seeded(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct seeded_webhook *webhook = object;
    (void)arena;
    *ret_path = T("secret");
    if (webhook->secret.is == VALUE_SET && webhook->secret_sealed.is == VALUE_SET)
        return "Expected either secret or secret_sealed";
    return webhook->secret.is == VALUE_SET ? webhook_secret_check(webhook->secret.v) : NULL;
}

const struct spec fixture_webhook =
    SPEC_WITH(struct seeded_webhook, "FixtureWebhook", seeded_fields, .check = check_seeded);

struct text webhook_seal(struct arena *arena, const struct db *db, struct secret secret)
{
    return secret_seal(arena, store_seal_key_of(db), secret);
}

bool webhook_insert(struct db *db, const struct webhook *webhook, struct text sealed)
{
    const struct blob secret = { sealed };
    return query_insert(db, SQL_WEBHOOK_INSERT, &webhook_spec, webhook, WITH(secret, clock_ticket()));
}

/* ---- deliveries ------------------------------------------------------------------------------------------ */

const char *const delivery_states[] = { "pending", "retrying", "delivered", "failed", NULL };

#define A struct delivery_attempt
static const struct field attempt_fields[] = {
    FIELD_TIME(A, at, .flags = REQUIRED, .doc = "When, by the machine's clock"),
    FIELD_INT(A, duration_ms, .flags = REQUIRED, .doc = "How long it took"),
    FIELD_INT(A, status, .flags = NULLABLE, .doc = "Of the answer; null: there was none", .example = "200"),
    FIELD_TEXT(A, body, .doc = "How the answer's body begins"),
    FIELD_TEXT(A, error, .doc = "Why there is no answer"),
};
#undef A
const struct spec attempt_spec = SPEC(struct delivery_attempt, "DeliveryAttempt", attempt_fields);

#define URL_COLUMN "coalesce(url, (SELECT w.url FROM webhooks w WHERE w.space = webhook_deliveries.space" \
                   " AND w.id = webhook_id))"
#define DELIVERY_FIELDS(S)                                                                                             \
    FIELD_UUID(S, id, .column = "id", .flags = REQUIRED, .doc = "Delivery ID"),                                        \
    FIELD_UUID(S, subscription, .column = "webhook_id", .flags = REQUIRED | NULLABLE,                                  \
               .doc = "The subscription; null: a start of a run has named the URL"),                                   \
    FIELD_TEXT(S, event, .column = "event", .flags = REQUIRED, .doc = "The event",                                     \
               .example = "\"connection.updated\""),                                                                   \
    FIELD_UUID(S, event_id, .column = "event_id", .flags = REQUIRED, .doc = "Its id, one for all subscriptions"),      \
    FIELD_TEXT(S, url, .column = URL_COLUMN, .flags = REQUIRED | DERIVED, .doc = "Where it is sent"),                  \
    FIELD_ENUM(S, state, .column = "state", .flags = REQUIRED, .names = delivery_states,                               \
               .doc = "pending: not tried yet; retrying: another attempt is due at next_attempt_at"),                  \
    FIELD_JSON(S, attempts, .column = "attempts", .flags = REQUIRED, .items = &attempt_spec,                           \
               .doc = "Each call, oldest first; the last 20", .example = "[]"),                                        \
    FIELD_TIME(S, next_attempt_at, .column = "next_at", .flags = REQUIRED | NULLABLE,                                  \
               .doc = "When it is tried again, by the space's clock"),                                                 \
    FIELD_TIME(S, created_at, .column = "created_at", .flags = REQUIRED, .doc = "When it happened"),                   \
    FIELD_TIME(S, finished_at, .column = "finished_at", .flags = REQUIRED | NULLABLE,                                  \
               .doc = "When it was delivered, or given up")

/* With what a reply does not tell. */
static const struct field row_fields[] = {
    DELIVERY_FIELDS(struct delivery),
    FIELD_UUID(struct delivery, team_id, .column = "team_id", .flags = NULLABLE),
    FIELD_JSON(struct delivery, data, .column = "data"),
    FIELD_INT(struct delivery, tries, .column = "tries"),
};
const struct spec delivery_row = SPEC(struct delivery, "StoredDelivery", row_fields);

static const struct field delivery_fields[] = {
    DELIVERY_FIELDS(struct delivery),
    FIELD_JSON(struct delivery, payload, .flags = REQUIRED, .doc = "The body", .example = "{}"),
};
const struct spec delivery_spec = SPEC(struct delivery, "WebhookDelivery", delivery_fields);

struct text delivery_payload(struct arena *arena, const struct config *config, const struct delivery *delivery)
{
    if (delivery->subscription.is != VALUE_SET || config->webhook_payload == PAYLOAD_DATA)
        return delivery->data.v;
    struct buf out = buf_new(arena, LIMIT_LARGE_BODY);
    struct json j = jw_new(&out);
    jw_object(&j);
    jw_key(&j, T("id"));
    jw_uuid(&j, &delivery->event_id.v);
    jw_put_text(&j, T("type"), delivery->event.v);
    jw_key(&j, T("created_at"));
    jw_time(&j, delivery->created_at.v);
    jw_key(&j, T("team_id"));
    jw_uuid(&j, &delivery->team_id.v);
    jw_key(&j, T("data"));
    jw_raw(&j, delivery->data.v);
    jw_object_end(&j);
    return buf_text(&out);
}

enum reception reception_of_status(unsigned status)
{
    if (status / 100 == 2)
        return RECEPTION_ARRIVED;
    return status >= 500 || status == 408 || status == 429 ? RECEPTION_AGAIN : RECEPTION_REFUSED;
}

void delivery_judge(struct delivery *delivery, enum reception reception, const struct config *config, int64_t now)
{
    const struct config_delays *delays = &config->webhook_retry_seconds;
    const size_t tries = (size_t)(delivery->tries.v > 0 ? delivery->tries.v : 0) + 1;
    const bool again = reception == RECEPTION_AGAIN && tries <= delays->n;
    const enum delivery_state state = reception == RECEPTION_ARRIVED ? DELIVERY_DELIVERED
                                      : again                    ? DELIVERY_RETRYING
                                                                 : DELIVERY_FAILED;
    delivery->tries_before = delivery->tries.v;
    delivery->tries.v = (int64_t)tries;
    delivery->state = (struct v_enum){ VALUE_SET, (int)state };
    delivery->next_attempt_at = (struct v_time){ .is = VALUE_NULL };
    if (again)
        delivery->next_attempt_at = SET_TIME(now + delays->v[tries - 1] * 1000);
    delivery->finished_at = (struct v_time){ again ? VALUE_NULL : VALUE_SET, now };
}

static struct v_int time_column(struct v_time time)
{
    return (struct v_int){ time.is, time.v };
}

void delivery_keep(struct request *rq, const struct delivery *delivery, const struct delivery_attempt *attempt)
{
    struct buf out = buf_new(rq->arena, LIMIT_BODY);
    struct json j = jw_new(&out);
    spec_write(&j, &attempt_spec, 2, attempt);
    query_change(rq->db, SQL_DELIVERY_KEEP,
                 WITH(delivery->id, text_of(delivery_states[delivery->state.v]), delivery->tries,
                      time_column(delivery->next_attempt_at), time_column(delivery->finished_at), buf_text(&out),
                      rq->now, delivery->tries_before));
    query_change(rq->db, SQL_DELIVERY_PRUNE, WITH(LIMIT_DELIVERIES_KEPT));
}
