#include "base/timers.h"

#include "base/arena.h"
#include "base/clock.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

struct timer {
    int64_t due_us;
    void (*fn)(void *cls);
    void *cls;
};

/* `heap` is a binary one: the next that is due comes first. */
struct timers {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t thread;
    bool running, stop, drained;
    size_t n, room;
    struct timer *heap;
};

struct timers *timers_start(void)
{
    struct timers *t = calloc(1, sizeof *t);
    pthread_condattr_t attributes;
    if (!t)
        die("no memory for timers");
    pthread_mutex_init(&t->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&t->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    return t;
}

/* ---- the heap, with the lock held ------------------------------------------------------------------------ */

static void swap(struct timer *a, struct timer *b)
{
    const struct timer kept = *a;
    *a = *b;
    *b = kept;
}

static void push(struct timers *t, struct timer timer)
{
    if (t->n == t->room) {
        t->room = t->room ? 2 * t->room : 16;
        t->heap = realloc(t->heap, t->room * sizeof *t->heap);
        if (!t->heap)
            die("no memory for timers");
    }
    size_t i = t->n++;
    for (t->heap[i] = timer; i > 0 && t->heap[i].due_us < t->heap[(i - 1) / 2].due_us; i = (i - 1) / 2)
        swap(&t->heap[i], &t->heap[(i - 1) / 2]);
}

static struct timer pop(struct timers *t)
{
    const struct timer first = t->heap[0];
    t->heap[0] = t->heap[--t->n];
    for (size_t i = 0;;) {
        size_t least = i;
        for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < t->n; child++)
            if (t->heap[child].due_us < t->heap[least].due_us)
                least = child;
        if (least == i)
            return first;
        swap(&t->heap[i], &t->heap[least]);
        i = least;
    }
}

/* ---- the thread ------------------------------------------------------------------------------------------ */

static void wait_until(struct timers *t, int64_t due_us)
{
    const struct timespec at = { .tv_sec = due_us / 1000000, .tv_nsec = due_us % 1000000 * 1000 };
    pthread_cond_timedwait(&t->changed, &t->lock, &at);
}

static void *run(void *cls)
{
    struct timers *t = cls;
    pthread_mutex_lock(&t->lock);
    while (!t->stop) {
        if (!t->n) {
            pthread_cond_wait(&t->changed, &t->lock);
        } else if (t->heap[0].due_us > clock_steady_us()) {
            wait_until(t, t->heap[0].due_us);
        } else {
            const struct timer due = pop(t);
            pthread_mutex_unlock(&t->lock);
            due.fn(due.cls);
            pthread_mutex_lock(&t->lock);
        }
    }
    pthread_mutex_unlock(&t->lock);
    arena_trim();
    return NULL;
}

void timers_add(struct timers *t, int64_t due_us, void (*fn)(void *cls), void *cls)
{
    pthread_mutex_lock(&t->lock);
    const bool now = t->drained;
    if (!now) {
        push(t, (struct timer){ due_us, fn, cls });
        if (!t->running && pthread_create(&t->thread, NULL, run, t) != 0)
            die("cannot start the thread of the timers");
        t->running = true;
        pthread_cond_signal(&t->changed);
    }
    pthread_mutex_unlock(&t->lock);
    if (now)
        fn(cls);
}

/* ---- the end --------------------------------------------------------------------------------------------- */

void timers_drain(struct timers *t)
{
    pthread_mutex_lock(&t->lock);
    t->stop = t->drained = true;
    pthread_cond_signal(&t->changed);
    const bool running = t->running;
    pthread_mutex_unlock(&t->lock);
    if (running)
        pthread_join(t->thread, NULL);
    t->running = false;
    while (t->n) {
        const struct timer timer = pop(t);
        timer.fn(timer.cls);
    }
}

bool timers_are_drained(struct timers *t)
{
    pthread_mutex_lock(&t->lock);
    const bool drained = t->drained;
    pthread_mutex_unlock(&t->lock);
    return drained;
}

void timers_free(struct timers *t)
{
    if (!t)
        return;
    pthread_mutex_destroy(&t->lock);
    pthread_cond_destroy(&t->changed);
    free(t->heap);
    free(t);
}
