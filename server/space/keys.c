#include "space/keys.h"

#include "base/memory.h"

#include <stdlib.h>

struct space_key {
    struct space_key *next;
    struct kept kept;
    struct space *space;
};

static size_t bucket_of(const struct kept *kept)
{
    return (kept->hash.b[0] | (unsigned)kept->hash.b[1] << 8) % SPACE_KEY_BUCKETS;
}

void space_keys_add(struct space_keys *keys, const struct kept *kept, struct space *space)
{
    struct space_key **bucket = &keys->buckets[bucket_of(kept)], *key = memory_kept(sizeof *key);
    *key = (struct space_key){ *bucket, *kept, space };
    *bucket = key;
    keys->count++;
    keys->old_count += kept->kind == KEPT_FILE;
}

struct space *space_keys_find(const struct space_keys *keys, const struct kept *kept)
{
    const struct space_key *key = keys->buckets[bucket_of(kept)];
    while (key && !kept_eq(&key->kept, kept))
        key = key->next;
    return key ? key->space : NULL;
}

static void take_off(struct space_keys *keys, struct space_key **at)
{
    struct space_key *key = *at;
    *at = key->next;
    keys->count--;
    keys->old_count -= key->kept.kind == KEPT_FILE;
    free(key);
}

struct space *space_keys_take(struct space_keys *keys, const struct kept *kept)
{
    struct space_key **at = &keys->buckets[bucket_of(kept)];
    while (*at && !kept_eq(&(*at)->kept, kept))
        at = &(*at)->next;
    struct space *space = *at ? (*at)->space : NULL;
    if (*at)
        take_off(keys, at);
    return space;
}

void space_keys_drop(struct space_keys *keys, const struct space *space)
{
    for (size_t i = 0; i < SPACE_KEY_BUCKETS; i++)
        for (struct space_key **at = &keys->buckets[i]; *at;)
            if (!space || (*at)->space == space)
                take_off(keys, at);
            else
                at = &(*at)->next;
}
