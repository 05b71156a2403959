#include "router/write_queue.h"

#include "base/clock.h"
#include "base/memory.h"
#include "router/transaction.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

/* More would make the first of them wait long for the last. */
enum { BATCH = 64 };
/* What a sleep costs that is over at once. */
enum { SPIN_US = 20 };

struct write_queue {
    pthread_mutex_t lock;
    pthread_cond_t arrived, emptied;
    pthread_cond_t left;  /* nobody writes any more, told to one of those that wait for their turn where they are: */
    unsigned waiting;     /* workers */
    int64_t patience_us;  /* of each; 0: none waits so */
    pthread_t thread;
    struct request *first, **last;
    atomic_uint busy; /* who write: a worker or the thread; several workers only when closed */
    bool crowded; /* the last batch was more than one: then even a write that finds nobody writing had better wait */
    bool closed; /* nothing is queued any more */
    bool stop;
};

/* With the lock held. */
static struct request *take_batch(struct write_queue *q)
{
    struct request *batch = q->first, **end = &q->first;
    for (size_t i = 0; i < BATCH && *end; i++)
        end = &(*end)->next;
    q->first = *end;
    *end = NULL;
    if (!q->first)
        q->last = &q->first;
    q->crowded = batch->next != NULL;
    return batch;
}

/* With the lock held: whoever wrote is done. A worker that waits came before those in the queue. */
static void pass_turn(struct write_queue *q)
{
    q->busy--;
    if (q->waiting)
        pthread_cond_signal(&q->left);
    else if (q->first)
        pthread_cond_signal(&q->arrived);
    else if (q->closed)
        pthread_cond_broadcast(&q->emptied);
}

/* A request may be gone as soon as it was woken. */
static void wake_all(struct request *batch)
{
    for (struct request *rq = batch, *next; rq; rq = next) {
        next = rq->next;
        rq->waiter.wake(rq->waiter.cls);
    }
}

static void *write_batches(void *cls)
{
    struct write_queue *q = cls;
    pthread_mutex_lock(&q->lock);
    while (!q->stop || q->first) {
        while (!q->stop && (!q->first || q->busy))
            pthread_cond_wait(&q->arrived, &q->lock);
        if (!q->first)
            continue;
        struct request *batch = take_batch(q);
        q->busy++;
        pthread_mutex_unlock(&q->lock);
        run_together(batch);
        wake_all(batch);
        pthread_mutex_lock(&q->lock);
        pass_turn(q);
    }
    pthread_mutex_unlock(&q->lock);
    arena_trim();
    return NULL;
}

struct write_queue *write_queue_start(int64_t patience_us)
{
    struct write_queue *q = calloc(1, sizeof *q);
    pthread_condattr_t steady;
    if (!q)
        die("no memory for the write queue");
    q->last = &q->first;
    q->patience_us = patience_us;
    pthread_mutex_init(&q->lock, NULL);
    pthread_cond_init(&q->arrived, NULL);
    pthread_cond_init(&q->emptied, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&q->left, &steady);
    pthread_condattr_destroy(&steady);
    if (pthread_create(&q->thread, NULL, write_batches, q) == 0)
        return q;
    free(q);
    return NULL;
}

void write_queue_drain(struct write_queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->closed = true;
    pthread_cond_broadcast(&q->left);
    while (q->first || q->busy)
        pthread_cond_wait(&q->emptied, &q->lock);
    pthread_mutex_unlock(&q->lock);
}

void write_queue_stop(struct write_queue *q)
{
    if (!q)
        return;
    pthread_mutex_lock(&q->lock);
    q->stop = true;
    pthread_cond_signal(&q->arrived);
    pthread_mutex_unlock(&q->lock);
    pthread_join(q->thread, NULL);
    pthread_mutex_destroy(&q->lock);
    pthread_cond_destroy(&q->arrived);
    pthread_cond_destroy(&q->emptied);
    pthread_cond_destroy(&q->left);
    free(q);
}

/* Most writes are over sooner than a thread is put to sleep and woken. */
static void spin(const struct write_queue *q, int64_t until_us)
{
    while (atomic_load(&q->busy) && clock_steady_us() < until_us)
        continue;
}

/* With the lock held, which it gives up meanwhile: whether nobody writes any more. */
static bool wait_for_turn(struct write_queue *q)
{
    const int64_t now_us = clock_steady_us(), until_us = now_us + q->patience_us;
    pthread_mutex_unlock(&q->lock);
    spin(q, now_us + SPIN_US);
    pthread_mutex_lock(&q->lock);
    const struct timespec until = { .tv_sec = until_us / 1000000, .tv_nsec = until_us % 1000000 * 1000 };
    int code = 0;
    q->waiting++;
    while (q->busy && !q->closed && code != ETIMEDOUT)
        code = pthread_cond_timedwait(&q->left, &q->lock, &until);
    q->waiting--;
    return !q->busy || q->closed;
}

/* With the lock held. Those in the queue are not overtaken; where nobody has to wait for a commit's price to be shared,
 * what came together before means nothing. */
static bool may_write(struct write_queue *q)
{
    if (q->closed)
        return true;
    if (q->first || (q->crowded && !q->patience_us))
        return false;
    return !q->busy || (q->patience_us && wait_for_turn(q));
}

bool write_queue_enter(struct write_queue *q)
{
    pthread_mutex_lock(&q->lock);
    const bool free_to_write = may_write(q);
    q->busy += free_to_write;
    pthread_mutex_unlock(&q->lock);
    return free_to_write;
}

void write_queue_leave(struct write_queue *q)
{
    pthread_mutex_lock(&q->lock);
    pass_turn(q);
    pthread_mutex_unlock(&q->lock);
}

bool write_queue_is_open(struct write_queue *q)
{
    if (!q)
        return false;
    pthread_mutex_lock(&q->lock);
    const bool open = !q->closed;
    pthread_mutex_unlock(&q->lock);
    return open;
}

void write_queue_add(struct write_queue *q, struct request *rq)
{
    pthread_mutex_lock(&q->lock);
    rq->queued_us = clock_steady_us();
    rq->next = NULL;
    *q->last = rq;
    q->last = &rq->next;
    if (!q->busy)
        pthread_cond_signal(&q->arrived);
    pthread_mutex_unlock(&q->lock);
}
