/* Callback of an authorization at a remote MCP server: Duvo's side from the moment that the browser comes back. */
#ifndef DUVO_MCP_CLIENT_CALLBACK_H
#define DUVO_MCP_CLIENT_CALLBACK_H

#include "oauth/callback.h"

struct mcp_callback;

/* Inside a write transaction: takes the callback's query and uses the state up. True when the flow is at its end, which
 * is in *ret; false when the code has to be exchanged first: the request then goes on on the pool, and `then`, in a
 * write transaction, calls mcp_callback_finish. */
bool mcp_callback_take(struct request *rq, const struct callback_query *in, handler *then,
                       struct mcp_callback **ret_callback, struct ending *ret);
/* After the work: makes the connection, or tells the flow's error. */
struct ending mcp_callback_finish(struct request *rq, struct mcp_callback *callback);

#endif
