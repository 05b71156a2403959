#include "api/connections.h"

#include "api/common.h"
#include "api/credentials.h"
#include "api/handlers.h"
#include "api/listing.h"
#include "api/publish.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/limit.h"
#include "cli/config.h"
#include "request/route.h"
#include "space/ids.h"
#include "space/links.h"
#include "store/row_texts.h"

const char *const auth_methods[] = { "url", "apikey", "headers", "oauth", NULL };
const char *const transport_types[] = { "stdio", "sse", "http", NULL };

/* ---- the object ---------------------------------------------------------------------------------------- */

#define C struct connection
static const struct field connection_fields[] = {
    FIELD_UUID(C, id, .column = "id", .flags = REQUIRED | FIXED, .doc = "Connection ID"),
    FIELD_TEXT(C, name, .column = "name", .flags = REQUIRED, .doc = "Display name", .example = "\"Internal Tools\""),
    FIELD_TEXT(C, type, .column = "type", .flags = REQUIRED | FIXED, .doc = "Integration type",
               .example = "\"custom_mcp\""),
    FIELD_TEXT(C, provider, .column = "provider", .flags = REQUIRED,
               .doc = "Who provides it: user, native, composio or default", .example = "\"user\""),
    FIELD_UUID(C, user_id, .column = "user_id", .flags = REQUIRED | NULLABLE | FIXED,
               .doc = "Its owner; null when shared with the team"),
    FIELD_UUID(C, team_id, .column = "team_id", .flags = REQUIRED | FIXED, .doc = "Its team"),
    FIELD_URL(C, server_url, .column = "server_url", .doc = "MCP server URL",
              .example = "\"https://mcp.internal.acme.com\""),
    FIELD_ENUM(C, transport_type, .column = "transport_type", .names = transport_types, .doc = "MCP transport"),
    FIELD_TEXT(C, auth_method, .column = "auth_method", .flags = NULLABLE, .doc = "How it authenticates",
               .example = "\"headers\""),
    FIELD_TEXT(C, composio_mcp_id, .column = "composio_mcp_id", .flags = REQUIRED | NULLABLE | ONLY_V1,
               .doc = "Composio's id of the MCP server behind it"),
    FIELD_UUID(C, custom_integration_id, .column = "custom_integration_id", .flags = NULLABLE,
               .doc = "Its custom integration"),
    FIELD_TEXT(C, icon_url, .column = "icon_url", .flags = NULLABLE, .doc = "Icon"),
    FIELD_TEXT(C, oauth_provider, .column = "oauth_provider", .flags = NULLABLE, .doc = "OAuth provider"),
    FIELD_TEXT(C, oauth_provider_key, .column = "oauth_provider_key", .flags = NULLABLE | ONLY_V2,
               .doc = "Slug of the OAuth provider"),
    FIELD_TEXTS(C, oauth_scopes, .column = "oauth_scopes", .flags = NULLABLE, .doc = "Granted scopes"),
    FIELD_BOOL(C, has_headers, .column = "has_headers", .doc = "Whether headers are configured"),
    FIELD_BOOL(C, has_oauth_tokens, .column = "has_oauth_tokens", .doc = "Whether an OAuth flow was completed"),
    FIELD_TEXT(C, integration_id, .column = "integration_id", .flags = NULLABLE, .doc = "The catalog's integration"),
    FIELD_BOOL(C, shared, .column = "user_id IS NULL", .flags = DERIVED, .doc = "Whether the team shares it"),
    FIELD_UUID(C, created_by, .column = "created_by", .flags = NULLABLE | FIXED, .doc = "Who made it"),
    FIELD_TIME(C, broken_at, .column = "broken_at", .flags = NULLABLE | ONLY_V2, .doc = "When it stopped working"),
    FIELD_TEXT(C, broken_reason, .column = "broken_reason", .flags = NULLABLE | ONLY_V2, .doc = "Why it stopped"),
    FIELD_TIME(C, created_at, .column = "created_at", .flags = REQUIRED | FIXED, .doc = "When it was made"),
    FIELD_TIME(C, updated_at, .column = "updated_at", .flags = REQUIRED, .doc = "When it was last changed"),
};
#undef C
const struct spec connection_spec =
    SPEC_WITH(struct connection, "Connection", connection_fields, .doc = "A person's or a team's authorized account.");

static const struct field connection_path_fields[] = {
    FIELD_UUID(struct connection_path, connection_id, .flags = REQUIRED, .doc = "Connection ID"),
};
const struct spec connection_path = SPEC(struct connection_path, "ConnectionPath", connection_path_fields);

/* ---- one of them ----------------------------------------------------------------------------------------- */

enum err connection_get(struct request *rq, const struct uuid *id, struct connection *ret)
{
    QUERY q = query_with(rq->db, SQL_CONNECTION_GET,
                         WITH(id, &rq->who.team_id, &rq->who.user_id, rq->who.sharing));
    if (!query_row(&q))
        return ERR_CONNECTION_NOT_FOUND;
    col_row(&q, 2, &connection_spec, rq->arena, ret);
    return OK;
}

static enum err may_change(const struct request *rq, bool personal, struct v_uuid created_by)
{
    const bool mine = created_by.is == VALUE_SET && uuid_eq(&created_by.v, &rq->who.user_id);
    return personal || mine || rq->who.role >= ROLE_MANAGER ? OK : ERR_SHARED_READ_ONLY;
}

enum err connection_find_to_change(struct request *rq, const struct uuid *id, struct connection *ret)
{
    const enum err err = connection_get(rq, id, ret);
    return err == OK ? may_change(rq, ret->user_id.is == VALUE_SET, ret->created_by) : err;
}

struct connection connection_new(struct request *rq)
{
    const struct v_text null_text = { .is = VALUE_NULL };
    return (struct connection){
        .id = SET_UUID(id_new(rq, "connection")),
        .user_id = SET_UUID(rq->who.user_id),
        .team_id = SET_UUID(rq->who.team_id),
        .auth_method = null_text,
        .composio_mcp_id = null_text,
        .custom_integration_id = { .is = VALUE_NULL },
        .icon_url = null_text,
        .oauth_provider = null_text,
        .oauth_provider_key = null_text,
        .oauth_scopes = { .is = VALUE_NULL },
        .has_oauth_tokens = SET_BOOL(false),
        .integration_id = null_text,
        .shared = SET_BOOL(false),
        .created_by = SET_UUID(rq->who.user_id),
        .broken_at = { .is = VALUE_NULL },
        .broken_reason = null_text,
        .created_at = SET_TIME(rq->now),
        .updated_at = SET_TIME(rq->now),
    };
}

void connection_renew(struct request *rq, struct connection *connection)
{
    connection->has_oauth_tokens = SET_BOOL(true);
    connection->broken_at.is = VALUE_NULL;
    connection->broken_reason.is = VALUE_NULL;
    connection->updated_at = SET_TIME(rq->now);
    connection_save(rq->db, connection);
    publish_connection(rq, connection);
}

bool connection_insert(struct db *db, struct connection *connection, const struct credentials *headers)
{
    connection->has_headers = SET_BOOL(headers->n > 0);
    if (!query_insert(db, SQL_CONNECTION_INSERT, &connection_spec, connection, WITH(clock_ticket())))
        return false;
    credentials_insert(db, &connection->id.v, headers);
    return true;
}

enum err connection_store(struct request *rq, struct connection *connection, const struct header_halves *headers)
{
    const struct credentials *list = credentials_new(rq->db, rq->arena, &connection->id.v, headers);
    if (!connection_insert(rq->db, connection, list))
        return ERR_INTERNAL;
    publish_connection(rq, connection);
    return OK;
}

void connection_save(struct db *db, const struct connection *connection)
{
    query_store(db, SQL_CONNECTION_UPDATE, &connection_spec, connection, NULL);
}

/* ---- list ---------------------------------------------------------------------------------------------- */

struct connection_list {
    struct v_rows connections, integrations;
    struct v_int total;
    struct page_range page;
};

#define L struct connection_list
static const struct field list_fields[] = {
    FIELD_ROWS(L, connections, .flags = ONLY_V1, .sub = &connection_spec, .doc = "The page's connections"),
    FIELD_ROWS(L, integrations, .flags = ONLY_V1, .sub = &connection_spec, .doc = "The page's connections"),
    FIELD_ROWS(L, integrations, .flags = ONLY_V2 | REQUIRED, .sub = &connection_spec, .doc = "The page's connections"),
    LIST_PAGE(L, "Connections in all"),
};
#undef L
const struct spec connection_list = SPEC(struct connection_list, "ConnectionList", list_fields);

/* The documents disagree on the array's name in /v1, so it has both unless told otherwise. */
enum err connections_list(struct request *rq, struct reply *rp)
{
    const struct page_query *in = rq->query;
    const struct uuid *team = &rq->who.team_id, *me = &rq->who.user_id;
    const struct v_uuid nobody = { .is = VALUE_NULL };
    const bool typed = in->type.is == VALUE_SET;
    const struct param *own = typed ? WITH(team, me, in->type) : WITH(team, me);
    const struct param *shared = typed ? WITH(team, nobody, in->type) : WITH(team, nobody);
    const struct listed_page page = listing_read(rq, &(struct page_source){
        .listed = LISTED_CONNECTIONS, .spec = &connection_spec, .at = SQL_CONNECTION_AT,
        .order = typed ? ORDER_CONNECTIONS_OF_TYPE : ORDER_CONNECTIONS,
        .lists = { { own, rq->who.sharing ? shared : NULL } },
        .count = SQL_CONNECTION_COUNT, .page = SQL_CONNECTION_PAGE,
        .with = WITH(team, me, rq->who.sharing, in->type),
    }, &in->page);
    struct connection_list *out = REQUEST_NEW(rq, struct connection_list);
    if (rq->config->v1_list_keys != LIST_KEYS_INTEGRATIONS)
        out->connections = page.rows;
    if (rq->config->v1_list_keys != LIST_KEYS_CONNECTIONS || rq->version != 1)
        out->integrations = page.rows;
    out->total = page.total;
    out->page = in->page;
    rp->object = out;
    return OK;
}

/* ---- create -------------------------------------------------------------------------------------------- */

struct create_body {
    struct v_text name, server_url, type;
    struct v_enum provider, auth_method;
    struct v_uuid custom_integration_id;
    struct header_halves headers;
};

static const char *const only_user[] = { "user", NULL };

#define B struct create_body
static const struct field create_fields[] = {
    FIELD_TEXT(B, name, .flags = REQUIRED, .min = 1, .max = NO_MAX, .doc = "Display name",
               .example = "\"Internal Tools\""),
    FIELD_URL(B, server_url, .max = LIMIT_WORD, .check = links_check_user, .doc = "MCP server URL",
              .example = "\"https://mcp.internal.acme.com\""),
    FIELD_TEXT(B, type, .fallback = "\"custom_mcp\"", .max = LIMIT_WORD, .doc = "Integration type"),
    FIELD_ENUM(B, provider, .flags = REQUIRED, .names = only_user,
               .doc = "Only user-provided connections are made here"),
    FIELD_ENUM(B, auth_method, .flags = REQUIRED, .names = auth_methods, .alias = "api_key", .alias_of = 1,
               .doc = "How it authenticates; `url` is without authentication", .example = "\"headers\""),
    FIELD_UUID(B, custom_integration_id, .doc = "Its custom integration"),
    FIELD_OBJECT(B, headers, struct header_halves, .sub = &header_halves_spec, .doc = "Headers sent to the server"),
};
#undef B
const struct spec connection_create = SPEC(struct create_body, "CreateConnection", create_fields);

/* An optional id becomes null when it was not sent. */
static struct v_uuid or_null(struct v_uuid id)
{
    return id.is == VALUE_SET ? id : (struct v_uuid){ .is = VALUE_NULL };
}

static struct connection connection_of_body(struct request *rq, const struct create_body *in)
{
    struct connection c = connection_new(rq);
    const bool custom = text_eq(in->type.v, T("custom_mcp"));
    c.name = in->name;
    c.type = in->type;
    c.provider = SET_TEXT(text_of(only_user[in->provider.v]));
    c.server_url = in->server_url;
    c.transport_type = (struct v_enum){ custom ? VALUE_SET : VALUE_ABSENT, TRANSPORT_HTTP };
    c.auth_method = SET_TEXT(text_of(auth_methods[in->auth_method.v]));
    c.custom_integration_id = or_null(in->custom_integration_id);
    return c;
}

enum err connections_create(struct request *rq, struct reply *rp)
{
    const struct create_body *in = rq->input;
    struct connection *made = REQUEST_NEW(rq, struct connection);
    const struct v_uuid custom = in->custom_integration_id;
    const enum err err = credentials_judge(rq, &in->headers);
    if (err != OK)
        return err;
    if (custom.is == VALUE_SET &&
        !query_finds(rq->db, SQL_CUSTOM_INTEGRATION_EXISTS, WITH(custom, &rq->who.team_id)))
        return ERR_INTEGRATION_NOT_FOUND;
    *made = connection_of_body(rq, in);
    rp->object = made;
    return connection_store(rq, made, &in->headers);
}

/* ---- get ----------------------------------------------------------------------------------------------- */

enum err connections_get(struct request *rq, struct reply *rp)
{
    const struct connection_path *path = rq->path;
    const unsigned version = route_shapes(rq->route);
    const struct row_asked asked = { path->connection_id.v, rq->who.team_id, rq->who.user_id, rq->who.sharing };
    if (row_text_find(rq->db, LISTED_CONNECTIONS, &asked, version, &rp->body))
        return OK;
    QUERY q = query_with(rq->db, SQL_CONNECTION_GET,
                         WITH(&asked.id, &asked.team_id, &asked.user_id, asked.sharing));
    if (!query_row(&q))
        return ERR_CONNECTION_NOT_FOUND;
    col_json(&q, 2, &connection_spec, version, &rp->body);
    if (!rp->body.full)
        row_text_keep_found(rq->db, LISTED_CONNECTIONS, col_int(&q, 0), &asked, col_int(&q, 1), version,
                            buf_text(&rp->body));
    return OK;
}

struct credentials_reply {
    struct v_uuid id;
    struct v_map headers;
};

static const struct field credentials_fields[] = {
    FIELD_UUID(struct credentials_reply, id, .flags = REQUIRED, .doc = "Connection ID"),
    FIELD_MAP(struct credentials_reply, headers, .flags = REQUIRED,
              .doc = "Header name to value; a secret value is empty",
              .example = "{\"X-Workspace\": \"acme\", \"X-API-Key\": \"\"}"),
};
const struct spec credentials_spec = SPEC(struct credentials_reply, "ConnectionCredentials", credentials_fields);

enum err credentials_get(struct request *rq, struct reply *rp)
{
    const struct connection_path *path = rq->path;
    struct connection *c = REQUEST_NEW(rq, struct connection);
    const enum err err = connection_get(rq, &path->connection_id.v, c);
    if (err != OK)
        return err;
    const struct credentials *list = credentials_load(rq->db, rq->arena, &c->id.v);
    struct credentials_reply *out = REQUEST_NEW(rq, struct credentials_reply);
    out->id = c->id;
    out->headers = (struct v_map){ VALUE_SET, list->n, ARENA_ARRAY(rq->arena, list->n, struct pair) };
    for (size_t i = 0; i < list->n; i++)
        out->headers.v[i] = (struct pair){ list->v[i].name, list->v[i].value.v };
    rp->object = out;
    return OK;
}

/* ---- update -------------------------------------------------------------------------------------------- */

/* As documented: not in the order of creation's. */
static const char *const update_auth_methods[] = { "url", "oauth", "apikey", "headers", NULL };

struct update_body {
    struct v_text name, server_url;
    struct v_enum auth_method;
    struct v_text composio_mcp_id;
    struct header_halves headers;
    struct v_bool shared;
};

#define B struct update_body
static const struct field update_fields[] = {
    FIELD_TEXT(B, name, .min = 1, .max = NO_MAX, .doc = "Display name", .example = "\"Internal Tools\""),
    FIELD_URL(B, server_url, .max = LIMIT_WORD, .check = links_check_user, .doc = "MCP server URL",
              .example = "\"https://mcp.internal.acme.com\""),
    FIELD_ENUM(B, auth_method, .names = update_auth_methods, .alias = "api_key", .alias_of = 2,
               .doc = "How it authenticates"),
    FIELD_TEXT(B, composio_mcp_id, .flags = NULLABLE | ONLY_V1, .max = LIMIT_WORD,
               .doc = "Composio's id of the MCP server behind it"),
    FIELD_OBJECT(B, headers, struct header_halves, .sub = &header_halves_spec, .flags = NULLABLE,
                 .doc = "Headers sent to the server; null clears all"),
    FIELD_BOOL(B, shared, .doc = "Whether the team shares it"),
};
#undef B
const struct spec connection_update = SPEC(struct update_body, "UpdateConnection", update_fields);

static bool take_connection(struct connection *c, const struct update_body *in)
{
    const struct v_text auth_method = { in->auth_method.is, text_of(update_auth_methods[in->auth_method.v]) };
    bool changed = take_text(&c->name, in->name);
    changed |= take_text(&c->server_url, in->server_url);
    changed |= take_text(&c->auth_method, auth_method);
    changed |= take_text(&c->composio_mcp_id, in->composio_mcp_id);
    return changed;
}

static enum err may_share_connection(const struct request *rq, const struct update_body *in)
{
    if (in->shared.is != VALUE_SET || !in->shared.v)
        return OK;
    if (rq->who.role < ROLE_MANAGER)
        return ERR_SHARING_NEEDS_MANAGER;
    return rq->who.sharing ? OK : ERR_SHARING_IS_OFF;
}

static bool take_connection_sharing(const struct request *rq, struct connection *c, const struct update_body *in)
{
    if (in->shared.is != VALUE_SET || in->shared.v == c->shared.v)
        return false;
    c->shared.v = in->shared.v;
    c->user_id = in->shared.v ? (struct v_uuid){ .is = VALUE_NULL } : SET_UUID(rq->who.user_id);
    query_change(rq->db, SQL_CONNECTION_GIVE, WITH(&c->id.v, c->user_id));
    return true;
}

enum err connections_update(struct request *rq, struct reply *rp)
{
    const struct connection_path *path = rq->path;
    const struct update_body *in = rq->input;
    struct connection *c = REQUEST_NEW(rq, struct connection);
    rp->object = c;
    enum err err = credentials_judge(rq, &in->headers);
    if (err == OK)
        err = may_share_connection(rq, in);
    if (err == OK)
        err = connection_find_to_change(rq, &path->connection_id.v, c);
    bool headers_changed = false;
    if (err == OK)
        err = credentials_update(rq, &c->id.v, &in->headers, &headers_changed, &c->has_headers.v);
    if (err != OK)
        return err;
    bool changed = take_connection(c, in);
    changed |= take_connection_sharing(rq, c, in);
    if (!changed && !headers_changed)
        return OK;
    c->updated_at = SET_TIME(rq->now);
    connection_save(rq->db, c);
    publish_connection(rq, c);
    return OK;
}

/* ---- delete -------------------------------------------------------------------------------------------- */

/* Reads no more of it than that takes. */
static enum err may_delete(struct request *rq, const struct uuid *id)
{
    const struct param *key = WITH(id, &rq->who.team_id, &rq->who.user_id, rq->who.sharing);
    QUERY q = query_with(rq->db, SQL_CONNECTION_WHOSE, key);
    if (!query_row(&q))
        return ERR_CONNECTION_NOT_FOUND;
    const struct v_uuid created_by = { col_is_null(&q, 1) ? VALUE_NULL : VALUE_SET, col_uuid(&q, 1) };
    return may_change(rq, col_int(&q, 0), created_by);
}

enum err connections_delete(struct request *rq, struct reply *rp)
{
    const struct connection_path *path = rq->path;
    const struct uuid *id = &path->connection_id.v;
    const enum err err = may_delete(rq, id);
    if (err != OK)
        return err;
    publish_connection_leaves(rq, id);
    query_change(rq->db, SQL_CONNECTION_DELETE, WITH(id));
    rp->object = done(rq, "Connection deleted successfully");
    return OK;
}
