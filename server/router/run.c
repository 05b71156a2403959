#include "router/run.h"

#include "base/limit.h"
#include "base/memory.h"
#include "base/timers.h"
#include "base/workers.h"
#include "net/outbound.h"
#include "request/route.h"
#include "request/server.h"
#include "router/auth.h"
#include "router/handle.h"
#include "router/hints.h"
#include "router/input.h"
#include "router/reply_cache.h"
#include "router/transaction.h"
#include "router/write_queue.h"
#include "space/faults.h"
#include "space/space.h"

/* A read that was answered before, since the last write, is answered again without parsing it and without asking the
 * store: true, with the outcome. Otherwise it notes what the reply may be kept under. */
static bool was_kept(struct request *rq)
{
    const struct route *route = rq->route;
    struct text token;
    const uint64_t generation = store_generation(rq->server->store);
    if (route->method != METHOD_GET || route->tx != TX_READ || route->auth != AUTH_KEY || rq->body.full)
        return false;
    if (route->also & E_CLOCK || rq->config->schedules == SCHEDULES_RUN)
        return false; /* time alone can change it */
    if (rq->warning.n || rq->hint.n)
        return false; /* it tells of more than the URI: not to be told to the next request of the same */
    if (generation % 2 || !transaction_open_store(rq))
        return false;
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

static void parse(void *cls)
{
    struct request *rq = cls;
    rq->parsed = input_parse(rq);
    rq->parse_message = rq->message;
    rq->message = (struct text){ NULL, 0 };
    rq->way = WAY_NOW;
}

/* Where memory does not suffice for it, the request is over. */
static void attempt(struct request *rq, void (*step)(void *cls))
{
    if (memory_try(step, rq))
        return;
    rq->outcome = ERR_NO_MEMORY;
    rq->way = WAY_DONE;
}

/* A worker that parsed a large body would keep its other requests waiting. */
static void begin_way(void *cls)
{
    struct request *rq = cls;
    if (meets_fault(rq)) {
        rq->way = WAY_DONE;
    } else if (!rq->route->fn) {
        rq->outcome = hints_not_found(rq);
        rq->way = WAY_DONE;
    } else if (was_kept(rq)) {
        rq->way = WAY_DONE;
    } else if (rq->server->parsers && rq->body.n > LIMIT_PARSED_AT_ONCE) {
        rq->way = WAY_APART;
    } else {
        parse(rq);
    }
}

static void look_for_fault(void *cls)
{
    meets_fault(cls);
}

/* A write has to wait for its turn while others write. One that takes long leaves the worker to others in any case. */
static bool has_turn(const struct request *rq)
{
    struct write_queue *writes = rq->server->writes;
    if (!transaction_writes(rq) || !writes)
        return true;
    return !(rq->large && write_queue_is_open(writes)) && write_queue_enter(writes);
}

/* A read that turned out to be a write has had none. */
static void end_turn(const struct request *rq, bool wrote)
{
    if (wrote && rq->server->writes)
        write_queue_leave(rq->server->writes);
}

static void leave_lock_to_queue(struct request *rq)
{
    const bool is_late = rq->queued_us || !write_queue_is_open(rq->server->writes);
    if (rq->outcome != ERR_STORE_LOCKED || is_late || !transaction_writes(rq))
        return;
    handle_start_over(rq);
    rq->way = WAY_QUEUED;
}

static void run_now(struct request *rq)
{
    const bool writes = transaction_writes(rq);
    if (!has_turn(rq)) {
        rq->way = WAY_QUEUED;
        return;
    }
    run_alone(rq);
    end_turn(rq, writes);
    leave_lock_to_queue(rq);
}

static void parse_apart(void *cls)
{
    struct request *rq = cls;
    attempt(rq, parse);
    rq->waiter.wake(rq->waiter.cls); /* it may be gone now */
}

static void call_out(void *cls)
{
    struct request *rq = cls;
    rq->work(rq);
}

static void do_work(void *cls)
{
    struct request *rq = cls;
    rq->outcome = ERR_NO_MEMORY;
    if (memory_try(call_out, rq))
        rq->outcome = run_in_transaction(rq, rq->then_tx, handle_after_work);
    rq->way = WAY_DONE;
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

static bool wait_for_parser(struct request *rq)
{
    rq->waiter.suspend(rq->waiter.cls);
    if (!workers_submit(rq->server->parsers, parse_apart, rq))
        parse_apart(rq);
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

/* Without memory for them the request is over. */
static bool wait_for_calls(struct request *rq)
{
    if (!rq->run_calls(rq))
        return true;
    if (rq->way == WAY_CALLS)
        rq->outcome = run_in_transaction(rq, rq->then_tx, handle_after_work);
    rq->way = WAY_DONE;
    return false;
}

/* Each way ends in the next one, or in waiting. */
bool run_request(struct request *rq)
{
    bool waits = false;
    while (!waits && rq->way != WAY_DONE) {
        switch (rq->way) {
        case WAY_BEGIN:
            attempt(rq, begin_way);
            break;
        case WAY_REFUSED:
            attempt(rq, look_for_fault);
            rq->way = WAY_DONE;
            break;
        case WAY_APART:
            waits = wait_for_parser(rq);
            break;
        case WAY_NOW:
            run_now(rq);
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
        case WAY_CALLS:
            waits = wait_for_calls(rq);
            break;
        case WAY_DONE:
            break;
        }
    }
    return !waits;
}
