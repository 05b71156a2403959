/* The token and revocation endpoints of the built-in authorization servers (RFC 6749, 7009, 7636, 8707). */
#include "api/handlers.h"
#include "base/hex.h"
#include "base/pkce.h"
#include "base/uri.h"
#include "cli/config.h"
#include "space/ids.h"
#include "base/limit.h"
#include "mcp/server/authorize.h"
#include "mcp/server/binding.h"
#include "mcp/server/guard.h"
#include "mcp/server/token.h"
#include "oauth/grant.h"
#include "store/query.h"

#include <stdarg.h>
#include <stdio.h>

struct token_form {
    struct v_text grant_type, code, redirect_uri, code_verifier, client_id, client_secret, refresh_token, scope,
        token, token_type_hint;
    struct v_texts resource, repeated;
};

#define F struct token_form
#define FORM_FIELD(m, text) FIELD_TEXT(F, m, .max = LIMIT_URL, .doc = text)
static const struct field token_fields[] = {
    FIELD_TEXT(F, grant_type, .max = LIMIT_URL, .doc = "authorization_code or refresh_token",
               .example = "\"authorization_code\""),
    FORM_FIELD(code, "Authorization code"),
    FORM_FIELD(redirect_uri, "The redirect URI of the code"),
    FORM_FIELD(code_verifier, "The secret behind code_challenge (RFC 7636)"),
    FORM_FIELD(client_id, "Client, unless it is in the Authorization header"),
    FORM_FIELD(client_secret, "Its secret, with client_secret_post"),
    FORM_FIELD(refresh_token, "With grant_type=refresh_token"),
    FORM_FIELD(scope, "Fewer scopes than were granted"),
    FIELD_TEXTS(F, resource, .value_max = LIMIT_URL, .doc = "The MCP server of the token (RFC 8707); repeatable"),
};
static const struct field revoke_fields[] = {
    FORM_FIELD(token, "Access or refresh token"),
    FORM_FIELD(token_type_hint, "access_token or refresh_token"),
    FORM_FIELD(client_id, "Client, unless it is in the Authorization header"),
    FORM_FIELD(client_secret, "Its secret, with client_secret_post"),
};
#undef F
#define FORM .media = "application/x-www-form-urlencoded", .raw = true, .oauth = true,                                 \
             .repeated = offsetof(struct token_form, repeated)
const struct spec mcp_token_form = SPEC_WITH(struct token_form, "McpTokenRequest", token_fields, FORM);
const struct spec mcp_revoke_form = SPEC_WITH(struct token_form, "McpRevocation", revoke_fields, FORM);

static const struct text nothing = { NULL, 0 };

/* One request to either endpoint. */
struct asking {
    struct request *rq;
    struct mcp_server server;
    struct mcp_client client;
    struct token_form form;
};

/* Always false, with the reply ready. */
static bool __attribute__((format(printf, 3, 4)))
refuse_request(struct asking *a, const char *error, const char *format, ...)
{
    char text[LIMIT_MESSAGE];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    mcp_oauth_error(a->rq, 400, error, text_copy(a->rq->arena, text_of(text)));
    return false;
}

/* ---- who asks (RFC 6749 section 2.3) ------------------------------------------------------------------------- */

static bool unknown_client(struct asking *a, const char *why)
{
    mcp_oauth_error(a->rq, 401, "invalid_client", text_of(why));
    reply_header(&a->rq->reply, "www-authenticate", "Basic realm=\"token endpoint\"");
    return false;
}

/* `Authorization: Basic`, whose halves are form-encoded. */
static bool take_basic(struct asking *a, struct text credentials, struct text *ret_id, struct text *ret_secret)
{
    struct arena *arena = a->rq->arena;
    struct text rest;
    if (!base64_decode(arena, text_trim(credentials), &rest))
        return false;
    const struct text id = text_cut(&rest, ':');
    return rest.p && uri_decode(arena, id, true, ret_id) && uri_decode(arena, rest, true, ret_secret);
}

static bool check_secret(struct asking *a, enum client_auth used, struct text secret)
{
    /* The client known beforehand has no preference of its own. */
    const bool any = !a->server.preset->registers && used != CLIENT_NONE;
    if (used != (enum client_auth)a->client.auth_method.v && !any)
        return unknown_client(a, text_format(a->rq->arena, "The client authenticates with %s",
                                             client_auth_names[a->client.auth_method.v]).p);
    if (used != CLIENT_NONE && !mcp_client_has_secret(a->rq, &a->client, secret))
        return unknown_client(a, "The client secret is wrong");
    return true;
}

static bool take_client(struct asking *a)
{
    struct text rest = request_header(a->rq, T("authorization"));
    const bool basic = text_eq_nocase(text_cut(&rest, ' '), T("basic")) && rest.p;
    const bool post = a->form.client_secret.is == VALUE_SET;
    struct text id = a->form.client_id.v, secret = a->form.client_secret.v;
    if (basic && !take_basic(a, rest, &id, &secret))
        return unknown_client(a, "The Authorization header cannot be read");
    if (basic && (post || (a->form.client_id.is == VALUE_SET && !text_eq(a->form.client_id.v, id))))
        return refuse_request(a, "invalid_request", "The client authenticates in more than one way");
    if (!id.n || !mcp_client_find(a->rq, &a->server, id, &a->client))
        return unknown_client(a, "The client is unknown to this authorization server");
    return check_secret(a, basic ? CLIENT_BASIC : post ? CLIENT_POST : CLIENT_NONE, secret);
}

/* The form and the client; false with the reply ready. */
static bool take_form(struct asking *a, const struct spec *spec)
{
    struct problems problems = problems_new(a->rq->arena, false, T(", "));
    if (!text_eq_nocase(request_media(a->rq), text_of(spec->media)))
        return refuse_request(a, "invalid_request", "Content-Type must be %s", spec->media);
    spec_parse_query(spec, 0, buf_text(&a->rq->body), &problems, &a->form);
    if (problems.count)
        return refuse_request(a, "invalid_request", "%.*s", TEXT_ARG(problems_text(&problems)));
    if (a->form.repeated.n)
        return refuse_request(a, "invalid_request", "%.*s is sent more than once", TEXT_ARG(a->form.repeated.v[0]));
    return take_client(a);
}

static bool require_field(struct asking *a, struct v_text value, const char *name)
{
    return (value.is == VALUE_SET && value.v.n) || refuse_request(a, "invalid_request", "%s is missing", name);
}

/* ---- tokens (RFC 6749 section 5.1) ------------------------------------------------------------------------- */

static bool reply_tokens(struct asking *a, const struct mcp_token *grant, const struct v_texts *scopes)
{
    struct reply *rp = &a->rq->reply;
    struct mcp_token access = *grant;
    access.scopes = *scopes;
    struct json j = jw_new(&rp->body);
    rp->status = 200;
    jw_object(&j);
    jw_put_text(&j, T("access_token"), mcp_token_issue(a->rq, &access, TOKEN_ACCESS));
    jw_put_text(&j, T("token_type"), T("Bearer"));
    jw_put_int(&j, T("expires_in"), TOKEN_SECONDS);
    if (mcp_client_may(&a->client, T("refresh_token")))
        jw_put_text(&j, T("refresh_token"), mcp_token_issue(a->rq, grant, TOKEN_REFRESH));
    jw_put_text(&j, T("scope"), scope_join(a->rq->arena, scopes));
    jw_object_end(&j);
    reply_header(rp, "cache-control", "no-store");
    reply_header(rp, "pragma", "no-cache");
    return true;
}

/* The token is for what the code, or the token before, was for. */
static bool check_resource(struct asking *a, struct text granted)
{
    const struct v_texts *asked = &a->form.resource;
    for (size_t i = 0; i < asked->n; i++)
        if (!mcp_same_resource(asked->v[i], granted))
            return refuse_request(a, "invalid_target", "The authorization was given for another resource");
    return true;
}

/* A verifier that is wrong must not use up a code that it cannot have: it is looked at first, unless the code was used
 * already. */
static bool check_unused(struct asking *a)
{
    struct grant grant = { .issuer = { .is = VALUE_ABSENT } };
    if (!grant_find(a->rq, a->form.code.v, &grant) || grant.used_at.is == VALUE_SET)
        return true; /* grant_redeem says what is wrong */
    if (!require_field(a, a->form.code_verifier, "code_verifier"))
        return false;
    if (!pkce_verify(a->form.code_verifier.v, grant.code_challenge.v))
        return refuse_request(a, "invalid_grant", "code_verifier does not match code_challenge");
    return check_resource(a, grant.resource.v);
}

/* RFC 6749 section 4.1.3: it is named here when the request for the code has named it. */
static struct v_text redirect_of(struct asking *a)
{
    struct grant grant = { .issuer = { .is = VALUE_ABSENT } };
    const bool was_left_out = a->form.redirect_uri.is != VALUE_SET && grant_find(a->rq, a->form.code.v, &grant) &&
                              !grant.redirect_sent.v;
    return was_left_out ? grant.redirect_uri : a->form.redirect_uri;
}

static bool exchange_code(struct asking *a)
{
    struct grant grant = { .issuer = { .is = VALUE_ABSENT } };
    const struct uuid family = id_new(a->rq, "token_family");
    if (!require_field(a, a->form.code, "code"))
        return false;
    const struct v_text redirect_uri = redirect_of(a);
    if (!require_field(a, redirect_uri, "redirect_uri") || !check_unused(a))
        return false;
    const enum redeemed how = grant_redeem(a->rq, a->form.code.v, mcp_grant_issuer(a->rq, &a->server),
                                           a->client.id.v, redirect_uri.v, nothing, &grant);
    if (how == REDEEM_REPLAYED && grant.connection_id.is == VALUE_SET)
        mcp_family_revoke(a->rq, &grant.connection_id.v);
    if (how != REDEEMED)
        return refuse_request(a, "invalid_grant", "%s", redeemed_text(how));
    grant_bind(a->rq, a->form.code.v, &family);
    const struct mcp_token token = {
        .family = SET_UUID(family),
        .preset = SET_TEXT(text_of(a->server.preset->name)),
        .client_id = a->client.id,
        .resource = grant.resource,
        .account = grant.account,
        .scopes = grant.scopes,
    };
    return reply_tokens(a, &token, &token.scopes);
}

static bool find_refresh(struct asking *a, struct mcp_token *ret)
{
    if (!mcp_token_find(a->rq, a->form.refresh_token.v, TOKEN_REFRESH, ret) ||
        !text_eq(ret->preset.v, text_of(a->server.preset->name)))
        return refuse_request(a, "invalid_grant", "The refresh token is unknown or was revoked");
    if (!text_eq(ret->client_id.v, a->client.id.v))
        return refuse_request(a, "invalid_grant", "The refresh token was issued to another client");
    const int64_t grace_ms = (int64_t)a->rq->config->refresh_grace_seconds * 1000;
    if (ret->used_at.is == VALUE_SET && a->rq->now - ret->used_at.v >= grace_ms) {
        mcp_family_revoke(a->rq, &ret->family.v);
        return refuse_request(a, "invalid_grant", "The refresh token was already used; all its tokens are revoked");
    }
    return a->rq->now < ret->expires_at.v || refuse_request(a, "invalid_grant", "The refresh token has expired");
}

/* RFC 6749 section 6: fewer scopes may be asked for, never others. */
static bool exchange_refresh(struct asking *a)
{
    struct mcp_token token;
    if (!require_field(a, a->form.refresh_token, "refresh_token") || !find_refresh(a, &token) ||
        !check_resource(a, token.resource.v))
        return false;
    struct v_texts scopes;
    if (!scope_choose(a->rq->arena, a->form.scope, &token.scopes, &scopes))
        return refuse_request(a, "invalid_scope", "A scope was not granted");
    mcp_token_use(a->rq, a->form.refresh_token.v);
    return reply_tokens(a, &token, &scopes);
}

static bool answer_token_request(struct asking *a)
{
    static const struct {
        const char *name;
        bool (*fn)(struct asking *a);
    } grants[] = { { "authorization_code", exchange_code }, { "refresh_token", exchange_refresh } };
    if (!require_field(a, a->form.grant_type, "grant_type"))
        return false;
    for (size_t i = 0; i < sizeof grants / sizeof grants[0]; i++) {
        if (!text_eq(a->form.grant_type.v, text_of(grants[i].name)))
            continue;
        return mcp_client_may(&a->client, a->form.grant_type.v)
                   ? grants[i].fn(a)
                   : refuse_request(a, "unauthorized_client", "The client is not registered for %s", grants[i].name);
    }
    return refuse_request(a, "unsupported_grant_type", "Expected authorization_code or refresh_token");
}

static enum err begin_asking(struct request *rq, struct asking *ret)
{
    *ret = (struct asking){ .rq = rq };
    const enum err err = mcp_server_find(rq, &ret->server);
    if (err == OK && ret->server.preset->guard != GUARD_OAUTH)
        return fail(rq, ERR_MCP_SERVER_NOT_FOUND, "%s has no authorization server", ret->server.preset->name);
    return err;
}

/* Refusing is no error of the handler: what a replay has revoked has to be committed. */
enum err mcp_token(struct request *rq, struct reply *rp)
{
    struct asking a;
    const enum err err = begin_asking(rq, &a);
    (void)rp;
    if (err == OK && take_form(&a, &mcp_token_form))
        answer_token_request(&a);
    return err;
}

/* RFC 7009: a token that is not the client's, or none, is none of its business and no error. */
static void revoke_token(struct asking *a)
{
    struct mcp_token found;
    const struct text token = a->form.token.v;
    const bool access = mcp_token_find(a->rq, token, TOKEN_ACCESS, &found);
    const bool known = access || mcp_token_find(a->rq, token, TOKEN_REFRESH, &found);
    if (known && text_eq(found.client_id.v, a->client.id.v) && access)
        mcp_token_delete(a->rq, token);
    else if (known && text_eq(found.client_id.v, a->client.id.v))
        mcp_family_revoke(a->rq, &found.family.v);
    a->rq->reply.status = 200;
    buf_add(&a->rq->reply.body, T("{}"));
}

enum err mcp_revoke(struct request *rq, struct reply *rp)
{
    struct asking a;
    const enum err err = begin_asking(rq, &a);
    (void)rp;
    if (err == OK && take_form(&a, &mcp_revoke_form) && require_field(&a, a.form.token, "token"))
        revoke_token(&a);
    return err;
}
