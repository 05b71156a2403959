/* Providers: the native OAuth providers and Composio's auth configs. Both are fixture data. */
#ifndef DUVO_OAUTH_PROVIDER_H
#define DUVO_OAUTH_PROVIDER_H

#include "oauth/outcome.h"

/* One provider with all the slugs that name it in URLs; `type` names the integration that its connections are of. */
struct provider {
    struct v_text key;
    struct v_texts slugs;
    struct v_text type, name, client_id;
    struct v_enum outcome;
};

struct auth_config {
    struct v_text id, app;
    struct v_enum auth_scheme;
    struct v_texts oauth_scopes;
    struct v_uuid team_id; /* null: every team's */
    struct v_enum outcome;
};

struct scope_text {
    struct v_text scope, about;
};

/* Composio's schemes, in the order of scheme_names. */
enum auth_scheme { SCHEME_OAUTH2, SCHEME_OAUTH1, SCHEME_API_KEY, SCHEME_BEARER_TOKEN, SCHEME_BASIC };

extern const char *const scheme_names[]; /* ends with NULL */
extern const struct spec provider_spec, auth_config_spec, scope_text_spec, catalog_spec;

/* The catalog's integration that connections of a type are made of. */
struct catalog_row {
    struct v_uuid id;
    struct v_text name, auth_method, icon_url, oauth_provider, oauth_provider_key;
    struct v_texts oauth_scopes;
};

bool scheme_is_oauth(enum auth_scheme scheme);
/* By key or slug. False when there is none. */
bool provider_find(struct request *rq, struct text slug, struct provider *ret);
/* `provider` is the catalog's: native or composio. */
bool catalog_find(struct request *rq, struct text type, struct text provider, struct catalog_row *ret);
/* One that the team may use. */
bool auth_config_find(struct request *rq, struct text id, struct auth_config *ret);
/* Whether the team has an auth config for the app. */
bool app_is_configured(struct request *rq, struct text app);
/* What the scope lets its holder do, or the unset text. */
struct text scope_about(struct request *rq, struct text scope);
/* NULL, or what is wrong with a scope: they are separated by blanks (RFC 6749 section 3.3). */
const char *scope_check(struct text scope);

#endif
