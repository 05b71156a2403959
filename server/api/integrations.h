/* Integrations: the services that connections lead to. The catalog is fixture data; custom ones are a team's own. */
#ifndef DUVO_API_INTEGRATIONS_H
#define DUVO_API_INTEGRATIONS_H

#include "request/request.h"

/* The slugs of the API's own integrations: the types of the built-in catalog; NULL follows the last. */
extern const char *const integration_slugs[];

/* A custom one as it is stored, without the secret of its OAuth client. */
struct custom_integration {
    struct v_uuid id, team_id;
    struct v_text name;
    struct v_enum auth_method;
    struct v_text server_url, oauth_client_id;
    struct v_uuid created_by;
    struct v_time created_at, updated_at;
};

extern const struct spec custom_integration_row;

/* `sealed`: the secret, or the unset text. False when the id is taken, or the name in the team, or there is no such
 * team. */
bool custom_integration_insert(struct db *db, const struct custom_integration *custom, struct text sealed);

#endif
