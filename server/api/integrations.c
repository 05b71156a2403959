#include "api/integrations.h"

#include "api/common.h"
#include "api/connections.h"
#include "api/handlers.h"
#include "api/publish.h"
#include "base/limit.h"
#include "space/ids.h"
#include "space/links.h"

/* In the order of the API's documents. */
const char *const integration_slugs[] = {
    "googlecalendar", "google-calendar", "gmail", "slack", "googledocs", "googlesheets", "googledrive", "firecrawl",
    "exa", "exa-search", "exa-company-search", "exa-people-search", "deep-research", "system", "browser-agent",
    "browser-agent-devtools", "notion", "linear", "confluence", "custom_mcp", "user_mcp", "snowflake", "sharepoint",
    "teams", "onedrive", "bigquery", "databricks", "netsuite", "outlook", "microsoft-calendar", "excel", "word",
    "saps4hana", "md365", "businesscentral", "oraclefusion", "workday", "coupa", "signavio", "sap-ecc", "msteams",
    "human-in-the-loop", "email-attachments-reader", "document-processor", "google-docs", "google-sheets",
    "google-drive", "outbound-call", "case-queue-producer", "case-queue-consumer", "handover", "shopify", "hubspot",
    "zendesk", "intercom", "powerbi", "salesforce", "pipedrive", "tableau", "image-generation", "forecasting",
    "supabase", "attio", "amplitude", "websets", "firecrawl-platform", "duvo-computer-use", "duvo-computer-use-rdp",
    "eu-commodity-prices", "asana", "ssh", "scheduling", "github", "linear-native", "notion-native", "granola",
    "apify", "bamboohr", NULL,
};

/* ---- what is stored -------------------------------------------------------------------------------------- */

#define I struct custom_integration
static const struct field row_fields[] = {
    FIELD_UUID(I, id, .column = "id"),
    FIELD_UUID(I, team_id, .column = "team_id"),
    FIELD_TEXT(I, name, .column = "name"),
    FIELD_ENUM(I, auth_method, .column = "auth_method", .names = auth_methods),
    FIELD_URL(I, server_url, .column = "server_url"),
    FIELD_TEXT(I, oauth_client_id, .column = "oauth_client_id"),
    FIELD_UUID(I, created_by, .column = "created_by"),
    FIELD_TIME(I, created_at, .column = "created_at"),
    FIELD_TIME(I, updated_at, .column = "updated_at"),
};
#undef I
const struct spec custom_integration_row = SPEC(struct custom_integration, "CustomIntegrationRow", row_fields);

bool custom_integration_insert(struct db *db, const struct custom_integration *custom, struct text sealed)
{
    const struct blob secret = { sealed };
    return query_insert(db, SQL_CUSTOM_INTEGRATION_INSERT, &custom_integration_row, custom, WITH(secret));
}

/* ---- list ------------------------------------------------------------------------------------------------ */

static const struct field list_fields[] = {
    LIST_ROWS("integrations", connection_spec, "The page's integrations"),
    LIST_PAGE(struct list, "Integrations in all"),
};
const struct spec integration_list = SPEC(struct list, "IntegrationList", list_fields);

/* A row of the catalog is shown as the asking team's. */
static void read_integration(struct request *rq, const struct query *q, void *ret)
{
    struct connection *integration = ret;
    col_row(q, 0, &connection_spec, rq->arena, integration);
    integration->team_id = SET_UUID(rq->who.team_id);
}

enum err integrations_list(struct request *rq, struct reply *rp)
{
    const struct page_query *in = rq->query;
    return list_page(rq, rp, &in->page, SQL_INTEGRATION_COUNT, SQL_INTEGRATION_PAGE,
                     WITH(&rq->who.team_id, in->type), &connection_spec, read_integration);
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
    FIELD_TEXT(B, name, .flags = REQUIRED, .min = 1, .max = NO_MAX, .doc = "Display name, unique in the team",
               .example = "\"Internal Tools\""),
    FIELD_ENUM(B, auth_method, .flags = REQUIRED, .names = auth_methods, .alias = "api_key", .alias_of = 1,
               .doc = "How connections to it authenticate; `url` is without authentication"),
    FIELD_URL(B, server_url, .flags = REQUIRED, .max = LIMIT_WORD, .check = links_check_user, .doc = "MCP server URL",
              .example = "\"https://mcp.internal.acme.com\""),
    FIELD_TEXT(B, oauth_client_id, .min = 1, .max = LIMIT_WORD, .doc = "Client of a server without registration"),
    FIELD_SECRET(B, oauth_client_secret, .min = 1, .max = NO_MAX,
                 .doc = "Its secret, write-only"),
};
#undef B

/* The client's two fields come together, and only with OAuth. */
static const char *check_client_fields(struct arena *arena, const void *object, struct text *ret_path)
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
    SPEC_WITH(struct create_body, "CreateCustomIntegration", create_fields, .check = check_client_fields);

static bool insert_from_body(struct request *rq, const struct uuid *id, const struct create_body *in)
{
    const struct custom_integration custom = {
        .id = SET_UUID(*id),
        .team_id = SET_UUID(rq->who.team_id),
        .name = in->name,
        .auth_method = in->auth_method,
        .server_url = in->server_url,
        .oauth_client_id = in->oauth_client_id,
        .created_by = SET_UUID(rq->who.user_id),
        .created_at = SET_TIME(rq->now),
        .updated_at = SET_TIME(rq->now),
    };
    struct text sealed = { NULL, 0 };
    if (in->oauth_client_secret.is == VALUE_SET)
        sealed = secret_seal(rq->arena, store_seal_key_of(rq->db), in->oauth_client_secret.v);
    return custom_integration_insert(rq->db, &custom, sealed);
}

enum err custom_integrations_create(struct request *rq, struct reply *rp)
{
    const struct uuid id = id_new(rq, "custom_integration");
    struct connection *made = REQUEST_NEW(rq, struct connection);
    if (!insert_from_body(rq, &id, rq->input))
        return ERR_INTEGRATION_EXISTS;
    rp->object = made;
    return query_get(rq->db, SQL_INTEGRATION_GET, WITH(&id, &rq->who.team_id), &connection_spec, rq->arena, made)
               ? OK : ERR_INTERNAL;
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

/* Whatever was made from it goes with it. */
enum err custom_integrations_delete(struct request *rq, struct reply *rp)
{
    const struct custom_integration_path *path = rq->path;
    const struct uuid *id = &path->custom_integration_id.v;
    if (!query_change(rq->db, SQL_CUSTOM_INTEGRATION_DELETE, WITH(id, &rq->who.team_id)))
        return ERR_INTEGRATION_NOT_FOUND;
    const struct v_rows gone = query_rows(rq->db, SQL_CUSTOM_INTEGRATION_CONNECTIONS, WITH(id), &connection_spec,
                                          rq->arena);
    query_change(rq->db, SQL_CUSTOM_INTEGRATION_CONNECTIONS_DELETE, WITH(id));
    for (size_t i = 0; i < gone.n; i++)
        publish_connection_deleted(rq, (const struct connection *)gone.v + i);
    rp->object = done(rq, "Custom integration deleted successfully");
    return OK;
}
