/* Methods: what the built-in servers do for a client, by name and era. */
#ifndef DUVO_MCP_SERVER_METHODS_H
#define DUVO_MCP_SERVER_METHODS_H

#include "mcp/server/exchange.h"

/* Runs the method that a request names, if it is one of the exchange's era, and returns the response: JSON. */
struct text methods_answer(struct mcp_exchange *x, const struct rpc_message *request);

#endif
