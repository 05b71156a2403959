#include "request/log.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/limit.h"
#include "base/memory.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Requests append their lines to a buffer, and one thread writes it out: a write per line would cost a request more
 * than its whole handling. The thread waits a moment after it was woken, so that lines of a burst leave together. Where
 * nobody reads, it may wait for ever: nobody else does, and at the end it is left behind. */
enum { QUEUE_SIZE = 1 << 20, EVENT_SIZE = 8192, PAUSE_US = 2000 };

static struct {
    enum log_format format;
    char apart[CACHE_LINE];
    pthread_mutex_t lock;
    pthread_cond_t wake, ended;
    pthread_t thread;
    enum { DIRECT, QUEUED, STOPPING, STOPPED, LEFT_BEHIND } state;
    bool sleeping;
    size_t n;
    unsigned long dropped;
    char *filling, *writing;
} queue = { .format = LOG_OFF, .lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER };

static struct text event_line(struct arena *arena, const char *level, const char *what)
{
    struct buf b = buf_new(arena, EVENT_SIZE);
    if (queue.format == LOG_JSON) {
        struct json j = jw_new(&b);
        jw_object(&j);
        jw_key(&j, T("time"));
        jw_time(&j, clock_real_ms());
        jw_put_text(&j, T("level"), text_of(level));
        jw_put_text(&j, T("message"), text_of(what));
        jw_object_end(&j);
    } else {
        buf_addf(&b, "%.*s %s: %s", TEXT_ARG(time_text(arena, clock_real_ms())), level, what);
    }
    buf_add_char(&b, '\n');
    return buf_text(&b);
}

struct log_line {
    const char *level, *what;
};

static void write_all(const char *p, size_t n)
{
    while (n > 0) {
        const ssize_t done = write(STDERR_FILENO, p, n);
        if (done <= 0)
            return; /* nobody reads the log: that must not stop the server */
        p += done;
        n -= (size_t)done;
    }
}

static void write_event(void *cls)
{
    const struct log_line *event = cls;
    struct arena *arena = arena_new();
    const struct text line = event_line(arena, event->level, event->what);
    write_all(line.p, line.n);
    arena_free(arena);
}

static void tell_dropped(unsigned long dropped)
{
    char what[80];
    snprintf(what, sizeof what, "the log was not read fast enough: %lu lines dropped", dropped);
    memory_try(write_event, &(struct log_line){ "warn", what });
}

/* Called and left with the lock held; gives it up while it writes. */
static void write_queue(void)
{
    char *full = queue.filling;
    const size_t n = queue.n;
    queue.filling = queue.writing;
    queue.writing = full;
    queue.n = 0;
    const unsigned long dropped = queue.dropped;
    queue.dropped = 0;
    pthread_mutex_unlock(&queue.lock);
    write_all(full, n);
    if (dropped)
        tell_dropped(dropped);
    pthread_mutex_lock(&queue.lock);
}

static void wait_for_lines(void)
{
    queue.sleeping = true;
    while (!queue.n && queue.state == QUEUED)
        pthread_cond_wait(&queue.wake, &queue.lock);
    queue.sleeping = false;
}

static void *write_lines(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&queue.lock);
    while (queue.state == QUEUED) {
        wait_for_lines();
        pthread_mutex_unlock(&queue.lock);
        usleep(PAUSE_US);
        pthread_mutex_lock(&queue.lock);
        write_queue();
    }
    write_queue();
    queue.state = STOPPED;
    pthread_cond_signal(&queue.ended);
    pthread_mutex_unlock(&queue.lock);
    arena_trim();
    return NULL;
}

void log_line(struct text line)
{
    pthread_mutex_lock(&queue.lock);
    if (queue.state == DIRECT) {
        write_all(line.p, line.n);
    } else if (queue.n + line.n > QUEUE_SIZE) {
        queue.dropped++; /* a reader that stands still must not stop the server */
    } else {
        memcpy(queue.filling + queue.n, line.p, line.n);
        queue.n += line.n;
        if (queue.sleeping)
            pthread_cond_signal(&queue.wake);
    }
    pthread_mutex_unlock(&queue.lock);
}

bool log_start(enum log_format format)
{
    pthread_condattr_t attributes;
    queue.format = format;
    if (format == LOG_OFF)
        return true;
    queue.filling = malloc(QUEUE_SIZE);
    queue.writing = malloc(QUEUE_SIZE);
    if (!queue.filling || !queue.writing)
        die("no memory for the log");
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&queue.ended, &attributes);
    pthread_condattr_destroy(&attributes);
    queue.state = QUEUED;
    if (pthread_create(&queue.thread, NULL, write_lines, NULL) == 0)
        return true;
    queue.state = DIRECT;
    return false;
}

/* With the lock held: whether the thread has written all there was, in time. */
static bool wait_for_end(void)
{
    const int64_t until_us = clock_steady_us() + (int64_t)LIMIT_STOP_LOG_MS * 1000;
    const struct timespec until = { .tv_sec = until_us / 1000000, .tv_nsec = until_us % 1000000 * 1000 };
    while (queue.state != STOPPED)
        if (pthread_cond_timedwait(&queue.ended, &queue.lock, &until) == ETIMEDOUT && queue.state != STOPPED)
            return false;
    return true;
}

void log_stop(void)
{
    pthread_mutex_lock(&queue.lock);
    const bool queued = queue.state == QUEUED;
    if (queued) {
        queue.state = STOPPING;
        pthread_cond_signal(&queue.wake);
    }
    if (queued && !wait_for_end()) {
        queue.state = LEFT_BEHIND; /* with the buffers, which it may still write from */
        pthread_detach(queue.thread);
    }
    const bool ended = queue.state == STOPPED;
    pthread_mutex_unlock(&queue.lock);
    if (!ended)
        return;
    pthread_join(queue.thread, NULL);
    pthread_cond_destroy(&queue.ended);
    free(queue.filling);
    free(queue.writing);
    queue.filling = queue.writing = NULL;
    queue.state = DIRECT;
}

static void put_event(void *cls)
{
    const struct log_line *event = cls;
    struct arena *arena = arena_new();
    log_line(event_line(arena, event->level, event->what));
    arena_free(arena);
}

void log_event(const char *level, const char *format, ...)
{
    if (queue.format == LOG_OFF)
        return;
    char what[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    memory_try(put_event, &(struct log_line){ level, what }); /* without memory nothing is told */
}

enum log_format log_format(void)
{
    return queue.format;
}
