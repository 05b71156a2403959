/* Tools: what the built-in MCP servers offer. They are fixture data (section `mcp_tools`): a document's tools join the
 * built-in ones of a preset, and one of the same name takes the built-in one's place. A tool that is called answers
 * what it was called with. */
#ifndef DUVO_MCP_SERVER_TOOLS_H
#define DUVO_MCP_SERVER_TOOLS_H

#include "mcp/server/rpc.h"

struct mcp_tool {
    struct v_text preset; /* a preset's name, or `composio:` and an app */
    struct v_text name, description;
    struct v_json input_schema;
    struct v_enum needs; /* of the client; null: nothing */
};

extern const struct spec mcp_tool_spec;

/* tools/list and tools/call (rpc.h). */
rpc_method mcp_tools_list, mcp_tools_call;
/* Whose tools the server behind a Composio connection has: the app's, or what every app has. */
struct text mcp_tools_of_app(struct request *rq, struct text app);

#endif
