/* Run: how a request runs, from the moment that it has come whole until its reply is ready. The one place that decides
 * it: here and now, in the write queue, again once a bell has rung, on the pool of threads that may block, or first on
 * those that parse what takes long (enum way).
 *
 * Parsing apart: one worker serves many connections, and a body of the worst kind takes a second and more. Threads of
 * low priority do it, so that nobody else waits: `make control T=large-bodies` shows how long. */
#ifndef DUVO_ROUTER_RUN_H
#define DUVO_ROUTER_RUN_H

#include "request/request.h"

/* True when its reply can be completed: rq->outcome says what came of it, unless the reply is there already. False when
 * it has to wait: rq->waiter.suspend was called, and .wake is, in another thread, when run_request is to be called
 * again. */
bool run_request(struct request *rq);
/* Sees to rq->caller, also of a request that is answered before its key is looked at. */
void run_find_caller(struct request *rq);

#endif
