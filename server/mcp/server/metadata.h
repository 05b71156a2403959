/* Metadata: what the servers behind OAuth publish about themselves and their authorization servers, in every place
 * where clients look (RFC 9728, RFC 8414, OpenID Connect Discovery). */
#ifndef DUVO_MCP_SERVER_METADATA_H
#define DUVO_MCP_SERVER_METADATA_H

#include "mcp/server/preset.h"

/* Where a server's own metadata are. */
struct text mcp_metadata_url(struct request *rq, const struct mcp_server *server);

#endif
