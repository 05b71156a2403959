#include "base/bell.h"

#include "base/timers.h"

#include <stddef.h>

void bell_init(struct bell *bell)
{
    *bell = (struct bell){ .first = NULL };
    pthread_mutex_init(&bell->lock, NULL);
}

void bell_clear(struct bell *bell)
{
    pthread_mutex_destroy(&bell->lock);
}

uint64_t bell_rung(struct bell *bell)
{
    return bell->rung;
}

/* With the lock held; false when it was woken already. */
static bool unlink_it(struct listener *listener)
{
    if (!listener->link)
        return false;
    *listener->link = listener->next;
    if (listener->next)
        listener->next->link = listener->link;
    listener->link = NULL;
    listener->bell->listeners--;
    return true;
}

/* Who listens enters the list before it looks for rings, who rings counts before it looks into the list: one of the two
 * sees the other. Those who are taken off the list are this thread's to wake; nobody else touches them before. */
void bell_ring(struct bell *bell)
{
    bell->rung++;
    if (!bell->listeners)
        return;
    pthread_mutex_lock(&bell->lock);
    struct listener *woken = bell->first;
    for (struct listener *one = woken; one; one = one->next)
        one->link = NULL;
    bell->first = NULL;
    bell->listeners = 0;
    pthread_mutex_unlock(&bell->lock);
    for (struct listener *next; woken; woken = next) {
        next = woken->next;
        woken->wake(woken->cls); /* it may be gone now */
    }
}

static void on_time(void *cls)
{
    struct listener *listener = cls;
    pthread_mutex_lock(&listener->bell->lock);
    const bool waited = unlink_it(listener);
    pthread_mutex_unlock(&listener->bell->lock);
    if (waited)
        listener->wake(listener->cls);
}

bool bell_listen(struct bell *bell, uint64_t heard, struct timers *timers, int64_t due_us, void (*wake)(void *cls),
                 void *cls, struct listener *listener)
{
    pthread_mutex_lock(&bell->lock);
    bell->listeners++;
    const bool silent = bell->rung == heard;
    if (!silent) {
        bell->listeners--;
    } else {
        *listener = (struct listener){ bell, timers, bell->first, &bell->first, wake, cls };
        if (bell->first)
            bell->first->link = &listener->next;
        bell->first = listener;
    }
    pthread_mutex_unlock(&bell->lock);
    if (silent)
        timers_add(timers, due_us, on_time, listener);
    return silent;
}

void bell_leave(struct listener *listener)
{
    if (!listener->bell)
        return;
    timers_remove(listener->timers, on_time, listener);
    pthread_mutex_lock(&listener->bell->lock);
    unlink_it(listener);
    pthread_mutex_unlock(&listener->bell->lock);
    listener->bell = NULL;
}
