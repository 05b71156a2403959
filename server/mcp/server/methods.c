#include "mcp/server/methods.h"

#include "base/limit.h"
#include "mcp/server/legacy.h"
#include "mcp/server/modern.h"
#include "mcp/server/tools.h"

static bool mcp_ping(struct mcp_exchange *x, struct text params, struct json *j)
{
    (void)x, (void)params, (void)j;
    return true;
}

static bool list_tools(struct mcp_exchange *x, struct text params, struct json *j)
{
    return (x->list ? x->list : mcp_tools_list)(x, params, j);
}

static bool call_tool(struct mcp_exchange *x, struct text params, struct json *j)
{
    return (x->call ? x->call : mcp_tools_call)(x, params, j);
}

static const struct {
    const char *name;
    unsigned eras;
    mcp_method *fn;
} methods[] = {
    { "initialize",      ERA_LEGACY | ERA_OLD,              mcp_initialize },
    { "ping",            ERA_LEGACY | ERA_OLD,              mcp_ping },
    { "server/discover", ERA_MODERN,                        mcp_discover },
    { "tools/list",      ERA_MODERN | ERA_LEGACY | ERA_OLD, list_tools },
    { "tools/call",      ERA_MODERN | ERA_LEGACY | ERA_OLD, call_tool },
};

static mcp_method *find_method(const struct mcp_exchange *x, struct text name)
{
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        if ((methods[i].eras & x->era) && text_eq(name, text_of(methods[i].name)))
            return methods[i].fn;
    return NULL;
}

/* The legacy revisions answer every request with 200, the error in the body; 2026-07-28 demands a 404. */
static bool run_method(struct mcp_exchange *x, const struct rpc_message *request, struct json *j)
{
    mcp_method *fn = find_method(x, request->method.v);
    if (!fn)
        return exchange_fail(x, RPC_METHOD_NOT_FOUND, x->era == ERA_MODERN ? 404 : 200, "Method not found: %.*s",
                             TEXT_ARG(exchange_shown(x, request->method.v)));
    return fn(x, request->params.is == VALUE_SET ? request->params.v : (struct text){ NULL, 0 }, j);
}

struct text methods_answer(struct mcp_exchange *x, const struct rpc_message *request)
{
    struct buf b = buf_new(x->rq->arena, LIMIT_REPLY);
    struct json j = rpc_begin(&b, request->id.v);
    x->status = 200;
    jw_key(&j, T("result"));
    jw_object(&j);
    if (!run_method(x, request, &j))
        return exchange_error(x, request->id.v);
    jw_object_end(&j);
    jw_object_end(&j);
    return buf_text(&b);
}
