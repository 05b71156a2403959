#include "mcp/server/tools.h"

#include "base/hex.h"
#include "base/limit.h"
#include "mcp/messages.h"
#include "mcp/server/modern.h"
#include "mcp/server/services.h"
#include "spec/write.h"
#include "store/query.h"

#include <string.h>

/* ---- tools/list ---------------------------------------------------------------------------------------------- */

/* Cursors are opaque: the second page's is the empty string on purpose, which is a cursor like any other; those of
 * further pages are the base64url of their number. */
static struct text cursor_of(struct arena *arena, size_t page)
{
    const struct text text = text_format(arena, "page %zu", page + 1);
    return page == 1 ? T("") : base64url_encode(arena, (const uint8_t *)text.p, text.n);
}

static bool page_of(struct mcp_exchange *x, struct v_text cursor, size_t *ret)
{
    enum { PAGES = 1000 };
    const size_t last = x->server.preset->page ? PAGES : 0;
    *ret = 0;
    if (cursor.is != VALUE_SET)
        return true;
    for (*ret = 1; *ret <= last; ++*ret)
        if (text_eq(cursor.v, cursor_of(x->rq->arena, *ret)))
            return true;
    return exchange_fail(x, RPC_INVALID_PARAMS, 200, "Invalid params: unknown cursor");
}

static const struct mcp_tool_row *tools_at(struct mcp_exchange *x, size_t limit, size_t offset, size_t *ret_n)
{
    const struct param *with = WITH(x->server.tools, x->era == ERA_MODERN, (int64_t)limit, (int64_t)offset);
    const struct mcp_tool_row *own =
        query_all(x->rq->db, SQL_MCP_TOOL_PAGE, with, &mcp_tool_row_spec, x->rq->arena, ret_n);
    return x->server.service.p ? service_tools(x->rq->arena, x->server.service, own, *ret_n, ret_n) : own;
}

static void put_tool(struct json *j, const struct mcp_tool_row *row)
{
    struct mcp_tool tool = { row->name, row->description, row->input_schema };
    if (tool.description.is == VALUE_NULL)
        tool.description.is = VALUE_ABSENT;
    spec_write(j, &mcp_tool_spec, 0, &tool);
}

struct list_params {
    struct v_text cursor;
};

static const struct field list_fields[] = {
    FIELD_TEXT(struct list_params, cursor, .flags = NULLABLE, .max = LIMIT_URL),
};
static const struct spec list_spec = SPEC(struct list_params, "McpListParams", list_fields);

bool mcp_tools_list(struct mcp_exchange *x, struct text params, struct json *j)
{
    const size_t size = x->server.preset->page ? x->server.preset->page : LIMIT_TOOLS;
    struct list_params in = { .cursor = { .is = VALUE_ABSENT } };
    size_t page, n = 0;
    if (!exchange_params(x, &list_spec, params, &in) || !page_of(x, in.cursor, &page))
        return false;
    if (x->era == ERA_MODERN)
        jw_put_text(j, T("resultType"), T("complete"));
    jw_key(j, T("tools"));
    jw_array(j);
    const struct mcp_tool_row *tools = tools_at(x, size + 1, page * size, &n); /* one more tells of another page */
    for (size_t i = 0; i < n && i < size; i++)
        put_tool(j, &tools[i]);
    jw_array_end(j);
    if (n > size && x->server.preset->page)
        jw_put_text(j, T("nextCursor"), cursor_of(x->rq->arena, page + 1));
    mcp_put_cache_hints(j, x);
    return true;
}

/* ---- tools/call ---------------------------------------------------------------------------------------------- */

struct call_params {
    struct v_text name;
    struct v_json arguments, inputResponses;
};

static const struct field call_fields[] = {
    FIELD_TEXT(struct call_params, name, .flags = REQUIRED),
    FIELD_JSON(struct call_params, arguments, .doc = "An object"),
    FIELD_JSON(struct call_params, inputResponses, .doc = "What the tool asked for (2026-07-28)"),
};
static const struct spec call_spec = SPEC(struct call_params, "McpCallParams", call_fields);

/* Among those that the service has built in. */
static bool find_in_service(struct mcp_exchange *x, struct text name, struct mcp_tool_row *ret)
{
    size_t n = 0;
    const struct mcp_tool_row *tools =
        x->server.service.p ? service_tools(x->rq->arena, x->server.service, NULL, 0, &n) : NULL;
    for (size_t i = 0; i < n; i++)
        if (text_eq(tools[i].name.v, name)) {
            *ret = tools[i];
            return true;
        }
    return false;
}

static bool find_tool(struct mcp_exchange *x, struct text name, struct mcp_tool_row *ret)
{
    const struct param *with = WITH(x->server.tools, x->era == ERA_MODERN, name);
    *ret = (struct mcp_tool_row){ .name = { .is = VALUE_ABSENT } };
    return query_get(x->rq->db, SQL_MCP_TOOL_GET, with, &mcp_tool_row_spec, x->rq->arena, ret) ||
           find_in_service(x, name, ret) ||
           exchange_fail(x, RPC_INVALID_PARAMS, 200, "Unknown tool: %.*s", TEXT_ARG(exchange_shown(x, name)));
}

/* The answer of every tool: what it was called with, as text. */
static struct text echo_call(struct mcp_exchange *x, const struct call_params *in)
{
    struct buf b = buf_new(x->rq->arena, LIMIT_REPLY);
    struct json j = jw_new(&b);
    jw_object(&j);
    jw_put_text(&j, T("tool"), in->name.v);
    jw_key(&j, T("arguments"));
    jw_raw(&j, in->arguments.is == VALUE_SET ? in->arguments.v : T("{}"));
    if (in->inputResponses.is == VALUE_SET) {
        jw_key(&j, T("answers"));
        jw_raw(&j, in->inputResponses.v);
    }
    jw_object_end(&j);
    return buf_text(&b);
}

struct capabilities {
    struct v_json elicitation;
};

static const struct field capability_fields[] = { FIELD_JSON(struct capabilities, elicitation, .doc = "Asks people") };
static const struct spec capability_spec = SPEC(struct capabilities, "McpCapabilities", capability_fields);

/* 2026-07-28: the server does not ask the client; it answers what it would have to know. */
static bool ask_for_input(struct mcp_exchange *x, struct json *j)
{
    struct capabilities has = { .elicitation = { .is = VALUE_ABSENT } };
    if (!exchange_params(x, &capability_spec, x->capabilities, &has))
        return false;
    if (has.elicitation.is != VALUE_SET) {
        exchange_fail(x, RPC_MISSING_CAPABILITY, 400, "Missing required client capability: elicitation");
        x->error.data = (struct v_json){ VALUE_SET, T("{\"requiredCapabilities\":{\"elicitation\":{}}}") };
        return false;
    }
    jw_put_text(j, T("resultType"), T("input_required"));
    jw_key(j, T("inputRequests"));
    jw_raw(j, T("{\"answer\":{\"method\":\"elicitation/create\",\"params\":{\"mode\":\"form\",\"message\":"
                "\"What should the tool be told?\",\"requestedSchema\":{\"type\":\"object\",\"properties\":"
                "{\"answer\":{\"type\":\"string\"}},\"required\":[\"answer\"]}}}}"));
    return true;
}

bool mcp_tools_call(struct mcp_exchange *x, struct text params, struct json *j)
{
    struct call_params in = { .name = { .is = VALUE_ABSENT } };
    struct mcp_tool_row tool = { .name = { .is = VALUE_ABSENT } };
    if (!exchange_params(x, &call_spec, params, &in))
        return false;
    if (in.arguments.is == VALUE_SET && in.arguments.v.p[0] != '{')
        return exchange_fail(x, RPC_INVALID_PARAMS, 200, "Invalid params: params/arguments must be an object");
    if (!x->may_call) {
        x->missing_scope = true;
        return exchange_fail(x, RPC_REFUSED, 403, "The access token lacks the scope " MCP_SCOPE_CALL);
    }
    if (!find_tool(x, in.name.v, &tool))
        return false;
    if (tool.needs.is == VALUE_SET && in.inputResponses.is != VALUE_SET)
        return ask_for_input(x, j);
    exchange_put_called(x, j, echo_call(x, &in), false);
    return true;
}
