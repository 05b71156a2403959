/* Registration of clients at the built-in authorization servers (RFC 7591). */
#include "api/handlers.h"
#include "base/uri.h"
#include "base/json.h"
#include "space/ids.h"
#include "base/limit.h"
#include "mcp/server/clients.h"
#include "mcp/server/guard.h"
#include "spec/read.h"
#include "store/query.h"

#include <string.h>

struct registration {
    struct v_texts redirect_uris, grant_types, response_types;
    struct v_text client_name, client_uri, scope, token_endpoint_auth_method, application_type, software_statement;
};

#define R struct registration
static const struct field registration_fields[] = {
    FIELD_TEXTS(R, redirect_uris, .flags = REQUIRED, .min = 1, .max = LIMIT_REDIRECT_URIS, .value_max = LIMIT_URL,
                .doc = "Allowed redirect URIs", .example = "[\"http://127.0.0.1:3000/callback\"]"),
    FIELD_TEXTS(R, grant_types, .max = LIMIT_REDIRECT_URIS, .value_max = LIMIT_SLUG,
                .doc = "authorization_code (the default) and refresh_token", .example = "[\"authorization_code\"]"),
    FIELD_TEXTS(R, response_types, .max = LIMIT_REDIRECT_URIS, .value_max = LIMIT_SLUG, .doc = "code",
                .example = "[\"code\"]"),
    FIELD_TEXT(R, client_name, .min = 1, .max = LIMIT_NAME, .doc = "For the consent page", .example = "\"My client\""),
    FIELD_TEXT(R, client_uri, .max = LIMIT_URL, .doc = "Home page", .example = "\"https://client.example\""),
    FIELD_TEXT(R, scope, .max = LIMIT_URL, .doc = "Scopes, separated by blanks", .example = "\"tools:list\""),
    FIELD_TEXT(R, token_endpoint_auth_method, .max = LIMIT_SLUG,
               .doc = "none, client_secret_basic (the default) or client_secret_post", .example = "\"none\""),
    FIELD_TEXT(R, application_type, .max = LIMIT_SLUG, .doc = "native or web", .example = "\"native\""),
    FIELD_TEXT(R, software_statement, .max = LIMIT_BODY, .doc = "Refused: no issuer of statements is trusted",
               .example = "\"eyJ...\""),
};
#undef R
const struct spec mcp_registration = SPEC_WITH(struct registration, "McpClientRegistration", registration_fields,
                                               .doc = "RFC 7591 section 2", .raw = true);

static bool are_of(const struct v_texts *values, const char *const *names)
{
    for (size_t i = 0; i < values->n; i++)
        if (text_index(values->v[i], names) < 0)
            return false;
    return true;
}

/* What a browser would run or read itself is no place to be sent to. */
static bool is_dangerous(struct text scheme)
{
    static const char *const schemes[] = { "javascript", "data", "vbscript", "file", "about", "blob", "ftp", NULL };
    return text_index_nocase(scheme, schemes) >= 0;
}

/* Of http(s) a URL with a host; of native applications anything with a scheme of its own (RFC 8252 section 7.1). */
static bool is_redirect_uri(struct text uri)
{
    struct uri parts;
    const struct text scheme = text_clip(uri, text_find(uri, ':'));
    if (!text_is_visible_ascii(uri) || text_find(uri, '#') < uri.n || scheme.n == uri.n || !scheme.n)
        return false;
    if (text_eq_nocase(scheme, T("http")) || text_eq_nocase(scheme, T("https")))
        return uri_parse_http(uri, &parts) && !parts.userinfo.p;
    return text_is_made_of(scheme, ASCII_ALNUM "+-.") && !is_dangerous(scheme);
}

static const char *check_statement(const struct registration *in)
{
    size_t dots = 0;
    for (size_t i = 0; in->software_statement.is == VALUE_SET && i < in->software_statement.v.n; i++)
        dots += in->software_statement.v.p[i] == '.';
    if (in->software_statement.is != VALUE_SET)
        return NULL;
    return dots == 2 ? "unapproved_software_statement" : "invalid_software_statement";
}

static const char *check_redirects(const struct registration *in, const char **ret_why)
{
    *ret_why = "redirect_uris: expected absolute URIs without a fragment";
    for (size_t i = 0; i < in->redirect_uris.n; i++)
        if (!is_redirect_uri(in->redirect_uris.v[i]))
            return "invalid_redirect_uri";
    return in->redirect_uris.n ? NULL : "invalid_redirect_uri";
}

static const char *check_metadata(const struct registration *in, const char **ret_why)
{
    static const char *const responses[] = { "code", NULL }, *const types[] = { "native", "web", NULL };
    static const char *const grants[] = { "authorization_code", "refresh_token", NULL };
    if (!are_of(&in->grant_types, grants))
        *ret_why = "grant_types: expected authorization_code and refresh_token";
    else if (!are_of(&in->response_types, responses))
        *ret_why = "response_types: expected code";
    else if (in->token_endpoint_auth_method.is == VALUE_SET &&
             text_index(in->token_endpoint_auth_method.v, client_auth_names) < 0)
        *ret_why = "token_endpoint_auth_method: expected none, client_secret_basic or client_secret_post";
    else if (in->application_type.is == VALUE_SET && text_index(in->application_type.v, types) < 0)
        *ret_why = "application_type: expected native or web";
    else
        return NULL;
    return "invalid_client_metadata";
}

/* The error, with what is to be said of it; NULL when there is none. */
static const char *check_registration(const struct registration *in, const char **ret_why)
{
    const char *error = check_redirects(in, ret_why);
    if (!error)
        error = check_metadata(in, ret_why);
    if (!error) {
        error = check_statement(in);
        *ret_why = "software_statement: this server trusts no issuer of statements";
    }
    return error;
}

/* The body; false with the reply ready. What is wrong with redirect_uris has an error of its own. */
static bool take_registration(struct request *rq, struct registration *ret)
{
    const struct read_result read = spec_read(rq->arena, &mcp_registration, T("body"), buf_text(&rq->body), ret);
    const bool redirects = text_starts(read.problems, T("body/redirect_uris"));
    if (!read.ok)
        mcp_oauth_error(rq, 400, redirects ? "invalid_redirect_uri" : "invalid_client_metadata",
                        read.outcome == JSON_OK ? read.problems : T("The body is not JSON"));
    return read.ok;
}

static struct v_texts texts_or(struct arena *arena, const struct v_texts *given, struct text fallback)
{
    struct v_texts one = { VALUE_SET, 1, ARENA_ARRAY(arena, 1, struct text) };
    one.v[0] = fallback;
    return given->is == VALUE_SET && given->n ? *given : one;
}

static struct mcp_client client_of(struct request *rq, const struct mcp_server *server, const struct registration *in)
{
    int auth = CLIENT_BASIC;
    struct v_texts scopes; /* a server may grant less than was asked for (RFC 7591 section 3.2.1) */
    scope_choose(rq->arena, in->scope, &mcp_scopes, &scopes);
    if (in->token_endpoint_auth_method.is == VALUE_SET)
        auth = text_index(in->token_endpoint_auth_method.v, client_auth_names);
    return (struct mcp_client){
        .preset = SET_TEXT(text_of(server->preset->name)),
        .id = SET_TEXT(text_format(rq->arena, "client_%.*s", TEXT_ARG(text_clip(token_new(rq, "client"), 24)))),
        .name = in->client_name.is == VALUE_SET ? in->client_name : SET_TEXT(T("Unnamed client")),
        .redirect_uris = in->redirect_uris,
        .grant_types = texts_or(rq->arena, &in->grant_types, T("authorization_code")),
        .scope = SET_TEXT(scope_join(rq->arena, &scopes)),
        .auth_method = { VALUE_SET, auth },
        .created_at = SET_TIME(rq->now),
    };
}

static void store_client(struct request *rq, const struct mcp_client *client, struct text secret)
{
    const struct secret_hash hash = token_hash(rq->db, secret);
    query_prune(rq->db, SQL_MCP_CLIENT_DROP, LIMIT_FLOWS);
    query_store(rq->db, SQL_MCP_CLIENT_INSERT, &mcp_client_spec, client, WITH(secret.p ? &hash : NULL));
}

/* RFC 7591 section 3.2.1: what was registered, which may differ from what was asked for. */
static void reply_client(struct request *rq, const struct mcp_client *client, const struct registration *in,
                         struct text secret)
{
    struct json j = jw_new(&rq->reply.body);
    const struct v_texts responses = texts_or(rq->arena, &in->response_types, T("code"));
    rq->reply.status = 201;
    jw_object(&j);
    jw_put_text(&j, T("client_id"), client->id.v);
    jw_put_int(&j, T("client_id_issued_at"), rq->now / 1000);
    if (secret.p) {
        jw_put_text(&j, T("client_secret"), secret);
        jw_put_int(&j, T("client_secret_expires_at"), 0);
    }
    jw_put_text(&j, T("client_name"), client->name.v);
    if (in->client_uri.is == VALUE_SET)
        jw_put_text(&j, T("client_uri"), in->client_uri.v);
    jw_put_texts(&j, T("redirect_uris"), client->redirect_uris.v, client->redirect_uris.n);
    jw_put_texts(&j, T("grant_types"), client->grant_types.v, client->grant_types.n);
    jw_put_texts(&j, T("response_types"), responses.v, responses.n);
    jw_put_text(&j, T("token_endpoint_auth_method"), text_of(client_auth_names[client->auth_method.v]));
    jw_put_text(&j, T("scope"), client->scope.v);
    if (in->application_type.is == VALUE_SET)
        jw_put_text(&j, T("application_type"), in->application_type.v);
    jw_object_end(&j);
    reply_header(&rq->reply, "cache-control", "no-store");
}

enum err mcp_register(struct request *rq, struct reply *rp)
{
    struct registration in = { .scope = { .is = VALUE_ABSENT } };
    struct mcp_server server;
    const char *why;
    (void)rp;
    const enum err err = mcp_server_find(rq, &server);
    if (err != OK)
        return err;
    if (!server.preset->registers)
        return fail(rq, ERR_MCP_SERVER_NOT_FOUND, "%s has no dynamic client registration", server.preset->name);
    if (!take_registration(rq, &in))
        return OK;
    const char *error = check_registration(&in, &why);
    if (error) {
        mcp_oauth_error(rq, 400, error, text_of(why));
        return OK;
    }
    const struct mcp_client client = client_of(rq, &server, &in);
    const bool secret = client.auth_method.v != CLIENT_NONE;
    const struct text token = secret ? token_new(rq, "client_secret") : (struct text){ NULL, 0 };
    store_client(rq, &client, token);
    reply_client(rq, &client, &in, token);
    return OK;
}
