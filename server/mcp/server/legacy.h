/* Legacy: what the revisions 2025-03-26 to 2025-11-25 (and 2024-11-05) have that the next one has not: the handshake,
 * and sessions. A session is remembered by the keyed hash of its id. */
#ifndef DUVO_MCP_SERVER_LEGACY_H
#define DUVO_MCP_SERVER_LEGACY_H

#include "mcp/server/exchange.h"

/* initialize; begins a session unless the exchange is one of ERA_OLD. */
mcp_method mcp_initialize;
/* Whether the request may be answered: it is in a session, and of its version, or begins one. */
bool mcp_legacy_check(struct mcp_exchange *x, const struct rpc_message *message);
/* The same of an array of messages, which 2025-03-26 alone has. */
bool mcp_legacy_check_batch(struct mcp_exchange *x);
/* Ends the session that the request names. */
bool mcp_session_end(struct mcp_exchange *x);

#endif
