#include "router/write_queue.h"

#include "base/clock.h"
#include "base/memory.h"
#include "router/transaction.h"

#include <pthread.h>
#include <stdlib.h>

/* More would make the first of them wait long for the last. */
enum { BATCH = 64 };

struct write_queue {
    pthread_mutex_t lock;
    pthread_cond_t arrived, emptied;
    pthread_t thread;
    struct request *first, **last;
    unsigned busy; /* who write: a worker or the thread; several workers only when closed */
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
        q->busy--;
        if (!q->first)
            pthread_cond_broadcast(&q->emptied);
    }
    pthread_mutex_unlock(&q->lock);
    arena_trim();
    return NULL;
}

struct write_queue *write_queue_start(void)
{
    struct write_queue *q = calloc(1, sizeof *q);
    if (!q)
        die("no memory for the write queue");
    q->last = &q->first;
    pthread_mutex_init(&q->lock, NULL);
    pthread_cond_init(&q->arrived, NULL);
    pthread_cond_init(&q->emptied, NULL);
    if (pthread_create(&q->thread, NULL, write_batches, q) == 0)
        return q;
    free(q);
    return NULL;
}

void write_queue_drain(struct write_queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->closed = true;
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
    free(q);
}

bool write_queue_enter(struct write_queue *q)
{
    pthread_mutex_lock(&q->lock);
    const bool free_to_write = q->closed || (!q->busy && !q->crowded && !q->first);
    q->busy += free_to_write;
    pthread_mutex_unlock(&q->lock);
    return free_to_write;
}

void write_queue_leave(struct write_queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->busy--;
    if (q->first)
        pthread_cond_signal(&q->arrived);
    else if (q->closed)
        pthread_cond_broadcast(&q->emptied);
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
