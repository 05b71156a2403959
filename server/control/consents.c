/* Consents on the control plane: outcomes that are ordered beforehand. */
#include "api/common.h"
#include "api/handlers.h"
#include "base/limit.h"
#include "control/masked.h"
#include "oauth/outcome.h"
#include "request/operation.h"
#include "store/query.h"

/* ---- the queue ----------------------------------------------------------------------------------------- */

struct order {
    struct v_int id; /* only in replies */
    struct v_enum outcome;
    struct v_int times;
    struct v_json match;
};

struct order_body {
    struct v_enum outcome;
    struct match match;
    struct v_int times;
};

static bool asks_for_consent(const struct route *route)
{
    return route->also & E_CONSENT;
}

static const char *refuse_operation(struct arena *arena)
{
    struct buf b = buf_new(arena, LIMIT_MESSAGE);
    buf_add(&b, T("No consent is asked for in this operation: expected "));
    const size_t start = b.n;
    for (size_t i = 0; i < route_count; i++)
        if (asks_for_consent(&routes[i]) && routes[i].version != 2) /* of which /v1 has them all */
            buf_addf(&b, "%s%s", b.n > start ? " or " : "", routes[i].operation);
    return text_cstr(arena, buf_text(&b));
}

/* What a browser sends has none of these: such an order would wait for ever. */
static const char *check_match(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct order_body *in = object;
    *ret_path = T("match/operation");
    if (in->match.operation.is == VALUE_SET && !operation_any(in->match.operation.v, asks_for_consent))
        return refuse_operation(arena);
    *ret_path = T("match/key");
    if (in->match.key.is == VALUE_SET)
        return "A consent is asked for by a browser, without an API key";
    *ret_path = T("match/event");
    if (in->match.event.is == VALUE_SET)
        return MATCH_NO_EVENT;
    *ret_path = T("match/status");
    if (in->match.status.is == VALUE_SET)
        return "A consent is decided before there is a status";
    *ret_path = T("match/origin");
    return in->match.origin.is == VALUE_SET && in->match.origin.v == MATCH_SELF
               ? "A consent is asked for by a client, never by the mock itself" : NULL;
}

#define B struct order_body
static const struct field order_body_fields[] = {
    FIELD_ENUM(B, outcome, .flags = REQUIRED, .names = outcome_names, .doc = "Outcome of the next consents",
               .example = "\"deny\""),
    FIELD_OBJECT(B, match, struct match, .sub = &match_spec, .doc = "The consents; all when left out",
                 .example = "{\"path\": \"*/gmail\"}"),
    FIELD_INT(B, times, .fallback = "1", .min = 1, .max = 1000000, .doc = "How many of them"),
};
#undef B
const struct spec consent_order_body = SPEC_WITH(struct order_body, "OrderConsent", order_body_fields,
                                                 .check = check_match);

#define O struct order
static const struct field order_fields[] = {
    FIELD_INT(O, id, .flags = REQUIRED, .doc = "Place in the queue"),
    FIELD_ENUM(O, outcome, .flags = REQUIRED, .names = outcome_names, .doc = "Outcome of the next consents"),
    FIELD_JSON(O, match, .flags = REQUIRED, .doc = "The consents"),
    FIELD_INT(O, times, .flags = REQUIRED, .doc = "How many of them are left"),
};
#undef O
const struct spec consent_order = SPEC(struct order, "ConsentOrder", order_fields);

static int64_t count_orders(struct db *db)
{
    return query_number(db, SQL_CONSENT_QUEUE_COUNT, NULL);
}

static void read_order(struct request *rq, const struct query *q, struct order *ret)
{
    enum outcome outcome = OUTCOME_APPROVE;
    outcome_parse(col_text(q, 1), &outcome);
    ret->id = SET_INT(col_int(q, 0));
    ret->outcome = (struct v_enum){ VALUE_SET, (int)outcome };
    ret->match = (struct v_json){ VALUE_SET, masked(rq, &match_spec, outcome_unseal_match(rq, col_text(q, 2))) };
    ret->times = SET_INT(col_int(q, 3));
}

enum err consent_order_add(struct request *rq, struct reply *rp)
{
    const struct order_body *in = rq->input;
    struct order *out = REQUEST_NEW(rq, struct order);
    if (count_orders(rq->db) >= LIMIT_CONSENT_QUEUE)
        return ERR_QUEUE_FULL;
    const struct text outcome = text_of(outcome_names[in->outcome.v]);
    const struct text match = outcome_seal_match(rq, match_json(rq->arena, &in->match));
    query_change(rq->db, SQL_CONSENT_QUEUE_ADD, WITH(outcome, match, in->times.v));
    QUERY q = query(rq->db, SQL_CONSENT_QUEUE_LIST);
    while (query_row(&q))
        read_order(rq, &q, out); /* the newest is the last */
    rp->object = out;
    return OK;
}

struct order_list {
    struct v_rows outcomes;
    struct v_int total;
};

static const struct field order_list_fields[] = {
    FIELD_ROWS(struct order_list, outcomes, .flags = REQUIRED, .sub = &consent_order, .doc = "In the order of use"),
    FIELD_INT(struct order_list, total, .flags = REQUIRED, .doc = "How many"),
};
const struct spec consent_order_list = SPEC(struct order_list, "ConsentOrderList", order_list_fields);

enum err consent_orders_list(struct request *rq, struct reply *rp)
{
    struct order_list *out = REQUEST_NEW(rq, struct order_list);
    const size_t room = (size_t)count_orders(rq->db);
    struct order *rows = ARENA_ARRAY(rq->arena, room, struct order);
    size_t n = 0;
    QUERY q = query(rq->db, SQL_CONSENT_QUEUE_LIST);
    while (n < room && query_row(&q))
        read_order(rq, &q, &rows[n++]);
    out->outcomes = SET_ROWS(n, rows);
    out->total = SET_INT((int64_t)n);
    rp->object = out;
    return OK;
}

enum err consent_orders_clear(struct request *rq, struct reply *rp)
{
    query_change(rq->db, SQL_CONSENT_QUEUE_CLEAR, NULL);
    rp->object = done(rq, "Queued outcomes deleted");
    return OK;
}
