/* Bell: several listeners wait for it, each until it rings or until a time of its own, whichever comes first.
 *
 * Nobody polls: a listener costs nothing while nothing rings, and is woken once. It looks first and listens then,
 * so it passes the number of rings at the time of its look: a ring in between is not missed. */
#ifndef DUVO_BASE_BELL_H
#define DUVO_BASE_BELL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct timers;
struct bell;

/* Zeroed at first. It stays where it is from bell_listen until bell_leave. */
struct listener {
    struct bell *bell;
    struct timers *timers;
    struct listener *next, **link; /* link NULL: it was woken */
    void (*wake)(void *cls);
    void *cls;
};

struct bell {
    pthread_mutex_t lock;
    atomic_uint_fast64_t rung;
    atomic_uint listeners; /* in the list: whoever rings for nobody takes no lock */
    struct listener *first;
};

void bell_init(struct bell *bell);
/* When nobody listens. */
void bell_clear(struct bell *bell);
/* How often it has rung. */
uint64_t bell_rung(struct bell *bell);
/* Wakes all who listen; they do not listen any more. One who begins to listen meanwhile may be woken, too. */
void bell_ring(struct bell *bell);
/* Calls wake(cls) in any thread, once, and perhaps before this returns, which the listener must outlive: when it rings,
 * or at `due_us` by clock_steady_us (at once when the timers are drained). False when it has rung more than `heard`
 * times already: then nobody is woken, and nobody listens. */
bool bell_listen(struct bell *bell, uint64_t heard, struct timers *timers, int64_t due_us, void (*wake)(void *cls),
                 void *cls, struct listener *listener);
/* After it was woken, or to give up waiting: nothing refers to the listener any more. One that never listened is
 * accepted. */
void bell_leave(struct listener *listener);

#endif
