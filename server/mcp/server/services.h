/* Services: the built-in MCP servers of integrations, one for each slug of the catalog, whatever connections there
 * are. Their tools are built in (fixtures/services.json); fixtures may add to them. */
#ifndef DUVO_MCP_SERVER_SERVICES_H
#define DUVO_MCP_SERVER_SERVICES_H

#include "mcp/server/builtin.h"
#include "mcp/server/tool_row.h"

/* Where the integration's server is. */
enum err service_url(struct request *rq, const char *slug, struct text *ret);
/* The server that the path's {integration_slug} names. */
enum err mcp_server_of_integration(struct request *rq, struct mcp_server *ret);

/* The built-in tools of the service, sorted by name, but for those whose names are among `own`; and with `own`. */
const struct mcp_tool_row *service_tools(struct arena *arena, struct text slug, const struct mcp_tool_row *own,
                                         size_t own_count, size_t *ret_n);

#endif
