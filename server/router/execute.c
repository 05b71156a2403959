#include "router/execute.h"

#include "router/auth.h"
#include "cli/config.h"
#include "router/idempotency.h"
#include "base/limit.h"
#include "request/log.h"
#include "request/ratelimit.h"
#include "router/reply_cache.h"
#include "router/routes.h"
#include "request/server.h"
#include "space/space.h"
#include "spec/write.h"

/* What most replies fit in without growing. */
enum { USUAL_REPLY = 2048 };

/* ---- checks, handler, reply ------------------------------------------------------------------------------ */

/* Once, however often the request is attempted. */
static enum err count_request(struct request *rq)
{
    if (!rq->counted)
        rq->rate = rate_count(rq->config->rate_limit, rq->space, &rq->who.key, rq->now);
    rq->counted = true;
    return rq->rate.refused ? ERR_RATE_LIMITED : OK;
}

static enum err check_key(struct request *rq)
{
    if (rq->route->auth == AUTH_NONE)
        return OK;
    const enum err err = authenticate(rq);
    if (err != OK)
        return err;
    return count_request(rq);
}

/* A team in the path must be the key's. A malformed id is left to validation. */
static enum err check_team(const struct request *rq)
{
    struct text rest = text_of(rq->route->path + 1);
    for (size_t n = 0; rest.p && !rq->bad_params;) {
        bool param;
        struct uuid team;
        const struct text name = route_piece(&rest, &param);
        if (param && text_eq(name, T("teamId")) &&
            (!uuid_parse(rq->params[n], &team) || !uuid_eq(&team, &rq->who.team_id)))
            return ERR_OTHER_TEAM;
        n += param;
    }
    return OK;
}

static enum err check_role(struct request *rq)
{
    if (rq->route->auth == AUTH_NONE || rq->who.role >= rq->route->role)
        return OK;
    return fail(rq, ERR_ROLE_TOO_LOW, "This requires the %s role or above; yours is %s", role_names[rq->route->role],
                role_names[rq->who.role]);
}

static void render(struct request *rq)
{
    struct reply *rp = &rq->reply;
    if (!rp->status)
        rp->status = rq->route->success;
    if (!rp->object)
        return;
    buf_reserve(&rp->body, USUAL_REPLY);
    struct json j = jw_new(&rp->body);
    spec_write(&j, rq->route->out, route_shapes(rq->route), rp->object);
}

static enum err finish_reply(struct request *rq)
{
    render(rq);
    if (!rq->reply.body.full)
        return OK;
    log_event("error", "%s %s: the reply is larger than %d bytes", method_names[rq->route->method], rq->route->path,
              LIMIT_REPLY);
    return ERR_INTERNAL;
}

static enum err run_handler(struct request *rq)
{
    enum err err = idempotency_find(rq);
    if (err != OK || rq->replayed)
        return err;
    err = rq->route->fn(rq, &rq->reply);
    if (err != OK || rq->work || rq->again_us)
        return err;
    err = finish_reply(rq);
    if (err == OK)
        idempotency_keep(rq);
    return err;
}
/* The order that the API promises. */
static enum err checks_then_handler(struct request *rq)
{
    enum err err = check_key(rq);
    if (err == OK)
        err = check_team(rq);
    if (err == OK)
        err = check_role(rq);
    if (err != OK)
        return err;
    rq->message = rq->parse_message;
    return rq->parsed != OK ? rq->parsed : run_handler(rq);
}

/* What a handler has left for after its work. */
static enum err then(struct request *rq)
{
    enum err err = rq->then(rq, &rq->reply);
    if (err == OK)
        err = finish_reply(rq);
    if (err == OK && rq->then_tx == TX_WRITE)
        idempotency_keep(rq);
    return err;
}

/* ---- transactions ---------------------------------------------------------------------------------------- */

bool execute_open_store(struct request *rq)
{
    char why[256] = "";
    rq->db = store_db(rq->server->store, why, sizeof why);
    if (!rq->db)
        log_event("error", "%s", why);
    else
        db_use_space(rq->db, rq->space);
    return rq->db != NULL;
}

/* As it was before the handler. */
static void start_over(struct request *rq)
{
    rq->message = (struct text){ NULL, 0 };
    rq->details = (struct reply_details){ .spec = NULL };
    rq->reply.object = NULL;
    rq->reply.status = 0;
    rq->reply.body.n = 0;
    rq->reply.header_count = 0;
    rq->reply.content_type = "application/json; charset=utf-8";
    rq->replayed = false;
    rq->work = NULL;
    rq->again_us = 0;
}

bool execute_store_failed(const struct request *rq)
{
    if (!db_error(rq->db))
        return false;
    log_event("error", "%s %s: %s", method_names[rq->route->method], rq->route->path, db_error(rq->db));
    return true;
}

bool execute_begin(struct request *rq, enum tx tx)
{
    if (!execute_open_store(rq))
        return false;
    if (tx_begin(rq->db, tx))
        return true;
    execute_store_failed(rq);
    return false;
}

/* HEAD may be sent to look at a link, by mail scanners for one: it is answered as GET is, and changes nothing. */
static bool is_rehearsal(const struct request *rq)
{
    return rq->route->tx == TX_WRITE && text_eq(rq->method, T("HEAD"));
}

/* One attempt inside a transaction. */
static enum err attempt(struct request *rq, enum tx tx, enum err (*steps)(struct request *rq))
{
    if (!execute_begin(rq, tx))
        return ERR_INTERNAL;
    rq->identities = store_identities_of(rq->db);
    const enum err err = steps(rq);
    if (err == OK && !is_rehearsal(rq) && tx_commit(rq->db))
        return OK;
    tx_rollback(rq->db);
    if (db_error(rq->db) && rq->home && space_is_gone(rq->home))
        return ERR_SPACE_NOT_FOUND; /* it was dropped meanwhile, and its rows with it */
    return execute_store_failed(rq) ? ERR_INTERNAL : err;
}

/* A read may find keys or roles changed between what it recalled of them and what it read; it is then done again. */
static enum err attempt_until_consistent(struct request *rq, enum tx tx)
{
    rq->may_recall = true;
    const enum err err = attempt(rq, tx, checks_then_handler);
    if (err == ERR_INTERNAL || tx == TX_WRITE || store_identities_of(rq->db) == rq->identities)
        return err;
    start_over(rq);
    rq->may_recall = false;
    return attempt(rq, tx, checks_then_handler);
}

bool execute_writes(const struct request *rq)
{
    return rq->route->tx == TX_WRITE && rq->parsed == OK; /* one that is refused anyway needs no write lock */
}

static enum err run_transaction(struct request *rq)
{
    if (rq->route->auth == AUTH_NONE && rq->route->tx == TX_NONE)
        return checks_then_handler(rq);
    return attempt_until_consistent(rq, execute_writes(rq) ? TX_WRITE : TX_READ);
}

enum err execute_then(struct request *rq)
{
    return rq->then_tx == TX_NONE ? then(rq) : attempt(rq, rq->then_tx, then);
}

/* ---- several writes in one transaction -------------------------------------------------------------------- */

static void attempt_within(struct request *rq, struct db *db)
{
    rq->db = db;
    db_use_space(db, rq->space);
    rq->may_recall = true;
    rq->identities = store_identities_of(db);
    tx_savepoint(db);
    rq->outcome = checks_then_handler(rq);
    if (rq->outcome == OK && !is_rehearsal(rq))
        tx_release(db);
    else
        tx_rollback_to_savepoint(db);
}

/* False when nothing of it was committed. */
static bool attempt_together(struct request *first, struct db *db)
{
    if (!tx_begin(db, TX_WRITE))
        return false;
    for (struct request *rq = first; rq && !db_error(db); rq = rq->next)
        attempt_within(rq, db);
    return tx_commit(db);
}

void execute_together(struct request *first)
{
    const bool several = first->next != NULL;
    if (several && execute_open_store(first) && attempt_together(first, first->db))
        return;
    for (struct request *rq = first; rq; rq = rq->next) {
        start_over(rq);
        rq->outcome = run_transaction(rq);
    }
}

/* ---- reads ----------------------------------------------------------------------------------------------- */

static bool is_cacheable(const struct request *rq)
{
    const struct route *route = rq->route;
    return route->method == METHOD_GET && route->tx == TX_READ && route->auth == AUTH_KEY && !rq->private_warning &&
           !rq->body.full;
}

bool execute_from_cache(struct request *rq)
{
    struct text token;
    const uint64_t generation = store_generation(rq->server->store);
    if (generation % 2 || !is_cacheable(rq) || !execute_open_store(rq))
        return false;
    if (rq->home && !space_has_settings(rq->home, rq->settings))
        return false; /* they changed since it came: its reply is nobody else's */
    rq->generation = generation;
    if (take_key(rq, &token) != OK || !reply_cache_find(rq, generation))
        return false;
    rq->outcome = count_request(rq);
    return true;
}

enum err execute_again(struct request *rq)
{
    start_over(rq);
    return execute(rq);
}

enum err execute(struct request *rq)
{
    const enum err err = run_transaction(rq);
    if (err == OK && rq->generation && store_generation(rq->server->store) == rq->generation)
        reply_cache_keep(rq, rq->generation);
    return err;
}
