#include "mcp/server/authorize.h"

#include "api/handlers.h"
#include "base/pkce.h"
#include "oauth/client.h"
#include "store/query.h"

#define Q struct mcp_authorize_query
static const struct field query_fields[] = {
    FIELD_TEXT(Q, response_type, .doc = "code", .example = "\"code\""),
    FIELD_TEXT(Q, client_id, .doc = "Client", .example = "\"demo-client\""),
    FIELD_TEXT(Q, redirect_uri, .doc = "Where the answer goes: a redirect URI of the client"),
    FIELD_TEXT(Q, scope, .doc = "Scopes, separated by blanks", .example = "\"tools:list tools:call\""),
    FIELD_TEXT(Q, state, .doc = "Repeated in the answer"),
    FIELD_TEXT(Q, code_challenge, .doc = "RFC 7636; required"),
    FIELD_TEXT(Q, code_challenge_method, .doc = "S256", .example = "\"S256\""),
    FIELD_TEXTS(Q, resource, .doc = "The MCP server to access (RFC 8707); repeatable"),
    FIELD_TEXT(Q, response_mode, .doc = "query", .example = "\"query\""),
    FIELD_TEXT(Q, issuer, .doc = "Address of the server that the client has asked, where that is not the public one"),
    FIELD_TEXT(Q, prompt, .doc = "Accepted, without effect"),
    FIELD_TEXT(Q, login_hint, .doc = "Address to offer first; deny@… and the like decide the outcome"),
    FIELD_TEXT(Q, mock_outcome, .doc = "The outcome, without asking", .example = "\"deny\""),
};
#undef Q
const struct spec mcp_authorize_query =
    SPEC_WITH(struct mcp_authorize_query, "McpAuthorizeQuery", query_fields, .open = true, .oauth = true,
              .repeated = offsetof(struct mcp_authorize_query, repeated)); /* RFC 6749 section 3.1 */

/* ---- is it good ------------------------------------------------------------------------------------------ */

struct text mcp_grant_issuer(struct request *rq, const struct mcp_server *server)
{
    return text_format(rq->arena, "mcp:%s", server->preset->name);
}

/* RFC 6749 section 3.1.2.3: the only one that is registered may be left out. */
static struct v_text redirect_of(const struct mcp_authorize_query *in, const struct mcp_client *client)
{
    const bool is_sole = in->redirect_uri.is != VALUE_SET && client->redirect_uris.n == 1;
    return is_sole ? SET_TEXT(client->redirect_uris.v[0]) : in->redirect_uri;
}

static enum err check_authorizing_client(struct request *rq, const struct mcp_server *server,
                                         const struct mcp_authorize_query *in, struct mcp_client *ret,
                                         struct v_text *ret_redirect)
{
    const enum err err = mcp_server_authorizes(rq, server);
    if (err != OK)
        return err;
    if (parameter_is_repeated(&in->repeated, "client_id") || parameter_is_repeated(&in->repeated, "redirect_uri"))
        return fail(rq, ERR_INVALID, "querystring/client_id and redirect_uri may be sent once");
    if (in->client_id.is != VALUE_SET || !mcp_client_find(rq, server, in->client_id.v, ret))
        return fail(rq, ERR_INVALID, "querystring/client_id is not a client of this authorization server");
    *ret_redirect = redirect_of(in, ret);
    if (ret_redirect->is != VALUE_SET || !mcp_client_redirects(server, ret, ret_redirect->v))
        return fail(rq, ERR_INVALID, "querystring/redirect_uri is not registered by the client");
    return OK;
}

/* A challenge that no verifier fits is refused while the client's developer looks at it (RFC 7636 section 4.2). */
static void check_challenge(const struct mcp_authorize_query *in, struct authorization *a)
{
    if (in->code_challenge.is != VALUE_SET || !v_text_eq(in->code_challenge_method, T("S256")))
        authorization_refuse(a, "invalid_request",
                             "PKCE is required: code_challenge with code_challenge_method=S256");
    else if (!pkce_is_challenge(in->code_challenge.v))
        authorization_refuse(a, "invalid_request",
                             "code_challenge is no SHA-256 hash in base64url: expected 43 characters without padding");
}

/* What is told to the client. */
static void check_request(struct request *rq, const struct mcp_server *server, const struct mcp_client *client,
                          const struct mcp_authorize_query *in, struct authorization *a)
{
    const bool known = scope_choose(rq->arena, in->scope, &mcp_scopes, &a->grant.scopes);
    if (!authorization_check(rq, a, &in->repeated, in->response_type, in->response_mode))
        return;
    if (!mcp_client_may(client, T("authorization_code")))
        authorization_refuse(a, "unauthorized_client",
                             "The client is not registered for authorization_code: see its grant_types");
    else if (!known)
        authorization_refuse(a, "invalid_scope",
                             "Unknown scope: this server has " MCP_SCOPE_LIST " and " MCP_SCOPE_CALL);
    else
        check_challenge(in, a);
    for (size_t i = 0; i < in->resource.n && !a->error; i++)
        if (!mcp_is_resource(rq, server, in->resource.v[i]))
            authorization_refuse(a, "invalid_target", "The resource is not this MCP server");
}

/* The people that the page offers: those of the team that was made first. */
static void offer_people(struct request *rq, struct consent_view *view)
{
    QUERY q = query(rq->db, SQL_KEY_ANY);
    if (query_row(&q)) {
        view->team_id = col_uuid(&q, 0);
        view->user_id = col_uuid(&q, 1);
    }
}

enum err mcp_authorize_take(struct request *rq, const struct mcp_server *asked, const struct mcp_authorize_query *in,
                            struct authorization *ret)
{
    struct mcp_server moved = *asked;
    const struct mcp_server *server = &moved;
    struct mcp_client client;
    struct pair *properties = ARENA_ARRAY(rq->arena, 1, struct pair);
    struct v_text redirect_uri;
    enum err err = in->issuer.is == VALUE_SET ? mcp_server_move(rq, &moved, in->issuer.v) : OK;
    if (err == OK)
        err = check_authorizing_client(rq, server, in, &client, &redirect_uri);
    if (err != OK)
        return err;
    *ret = (struct authorization){
        .consent = { .mock_outcome = in->mock_outcome },
        .grant = { .issuer = SET_TEXT(mcp_grant_issuer(rq, server)), .client_id = client.id,
                   .redirect_uri = redirect_uri,
                   .redirect_sent = SET_BOOL(in->redirect_uri.is == VALUE_SET), .code_challenge = in->code_challenge,
                   .resource = SET_TEXT(in->resource.n ? in->resource.v[0] : server->url) },
        .state = in->state,
        .iss = mcp_issuer(rq, server),
    };
    authorization_begin(ret);
    check_request(rq, server, &client, in, ret);
    properties[0] = (struct pair){ T("resource"), ret->grant.resource.v };
    ret->consent.view = (struct consent_view){
        .provider = server->title,
        .integration = server->title,
        .client = client.name.v,
        .scopes = ret->grant.scopes,
        .login_hint = in->login_hint,
        .properties = { VALUE_SET, 1, properties },
        .next_url = redirect_uri,
    };
    offer_people(rq, &ret->consent.view);
    return OK;
}

/* ---- handlers ------------------------------------------------------------------------------------------ */

static enum err find_mcp_consent(struct request *rq, const struct consent **ret)
{
    struct authorization *a = REQUEST_NEW(rq, struct authorization);
    struct mcp_server server;
    const enum err err = mcp_server_find(rq, &server);
    *ret = &a->consent;
    return err == OK ? mcp_authorize_take(rq, &server, rq->query, a) : err;
}

enum err mcp_authorize(struct request *rq, struct reply *rp)
{
    (void)rp;
    return consent_ask(rq, find_mcp_consent);
}

enum err mcp_consent(struct request *rq, struct reply *rp)
{
    (void)rp;
    return consent_answer(rq, find_mcp_consent);
}
