/* The HTTP side of the built-in MCP servers: Streamable HTTP of both eras (2025-03-26 and later, basic/transports). */
#include "api/handlers.h"
#include "base/limit.h"
#include "mcp/server/guard.h"
#include "mcp/server/http.h"
#include "mcp/server/legacy.h"
#include "mcp/server/methods.h"
#include "mcp/server/modern.h"
#include "mcp/server/services.h"
#include "mcp/server/stream.h"
#include "mcp/sse.h"

/* ---- what the URL may say -------------------------------------------------------------------------------- */

struct mcp_query {
    struct v_int sse, delay_ms;
};

static const struct field query_fields[] = {
    FIELD_INT(struct mcp_query, sse, .max = 1, .doc = "1: answer with a stream of events", .example = "1"),
    FIELD_INT(struct mcp_query, delay_ms, .max = 120000, .doc = "Milliseconds to wait before each answer",
              .example = "250"),
};
const struct spec mcp_query = SPEC(struct mcp_query, "McpQuery", query_fields);

const struct spec mcp_message = { .name = "McpMessage", .doc = "A JSON-RPC 2.0 message of the Model Context Protocol",
                                  .raw = true };

static const struct text nothing = { NULL, 0 };

static struct text id_of(const struct rpc_message *message)
{
    return message->id.is == VALUE_SET ? message->id.v : nothing;
}

/* ---- replies ----------------------------------------------------------------------------------------------- */

static void reply_json(struct mcp_exchange *x, unsigned status, struct text json)
{
    x->rq->reply.status = status;
    buf_add(&x->rq->reply.body, json);
}

/* What wants no answer, or has none. */
static void reply_nothing(struct mcp_exchange *x, unsigned status)
{
    x->rq->reply.status = status;
    x->rq->reply.content_type = NULL;
}

static void reply_error_of(struct mcp_exchange *x, struct text id)
{
    reply_json(x, x->status, exchange_error(x, id));
}

/* A stream that ends with its one answer; the comment is there for clients to skip. */
static void reply_stream(struct mcp_exchange *x, struct text json)
{
    struct reply *rp = &x->rq->reply;
    rp->status = 200;
    rp->content_type = SSE_TYPE;
    reply_header(rp, "x-accel-buffering", "no");
    buf_add(&rp->body, T(": one answer follows\n\n"));
    sse_put(&rp->body, T("message"), json);
}

enum err mcp_refuse_method(struct request *rq, const char *allow)
{
    struct mcp_exchange x = { .rq = rq };
    exchange_fail(&x, RPC_REFUSED, 405, "Method Not Allowed: this server takes %s", allow);
    reply_json(&x, 405, exchange_error(&x, nothing));
    reply_header(&rq->reply, "allow", allow);
    return OK;
}

static void reply_answer(struct mcp_exchange *x, struct text json)
{
    if (x->missing_scope)
        mcp_guard_scope(x);
    else if (x->status == 200 && x->streams)
        reply_stream(x, json);
    else
        reply_json(x, x->status, json);
    if (x->session.p)
        reply_header(&x->rq->reply, "mcp-session-id", text_cstr(x->rq->arena, x->session));
}

/* ---- checks ------------------------------------------------------------------------------------------------ */

static bool sends_json_type(const struct request *rq)
{
    return text_eq_nocase(request_media(rq), T("application/json"));
}

static bool accepts_type(const struct request *rq, struct text type)
{
    struct text rest = request_header(rq, T("accept"));
    while (rest.p) {
        struct text range = text_cut(&rest, ',');
        if (text_eq_nocase(text_trim(text_cut(&range, ';')), type))
            return true;
    }
    return false;
}

static bool sends_json(struct mcp_exchange *x)
{
    return sends_json_type(x->rq) ||
           exchange_fail(x, RPC_REFUSED, 415, "Unsupported Media Type: Content-Type must be application/json");
}

static bool wants_stream(struct mcp_exchange *x)
{
    return accepts_type(x->rq, T(SSE_TYPE)) ||
           exchange_fail(x, RPC_REFUSED, 406, "Not Acceptable: Accept must list " SSE_TYPE);
}

/* What concerns HTTP alone. */
static bool check_http(struct mcp_exchange *x)
{
    if (!sends_json(x))
        return false;
    if (!accepts_type(x->rq, T("application/json")) || !accepts_type(x->rq, T(SSE_TYPE)))
        return exchange_fail(x, RPC_REFUSED, 406,
                             "Not Acceptable: Accept must list both application/json and " SSE_TYPE);
    return true;
}

/* ---- POST -------------------------------------------------------------------------------------------------- */

static bool check_message(struct mcp_exchange *x, const struct rpc_message *message)
{
    const unsigned eras = x->server.preset->eras;
    if (!exchange_check(x, message))
        return false;
    const bool modern = eras == ERA_MODERN || ((eras & ERA_MODERN) && mcp_is_modern(x, message));
    x->era = modern ? ERA_MODERN : ERA_LEGACY;
    return modern ? mcp_modern_check(x, message) : mcp_legacy_check(x, message);
}

static void serve_one(struct mcp_exchange *x, const struct rpc_message *message)
{
    if (!check_message(x, message))
        reply_error_of(x, id_of(message));
    else if (rpc_is_request(message))
        reply_answer(x, methods_answer(x, message));
    else
        reply_nothing(x, 202);
}

/* 2025-03-26 alone: several messages in an array, whose answers are one, too. */
static void serve_batch(struct mcp_exchange *x, const struct rpc_message *messages, size_t n)
{
    struct buf b = buf_new(x->rq->arena, LIMIT_REPLY);
    struct json j = jw_new(&b);
    size_t answers = 0;
    jw_array(&j);
    for (size_t i = 0; i < n; i++) {
        const struct rpc_message *m = &messages[i];
        const bool sound = exchange_check(x, m);
        if (sound && !rpc_is_request(m))
            continue;
        if (sound && text_eq(m->method.v, T("initialize")))
            exchange_fail(x, RPC_INVALID_REQUEST, 200, "Invalid Request: initialize cannot be part of a batch");
        else if (sound)
            jw_raw(&j, methods_answer(x, m));
        if (!sound || text_eq(m->method.v, T("initialize")))
            jw_raw(&j, exchange_error(x, id_of(m)));
        answers++;
    }
    jw_array_end(&j);
    x->status = 200;
    if (answers)
        reply_answer(x, buf_text(&b));
    else
        reply_nothing(x, 202);
}

static bool check_batch(struct mcp_exchange *x)
{
    x->era = ERA_LEGACY;
    if (!(x->server.preset->eras & ERA_LEGACY))
        return exchange_fail(x, RPC_INVALID_REQUEST, 400, "Invalid Request: " MCP_MODERN_VERSION " has no batches");
    return mcp_legacy_check_batch(x);
}

static void serve_body(struct mcp_exchange *x)
{
    struct rpc_body body;
    if (!exchange_read(x, &body) || (body.is_batch && !check_batch(x)))
        reply_error_of(x, nothing);
    else if (body.is_batch)
        serve_batch(x, body.messages, body.n);
    else
        serve_one(x, body.messages);
}

void mcp_serve(struct mcp_exchange *x)
{
    if (check_http(x))
        serve_body(x);
    else
        reply_error_of(x, nothing);
}

static void take_query(struct mcp_exchange *x)
{
    const struct mcp_query *in = x->rq->query;
    const int64_t ms = in->delay_ms.is == VALUE_SET ? in->delay_ms.v : x->server.preset->delay_ms;
    x->rq->reply.delay_us = ms * 1000;
    x->streams = in->sse.is == VALUE_SET && in->sse.v;
}

/* An error of the protocol is a reply like any other: what a method has done stays done. */
static enum err serve_post(struct request *rq, const struct mcp_server *server)
{
    struct mcp_exchange x = { .rq = rq, .server = *server };
    take_query(&x);
    if (server->preset->eras == ERA_OLD)
        return mcp_refuse_method(rq, "GET");
    if (mcp_guard(&x))
        mcp_serve(&x);
    return OK;
}

/* How the path says which server it is. */
typedef enum err find_server(struct request *rq, struct mcp_server *ret);

static enum err post_to(struct request *rq, find_server *find)
{
    struct mcp_server server;
    const enum err err = find(rq, &server);
    return err == OK ? serve_post(rq, &server) : err;
}

enum err mcp_post(struct request *rq, struct reply *rp)
{
    (void)rp;
    return post_to(rq, mcp_server_find);
}

enum err mcp_composio_post(struct request *rq, struct reply *rp)
{
    (void)rp;
    return post_to(rq, mcp_server_of_composio);
}

enum err mcp_service_post(struct request *rq, struct reply *rp)
{
    (void)rp;
    return post_to(rq, mcp_server_of_integration);
}

/* ---- GET and DELETE ---------------------------------------------------------------------------------------- */

static const char *allowed_methods(const struct mcp_server *server)
{
    return server->preset->eras & ERA_LEGACY ? "POST, DELETE" : "POST";
}

/* There is nothing that a server would tell without being asked: no stream but the old transport's. */
enum err mcp_get(struct request *rq, struct reply *rp)
{
    struct mcp_server server;
    struct mcp_exchange x = { .rq = rq };
    const enum err err = mcp_server_take(rq, &server);
    if (err != OK)
        return err;
    if (server.preset->eras != ERA_OLD)
        return mcp_refuse_method(rq, allowed_methods(&server));
    if (wants_stream(&x))
        return mcp_stream_begin(rq, rp, &server);
    reply_error_of(&x, nothing);
    return OK;
}

/* Of the servers at paths of their own. */
enum err mcp_no_stream(struct request *rq, struct reply *rp)
{
    (void)rp;
    return mcp_refuse_method(rq, "POST, DELETE");
}

static enum err end_session(struct request *rq, const struct mcp_server *server)
{
    struct mcp_exchange x = { .rq = rq, .server = *server };
    if (!(server->preset->eras & ERA_LEGACY))
        return mcp_refuse_method(rq, server->preset->eras == ERA_OLD ? "GET" : "POST");
    if (!mcp_guard(&x))
        return OK;
    if (mcp_session_end(&x))
        reply_nothing(&x, 204);
    else
        reply_error_of(&x, nothing);
    return OK;
}

static enum err end_session_of(struct request *rq, find_server *find)
{
    struct mcp_server server;
    const enum err err = find(rq, &server);
    return err == OK ? end_session(rq, &server) : err;
}

enum err mcp_delete(struct request *rq, struct reply *rp)
{
    (void)rp;
    return end_session_of(rq, mcp_server_find);
}

enum err mcp_composio_delete(struct request *rq, struct reply *rp)
{
    (void)rp;
    return end_session_of(rq, mcp_server_of_composio);
}

enum err mcp_service_delete(struct request *rq, struct reply *rp)
{
    (void)rp;
    return end_session_of(rq, mcp_server_of_integration);
}

/* ---- POST beside the old transport's stream -------------------------------------------------------------------- */

static bool read_one_message(struct mcp_exchange *x, struct rpc_body *ret)
{
    if (!exchange_read(x, ret))
        return false;
    return !ret->is_batch || exchange_fail(x, RPC_INVALID_REQUEST, 400,
                                           "Invalid Request: " MCP_OLD_VERSION " over HTTP has no batches");
}

static enum err send_message(struct mcp_exchange *x)
{
    struct rpc_body body;
    if (!read_one_message(x, &body))
        reply_error_of(x, nothing);
    else if (!exchange_check(x, body.messages))
        reply_error_of(x, id_of(body.messages));
    else if (rpc_is_request(body.messages) && !mcp_stream_send(x->rq, methods_answer(x, body.messages)))
        return fail(x->rq, ERR_MCP_SERVER_NOT_FOUND, "The stream of this session has ended");
    else
        reply_nothing(x, 202);
    return OK;
}

enum err mcp_message_post(struct request *rq, struct reply *rp)
{
    struct mcp_exchange x = { .rq = rq, .era = ERA_OLD, .version = T(MCP_OLD_VERSION), .may_call = true };
    const enum err err = mcp_server_find(rq, &x.server);
    (void)rp;
    if (err != OK)
        return err;
    if (x.server.preset->eras != ERA_OLD || !mcp_stream_exists(rq))
        return fail(rq, ERR_MCP_SERVER_NOT_FOUND, "The session has no stream: GET the server first");
    if (sends_json(&x))
        return send_message(&x);
    reply_error_of(&x, nothing);
    return OK;
}
