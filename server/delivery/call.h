/* One attempt of a delivery: what is sent, and what its answer means. */
#ifndef DUVO_DELIVERY_CALL_H
#define DUVO_DELIVERY_CALL_H

#include "net/outbound.h"
#include "request/request.h"

#include <stdbool.h>

/* A request that nobody has sent, in the space, which must be held: for work that takes one. */
struct request *courier_request(struct arena *arena, const struct server *server, struct space *home);
void courier_request_end(struct request *rq);

/* Blocks. Sends the delivery unless it is gone, over, or the server stops, and records the attempt. False when that
 * could not be recorded. */
bool courier_call(struct request *rq, struct outbound *pool, const struct uuid *id);

#endif
