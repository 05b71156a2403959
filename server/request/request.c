#include "request/request.h"

#include "base/limit.h"

#include <stdarg.h>
#include <stdio.h>

const char *const role_names[] = { "clarity_member", "member", "builder", "manager", "administrator", "owner", NULL };

struct text request_header(const struct request *rq, struct text name)
{
    return header_find(rq->headers, rq->header_count, name);
}

struct text request_media(const struct request *rq)
{
    struct text type = request_header(rq, T("content-type"));
    return text_trim(text_cut(&type, ';'));
}

bool request_is_api(const struct request *rq)
{
    return text_starts(rq->target, T("/v1/")) || text_starts(rq->target, T("/v2/"));
}

static bool is_cut_off(const struct request *rq)
{
    const enum cut cut = rq->disturbance.cut;
    return cut == CUT_RESET || cut == CUT_EMPTY || cut == CUT_HANG;
}

unsigned request_status(const struct request *rq)
{
    return is_cut_off(rq) ? 0 : rq->reply.status;
}

/* RFC 9110 section 9.3.2: a reply to HEAD has no body. */
static struct text body_to_send(const struct request *rq)
{
    return text_eq(rq->method, T("HEAD")) || rq->reply.stream ? (struct text){ NULL, 0 } : reply_bytes(&rq->reply);
}

struct text request_leaving(const struct request *rq)
{
    const struct text bytes = body_to_send(rq);
    if (is_cut_off(rq))
        return (struct text){ NULL, 0 };
    return rq->disturbance.cut == CUT_TRUNCATED ? text_clip(bytes, rq->disturbance.cut_at) : bytes;
}

const char *request_broken(const struct request *rq)
{
    static const char *const words[] = { [CUT_NONE] = NULL, [CUT_RESET] = "reset", [CUT_EMPTY] = "empty",
                                         [CUT_HANG] = "hang", [CUT_MALFORMED] = "malformed_json",
                                         [CUT_TRUNCATED] = "truncated" };
    const bool whole = rq->disturbance.cut == CUT_TRUNCATED && rq->disturbance.cut_at >= body_to_send(rq).n;
    return whole ? NULL : words[rq->disturbance.cut];
}

enum err request_wait(struct request *rq, struct bell *bell, uint64_t heard, int64_t due_us)
{
    rq->way = WAY_WAIT;
    rq->bell = bell;
    rq->heard = heard;
    rq->due_us = due_us;
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

enum err request_on_calls(struct request *rq, bool (*run)(struct request *rq), handler *then)
{
    rq->run_calls = run;
    rq->then = then;
    rq->then_tx = TX_NONE;
    rq->way = WAY_CALLS;
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
