#include "request/request.h"

#include "base/limit.h"

#include <stdarg.h>
#include <stdio.h>

const char *const role_names[] = { "clarity_member", "member", "builder", "manager", "administrator", "owner", NULL };

struct text request_header(const struct request *rq, struct text name)
{
    for (size_t i = 0; i < rq->header_count; i++)
        if (text_eq_nocase(rq->headers[i].name, name))
            return rq->headers[i].value;
    return (struct text){ NULL, 0 };
}

bool request_is_api(const struct request *rq)
{
    return text_starts(rq->target, T("/v1/")) || text_starts(rq->target, T("/v2/"));
}

enum err request_again(struct request *rq, int64_t after_us)
{
    rq->way = WAY_AGAIN;
    rq->again_us = after_us;
    return OK;
}

enum err request_on_pool(struct request *rq, void (*work)(struct request *rq), handler *then, enum tx tx)
{
    rq->way = WAY_POOL;
    rq->work = work;
    rq->then = then;
    rq->then_tx = tx;
    return OK;
}

enum err fail(struct request *rq, enum err err, const char *format, ...)
{
    char text[LIMIT_MESSAGE];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    rq->message = text_copy(rq->arena, text_of(text));
    return err;
}

void warn(struct request *rq, struct text text)
{
    rq->warning = rq->warning.n ? text_format(rq->arena, "%.*s; %.*s", TEXT_ARG(rq->warning), TEXT_ARG(text)) : text;
}

/* The scheme in any case, as RFC 9110 section 11.1 has it. */
enum err bearer_token(const struct request *rq, struct text *ret)
{
    struct text rest = text_trim(request_header(rq, T("authorization")));
    if (!rest.p)
        return ERR_UNAUTHORIZED;
    const struct text scheme = text_cut(&rest, ' ');
    *ret = text_trim(rest);
    if (!text_eq_nocase(scheme, T("bearer")) || !ret->n || text_find(*ret, ' ') != ret->n)
        return ERR_MALFORMED_KEY;
    return OK;
}
