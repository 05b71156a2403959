/* Execution: the checks of a request in the order that the API promises (key, rate limit, team and role, validation),
 * then its handler, inside the transaction of its route, and the reply rendered before the commit. */
#ifndef DUVO_ROUTER_EXECUTE_H
#define DUVO_ROUTER_EXECUTE_H

#include "request/request.h"

/* A read that was answered before, since the last write, is answered again without parsing it and without asking the
 * store: true, with `outcome` set. Otherwise it notes what the reply may be kept under. */
bool execute_from_cache(struct request *rq);
/* Runs a request that was parsed (rq->parsed). OK with the reply's body and status, or the error to answer. */
enum err execute(struct request *rq);
/* The same for one whose handler has asked for it. */
enum err execute_again(struct request *rq);
/* Whether it needs the write lock. */
bool execute_writes(const struct request *rq);
/* Runs several such requests, linked by `next`, in one transaction, each as if alone: what one of them did is undone
 * when it fails. When the transaction as a whole fails, each gets one of its own. Sets `outcome` of each. */
void execute_together(struct request *first);
/* Begins a transaction for the request, with rq->db; false, and logged, when that is not possible. */
bool execute_begin(struct request *rq, enum tx tx);
/* Logs what went wrong in the store in this transaction; false when nothing did. */
bool execute_store_failed(const struct request *rq);
/* This thread's way into the store, into rq->db; false, and logged, when there is none. */
bool execute_open_store(struct request *rq);

/* After the work that a handler asked for was done: its `then`, in its transaction. */
enum err execute_then(struct request *rq);

#endif
