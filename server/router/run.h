/* Run: how a request runs, from the moment that it has come whole until its reply is ready. The one place that decides
 * it: here and now, in the write queue, again once a bell has rung, or on the pool of threads that may block (enum
 * way).
 *
 * The write queue: writes that arrive while another is under way are done together, in one transaction, by a thread of
 * its own. The price of a commit is then shared, and no worker waits for a lock. As long as they come singly, a write
 * is done at once, where it arrived. What it buys: about twice the creates of 32 clients with --db (5,000 a second
 * became 6,000 to 12,000), nothing in memory. `BENCH_ONLY=create make bench` shows it. */
#ifndef DUVO_ROUTER_RUN_H
#define DUVO_ROUTER_RUN_H

#include "request/request.h"

/* True when its reply can be completed: rq->outcome says what came of it, unless the reply is there already. False when
 * it has to wait: rq->waiter.suspend was called, and .wake is, in another thread, when run_request is to be called
 * again. */
bool run_request(struct request *rq);
/* Takes `step` inside a transaction of its own, rolled back unless it returns OK. */
enum err run_in_transaction(struct request *rq, enum tx tx, enum err (*step)(struct request *rq));
/* Sees to rq->caller, also of a request that is answered before its key is looked at. */
void run_find_caller(struct request *rq);

struct write_queue;

/* Starts the thread; NULL when it cannot be had. */
struct write_queue *write_queue_start(void);
/* After the last request; NULL is accepted. */
void write_queue_stop(struct write_queue *queue);
/* From now on nothing is queued, and when it returns nothing is left in the queue: every request is done where it
 * arrives. For the end of the server. */
void write_queue_drain(struct write_queue *queue);
/* True when the caller may write itself, and must call write_queue_leave afterwards. */
bool write_queue_enter(struct write_queue *queue);
void write_queue_leave(struct write_queue *queue);

#endif
