/* Register: how Duvo becomes a client of an authorization server: by dynamic registration (RFC 7591), or with what a
 * custom integration was given. */
#ifndef DUVO_MCP_CLIENT_REGISTER_H
#define DUVO_MCP_CLIENT_REGISTER_H

#include "base/secret.h"
#include "mcp/client/discovery.h"
#include "oauth/client.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct oauth_client {
    struct text id;
    struct secret secret; /* empty: a public client */
    enum client_auth auth;
    int64_t secret_expires_at; /* seconds since 1970; 0: never */
};

/* Registers the redirect URIs under the name "Duvo", for the scopes that were discovered. Asks to be a public client
 * where that is possible, because PKCE protects the code and a secret would only have to be kept; else for
 * client_secret_basic, then client_secret_post. What the answer says about the method counts. False: *reterr_why is
 * one line with the server's own error. */
bool client_register(struct trip *trip, const struct discovery *d, const struct text *redirect_uris, size_t n,
                     struct oauth_client *ret, struct text *reterr_why);
/* The client that somebody registered by hand; an empty secret makes it a public one. Of the methods that the server
 * takes, basic comes before post. */
struct oauth_client client_given(const struct discovery *d, struct text id, struct secret secret);

#endif
