#include "router/transaction.h"

#include "base/memory.h"
#include "request/log.h"
#include "request/route.h"
#include "request/server.h"
#include "router/handle.h"
#include "router/reply_cache.h"
#include "space/space.h"

/* Waiting for another program's lock is left to the queue, because a worker has other requests to answer. */
static bool is_in_a_hurry(const struct request *rq)
{
    return rq->way == WAY_NOW && rq->server->writes && !rq->queued_us && rq->route &&
           rq->route->tx == TX_WRITE;
}

/* This thread's way into the store, into rq->db; false, and logged, when there is none. */
bool transaction_open_store(struct request *rq)
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

/* A step, and what came of it. */
struct taken {
    struct request *rq;
    enum err (*step)(struct request *rq);
    enum err err;
};

static void take(void *cls)
{
    struct taken *taken = cls;
    taken->err = taken->step(taken->rq);
}

/* ERR_NO_MEMORY where it could not be taken to its end. Queries may be left open then. */
static enum err take_step(struct request *rq, enum err (*step)(struct request *rq))
{
    struct taken taken = { rq, step, ERR_NO_MEMORY };
    if (memory_try(take, &taken))
        return taken.err;
    rq->message = (struct text){ NULL, 0 };
    rq->details = (struct reply_details){ .spec = NULL };
    return ERR_NO_MEMORY;
}

enum err run_in_transaction(struct request *rq, enum tx tx, enum err (*step)(struct request *rq))
{
    if (tx == TX_NONE)
        return take_step(rq, step);
    if (!transaction_open_store(rq))
        return ERR_INTERNAL;
    if (!tx_begin(rq->db, tx))
        return store_failed(rq);
    rq->identities = store_identities_of(rq->db);
    const enum err err = take_step(rq, step);
    if (err == ERR_NO_MEMORY)
        db_drop_queries(rq->db);
    if (err == OK && !is_rehearsal(rq) && tx_commit(rq->db))
        return OK;
    tx_rollback(rq->db);
    if (db_error(rq->db) && rq->home && space_is_gone(rq->home))
        return ERR_SPACE_NOT_FOUND; /* it was dropped meanwhile, and its rows with it */
    const enum err failed = store_failed(rq);
    return failed != OK ? failed : err;
}

/* A request that is refused anyway needs no write lock. */
bool transaction_writes(const struct request *rq)
{
    return (rq->route->tx == TX_WRITE || rq->writes) && rq->parsed == OK;
}

static enum tx tx_of(const struct request *rq)
{
    if (rq->route->auth == AUTH_NONE && rq->route->tx == TX_NONE)
        return TX_NONE;
    return transaction_writes(rq) ? TX_WRITE : TX_READ;
}

/* In a transaction of its own. A read may find keys or roles changed between what it recalled of them and what it read;
 * it is then done again. What asks for nobody's key recalls none, and may have kept what it was sent (an inbox). */
void run_alone(struct request *rq)
{
    const enum tx tx = tx_of(rq);
    rq->outcome = run_in_transaction(rq, tx, handle_request);
    const bool recalls = tx == TX_READ && rq->route->auth != AUTH_NONE;
    if (recalls && rq->db && !db_error(rq->db) && store_identities_of(rq->db) != rq->identities) {
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
    rq->outcome = take_step(rq, handle_request);
    if (rq->outcome == ERR_NO_MEMORY)
        db_drop_queries(db);
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
void run_together(struct request *first)
{
    const bool several = first->next != NULL;
    if (several && transaction_open_store(first) && run_in_one_transaction(first, first->db))
        return;
    for (struct request *rq = first; rq; rq = rq->next) {
        handle_start_over(rq);
        run_alone(rq);
    }
}
