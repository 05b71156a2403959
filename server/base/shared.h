/* Shared: bytes that several hold on to, in any threads. The first holder is who made them; the last one's release
 * drops them. What has it as its first member says how. */
#ifndef DUVO_BASE_SHARED_H
#define DUVO_BASE_SHARED_H

#include <stdatomic.h>
#include <stddef.h>

struct shared {
    atomic_uint holders;
    void (*drop)(struct shared *shared);
};

static inline struct shared *shared_hold(struct shared *shared)
{
    atomic_fetch_add(&shared->holders, 1);
    return shared;
}

/* NULL is accepted. */
static inline void shared_release(struct shared *shared)
{
    if (shared && atomic_fetch_sub(&shared->holders, 1) == 1)
        shared->drop(shared);
}

#endif
