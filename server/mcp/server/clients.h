/* Clients of the built-in authorization servers: registered by themselves (RFC 7591), or known beforehand. */
#ifndef DUVO_MCP_SERVER_CLIENTS_H
#define DUVO_MCP_SERVER_CLIENTS_H

#include "oauth/client.h"
#include "mcp/server/builtin.h"

struct mcp_client {
    struct v_text preset, id, name;
    struct v_texts redirect_uris, grant_types;
    struct v_text scope;
    struct v_enum auth_method;
    struct v_time created_at;
};

extern const struct spec mcp_client_spec;

/* False when the server does not know it. */
bool mcp_client_find(struct request *rq, const struct mcp_server *server, struct text id, struct mcp_client *ret);
/* Whether the secret is the client's. */
bool mcp_client_has_secret(struct request *rq, const struct mcp_client *client, struct text secret);
/* Whether the client may be answered there: at a redirect URI that it has registered, byte for byte, but for the port
 * of a loopback address (RFC 8252 section 7.3). */
bool mcp_client_redirects(const struct mcp_server *server, const struct mcp_client *client, struct text uri);
bool mcp_client_may(const struct mcp_client *client, struct text grant_type);

/* The scopes that the servers know. */
extern const struct v_texts mcp_scopes;

#endif
