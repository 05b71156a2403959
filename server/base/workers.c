#include "base/workers.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/memory.h"

#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { LOW_PRIORITY = 10 };

struct job {
    struct job *next;
    void (*work)(void *cls);
    void *cls;
};

/* A place for a thread. One that ended is joined when its place is wanted again, or at the end. */
struct worker_slot {
    struct workers *owner;
    pthread_t thread;
    enum { SLOT_FREE, SLOT_ALIVE, SLOT_ENDED } state;
};

/* `idle` counts threads that were started and have no work yet, too: each of them will take a job. */
struct workers {
    pthread_mutex_t lock;
    pthread_cond_t arrived, emptied;
    struct job *first, **last;
    unsigned queued, idle, busy, alive;
    unsigned max_threads, max_queued, idle_ms;
    bool closed, stop, stands_back;
    struct worker_slot slots[];
};

struct workers *workers_new(unsigned threads, unsigned queue, unsigned idle_ms)
{
    struct workers *w = calloc(1, sizeof *w + threads * sizeof w->slots[0]);
    pthread_condattr_t attributes;
    if (!w)
        die("no memory for workers");
    w->last = &w->first;
    w->max_threads = threads;
    w->max_queued = queue;
    w->idle_ms = idle_ms;
    pthread_mutex_init(&w->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&w->arrived, &attributes);
    pthread_condattr_destroy(&attributes);
    pthread_cond_init(&w->emptied, NULL);
    return w;
}

void workers_stand_back(struct workers *w)
{
    w->stands_back = true;
}

/* ---- a thread ------------------------------------------------------------------------------------------- */

/* With the lock held: waits for a job; false when this thread is to end. */
static bool wait_for_job(struct workers *w)
{
    const int64_t until_us = clock_steady_us() + (int64_t)w->idle_ms * 1000;
    const struct timespec until = { .tv_sec = until_us / 1000000, .tv_nsec = until_us % 1000000 * 1000 };
    while (!w->first && !w->stop)
        if (pthread_cond_timedwait(&w->arrived, &w->lock, &until) == ETIMEDOUT && !w->first)
            return false;
    return w->first != NULL;
}

static struct job *take_job(struct workers *w)
{
    struct job *job = w->first;
    w->first = job->next;
    if (!w->first)
        w->last = &w->first;
    w->queued--;
    return job;
}

/* With the lock held, which is given up meanwhile. */
static void do_job(struct workers *w)
{
    struct job *job = take_job(w);
    w->idle--;
    w->busy++;
    pthread_mutex_unlock(&w->lock);
    job->work(job->cls);
    free(job);
    pthread_mutex_lock(&w->lock);
    w->busy--;
    w->idle++;
    if (!w->queued && !w->busy)
        pthread_cond_broadcast(&w->emptied);
}

static void *run_worker(void *cls)
{
    struct worker_slot *slot = cls;
    struct workers *w = slot->owner;
    if (w->stands_back)
        setpriority(PRIO_PROCESS, (id_t)gettid(), LOW_PRIORITY); /* Linux: of this thread alone */
    pthread_mutex_lock(&w->lock);
    while (wait_for_job(w))
        do_job(w);
    w->idle--;
    w->alive--;
    slot->state = SLOT_ENDED;
    if (!w->alive)
        pthread_cond_broadcast(&w->emptied);
    pthread_mutex_unlock(&w->lock);
    arena_trim();
    return NULL;
}

/* ---- everybody else ------------------------------------------------------------------------------------- */

/* A thread that ended needs no lock any more, so that it may be waited for with the lock held. */
static void slot_clear(struct worker_slot *slot)
{
    if (slot->state == SLOT_ENDED)
        pthread_join(slot->thread, NULL);
    slot->state = SLOT_FREE;
}

/* With the lock held. */
static void start_thread(struct workers *w)
{
    struct worker_slot *slot = w->slots;
    while (slot->state == SLOT_ALIVE)
        slot++;
    slot_clear(slot);
    slot->owner = w;
    if (pthread_create(&slot->thread, NULL, run_worker, slot) != 0)
        return;
    slot->state = SLOT_ALIVE;
    w->alive++;
    w->idle++;
}

/* With the lock held. */
static bool has_room(struct workers *w)
{
    if (w->closed)
        return false;
    if (w->queued >= w->idle && w->alive < w->max_threads)
        start_thread(w);
    return w->alive > 0 && w->queued < w->idle + w->max_queued;
}

static void put_job(struct workers *w, void (*work)(void *cls), void *cls)
{
    struct job *job = memory_kept(sizeof *job);
    *job = (struct job){ NULL, work, cls };
    *w->last = job;
    w->last = &job->next;
    w->queued++;
    pthread_cond_signal(&w->arrived);
}

bool workers_submit(struct workers *w, void (*work)(void *cls), void *cls)
{
    pthread_mutex_lock(&w->lock);
    const bool room = has_room(w);
    if (room)
        put_job(w, work, cls);
    pthread_mutex_unlock(&w->lock);
    return room;
}

void workers_drain(struct workers *w)
{
    pthread_mutex_lock(&w->lock);
    w->closed = true;
    while (w->queued || w->busy)
        pthread_cond_wait(&w->emptied, &w->lock);
    pthread_mutex_unlock(&w->lock);
}

static void end_threads(struct workers *w)
{
    pthread_mutex_lock(&w->lock);
    w->stop = true;
    pthread_cond_broadcast(&w->arrived);
    while (w->alive)
        pthread_cond_wait(&w->emptied, &w->lock);
    for (unsigned i = 0; i < w->max_threads; i++)
        slot_clear(&w->slots[i]);
    pthread_mutex_unlock(&w->lock);
}

void workers_free(struct workers *w)
{
    if (!w)
        return;
    workers_drain(w);
    end_threads(w);
    pthread_mutex_destroy(&w->lock);
    pthread_cond_destroy(&w->arrived);
    pthread_cond_destroy(&w->emptied);
    free(w);
}

unsigned workers_threads(struct workers *w)
{
    pthread_mutex_lock(&w->lock);
    const unsigned alive = w->alive;
    pthread_mutex_unlock(&w->lock);
    return alive;
}
