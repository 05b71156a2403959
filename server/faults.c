#include "faults.h"

#include "base/arena.h"
#include "base/random.h"
#include "limit.h"
#include "space.h"
#include "spec_json.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* ---- orders ---------------------------------------------------------------------------------------------- */

static const char *check_header(struct text t)
{
    return text_is_visible_ascii(t) && t.n && text_find(t, ':') == t.n ? NULL : "Invalid header name";
}

static const char *check_value(struct text t)
{
    for (size_t i = 0; i < t.n; i++)
        if ((unsigned char)t.p[i] < 0x20 || (unsigned char)t.p[i] > 0x7e)
            return "Invalid header value: expected printable ASCII";
    return NULL;
}

#define A struct fault_action
static const struct field action_fields[] = {
    FIELD_INT(A, status, .min = 200, .max = 599, .doc = "Answer with this status", .example = "503"),
    FIELD_JSON(A, body, .doc = "And this body; the API's own error body when left out", .example = "{\"error\":\"x\"}"),
    FIELD_MAP(A, headers, .max = LIMIT_FAULT_HEADERS, .key_max = LIMIT_CREDENTIAL_NAME,
              .value_max = LIMIT_CREDENTIAL_VALUE, .check_key = check_header, .check = check_value,
              .doc = "And these headers", .example = "{\"retry-after\": \"1\"}"),
    FIELD_BOOL(A, reset, .doc = "Reset the connection (RST)"),
    FIELD_BOOL(A, empty, .doc = "Close the connection without a byte"),
    FIELD_BOOL(A, malformed_json, .doc = "Send a body that is no JSON any more"),
    FIELD_BOOL(A, hang, .doc = "Send nothing, and keep the connection open"),
    FIELD_INT(A, truncate, .max = LIMIT_REPLY, .doc = "Send so many bytes of the body, and close", .example = "100"),
    FIELD_JSON(A, delay_ms, .doc = "Wait so many milliseconds first: a number, or {min, max}", .example = "200"),
};
#undef A

struct range {
    struct v_int min, max;
};

static const struct field range_fields[] = {
    FIELD_INT(struct range, min, .flags = REQUIRED, .max = LIMIT_DELAY_MS, .doc = "At least"),
    FIELD_INT(struct range, max, .flags = REQUIRED, .max = LIMIT_DELAY_MS, .doc = "At most"),
};
static const struct spec range_spec = SPEC(struct range, "DelayRange", range_fields);

static bool parse_delay(struct arena *arena, struct text json, struct range *ret)
{
    struct problems problems = problems_new(arena, true, T(", "));
    int64_t exact;
    int line, column;
    if (text_to_uint(json, &exact)) {
        *ret = (struct range){ SET_INT(exact), SET_INT(exact) };
        return exact <= LIMIT_DELAY_MS;
    }
    return spec_parse_json(&range_spec, 0, T(""), json, &problems, ret, &line, &column) == JSON_OK &&
           !problems.count && ret->min.v <= ret->max.v;
}

static bool is_on(struct v_bool flag)
{
    return flag.is == VALUE_SET && flag.v;
}

static const char *check_action(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct fault_action *a = object;
    struct range delay;
    const int acts = (a->status.is == VALUE_SET) + is_on(a->reset) + is_on(a->empty) + is_on(a->malformed_json) +
                     is_on(a->hang) + (a->truncate.is == VALUE_SET);
    *ret_path = T("delay_ms");
    if (a->delay_ms.is == VALUE_SET && !parse_delay(arena, a->delay_ms.v, &delay))
        return "Invalid input: expected 0 to 600000, or an object of min and max";
    *ret_path = T("status");
    if (acts > 1)
        return "Expected one of status, reset, empty, malformed_json, hang and truncate";
    if (!acts && a->delay_ms.is != VALUE_SET)
        return "Required: or reset, empty, malformed_json, hang, truncate or delay_ms";
    if (a->status.is != VALUE_SET && (a->body.is == VALUE_SET || a->headers.is == VALUE_SET))
        return "Required with body or headers";
    return NULL;
}

static const struct spec action_spec = SPEC_WITH(struct fault_action, "FaultAction", action_fields,
                                                 .check = check_action, .doc = "What goes wrong.");

static bool parse_probability(struct text json, double *ret)
{
    char text[64], *end;
    if (!json.n || json.n >= sizeof text)
        return false;
    memcpy(text, json.p, json.n);
    text[json.n] = '\0';
    *ret = strtod(text, &end);
    return *end == '\0' && text[0] != '"' && *ret >= 0 && *ret <= 1;
}

static const char *check_order(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct fault_order *order = object;
    double probability;
    (void)arena;
    *ret_path = T("match/status");
    if (order->match.status.is == VALUE_SET)
        return "A fault acts before there is a status";
    *ret_path = T("probability");
    return order->probability.is == VALUE_SET && !parse_probability(order->probability.v, &probability)
               ? "Invalid input: expected a number from 0 to 1" : NULL;
}

#define O struct fault_order
static const struct field order_fields[] = {
    FIELD_OBJECT(O, match, struct match, .flags = REQUIRED, .sub = &match_spec, .doc = "Which requests"),
    FIELD_OBJECT(O, action, struct fault_action, .flags = REQUIRED, .sub = &action_spec, .doc = "What goes wrong",
                 .example = "{\"status\": 503, \"delay_ms\": 200}"),
    FIELD_INT(O, times, .min = 1, .max = 1000000, .doc = "How many requests; all when left out", .example = "2"),
    FIELD_INT(O, after, .max = 1000000, .doc = "How many pass before", .example = "0"),
    FIELD_JSON(O, probability, .doc = "With which chance, from 0 to 1", .example = "1"),
    FIELD_INT(O, ttl_seconds, .min = 1, .max = 30 * 24 * 3600, .doc = "For how long, by the space's clock"),
};
#undef O
const struct spec fault_order_spec = SPEC_WITH(struct fault_order, "OrderFault", order_fields, .check = check_order);

/* ---- the list -------------------------------------------------------------------------------------------- */

struct fault {
    struct fault *next;
    struct uuid id;
    int64_t times, after, expires_at, seen, hits; /* times 0: no end; expires_at 0: never */
    size_t order_size;
    char order[];
};

struct faults {
    pthread_mutex_t lock;
    atomic_size_t count;
    uint64_t draws;
    struct fault *first;
};

struct faults *faults_new(void)
{
    struct faults *faults = calloc(1, sizeof *faults);
    if (!faults)
        die("no memory for faults");
    pthread_mutex_init(&faults->lock, NULL);
    return faults;
}

void faults_clear(struct faults *faults)
{
    pthread_mutex_lock(&faults->lock);
    while (faults->first) {
        struct fault *fault = faults->first;
        faults->first = fault->next;
        free(fault);
    }
    faults->count = 0;
    faults->draws = 0;
    pthread_mutex_unlock(&faults->lock);
}

void faults_free(struct faults *faults)
{
    if (!faults)
        return;
    faults_clear(faults);
    pthread_mutex_destroy(&faults->lock);
    free(faults);
}

bool faults_add(struct faults *faults, const struct uuid *id, struct text order, const struct fault_order *parsed,
                int64_t now)
{
    struct fault *fault = malloc(sizeof *fault + order.n);
    if (!fault)
        die("no memory for a fault");
    *fault = (struct fault){ .id = *id, .times = parsed->times.v, .after = parsed->after.v, .order_size = order.n };
    if (parsed->ttl_seconds.is == VALUE_SET)
        fault->expires_at = now + parsed->ttl_seconds.v * 1000;
    memcpy(fault->order, order.p, order.n);
    pthread_mutex_lock(&faults->lock);
    struct fault **end = &faults->first;
    while (*end)
        end = &(*end)->next;
    const bool room = faults->count < LIMIT_FAULTS;
    if (room) {
        *end = fault;
        faults->count++;
    }
    pthread_mutex_unlock(&faults->lock);
    if (!room)
        free(fault);
    return room;
}

/* With the lock held. */
static void remove_at(struct faults *faults, struct fault **at)
{
    struct fault *fault = *at;
    *at = fault->next;
    free(fault);
    faults->count--;
}

/* With the lock held. */
static void drop_expired(struct faults *faults, int64_t now)
{
    for (struct fault **at = &faults->first; *at;) {
        if ((*at)->expires_at && now >= (*at)->expires_at)
            remove_at(faults, at);
        else
            at = &(*at)->next;
    }
}

bool faults_remove(struct faults *faults, const struct uuid *id)
{
    pthread_mutex_lock(&faults->lock);
    struct fault **at = &faults->first;
    while (*at && !uuid_eq(&(*at)->id, id))
        at = &(*at)->next;
    const bool found = *at != NULL;
    if (found)
        remove_at(faults, at);
    pthread_mutex_unlock(&faults->lock);
    return found;
}

static struct text order_of(const struct fault *fault)
{
    return (struct text){ fault->order, fault->order_size };
}

size_t faults_list(struct faults *faults, struct arena *arena, int64_t now, struct fault_state *ret, size_t max)
{
    size_t n = 0;
    pthread_mutex_lock(&faults->lock);
    drop_expired(faults, now);
    for (const struct fault *fault = faults->first; fault && n < max; fault = fault->next)
        ret[n++] = (struct fault_state){ fault->id, text_copy(arena, order_of(fault)), fault->seen, fault->hits };
    pthread_mutex_unlock(&faults->lock);
    return n;
}

/* ---- meeting one ----------------------------------------------------------------------------------------- */

/* The n-th draw of a seed (SplitMix64), as a number from 0 to 1; without a seed, any. */
static double draw(struct faults *faults, const struct settings *settings)
{
    uint64_t z;
    if (settings && settings->has_seed) {
        z = (uint64_t)settings->seed + ++faults->draws * 0x9e3779b97f4a7c15U;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
        z = (z ^ z >> 27) * 0x94d049bb133111ebU;
        z ^= z >> 31;
    } else {
        random_bytes(&z, sizeof z);
    }
    return (double)(z >> 11) / (double)(1ULL << 53);
}

static bool parse_order(struct arena *arena, struct text json, struct fault_order *ret)
{
    struct problems problems = problems_new(arena, false, T(", "));
    int line, column;
    return spec_parse_json(&fault_order_spec, 0, T(""), json, &problems, ret, &line, &column) == JSON_OK &&
           !problems.count;
}

/* With the lock held: whether it is this fault's turn. */
static bool fires(struct faults *faults, struct fault *fault, const struct request *rq,
                  const struct match_subject *subject, struct fault_order *order)
{
    double probability = 1;
    *order = (struct fault_order){ .match = { .is = VALUE_ABSENT } };
    if ((fault->times && fault->hits >= fault->times) || !parse_order(rq->arena, order_of(fault), order) ||
        !match_holds(&order->match, subject, NULL))
        return false;
    if (++fault->seen <= fault->after)
        return false;
    if (order->probability.is == VALUE_SET)
        parse_probability(order->probability.v, &probability);
    if (order->probability.is == VALUE_SET && draw(faults, rq->settings) >= probability)
        return false;
    fault->hits++;
    return true;
}

static bool take(struct faults *faults, struct request *rq, struct fault_order *order)
{
    const struct match_subject subject = match_subject_of(rq);
    bool fired = false;
    pthread_mutex_lock(&faults->lock);
    drop_expired(faults, rq->now);
    for (struct fault *fault = faults->first; fault && !fired; fault = fault->next)
        fired = fires(faults, fault, rq, &subject, order);
    pthread_mutex_unlock(&faults->lock);
    return fired;
}

static int64_t delay_of(struct faults *faults, struct request *rq, const struct fault_action *action)
{
    struct range range = { .min = { .is = VALUE_ABSENT } };
    if (action->delay_ms.is != VALUE_SET || !parse_delay(rq->arena, action->delay_ms.v, &range))
        return 0;
    if (range.min.v == range.max.v)
        return range.min.v * 1000;
    pthread_mutex_lock(&faults->lock);
    const double chance = draw(faults, rq->settings);
    pthread_mutex_unlock(&faults->lock);
    return (range.min.v + (int64_t)(chance * (double)(range.max.v - range.min.v))) * 1000;
}

/* The API's own error of that status, or one like it. */
static void answer_status(struct request *rq, unsigned status)
{
    for (int i = OK + 1; i < ERR_COUNT; i++)
        if (error_kind((enum err)i)->status == status) {
            reply_error(&rq->reply, (enum err)i, (struct text){ NULL, 0 });
            return;
        }
    reply_error(&rq->reply, ERR_INTERNAL, T("A fault was ordered for this request"));
    rq->reply.status = status;
    rq->reply.raw = status < 400 ? T("{}")
                                 : text_format(rq->arena, "{\"error\":\"%s\",\"message\":\"A fault was ordered for "
                                               "this request\"}", status_phrase(status));
}

/* A string is sent as it is, anything else as JSON. */
static void answer_body(struct request *rq, struct text json)
{
    rq->reply.raw = json;
    if (!json.n || json.p[0] != '"')
        return;
    rq->reply.raw = spec_json_string(rq->arena, json);
    rq->reply.content_type = "text/plain; charset=utf-8";
}

static void answer(struct request *rq, const struct fault_action *action)
{
    answer_status(rq, (unsigned)action->status.v);
    if (action->body.is == VALUE_SET)
        answer_body(rq, action->body.v);
    for (size_t i = 0; i < action->headers.n; i++) {
        const struct pair header = action->headers.v[i];
        const char *value = text_cstr(rq->arena, header.value);
        if (text_eq_nocase(header.name, T("content-type")))
            rq->reply.content_type = value;
        else
            reply_header(&rq->reply, text_cstr(rq->arena, header.name), value);
    }
}

static enum cut cut_of(const struct fault_action *action)
{
    if (is_on(action->reset))
        return CUT_RESET;
    if (is_on(action->empty))
        return CUT_EMPTY;
    if (is_on(action->hang))
        return CUT_HANG;
    if (is_on(action->malformed_json))
        return CUT_MALFORMED;
    return action->truncate.is == VALUE_SET ? CUT_TRUNCATED : CUT_NONE;
}

bool faults_meet(struct faults *faults, struct request *rq)
{
    struct fault_order order;
    if (!faults->count || !take(faults, rq, &order))
        return false;
    const struct fault_action *action = &order.action;
    rq->reply.delay_us = delay_of(faults, rq, action);
    rq->reply.cut = cut_of(action);
    rq->reply.cut_at = (size_t)action->truncate.v;
    if (action->status.is == VALUE_SET)
        answer(rq, action);
    return action->status.is == VALUE_SET || rq->reply.cut == CUT_RESET || rq->reply.cut == CUT_EMPTY ||
           rq->reply.cut == CUT_HANG;
}

void faults_spoil(struct request *rq)
{
    struct reply *rp = &rq->reply;
    const struct text bytes = reply_bytes(rp);
    if (rp->cut == CUT_MALFORMED)
        rp->raw = bytes.n ? text_clip(bytes, bytes.n - 1) : T("{");
}
