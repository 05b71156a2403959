#include "mcp/messages.h"

static const struct field implementation_fields[] = {
    FIELD_TEXT(struct implementation, name, .flags = REQUIRED),
    FIELD_TEXT(struct implementation, version, .flags = REQUIRED),
};
const struct spec implementation_spec = SPEC(struct implementation, "McpImplementation", implementation_fields);

static const struct field tool_fields[] = {
    FIELD_TEXT(struct mcp_tool, name, .flags = REQUIRED),
    FIELD_TEXT(struct mcp_tool, description, .flags = NULLABLE),
    { .name = "inputSchema", .key = { "\"inputSchema\":", 14 }, .kind = KIND_JSON, .flags = REQUIRED,
      .offset = offsetof(struct mcp_tool, input_schema) },
};
const struct spec mcp_tool_spec = SPEC(struct mcp_tool, "McpTool", tool_fields);
