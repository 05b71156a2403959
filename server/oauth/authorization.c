#include "oauth/authorization.h"

#include "space/ids.h"
#include "oauth/client.h"
#include "space/links.h"

enum { MODE_MAX = 64 }; /* bytes of a response mode that are told */

static struct text issue_code(struct request *rq, const struct authorization *a, struct text account,
                              int64_t lifetime_ms)
{
    struct grant grant = a->grant;
    grant.account = SET_TEXT(account);
    return grant_issue(rq, &grant, a->state, lifetime_ms);
}

/* What an answer may say (RFC 6749 section 4.1.2, RFC 9207): nobody else says it in a redirect URI. */
static const char *const answered[] = { "code", "state", "error", "error_description", "iss", NULL };

/* The answer's URL; none when the window was closed. */
static struct text end_authorization(struct request *rq, void *cls, enum outcome outcome, struct text account)
{
    const struct authorization *a = cls;
    const struct outcome_kind *kind = &outcome_kinds[outcome];
    const char *error = a->error ? a->error : kind->error;
    const char *description = a->error ? a->description : kind->description;
    struct pair params[4];
    size_t n = 0;
    if (outcome == OUTCOME_CLOSED && !a->error)
        return (struct text){ NULL, 0 };
    if (error) {
        params[n++] = (struct pair){ T("error"), text_of(error) };
        params[n++] = (struct pair){ T("error_description"), text_of(description) };
    } else if (outcome != OUTCOME_MISSING_CODE) {
        const int64_t lifetime_ms = outcome == OUTCOME_EXPIRED_CODE ? 0 : CODE_LIFETIME_MS;
        params[n++] = (struct pair){ T("code"), issue_code(rq, a, account, lifetime_ms) };
    }
    const bool wrong = outcome == OUTCOME_WRONG_STATE && !a->error;
    if (wrong || a->state.is == VALUE_SET)
        params[n++] = (struct pair){ T("state"), wrong ? token_new(rq, "state") : a->state.v };
    if (a->iss.p)
        params[n++] = (struct pair){ T("iss"), a->iss };
    return links_answer(rq->arena, a->grant.redirect_uri.v, answered, params, n);
}

void authorization_begin(struct authorization *a)
{
    a->consent.end = end_authorization;
    a->consent.cls = a;
}

void authorization_refuse(struct authorization *a, const char *error, const char *description)
{
    a->consent.is_settled = true;
    a->error = error;
    a->description = description;
}

bool authorization_check(struct request *rq, struct authorization *a, const struct v_texts *repeated,
                         struct v_text response_type, struct v_text response_mode)
{
    struct arena *arena = rq->arena;
    if (repeated->n)
        authorization_refuse(a, "invalid_request",
                             text_format(arena, "%.*s is sent more than once", TEXT_ARG(repeated->v[0])).p);
    else if (response_type.is != VALUE_SET || !text_eq(response_type.v, T("code")))
        authorization_refuse(a, "unsupported_response_type", "Only response_type=code is supported");
    else if (response_mode.is == VALUE_SET && !text_eq(response_mode.v, T("query")))
        authorization_refuse(a, "invalid_request",
                             text_format(arena, "response_mode=%.*s is not supported: expected query",
                                         TEXT_ARG(text_clip(response_mode.v, MODE_MAX))).p);
    return !a->error;
}
