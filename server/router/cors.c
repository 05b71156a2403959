#include "router/cors.h"

#include "cli/config.h"
#include "control/guard.h"

#include <string.h>

/* The value of access-control-allow-origin, or NULL when the request gets none. */
static const char *allowed_origin(const struct request *rq)
{
    const struct text origin = request_header(rq, T("origin"));
    const struct config_list *cors = &rq->config->cors;
    for (size_t i = 0; origin.p && i < cors->n; i++)
        if (strcmp(cors->v[i], "*") == 0)
            return cors->v[i];
    for (size_t i = 0; origin.p && i < cors->n; i++)
        if (text_eq_nocase(origin, text_of(cors->v[i])))
            return text_cstr(rq->arena, origin); /* as the browser compares it */
    return NULL;
}

/* Below the prefix of a space, which may not have been taken off yet. */
static struct text path_below(const struct request *rq)
{
    const struct text prefix = T("/_mock/s/");
    if (!text_starts(rq->uri, prefix))
        return rq->uri;
    const struct text rest = text_from(rq->uri, prefix.n);
    return text_from(rest, text_find(rest, '/'));
}

/* `*` opens what other people would run, and not the control plane. */
static bool is_for_all(const struct request *rq)
{
    const struct text path = path_below(rq);
    return !guard_covers(path) || text_starts(path, T("/_mock/mcp/")) || guard_trusts_origin(rq);
}

static const char *shared_with(const struct request *rq)
{
    const char *origin = allowed_origin(rq);
    return origin && strcmp(origin, "*") == 0 && !is_for_all(rq) ? NULL : origin;
}

bool cors_allows(const struct request *rq)
{
    return shared_with(rq) != NULL;
}

bool cors_preflight(struct request *rq)
{
    if (!text_eq(rq->method, T("OPTIONS")) || !cors_allows(rq) ||
        !request_header(rq, T("access-control-request-method")).p)
        return false;
    struct reply *rp = &rq->reply;
    rp->status = 204;
    rp->content_type = NULL;
    reply_header(rp, "access-control-allow-methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
    const struct text wanted = request_header(rq, T("access-control-request-headers"));
    reply_header(rp, "access-control-allow-headers",
                 wanted.n ? text_cstr(rq->arena, wanted) : "authorization, content-type");
    reply_header(rp, "access-control-max-age", "600");
    return true;
}

void cors_headers(struct request *rq)
{
    const char *origin = shared_with(rq);
    if (!origin)
        return;
    reply_header(&rq->reply, "access-control-allow-origin", origin);
    reply_header(&rq->reply, "access-control-expose-headers",
                 "x-request-id, x-mock-warning, x-mock-replayed, retry-after, "
                 "x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset, "
                 "mcp-session-id, mcp-protocol-version, www-authenticate");
    if (strcmp(origin, "*") != 0)
        reply_header(&rq->reply, "vary", "origin");
}
