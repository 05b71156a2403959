/* Travel: the trips of a request to MCP servers. URLs that a built-in server stands for lead to this process. */
#ifndef DUVO_MCP_CLIENT_TRAVEL_H
#define DUVO_MCP_CLIENT_TRAVEL_H

#include "net/outbound.h"
#include "request/request.h"

/* For the request's `work`: in its arena, by its space's bindings. */
struct trip travel_begin(struct request *rq);
/* Writes what was tried, and what came back, to the log. */
void travel_end(const struct request *rq, const struct trip *trip);

#endif
