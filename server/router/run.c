#include "router/run.h"

#include "base/clock.h"
#include "base/timers.h"
#include "net/outbound.h"
#include "request/log.h"
#include "request/route.h"
#include "request/server.h"
#include "router/auth.h"
#include "router/handle.h"
#include "router/hints.h"
#include "router/input.h"
#include "router/reply_cache.h"
#include "space/faults.h"
#include "space/space.h"

#include <pthread.h>
#include <stdlib.h>

/* ---- transactions ---------------------------------------------------------------------------------------- */

/* Waiting for another program's lock is left to the queue, because a worker has other requests to answer. */
static bool is_in_a_hurry(const struct request *rq)
{
    return rq->way == WAY_NOW && rq->server->writes && !rq->queued_us && rq->route &&
           rq->route->tx == TX_WRITE;
}

/* This thread's way into the store, into rq->db; false, and logged, when there is none. */
static bool open_store(struct request *rq)
{
    char why[256] = "";
    rq->db = store_db(rq->server->store, why, sizeof why);
    if (!rq->db)
        log_event("error", "%s", why);
    else
        db_use_space(rq->db, rq->space);
    if (rq->db)
        db_wait_since(rq->db, is_in_a_hurry(rq) ? 1 : rq->queued_us);
    return rq->db != NULL;
}

/* Logs what went wrong in the store in this transaction, and says what to answer; OK when nothing did. */
static enum err store_failed(const struct request *rq)
{
    const struct route *route = rq->route;
    const bool tried_later = db_failure(rq->db) == DB_LOCKED && is_in_a_hurry(rq);
    if (db_error(rq->db) && !tried_later)
        log_event("error", "%s, for %s %s", db_error(rq->db), route ? method_names[route->method] : "-",
                  route ? route->path : "-");
    return error_of_store(db_failure(rq->db));
}

/* HEAD may be sent to look at a link, by mail scanners for one: it is answered as GET is, and changes nothing. */
static bool is_rehearsal(const struct request *rq)
{
    return rq->route && rq->route->tx == TX_WRITE && text_eq(rq->method, T("HEAD"));
}

enum err run_in_transaction(struct request *rq, enum tx tx, enum err (*step)(struct request *rq))
{
    if (tx == TX_NONE)
        return step(rq);
    if (!open_store(rq))
        return ERR_INTERNAL;
    if (!tx_begin(rq->db, tx))
        return store_failed(rq);
    rq->identities = store_identities_of(rq->db);
    const enum err err = step(rq);
    if (err == OK && !is_rehearsal(rq) && tx_commit(rq->db))
        return OK;
    tx_rollback(rq->db);
    if (db_error(rq->db) && rq->home && space_is_gone(rq->home))
        return ERR_SPACE_NOT_FOUND; /* it was dropped meanwhile, and its rows with it */
    const enum err failed = store_failed(rq);
    return failed != OK ? failed : err;
}

/* A request that is refused anyway needs no write lock. */
static bool writes(const struct request *rq)
{
    return rq->route->tx == TX_WRITE && rq->parsed == OK;
}

static enum tx tx_of(const struct request *rq)
{
    if (rq->route->auth == AUTH_NONE && rq->route->tx == TX_NONE)
        return TX_NONE;
    return writes(rq) ? TX_WRITE : TX_READ;
}

/* In a transaction of its own. A read may find keys or roles changed between what it recalled of them and what it read;
 * it is then done again. */
static void run_alone(struct request *rq)
{
    const enum tx tx = tx_of(rq);
    rq->outcome = run_in_transaction(rq, tx, handle_request);
    if (tx == TX_READ && rq->db && !db_error(rq->db) && store_identities_of(rq->db) != rq->identities) {
        handle_start_over(rq);
        rq->outcome = run_in_transaction(rq, tx, handle_anew);
    }
    if (rq->outcome != OK)
        rq->way = WAY_DONE;
    else if (rq->generation && store_generation(rq->server->store) == rq->generation)
        reply_cache_keep(rq, rq->generation);
}

static void run_within(struct request *rq, struct db *db)
{
    rq->db = db;
    db_use_space(db, rq->space);
    rq->identities = store_identities_of(db);
    tx_savepoint(db);
    rq->outcome = handle_request(rq);
    if (rq->outcome == OK && !is_rehearsal(rq))
        tx_release(db);
    else
        tx_rollback_to_savepoint(db);
    if (rq->outcome != OK)
        rq->way = WAY_DONE;
}

/* False when nothing of it was committed. */
static bool run_in_one_transaction(struct request *first, struct db *db)
{
    if (!tx_begin(db, TX_WRITE))
        return false;
    for (struct request *rq = first; rq && !db_error(db); rq = rq->next)
        run_within(rq, db);
    return tx_commit(db);
}

/* Several writes, each as if alone: what one of them did is undone when it fails. When the transaction as a whole
 * fails, each gets one of its own. */
static void run_together(struct request *first)
{
    const bool several = first->next != NULL;
    if (several && open_store(first) && run_in_one_transaction(first, first->db))
        return;
    for (struct request *rq = first; rq; rq = rq->next) {
        handle_start_over(rq);
        run_alone(rq);
    }
}

/* ---- the write queue -------------------------------------------------------------------------------------- */

/* More would make the first of them wait long for the last. */
enum { BATCH = 64 };

struct write_queue {
    pthread_mutex_t lock;
    pthread_cond_t arrived, emptied;
    pthread_t thread;
    struct request *first, **last;
    unsigned busy; /* who write: a worker or the thread; several workers only when closed */
    bool crowded; /* the last batch was more than one: then even a write that finds nobody writing had better wait */
    bool closed; /* nothing is queued any more */
    bool stop;
};

/* With the lock held. */
static struct request *take_batch(struct write_queue *q)
{
    struct request *batch = q->first, **end = &q->first;
    for (size_t i = 0; i < BATCH && *end; i++)
        end = &(*end)->next;
    q->first = *end;
    *end = NULL;
    if (!q->first)
        q->last = &q->first;
    q->crowded = batch->next != NULL;
    return batch;
}

/* A request may be gone as soon as it was woken. */
static void wake_all(struct request *batch)
{
    for (struct request *rq = batch, *next; rq; rq = next) {
        next = rq->next;
        rq->waiter.wake(rq->waiter.cls);
    }
}

static void *write_batches(void *cls)
{
    struct write_queue *q = cls;
    pthread_mutex_lock(&q->lock);
    while (!q->stop || q->first) {
        while (!q->stop && (!q->first || q->busy))
            pthread_cond_wait(&q->arrived, &q->lock);
        if (!q->first)
            continue;
        struct request *batch = take_batch(q);
        q->busy++;
        pthread_mutex_unlock(&q->lock);
        run_together(batch);
        wake_all(batch);
        pthread_mutex_lock(&q->lock);
        q->busy--;
        if (!q->first)
            pthread_cond_broadcast(&q->emptied);
    }
    pthread_mutex_unlock(&q->lock);
    arena_trim();
    return NULL;
}

struct write_queue *write_queue_start(void)
{
    struct write_queue *q = calloc(1, sizeof *q);
    if (!q)
        die("no memory for the write queue");
    q->last = &q->first;
    pthread_mutex_init(&q->lock, NULL);
    pthread_cond_init(&q->arrived, NULL);
    pthread_cond_init(&q->emptied, NULL);
    if (pthread_create(&q->thread, NULL, write_batches, q) == 0)
        return q;
    free(q);
    return NULL;
}

void write_queue_drain(struct write_queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->closed = true;
    while (q->first || q->busy)
        pthread_cond_wait(&q->emptied, &q->lock);
    pthread_mutex_unlock(&q->lock);
}

void write_queue_stop(struct write_queue *q)
{
    if (!q)
        return;
    pthread_mutex_lock(&q->lock);
    q->stop = true;
    pthread_cond_signal(&q->arrived);
    pthread_mutex_unlock(&q->lock);
    pthread_join(q->thread, NULL);
    pthread_mutex_destroy(&q->lock);
    pthread_cond_destroy(&q->arrived);
    pthread_cond_destroy(&q->emptied);
    free(q);
}

bool write_queue_enter(struct write_queue *q)
{
    pthread_mutex_lock(&q->lock);
    const bool free_to_write = q->closed || (!q->busy && !q->crowded && !q->first);
    q->busy += free_to_write;
    pthread_mutex_unlock(&q->lock);
    return free_to_write;
}

void write_queue_leave(struct write_queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->busy--;
    if (q->first)
        pthread_cond_signal(&q->arrived);
    else if (q->closed)
        pthread_cond_broadcast(&q->emptied);
    pthread_mutex_unlock(&q->lock);
}

static bool write_queue_is_open(struct write_queue *q)
{
    if (!q)
        return false;
    pthread_mutex_lock(&q->lock);
    const bool open = !q->closed;
    pthread_mutex_unlock(&q->lock);
    return open;
}

static void write_queue_add(struct write_queue *q, struct request *rq)
{
    pthread_mutex_lock(&q->lock);
    rq->queued_us = clock_steady_us();
    rq->next = NULL;
    *q->last = rq;
    q->last = &rq->next;
    if (!q->busy)
        pthread_cond_signal(&q->arrived);
    pthread_mutex_unlock(&q->lock);
}

/* ---- the ways --------------------------------------------------------------------------------------------- */

/* A read that was answered before, since the last write, is answered again without parsing it and without asking the
 * store: true, with the outcome. Otherwise it notes what the reply may be kept under. */
static bool was_kept(struct request *rq)
{
    const struct route *route = rq->route;
    struct text token;
    const uint64_t generation = store_generation(rq->server->store);
    if (route->method != METHOD_GET || route->tx != TX_READ || route->auth != AUTH_KEY || rq->body.full)
        return false;
    if (rq->warning.n || rq->hint.n)
        return false; /* it tells of more than the URI: not to be told to the next request of the same */
    if (generation % 2 || !open_store(rq))
        return false;
    if (rq->home && !space_has_settings(rq->home, rq->settings))
        return false; /* they changed since it came: its reply is nobody else's */
    rq->generation = generation;
    if (take_key(rq, &token) != OK || !reply_cache_find(rq, generation))
        return false;
    rq->outcome = handle_count(rq);
    return true;
}

void run_find_caller(struct request *rq)
{
    struct text token;
    if (!rq->caller.p && bearer_token(rq, &token) == OK)
        run_in_transaction(rq, TX_READ, authenticate); /* whatever comes of it is no concern of the request's */
    if (!rq->caller.p)
        rq->caller = T("");
}

/* True when a fault has answered or cut it. */
static bool meets_fault(struct request *rq)
{
    if (!rq->home || !request_is_api(rq))
        return false;
    if (faults_ask_caller(space_faults(rq->home)))
        run_find_caller(rq);
    if (!faults_meet(space_faults(rq->home), rq))
        return false;
    rq->hint = (struct text){ NULL, 0 }; /* it stands in on purpose */
    return true;
}

static enum way begin(struct request *rq)
{
    if (meets_fault(rq))
        return WAY_DONE;
    if (!rq->route->fn) {
        rq->outcome = hints_not_found(rq);
        return WAY_DONE;
    }
    if (was_kept(rq))
        return WAY_DONE;
    rq->parsed = input_parse(rq);
    rq->parse_message = rq->message;
    rq->message = (struct text){ NULL, 0 };
    return WAY_NOW;
}

/* A write has to wait for its turn while others write. */
static bool has_turn(const struct request *rq)
{
    return !writes(rq) || !rq->server->writes || write_queue_enter(rq->server->writes);
}

static void end_turn(const struct request *rq)
{
    if (writes(rq) && rq->server->writes)
        write_queue_leave(rq->server->writes);
}

static void leave_lock_to_queue(struct request *rq)
{
    if (rq->outcome != ERR_STORE_LOCKED || rq->queued_us || !writes(rq) || !write_queue_is_open(rq->server->writes))
        return;
    handle_start_over(rq);
    rq->way = WAY_QUEUED;
}

static void do_work(void *cls)
{
    struct request *rq = cls;
    rq->work(rq);
    rq->way = WAY_DONE;
    rq->outcome = run_in_transaction(rq, rq->then_tx, handle_after_work);
    rq->waiter.wake(rq->waiter.cls); /* it may be gone now */
}

/* Whoever waits is suspended before anybody can wake it. */
static bool wait_for_turn(struct request *rq)
{
    rq->waiter.suspend(rq->waiter.cls);
    write_queue_add(rq->server->writes, rq);
    return true;
}

/* False when the server stops: there is nothing to wait for. */
static bool wait_for_bell(struct request *rq)
{
    const struct waiter waiter = rq->waiter;
    if (timers_are_drained(rq->server->timers)) {
        rq->outcome = ERR_STOPPING;
        rq->way = WAY_DONE;
        return false;
    }
    rq->way = WAY_WOKEN;
    waiter.suspend(waiter.cls);
    if (!bell_listen(rq->bell, rq->heard, rq->server->timers, rq->due_us, waiter.wake, waiter.cls, &rq->listener))
        waiter.wake(waiter.cls);
    return true;
}

static bool wait_for_work(struct request *rq)
{
    const struct waiter waiter = rq->waiter;
    waiter.suspend(waiter.cls);
    if (outbound_submit(rq->server->outbound, do_work, rq))
        return true;
    rq->outcome = ERR_BUSY;
    rq->way = WAY_DONE;
    waiter.wake(waiter.cls);
    return true;
}

/* Each way ends in the next one, or in waiting. */
bool run_request(struct request *rq)
{
    bool waits = false;
    while (!waits && rq->way != WAY_DONE) {
        switch (rq->way) {
        case WAY_BEGIN:
            rq->way = begin(rq);
            break;
        case WAY_REFUSED:
            meets_fault(rq);
            rq->way = WAY_DONE;
            break;
        case WAY_NOW:
            if (!has_turn(rq)) {
                rq->way = WAY_QUEUED;
                break;
            }
            run_alone(rq);
            end_turn(rq);
            leave_lock_to_queue(rq);
            break;
        case WAY_QUEUED:
            waits = wait_for_turn(rq);
            break;
        case WAY_WAIT:
            waits = wait_for_bell(rq);
            break;
        case WAY_WOKEN:
            bell_leave(&rq->listener);
            handle_start_over(rq);
            rq->way = WAY_NOW;
            break;
        case WAY_POOL:
            waits = wait_for_work(rq);
            break;
        case WAY_DONE:
            break;
        }
    }
    return !waits;
}
