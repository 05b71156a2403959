#include "mcp/client/dialogue.h"

#include "base/arena.h"
#include "mcp/versions.h"
#include "spec/members.h"

#include <string.h>

/* What a server without a version is taken for, as servers take clients without the header. */
#define UNNAMED_VERSION "2025-03-26"

/* What this client is and can: nothing but ask. */
#define CLIENT_INFO "{\"name\":\"duvo-mock\",\"version\":\"" DUVO_MOCK_VERSION "\"}"

/* ---- what servers answer ---------------------------------------------------------------------------------- */

struct capabilities {
    enum value_state is;
    struct v_json tools;
};

static const struct field capability_fields[] = {
    FIELD_JSON(struct capabilities, tools, .flags = 0),
};
static const struct spec capability_spec = SPEC(struct capabilities, "McpCapabilities", capability_fields);

/* What is asked for is taken as far as it is there; only the version has to be one. */
struct initialized {
    struct v_text protocolVersion;
    struct v_json capabilities, serverInfo;
};

static const struct field initialized_fields[] = {
    FIELD_TEXT(struct initialized, protocolVersion, .flags = 0),
    FIELD_JSON(struct initialized, capabilities, .flags = 0),
    FIELD_JSON(struct initialized, serverInfo, .flags = 0),
};
static const struct spec initialized_spec = SPEC(struct initialized, "McpInitialized", initialized_fields);

struct discovered_meta {
    enum value_state is;
    struct implementation info;
};

static const struct field discovered_meta_fields[] = {
    { .name = MCP_META "serverInfo", .kind = KIND_OBJECT, .offset = offsetof(struct discovered_meta, info),
      .sub = &implementation_spec },
};
static const struct spec discovered_meta_spec = SPEC(struct discovered_meta, "McpMeta", discovered_meta_fields);

struct discovery_result {
    struct v_texts supportedVersions;
    struct capabilities capabilities;
    struct discovered_meta _meta;
};

static const struct field discovery_fields[] = {
    FIELD_TEXTS(struct discovery_result, supportedVersions, .flags = REQUIRED),
    FIELD_OBJECT(struct discovery_result, capabilities, struct capabilities, .flags = REQUIRED,
                 .sub = &capability_spec),
    FIELD_OBJECT(struct discovery_result, _meta, struct discovered_meta, .flags = 0, .sub = &discovered_meta_spec),
};
static const struct spec discovery_spec = SPEC(struct discovery_result, "McpDiscovered", discovery_fields);

struct supported {
    struct v_texts supported;
};

static const struct field supported_fields[] = {
    FIELD_TEXTS(struct supported, supported, .flags = REQUIRED),
};
static const struct spec supported_spec = SPEC(struct supported, "McpSupported", supported_fields);

/* Of a tool, too. */
struct listed_tool {
    struct v_json name, description, inputSchema;
};

static const struct field listed_fields[] = {
    FIELD_JSON(struct listed_tool, name, .flags = NULLABLE),
    FIELD_JSON(struct listed_tool, description, .flags = NULLABLE),
    FIELD_JSON(struct listed_tool, inputSchema, .flags = NULLABLE),
};
static const struct spec listed_spec = SPEC(struct listed_tool, "McpListedTool", listed_fields);

struct schema_root {
    struct v_json type;
};

static const struct field schema_fields[] = { FIELD_JSON(struct schema_root, type, .flags = 0) };
static const struct spec schema_spec = SPEC(struct schema_root, "McpSchemaRoot", schema_fields);

struct tool_list {
    struct v_rows tools;
    struct v_json nextCursor;
    struct v_text resultType;
};

static const struct field list_fields[] = {
    FIELD_ROWS(struct tool_list, tools, .flags = REQUIRED, .sub = &listed_spec),
    FIELD_JSON(struct tool_list, nextCursor, .flags = NULLABLE),
    FIELD_TEXT(struct tool_list, resultType, .flags = 0),
};
static const struct spec list_spec = SPEC(struct tool_list, "McpToolList", list_fields);

/* ---- what is asked ------------------------------------------------------------------------------------------ */

static void open_request(struct dialogue *d, struct text method)
{
    d->id++;
    d->method = method;
}

void dialogue_discover(struct dialogue *d)
{
    d->modern = true;
    open_request(d, T("server/discover"));
}

void dialogue_initialize(struct dialogue *d)
{
    d->modern = false;
    d->confirms = false;
    d->pages = 0;
    d->tool_count = 0;
    d->page_count = 0;
    open_request(d, T("initialize"));
}

static struct text initialize_params(void)
{
    return T("{\"protocolVersion\":\"" MCP_LEGACY_VERSION "\",\"capabilities\":{},\"clientInfo\":" CLIENT_INFO "}");
}

struct text dialogue_request(const struct dialogue *d)
{
    if (text_eq(d->method, T("initialize")))
        return rpc_request(d->arena, d->id, d->method, initialize_params());
    struct buf b = buf_new(d->arena, LIMIT_TRIP_BYTES);
    struct json j = jw_new(&b);
    jw_object(&j);
    if (d->pages)
        jw_put_text(&j, T("cursor"), d->cursors[d->pages - 1]);
    if (d->modern) {
        jw_key(&j, T("_meta"));
        jw_raw(&j, T("{\"" MCP_META "protocolVersion\":\"" MCP_MODERN_VERSION "\","
                     "\"" MCP_META "clientCapabilities\":{},\"" MCP_META "clientInfo\":" CLIENT_INFO "}"));
    }
    jw_object_end(&j);
    return rpc_request(d->arena, d->id, d->method, buf_text(&b));
}

/* ---- what comes of it --------------------------------------------------------------------------------------- */

static bool fail_dialogue(struct dialogue *d, struct text why)
{
    d->findings->error = why;
    return false;
}

#define FAIL(d, ...) fail_dialogue((d), text_format((d)->arena, __VA_ARGS__))
#define NOTE(d, ...) (d)->note((d)->cls, text_format((d)->arena, __VA_ARGS__))

static bool fail_reading(struct dialogue *d, const struct read_result *read)
{
    const struct text said = d->quote(d->cls, read_why(d->arena, read));
    return FAIL(d, "the answer to %.*s breaks the MCP specification: %.*s", TEXT_ARG(d->method),
                TEXT_ARG(said));
}

static bool fail_answer(struct dialogue *d, const struct rpc_error *error)
{
    const struct text said = d->quote(d->cls, error->message.v);
    return FAIL(d, "the server answered %.*s with error %lld: %.*s", TEXT_ARG(d->method), (long long)error->code.v,
                TEXT_ARG(said));
}

static void take_server_info(struct dialogue *d, const struct implementation *info,
                             const struct capabilities *capabilities)
{
    d->findings->server_name = info->name.v;
    d->findings->server_version = info->version.v;
    d->lists_tools = capabilities->tools.is == VALUE_SET;
}

/* A member that is missing or wrong is as good as an empty one. */
static void take_part(struct dialogue *d, const struct spec *spec, const char *name, const struct v_json *json,
                      void *ret)
{
    if (json->is != VALUE_SET) {
        NOTE(d, "the answer to %.*s breaks the MCP specification: it lacks %s", TEXT_ARG(d->method), name);
        return;
    }
    const struct read_result read = spec_read(d->arena, spec, text_of(name), json->v, ret);
    if (read.ok)
        return;
    memset(ret, 0, spec->size);
    NOTE(d, "the answer to %.*s breaks the MCP specification: %.*s", TEXT_ARG(d->method),
         TEXT_ARG(d->quote(d->cls, read.problems)));
}

static bool take_initialized(struct dialogue *d, struct text result)
{
    struct capabilities capabilities = { .is = VALUE_ABSENT };
    struct implementation info = { .is = VALUE_ABSENT };
    struct initialized in = { .protocolVersion = { .is = VALUE_ABSENT } };
    const struct read_result read = spec_read(d->arena, &initialized_spec, T(""), result, &in);
    if (!read.ok)
        return fail_reading(d, &read);
    if (in.protocolVersion.is != VALUE_SET)
        NOTE(d, "the server names no protocolVersion: it is taken for one of " UNNAMED_VERSION);
    const struct text version = in.protocolVersion.is == VALUE_SET ? in.protocolVersion.v : T(UNNAMED_VERSION);
    const struct text said = d->quote(d->cls, version);
    if (!version_is_of(ERA_LEGACY | ERA_OLD, version))
        return FAIL(d, "the server asks for protocol version %.*s, unknown for initialize "
                       "(" MCP_OLD_VERSION " to " MCP_LEGACY_VERSION ")", TEXT_ARG(said));
    take_part(d, &capability_spec, "capabilities", &in.capabilities, &capabilities);
    take_part(d, &implementation_spec, "serverInfo", &in.serverInfo, &info);
    take_server_info(d, &info, &capabilities);
    d->findings->version = version;
    d->confirms = true;
    open_request(d, T("tools/list"));
    return true;
}

/* ---- the list ----------------------------------------------------------------------------------------------- */

static void end_list(struct dialogue *d)
{
    d->method = (struct text){ 0 };
}

/* What one tool has wrong, many have. */
enum fault { FAULT_TWICE = 1, FAULT_SCHEMA = 2, FAULT_TYPE = 4, FAULT_NAME = 8, FAULT_TEXT = 16 };

static void note_tool(struct dialogue *d, enum fault fault, struct text name, const char *what)
{
    if (!(d->told_of_tools & fault))
        NOTE(d, "tool %.*s, and perhaps others: %s", TEXT_ARG(d->quote(d->cls, name)), what);
    d->told_of_tools |= fault;
}

static bool has_tool(const struct dialogue *d, struct text name)
{
    for (size_t i = 0; i < d->tool_count; i++)
        if (text_eq(d->tools[i].name.v, name))
            return true;
    return false;
}

/* False when there is room for no more. */
static bool keep_tools(struct dialogue *d, const struct mcp_tool *tools, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (has_tool(d, tools[i].name.v)) {
            note_tool(d, FAULT_TWICE, tools[i].name.v, "listed more than once: the first one counts");
            continue;
        }
        if (d->tool_count == LIMIT_MCP_TOOLS) {
            NOTE(d, "the server lists more than %d tools: the first ones are kept", LIMIT_MCP_TOOLS);
            return false;
        }
        d->tools[d->tool_count++] = tools[i];
    }
    return true;
}

static bool same_tool(const struct mcp_tool *a, const struct mcp_tool *b)
{
    return text_eq(a->name.v, b->name.v) && text_eq(a->description.v, b->description.v) &&
           text_eq(a->input_schema.v, b->input_schema.v);
}

/* Two empty pages prove nothing: a server may filter what it goes through. */
static bool is_page_before(const struct dialogue *d, const struct mcp_tool *tools, size_t n)
{
    for (size_t i = 0; i < n && n == d->page_count; i++)
        if (!same_tool(&tools[i], &d->page[i]))
            return false;
    return n && n == d->page_count;
}

static bool was_cursor(const struct dialogue *d, struct text cursor)
{
    for (size_t i = 0; i < d->pages; i++)
        if (text_eq(d->cursors[i], cursor))
            return true;
    return false;
}

/* An empty cursor is one like any other; only its absence, or null, ends the list, and what would never end. */
static void next_page(struct dialogue *d, const struct v_text *cursor)
{
    if (cursor->is != VALUE_SET) {
        end_list(d);
    } else if (was_cursor(d, cursor->v)) {
        NOTE(d, "the server's tool list does not end: it repeats cursor \"%.*s\", and ends there",
             TEXT_ARG(d->quote(d->cls, cursor->v)));
        end_list(d);
    } else if (d->pages + 1 == LIMIT_MCP_PAGES) {
        NOTE(d, "the server's tool list has more than %d pages: the first ones are kept", LIMIT_MCP_PAGES);
        end_list(d);
    } else {
        d->cursors[d->pages++] = cursor->v;
        open_request(d, T("tools/list"));
    }
}

/* 2026-07-28, server/tools: an x-mcp-header names a part of a header, once, of a parameter that fits into one. */
static bool has_sound_headers(struct dialogue *d, struct text schema)
{
    enum { HEADERS = 64 };
    static const char *const types[] = { "string", "number", "integer", "boolean" };
    struct named_member found[HEADERS];
    const size_t n = members_named(d->arena, schema, "x-mcp-header", "type", found, HEADERS);
    for (size_t i = 0; i < n && n <= HEADERS; i++) {
        bool sound = text_is_token(found[i].value);
        bool is_simple = false;
        for (size_t t = 0; t < sizeof types / sizeof types[0]; t++)
            is_simple |= text_eq(found[i].beside, text_of(types[t]));
        for (size_t k = 0; k < i; k++)
            sound &= !text_eq_nocase(found[i].value, found[k].value);
        if (!sound || !is_simple)
            return false;
    }
    return n <= HEADERS;
}

static void take_schema(struct dialogue *d, const struct v_json *schema, struct mcp_tool *tool)
{
    struct schema_root root = { .type = { .is = VALUE_ABSENT } };
    if (schema->is != VALUE_SET || !text_starts(schema->v, T("{"))) {
        note_tool(d, FAULT_SCHEMA, tool->name.v, "inputSchema is not an object: clients refuse it");
        return;
    }
    tool->input_schema = *schema;
    spec_read(d->arena, &schema_spec, T(""), schema->v, &root);
    if (!text_eq(root.type.v, T("\"object\"")))
        note_tool(d, FAULT_TYPE, tool->name.v, "inputSchema has not the type object: clients refuse it");
}

/* False when it cannot be told. */
static bool take_tool(struct dialogue *d, const struct listed_tool *in, struct mcp_tool *ret)
{
    *ret = (struct mcp_tool){ .name.is = VALUE_SET, .description.is = in->description.is };
    if (in->name.is != VALUE_SET || !members_string(d->arena, in->name.v, &ret->name.v)) {
        note_tool(d, FAULT_NAME, T("without a name"), "left out");
        return false;
    }
    if (in->description.is == VALUE_SET && !members_string(d->arena, in->description.v, &ret->description.v)) {
        note_tool(d, FAULT_TEXT, ret->name.v, "description is no text, and left out");
        ret->description.is = VALUE_ABSENT;
    }
    take_schema(d, &in->inputSchema, ret);
    if (!d->modern || ret->input_schema.is != VALUE_SET || has_sound_headers(d, ret->input_schema.v))
        return true;
    NOTE(d, "tool %.*s has an x-mcp-header that is invalid: it is left out", TEXT_ARG(d->quote(d->cls, ret->name.v)));
    return false;
}

static struct v_text cursor_of(struct dialogue *d, const struct v_json *cursor)
{
    struct v_text text = { cursor->is, { NULL, 0 } };
    if (cursor->is != VALUE_SET || members_string(d->arena, cursor->v, &text.v))
        return text;
    NOTE(d, "nextCursor is no text: the list ends there");
    return (struct v_text){ .is = VALUE_ABSENT };
}

static void take_page(struct dialogue *d, const struct tool_list *list)
{
    const struct listed_tool *listed = list->tools.v;
    const struct v_text cursor = cursor_of(d, &list->nextCursor);
    struct mcp_tool *tools = ARENA_ARRAY(d->arena, list->tools.n, struct mcp_tool);
    size_t n = 0;
    for (size_t i = 0; i < list->tools.n; i++)
        n += take_tool(d, &listed[i], &tools[n]);
    if (is_page_before(d, tools, n)) {
        NOTE(d, "the server's tool list does not end: it repeats a page, and ends there");
        end_list(d);
    } else if (keep_tools(d, tools, n)) {
        next_page(d, &cursor);
    } else {
        end_list(d);
    }
    d->page = tools;
    d->page_count = n;
}

bool dialogue_cut(struct dialogue *d, struct text why)
{
    if (!d->pages)
        return false;
    NOTE(d, "%.*s: the tools that came before are kept", TEXT_ARG(why));
    end_list(d);
    return true;
}

static bool take_tools(struct dialogue *d, struct text result)
{
    struct tool_list list = { .tools = { .is = VALUE_ABSENT } };
    const struct read_result read = spec_read(d->arena, &list_spec, T(""), result, &list);
    if (!read.ok)
        return fail_reading(d, &read);
    if (list.resultType.is == VALUE_SET && !text_eq(list.resultType.v, T("complete")))
        return FAIL(d, "the server asks for input before it lists its tools: a probe has none");
    if (!d->tools)
        d->tools = ARENA_ARRAY(d->arena, LIMIT_MCP_TOOLS, struct mcp_tool);
    take_page(d, &list);
    return true;
}

bool dialogue_take(struct dialogue *d, const struct rpc_message *answer)
{
    const bool listing = text_eq(d->method, T("tools/list"));
    d->confirms = false;
    if (answer->error.is != VALUE_SET)
        return listing ? take_tools(d, answer->result.v) : take_initialized(d, answer->result.v);
    if (!listing || d->lists_tools || answer->error.code.v != RPC_METHOD_NOT_FOUND)
        return fail_answer(d, &answer->error);
    end_list(d); /* a server without tools */
    return true;
}

/* ---- eras ---------------------------------------------------------------------------------------------------- */

static bool has_version_of(unsigned eras, const struct v_texts *versions)
{
    for (size_t i = 0; i < versions->n; i++)
        if (version_is_of(eras, versions->v[i]))
            return true;
    return false;
}

/* The versions that it offers are all later than what is spoken here. */
static enum discovered fail_versions(struct dialogue *d, const struct v_texts *versions)
{
    struct buf b = buf_new(d->arena, 200);
    for (size_t i = 0; i < versions->n; i++)
        buf_addf(&b, "%s%.*s", i ? ", " : "", TEXT_ARG(versions->v[i]));
    const struct text said = d->quote(d->cls, buf_text(&b));
    FAIL(d, "the server speaks MCP %.*s only; known here are " MCP_MODERN_VERSION ", " MCP_LEGACY_VERSION
            " and earlier", TEXT_ARG(said));
    return DISCOVERED_FAILURE;
}

static enum discovered take_refusal(struct dialogue *d, const struct rpc_error *error)
{
    struct supported in = { .supported = { .is = VALUE_ABSENT } };
    if (error->code.v != RPC_UNSUPPORTED_VERSION || error->data.is != VALUE_SET ||
        !spec_read(d->arena, &supported_spec, T(""), error->data.v, &in).ok || !in.supported.n)
        return DISCOVERED_LEGACY;
    if (has_version_of(ERA_MODERN, &in.supported))
        return DISCOVERED_NOTHING;
    return has_version_of(ERA_LEGACY | ERA_OLD, &in.supported) ? DISCOVERED_LEGACY : fail_versions(d, &in.supported);
}

enum discovered dialogue_take_discovery(struct dialogue *d, const struct rpc_message *answer)
{
    struct discovery_result in = { .supportedVersions = { .is = VALUE_ABSENT } };
    if (answer->error.is == VALUE_SET)
        return take_refusal(d, &answer->error);
    if (!spec_read(d->arena, &discovery_spec, T(""), answer->result.v, &in).ok ||
        !has_version_of(ERA_MODERN, &in.supportedVersions))
        return DISCOVERED_LEGACY;
    take_server_info(d, &in._meta.info, &in.capabilities);
    d->findings->version = T(MCP_MODERN_VERSION);
    open_request(d, T("tools/list"));
    return DISCOVERED_MODERN;
}
