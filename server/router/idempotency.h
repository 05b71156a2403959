/* Idempotency-Key: the same POST, PUT, PATCH or DELETE sent twice within a day is done once and answered twice. */
#ifndef DUVO_ROUTER_IDEMPOTENCY_H
#define DUVO_ROUTER_IDEMPOTENCY_H

#include "request/request.h"

/* Looks for an earlier reply inside the transaction of the request. OK with rq->replayed set when it fills the reply;
 * OK without when the request is new or carries no key; else the error to answer. */
enum err idempotency_find(struct request *rq);
/* Keeps the reply of the request, in the same transaction as what it did. */
void idempotency_keep(struct request *rq);

#endif
