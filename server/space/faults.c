#include "space/faults.h"

#include "base/arena.h"
#include "base/memory.h"
#include "base/random.h"
#include "base/limit.h"
#include "request/route.h"
#include "space/space.h"
#include "spec/lookup.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* ---- the list -------------------------------------------------------------------------------------------- */

struct fault {
    struct fault *next;
    struct uuid id;
    int64_t times, after, expires_at, seen, hits; /* times 0: no end; expires_at 0: never */
    bool asks_caller;
    size_t operation_count;
    struct fault_hits *by_operation;
    size_t order_size;
    char order[];
};

struct faults {
    pthread_mutex_t lock;
    atomic_size_t count, asking_caller;
    uint64_t draws;
    struct fault *first;
};

struct faults *faults_new(void)
{
    struct faults *faults = memory_kept(sizeof *faults);
    pthread_mutex_init(&faults->lock, NULL);
    return faults;
}

/* With the lock held. */
static void remove_at(struct faults *faults, struct fault **at)
{
    struct fault *fault = *at;
    *at = fault->next;
    faults->count--;
    faults->asking_caller -= fault->asks_caller;
    free(fault->by_operation);
    free(fault);
}

void faults_clear(struct faults *faults)
{
    pthread_mutex_lock(&faults->lock);
    while (faults->first)
        remove_at(faults, &faults->first);
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
    struct fault *fault = memory_get(sizeof *fault + order.n);
    *fault = (struct fault){ .id = *id, .times = parsed->times.v, .after = parsed->after.v, .order_size = order.n,
                             .asks_caller = parsed->match.key.is == VALUE_SET };
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
        faults->asking_caller += fault->asks_caller;
    }
    pthread_mutex_unlock(&faults->lock);
    if (!room)
        free(fault);
    return room;
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

bool faults_ask_caller(struct faults *faults)
{
    return faults->asking_caller > 0;
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

static struct fault_state state_of(struct arena *arena, const struct fault *fault)
{
    struct fault_hits *hits = ARENA_ARRAY(arena, fault->operation_count, struct fault_hits);
    for (size_t i = 0; i < fault->operation_count; i++)
        hits[i] = fault->by_operation[i];
    return (struct fault_state){ fault->id, text_copy(arena, order_of(fault)), fault->hits, fault->operation_count,
                                 hits };
}

struct listing {
    struct faults *faults;
    struct arena *arena;
    int64_t now;
    struct fault_state *states;
    size_t n, max;
};

static void list(void *cls)
{
    struct listing *l = cls;
    drop_expired(l->faults, l->now);
    for (const struct fault *fault = l->faults->first; fault && l->n < l->max; fault = fault->next)
        l->states[l->n++] = state_of(l->arena, fault);
}

size_t faults_list(struct faults *faults, struct arena *arena, int64_t now, struct fault_state *ret, size_t max)
{
    struct listing listing = { faults, arena, now, ret, 0, max };
    memory_locked(&faults->lock, list, &listing);
    return listing.n;
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

/* With the lock held. The analyzer does not follow what the fault holds past the first use of it. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
static void count_hit(struct fault *fault, const struct request *rq)
{
    const char *operation = rq->route ? rq->route->operation : "-";
    size_t i = 0;
    fault->hits++;
    while (i < fault->operation_count && strcmp(fault->by_operation[i].operation, operation) != 0)
        i++;
    if (i == fault->operation_count) {
        fault->by_operation = memory_kept_again(fault->by_operation, (i + 1) * sizeof *fault->by_operation);
        fault->by_operation[fault->operation_count++] = (struct fault_hits){ operation, 0 };
    }
    fault->by_operation[i].count++;
}
#pragma GCC diagnostic pop

/* With the lock held: whether it is this fault's turn. */
static bool fires(struct faults *faults, struct fault *fault, const struct request *rq,
                  const struct match_subject *subject, struct fault_order *order)
{
    double probability = 1;
    *order = (struct fault_order){ .match = { .is = VALUE_ABSENT } };
    if ((fault->times && fault->hits >= fault->times) || !parse_order(rq->arena, order_of(fault), order) ||
        !match_holds(&order->match, subject))
        return false;
    if (++fault->seen <= fault->after)
        return false;
    if (order->probability.is == VALUE_SET)
        fault_parse_probability(order->probability.v, &probability);
    if (order->probability.is == VALUE_SET && draw(faults, rq->settings) >= probability)
        return false;
    count_hit(fault, rq);
    return true;
}

/* A request that looks for its fault, and what it finds. */
struct search {
    struct faults *faults;
    const struct request *rq;
    struct match_subject subject;
    struct fault_order *order;
    struct fault *found; /* while the lock is held */
    struct uuid id;
};

/* With the lock held. */
static void find(void *cls)
{
    struct search *s = cls;
    drop_expired(s->faults, s->rq->now);
    struct fault *fault = s->faults->first;
    while (fault && !fires(s->faults, fault, s->rq, &s->subject, s->order))
        fault = fault->next;
    s->found = fault;
    if (fault)
        s->id = fault->id;
}

/* The order of the fault that acts on the request, in its arena; NULL: none does. */
static const struct fault_order *take_order(struct faults *faults, struct request *rq, struct uuid *ret_id)
{
    struct search s = { .faults = faults, .rq = rq, .subject = match_subject_of(rq),
                        .order = REQUEST_NEW(rq, struct fault_order) };
    memory_locked(&faults->lock, find, &s);
    *ret_id = s.id;
    return s.found ? s.order : NULL;
}

static int64_t delay_of(struct faults *faults, struct request *rq, const struct fault_action *action)
{
    struct fault_range range = { .min = { .is = VALUE_ABSENT } };
    if (action->delay_ms.is != VALUE_SET || !fault_parse_delay(rq->arena, action->delay_ms.v, &range))
        return 0;
    if (range.min.v == range.max.v)
        return range.min.v * 1000;
    pthread_mutex_lock(&faults->lock);
    const double chance = draw(faults, rq->settings);
    pthread_mutex_unlock(&faults->lock);
    return (range.min.v + (int64_t)(chance * (double)(range.max.v - range.min.v + 1))) * 1000;
}

/* The API's own error of that status, in its words where they do not depend on what was asked. */
static void answer_status(struct request *rq, unsigned status)
{
    static const enum err own[] = { ERR_INVALID, ERR_UNKNOWN_KEY, ERR_ROLE_TOO_LOW, ERR_CONNECTION_NOT_FOUND,
                                    ERR_BODY_TOO_LARGE, ERR_URI_TOO_LONG, ERR_MEDIA_TYPE, ERR_RATE_LIMITED,
                                    ERR_HEADERS_TOO_LARGE };
    const struct text ordered = T("A fault was ordered for this request");
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (error_kind(own[i])->status == status) {
            reply_error(&rq->reply, own[i], (struct text){ NULL, 0 });
            return;
        }
    reply_error(&rq->reply, ERR_INTERNAL, ordered);
    rq->reply.status = status;
    if (status < 400)
        rq->reply.raw = status == 204 || status == 205 || status == 304 ? T("") : T("{}");
    else if (rq->reply.sentences)
        rq->reply.raw = text_format(rq->arena, "{\"error\":\"%.*s\"}", TEXT_ARG(ordered));
    else
        rq->reply.raw = text_format(rq->arena, "{\"error\":\"%s\",\"message\":\"%.*s\"}",
                                    reply_error_name(&rq->reply, status), TEXT_ARG(ordered));
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

static void answer_as_ordered(struct request *rq, const struct fault_action *action)
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
    if (fault_is_on(action->reset))
        return CUT_RESET;
    if (fault_is_on(action->empty))
        return CUT_EMPTY;
    if (fault_is_on(action->hang))
        return CUT_HANG;
    if (fault_is_on(action->malformed_json))
        return CUT_MALFORMED;
    return action->truncate.is == VALUE_SET ? CUT_TRUNCATED : CUT_NONE;
}

static bool answers(const struct fault_action *action, enum cut cut)
{
    return action->status.is == VALUE_SET || cut == CUT_RESET || cut == CUT_EMPTY || cut == CUT_HANG;
}

bool faults_meet(struct faults *faults, struct request *rq)
{
    struct uuid id;
    const struct fault_order *order = faults->count ? take_order(faults, rq, &id) : NULL;
    if (!order)
        return false;
    const struct fault_action *action = &order->action;
    const enum cut cut = cut_of(action);
    const bool late = fault_is_on(action->after_handler), status = action->status.is == VALUE_SET;
    rq->disturbance = (struct disturbance){
        .fault = uuid_text(rq->arena, &id),
        .cut = cut,
        .cut_at = (size_t)action->truncate.v,
        .delay_us = delay_of(faults, rq, action),
        .instead = late && status ? action : NULL,
    };
    if (status && !late)
        answer_as_ordered(rq, action);
    return answers(action, cut) && !late;
}

void faults_spoil(struct request *rq)
{
    if (rq->disturbance.instead) {
        answer_as_ordered(rq, rq->disturbance.instead);
        rq->replayed = false;
    }
    const struct text bytes = reply_bytes(&rq->reply);
    if (rq->disturbance.cut == CUT_MALFORMED)
        rq->reply.raw = bytes.n ? text_clip(bytes, bytes.n - 1) : T("{");
}
