#include "mcp/server/tool_row.h"

#include "base/limit.h"

/* 2025-11-25, server/tools: 1 to 128 of these characters. */
static const char *check_tool_name(struct text name)
{
    return text_is_made_of(name, ASCII_ALNUM "_-./")
               ? NULL : "Invalid tool name: expected letters, digits, _, -, . and /";
}

static const char *check_tool(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct mcp_tool_row *tool = object;
    (void)arena;
    *ret_path = T("input_schema");
    return tool->input_schema.v.p[0] == '{' ? NULL : "Invalid input: expected object";
}

static const char *const needs_names[] = { "elicitation", NULL };

#define TOOL struct mcp_tool_row
static const struct field tool_fields[] = {
    FIELD_TEXT(TOOL, preset, .column = "preset", .flags = REQUIRED, .min = 1, .max = LIMIT_SLUG,
               .doc = "A built-in server's name, composio:APP or integration:SLUG"),
    FIELD_TEXT(TOOL, name, .column = "name", .flags = REQUIRED, .min = 1, .max = LIMIT_SLUG, .check = check_tool_name),
    FIELD_TEXT(TOOL, description, .column = "description", .flags = NULLABLE, .max = LIMIT_URL),
    FIELD_JSON(TOOL, input_schema, .column = "input_schema", .flags = REQUIRED),
    FIELD_ENUM(TOOL, needs, .column = "needs", .flags = NULLABLE, .names = needs_names,
               .doc = "Required capability of the client; only with 2026-07-28"),
};
#undef TOOL
const struct spec mcp_tool_row_spec =
    SPEC_WITH(struct mcp_tool_row, "FixtureMcpTool", tool_fields, .check = check_tool);
