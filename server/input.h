/* Input: path, query and body of a request become the structs of its route's field tables. */
#ifndef DUVO_INPUT_H
#define DUVO_INPUT_H

#include "request.h"

/* Fills rq->path, rq->query and rq->input. OK, or the error to be told (with rq->message) once the key and the role
 * were found right: everything is parsed before the transaction begins, so that no lock is held meanwhile. */
enum err input_parse(struct request *rq);

#endif
