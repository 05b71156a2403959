#include "net/outbound.h"

#include "base/address.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/workers.h"
#include "base/limit.h"
#include "base/memory.h"
#include "net/hop.h"
#include "spec/redact.h"

#include <stdlib.h>

/* ---- the pool ------------------------------------------------------------------------------------------- */

struct outbound *outbound_start(enum outbound_mode mode)
{
    struct outbound *pool = calloc(1, sizeof *pool);
    if (!pool)
        die("no memory for outbound calls");
    pool->mode = mode;
    pool->workers = workers_new(LIMIT_OUTBOUND_THREADS, LIMIT_OUTBOUND_QUEUE, LIMIT_OUTBOUND_IDLE_MS);
    pthread_mutex_init(&pool->lock, NULL);
    return pool;
}

const char *outbound_missing(enum outbound_mode mode)
{
    return mode == OUTBOUND_OFF || curl_is_likely() ? NULL : curl_why();
}

bool outbound_submit(struct outbound *pool, void (*work)(void *cls), void *cls)
{
    return workers_submit(pool->workers, work, cls);
}

void outbound_drain(struct outbound *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    atomic_store(&pool->draining, true);
    for (struct running *r = pool->running; r; r = r->next)
        libcurl.multi_wakeup(r->multi);
    pthread_mutex_unlock(&pool->lock);
    workers_drain(pool->workers);
}

void outbound_free(struct outbound *pool)
{
    if (!pool)
        return;
    workers_free(pool->workers);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

void running_add(struct outbound *pool, struct running *r)
{
    pthread_mutex_lock(&pool->lock);
    r->next = pool->running;
    r->link = &pool->running;
    if (r->next)
        r->next->link = &r->next;
    pool->running = r;
    pthread_mutex_unlock(&pool->lock);
}

void running_remove(struct outbound *pool, struct running *r)
{
    pthread_mutex_lock(&pool->lock);
    *r->link = r->next;
    if (r->next)
        r->next->link = r->link;
    pthread_mutex_unlock(&pool->lock);
}

/* ---- a call ------------------------------------------------------------------------------------------------- */

/* `host:port` of a URL, for people. */
static struct text said_place(const struct hop *hop, struct text url)
{
    struct uri parts;
    return uri_parse_http(url, &parts) ? place_text(hop->trip->arena, &parts) : url;
}

/* Where the URL is served, and whether that is a URL at all. */
static bool find_server(struct hop *hop, struct text url)
{
    const struct trip *trip = hop->trip;
    struct text served, as = { 0 };
    hop->url = url;
    hop->answer->url = url;
    if (!uri_parse_http(url, &hop->parts))
        return hop_fail(hop, CALL_BAD_URL, T("the URL is not an absolute http or https URL"));
    if (hop->parts.userinfo.p)
        return hop_fail(hop, CALL_BAD_URL, T("the URL must not hold a user name or password"));
    if (!trip->rewrite || !trip->rewrite(trip->rewrite_cls, url, &served, &as))
        return true;
    hop->url = served;
    hop->as = as;
    if (!uri_parse_http(served, &hop->parts))
        return hop_fail(hop, CALL_BAD_URL, T("it is served at no URL"));
    if (trip->is_open_path && !trip->is_open_path(hop->parts.path))
        return HOP_FAIL(hop, CALL_FORBIDDEN, "%.*s must not be called: it is the mock itself",
                        TEXT_ARG(said_place(hop, url)));
    return true;
}

static bool leads_to_self(const struct hop *hop)
{
    const struct trip *trip = hop->trip;
    return trip->pin &&
           (hop->as.p || (trip->is_self && trip->is_self(trip->rewrite_cls, hop->parts.host, uri_port(&hop->parts))));
}

/* It is no other host in any mode. */
static bool is_for_self(const struct hop *hop)
{
    const struct trip *trip = hop->trip;
    return hop_is_to_self(hop) ||
           (trip->is_own_name && trip->is_own_name(trip->rewrite_cls, hop->parts.host, uri_port(&hop->parts)));
}

static bool may_call(struct hop *hop)
{
    const struct outbound *pool = hop->trip->pool;
    hop->only_here = pool && pool->mode == OUTBOUND_OFF;
    if (!pool || (hop->only_here && !is_for_self(hop)))
        return hop_fail(hop, CALL_FORBIDDEN, T("calls to other hosts are switched off (--outbound off)"));
    if (atomic_load(&pool->draining))
        return hop_fail_stopped(hop);
    return hop->trip->deadline_us > clock_steady_us() ? true : hop_fail_late(hop);
}

static void put_trail(struct hop *hop, int64_t began_us)
{
    struct buf *trail = &hop->trip->trail;
    const struct answer *answer = hop->answer;
    struct buf line = buf_new(hop->trip->arena, LIMIT_TRIP_TRAIL);
    buf_addf(&line, "%.*s ", TEXT_ARG(hop->call->method));
    redact_put_url(&line, call_mask(hop->trip->arena, hop->call, answer->url));
    if (answer->outcome == CALL_ANSWERED)
        buf_addf(&line, " -> %u", answer->status);
    else
        buf_addf(&line, " -> %.*s", TEXT_ARG(answer->why));
    buf_addf(&line, " in %lld ms\n", (long long)((clock_steady_us() - began_us) / 1000));
    if (!line.full && line.n <= trail->max - trail->n)
        buf_add(trail, buf_text(&line));
}

/* One request and its answer. */
static bool hop_once(struct trip *trip, const struct call *call, struct text url, int *reach, struct answer *ret)
{
    const int64_t began_us = clock_steady_us();
    const bool left_origin = ret->left_origin;
    *ret = (struct answer){ .left_origin = left_origin,
                            .headers = ARENA_ARRAY(trip->arena, LIMIT_ANSWER_HEADER_COUNT, struct pair) };
    struct hop hop = { .trip = trip, .call = call, .answer = ret, .budget = trip->bytes_left,
                       .inside = *reach, .reached = *reach };
    hop.body = buf_new(trip->arena, hop.budget);
    const bool found = find_server(&hop, url);
    hop.self = found && leads_to_self(&hop);
    const bool answered = found && hop_check_headers(&hop) && may_call(&hop) && hop_perform(&hop);
    put_trail(&hop, began_us);
    *reach = hop.reached;
    return answered;
}

static bool is_redirect(unsigned status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* The URL comes from the server. */
static bool stop_at(struct trip *trip, const struct call *call, struct answer *ret, const char *what,
                    struct text where)
{
    const struct text url = text_clip(redact_url(trip->arena, call_mask(trip->arena, call, where)), 200);
    ret->outcome = CALL_REDIRECTS;
    ret->why = text_format(trip->arena, "redirected with HTTP %u to %.*s: %s", ret->status, TEXT_ARG(url), what);
    return false;
}

/* Where the redirect leads, when it may be followed. */
static bool find_next(struct trip *trip, const struct call *call, struct answer *ret, struct text *url)
{
    struct text next = answer_header(ret, T("location"));
    if (!next.n)
        return stop_at(trip, call, ret, "the answer has no location", T("nowhere"));
    if (!uri_resolve(trip->arena, *url, next, &next))
        return stop_at(trip, call, ret, "that is not an http or https URL", next);
    const bool repeats = ret->status == 307 || ret->status == 308;
    if (!repeats && !text_eq(call->method, T("GET")))
        return stop_at(trip, call, ret, "this kind of redirect loses the request's body; use that URL, or let the "
                                        "server answer 307 or 308", next);
    const bool leaves = !uri_same_origin(*url, next);
    if (leaves && call->body.p && !call->body_is_public)
        return stop_at(trip, call, ret, "that is another origin, and the request's body holds credentials", next);
    ret->left_origin |= leaves;
    *url = next;
    return true;
}

bool call_http(struct trip *trip, const struct call *call, struct answer *ret)
{
    struct text url = call->url;
    *ret = (struct answer){ .outcome = CALL_ANSWERED };
    if (!curl_load()) {
        *ret = (struct answer){ .outcome = CALL_UNREACHABLE, .why = text_of(curl_why()) };
        return false;
    }
    int reach = REACH_LOOPBACK; /* the first URL may lead anywhere */
    for (unsigned hops = 0; hop_once(trip, call, url, &reach, ret); hops++) {
        if (call->is_final || !is_redirect(ret->status))
            return true;
        if (hops == LIMIT_TRIP_REDIRECTS)
            return stop_at(trip, call, ret, "that is one redirect too many", answer_header(ret, T("location")));
        const struct text from = url;
        if (!find_next(trip, call, ret, &url))
            return false;
        if (uri_same_origin(from, url))
            reach = REACH_LOOPBACK;
    }
    return false;
}

struct text answer_header(const struct answer *answer, struct text name)
{
    return header_find(answer->headers, answer->header_count, name);
}

struct trip trip_new(struct arena *arena, struct outbound *pool)
{
    const int64_t now_us = clock_steady_us();
    return (struct trip){
        .arena = arena,
        .pool = pool,
        .began_us = now_us,
        .deadline_us = now_us + INT64_C(1000000) * LIMIT_TRIP_SECONDS,
        .bytes_left = LIMIT_TRIP_BYTES,
        .trail = buf_new(arena, LIMIT_TRIP_TRAIL),
    };
}
