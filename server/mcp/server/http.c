/* The HTTP side of the built-in MCP servers: Streamable HTTP of both eras (2025-03-26 and later, basic/transports). */
#include "api/handlers.h"
#include "base/limit.h"
#include "mcp/server/guard.h"
#include "mcp/server/legacy.h"
#include "mcp/server/modern.h"
#include "mcp/server/sse.h"

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

/* ---- replies ----------------------------------------------------------------------------------------------- */

static void reply_json(struct exchange *x, unsigned status, struct text json)
{
    x->rq->reply.status = status;
    buf_add(&x->rq->reply.body, json);
}

/* What wants no answer, or has none. */
static void reply_nothing(struct exchange *x, unsigned status)
{
    x->rq->reply.status = status;
    x->rq->reply.content_type = NULL;
}

static void reply_error_of(struct exchange *x, struct text id)
{
    reply_json(x, x->error.status, rpc_error_text(x, id));
}

/* A stream that ends with its one answer; the comment is there for clients to skip. */
static void reply_stream(struct exchange *x, struct text json)
{
    struct reply *rp = &x->rq->reply;
    rp->status = 200;
    rp->content_type = "text/event-stream";
    reply_header(rp, "x-accel-buffering", "no");
    buf_add(&rp->body, T(": one answer follows\n\n"));
    mcp_put_event(&rp->body, T("message"), json);
}

static void reply_answer(struct exchange *x, struct text json)
{
    const struct mcp_query *in = x->rq->query;
    if (x->missing_scope)
        mcp_guard_scope(x);
    else if (x->error.status == 200 && in->sse.is == VALUE_SET && in->sse.v)
        reply_stream(x, json);
    else
        reply_json(x, x->error.status, json);
    if (x->session.p)
        reply_header(&x->rq->reply, "mcp-session-id", text_cstr(x->rq->arena, x->session));
}

/* ---- checks ------------------------------------------------------------------------------------------------ */

static bool is_json(const struct request *rq)
{
    struct text type = request_header(rq, T("content-type"));
    return text_eq_nocase(text_trim(text_cut(&type, ';')), T("application/json"));
}

static bool accepts(const struct request *rq, struct text type)
{
    struct text rest = request_header(rq, T("accept"));
    while (rest.p) {
        struct text range = text_cut(&rest, ',');
        if (text_eq_nocase(text_trim(text_cut(&range, ';')), type))
            return true;
    }
    return false;
}

static bool sends_json(struct exchange *x)
{
    return is_json(x->rq) ||
           rpc_fail(x, RPC_REFUSED, 415, "Unsupported Media Type: Content-Type must be application/json");
}

static bool wants_stream(struct exchange *x)
{
    return accepts(x->rq, T("text/event-stream")) ||
           rpc_fail(x, RPC_REFUSED, 406, "Not Acceptable: Accept must list text/event-stream");
}

/* What concerns HTTP alone. */
static bool check_http(struct exchange *x)
{
    if (!sends_json(x))
        return false;
    if (!accepts(x->rq, T("application/json")) || !accepts(x->rq, T("text/event-stream")))
        return rpc_fail(x, RPC_REFUSED, 406,
                        "Not Acceptable: Accept must list both application/json and text/event-stream");
    return true;
}

/* ---- POST -------------------------------------------------------------------------------------------------- */

static bool check_message(struct exchange *x, const struct rpc_message *message)
{
    const unsigned eras = x->server.preset->eras;
    if (!rpc_check(x, message))
        return false;
    const bool modern = eras == ERA_MODERN || ((eras & ERA_MODERN) && mcp_is_modern(x, message));
    x->era = modern ? ERA_MODERN : ERA_LEGACY;
    return modern ? mcp_modern_check(x, message) : mcp_legacy_check(x, message);
}

static void serve_one(struct exchange *x, const struct rpc_message *message)
{
    const struct text id = message->id.is == VALUE_SET ? message->id.v : (struct text){ NULL, 0 };
    if (!check_message(x, message))
        reply_error_of(x, id);
    else if (rpc_is_request(message))
        reply_answer(x, rpc_answer(x, message));
    else
        reply_nothing(x, 202);
}

/* 2025-03-26 alone: several messages in an array, whose answers are one, too. */
static void serve_batch(struct exchange *x, const struct rpc_message *messages, size_t n)
{
    struct buf b = buf_new(x->rq->arena, LIMIT_REPLY);
    struct json j = jw_new(&b);
    size_t answers = 0;
    jw_array(&j);
    for (size_t i = 0; i < n; i++) {
        const struct rpc_message *m = &messages[i];
        const bool sound = rpc_check(x, m);
        if (sound && !rpc_is_request(m))
            continue;
        if (sound && text_eq(m->method.v, T("initialize")))
            rpc_fail(x, RPC_INVALID_REQUEST, 200, "Invalid Request: initialize cannot be part of a batch");
        else if (sound)
            jw_raw(&j, rpc_answer(x, m));
        if (!sound || text_eq(m->method.v, T("initialize")))
            jw_raw(&j, rpc_error_text(x, m->id.is == VALUE_SET ? m->id.v : (struct text){ NULL, 0 }));
        answers++;
    }
    jw_array_end(&j);
    x->error.status = 200;
    if (answers)
        reply_answer(x, buf_text(&b));
    else
        reply_nothing(x, 202);
}

static void serve_body(struct exchange *x)
{
    const struct rpc_message *messages;
    const struct text nothing = { NULL, 0 };
    size_t n;
    switch (rpc_take(x, buf_text(&x->rq->body), &messages, &n)) {
    case RPC_BROKEN:
        reply_error_of(x, nothing);
        return;
    case RPC_ONE:
        serve_one(x, messages);
        return;
    case RPC_BATCH:
        x->era = ERA_LEGACY;
        if (!(x->server.preset->eras & ERA_LEGACY))
            rpc_fail(x, RPC_INVALID_REQUEST, 400, "Invalid Request: 2026-07-28 has no batches");
        if ((x->server.preset->eras & ERA_LEGACY) && mcp_legacy_check_batch(x))
            serve_batch(x, messages, n);
        else
            reply_error_of(x, nothing);
    }
}

static void set_delay(struct exchange *x)
{
    const struct mcp_query *in = x->rq->query;
    const int64_t ms = in->delay_ms.is == VALUE_SET ? in->delay_ms.v : x->server.preset->delay_ms;
    x->rq->reply.delay_us = ms * 1000;
}

/* An error of the protocol is a reply like any other: what a method has done stays done. */
static enum err serve(struct request *rq, const struct mcp_server *server)
{
    struct exchange x = { .rq = rq, .server = *server };
    set_delay(&x);
    if (server->preset->eras == ERA_OLD)
        return mcp_method_not_allowed(rq, "GET");
    if (!mcp_guard(&x))
        return OK;
    if (check_http(&x))
        serve_body(&x);
    else
        reply_error_of(&x, (struct text){ NULL, 0 });
    return OK;
}

enum err mcp_post(struct request *rq, struct reply *rp)
{
    struct mcp_server server;
    const enum err err = mcp_server_find(rq, &server);
    (void)rp;
    return err == OK ? serve(rq, &server) : err;
}

enum err mcp_composio_post(struct request *rq, struct reply *rp)
{
    struct mcp_server server;
    const enum err err = mcp_server_of_composio(rq, &server);
    (void)rp;
    return err == OK ? serve(rq, &server) : err;
}

/* ---- GET and DELETE ---------------------------------------------------------------------------------------- */

enum err mcp_method_not_allowed(struct request *rq, const char *allow)
{
    struct exchange x = { .rq = rq };
    rpc_fail(&x, RPC_REFUSED, 405, "Method Not Allowed: this server takes %s", allow);
    reply_json(&x, 405, rpc_error_text(&x, (struct text){ NULL, 0 }));
    reply_header(&rq->reply, "allow", allow);
    return OK;
}

static const char *allowed(const struct mcp_server *server)
{
    return server->preset->eras & ERA_LEGACY ? "POST, DELETE" : "POST";
}

/* There is nothing that a server would tell without being asked: no stream but the old transport's. */
enum err mcp_get(struct request *rq, struct reply *rp)
{
    struct mcp_server server;
    struct exchange x = { .rq = rq };
    const enum err err = mcp_server_take(rq, &server);
    if (err != OK)
        return err;
    if (server.preset->eras != ERA_OLD)
        return mcp_method_not_allowed(rq, allowed(&server));
    if (wants_stream(&x))
        return mcp_stream_begin(rq, rp, &server);
    reply_error_of(&x, (struct text){ NULL, 0 });
    return OK;
}

enum err mcp_composio_get(struct request *rq, struct reply *rp)
{
    (void)rp;
    return mcp_method_not_allowed(rq, "POST, DELETE");
}

static enum err end_session(struct request *rq, const struct mcp_server *server)
{
    struct exchange x = { .rq = rq, .server = *server };
    if (!(server->preset->eras & ERA_LEGACY))
        return mcp_method_not_allowed(rq, server->preset->eras == ERA_OLD ? "GET" : "POST");
    if (!mcp_guard(&x))
        return OK;
    if (mcp_session_end(&x))
        reply_nothing(&x, 204);
    else
        reply_error_of(&x, (struct text){ NULL, 0 });
    return OK;
}

enum err mcp_delete(struct request *rq, struct reply *rp)
{
    struct mcp_server server;
    const enum err err = mcp_server_find(rq, &server);
    (void)rp;
    return err == OK ? end_session(rq, &server) : err;
}

enum err mcp_composio_delete(struct request *rq, struct reply *rp)
{
    struct mcp_server server;
    const enum err err = mcp_server_of_composio(rq, &server);
    (void)rp;
    return err == OK ? end_session(rq, &server) : err;
}

/* ---- POST beside the old transport's stream -------------------------------------------------------------------- */

static enum err send_message(struct exchange *x)
{
    const struct rpc_message *messages;
    const struct text nothing = { NULL, 0 };
    size_t n;
    const enum rpc_body body = rpc_take(x, buf_text(&x->rq->body), &messages, &n);
    if (body == RPC_BATCH)
        rpc_fail(x, RPC_INVALID_REQUEST, 400, "Invalid Request: 2024-11-05 over HTTP has no batches");
    if (body != RPC_ONE)
        reply_error_of(x, nothing);
    else if (!rpc_check(x, messages))
        reply_error_of(x, messages->id.is == VALUE_SET ? messages->id.v : nothing);
    else if (rpc_is_request(messages) && !mcp_stream_send(x->rq, rpc_answer(x, messages)))
        return fail(x->rq, ERR_MCP_SERVER_NOT_FOUND, "The stream of this session has ended");
    else
        reply_nothing(x, 202);
    return OK;
}

enum err mcp_message_post(struct request *rq, struct reply *rp)
{
    struct exchange x = { .rq = rq, .era = ERA_OLD, .version = T("2024-11-05"), .may_call = true };
    const struct text nothing = { NULL, 0 };
    const enum err err = mcp_server_find(rq, &x.server);
    (void)rp;
    if (err != OK)
        return err;
    if (x.server.preset->eras != ERA_OLD || !mcp_stream_exists(rq))
        return fail(rq, ERR_MCP_SERVER_NOT_FOUND, "There is no stream of that session: GET the server first");
    if (sends_json(&x))
        return send_message(&x);
    reply_error_of(&x, nothing);
    return OK;
}
