#include "api/connections.h"

#include "api/credentials.h"
#include "api/handlers.h"
#include "api/take.h"
#include "base/clock.h"
#include "cli/config.h"
#include "space/ids.h"
#include "base/limit.h"
#include "store/query.h"

const char *const auth_methods[] = { "url", "apikey", "headers", "oauth", NULL };
const char *const transport_types[] = { "stdio", "sse", "http", NULL };

/* ---- the object ---------------------------------------------------------------------------------------- */

#define C struct connection
static const struct field connection_fields[] = {
    FIELD_UUID(C, id, .column = "id", .flags = REQUIRED, .doc = "Connection ID"),
    FIELD_TEXT(C, name, .column = "name", .flags = REQUIRED, .doc = "Display name", .example = "\"Internal Tools\""),
    FIELD_TEXT(C, type, .column = "type", .flags = REQUIRED, .doc = "Integration type", .example = "\"custom_mcp\""),
    FIELD_TEXT(C, provider, .column = "provider", .flags = REQUIRED,
               .doc = "Who provides it: user, native, composio or default", .example = "\"user\""),
    FIELD_UUID(C, user_id, .column = "user_id", .flags = REQUIRED | NULLABLE,
               .doc = "Whose it is; null when it is shared with the team"),
    FIELD_UUID(C, team_id, .column = "team_id", .flags = REQUIRED, .doc = "The team it belongs to"),
    FIELD_URL(C, server_url, .column = "server_url", .doc = "MCP server URL",
              .example = "\"https://mcp.internal.acme.com\""),
    FIELD_ENUM(C, transport_type, .column = "transport_type", .names = transport_types, .doc = "MCP transport"),
    FIELD_TEXT(C, auth_method, .column = "auth_method", .flags = NULLABLE, .doc = "How it authenticates",
               .example = "\"headers\""),
    FIELD_TEXT(C, composio_mcp_id, .column = "composio_mcp_id", .flags = REQUIRED | NULLABLE | ONLY_V1,
               .doc = "Composio's id of the MCP server behind it"),
    FIELD_UUID(C, custom_integration_id, .column = "custom_integration_id", .flags = NULLABLE,
               .doc = "The custom integration it was made from"),
    FIELD_TEXT(C, icon_url, .column = "icon_url", .flags = NULLABLE, .doc = "Icon"),
    FIELD_TEXT(C, oauth_provider, .column = "oauth_provider", .flags = NULLABLE, .doc = "OAuth provider"),
    FIELD_TEXT(C, oauth_provider_key, .column = "oauth_provider_key", .flags = NULLABLE | ONLY_V2,
               .doc = "Slug of the OAuth provider"),
    FIELD_TEXTS(C, oauth_scopes, .column = "oauth_scopes", .flags = NULLABLE, .doc = "Scopes that were granted"),
    FIELD_BOOL(C, has_headers, .column = "has_headers", .doc = "Whether headers are configured"),
    FIELD_BOOL(C, has_oauth_tokens, .column = "has_oauth_tokens", .doc = "Whether an OAuth flow was completed"),
    FIELD_TEXT(C, integration_id, .column = "integration_id", .flags = NULLABLE, .doc = "The catalog's integration"),
    FIELD_BOOL(C, shared, .column = "user_id IS NULL", .flags = DERIVED, .doc = "Whether the team shares it"),
    FIELD_UUID(C, created_by, .column = "created_by", .flags = NULLABLE, .doc = "Who made it"),
    FIELD_TIME(C, broken_at, .column = "broken_at", .flags = NULLABLE | ONLY_V2, .doc = "When it stopped working"),
    FIELD_TEXT(C, broken_reason, .column = "broken_reason", .flags = NULLABLE | ONLY_V2, .doc = "Why it stopped"),
    FIELD_TIME(C, created_at, .column = "created_at", .flags = REQUIRED, .doc = "When it was made"),
    FIELD_TIME(C, updated_at, .column = "updated_at", .flags = REQUIRED, .doc = "When it was last changed"),
};
#undef C
const struct spec connection_spec =
    SPEC_WITH(struct connection, "Connection", connection_fields, .doc = "A person's or a team's authorized account.");

static const struct field connection_path_fields[] = {
    FIELD_UUID(struct connection_path, connection_id, .flags = REQUIRED, .doc = "Connection ID"),
};
const struct spec connection_path = SPEC(struct connection_path, "ConnectionPath", connection_path_fields);

bool connection_find(struct request *rq, const struct uuid *id, struct connection *ret)
{
    QUERY q = query(rq->db, SQL_CONNECTION_GET);
    bind_uuid(&q, id);
    bind_uuid(&q, &rq->who.team_id);
    bind_uuid(&q, &rq->who.user_id);
    bind_int(&q, rq->who.sharing);
    if (!query_row(&q))
        return false;
    col_row(&q, 0, &connection_spec, rq->arena, ret);
    return true;
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
}

static bool insert(struct db *db, const struct connection *connection)
{
    QUERY q = query(db, SQL_CONNECTION_INSERT);
    bind_row(&q, &connection_spec, connection);
    bind_int(&q, clock_ticket());
    return query_try(&q);
}

void connection_save(struct db *db, const struct connection *connection)
{
    QUERY q = query(db, SQL_CONNECTION_UPDATE);
    bind_row(&q, &connection_spec, connection);
    query_run(&q);
}

static void note_headers(struct db *db, const struct uuid *id)
{
    QUERY q = query(db, SQL_CONNECTION_NOTE_HEADERS);
    bind_uuid(&q, id);
    query_run(&q);
}

enum err connection_store(struct request *rq, struct connection *connection, const struct header_halves *headers)
{
    bool changed = false;
    connection->has_headers = SET_BOOL(false);
    if (!insert(rq->db, connection))
        return ERR_INTERNAL;
    const enum err err = credentials_update(rq, &connection->id.v, headers, &changed, &connection->has_headers.v);
    if (err == OK && connection->has_headers.v)
        note_headers(rq->db, &connection->id.v);
    return err;
}

enum err connection_find_to_change(struct request *rq, const struct uuid *id, struct connection *ret)
{
    if (!connection_find(rq, id, ret))
        return ERR_CONNECTION_NOT_FOUND;
    const bool mine = ret->created_by.is == VALUE_SET && uuid_eq(&ret->created_by.v, &rq->who.user_id);
    const bool personal = ret->user_id.is == VALUE_SET;
    return personal || mine || rq->who.role >= ROLE_MANAGER ? OK : ERR_SHARED_READ_ONLY;
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
    FIELD_TEXT(B, name, .flags = REQUIRED, .min = 1, .max = LIMIT_NAME, .doc = "Display name",
               .example = "\"Internal Tools\""),
    FIELD_URL(B, server_url, .max = LIMIT_URL, .doc = "MCP server URL", .example = "\"https://mcp.internal.acme.com\""),
    FIELD_TEXT(B, type, .fallback = "\"custom_mcp\"", .max = LIMIT_SLUG, .doc = "Integration type"),
    FIELD_ENUM(B, provider, .flags = REQUIRED, .names = only_user,
               .doc = "Only user-provided connections are made here"),
    FIELD_ENUM(B, auth_method, .flags = REQUIRED, .names = auth_methods, .alias = "api_key", .alias_of = 1,
               .doc = "How it authenticates; `url` is not at all", .example = "\"headers\""),
    FIELD_UUID(B, custom_integration_id, .doc = "Custom integration that it is made from"),
    FIELD_OBJECT(B, headers, struct header_halves, .sub = &header_halves_spec, .doc = "Headers sent to the server"),
};
#undef B
const struct spec connection_create = SPEC(struct create_body, "CreateConnection", create_fields);

static bool custom_integration_exists(struct request *rq, const struct uuid *id)
{
    QUERY q = query(rq->db, SQL_CUSTOM_INTEGRATION_EXISTS);
    bind_uuid(&q, id);
    bind_uuid(&q, &rq->who.team_id);
    return query_row(&q);
}

/* An optional id becomes null when it was not sent. */
static struct v_uuid or_null(struct v_uuid id)
{
    return id.is == VALUE_SET ? id : (struct v_uuid){ .is = VALUE_NULL };
}

static struct connection from_body(struct request *rq, const struct create_body *in)
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
    if (in->custom_integration_id.is == VALUE_SET && !custom_integration_exists(rq, &in->custom_integration_id.v))
        return ERR_INTEGRATION_NOT_FOUND;
    *made = from_body(rq, in);
    rp->object = made;
    return connection_store(rq, made, &in->headers);
}

/* ---- get ----------------------------------------------------------------------------------------------- */

enum err connections_get(struct request *rq, struct reply *rp)
{
    const struct connection_path *path = rq->path;
    struct connection *found = REQUEST_NEW(rq, struct connection);
    rp->object = found;
    return connection_find(rq, &path->connection_id.v, found) ? OK : ERR_CONNECTION_NOT_FOUND;
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
    FIELD_TEXT(B, name, .min = 1, .max = LIMIT_NAME, .doc = "Display name", .example = "\"Internal Tools\""),
    FIELD_URL(B, server_url, .max = LIMIT_URL, .doc = "MCP server URL", .example = "\"https://mcp.internal.acme.com\""),
    FIELD_ENUM(B, auth_method, .names = update_auth_methods, .alias = "api_key", .alias_of = 2,
               .doc = "How it authenticates"),
    FIELD_TEXT(B, composio_mcp_id, .flags = NULLABLE | ONLY_V1, .max = LIMIT_SLUG,
               .doc = "Composio's id of the MCP server behind it"),
    FIELD_OBJECT(B, headers, struct header_halves, .sub = &header_halves_spec, .flags = NULLABLE,
                 .doc = "Headers sent to the server; null clears all"),
    FIELD_BOOL(B, shared, .doc = "Whether the team shares it"),
};
#undef B
const struct spec connection_update = SPEC(struct update_body, "UpdateConnection", update_fields);

static bool take_fields(struct connection *c, const struct update_body *in)
{
    const struct v_text auth_method = { in->auth_method.is, text_of(update_auth_methods[in->auth_method.v]) };
    bool changed = take_text(&c->name, in->name);
    changed |= take_text(&c->server_url, in->server_url);
    changed |= take_text(&c->auth_method, auth_method);
    changed |= take_text(&c->composio_mcp_id, in->composio_mcp_id);
    return changed;
}

static enum err may_share(const struct request *rq, const struct update_body *in)
{
    if (in->shared.is != VALUE_SET || !in->shared.v)
        return OK;
    if (rq->who.role < ROLE_MANAGER)
        return ERR_SHARING_NEEDS_MANAGER;
    return rq->who.sharing ? OK : ERR_SHARING_IS_OFF;
}

static bool take_sharing(const struct request *rq, struct connection *c, const struct update_body *in)
{
    if (in->shared.is != VALUE_SET || in->shared.v == c->shared.v)
        return false;
    c->shared.v = in->shared.v;
    c->user_id = in->shared.v ? (struct v_uuid){ .is = VALUE_NULL } : SET_UUID(rq->who.user_id);
    return true;
}

enum err connections_update(struct request *rq, struct reply *rp)
{
    const struct connection_path *path = rq->path;
    const struct update_body *in = rq->input;
    struct connection *c = REQUEST_NEW(rq, struct connection);
    rp->object = c;
    enum err err = may_share(rq, in);
    if (err == OK)
        err = connection_find_to_change(rq, &path->connection_id.v, c);
    bool headers_changed = false;
    if (err == OK)
        err = credentials_update(rq, &c->id.v, &in->headers, &headers_changed, &c->has_headers.v);
    if (err != OK)
        return err;
    bool changed = take_fields(c, in);
    changed |= take_sharing(rq, c, in);
    if (!changed && !headers_changed)
        return OK;
    c->updated_at = SET_TIME(rq->now);
    connection_save(rq->db, c);
    return OK;
}

/* ---- delete -------------------------------------------------------------------------------------------- */

struct done {
    struct v_bool success;
    struct v_text message;
};

static const struct field done_fields[] = {
    FIELD_BOOL(struct done, success, .flags = REQUIRED, .doc = "Whether it was done", .example = "true"),
    FIELD_TEXT(struct done, message, .flags = REQUIRED, .doc = "What was done, for people",
               .example = "\"Connection deleted successfully\""),
};
const struct spec done_spec = SPEC(struct done, "Done", done_fields);

const void *done(struct request *rq, const char *message)
{
    struct done *done = REQUEST_NEW(rq, struct done);
    *done = (struct done){ SET_BOOL(true), SET_TEXT(text_of(message)) };
    return done;
}

enum err connections_delete(struct request *rq, struct reply *rp)
{
    const struct connection_path *path = rq->path;
    struct connection c = { .id = { .is = VALUE_ABSENT } };
    const enum err err = connection_find_to_change(rq, &path->connection_id.v, &c);
    if (err != OK)
        return err;
    QUERY q = query(rq->db, SQL_CONNECTION_DELETE);
    bind_uuid(&q, &c.id.v);
    query_run(&q);
    rp->object = done(rq, "Connection deleted successfully");
    return OK;
}
