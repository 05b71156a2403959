#include "oauth/authorize.h"

#include "api/handlers.h"
#include "space/ids.h"
#include "base/limit.h"
#include "space/links.h"
#include "oauth/callback.h"
#include "oauth/consent.h"
#include "oauth/grant.h"
#include "pages/page.h"

#define Q struct authorize_query
static const struct field query_fields[] = {
    FIELD_TEXT(Q, response_type, .doc = "code", .example = "\"code\""),
    FIELD_TEXT(Q, client_id, .doc = "Duvo's client", .example = "\"duvo\""),
    FIELD_TEXT(Q, redirect_uri, .doc = "The callback, exactly as it was started with"),
    FIELD_TEXT(Q, scope, .doc = "Scopes, separated by blanks"),
    FIELD_TEXT(Q, state, .doc = "What the callback gets back"),
    FIELD_TEXT(Q, login_hint, .doc = "Address to offer first; deny@… and the like decide the outcome"),
    FIELD_TEXT(Q, mock_outcome, .doc = "The outcome, without asking", .example = "\"deny\""),
};
#undef Q
const struct spec authorize_query_spec =
    SPEC_WITH(struct authorize_query, "AuthorizeQuery", query_fields, .open = true); /* RFC 6749 section 3.1 */

struct authorize_path {
    struct v_text provider;
};

static const struct field path_fields[] = {
    FIELD_TEXT(struct authorize_path, provider, .flags = REQUIRED, .doc = "OAuth provider", .example = "\"gmail\""),
};
const struct spec authorize_path = SPEC(struct authorize_path, "AuthorizePath", path_fields);

/* ---- is it good ------------------------------------------------------------------------------------------ */

static bool is(struct v_text sent, struct text expected)
{
    return sent.is == VALUE_SET && text_eq(sent.v, expected);
}

static bool has(const struct v_texts *list, struct text one)
{
    for (size_t i = 0; i < list->n; i++)
        if (text_eq(list->v[i], one))
            return true;
    return false;
}

/* RFC 6749 section 3.3: fewer may be asked for; none is all. */
static bool take_scopes(struct arena *arena, const struct authorize_query *in, const struct v_texts *known,
                        struct v_texts *ret)
{
    *ret = *known;
    if (in->scope.is != VALUE_SET)
        return true;
    *ret = (struct v_texts){ VALUE_SET, 0, ARENA_ARRAY(arena, in->scope.v.n / 2 + 1, struct text) };
    for (struct text rest = in->scope.v; rest.n;) {
        const struct text one = text_cut(&rest, ' ');
        if (one.n && !has(known, one))
            return false;
        if (one.n && !has(ret, one))
            ret->v[ret->n++] = one;
    }
    return true;
}

static enum err check_flow(struct request *rq, struct text slug, const struct authorize_query *in, struct flow *ret)
{
    if (in->state.is != VALUE_SET || !flow_find(rq, in->state.v, ret) || !text_eq(ret->provider.v, slug))
        return fail(rq, ERR_INVALID, "querystring/state is none of a sign-in that was started with this provider");
    if (ret->ended_at.is == VALUE_SET)
        return fail(rq, ERR_INVALID, "This sign-in was completed before: start it again");
    if (flow_is_over(rq, ret))
        return fail(rq, ERR_INVALID, "This sign-in has expired: start it again");
    if (!is(in->client_id, ret->client_id.v))
        return fail(rq, ERR_INVALID, "querystring/client_id is not the client that started this sign-in");
    if (!is(in->redirect_uri, ret->redirect_uri.v))
        return fail(rq, ERR_INVALID, "querystring/redirect_uri is not, byte for byte, the one of this sign-in");
    return OK;
}

enum err authorization_check(struct request *rq, struct text slug, const struct authorize_query *in,
                             struct authorization *ret)
{
    *ret = (struct authorization){ .in = in };
    const enum err err = check_flow(rq, slug, in, &ret->flow);
    if (err != OK)
        return err;
    if (!provider_find(rq, slug, &ret->provider) ||
        !catalog_find(rq, ret->provider.type.v, T("native"), &ret->catalog))
        return ERR_PROVIDER_NOT_FOUND;
    if (!is(in->response_type, T("code"))) {
        ret->error = "unsupported_response_type";
        ret->description = "Only response_type=code is supported";
    } else if (!take_scopes(rq->arena, in, &ret->flow.scopes, &ret->scopes)) {
        ret->error = "invalid_scope";
        ret->description = "A scope is none of this integration's";
    }
    return OK;
}

/* ---- how it ends ----------------------------------------------------------------------------------------- */

static struct text new_code(struct request *rq, const struct authorization *a, struct text account, int64_t lifetime_ms)
{
    struct grant grant = {
        .issuer = a->provider.key,
        .client_id = a->flow.client_id,
        .redirect_uri = a->flow.redirect_uri,
        .scopes = a->scopes,
        .account = SET_TEXT(account),
    };
    return grant_issue(rq, &grant, lifetime_ms);
}

struct text authorization_end(struct request *rq, struct authorization *a, enum outcome outcome, struct text account)
{
    const struct outcome_kind *kind = &outcome_kinds[outcome];
    const char *error = a->error ? a->error : kind->error;
    const char *description = a->error ? a->description : kind->description;
    struct pair params[3];
    size_t n = 0;
    if (outcome == OUTCOME_CLOSED && !a->error)
        return (struct text){ NULL, 0 };
    if (error) {
        params[n++] = (struct pair){ T("error"), text_of(error) };
        params[n++] = (struct pair){ T("error_description"), text_of(description) };
    } else if (outcome != OUTCOME_MISSING_CODE) {
        const int64_t lifetime = outcome == OUTCOME_EXPIRED_CODE ? 0 : CODE_LIFETIME_MS;
        params[n++] = (struct pair){ T("code"), new_code(rq, a, account, lifetime) };
    }
    const bool wrong = outcome == OUTCOME_WRONG_STATE && !a->error;
    params[n++] = (struct pair){ T("state"), wrong ? token_new(rq, "state") : a->in->state.v };
    return links_with(rq->arena, a->flow.redirect_uri.v, params, n);
}

struct consent_input authorization_input(const struct authorization *a, struct match_subject subject)
{
    return (struct consent_input){
        .subject = subject,
        .mock_outcome = a->in->mock_outcome,
        .login_hint = a->in->login_hint,
        .fixture = a->provider.outcome,
    };
}

/* ---- handlers ------------------------------------------------------------------------------------------ */

static enum err properties_of(struct request *rq, const struct flow *flow, struct v_map *ret)
{
    static const struct spec any = { .name = "Properties", .size = sizeof(struct v_map), .open = true };
    struct problems problems = problems_new(rq->arena, false, T(", "));
    int line, column;
    return spec_parse_json(&any, 0, T(""), flow->properties.v, &problems, ret, &line, &column) == JSON_OK
               ? OK : ERR_INTERNAL;
}

static enum err show(struct request *rq, const struct authorization *a)
{
    struct consent_view view = {
        .provider = a->provider.name.v,
        .integration = a->catalog.name.v,
        .client = T("Duvo"),
        .scopes = a->scopes,
        .team_id = a->flow.team_id.v,
        .user_id = a->flow.user_id.v,
        .login_hint = a->in->login_hint,
        .next_url = flow_next(rq->arena, &a->flow),
    };
    const enum err err = properties_of(rq, &a->flow, &view.properties);
    if (err == OK)
        consent_ask(rq, &view);
    return err;
}

static void go_on(struct request *rq, struct authorization *a, enum outcome outcome, struct v_text account)
{
    const struct text who = account.is == VALUE_SET ? account.v
                                                    : consent_account(rq, a->in->login_hint, &a->flow.team_id.v,
                                                                      &a->flow.user_id.v);
    const struct text url = authorization_end(rq, a, outcome, who);
    if (url.p)
        page_redirect(rq, url);
    else
        consent_closed(rq, a->provider.name.v);
}

enum err oauth_authorize(struct request *rq, struct reply *rp)
{
    const struct authorize_path *path = rq->path;
    const struct v_text nobody = { .is = VALUE_ABSENT };
    struct authorization a;
    enum outcome outcome = OUTCOME_APPROVE;
    (void)rp;
    enum err err = authorization_check(rq, path->provider.v, rq->query, &a);
    if (err != OK)
        return err;
    const struct consent_input input = authorization_input(&a, match_subject_of(rq));
    const bool decided = a.error || outcome_decide(rq, &input, false, &outcome, &err);
    if (err != OK)
        return err;
    if (!decided)
        return show(rq, &a);
    go_on(rq, &a, outcome, nobody);
    return OK;
}

enum err oauth_consent(struct request *rq, struct reply *rp)
{
    const struct authorize_path *path = rq->path;
    struct authorization a;
    enum outcome outcome;
    struct v_text account;
    (void)rp;
    enum err err = consent_take(rq, rq->input, &outcome, &account);
    if (err == OK)
        err = authorization_check(rq, path->provider.v, rq->query, &a);
    if (err == OK)
        go_on(rq, &a, outcome, account);
    return err;
}
