/* Modern: the rules of 2026-07-28, in which every request says by itself which version it is of, and its headers repeat
 * what its body says. */
#ifndef DUVO_MCP_SERVER_MODERN_H
#define DUVO_MCP_SERVER_MODERN_H

#include "mcp/server/exchange.h"

/* server/discover */
mcp_method mcp_discover;
/* Whether the request is one of this era, to a server that speaks others, too. */
bool mcp_is_modern(struct mcp_exchange *x, const struct rpc_message *message);
/* Whether it may be answered. */
bool mcp_modern_check(struct mcp_exchange *x, const struct rpc_message *message);
/* Members that every result which may be kept has. */
void mcp_put_cache_hints(struct json *j, const struct mcp_exchange *x);

#endif
