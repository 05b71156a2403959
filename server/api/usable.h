/* Usable connections: which one a person's runs of a build use for an integration. The person's pinned ones if there
 * are any, else the newest of their own, else a shared one; one that expired, was revoked or is broken is none. A
 * pinned one that became unusable is not replaced. */
#ifndef DUVO_API_USABLE_H
#define DUVO_API_USABLE_H

#include "store/store.h"

/* Whose connections: the team's shared ones belong to them when its organization shares. */
struct actor {
    struct uuid team_id, user_id;
    bool sharing;
};

/* The usable one of the slot; false without. */
bool usable_connection(struct db *db, const struct uuid *slot_id, const struct actor *actor, struct uuid *ret);

/* What a connection is to be of: a custom integration, or else a type, for which an OAuth provider stands, too. */
struct wanted {
    struct v_uuid custom_integration_id;
    struct v_text type, oauth_provider_key;
};

/* The same without a slot: the actor's newest, else a shared one. */
bool usable_of_kind(struct db *db, const struct wanted *wanted, const struct actor *actor, struct uuid *ret);

#endif
