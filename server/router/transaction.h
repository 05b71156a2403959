/* Transactions: the steps of requests inside transactions of the store, one request in one, or several in one. */
#ifndef DUVO_ROUTER_TRANSACTION_H
#define DUVO_ROUTER_TRANSACTION_H

#include "request/request.h"

/* Takes `step` inside a transaction of its own, rolled back unless it returns OK. */
enum err run_in_transaction(struct request *rq, enum tx tx, enum err (*step)(struct request *rq));
/* Handles a request that was parsed (handle_request) in a transaction of its own: rq->outcome. */
void run_alone(struct request *rq);
/* The same for a list of writes, in one transaction where that is possible. */
void run_together(struct request *first);

/* Whether the request, which was parsed, needs the write lock. */
bool transaction_writes(const struct request *rq);
/* This thread's way into the store, into rq->db; false, and logged, when there is none. */
bool transaction_open_store(struct request *rq);

#endif
