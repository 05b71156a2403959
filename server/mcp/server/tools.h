/* Tools: what the built-in MCP servers offer. They are fixture data (section `mcp_tools`): a document's tools join the
 * built-in ones of a server, and one of the same name takes the built-in one's place. A tool that is called answers
 * what it was called with. */
#ifndef DUVO_MCP_SERVER_TOOLS_H
#define DUVO_MCP_SERVER_TOOLS_H

#include "mcp/server/exchange.h"

/* tools/list and tools/call (exchange.h). */
mcp_method mcp_tools_list, mcp_tools_call;

#endif
