#include "mcp/client/rpc.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/limit.h"

/* JavaScript's integers. */
#define SAFE_INTEGER INT64_C(9007199254740991)

static const struct field error_fields[] = {
    FIELD_INT(struct rpc_error, code, .flags = REQUIRED, .min = -SAFE_INTEGER, .max = SAFE_INTEGER),
    FIELD_TEXT(struct rpc_error, message, .flags = REQUIRED),
    FIELD_JSON(struct rpc_error, data, .flags = NULLABLE),
};
static const struct spec error_spec = SPEC(struct rpc_error, "RpcError", error_fields);

static const struct field message_fields[] = {
    FIELD_JSON(struct rpc_message, id, .flags = NULLABLE),
    FIELD_TEXT(struct rpc_message, method, .flags = 0),
    FIELD_JSON(struct rpc_message, result, .flags = 0),
    FIELD_OBJECT(struct rpc_message, error, struct rpc_error, .flags = NULLABLE, .sub = &error_spec),
};
static const struct spec message_spec = SPEC(struct rpc_message, "RpcMessage", message_fields);

struct messages {
    struct v_rows all;
};

static const struct field messages_fields[] = {
    FIELD_ROWS(struct messages, all, .flags = REQUIRED, .sub = &message_spec),
};
static const struct spec messages_spec = SPEC(struct messages, "RpcMessages", messages_fields);

/* ---- writing ---------------------------------------------------------------------------------------------- */

static struct json begin(struct buf *b)
{
    struct json j = jw_new(b);
    jw_object(&j);
    jw_put_text(&j, T("jsonrpc"), T("2.0"));
    return j;
}

struct text rpc_request(struct arena *arena, int64_t id, struct text method, struct text params)
{
    struct buf b = buf_new(arena, LIMIT_TRIP_BYTES);
    struct json j = begin(&b);
    jw_put_int(&j, T("id"), id);
    jw_put_text(&j, T("method"), method);
    if (params.p) {
        jw_key(&j, T("params"));
        jw_raw(&j, params);
    }
    jw_object_end(&j);
    return buf_text(&b);
}

struct text rpc_notification(struct arena *arena, struct text method)
{
    struct buf b = buf_new(arena, LIMIT_TRIP_BYTES);
    struct json j = begin(&b);
    jw_put_text(&j, T("method"), method);
    jw_object_end(&j);
    return buf_text(&b);
}

struct text rpc_answer_to(struct arena *arena, const struct rpc_message *request)
{
    struct buf b = buf_new(arena, 2 * LIMIT_TRIP_BYTES);
    struct json j = begin(&b);
    jw_key(&j, T("id"));
    jw_raw(&j, request->id.v);
    if (text_eq(request->method.v, T("ping"))) {
        jw_key(&j, T("result"));
        jw_object(&j);
        jw_object_end(&j);
    } else {
        jw_key(&j, T("error"));
        jw_object(&j);
        jw_put_int(&j, T("code"), RPC_METHOD_NOT_FOUND);
        jw_put_text(&j, T("message"), T("Method not found"));
        jw_object_end(&j);
    }
    jw_object_end(&j);
    return buf_text(&b);
}

/* ---- reading ---------------------------------------------------------------------------------------------- */

static struct text malformed(struct arena *arena, enum json_outcome outcome, int line, int column)
{
    if (outcome == JSON_DUPLICATE_KEY)
        return text_format(arena, "it has a key twice (line %d)", line);
    if (outcome == JSON_TOO_LARGE)
        return T("it is too large");
    if (outcome == JSON_NUL)
        return T("it has a string with a NUL character");
    return text_format(arena, "it is not valid JSON (line %d, column %d)", line, column);
}

bool rpc_read(struct arena *arena, const struct spec *spec, struct text json, void *ret, struct text *ret_why)
{
    struct problems problems = problems_new(arena, false, T(", "));
    int line = 0, column = 0;
    const struct text text = json.p ? json : T("");
    const enum json_outcome outcome = spec_parse_json(spec, 0, T(""), text, &problems, ret, &line, &column);
    if (outcome == JSON_OK && !problems.count)
        return true;
    *ret_why = outcome == JSON_OK ? problems_text(&problems) : malformed(arena, outcome, line, column);
    return false;
}

static bool begins_with(struct text json, char c)
{
    size_t i = 0;
    while (i < json.n && (json.p[i] == ' ' || json.p[i] == '\t' || json.p[i] == '\r' || json.p[i] == '\n'))
        i++;
    return i < json.n && json.p[i] == c;
}

/* One that is neither request nor answer is no message at all. */
static bool are_messages(const struct rpc_message *m, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (m[i].method.is != VALUE_SET && m[i].result.is != VALUE_SET && m[i].error.is != VALUE_SET)
            return false;
    return true;
}

static bool read_batch(struct arena *arena, struct text json, const struct rpc_message **ret, size_t *ret_n,
                       struct text *ret_why)
{
    struct messages batch = { .all = { .is = VALUE_ABSENT } };
    struct buf b = buf_new(arena, json.n + 16);
    buf_add(&b, T("{\"all\":"));
    buf_add(&b, json);
    buf_add_char(&b, '}');
    if (!rpc_read(arena, &messages_spec, buf_text(&b), &batch, ret_why))
        return false;
    *ret = batch.all.v;
    *ret_n = batch.all.n;
    return true;
}

bool rpc_parse(struct arena *arena, struct text json, const struct rpc_message **ret, size_t *ret_n,
               struct text *ret_why)
{
    struct rpc_message *one = ARENA_NEW(arena, struct rpc_message);
    *ret = one;
    *ret_n = 1;
    if (begins_with(json, '[') ? !read_batch(arena, json, ret, ret_n, ret_why)
                               : !rpc_read(arena, &message_spec, json, one, ret_why))
        return false;
    if (are_messages(*ret, *ret_n))
        return true;
    *ret_why = T("it is not a JSON-RPC message");
    return false;
}

bool rpc_answers(const struct rpc_message *message, int64_t id)
{
    char digits[INT_TEXT_SIZE + 2] = "\"";
    const size_t n = int_format(id, digits + 1);
    digits[n + 1] = '"';
    if (message->method.is == VALUE_SET || message->id.is != VALUE_SET)
        return false;
    return text_eq(message->id.v, (struct text){ digits + 1, n }) ||
           text_eq(message->id.v, (struct text){ digits, n + 2 });
}
