/* Tools of built-in MCP servers, as documents and the store have them. */
#ifndef DUVO_MCP_SERVER_TOOL_ROW_H
#define DUVO_MCP_SERVER_TOOL_ROW_H

#include "spec/spec.h"

struct mcp_tool_row {
    struct v_text preset; /* a preset's name, `composio:` and an app, or `integration:` and a slug */
    struct v_text name, description;
    struct v_json input_schema;
    struct v_enum needs; /* of the client; null: nothing */
};

extern const struct spec mcp_tool_row_spec;

#endif
