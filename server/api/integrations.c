/* Integrations: what connections can be made of. The catalog is fixture data; custom ones are a team's own. */
#include "api/connections.h"
#include "api/handlers.h"
#include "api/page.h"
#include "space/ids.h"
#include "base/limit.h"
#include "store/query.h"

/* ---- list ------------------------------------------------------------------------------------------------ */

struct list_reply {
    struct v_rows integrations;
    struct v_int total, limit, offset;
};

#define L struct list_reply
static const struct field list_fields[] = {
    FIELD_ROWS(L, integrations, .flags = REQUIRED, .sub = &connection_spec, .doc = "The page's integrations"),
    PAGE_TOLD(L, "Integrations in all"),
};
#undef L
const struct spec integration_list = SPEC(struct list_reply, "IntegrationList", list_fields);

static int64_t count_rows(const struct request *rq, struct v_text type)
{
    QUERY q = query(rq->db, SQL_INTEGRATION_COUNT);
    bind_uuid(&q, &rq->who.team_id);
    bind_v_text(&q, type);
    return query_row(&q) ? col_int(&q, 0) : 0;
}

/* A row of the catalog is shown as the asking team's. */
static void read_row(const struct request *rq, const struct query *q, struct connection *ret)
{
    col_row(q, 0, &connection_spec, rq->arena, ret);
    ret->team_id = SET_UUID(rq->who.team_id);
}

static struct v_rows read_page(const struct request *rq, const struct page_query *in, size_t room)
{
    struct connection *rows = ARENA_ARRAY(rq->arena, room, struct connection);
    size_t n = 0;
    QUERY q = query(rq->db, SQL_INTEGRATION_PAGE);
    bind_uuid(&q, &rq->who.team_id);
    bind_v_text(&q, in->type);
    bind_int(&q, in->limit.v);
    bind_int(&q, in->offset.v);
    while (n < room && query_row(&q))
        read_row(rq, &q, &rows[n++]);
    return SET_ROWS(n, rows);
}

enum err integrations_list(struct request *rq, struct reply *rp)
{
    const struct page_query *in = rq->query;
    struct list_reply *out = REQUEST_NEW(rq, struct list_reply);
    const int64_t total = count_rows(rq, in->type);
    const size_t n = page_rows(in->limit, in->offset, total);
    out->integrations = n ? read_page(rq, in, n) : SET_ROWS(0, NULL);
    out->total = SET_INT(total);
    out->limit = in->limit;
    out->offset = in->offset;
    rp->object = out;
    return OK;
}

/* ---- create ---------------------------------------------------------------------------------------------- */

struct create_body {
    struct v_text name;
    struct v_enum auth_method;
    struct v_text server_url, oauth_client_id;
    struct v_secret oauth_client_secret;
};

enum { AUTH_OAUTH = 3 }; /* in auth_methods */

#define B struct create_body
static const struct field create_fields[] = {
    FIELD_TEXT(B, name, .flags = REQUIRED, .min = 1, .max = LIMIT_NAME, .doc = "Display name, unique in the team",
               .example = "\"Internal Tools\""),
    FIELD_ENUM(B, auth_method, .flags = REQUIRED, .names = auth_methods, .alias = "api_key", .alias_of = 1,
               .doc = "How connections to it authenticate; `url` is not at all"),
    FIELD_URL(B, server_url, .flags = REQUIRED, .max = LIMIT_URL, .doc = "MCP server URL",
              .example = "\"https://mcp.internal.acme.com\""),
    FIELD_TEXT(B, oauth_client_id, .min = 1, .max = LIMIT_CLIENT_ID, .doc = "Client of a server without registration"),
    FIELD_SECRET(B, oauth_client_secret, .min = 1, .max = LIMIT_CLIENT_SECRET,
                 .doc = "Its secret; never readable again"),
};
#undef B

/* The client's two fields come together, and only with OAuth. */
static const char *check_client(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct create_body *in = object;
    const bool id = in->oauth_client_id.is == VALUE_SET, secret = in->oauth_client_secret.is == VALUE_SET;
    (void)arena;
    *ret_path = secret && !id ? T("oauth_client_id") : T("oauth_client_secret");
    if (id != secret)
        return secret ? "Required together with oauth_client_secret" : "Required together with oauth_client_id";
    *ret_path = T("oauth_client_id");
    return id && in->auth_method.v != AUTH_OAUTH ? "Only allowed when auth_method is \"oauth\"" : NULL;
}

const struct spec custom_integration_create =
    SPEC_WITH(struct create_body, "CreateCustomIntegration", create_fields, .check = check_client);

static bool insert(struct request *rq, const struct uuid *id, const struct create_body *in)
{
    QUERY q = query(rq->db, SQL_CUSTOM_INTEGRATION_CREATE);
    bind_uuid(&q, id);
    bind_uuid(&q, &rq->who.team_id);
    bind_text(&q, in->name.v);
    bind_text(&q, text_of(auth_methods[in->auth_method.v]));
    bind_text(&q, in->server_url.v);
    bind_v_text(&q, in->oauth_client_id);
    if (in->oauth_client_secret.is == VALUE_SET)
        bind_blob(&q, secret_seal(rq->arena, store_seal_key_of(rq->db), in->oauth_client_secret.v));
    else
        bind_null(&q);
    bind_uuid(&q, &rq->who.user_id);
    bind_int(&q, rq->now);
    return query_try(&q);
}

enum err custom_integrations_create(struct request *rq, struct reply *rp)
{
    const struct uuid id = id_new(rq, "custom_integration");
    struct connection *made = REQUEST_NEW(rq, struct connection);
    if (!insert(rq, &id, rq->input))
        return ERR_INTEGRATION_EXISTS;
    QUERY q = query(rq->db, SQL_INTEGRATION_GET);
    bind_uuid(&q, &id);
    bind_uuid(&q, &rq->who.team_id);
    if (!query_row(&q))
        return ERR_INTERNAL;
    read_row(rq, &q, made);
    rp->object = made;
    return OK;
}

/* ---- delete ---------------------------------------------------------------------------------------------- */

struct custom_integration_path {
    struct v_uuid custom_integration_id;
};

static const struct field path_fields[] = {
    FIELD_UUID(struct custom_integration_path, custom_integration_id, .flags = REQUIRED,
               .doc = "Custom integration ID"),
};
const struct spec custom_integration_path = SPEC(struct custom_integration_path, "CustomIntegrationPath", path_fields);

static void delete_connections_of(struct request *rq, const struct uuid *id)
{
    QUERY q = query(rq->db, SQL_CUSTOM_INTEGRATION_CONNECTIONS_DELETE);
    bind_uuid(&q, id);
    query_run(&q);
}

enum err custom_integrations_delete(struct request *rq, struct reply *rp)
{
    const struct custom_integration_path *path = rq->path;
    const struct uuid *id = &path->custom_integration_id.v;
    QUERY q = query(rq->db, SQL_CUSTOM_INTEGRATION_DELETE);
    bind_uuid(&q, id);
    bind_uuid(&q, &rq->who.team_id);
    query_run(&q);
    if (query_changes(&q) == 0)
        return ERR_INTEGRATION_NOT_FOUND;
    delete_connections_of(rq, id);
    rp->object = done(rq, "Custom integration deleted successfully");
    return OK;
}
