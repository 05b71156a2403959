/* Keys that name a space, each as it is kept. No lock: the directory holds one of its own. */
#ifndef DUVO_SPACE_KEYS_H
#define DUVO_SPACE_KEYS_H

#include "base/kept.h"

#include <stdatomic.h>

struct space;

enum { SPACE_KEY_BUCKETS = 1024 };

struct space_keys {
    struct space_key *buckets[SPACE_KEY_BUCKETS];
    atomic_size_t count, old_count; /* of them, those that an older version has kept; read without the lock */
};

void space_keys_add(struct space_keys *keys, const struct kept *kept, struct space *space);
/* The space of the key, or NULL. */
struct space *space_keys_find(const struct space_keys *keys, const struct kept *kept);
/* The same, and the key is no more. */
struct space *space_keys_take(struct space_keys *keys, const struct kept *kept);
/* Drops the space's; all, when it is NULL. */
void space_keys_drop(struct space_keys *keys, const struct space *space);

#endif
