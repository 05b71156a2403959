#include "delivery/courier.h"

#include "api/run_moves.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/limit.h"
#include "base/memory.h"
#include "delivery/call.h"
#include "request/log.h"
#include "request/server.h"
#include "space/directory.h"
#include "space/journal.h"
#include "store/query.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

/* Times by the steady clock, in microseconds. */
#define NEVER INT64_MAX
#define WHEN_THERE_IS_ROOM (INT64_MAX - 1)
enum { AFTER_A_FAILURE_US = 1000000 };

/* A space that is to be looked at. */
struct watched {
    int64_t space, due_us;
};

/* A call under way. First attempts of one subscription about one object are a lane: one at a time. */
struct journey {
    struct courier *courier; /* NULL: the place is free */
    int64_t space;
    struct uuid delivery, webhook, object; /* a call without a subscription has the webhook of all zeros */
    bool is_first;
};

struct courier {
    const struct server *server;
    void (*committed)(const struct request *rq);
    struct outbound *pool;
    pthread_mutex_t lock; /* for what follows */
    pthread_cond_t changed;
    pthread_t thread;
    bool has_thread, stop;
    size_t n, room;
    struct watched *watched;
    struct journey journeys[LIMIT_COURIER_CALLS];
};

static void *run(void *cls);

/* ---- what is to be looked at, with the lock held --------------------------------------------------------- */

static void watch(struct courier *c, int64_t space, int64_t due_us)
{
    size_t i = 0;
    while (i < c->n && c->watched[i].space != space)
        i++;
    if (i == c->n && c->n == c->room) {
        c->room = c->room ? 2 * c->room : 16;
        c->watched = memory_kept_again(c->watched, c->room * sizeof c->watched[0]);
    }
    if (i == c->n)
        c->watched[c->n++] = (struct watched){ space, NEVER };
    if (due_us < c->watched[i].due_us)
        c->watched[i].due_us = due_us;
    if (!c->has_thread && !c->stop)
        c->has_thread = pthread_create(&c->thread, NULL, run, c) == 0; /* else the next announcement tries again */
    pthread_cond_signal(&c->changed);
}

static void there_is_room(struct courier *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->watched[i].due_us == WHEN_THERE_IS_ROOM)
            c->watched[i].due_us = clock_steady_us();
}

/* The index of the first that is due; n: there is none. */
static size_t first_due(const struct courier *c)
{
    size_t first = 0;
    for (size_t i = 1; i < c->n; i++)
        if (c->watched[i].due_us < c->watched[first].due_us)
            first = i;
    return first;
}

static void wait_until(struct courier *c, int64_t due_us)
{
    const struct timespec when = { .tv_sec = due_us / 1000000, .tv_nsec = due_us % 1000000 * 1000 };
    if (due_us >= WHEN_THERE_IS_ROOM)
        pthread_cond_wait(&c->changed, &c->lock);
    else
        pthread_cond_timedwait(&c->changed, &c->lock, &when);
}

/* ---- journeys -------------------------------------------------------------------------------------------- */

/* Of work that ends early for want of memory. */
static void give_back(void *what)
{
    struct request *rq = what;
    if (rq->db) {
        db_drop_queries(rq->db);
        tx_rollback(rq->db);
    }
    courier_request_end(rq);
}

struct travel {
    const struct journey *journey;
    struct space *space;
    bool recorded;
};

static void travel(void *cls)
{
    struct travel *t = cls;
    struct scratch scratch;
    struct memory_hold hold;
    struct request *rq = courier_request(scratch_begin(&scratch), t->journey->courier->server, t->space);
    memory_hold(&hold, give_back, rq);
    t->recorded = courier_call(rq, t->journey->courier->pool, &t->journey->delivery);
    t->journey->courier->committed(rq);
    memory_let_go(&hold);
    courier_request_end(rq);
    scratch_end(&scratch);
}

static void end_journey(struct journey *journey, bool recorded)
{
    struct courier *c = journey->courier;
    pthread_mutex_lock(&c->lock);
    journey->courier = NULL;
    watch(c, journey->space, clock_steady_us() + (recorded ? 0 : AFTER_A_FAILURE_US));
    there_is_room(c);
    pthread_mutex_unlock(&c->lock);
}

static void go(void *cls)
{
    struct journey *journey = cls;
    struct travel t = { .journey = journey, .recorded = true };
    t.space = spaces_of_id(journey->courier->server->spaces, journey->space);
    if (t.space && !memory_try(travel, &t))
        t.recorded = false;
    space_release(t.space);
    end_journey(journey, t.recorded);
}

/* ---- a look at a space ----------------------------------------------------------------------------------- */

/* `under_way` was copied before the transaction began: what is no longer in it is recorded in what that reads. */
struct look {
    struct courier *courier;
    struct request *rq;
    struct space *space;
    struct journey under_way[LIMIT_COURIER_CALLS];
    struct journey started[LIMIT_COURIER_CALLS];
    size_t under_way_count, started_count, room;
    int64_t due_us;
};

static bool is_under_way(const struct look *look, const struct uuid *delivery)
{
    for (size_t i = 0; i < look->under_way_count; i++)
        if (look->under_way[i].space == look->rq->space && uuid_eq(&look->under_way[i].delivery, delivery))
            return true;
    return false;
}

static bool is_of(const struct journey *journey, const struct look *look, const struct uuid *webhook, bool is_first)
{
    return journey->space == look->rq->space && journey->is_first == is_first && uuid_eq(&journey->webhook, webhook);
}

/* How many calls the subscription may have more. */
static size_t share_left(const struct look *look, const struct uuid *webhook, bool is_first)
{
    size_t n = 0;
    for (size_t i = 0; i < look->under_way_count; i++)
        n += is_of(&look->under_way[i], look, webhook, is_first);
    for (size_t i = 0; i < look->started_count; i++)
        n += is_of(&look->started[i], look, webhook, is_first);
    return n < LIMIT_COURIER_SHARE ? LIMIT_COURIER_SHARE - n : 0;
}

static void start(struct look *look, const struct journey *journey)
{
    if (look->started_count < look->room)
        look->started[look->started_count++] = *journey;
    else
        look->due_us = WHEN_THERE_IS_ROOM;
}

/* Whose lane has somebody in it: under way, started just now, or older and waiting. */
struct lanes {
    size_t n;
    struct uuid taken[LIMIT_COURIER_LOOK + LIMIT_COURIER_CALLS];
};

static bool enter_lane(struct lanes *lanes, const struct uuid *object)
{
    for (size_t i = 0; i < lanes->n; i++)
        if (uuid_eq(&lanes->taken[i], object))
            return false;
    lanes->taken[lanes->n++] = *object;
    return true;
}

/* First attempts: of each object the oldest. */
static void start_first(struct look *look, struct v_uuid webhook)
{
    const struct uuid of = webhook.is == VALUE_SET ? webhook.v : (struct uuid){ { 0 } };
    struct lanes lanes = { .n = 0 };
    size_t left = share_left(look, &of, true);
    for (size_t i = 0; i < look->under_way_count; i++)
        if (is_of(&look->under_way[i], look, &of, true))
            enter_lane(&lanes, &look->under_way[i].object);
    if (!left)
        return;
    QUERY q = query_with(look->rq->db, SQL_DELIVERY_NEXT, WITH(webhook, LIMIT_COURIER_LOOK));
    while (left && query_row(&q)) {
        const struct journey journey = { look->courier, look->rq->space, col_uuid(&q, 0), of, col_uuid(&q, 1), true };
        if (is_under_way(look, &journey.delivery) || !enter_lane(&lanes, &journey.object))
            continue;
        start(look, &journey);
        left--;
    }
}

/* Whose share is taken up is passed by, however many of it are due: the others' come after it. */
static void start_retries(struct look *look)
{
    QUERY q = query_with(look->rq->db, SQL_DELIVERY_DUE, WITH(look->rq->now));
    while (look->due_us != WHEN_THERE_IS_ROOM && query_row(&q)) {
        const struct uuid of = col_is_null(&q, 2) ? (struct uuid){ { 0 } } : col_uuid(&q, 2);
        const struct journey journey = { look->courier, look->rq->space, col_uuid(&q, 0), of, col_uuid(&q, 1), false };
        if (!is_under_way(look, &journey.delivery) && share_left(look, &of, false))
            start(look, &journey);
    }
}

static void start_all(struct look *look)
{
    struct uuid webhooks[LIMIT_WEBHOOKS];
    size_t n = 0;
    {
        QUERY q = query(look->rq->db, SQL_WEBHOOK_OPEN);
        while (n < LIMIT_WEBHOOKS && query_row(&q))
            webhooks[n++] = col_uuid(&q, 0);
    }
    for (size_t i = 0; i < n; i++)
        start_first(look, SET_UUID(webhooks[i]));
    start_first(look, (struct v_uuid){ .is = VALUE_NULL });
    start_retries(look);
}

/* When the space's clock shows that time; with a frozen one a change of the clock leads here again. */
static void expect(struct look *look, int64_t at)
{
    const int64_t in_ms = at - look->rq->now;
    if (at < 0 || space_clock(look->space).mode == CLOCK_FROZEN || in_ms > INT64_C(1000) * 3600 * 24 * 365)
        return;
    const int64_t due_us = clock_steady_us() + (in_ms > 0 ? in_ms : 0) * 1000;
    if (due_us < look->due_us)
        look->due_us = due_us;
}

/* Something went wrong, which may be over by then. */
static void look_later(struct look *look)
{
    const int64_t due_us = clock_steady_us() + AFTER_A_FAILURE_US;
    if (due_us < look->due_us)
        look->due_us = due_us;
}

/* -1: no run that somebody hears of has a next step. */
static int64_t next_step(struct look *look)
{
    struct request *rq = look->rq;
    const bool heard = tx_begin(rq->db, TX_READ) && query_finds(rq->db, SQL_EVENT_LISTENERS, NULL);
    const int64_t due = heard ? runs_next_due(rq) : -1;
    if (db_error(rq->db))
        look_later(look);
    tx_rollback(rq->db);
    return due;
}

/* Runs that somebody hears of move when they are due; else they do when somebody looks (api/run_moves.h). */
static void move_runs(struct look *look)
{
    struct request *rq = look->rq;
    const int64_t due = next_step(look);
    if (due > rq->now)
        expect(look, due);
    if (due < 0 || due > rq->now)
        return;
    if (!tx_begin(rq->db, TX_WRITE)) {
        look_later(look);
        return;
    }
    runs_settle(rq);
    if (!tx_commit(rq->db)) {
        log_event("error", "%s: a run did not move", db_error(rq->db));
        look_later(look);
        return;
    }
    bell_ring(journal_bell(space_journal(look->space))); /* who waits for an event looks again */
    look->courier->committed(rq);
    expect(look, rq->now);
}

static void copy_journeys(struct look *look)
{
    struct courier *c = look->courier;
    pthread_mutex_lock(&c->lock);
    for (size_t i = 0; i < LIMIT_COURIER_CALLS; i++)
        if (c->journeys[i].courier)
            look->under_way[look->under_way_count++] = c->journeys[i];
    pthread_mutex_unlock(&c->lock);
    look->room = LIMIT_COURIER_CALLS - look->under_way_count;
}

static void send_what_waits(struct look *look)
{
    struct request *rq = look->rq;
    copy_journeys(look);
    if (tx_begin(rq->db, TX_READ)) {
        start_all(look);
        expect(look, query_number(rq->db, SQL_DELIVERY_NEXT_DUE, WITH(rq->now)));
    }
    if (db_error(rq->db))
        look_later(look);
    tx_rollback(rq->db);
}

static void look_at(void *cls)
{
    struct look *look = cls;
    struct scratch scratch;
    struct memory_hold hold;
    struct request *rq = courier_request(scratch_begin(&scratch), look->courier->server, look->space);
    memory_hold(&hold, give_back, rq);
    look->rq = rq;
    if (rq->db) {
        move_runs(look);
        send_what_waits(look);
    } else {
        look_later(look);
    }
    memory_let_go(&hold);
    courier_request_end(rq);
    scratch_end(&scratch);
}

/* ---- the thread ------------------------------------------------------------------------------------------ */

/* With the lock held. A pool without a thread to give tries again later. */
static void send_off(struct courier *c, const struct journey *journey)
{
    struct journey *place = c->journeys;
    while (place->courier)
        place++;
    *place = *journey;
    if (outbound_submit(c->pool, go, place))
        return;
    place->courier = NULL;
    watch(c, journey->space, clock_steady_us() + AFTER_A_FAILURE_US);
}

/* Without the lock. A space that is none of the directory, such as one that was dropped, has nothing to send. */
static void visit(struct courier *c, int64_t id)
{
    struct look look = { .courier = c, .space = spaces_of_id(c->server->spaces, id), .due_us = NEVER };
    if (!look.space)
        return;
    if (!memory_try(look_at, &look))
        look.due_us = clock_steady_us() + AFTER_A_FAILURE_US;
    space_release(look.space);
    pthread_mutex_lock(&c->lock);
    if (look.due_us != NEVER)
        watch(c, id, look.due_us);
    for (size_t i = 0; i < look.started_count && !c->stop; i++)
        send_off(c, &look.started[i]);
    pthread_mutex_unlock(&c->lock);
}

static void *run(void *cls)
{
    struct courier *c = cls;
    pthread_mutex_lock(&c->lock);
    while (!c->stop) {
        const size_t i = first_due(c);
        const int64_t due_us = i < c->n ? c->watched[i].due_us : NEVER;
        if (due_us > clock_steady_us()) {
            wait_until(c, due_us);
            continue;
        }
        const int64_t space = c->watched[i].space;
        c->watched[i] = c->watched[--c->n];
        pthread_mutex_unlock(&c->lock);
        visit(c, space);
        pthread_mutex_lock(&c->lock);
    }
    pthread_mutex_unlock(&c->lock);
    arena_trim();
    return NULL;
}

/* ---- start and stop -------------------------------------------------------------------------------------- */

void courier_look(struct courier *courier, int64_t space)
{
    if (!courier)
        return;
    pthread_mutex_lock(&courier->lock);
    watch(courier, space, clock_steady_us());
    pthread_mutex_unlock(&courier->lock);
}

bool courier_is_calling(struct courier *courier, int64_t space, const struct uuid *delivery)
{
    bool found = false;
    if (!courier)
        return false;
    pthread_mutex_lock(&courier->lock);
    for (size_t i = 0; i < LIMIT_COURIER_CALLS; i++)
        found |= courier->journeys[i].courier && courier->journeys[i].space == space &&
                 uuid_eq(&courier->journeys[i].delivery, delivery);
    pthread_mutex_unlock(&courier->lock);
    return found;
}

static void was_announced(void *cls, int64_t space)
{
    courier_look(cls, space);
}

struct courier *courier_start(const struct server *server, void (*committed)(const struct request *rq))
{
    struct courier *c = memory_kept(sizeof *c);
    pthread_condattr_t attributes;
    c->server = server;
    c->committed = committed;
    c->pool = outbound_start((enum outbound_mode)server->config->outbound);
    pthread_mutex_init(&c->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&c->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    store_listen(server->store, was_announced, c);
    return c;
}

void courier_resume(struct courier *courier)
{
    char why[256];
    if (store_begins_as_default(courier->server->store))
        return; /* the fixtures order nothing, and a look would be all that reads the schema */
    struct db *db = store_db(courier->server->store, why, sizeof why);
    if (!db || !tx_begin(db, TX_READ))
        return;
    {
        QUERY q = query(db, SQL_DELIVERY_SPACES);
        while (query_row(&q))
            courier_look(courier, col_int(&q, 0));
    }
    tx_rollback(db);
}

void courier_stop(struct courier *courier)
{
    if (!courier)
        return;
    pthread_mutex_lock(&courier->lock);
    courier->stop = true;
    const bool has_thread = courier->has_thread;
    pthread_cond_signal(&courier->changed);
    pthread_mutex_unlock(&courier->lock);
    outbound_drain(courier->pool);
    if (has_thread)
        pthread_join(courier->thread, NULL);
}

void courier_free(struct courier *courier)
{
    if (!courier)
        return;
    store_listen(courier->server->store, NULL, NULL);
    outbound_free(courier->pool);
    pthread_cond_destroy(&courier->changed);
    pthread_mutex_destroy(&courier->lock);
    free(courier->watched);
    free(courier);
}
