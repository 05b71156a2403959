#include "mcp/rpc.h"

#include "base/arena.h"
#include "base/limit.h"

#include <string.h>

/* JavaScript's integers. */
#define SAFE_INTEGER INT64_C(9007199254740991)

static const struct field error_fields[] = {
    FIELD_INT(struct rpc_error, code, .flags = REQUIRED, .min = -SAFE_INTEGER, .max = SAFE_INTEGER),
    FIELD_TEXT(struct rpc_error, message, .flags = REQUIRED),
    FIELD_JSON(struct rpc_error, data, .flags = NULLABLE),
};
static const struct spec error_spec = SPEC(struct rpc_error, "RpcError", error_fields);

struct batch {
    struct v_rows messages;
};

#define M struct rpc_message
/* Of clients, and of servers: who is to be told what, and who is to be understood. */
static const struct field strict_fields[] = {
    FIELD_TEXT(M, jsonrpc, .flags = REQUIRED),
    FIELD_JSON(M, id, .doc = "Of a request or a response"),
    FIELD_TEXT(M, method, .max = LIMIT_URL),
    FIELD_JSON(M, params, .doc = "Of a request or a notification"),
    FIELD_JSON(M, result, .doc = "Of a response"),
    FIELD_OBJECT(M, error, struct rpc_error, .flags = NULLABLE, .sub = &error_spec),
};
static const struct field lenient_fields[] = {
    FIELD_AT(M, version, "jsonrpc", struct v_json, KIND_JSON, .flags = NULLABLE),
    FIELD_JSON(M, id, .flags = NULLABLE),
    FIELD_TEXT(M, method, .flags = 0),
    FIELD_JSON(M, result, .flags = 0),
    FIELD_OBJECT(M, error, struct rpc_error, .flags = NULLABLE, .sub = &error_spec),
};
#undef M
static const struct spec message_specs[] = {
    SPEC(struct rpc_message, "RpcMessage", lenient_fields),
    SPEC(struct rpc_message, "RpcMessage", strict_fields),
};

#define BATCH(messages_spec)                                                                                           \
    FIELD_ROWS(struct batch, messages, .flags = REQUIRED, .sub = (messages_spec), .min = 1, .max = LIMIT_BATCH)
static const struct field batch_fields[] = { BATCH(&message_specs[false]), BATCH(&message_specs[true]) };
static const struct spec batch_specs[] = {
    { .name = "RpcBatch", .fields = &batch_fields[false], .count = 1, .size = sizeof(struct batch) },
    { .name = "RpcBatch", .fields = &batch_fields[true], .count = 1, .size = sizeof(struct batch) },
};

/* ---- reading ----------------------------------------------------------------------------------------------- */

static bool is_array(struct text json)
{
    size_t i = 0;
    while (i < json.n && memchr(" \t\r\n", json.p[i], 4))
        i++;
    return i < json.n && json.p[i] == '[';
}

/* Clients of the built-in servers are to hear of what is no JSON; what other people's servers send is taken. */
static struct read_result read_message(struct arena *arena, bool strict, const struct spec *spec, struct text root,
                                       struct text json, void *ret)
{
    return (strict ? spec_read : spec_read_foreign)(arena, spec, root, json, ret);
}

/* Tables describe objects, so an array is put into one. That it is JSON by itself is found out before: nothing in it
 * can end the object early. */
static bool parse_batch(struct arena *arena, bool strict, struct text root, struct text json, struct rpc_body *ret)
{
    static const struct spec anything = { .name = "Anything", .optional = true };
    struct batch batch = { .messages = { .is = VALUE_ABSENT } };
    ret->read = read_message(arena, strict, &anything, T(""), json, &batch);
    if (ret->read.outcome != JSON_OK)
        return false;
    ret->read = read_message(arena, strict, &batch_specs[strict], root,
                             text_format(arena, "{\"messages\":%.*s}", TEXT_ARG(json)), &batch);
    ret->messages = batch.messages.v;
    ret->n = batch.messages.n;
    return ret->read.ok;
}

bool rpc_parse(struct arena *arena, bool strict, struct text root, struct text json, struct rpc_body *ret)
{
    *ret = (struct rpc_body){ .is_batch = is_array(json) };
    if (ret->is_batch)
        return parse_batch(arena, strict, root, json, ret);
    struct rpc_message *message = ARENA_NEW(arena, struct rpc_message);
    ret->read = read_message(arena, strict, &message_specs[strict], root, json, message);
    ret->messages = message;
    ret->n = 1;
    return ret->read.ok;
}

bool rpc_names_version(const struct rpc_message *message)
{
    return message->version.is == VALUE_SET && text_eq(message->version.v, T("\"2.0\""));
}

bool rpc_is_request(const struct rpc_message *message)
{
    return message->id.is == VALUE_SET && message->method.is == VALUE_SET;
}

bool rpc_is_response(const struct rpc_message *message)
{
    return message->result.is == VALUE_SET || message->error.is == VALUE_SET;
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

/* ---- writing ----------------------------------------------------------------------------------------------- */

struct json rpc_begin(struct buf *b, struct text id)
{
    struct json j = jw_new(b);
    jw_object(&j);
    jw_put_text(&j, T("jsonrpc"), T("2.0"));
    if (id.p) {
        jw_key(&j, T("id"));
        jw_raw(&j, id);
    }
    return j;
}

/* A request, or without an id a notification. */
static struct text call_text(struct arena *arena, struct text id, struct text method, struct text params)
{
    struct buf b = buf_new(arena, LIMIT_REPLY);
    struct json j = rpc_begin(&b, id);
    jw_put_text(&j, T("method"), method);
    if (params.p) {
        jw_key(&j, T("params"));
        jw_raw(&j, params);
    }
    jw_object_end(&j);
    return buf_text(&b);
}

struct text rpc_request(struct arena *arena, int64_t id, struct text method, struct text params)
{
    return call_text(arena, int_text(arena, id), method, params);
}

struct text rpc_notification(struct arena *arena, struct text method)
{
    return call_text(arena, (struct text){ 0 }, method, (struct text){ 0 });
}

struct text rpc_error_text(struct arena *arena, struct text id, const struct rpc_error *error)
{
    struct buf b = buf_new(arena, LIMIT_REPLY);
    struct json j = rpc_begin(&b, id);
    jw_key(&j, T("error"));
    jw_object(&j);
    jw_put_int(&j, T("code"), error->code.v);
    jw_put_text(&j, T("message"), error->message.v);
    if (error->data.is == VALUE_SET) {
        jw_key(&j, T("data"));
        jw_raw(&j, error->data.v);
    }
    jw_object_end(&j);
    jw_object_end(&j);
    return buf_text(&b);
}
