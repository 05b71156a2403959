#include "oauth/provider.h"

#include "base/limit.h"
#include "store/query.h"

const char *const scheme_names[] = { "OAUTH2", "OAUTH1", "API_KEY", "BEARER_TOKEN", "BASIC", NULL };

/* Slugs stand in paths as they are: the unreserved characters of RFC 3986 section 2.3. */
static const char *check_slug(struct text slug)
{
    return slug.n && text_is_made_of(slug, ASCII_ALNUM "-._~")
               ? NULL : "Invalid slug: expected letters, digits, -, ., _ and ~";
}

const char *scope_check(struct text scope)
{
    return scope.n && text_is_visible_ascii(scope) ? NULL : "Invalid scope: expected visible ASCII characters";
}

#define P struct provider
static const struct field provider_fields[] = {
    FIELD_TEXT(P, key, .column = "key", .flags = REQUIRED, .max = LIMIT_SLUG, .check = check_slug),
    FIELD_TEXTS(P, slugs, .column = "slugs", .value_max = LIMIT_SLUG, .check = check_slug),
    FIELD_TEXT(P, type, .column = "type", .flags = REQUIRED, .min = 1, .max = LIMIT_SLUG),
    FIELD_TEXT(P, name, .column = "name", .flags = REQUIRED, .min = 1, .max = LIMIT_NAME),
    FIELD_TEXT(P, client_id, .column = "client_id", .fallback = "\"duvo\"", .min = 1, .max = LIMIT_CLIENT_ID),
    FIELD_ENUM(P, outcome, .column = "outcome", .flags = NULLABLE, .names = outcome_names),
};
#undef P
const struct spec provider_spec = SPEC(struct provider, "FixtureProvider", provider_fields);

#define A struct auth_config
static const struct field auth_config_fields[] = {
    FIELD_TEXT(A, id, .column = "id", .flags = REQUIRED, .min = 1, .max = LIMIT_SLUG),
    FIELD_TEXT(A, app, .column = "app", .flags = REQUIRED, .min = 1, .max = LIMIT_SLUG),
    FIELD_ENUM(A, auth_scheme, .column = "auth_scheme", .flags = REQUIRED, .names = scheme_names),
    FIELD_TEXTS(A, oauth_scopes, .column = "oauth_scopes", .flags = NULLABLE, .value_max = LIMIT_URL,
                .check = scope_check),
    FIELD_UUID(A, team_id, .column = "team_id", .flags = NULLABLE),
    FIELD_ENUM(A, outcome, .column = "outcome", .flags = NULLABLE, .names = outcome_names),
};
#undef A
const struct spec auth_config_spec = SPEC(struct auth_config, "FixtureAuthConfig", auth_config_fields);

static const struct field scope_text_fields[] = {
    FIELD_TEXT(struct scope_text, scope, .column = "scope", .flags = REQUIRED, .check = scope_check, .max = LIMIT_URL),
    FIELD_TEXT(struct scope_text, about, .column = "about", .flags = REQUIRED, .min = 1, .max = LIMIT_NAME),
};
const struct spec scope_text_spec = SPEC(struct scope_text, "FixtureScope", scope_text_fields);

#define R struct catalog_row
static const struct field catalog_fields[] = {
    FIELD_UUID(R, id, .column = "id"),
    FIELD_TEXT(R, name, .column = "name"),
    FIELD_TEXT(R, auth_method, .column = "auth_method", .flags = NULLABLE),
    FIELD_TEXT(R, icon_url, .column = "icon_url", .flags = NULLABLE),
    FIELD_TEXT(R, oauth_provider, .column = "oauth_provider", .flags = NULLABLE),
    FIELD_TEXT(R, oauth_provider_key, .column = "oauth_provider_key", .flags = NULLABLE),
    FIELD_TEXTS(R, oauth_scopes, .column = "oauth_scopes", .flags = NULLABLE),
};
#undef R
const struct spec catalog_spec = SPEC(struct catalog_row, "CatalogRow", catalog_fields);

bool scheme_is_oauth(enum auth_scheme scheme)
{
    return scheme == SCHEME_OAUTH2 || scheme == SCHEME_OAUTH1;
}

bool provider_find(struct request *rq, struct text slug, struct provider *ret)
{
    return text_find(slug, ' ') == slug.n &&
           query_get(rq->db, SQL_PROVIDER_FIND, WITH(slug), &provider_spec, rq->arena, ret);
}

bool catalog_find(struct request *rq, struct text type, struct text provider, struct catalog_row *ret)
{
    return query_get(rq->db, SQL_CATALOG_FIND, WITH(type, provider), &catalog_spec, rq->arena, ret);
}

bool auth_config_find(struct request *rq, struct text id, struct auth_config *ret)
{
    return query_get(rq->db, SQL_AUTH_CONFIG_FIND, WITH(id, &rq->who.team_id), &auth_config_spec, rq->arena, ret);
}

bool app_is_configured(struct request *rq, struct text app)
{
    return query_finds(rq->db, SQL_AUTH_CONFIG_OF_APP, WITH(app, &rq->who.team_id));
}

struct text scope_about(struct request *rq, struct text scope)
{
    return query_text(rq->db, SQL_SCOPE_FIND, WITH(scope), rq->arena);
}
