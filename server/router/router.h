/* Router: the life of a request between its first bytes and its reply, in the order that the API promises: route,
 * key, rate limit, team and role, validation, and then the handler inside the transaction of its route.
 *
 * http.c calls, in this order: request_new, router_begin when the headers are there, request_take_body for each piece
 * of the body, router_finish until it says that the reply is ready, and request_free when that has left. */
#ifndef DUVO_ROUTER_ROUTER_H
#define DUVO_ROUTER_ROUTER_H

#include "request/request.h"
#include "request/server.h"

/* `uri` is the raw path and query. */
struct request *request_new(const struct server *server, struct text uri);
void request_free(struct request *rq);

/* What the head of a request comes to. */
enum head {
    HEAD_TAKEN,   /* its body is wanted, if it has one */
    HEAD_REFUSED, /* the reply is ready; it leaves when the body is over, so that the connection can be used again */
    HEAD_CLOSES,  /* the reply is ready and leaves at once, and nothing more of the connection is looked at */
};

/* `length` is the announced length of the body, -1 when it comes in chunks, 0 when there is none; `form`: flags of enum
 * head_form. */
enum head router_begin(struct request *rq, int64_t length, unsigned form);
/* False when the client sends more than is worth reading; the connection should be closed. */
bool request_take_body(struct request *rq, const char *p, size_t n);
/* Makes the reply ready, true; or false when the request has to wait: waiter.suspend was called, and once waiter.wake
 * is, in another thread, this is to be called again. */
bool router_finish(struct request *rq, struct waiter waiter);

#endif
