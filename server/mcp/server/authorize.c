#include "mcp/server/authorize.h"

#include "api/handlers.h"
#include "space/ids.h"
#include "base/limit.h"
#include "space/links.h"
#include "oauth/consent.h"
#include "oauth/flow.h"
#include "oauth/grant.h"
#include "pages/page.h"
#include "store/query.h"

#define Q struct mcp_authorize_query
static const struct field query_fields[] = {
    FIELD_TEXT(Q, response_type, .doc = "code", .example = "\"code\""),
    FIELD_TEXT(Q, client_id, .doc = "Client", .example = "\"demo-client\""),
    FIELD_TEXT(Q, redirect_uri, .doc = "Where the answer goes: one that the client has registered"),
    FIELD_TEXT(Q, scope, .doc = "Scopes, separated by blanks", .example = "\"tools:list tools:call\""),
    FIELD_TEXT(Q, state, .doc = "What the answer repeats"),
    FIELD_TEXT(Q, code_challenge, .doc = "RFC 7636; required"),
    FIELD_TEXT(Q, code_challenge_method, .doc = "S256", .example = "\"S256\""),
    FIELD_TEXT(Q, resource, .doc = "The MCP server that access is asked for (RFC 8707)"),
    FIELD_TEXT(Q, prompt, .doc = "Taken, and of no effect"),
    FIELD_TEXT(Q, login_hint, .doc = "Address to offer first; deny@… and the like decide the outcome"),
    FIELD_TEXT(Q, mock_outcome, .doc = "The outcome, without asking", .example = "\"deny\""),
};
#undef Q
const struct spec mcp_authorize_query = SPEC(struct mcp_authorize_query, "McpAuthorizeQuery", query_fields);

/* ---- is it good ------------------------------------------------------------------------------------------ */

static bool is(struct v_text sent, struct text expected)
{
    return sent.is == VALUE_SET && text_eq(sent.v, expected);
}

/* RFC 7636 section 4.2: 43 characters for SHA-256, base64url. */
static bool is_challenge(struct v_text challenge)
{
    enum { CHALLENGE = 43 };
    return challenge.is == VALUE_SET && challenge.v.n == CHALLENGE && text_is_visible_ascii(challenge.v);
}

static void say(struct mcp_authorization *a, const char *error, const char *description)
{
    a->error = error;
    a->description = description;
}

enum err mcp_authorization_check(struct request *rq, const struct mcp_server *server,
                                 const struct mcp_authorize_query *in, struct mcp_authorization *ret)
{
    *ret = (struct mcp_authorization){ .in = in, .server = *server };
    if (server->preset->guard != GUARD_OAUTH)
        return fail(rq, ERR_MCP_SERVER_NOT_FOUND, "%s has no authorization server", server->preset->name);
    if (in->client_id.is != VALUE_SET || !mcp_client_find(rq, server, in->client_id.v, &ret->client))
        return fail(rq, ERR_INVALID, "querystring/client_id is no client of this authorization server");
    if (in->redirect_uri.is != VALUE_SET || !mcp_client_redirects(server, &ret->client, in->redirect_uri.v))
        return fail(rq, ERR_INVALID, "querystring/redirect_uri is none that the client has registered");
    const bool known = scope_choose(rq->arena, in->scope, &mcp_scopes, &ret->scopes);
    if (!is(in->response_type, T("code")))
        say(ret, "unsupported_response_type", "Only response_type=code is supported");
    else if (!known)
        say(ret, "invalid_scope", "A scope is none of this server's: there are " MCP_SCOPE_LIST " and " MCP_SCOPE_CALL);
    else if (!is(in->code_challenge_method, T("S256")) || !is_challenge(in->code_challenge))
        say(ret, "invalid_request", "PKCE is required: code_challenge with code_challenge_method=S256");
    else if (in->resource.is == VALUE_SET && !mcp_is_resource(rq, server, in->resource.v))
        say(ret, "invalid_target", "The resource is not this MCP server");
    return OK;
}

/* ---- how it ends ----------------------------------------------------------------------------------------- */

struct text mcp_grant_issuer(struct request *rq, const struct mcp_server *server)
{
    return text_format(rq->arena, "mcp:%s", server->preset->name);
}

/* The people that a consent page offers: those of the team that was made first. */
static void find_team(struct request *rq, struct uuid *ret_team, struct uuid *ret_user)
{
    QUERY q = query(rq->db, SQL_KEY_ANY);
    *ret_team = *ret_user = (struct uuid){ .b = { 0 } };
    if (query_row(&q)) {
        *ret_team = col_uuid(&q, 0);
        *ret_user = col_uuid(&q, 1);
    }
}

static struct text account_of(struct request *rq, const struct mcp_authorization *a, struct v_text account)
{
    struct uuid team, user;
    if (account.is == VALUE_SET)
        return account.v;
    find_team(rq, &team, &user);
    return consent_account(rq, a->in->login_hint, &team, &user);
}

static struct text new_code(struct request *rq, const struct mcp_authorization *a, struct v_text account,
                            int64_t lifetime_ms)
{
    struct grant grant = {
        .issuer = SET_TEXT(mcp_grant_issuer(rq, &a->server)),
        .client_id = a->client.id,
        .redirect_uri = a->in->redirect_uri,
        .scopes = a->scopes,
        .account = SET_TEXT(account_of(rq, a, account)),
        .code_challenge = a->in->code_challenge,
        .resource = a->in->resource.is == VALUE_SET ? a->in->resource : SET_TEXT(a->server.url),
    };
    return grant_issue(rq, &grant, lifetime_ms);
}

struct text mcp_authorization_end(struct request *rq, const struct mcp_authorization *a, enum outcome outcome,
                                  struct v_text account)
{
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
        const int64_t lifetime = outcome == OUTCOME_EXPIRED_CODE ? 0 : CODE_LIFETIME_MS;
        params[n++] = (struct pair){ T("code"), new_code(rq, a, account, lifetime) };
    }
    const bool wrong = outcome == OUTCOME_WRONG_STATE && !a->error;
    if (wrong || a->in->state.is == VALUE_SET)
        params[n++] = (struct pair){ T("state"), wrong ? token_new(rq, "state") : a->in->state.v };
    params[n++] = (struct pair){ T("iss"), mcp_issuer(rq, &a->server) };
    return links_with(rq->arena, a->in->redirect_uri.v, params, n);
}

/* ---- handlers ------------------------------------------------------------------------------------------ */

static void show(struct request *rq, const struct mcp_authorization *a)
{
    struct pair *properties = ARENA_ARRAY(rq->arena, 1, struct pair);
    properties[0] = (struct pair){ T("resource"), a->in->resource.is == VALUE_SET ? a->in->resource.v : a->server.url };
    struct consent_view view = {
        .provider = a->server.title,
        .integration = a->server.title,
        .client = a->client.name.v,
        .scopes = a->scopes,
        .login_hint = a->in->login_hint,
        .properties = { VALUE_SET, 1, properties },
        .next_url = a->in->redirect_uri,
    };
    find_team(rq, &view.team_id, &view.user_id);
    consent_ask(rq, &view);
}

static void go_on(struct request *rq, const struct mcp_authorization *a, enum outcome outcome, struct v_text account)
{
    const struct text url = mcp_authorization_end(rq, a, outcome, account);
    if (url.p)
        page_redirect(rq, url);
    else
        consent_closed(rq, a->server.title);
}

enum err mcp_authorize(struct request *rq, struct reply *rp)
{
    const struct v_text nobody = { .is = VALUE_ABSENT };
    const struct mcp_authorize_query *in = rq->query;
    struct mcp_authorization a;
    struct mcp_server server;
    enum outcome outcome = OUTCOME_APPROVE;
    (void)rp;
    enum err err = mcp_server_find(rq, &server);
    if (err == OK)
        err = mcp_authorization_check(rq, &server, in, &a);
    if (err != OK)
        return err;
    const struct consent_input input = { .subject = match_subject_of(rq), .mock_outcome = in->mock_outcome,
                                         .login_hint = in->login_hint };
    const bool decided = a.error || outcome_decide(rq, &input, false, &outcome, &err);
    if (err != OK)
        return err;
    if (decided)
        go_on(rq, &a, outcome, nobody);
    else
        show(rq, &a);
    return OK;
}

enum err mcp_consent(struct request *rq, struct reply *rp)
{
    struct mcp_authorization a;
    struct mcp_server server;
    enum outcome outcome;
    struct v_text account;
    (void)rp;
    enum err err = consent_take(rq, rq->input, &outcome, &account);
    if (err == OK)
        err = mcp_server_find(rq, &server);
    if (err == OK)
        err = mcp_authorization_check(rq, &server, rq->query, &a);
    if (err == OK)
        go_on(rq, &a, outcome, account);
    return err;
}
