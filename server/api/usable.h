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

#endif
