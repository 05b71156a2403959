#include "oauth/authorize.h"

#include "api/handlers.h"
#include "oauth/callback.h"
#include "oauth/client.h"
#include "oauth/provider.h"
#include "spec/read.h"

#define Q struct authorize_query
static const struct field query_fields[] = {
    FIELD_TEXT(Q, response_type, .doc = "code", .example = "\"code\""),
    FIELD_TEXT(Q, client_id, .doc = "Duvo's client", .example = "\"duvo\""),
    FIELD_TEXT(Q, redirect_uri, .doc = "The redirect URI of the start"),
    FIELD_TEXT(Q, scope, .doc = "Scopes, separated by blanks"),
    FIELD_TEXT(Q, state, .doc = "Repeated at the callback"),
    FIELD_TEXT(Q, response_mode, .doc = "query", .example = "\"query\""),
    FIELD_TEXT(Q, login_hint, .doc = "Address to offer first; deny@… and the like decide the outcome"),
    FIELD_TEXT(Q, mock_outcome, .doc = "The outcome, without asking", .example = "\"deny\""),
};
#undef Q
const struct spec authorize_query_spec =
    SPEC_WITH(struct authorize_query, "AuthorizeQuery", query_fields, .open = true, .oauth = true,
              .repeated = offsetof(struct authorize_query, repeated)); /* RFC 6749 section 3.1 */

struct authorize_path {
    struct v_text provider;
};

static const struct field path_fields[] = {
    FIELD_TEXT(struct authorize_path, provider, .flags = REQUIRED, .doc = "OAuth provider", .example = "\"gmail\""),
};
const struct spec authorize_path = SPEC(struct authorize_path, "AuthorizePath", path_fields);

/* ---- is it good ------------------------------------------------------------------------------------------ */

static enum err check_flow(struct request *rq, struct text slug, const struct authorize_query *in, struct flow *ret)
{
    if (in->state.is != VALUE_SET || !flow_find(rq, in->state.v, ret) || !text_eq(ret->provider.v, slug))
        return fail(rq, ERR_INVALID, "querystring/state does not belong to a sign-in started with this provider");
    if (ret->ended_at.is != VALUE_SET && flow_is_over(rq, ret))
        return fail(rq, ERR_INVALID, "This sign-in has expired: start it again");
    if (parameter_is_repeated(&in->repeated, "client_id") || parameter_is_repeated(&in->repeated, "redirect_uri"))
        return fail(rq, ERR_INVALID, "querystring/client_id and redirect_uri may be sent once");
    if (!v_text_eq(in->client_id, ret->client_id.v))
        return fail(rq, ERR_INVALID, "querystring/client_id is not the client that started this sign-in");
    if (!v_text_eq(in->redirect_uri, ret->redirect_uri.v))
        return fail(rq, ERR_INVALID, "querystring/redirect_uri differs from the one of this sign-in");
    return OK;
}

/* What the start was told besides, as it was kept. */
static enum err read_properties(struct request *rq, const struct flow *flow, struct v_map *ret)
{
    static const struct spec any = { .name = "Properties", .size = sizeof(struct v_map), .open = true };
    return spec_read(rq->arena, &any, T(""), flow->properties.v, ret).outcome == JSON_OK ? OK : ERR_INTERNAL;
}

static struct consent_view view_of_flow(struct request *rq, const struct flow *flow, const struct provider *provider,
                                        const struct catalog_row *catalog)
{
    return (struct consent_view){
        .provider = provider->name.v,
        .integration = catalog->name.v,
        .client = T("Duvo"),
        .team_id = flow->team_id.v,
        .user_id = flow->user_id.v,
        .next_url = flow_next(rq->arena, flow),
    };
}

enum err authorize_take(struct request *rq, struct text slug, const struct authorize_query *in,
                        struct authorization *ret)
{
    struct provider provider = { .key = { .is = VALUE_ABSENT } };
    struct catalog_row catalog = { .id = { .is = VALUE_ABSENT } };
    struct flow flow = { .id = { .is = VALUE_ABSENT } };
    const enum err err = check_flow(rq, slug, in, &flow);
    if (err != OK)
        return err;
    if (flow.ended_at.is == VALUE_SET) {
        *ret = (struct authorization){ .consent = { .answered = flow_end_url(rq, &flow) } };
        return OK;
    }
    if (!provider_find(rq, slug, &provider) || !catalog_find(rq, provider.type.v, T("native"), &catalog))
        return ERR_PROVIDER_NOT_FOUND;
    *ret = (struct authorization){
        .consent = { .view = view_of_flow(rq, &flow, &provider, &catalog), .mock_outcome = in->mock_outcome,
                     .fixture = provider.outcome },
        .grant = { .issuer = provider.key, .client_id = flow.client_id, .redirect_uri = flow.redirect_uri,
                   .redirect_sent = SET_BOOL(true) },
        .state = in->state,
    };
    struct consent_view *view = &ret->consent.view;
    authorization_begin(ret);
    const bool known = scope_choose(rq->arena, in->scope, &flow.scopes, &ret->grant.scopes);
    if (authorization_check(rq, ret, &in->repeated, in->response_type, in->response_mode) && !known)
        authorization_refuse(ret, "invalid_scope", "Unknown scope for this integration");
    view->scopes = ret->grant.scopes;
    view->login_hint = in->login_hint;
    return read_properties(rq, &flow, &view->properties);
}

/* ---- handlers ------------------------------------------------------------------------------------------ */

static enum err find_native_consent(struct request *rq, const struct consent **ret)
{
    const struct authorize_path *path = rq->path;
    struct authorization *a = REQUEST_NEW(rq, struct authorization);
    *ret = &a->consent;
    return authorize_take(rq, path->provider.v, rq->query, a);
}

enum err oauth_authorize(struct request *rq, struct reply *rp)
{
    (void)rp;
    return consent_ask(rq, find_native_consent);
}

enum err oauth_consent(struct request *rq, struct reply *rp)
{
    (void)rp;
    return consent_answer(rq, find_native_consent);
}
