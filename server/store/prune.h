/* Prune: rows that nobody needs any more go now and then, because looking for them at every call would cost more than
 * they do. */
#ifndef DUVO_STORE_PRUNE_H
#define DUVO_STORE_PRUNE_H

#include "store/query.h"

/* Runs a statement that deletes, and has one number for its parameter, at every 64th call with it; the first counts. */
void prune(struct db *db, enum sql which, int64_t parameter);

#endif
