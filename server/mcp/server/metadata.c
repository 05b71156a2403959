/* Metadata: what the servers behind OAuth publish about themselves and their authorization servers, in every place
 * where clients look (RFC 9728, RFC 8414, OpenID Connect Discovery). */
#include "api/handlers.h"
#include "base/json.h"
#include "oauth/client.h"
#include "mcp/server/builtin.h"

static enum err find_authorizing(struct request *rq, struct mcp_server *ret)
{
    const enum err err = mcp_server_find(rq, ret);
    return err == OK ? mcp_server_authorizes(rq, ret) : err;
}

static void put_names(struct json *j, struct text key, const char *const *items)
{
    jw_key(j, key);
    jw_array(j);
    for (; *items; items++)
        jw_text(j, text_of(*items));
    jw_array_end(j);
}

static const char *const scopes[] = { MCP_SCOPE_LIST, MCP_SCOPE_CALL, NULL };

/* ---- the server ------------------------------------------------------------------------------------------ */

enum err mcp_resource_metadata(struct request *rq, struct reply *rp)
{
    static const char *const methods[] = { "header", NULL };
    struct mcp_server server;
    const enum err err = find_authorizing(rq, &server);
    if (err != OK)
        return err;
    struct json j = jw_new(&rp->body);
    jw_object(&j);
    jw_put_text(&j, T("resource"), server.url);
    const struct text issuer = mcp_issuer(rq, &server);
    jw_put_texts(&j, T("authorization_servers"), &issuer, 1);
    put_names(&j, T("scopes_supported"), scopes);
    put_names(&j, T("bearer_methods_supported"), methods);
    jw_put_text(&j, T("resource_name"), server.title);
    jw_object_end(&j);
    return OK;
}

/* ---- the authorization server ---------------------------------------------------------------------------- */

static void put_endpoints(struct json *j, struct request *rq, const struct mcp_server *server, struct text authorize)
{
    static const struct {
        const char *member, *path;
        bool registering;
    } endpoints[] = {
        { "token_endpoint", "/token", false },
        { "registration_endpoint", "/register", true },
        { "revocation_endpoint", "/revoke", false },
    };
    const struct text issuer = mcp_issuer(rq, server);
    jw_put_text(j, T("authorization_endpoint"), authorize);
    for (size_t i = 0; i < sizeof endpoints / sizeof endpoints[0]; i++)
        if (!endpoints[i].registering || server->preset->registers)
            jw_put_text(j, text_of(endpoints[i].member),
                        text_format(rq->arena, "%.*s%s", TEXT_ARG(issuer), endpoints[i].path));
}

static void put_features(struct json *j)
{
    static const char *const responses[] = { "code", NULL }, *const modes[] = { "query", NULL },
                      *const grants[] = { "authorization_code", "refresh_token", NULL },
                      *const challenges[] = { "S256", NULL };
    put_names(j, T("scopes_supported"), scopes);
    put_names(j, T("response_types_supported"), responses);
    put_names(j, T("response_modes_supported"), modes);
    put_names(j, T("grant_types_supported"), grants);
    put_names(j, T("token_endpoint_auth_methods_supported"), client_auth_names);
    put_names(j, T("revocation_endpoint_auth_methods_supported"), client_auth_names);
    put_names(j, T("code_challenge_methods_supported"), challenges);
    jw_put_bool(j, T("authorization_response_iss_parameter_supported"), true);
}

/* What OpenID Connect Discovery 1.0 section 3 demands besides. No id tokens are issued, so there are no keys. */
static void put_openid(struct json *j, struct request *rq, const struct mcp_server *server)
{
    static const char *const subjects[] = { "public", NULL }, *const algorithms[] = { "RS256", NULL };
    const struct text issuer = mcp_issuer(rq, server);
    jw_put_text(j, T("jwks_uri"), text_format(rq->arena, "%.*s/jwks", TEXT_ARG(issuer)));
    put_names(j, T("subject_types_supported"), subjects);
    put_names(j, T("id_token_signing_alg_values_supported"), algorithms);
}

static enum err put_issuer(struct request *rq, struct reply *rp, bool openid)
{
    struct mcp_server server;
    struct text authorize;
    enum err err = find_authorizing(rq, &server);
    if (err == OK)
        err = mcp_authorization_endpoint(rq, &server, &authorize);
    if (err != OK)
        return err;
    struct json j = jw_new(&rp->body);
    jw_object(&j);
    jw_put_text(&j, T("issuer"), server.preset->wrong_issuer ? T("https://auth.wrong.example")
                                                             : mcp_issuer(rq, &server));
    put_endpoints(&j, rq, &server, authorize);
    put_features(&j);
    if (openid)
        put_openid(&j, rq, &server);
    jw_object_end(&j);
    return OK;
}

enum err mcp_issuer_metadata(struct request *rq, struct reply *rp)
{
    return put_issuer(rq, rp, false);
}

enum err mcp_openid_metadata(struct request *rq, struct reply *rp)
{
    return put_issuer(rq, rp, true);
}

enum err mcp_jwks(struct request *rq, struct reply *rp)
{
    struct mcp_server server;
    const enum err err = find_authorizing(rq, &server);
    if (err == OK)
        buf_add(&rp->body, T("{\"keys\":[]}"));
    return err;
}
