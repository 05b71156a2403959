/* Hosted: Duvo's own MCP server, POST /v1/mcp and /v2/mcp. Its tools are the operations of that version
 * (mcp/server/operations.h). A call runs the operation as REST would: it is a request of its own, with the caller's
 * headers, which faults, the rate limit, the journal and verify see; what REST refuses is a result that says `isError`
 * with the same text. Clients of every revision use it; there are no sessions. */
#include "api/handlers.h"
#include "base/limit.h"
#include "control/guard.h"
#include "mcp/server/http.h"
#include "mcp/server/modern.h"
#include "router/access_log.h"
#include "router/calls.h"
#include "router/cors.h"
#include "router/handle.h"
#include "router/hosted_tools.h"
#include "router/router.h"

/* ---- a POST, which is served twice ---------------------------------------------------------------------------- */

/* The first time the calls are collected, the second time their results are there. */
struct hosted {
    size_t n, told;
    bool done;
    struct operation_call calls[LIMIT_BATCH];
    struct request *ran[LIMIT_BATCH]; /* NULL: not yet, or refused before */
    bool finished[LIMIT_BATCH];
};

struct call_params {
    struct v_text name;
    struct v_json arguments;
};

static const struct field call_fields[] = {
    FIELD_TEXT(struct call_params, name, .flags = REQUIRED),
    FIELD_JSON(struct call_params, arguments, .doc = "An object"),
};
static const struct spec call_spec = SPEC(struct call_params, "McpHostedCall", call_fields);

static bool is_refusal(const struct hosted *job, size_t i)
{
    return !job->ran[i] || request_status(job->ran[i]) < 200 || request_status(job->ran[i]) >= 400;
}

/* A fault may have made it anything. */
static struct text text_of_result(const struct hosted *job, size_t i)
{
    const struct text text = job->ran[i] ? reply_bytes(&job->ran[i]->reply) : job->calls[i].refusal;
    return text_is_utf8(text) ? text : T("");
}

static void put_result(const struct mcp_exchange *x, struct hosted *job, struct json *j)
{
    const size_t i = job->told++;
    exchange_put_called(x, j, text_of_result(job, i), is_refusal(job, i));
}

static bool call_operation(struct mcp_exchange *x, struct text params, struct json *j)
{
    struct hosted *job = x->rq->job;
    struct call_params in = { .name = { .is = VALUE_ABSENT } };
    if (!exchange_params(x, &call_spec, params, &in))
        return false;
    if (in.arguments.is == VALUE_SET && in.arguments.v.p[0] != '{')
        return exchange_fail(x, RPC_INVALID_PARAMS, 200, "Invalid params: params/arguments must be an object");
    const struct route *route = tools_find(x->rq->version, in.name.v);
    if (!route)
        return exchange_fail(x, RPC_INVALID_PARAMS, 200, "Unknown tool: %.*s",
                             TEXT_ARG(exchange_shown(x, in.name.v)));
    if (job->done)
        put_result(x, job, j);
    else
        job->calls[job->n++] = operation_call_of(x->rq, route, in.arguments.is == VALUE_SET ? in.arguments.v : T("{}"));
    return true;
}

static bool list_operations(struct mcp_exchange *x, struct text params, struct json *j)
{
    (void)params;
    if (x->era == ERA_MODERN)
        jw_put_text(j, T("resultType"), T("complete"));
    jw_key(j, T("tools"));
    tools_put(j, x->rq->arena, x->rq->version);
    mcp_put_cache_hints(j, x);
    return true;
}

static void serve(struct request *rq)
{
    struct mcp_exchange x = { .rq = rq, .may_call = true, .list = list_operations, .call = call_operation,
                              .server = { .preset = &preset_hosted, .title = text_of(preset_hosted.title) } };
    /* 2025-03-26 and later, basic/transports: against DNS rebinding. */
    if (request_header(rq, T("origin")).p && !guard_trusts_origin(rq) && !cors_allows(rq)) {
        exchange_fail(&x, RPC_REFUSED, 403, "Forbidden: a page of this Origin may not call; see --cors");
        rq->reply.status = x.status;
        buf_add(&rq->reply.body, exchange_error(&x, (struct text){ NULL, 0 }));
        return;
    }
    mcp_serve(&x);
}

/* ---- running the operations ----------------------------------------------------------------------------------- */

/* NULL: there is no memory for it. */
static struct request *begin_call(struct request *from, const struct operation_call *call)
{
    const struct text method = text_of(method_names[call->route->method]);
    return call_begin(from, &(struct inner_call){ .method = method, .uri = call->uri, .body = call->body,
                                                  .media = T("application/json"), .via = "mcp" });
}

/* One after the other. */
static bool run_operations(struct request *rq)
{
    struct hosted *job = rq->job;
    for (size_t i = 0; i < job->n; i++) {
        if (job->calls[i].refusal.p || job->finished[i])
            continue;
        if (!job->ran[i])
            job->ran[i] = begin_call(rq, &job->calls[i]);
        if (!job->ran[i]) {
            rq->outcome = ERR_NO_MEMORY;
            rq->way = WAY_DONE;
            return true;
        }
        if (!router_finish(job->ran[i], rq->waiter))
            return false;
        job->finished[i] = true;
        log_request(job->ran[i]);
    }
    return true;
}

/* A fault that breaks the operation's connection breaks this one, which is the only one there is. */
static void pass_on(struct request *rq, struct request *ran)
{
    rq->reply.delay_us += ran->reply.delay_us;
    rq->disturbance.delay_us += ran->disturbance.delay_us;
    if (ran->counted)
        rq->rate = ran->rate;
    if (ran->warning.n)
        warn(rq, text_copy(rq->arena, ran->warning));
    if (ran->disturbance.cut == CUT_NONE || rq->disturbance.cut != CUT_NONE)
        return;
    rq->disturbance.cut = ran->disturbance.cut;
    rq->disturbance.cut_at = ran->disturbance.cut_at;
    rq->disturbance.fault = text_copy(rq->arena, ran->disturbance.fault);
}

static enum err answer_calls(struct request *rq, struct reply *rp)
{
    struct hosted *job = rq->job;
    (void)rp;
    job->done = true;
    serve(rq);
    for (size_t i = 0; i < job->n; i++)
        if (job->ran[i])
            pass_on(rq, job->ran[i]);
    return OK;
}

enum err hosted_post(struct request *rq, struct reply *rp)
{
    struct hosted *job = REQUEST_NEW(rq, struct hosted);
    (void)rp;
    rq->job = job;
    serve(rq);
    if (!job->n)
        return OK;
    handle_start_over(rq);
    return request_on_calls(rq, run_operations, answer_calls);
}

enum err hosted_refuse(struct request *rq, struct reply *rp)
{
    (void)rp;
    return mcp_refuse_method(rq, "POST");
}
