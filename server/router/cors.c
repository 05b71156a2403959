#include "router/cors.h"

#include "cli/config.h"

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

bool cors_preflight(struct request *rq)
{
    if (!text_eq(rq->method, T("OPTIONS")) || !allowed_origin(rq) ||
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
    const char *origin = allowed_origin(rq);
    if (!origin)
        return;
    reply_header(&rq->reply, "access-control-allow-origin", origin);
    reply_header(&rq->reply, "access-control-expose-headers",
                 "x-request-id, x-mock-warning, x-mock-replayed, retry-after, "
                 "x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset");
    if (strcmp(origin, "*") != 0)
        reply_header(&rq->reply, "vary", "origin");
}
