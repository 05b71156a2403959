#include "mcp/server/rpc.h"

#include "base/limit.h"
#include "mcp/server/legacy.h"
#include "mcp/server/modern.h"
#include "mcp/server/tools.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- errors -------------------------------------------------------------------------------------------- */

bool rpc_fail(struct exchange *x, enum rpc_code code, unsigned status, const char *format, ...)
{
    char text[LIMIT_MESSAGE];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    x->error = (struct rpc_error){ .code = code, .status = status, .message = text_copy(x->rq->arena, text_of(text)) };
    return false;
}

struct text rpc_shown(const struct exchange *x, struct text words)
{
    const struct text some = text_clip(words, LIMIT_SLUG);
    char *p = arena_raw(x->rq->arena, some.n + 1);
    for (size_t i = 0; i < some.n; i++)
        p[i] = some.p[i] >= 0x20 && some.p[i] < 0x7f ? some.p[i] : '?';
    p[some.n] = '\0';
    return (struct text){ p, some.n };
}

struct text rpc_error_text(struct exchange *x, struct text id)
{
    struct buf b = buf_new(x->rq->arena, LIMIT_REPLY);
    struct json j = jw_new(&b);
    jw_object(&j);
    jw_put_text(&j, T("jsonrpc"), T("2.0"));
    if (id.p) {
        jw_key(&j, T("id"));
        jw_raw(&j, id);
    }
    jw_key(&j, T("error"));
    jw_object(&j);
    jw_put_int(&j, T("code"), x->error.code);
    jw_put_text(&j, T("message"), x->error.message);
    if (x->error.data.p) {
        jw_key(&j, T("data"));
        jw_raw(&j, x->error.data);
    }
    jw_object_end(&j);
    jw_object_end(&j);
    return buf_text(&b);
}

/* ---- messages ------------------------------------------------------------------------------------------ */

#define M struct rpc_message
static const struct field message_fields[] = {
    FIELD_TEXT(M, jsonrpc, .flags = REQUIRED),
    FIELD_JSON(M, id, .doc = "Of a request or a response"),
    FIELD_TEXT(M, method, .max = LIMIT_URL),
    FIELD_JSON(M, params, .doc = "Of a request or a notification"),
    FIELD_JSON(M, result, .doc = "Of a response"),
    FIELD_JSON(M, error, .doc = "Of a response"),
};
#undef M
static const struct spec message_spec = SPEC(struct rpc_message, "RpcMessage", message_fields);

struct batch {
    struct v_rows messages;
};

static const struct field batch_fields[] = {
    FIELD_ROWS(struct batch, messages, .sub = &message_spec, .min = 1, .max = LIMIT_BATCH),
};
static const struct spec batch_spec = SPEC(struct batch, "RpcBatch", batch_fields);

static bool say_malformed(struct exchange *x, enum json_outcome outcome, int line, int column)
{
    static const char *const whys[] = {
        [JSON_OK] = "",
        [JSON_MALFORMED] = "the body is not JSON",
        [JSON_DUPLICATE_KEY] = "an object has the same key twice",
        [JSON_NUL] = "\\u0000 is not supported",
        [JSON_TOO_LARGE] = "it is too large",
    };
    return rpc_fail(x, RPC_PARSE_ERROR, 400, "Parse error: %s (line %d, column %d)", whys[outcome], line, column);
}

/* Reads the body into a struct of the spec; what is wrong with it becomes the error. */
static bool parse(struct exchange *x, const struct spec *spec, struct text body, void *ret)
{
    struct problems problems = problems_new(x->rq->arena, false, T(", "));
    int line = 0, column = 0;
    const enum json_outcome outcome = spec_parse_json(spec, 0, T("message"), body, &problems, ret, &line, &column);
    if (outcome != JSON_OK)
        return say_malformed(x, outcome, line, column);
    if (problems.count)
        return rpc_fail(x, RPC_INVALID_REQUEST, 400, "Invalid Request: %.*s", TEXT_ARG(problems_text(&problems)));
    return true;
}

static bool is_array(struct text json)
{
    size_t i = 0;
    while (i < json.n && memchr(" \t\r\n", json.p[i], 4))
        i++;
    return i < json.n && json.p[i] == '[';
}

/* Tables describe objects, so an array is put into one. That it is JSON by itself was found out before: nothing in it
 * can end the object early. */
static bool parse_batch(struct exchange *x, struct text body, struct batch *ret)
{
    static const struct spec anything = { .name = "Anything", .optional = true };
    struct problems ignored = problems_new(x->rq->arena, false, T(", "));
    int line = 0, column = 0;
    const enum json_outcome outcome = spec_parse_json(&anything, 0, T(""), body, &ignored, ret, &line, &column);
    if (outcome != JSON_OK)
        return say_malformed(x, outcome, line, column);
    return parse(x, &batch_spec, text_format(x->rq->arena, "{\"messages\":%.*s}", TEXT_ARG(body)), ret);
}

enum rpc_body rpc_take(struct exchange *x, struct text body, const struct rpc_message **ret, size_t *ret_n)
{
    struct batch batch = { .messages = { .is = VALUE_ABSENT } };
    struct rpc_message *message = REQUEST_NEW(x->rq, struct rpc_message);
    *ret = message;
    *ret_n = 1;
    if (!is_array(body))
        return parse(x, &message_spec, body, message) ? RPC_ONE : RPC_BROKEN;
    if (!parse_batch(x, body, &batch))
        return RPC_BROKEN;
    *ret = batch.messages.v;
    *ret_n = batch.messages.n;
    return RPC_BATCH;
}

bool rpc_is_request(const struct rpc_message *message)
{
    return message->id.is == VALUE_SET && message->method.is == VALUE_SET;
}

/* A string or a number without a fraction, and not null as in JSON-RPC at large. */
static bool is_id(struct text id)
{
    const bool number = id.p[0] == '-' || (id.p[0] >= '0' && id.p[0] <= '9');
    return id.p[0] == '"' || (number && text_find(id, '.') == id.n && text_find(id, 'e') == id.n);
}

bool rpc_check(struct exchange *x, const struct rpc_message *message)
{
    const bool response = message->result.is == VALUE_SET || message->error.is == VALUE_SET;
    if (!text_eq(message->jsonrpc.v, T("2.0")))
        return rpc_fail(x, RPC_INVALID_REQUEST, 400, "Invalid Request: jsonrpc must be \"2.0\"");
    if (message->id.is == VALUE_SET && !is_id(message->id.v))
        return rpc_fail(x, RPC_INVALID_REQUEST, 400, "Invalid Request: id must be a string or an integer");
    if (message->method.is != VALUE_SET && !response)
        return rpc_fail(x, RPC_INVALID_REQUEST, 400, "Invalid Request: method is missing");
    if (message->method.is == VALUE_SET && response)
        return rpc_fail(x, RPC_INVALID_REQUEST, 400, "Invalid Request: a method and a result cannot come together");
    return true;
}

bool rpc_params(struct exchange *x, const struct spec *spec, struct text params, void *ret)
{
    struct problems problems = problems_new(x->rq->arena, false, T(", "));
    int line, column;
    spec_parse_json(spec, 0, T("params"), params.p ? params : T("{}"), &problems, ret, &line, &column);
    if (problems.count)
        return rpc_fail(x, RPC_INVALID_PARAMS, 200, "Invalid params: %.*s", TEXT_ARG(problems_text(&problems)));
    return true;
}

/* ---- versions ------------------------------------------------------------------------------------------ */

/* Newest first. */
static const struct {
    const char *name;
    enum era era;
} versions[] = {
    { "2026-07-28", ERA_MODERN },
    { "2025-11-25", ERA_LEGACY },
    { "2025-06-18", ERA_LEGACY },
    { "2025-03-26", ERA_LEGACY },
    { "2024-11-05", ERA_OLD },
};

enum { VERSION_COUNT = sizeof versions / sizeof versions[0] };

bool rpc_speaks(const struct exchange *x, unsigned eras, struct text version)
{
    for (size_t i = 0; i < VERSION_COUNT; i++)
        if (text_eq(version, text_of(versions[i].name)))
            return versions[i].era & eras & x->server.preset->eras;
    return false;
}

struct text rpc_newest_version(const struct exchange *x)
{
    size_t i = 1;
    while (!(versions[i].era & x->server.preset->eras))
        i++;
    return text_of(versions[i].name);
}

struct text rpc_versions(const struct exchange *x)
{
    struct buf b = buf_new(x->rq->arena, LIMIT_MESSAGE);
    struct json j = jw_new(&b);
    jw_array(&j);
    for (size_t i = 0; i < VERSION_COUNT; i++)
        if (versions[i].era & x->server.preset->eras)
            jw_text(&j, text_of(versions[i].name));
    jw_array_end(&j);
    return buf_text(&b);
}

/* ---- methods ------------------------------------------------------------------------------------------- */

void rpc_put_server(struct json *j, const struct exchange *x)
{
    jw_key(j, T("capabilities"));
    jw_raw(j, T("{\"tools\":{}}"));
    if (x->era == ERA_MODERN) {
        jw_key(j, T("_meta"));
        jw_object(j);
    }
    jw_key(j, x->era == ERA_MODERN ? T("io.modelcontextprotocol/serverInfo") : T("serverInfo"));
    jw_object(j);
    jw_put_text(j, T("name"), text_format(x->rq->arena, "duvo-mock-%s", x->server.preset->name));
    jw_put_text(j, T("title"), x->server.title);
    jw_put_text(j, T("version"), T(DUVO_MOCK_VERSION));
    jw_object_end(j);
    if (x->era == ERA_MODERN)
        jw_object_end(j);
}

static bool answer_nothing(struct exchange *x, struct text params, struct json *j)
{
    (void)x, (void)params, (void)j;
    return true;
}

static const struct {
    const char *name;
    unsigned eras;
    rpc_method *fn;
} methods[] = {
    { "initialize",      ERA_LEGACY | ERA_OLD,              mcp_initialize },
    { "ping",            ERA_LEGACY | ERA_OLD,              answer_nothing },
    { "server/discover", ERA_MODERN,                        mcp_discover },
    { "tools/list",      ERA_MODERN | ERA_LEGACY | ERA_OLD, mcp_tools_list },
    { "tools/call",      ERA_MODERN | ERA_LEGACY | ERA_OLD, mcp_tools_call },
};

static rpc_method *find_method(const struct exchange *x, struct text name)
{
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        if ((methods[i].eras & x->era) && text_eq(name, text_of(methods[i].name)))
            return methods[i].fn;
    return NULL;
}

/* The legacy revisions answer every request with 200, the error in the body; 2026-07-28 demands a 404. */
static bool run(struct exchange *x, const struct rpc_message *message, struct json *j)
{
    rpc_method *fn = find_method(x, message->method.v);
    if (!fn)
        return rpc_fail(x, RPC_UNKNOWN_METHOD, x->era == ERA_MODERN ? 404 : 200, "Method not found: %.*s",
                        TEXT_ARG(rpc_shown(x, message->method.v)));
    return fn(x, message->params.is == VALUE_SET ? message->params.v : (struct text){ NULL, 0 }, j);
}

struct text rpc_answer(struct exchange *x, const struct rpc_message *message)
{
    struct buf b = buf_new(x->rq->arena, LIMIT_REPLY);
    struct json j = jw_new(&b);
    x->error.status = 200;
    jw_object(&j);
    jw_put_text(&j, T("jsonrpc"), T("2.0"));
    jw_key(&j, T("id"));
    jw_raw(&j, message->id.v);
    jw_key(&j, T("result"));
    jw_object(&j);
    if (!run(x, message, &j))
        return rpc_error_text(x, message->id.v);
    jw_object_end(&j);
    jw_object_end(&j);
    return buf_text(&b);
}
