#include "mcp/server/clients.h"

#include "base/uri.h"
#include "base/limit.h"
#include "mcp/wellknown.h"
#include "store/query.h"

#define DEMO_ID "demo-client"
#define DEMO_SECRET "demo-secret"

#define C struct mcp_client
static const struct field client_fields[] = {
    FIELD_TEXT(C, preset, .column = "preset"),
    FIELD_TEXT(C, id, .column = "id"),
    FIELD_TEXT(C, name, .column = "name"),
    FIELD_TEXTS(C, redirect_uris, .column = "redirect_uris"),
    FIELD_TEXTS(C, grant_types, .column = "grant_types"),
    FIELD_TEXT(C, scope, .column = "scope"),
    FIELD_ENUM(C, auth_method, .column = "auth_method", .names = client_auth_names),
    FIELD_TIME(C, created_at, .column = "created_at"),
};
#undef C
const struct spec mcp_client_spec = SPEC(struct mcp_client, "McpClient", client_fields);

static struct text scope_names[] = { { MCP_SCOPE_LIST, sizeof MCP_SCOPE_LIST - 1 },
                                     { MCP_SCOPE_CALL, sizeof MCP_SCOPE_CALL - 1 } };
const struct v_texts mcp_scopes = { VALUE_SET, 2, scope_names };

/* ---- finding ------------------------------------------------------------------------------------------- */

/* The client of the server that registers none. Its redirect URIs: see mcp_client_redirects. */
static struct mcp_client demo_client(struct request *rq)
{
    struct text *grants = ARENA_ARRAY(rq->arena, 2, struct text);
    grants[0] = T("authorization_code");
    grants[1] = T("refresh_token");
    return (struct mcp_client){
        .preset = SET_TEXT(T("oauth-no-dcr")),
        .id = SET_TEXT(T(DEMO_ID)),
        .name = SET_TEXT(T("Demo client")),
        .grant_types = { VALUE_SET, 2, grants },
        .scope = SET_TEXT(T(MCP_SCOPE_LIST " " MCP_SCOPE_CALL)),
        .auth_method = { VALUE_SET, CLIENT_BASIC },
    };
}

static bool is_demo(const struct mcp_client *client)
{
    return text_eq(client->preset.v, T("oauth-no-dcr"));
}

bool mcp_client_find(struct request *rq, const struct mcp_server *server, struct text id, struct mcp_client *ret)
{
    *ret = demo_client(rq);
    if (!server->preset->registers)
        return text_eq(id, T(DEMO_ID));
    *ret = (struct mcp_client){ .id = { .is = VALUE_ABSENT } };
    const struct param *with = WITH(text_of(server->preset->name), id);
    return query_get(rq->db, SQL_MCP_CLIENT_GET, with, &mcp_client_spec, rq->arena, ret);
}

bool mcp_client_has_secret(struct request *rq, const struct mcp_client *client, struct text secret)
{
    const struct secret_key *key = store_key_of(rq->db);
    if (is_demo(client))
        return secret_eq(key, secret_of(secret), secret_of(T(DEMO_SECRET)));
    QUERY q = query_with(rq->db, SQL_MCP_CLIENT_SECRET, WITH(client->preset, client->id));
    if (!query_row(&q) || col_is_null(&q, 0))
        return false;
    const struct secret_hash expected = col_hash(&q, 0);
    return secret_has_hash(key, secret_of(secret), &expected);
}

bool mcp_client_may(const struct mcp_client *client, struct text grant_type)
{
    return scope_has(&client->grant_types, grant_type);
}

/* Two loopback URLs that differ in nothing but the port. */
static bool same_but_port(struct text a, struct text b)
{
    struct uri one, other;
    return uri_parse_http(a, &one) && uri_parse_http(b, &other) && url_is_loopback(a) &&
           text_eq(one.scheme, other.scheme) && text_eq_nocase(one.host, other.host) &&
           text_eq(one.path, other.path) && text_eq(one.query, other.query) && !one.query.p == !other.query.p;
}

/* The client known beforehand may be answered on this machine, and by the mock itself. */
static bool demo_redirects(const struct mcp_server *server, struct text uri)
{
    struct uri parts;
    const struct text rest = text_from(uri, server->base.n);
    if (!uri_parse_http(uri, &parts) || parts.userinfo.p || parts.fragment.p)
        return false;
    return url_is_loopback(uri) || (text_starts(uri, server->base) && rest.n && rest.p[0] == '/');
}

bool mcp_client_redirects(const struct mcp_server *server, const struct mcp_client *client, struct text uri)
{
    if (is_demo(client))
        return demo_redirects(server, uri);
    for (size_t i = 0; i < client->redirect_uris.n; i++)
        if (text_eq(client->redirect_uris.v[i], uri) || same_but_port(client->redirect_uris.v[i], uri))
            return true;
    return false;
}
