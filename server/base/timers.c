#include "base/timers.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/memory.h"

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
    pthread_cond_t changed, called;
    pthread_t thread;
    bool running, drained, calling;
    struct timer now; /* that is being called */
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
    pthread_cond_init(&t->called, NULL);
    return t;
}

/* ---- the heap, with the lock held ------------------------------------------------------------------------ */

static void swap(struct timer *a, struct timer *b)
{
    const struct timer kept = *a;
    *a = *b;
    *b = kept;
}

static void move_up(struct timers *t, size_t i)
{
    for (; i > 0 && t->heap[i].due_us < t->heap[(i - 1) / 2].due_us; i = (i - 1) / 2)
        swap(&t->heap[i], &t->heap[(i - 1) / 2]);
}

static void move_down(struct timers *t, size_t i)
{
    for (;;) {
        size_t least = i;
        for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < t->n; child++)
            if (t->heap[child].due_us < t->heap[least].due_us)
                least = child;
        if (least == i)
            return;
        swap(&t->heap[i], &t->heap[least]);
        i = least;
    }
}

static void push(struct timers *t, struct timer timer)
{
    if (t->n == t->room) {
        t->room = t->room ? 2 * t->room : 16;
        t->heap = memory_kept_again(t->heap, t->room * sizeof *t->heap);
    }
    t->heap[t->n++] = timer;
    move_up(t, t->n - 1);
}

static struct timer take_timer(struct timers *t, size_t i)
{
    const struct timer taken = t->heap[i];
    t->heap[i] = t->heap[--t->n];
    if (i < t->n) {
        move_up(t, i);
        move_down(t, i);
    }
    return taken;
}

/* ---- the thread ------------------------------------------------------------------------------------------ */

static void wait_until(struct timers *t, int64_t due_us)
{
    const struct timespec at = { .tv_sec = due_us / 1000000, .tv_nsec = due_us % 1000000 * 1000 };
    pthread_cond_timedwait(&t->changed, &t->lock, &at);
}

/* With the lock held, which it gives up meanwhile. */
static void call_next(struct timers *t)
{
    const struct timer due = take_timer(t, 0);
    t->now = due;
    t->calling = true;
    pthread_mutex_unlock(&t->lock);
    due.fn(due.cls);
    pthread_mutex_lock(&t->lock);
    t->calling = false;
    pthread_cond_broadcast(&t->called);
}

static void *run_timers(void *cls)
{
    struct timers *t = cls;
    pthread_mutex_lock(&t->lock);
    while (t->n || !t->drained) {
        if (!t->n)
            pthread_cond_wait(&t->changed, &t->lock);
        else if (!t->drained && t->heap[0].due_us > clock_steady_us())
            wait_until(t, t->heap[0].due_us);
        else
            call_next(t);
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
        if (!t->running && pthread_create(&t->thread, NULL, run_timers, t) != 0)
            die("cannot start the thread of the timers");
        t->running = true;
        pthread_cond_signal(&t->changed);
    }
    pthread_mutex_unlock(&t->lock);
    if (now)
        fn(cls);
}

static bool is_same(struct timer timer, void (*fn)(void *cls), const void *cls)
{
    return timer.fn == fn && timer.cls == cls;
}

void timers_remove(struct timers *t, void (*fn)(void *cls), const void *cls)
{
    pthread_mutex_lock(&t->lock);
    for (size_t i = 0; i < t->n; i++)
        if (is_same(t->heap[i], fn, cls)) {
            take_timer(t, i);
            break;
        }
    while (t->calling && is_same(t->now, fn, cls))
        pthread_cond_wait(&t->called, &t->lock);
    pthread_mutex_unlock(&t->lock);
}

/* ---- the end --------------------------------------------------------------------------------------------- */

void timers_drain(struct timers *t)
{
    pthread_mutex_lock(&t->lock);
    t->drained = true;
    pthread_cond_signal(&t->changed);
    const bool running = t->running;
    t->running = false;
    pthread_mutex_unlock(&t->lock);
    if (running)
        pthread_join(t->thread, NULL);
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
    pthread_cond_destroy(&t->called);
    free(t->heap);
    free(t);
}
