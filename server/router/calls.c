#include "router/calls.h"

#include "base/memory.h"
#include "router/framing.h"
#include "router/router.h"

/* What is of this message, and not of the client. */
static bool is_passed_on(const struct inner_call *call, struct text name)
{
    static const char *const own[] = {
        "accept", "connection", "content-encoding", "content-length", "content-type", "expect", "idempotency-key",
        "keep-alive", "mcp-method", "mcp-name", "mcp-protocol-version", "mcp-session-id", "te", "trailer",
        "transfer-encoding", "upgrade", "x-request-id", NULL,
    };
    return text_index_nocase(name, own) < 0 && !(call->key.p && text_eq_nocase(name, T("authorization")));
}

/* A request that is being made for a call. */
struct making_call {
    const struct request *from;
    struct request *rq;
    const struct inner_call *call;
};

static void put_header(struct request *rq, struct text name, struct text value)
{
    rq->headers[rq->header_count++] = (struct pair){ name, value };
}

static void put_headers(void *cls)
{
    const struct making_call *m = cls;
    struct request *rq = m->rq;
    rq->method = m->call->method;
    rq->headers = ARENA_ARRAY(rq->arena, m->from->header_count + 3, struct pair);
    for (size_t i = 0; i < m->from->header_count; i++)
        if (is_passed_on(m->call, m->from->headers[i].name))
            rq->headers[rq->header_count++] = m->from->headers[i];
    if (m->call->key.p)
        put_header(rq, T("authorization"), text_format(rq->arena, "Bearer %.*s", TEXT_ARG(m->call->key)));
    if (!m->call->body.p)
        return;
    put_header(rq, T("content-type"), m->call->media);
    put_header(rq, T("content-length"), int_text(rq->arena, (int64_t)m->call->body.n));
}

struct request *call_begin(struct request *from, const struct inner_call *call)
{
    struct making_call m = { from, request_new(from->server, call->uri), call };
    if (!m.rq)
        return NULL;
    m.rq->next_call = from->calls;
    from->calls = m.rq;
    if (!memory_try(put_headers, &m))
        return NULL;
    router_begin(m.rq, (int64_t)call->body.n, HEAD_HTTP11);
    m.rq->origin = from->origin;
    m.rq->via = call->via;
    if (call->body.n)
        request_take_body(m.rq, call->body.p, call->body.n);
    return m.rq;
}
