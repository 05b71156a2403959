/* The HTTP side of MCP servers: what those that are not built of fixtures share with those that are. */
#ifndef DUVO_MCP_SERVER_HTTP_H
#define DUVO_MCP_SERVER_HTTP_H

#include "mcp/server/exchange.h"

/* Answers a POST: one message, or a batch of them, into the request's reply. */
void mcp_serve(struct mcp_exchange *x);
/* Answers 405; `allow` are the methods that the server takes. */
enum err mcp_refuse_method(struct request *rq, const char *allow);

#endif
