#include "mcp/server/exchange.h"

#include "base/limit.h"
#include "mcp/messages.h"

#include <stdarg.h>
#include <stdio.h>

/* ---- errors -------------------------------------------------------------------------------------------- */

bool exchange_fail(struct mcp_exchange *x, enum rpc_code code, unsigned status, const char *format, ...)
{
    char text[LIMIT_MESSAGE];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    x->error = (struct rpc_error){ VALUE_SET, SET_INT(code), SET_TEXT(text_copy(x->rq->arena, text_of(text))),
                                   { .is = VALUE_ABSENT } };
    x->status = status;
    return false;
}

struct text exchange_error(const struct mcp_exchange *x, struct text id)
{
    return rpc_error_text(x->rq->arena, id, &x->error);
}

struct text exchange_shown(const struct mcp_exchange *x, struct text words)
{
    const struct text some = text_clip(words, LIMIT_SLUG);
    char *p = arena_raw(x->rq->arena, some.n + 1);
    for (size_t i = 0; i < some.n; i++)
        p[i] = some.p[i] >= 0x20 && some.p[i] < 0x7f ? some.p[i] : '?';
    p[some.n] = '\0';
    return (struct text){ p, some.n };
}

/* ---- messages ------------------------------------------------------------------------------------------ */

static bool fail_malformed(struct mcp_exchange *x, const struct read_result *read)
{
    static const char *const whys[] = {
        [JSON_OK] = "",
        [JSON_MALFORMED] = "the body is not JSON",
        [JSON_DUPLICATE_KEY] = "an object has a duplicate key",
        [JSON_NUL] = "\\u0000 is not supported",
        [JSON_TOO_LARGE] = "it is too large",
    };
    return exchange_fail(x, RPC_PARSE_ERROR, 400, "Parse error: %s (line %d, column %d)", whys[read->outcome],
                         read->line, read->column);
}

bool exchange_read(struct mcp_exchange *x, struct rpc_body *ret)
{
    if (rpc_parse(x->rq->arena, true, T("message"), buf_text(&x->rq->body), ret))
        return true;
    if (ret->read.outcome != JSON_OK)
        return fail_malformed(x, &ret->read);
    return exchange_fail(x, RPC_INVALID_REQUEST, 400, "Invalid Request: %.*s", TEXT_ARG(ret->read.problems));
}

/* A string or a number without a fraction, and not null as in JSON-RPC at large. */
static bool is_id(struct text id)
{
    const bool number = id.p[0] == '-' || (id.p[0] >= '0' && id.p[0] <= '9');
    return id.p[0] == '"' || (number && text_find(id, '.') == id.n && text_find(id, 'e') == id.n);
}

static bool fail_request(struct mcp_exchange *x, const char *why)
{
    return exchange_fail(x, RPC_INVALID_REQUEST, 400, "Invalid Request: %s", why);
}

bool exchange_check(struct mcp_exchange *x, const struct rpc_message *message)
{
    if (!text_eq(message->jsonrpc.v, T("2.0")))
        return fail_request(x, "jsonrpc must be \"2.0\"");
    if (message->id.is == VALUE_SET && !is_id(message->id.v))
        return fail_request(x, "id must be a string or an integer");
    if (message->method.is != VALUE_SET && !rpc_is_response(message))
        return fail_request(x, "method is missing");
    if (message->method.is == VALUE_SET && rpc_is_response(message))
        return fail_request(x, "a method and a result exclude each other");
    return true;
}

bool exchange_params(struct mcp_exchange *x, const struct spec *spec, struct text params, void *ret)
{
    const struct read_result read =
        spec_read(x->rq->arena, spec, T("params"), params.p ? params : T("{}"), ret);
    return read.ok || exchange_fail(x, RPC_INVALID_PARAMS, 200, "Invalid params: %.*s", TEXT_ARG(read.problems));
}

/* ---- versions ------------------------------------------------------------------------------------------ */

bool exchange_speaks(const struct mcp_exchange *x, unsigned eras, struct text version)
{
    return version_is_of(eras & x->server.preset->eras, version);
}

struct text exchange_newest_version(const struct mcp_exchange *x)
{
    size_t i = 0;
    while (!(version_at(i)->era & (ERA_LEGACY | ERA_OLD) & x->server.preset->eras))
        i++;
    return text_of(version_at(i)->date);
}

struct text exchange_versions(const struct mcp_exchange *x)
{
    struct buf b = buf_new(x->rq->arena, LIMIT_MESSAGE);
    struct json j = jw_new(&b);
    jw_array(&j);
    for (size_t i = 0; version_at(i); i++)
        if (version_at(i)->era & x->server.preset->eras)
            jw_text(&j, text_of(version_at(i)->date));
    jw_array_end(&j);
    return buf_text(&b);
}

/* ---- who answers --------------------------------------------------------------------------------------- */

void exchange_put_server(const struct mcp_exchange *x, struct json *j)
{
    jw_key(j, T("capabilities"));
    jw_raw(j, T("{\"tools\":{}}"));
    if (x->era == ERA_MODERN) {
        jw_key(j, T("_meta"));
        jw_object(j);
    }
    jw_key(j, x->era == ERA_MODERN ? T(MCP_META "serverInfo") : T("serverInfo"));
    jw_object(j);
    jw_put_text(j, T("name"), text_format(x->rq->arena, "duvo-mock-%s", x->server.preset->name));
    jw_put_text(j, T("title"), x->server.title);
    jw_put_text(j, T("version"), T(DUVO_MOCK_VERSION));
    jw_object_end(j);
    if (x->era == ERA_MODERN)
        jw_object_end(j);
}

void exchange_put_called(const struct mcp_exchange *x, struct json *j, struct text text, bool is_error)
{
    if (x->era == ERA_MODERN)
        jw_put_text(j, T("resultType"), T("complete"));
    jw_key(j, T("content"));
    jw_array(j);
    jw_object(j);
    jw_put_text(j, T("type"), T("text"));
    jw_put_text(j, T("text"), text);
    jw_object_end(j);
    jw_array_end(j);
    jw_put_bool(j, T("isError"), is_error);
}
