/* Organizations: who is in one, as what, and its teams. What a person may do in one follows from their memberships,
 * whatever team the key is of. */
#ifndef DUVO_API_ORGANIZATIONS_H
#define DUVO_API_ORGANIZATIONS_H

#include "request/request.h"

/* How a team or an organization is found by those outside of it: they ask to join, or join. */
enum discovery_mode { DISCOVERY_REQUEST, DISCOVERY_AUTO };
extern const char *const discovery_modes[]; /* the same order; ends with NULL */

enum organization_role { ORGANIZATION_OWNER, ORGANIZATION_ADMIN, ORGANIZATION_EXECUTIVE, ORGANIZATION_MEMBER };
extern const char *const organization_roles[]; /* the same order; ends with NULL */

extern const struct spec organization_spec, organization_role_spec, organization_team_spec;

#endif
