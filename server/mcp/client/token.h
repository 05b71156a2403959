/* Token: Duvo's side of the authorization code grant at an MCP server's authorization server (OAuth 2.1 section
 * 4.1, RFC 7636, RFC 8707).
 *
 * Tokens are not kept: the mock only has to know that there was one. Clients in the field refuse a token endpoint
 * that is neither https nor on a loopback address; here it is a warning in the trail, because test environments are
 * full of `http://auth:8080`, where a certificate would serve nobody. */
#ifndef DUVO_MCP_CLIENT_TOKEN_H
#define DUVO_MCP_CLIENT_TOKEN_H

#include "mcp/client/discovery.h"
#include "mcp/client/register.h"

#include <stdbool.h>
#include <stdint.h>

struct code_exchange {
    struct text token_endpoint;
    struct text code, redirect_uri, code_verifier;
    struct text resource; /* left out when empty */
    struct text scope;    /* that was asked for: granted, when the answer names none */
};

/* An access token came; this is what is kept of the answer. */
struct token_grant {
    struct text scope;   /* granted */
    int64_t expires_in;  /* seconds; -1: not said */
    bool has_refresh_token;
};

struct token_refusal {
    struct text error; /* the server's own error code (RFC 6749 section 5.2); server_error when it has none */
    struct text why;   /* one line, in which neither the code, the verifier nor the client's secret is readable */
};

/* False, and *reterr says why. */
bool code_redeem(struct trip *trip, const struct oauth_client *client, const struct code_exchange *in,
                 struct token_grant *ret, struct token_refusal *reterr);

#endif
