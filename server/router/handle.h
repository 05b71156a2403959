/* Handling: the checks of a request in the order that the API promises (key, rate limit, team and role, validation),
 * then its handler, then its reply as bytes. Runs inside the transaction that router/run.h has begun for it. */
#ifndef DUVO_ROUTER_HANDLE_H
#define DUVO_ROUTER_HANDLE_H

#include "request/request.h"

/* Of a request that was parsed (rq->parsed). OK with the reply's status and body, or with the way in which the handler
 * wants to go on (rq->way); else the error to answer. */
enum err handle_request(struct request *rq);
/* The same without recalling whom its key acts for. */
enum err handle_anew(struct request *rq);
/* What the handler has left for after its work. */
enum err handle_after_work(struct request *rq);
/* Counts the request towards its key's rate, once however often it is attempted. OK, or ERR_RATE_LIMITED. */
enum err handle_count(struct request *rq);
/* Undoes the handler's changes to the request. */
void handle_start_over(struct request *rq);

#endif
