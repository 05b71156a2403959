#include "request/log.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Requests append their lines to a buffer, and one thread writes it out: a write per line would cost a request more
 * than its whole handling. The thread waits a moment after it was woken, so that lines of a burst leave together. */
enum { QUEUE_SIZE = 1 << 20, LINE_SIZE = 1 << 18, PAUSE_US = 2000 };

static struct {
    enum log_format format;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_t thread;
    bool running, stop, sleeping;
    size_t n;
    unsigned long dropped;
    char *filling, *writing;
} queue = { .format = LOG_OFF, .lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER };

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
        dprintf(STDERR_FILENO, "(%lu lines dropped: nobody read the log fast enough)\n", dropped);
    pthread_mutex_lock(&queue.lock);
}

static void *write_lines(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&queue.lock);
    while (!queue.stop) {
        queue.sleeping = true;
        while (!queue.n && !queue.stop)
            pthread_cond_wait(&queue.wake, &queue.lock);
        queue.sleeping = false;
        pthread_mutex_unlock(&queue.lock);
        usleep(PAUSE_US);
        pthread_mutex_lock(&queue.lock);
        write_queue();
    }
    pthread_mutex_unlock(&queue.lock);
    return NULL;
}

void log_line(struct text line)
{
    pthread_mutex_lock(&queue.lock);
    if (queue.running && queue.n + line.n > QUEUE_SIZE) {
        queue.dropped++; /* a reader that stands still must not stop the server */
    } else if (queue.running) {
        memcpy(queue.filling + queue.n, line.p, line.n);
        queue.n += line.n;
        if (queue.sleeping)
            pthread_cond_signal(&queue.wake);
    } else {
        write_all(line.p, line.n);
    }
    pthread_mutex_unlock(&queue.lock);
}

void log_start(enum log_format format)
{
    queue.format = format;
    if (format == LOG_OFF)
        return;
    queue.filling = malloc(QUEUE_SIZE);
    queue.writing = malloc(QUEUE_SIZE);
    queue.running = queue.filling && queue.writing && pthread_create(&queue.thread, NULL, write_lines, NULL) == 0;
}

void log_stop(void)
{
    if (!queue.running)
        return;
    pthread_mutex_lock(&queue.lock);
    queue.stop = true;
    pthread_cond_signal(&queue.wake);
    pthread_mutex_unlock(&queue.lock);
    pthread_join(queue.thread, NULL);
    write_all(queue.filling, queue.n);
    queue.running = false;
    free(queue.filling);
    free(queue.writing);
    queue.filling = queue.writing = NULL;
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
    struct arena *arena = arena_new();
    struct buf b = buf_new(arena, 8192);
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
    log_line(buf_text(&b));
    arena_free(arena);
}

enum log_format log_format(void)
{
    return queue.format;
}
