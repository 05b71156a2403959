/* Tools: what the built-in MCP servers offer. They are fixture data (section `mcp_tools`): a document's tools join the
 * built-in ones of a preset, and one of the same name takes the built-in one's place. A tool that is called answers
 * what it was called with. */
#ifndef DUVO_MCP_SERVER_TOOLS_H
#define DUVO_MCP_SERVER_TOOLS_H

#include "mcp/server/exchange.h"

/* A stored one. */
struct mcp_tool_row {
    struct v_text preset; /* a preset's name, or `composio:` and an app */
    struct v_text name, description;
    struct v_json input_schema;
    struct v_enum needs; /* of the client; null: nothing */
};

extern const struct spec mcp_tool_row_spec;

/* tools/list and tools/call (exchange.h). */
mcp_method mcp_tools_list, mcp_tools_call;

#endif
