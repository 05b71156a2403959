#include "mcp/client/dialogue.h"

#include "base/arena.h"
#include "mcp/versions.h"

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

struct initialized {
    struct v_text protocolVersion;
    struct capabilities capabilities;
    struct implementation serverInfo;
};

static const struct field initialized_fields[] = {
    FIELD_TEXT(struct initialized, protocolVersion, .flags = REQUIRED),
    FIELD_OBJECT(struct initialized, capabilities, struct capabilities, .flags = REQUIRED, .sub = &capability_spec),
    FIELD_OBJECT(struct initialized, serverInfo, struct implementation, .flags = REQUIRED,
                 .sub = &implementation_spec),
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

struct tool_list {
    struct v_rows tools;
    struct v_text nextCursor, resultType;
};

static const struct field list_fields[] = {
    FIELD_ROWS(struct tool_list, tools, .flags = REQUIRED, .sub = &mcp_tool_spec),
    FIELD_TEXT(struct tool_list, nextCursor, .flags = NULLABLE),
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

static bool take_initialized(struct dialogue *d, struct text result)
{
    struct initialized in = { .protocolVersion = { .is = VALUE_ABSENT } };
    const struct read_result read = spec_read(d->arena, &initialized_spec, T(""), result, &in);
    if (!read.ok)
        return fail_reading(d, &read);
    const struct text version = in.protocolVersion.v, said = d->quote(d->cls, version);
    if (!version_is_of(ERA_LEGACY | ERA_OLD, version))
        return FAIL(d, "the server asks for protocol version %.*s, unknown for initialize "
                       "(" MCP_OLD_VERSION " to " MCP_LEGACY_VERSION ")", TEXT_ARG(said));
    take_server_info(d, &in.serverInfo, &in.capabilities);
    d->findings->version = version;
    d->confirms = true;
    open_request(d, T("tools/list"));
    return true;
}

/* ---- the list ----------------------------------------------------------------------------------------------- */

#define NOTE(d, ...) (d)->note((d)->cls, text_format((d)->arena, __VA_ARGS__))

static void end_list(struct dialogue *d)
{
    d->method = (struct text){ 0 };
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
            NOTE(d, "the server lists tool %.*s more than once: the first one counts",
                 TEXT_ARG(d->quote(d->cls, tools[i].name.v)));
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

static bool check_tools(struct dialogue *d, const struct mcp_tool *tools, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!text_starts(tools[i].input_schema.v, T("{")))
            return FAIL(d, "the inputSchema of tool %.*s is not an object",
                        TEXT_ARG(d->quote(d->cls, tools[i].name.v)));
    return true;
}

static void take_page(struct dialogue *d, const struct tool_list *list)
{
    const struct mcp_tool *tools = list->tools.v;
    const size_t n = list->tools.n;
    if (is_page_before(d, tools, n)) {
        NOTE(d, "the server's tool list does not end: it repeats a page, and ends there");
        end_list(d);
    } else if (keep_tools(d, tools, n)) {
        next_page(d, &list->nextCursor);
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
    if (!check_tools(d, list.tools.v, list.tools.n))
        return false;
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
