/* A built-in MCP server as a request meets it: a preset, and the URLs that clients know it by. */
#ifndef DUVO_MCP_SERVER_BUILTIN_H
#define DUVO_MCP_SERVER_BUILTIN_H

#include "mcp/server/preset.h"
#include "request/request.h"

struct mcp_server {
    const struct preset *preset;
    struct text base;  /* at the address that was asked: of the URLs that programs go on with */
    struct text path;  /* below it */
    struct text url;   /* what clients know the server by: its resource identifier (RFC 8707 section 2) */
    struct text tools; /* whose tools it has, in fixtures */
    struct text service; /* slug of the integration that it is of; unset: of none */
    struct text title;
};

/* The server that the path's {preset} names. ERR_MCP_SERVER_NOT_FOUND, or what links_base returns. */
enum err mcp_server_find(struct request *rq, struct mcp_server *ret);
/* The same without looking at the store, for handlers that have none: its URL is the mock's own. */
enum err mcp_server_take(struct request *rq, struct mcp_server *ret);
/* The one of that name, by the mock's own URL. */
enum err mcp_server_named(struct request *rq, struct text name, struct mcp_server *ret);
/* A server of that preset at a path of its own, below the base. OK, or what links_base returns. */
enum err mcp_server_at(struct request *rq, const struct preset *preset, struct text path, struct mcp_server *ret);
/* The server behind the Composio connection that the path's {connection_id} names. */
enum err mcp_server_of_composio(struct request *rq, struct mcp_server *ret);

/* OK, or ERR_MCP_SERVER_NOT_FOUND for one that is not behind OAuth. */
enum err mcp_server_authorizes(struct request *rq, const struct mcp_server *server);
/* Its authorization server (RFC 8414 section 2). */
struct text mcp_issuer(struct request *rq, const struct mcp_server *server);
/* Where a person authorizes: at the public address, which is the one for browsers; `issuer` tells it the one that was
 * asked. */
enum err mcp_authorization_endpoint(struct request *rq, const struct mcp_server *server, struct text *ret);
/* Makes it the server at the address of that issuer, one of its own; else ERR_INVALID. */
enum err mcp_server_move(struct request *rq, struct mcp_server *server, struct text issuer);
/* Where its own metadata are (RFC 9728 section 3.1). */
struct text mcp_metadata_url(struct request *rq, const struct mcp_server *server);
/* Whether clients may name it so: by its own URL, or by one that is bound to it. A slash at the end means nothing. */
bool mcp_is_resource(struct request *rq, const struct mcp_server *server, struct text resource);

#endif
