/* Input: path, query and body of a request become the structs of its route's field tables. */
#ifndef DUVO_ROUTER_INPUT_H
#define DUVO_ROUTER_INPUT_H

#include "request/request.h"

/* Once the route is known: how many bytes the body may have. `length` is what the client said, -1 when it said nothing.
 * OK, or ERR_BODY_TOO_LARGE, or ERR_TOO_MANY_BODIES when as many large ones as there can be are on their way. */
enum err input_expect(struct request *rq, int64_t length);
/* OK, or ERR_MEDIA_TYPE when the route has no use for a body of the request's Content-Type. */
enum err input_check_media(struct request *rq);
/* Frees the arena of a request with a large body, which takes a moment, and with it the body's place. */
void input_release(void *arena);

/* Fills rq->path, rq->query and rq->input. OK, or the error to be told (with rq->message) once the key and the role
 * were found right: everything is parsed before the transaction begins, so that no lock is held meanwhile. */
enum err input_parse(struct request *rq);

#endif
