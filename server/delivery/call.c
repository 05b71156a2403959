#include "delivery/call.h"

#include "api/webhooks.h"
#include "base/clock.h"
#include "base/limit.h"
#include "mcp/client/trip.h"
#include "request/log.h"
#include "request/route.h"
#include "request/server.h"
#include "space/space.h"
#include "store/query.h"

/* Of what the courier does itself. */
static const struct route own_route = {
    .method = METHOD_POST, .version = 2, .path = "(deliveries)", .operation = "deliveries", .tx = TX_WRITE,
};

struct request *courier_request(struct arena *arena, const struct server *server, struct space *home)
{
    struct request *rq = ARENA_NEW(arena, struct request);
    char why[256] = "";
    rq->arena = arena;
    rq->server = server;
    rq->home = home;
    rq->space = space_id(home);
    rq->settings = space_look(home, &rq->now);
    rq->config = &rq->settings->config;
    rq->route = &own_route;
    rq->origin = ORIGIN_SELF;
    rq->db = store_db(server->store, why, sizeof why);
    if (rq->db)
        db_use_space(rq->db, rq->space);
    else
        log_event("error", "%s", why);
    return rq;
}

void courier_request_end(struct request *rq)
{
    settings_release(rq->settings);
}

/* ---- what is sent ---------------------------------------------------------------------------------------- */

struct signing {
    struct text sealed; /* unset: nothing signs */
    enum webhook_scheme scheme;
};

/* In a short transaction: false when there is nothing to send. */
static bool read_delivery(struct request *rq, const struct uuid *id, struct delivery *ret, struct signing *ret_signing)
{
    if (!rq->db || !tx_begin(rq->db, TX_READ))
        return false;
    bool found = query_get(rq->db, SQL_DELIVERY_GET, WITH(id), &delivery_row, rq->arena, ret) &&
                 (ret->state.v == DELIVERY_PENDING || ret->state.v == DELIVERY_RETRYING);
    if (found && ret->subscription.is == VALUE_SET) {
        QUERY q = query_with(rq->db, SQL_WEBHOOK_SIGNING, WITH(ret->subscription));
        found = query_row(&q);
        if (found && !col_is_null(&q, 0))
            ret_signing->sealed = text_copy(rq->arena, col_text(&q, 0));
        if (found)
            ret_signing->scheme = (enum webhook_scheme)text_index(col_text(&q, 1), webhook_schemes);
    }
    tx_rollback(rq->db);
    return found;
}

enum { HEADERS = 4 };

/* The type, the id, the time, and the signature when there is a secret. */
static size_t put_headers(struct request *rq, const struct signing *signing, const struct webhook_message *message,
                          struct call_header ret[HEADERS])
{
    const struct config_headers *names = &rq->config->webhook_headers;
    struct secret secret;
    size_t n = 0;
    ret[n++] = (struct call_header){ .name = T("Content-Type"), .value = T("application/json") };
    ret[n++] = (struct call_header){ .name = text_of(names->id), .value = message->id };
    ret[n++] = (struct call_header){ .name = text_of(names->timestamp), .value = message->timestamp };
    if (signing->sealed.p && secret_unseal(rq->arena, store_seal_key_of(rq->db), signing->sealed, &secret))
        ret[n++] = (struct call_header){ .name = text_of(names->signature),
                                         .value = webhook_sign(rq->arena, signing->scheme, secret, message) };
    return n;
}

/* ---- what comes back ------------------------------------------------------------------------------------- */

/* How the answer's body begins; the rest is not waited for. */
static bool keep_beginning(void *cls, struct text type, struct text piece)
{
    struct buf *body = cls;
    (void)type;
    buf_add(body, text_clip(piece, body->max - body->n));
    return body->n < body->max;
}

/* The last character may be cut. */
static struct v_text beginning_of(const struct buf *body)
{
    struct text said = buf_text(body);
    for (unsigned i = 0; i < 3 && said.n && !text_is_utf8(said); i++)
        said.n--;
    return (struct v_text){ said.n && text_is_utf8(said) ? VALUE_SET : VALUE_ABSENT, said };
}

/* What cannot be otherwise at another time is not tried again. */
static enum reception reception_of(const struct answer *answer)
{
    switch (answer->outcome) {
    case CALL_ANSWERED:
        return reception_of_status(answer->status);
    case CALL_UNREACHABLE:
    case CALL_TLS:
    case CALL_TIMEOUT:
    case CALL_TOO_LARGE:
    case CALL_STOPPED:
        return RECEPTION_AGAIN;
    case CALL_BAD_URL:
    case CALL_BAD_HEADER:
    case CALL_FORBIDDEN:
    case CALL_REDIRECTS:
        break;
    }
    return RECEPTION_REFUSED;
}

static bool record(struct request *rq, struct delivery *delivery, enum reception reception,
                   const struct delivery_attempt *attempt)
{
    if (!tx_begin(rq->db, TX_WRITE))
        return false;
    delivery_judge(delivery, reception, rq->config, space_now(rq->home));
    delivery_keep(rq, delivery, attempt);
    if (tx_commit(rq->db))
        return true;
    tx_rollback(rq->db);
    log_event("error", "%s: an attempt of a delivery is not recorded", db_error(rq->db));
    return false;
}

/* ---- an attempt ------------------------------------------------------------------------------------------ */

static bool send_message(struct request *rq, struct outbound *pool, const struct signing *signing,
                         const struct webhook_message *message, struct delivery *delivery)
{
    struct call_header headers[HEADERS];
    struct buf beginning = buf_new(rq->arena, LIMIT_DELIVERY_ANSWER);
    struct trip trip = trip_begin(rq);
    struct answer answer;
    const struct call call = {
        .method = T("POST"),
        .url = delivery->url.v,
        .body = message->body,
        .headers = headers,
        .header_count = put_headers(rq, signing, message, headers),
        .is_final = true,
        .on_body = keep_beginning,
        .cls = &beginning,
    };
    trip.pool = pool;
    trip.deadline_us = trip.began_us + rq->config->webhook_timeout_ms * 1000;
    struct delivery_attempt attempt = { .at = SET_TIME(clock_real_ms()) };
    const bool answered = call_http(&trip, &call, &answer);
    trip_end(rq, &trip);
    if (answer.outcome == CALL_STOPPED)
        return true; /* the next process sends it */
    attempt.duration_ms = SET_INT((clock_steady_us() - trip.began_us) / 1000);
    attempt.status = (struct v_int){ answered ? VALUE_SET : VALUE_NULL, answer.status };
    attempt.body = beginning_of(&beginning);
    attempt.error = (struct v_text){ answered ? VALUE_ABSENT : VALUE_SET, answer.why };
    return record(rq, delivery, reception_of(&answer), &attempt);
}

bool courier_call(struct request *rq, struct outbound *pool, const struct uuid *id)
{
    struct delivery delivery = { .id = { .is = VALUE_ABSENT } };
    struct signing signing = { .sealed = { NULL, 0 } };
    if (!rq->db)
        return false;
    if (!read_delivery(rq, id, &delivery, &signing))
        return true;
    const struct webhook_message message = {
        .id = uuid_text(rq->arena, &delivery.event_id.v),
        .timestamp = text_format(rq->arena, "%lld", (long long)(clock_real_ms() / 1000)),
        .body = delivery_payload(rq->arena, rq->config, &delivery),
    };
    rq->id = message.id;
    return send_message(rq, pool, &signing, &message, &delivery);
}
