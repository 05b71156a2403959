#include "outbound.h"

#include "base/arena.h"
#include "limit.h"

#include <pthread.h>
#include <stdlib.h>

struct job {
    struct job *next;
    void (*work)(void *cls);
    void *cls;
};

struct outbound {
    enum outbound_mode mode;
    pthread_mutex_t lock;
    pthread_cond_t arrived, finished;
    struct job *first, **last;
    size_t waiting, threads, idle, busy;
    bool draining;
    pthread_t ids[LIMIT_OUTBOUND_THREADS];
};

static void *run(void *cls)
{
    struct outbound *pool = cls;
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (!pool->first && !pool->draining) {
            pool->idle++;
            pthread_cond_wait(&pool->arrived, &pool->lock);
            pool->idle--;
        }
        struct job *job = pool->first;
        if (!job)
            break;
        pool->first = job->next;
        if (!pool->first)
            pool->last = &pool->first;
        pool->waiting--;
        pool->busy++;
        pthread_mutex_unlock(&pool->lock);
        job->work(job->cls);
        free(job);
        pthread_mutex_lock(&pool->lock);
        pool->busy--;
        pthread_cond_broadcast(&pool->finished);
    }
    pthread_mutex_unlock(&pool->lock);
    arena_trim();
    return NULL;
}

struct outbound *outbound_start(enum outbound_mode mode)
{
    struct outbound *pool = calloc(1, sizeof *pool);
    if (!pool)
        die("no memory for the outbound pool");
    pool->mode = mode;
    pool->last = &pool->first;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->arrived, NULL);
    pthread_cond_init(&pool->finished, NULL);
    return pool;
}

bool outbound_submit(struct outbound *pool, void (*work)(void *cls), void *cls)
{
    struct job *job = malloc(sizeof *job);
    if (!job)
        die("no memory for outbound work");
    *job = (struct job){ NULL, work, cls };
    pthread_mutex_lock(&pool->lock);
    const bool room = !pool->draining && pool->waiting < LIMIT_OUTBOUND_QUEUE;
    if (room) {
        *pool->last = job;
        pool->last = &job->next;
        pool->waiting++;
        if (pool->idle < pool->waiting && pool->threads < LIMIT_OUTBOUND_THREADS &&
            pthread_create(&pool->ids[pool->threads], NULL, run, pool) == 0)
            pool->threads++;
        pthread_cond_signal(&pool->arrived);
    }
    pthread_mutex_unlock(&pool->lock);
    if (!room)
        free(job);
    return room;
}

void outbound_drain(struct outbound *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->draining = true;
    pthread_cond_broadcast(&pool->arrived);
    while (pool->first || pool->busy)
        pthread_cond_wait(&pool->finished, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->threads; i++)
        pthread_join(pool->ids[i], NULL);
    pool->threads = 0;
}

void outbound_free(struct outbound *pool)
{
    if (!pool)
        return;
    pthread_mutex_destroy(&pool->lock);
    pthread_cond_destroy(&pool->arrived);
    pthread_cond_destroy(&pool->finished);
    free(pool);
}
