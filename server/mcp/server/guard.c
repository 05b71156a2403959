#include "mcp/server/guard.h"

#include "mcp/server/binding.h"
#include "mcp/server/token.h"

/* ---- refusing ------------------------------------------------------------------------------------------ */

void mcp_oauth_error(struct request *rq, unsigned status, const char *error, struct text description)
{
    struct reply *rp = &rq->reply;
    struct json j = jw_new(&rp->body);
    rp->status = status;
    jw_object(&j);
    jw_put_text(&j, T("error"), text_of(error));
    jw_put_text(&j, T("error_description"), description);
    jw_object_end(&j);
    reply_header(rp, "cache-control", "no-store");
}

/* RFC 6750 section 3, and RFC 9728 section 5.1. Without credentials nothing is said of an error. */
static void reply_challenge(struct mcp_exchange *x, unsigned status, const char *error, const char *description)
{
    const struct text metadata = mcp_metadata_url(x->rq, &x->server);
    struct buf b = buf_new(x->rq->arena, 8192);
    buf_addf(&b, "Bearer ");
    if (error)
        buf_addf(&b, "error=\"%s\", error_description=\"%s\", ", error, description);
    buf_addf(&b, "resource_metadata=\"%.*s\", scope=\"" MCP_SCOPE_LIST " " MCP_SCOPE_CALL "\"", TEXT_ARG(metadata));
    mcp_oauth_error(x->rq, status, error ? error : "unauthorized",
                    description ? text_of(description) : T("An access token is needed: Authorization: Bearer ..."));
    reply_header(&x->rq->reply, "www-authenticate", text_cstr(x->rq->arena, buf_text(&b)));
}

void mcp_guard_scope(struct mcp_exchange *x)
{
    reply_challenge(x, 403, "insufficient_scope", "The access token lacks the scope " MCP_SCOPE_CALL);
}

/* ---- credentials ------------------------------------------------------------------------------------------- */

/* The token of `Authorization: Bearer token`; unset when there is none. */
static struct text sent_bearer(const struct request *rq)
{
    struct text rest = request_header(rq, T("authorization"));
    const struct text scheme = text_cut(&rest, ' ');
    return text_eq_nocase(scheme, T("bearer")) && rest.p ? text_trim(rest) : (struct text){ NULL, 0 };
}

static bool check_token(struct mcp_exchange *x)
{
    const struct text token = sent_bearer(x->rq);
    struct mcp_token found;
    if (!token.n) {
        reply_challenge(x, 401, NULL, NULL);
        return false;
    }
    if (!mcp_token_find(x->rq, token, TOKEN_ACCESS, &found) ||
        !text_eq(found.preset.v, text_of(x->server.preset->name)))
        reply_challenge(x, 401, "invalid_token", "The access token is unknown or was revoked");
    else if (x->rq->now >= found.expires_at.v)
        reply_challenge(x, 401, "invalid_token", "The access token has expired");
    else if (!mcp_same_resource(found.resource.v, x->server.url))
        reply_challenge(x, 401, "invalid_token", "The access token was issued for another resource");
    else {
        x->may_call = scope_has(&found.scopes, T(MCP_SCOPE_CALL));
        return true;
    }
    return false;
}

static bool check_api_key(struct mcp_exchange *x)
{
    const struct secret sent = secret_of(request_header(x->rq, T("x-api-key")));
    if (secret_eq(store_key_of(x->rq->db), sent, secret_of(T(MCP_DEMO_KEY))))
        return true;
    mcp_oauth_error(x->rq, 401, "unauthorized", T("Send the API key in the header X-API-Key"));
    reply_header(&x->rq->reply, "www-authenticate", "ApiKey header=\"X-API-Key\"");
    return false;
}

bool mcp_guard(struct mcp_exchange *x)
{
    x->may_call = true;
    switch (x->server.preset->guard) {
    case GUARD_NONE: return true;
    case GUARD_OAUTH: return check_token(x);
    case GUARD_KEY: return check_api_key(x);
    }
    return false;
}
