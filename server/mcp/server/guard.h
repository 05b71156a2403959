/* Guard: who may use a built-in MCP server. Foreign web pages are kept out by control/guard.h, for all of /_mock. */
#ifndef DUVO_MCP_SERVER_GUARD_H
#define DUVO_MCP_SERVER_GUARD_H

#include "mcp/server/exchange.h"

/* Whether the request shows what the server wants. False: the reply is ready, with a challenge (RFC 9110 section
 * 11.6.1). */
bool mcp_guard(struct mcp_exchange *x);
/* Replies 403 for a method that needs a scope which the token has not (RFC 6750 section 3.1). */
void mcp_guard_scope(struct mcp_exchange *x);
/* Replies an error as authorization servers do (RFC 6749 section 5.2). */
void mcp_oauth_error(struct request *rq, unsigned status, const char *error, struct text description);

#endif
