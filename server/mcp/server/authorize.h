/* Authorize: the authorization endpoint of the built-in MCP servers (RFC 6749 section 4.1.1, with PKCE, RFC 8707 and
 * RFC 9207). Its consent page, and what decides instead of it, are those of the other providers. */
#ifndef DUVO_MCP_SERVER_AUTHORIZE_H
#define DUVO_MCP_SERVER_AUTHORIZE_H

#include "mcp/server/clients.h"
#include "oauth/outcome.h"

struct mcp_authorize_query {
    struct v_text response_type, client_id, redirect_uri, scope, state, code_challenge, code_challenge_method, resource,
        prompt, login_hint, mock_outcome;
};

extern const struct spec mcp_authorize_query;

/* A request that was found good enough to be answered at its redirect URI. */
struct mcp_authorization {
    const struct mcp_authorize_query *in;
    struct mcp_server server;
    struct mcp_client client;
    struct v_texts scopes;
    const char *error, *description; /* what it is answered with whoever decides, or NULL */
};

/* What may be told to nobody but the person in front of the browser is an error here (RFC 6749 section 4.1.2.1). */
enum err mcp_authorization_check(struct request *rq, const struct mcp_server *server,
                                 const struct mcp_authorize_query *in, struct mcp_authorization *ret);
/* Where the outcome sends the browser; the unset text for OUTCOME_CLOSED. `account` may be unset. */
struct text mcp_authorization_end(struct request *rq, const struct mcp_authorization *a, enum outcome outcome,
                                  struct v_text account);
/* By which codes are kept apart from those of other issuers. */
struct text mcp_grant_issuer(struct request *rq, const struct mcp_server *server);

#endif
