/* Authorize: the authorization endpoint of the built-in MCP servers (RFC 6749 section 4.1.1, with PKCE, RFC 8707 and
 * RFC 9207). Its consent page, what decides instead of it, and what comes of it are those of the other providers. */
#ifndef DUVO_MCP_SERVER_AUTHORIZE_H
#define DUVO_MCP_SERVER_AUTHORIZE_H

#include "mcp/server/clients.h"
#include "oauth/authorization.h"

struct mcp_authorize_query {
    struct v_text response_type, client_id, redirect_uri, scope, state, code_challenge, code_challenge_method,
        response_mode, issuer, prompt, login_hint, mock_outcome;
    struct v_texts resource, repeated;
};

extern const struct spec mcp_authorize_query;

/* Takes a request to the server. What may be told to nobody but the person in front of the browser is an error here
 * (RFC 6749 section 4.1.2.1). */
enum err mcp_authorize_take(struct request *rq, const struct mcp_server *server, const struct mcp_authorize_query *in,
                            struct authorization *ret);
/* By which codes are kept apart from those of other issuers. */
struct text mcp_grant_issuer(struct request *rq, const struct mcp_server *server);

#endif
