/* Trips of a request to MCP servers (net/outbound.h). URLs that a built-in server stands for lead to this process. */
#ifndef DUVO_MCP_CLIENT_TRIP_H
#define DUVO_MCP_CLIENT_TRIP_H

#include "net/outbound.h"
#include "request/request.h"

/* For the request's `work`: in its arena, by its space's bindings. */
struct trip trip_begin(struct request *rq);
/* Writes what was tried, and what came back, to the log, and what was noted to the reply's x-mock-warning, which the
 * journal keeps. */
void trip_end(struct request *rq, const struct trip *trip);
/* Notes, once, something that worked here and does not everywhere: `warning: …` in the trail, and for trip_end. */
void trip_warn(struct trip *trip, struct text warning);

#endif
