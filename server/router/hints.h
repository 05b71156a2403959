/* Hints: what a request may have meant that no route answers, for x-mock-warning and the log. */
#ifndef DUVO_ROUTER_HINTS_H
#define DUVO_ROUTER_HINTS_H

#include "request/request.h"

/* The framework's 404 of an unknown address, and a hint in rq->hint: that the operation is documented but not mocked
 * (rq->route has no handler then), or the address that the path is a slip of. */
enum err hints_not_found(struct request *rq);
/* For a request whose route is found: a hint when a placeholder stands in its path. */
void hints_placeholder(struct request *rq);

#endif
