#include "net/streams.h"

#include "base/clock.h"
#include "base/memory.h"
#include "base/random.h"
#include "base/limit.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { KEEPALIVE_US = 15 * 1000 * 1000 };

/* Of the list as long as its reader is; a timer holds it, too. All members are under the list's lock. */
struct stream {
    struct streams *list;
    struct stream *next;
    struct uuid id;
    int64_t space;
    char *bytes; /* LIMIT_STREAM_BYTES, of which the machine gives only what is written to */
    size_t n;
    void (*wake)(void *cls);
    void *cls;
    struct stream_source source; /* all NULL: it is written into */
    int socket;       /* of the reader; -1 when it is not known */
    unsigned holders; /* reader and timer */
    bool ended;
    bool left; /* its reader has hung up: it is not counted any more */
};

struct streams {
    pthread_mutex_t lock;
    struct timers *timers;
    struct stream *first;
    size_t n;
    bool drained;
};

struct streams *streams_start(struct timers *timers)
{
    struct streams *list = calloc(1, sizeof *list);
    if (!list)
        die("no memory for streams");
    pthread_mutex_init(&list->lock, NULL);
    list->timers = timers;
    return list;
}

/* Whom to wake, once the lock is given up. */
struct stream_waiter {
    void (*wake)(void *cls);
    void *cls;
};

static struct stream_waiter take_waiter(struct stream *s)
{
    const struct stream_waiter waiter = { s->wake, s->cls };
    s->wake = NULL;
    return waiter;
}

static void wake_up(struct stream_waiter waiter)
{
    if (waiter.wake)
        waiter.wake(waiter.cls);
}

/* With the lock held; true when nobody holds it any more. */
static bool let_go(struct stream *s)
{
    return --s->holders == 0;
}

static void stream_free(struct stream *s)
{
    free(s->bytes);
    free(s);
}

/* ---- writing ------------------------------------------------------------------------------------------- */

/* With the lock held. */
static void append_bytes(struct stream *s, struct text bytes)
{
    if (s->n + bytes.n > LIMIT_STREAM_BYTES) {
        s->ended = true;
        return;
    }
    memcpy(s->bytes + s->n, bytes.p, bytes.n);
    s->n += bytes.n;
}

bool stream_write(struct streams *list, int64_t space, const struct uuid *id, struct text bytes)
{
    struct stream_waiter waiter = { NULL, NULL };
    pthread_mutex_lock(&list->lock);
    struct stream *s = list->first;
    while (s && (s->space != space || !uuid_eq(&s->id, id)))
        s = s->next;
    const bool found = s && !s->ended;
    if (found) {
        append_bytes(s, bytes);
        waiter = take_waiter(s);
    }
    pthread_mutex_unlock(&list->lock);
    wake_up(waiter);
    return found;
}

void stream_wake(struct streams *list, const struct uuid *id, bool is_end)
{
    struct stream_waiter waiter = { NULL, NULL };
    pthread_mutex_lock(&list->lock);
    struct stream *s = list->first;
    while (s && !uuid_eq(&s->id, id))
        s = s->next;
    if (s) {
        s->ended |= is_end;
        waiter = take_waiter(s);
    }
    pthread_mutex_unlock(&list->lock);
    wake_up(waiter);
}

/* With the lock held. Once it has ended, what it is of may be gone. */
static bool is_over(const struct stream *s)
{
    return !s->ended && s->source.is_over && s->source.is_over(s->source.cls);
}

/* A timer's function: a comment, and the next timer, for as long as there is a reader. */
static void keep_alive(void *cls)
{
    struct stream *s = cls;
    struct streams *list = s->list;
    pthread_mutex_lock(&list->lock);
    s->ended |= is_over(s);
    if (!s->n && !s->ended)
        append_bytes(s, T(":\n\n"));
    const struct stream_waiter waiter = take_waiter(s);
    const bool last = s->ended && let_go(s);
    const bool again = !s->ended;
    pthread_mutex_unlock(&list->lock);
    wake_up(waiter);
    if (last)
        stream_free(s);
    else if (again)
        timers_add(list->timers, clock_steady_us() + KEEPALIVE_US, keep_alive, s);
}

/* ---- who has hung up ------------------------------------------------------------------------------------- */

/* With the lock held. Of a reader that waits, MHD does not watch the socket; and it does not close it meanwhile. */
static bool has_left(const struct stream *s)
{
    struct pollfd seen = { .fd = s->socket, .events = POLLRDHUP };
    return s->wake && !s->ended && s->socket >= 0 && poll(&seen, 1, 0) == 1 &&
           (seen.revents & (POLLRDHUP | POLLHUP | POLLERR));
}

/* With the lock held. */
static struct stream_waiter end_left(struct stream *s)
{
    s->ended = true;
    s->left = true;
    s->list->n--;
    return take_waiter(s);
}

bool stream_end_left(struct streams *list, const struct uuid *id)
{
    struct stream_waiter waiter = { NULL, NULL };
    pthread_mutex_lock(&list->lock);
    struct stream *s = list->first;
    while (s && !uuid_eq(&s->id, id))
        s = s->next;
    const bool left = s && has_left(s);
    if (left)
        waiter = end_left(s);
    pthread_mutex_unlock(&list->lock);
    wake_up(waiter);
    return left;
}

/* So many streams are waited for at the most: LIMIT_STREAMS is all that are read. */
static void end_all_left(struct streams *list)
{
    struct stream_waiter waiters[LIMIT_STREAMS];
    size_t n = 0;
    pthread_mutex_lock(&list->lock);
    for (struct stream *s = list->n == LIMIT_STREAMS ? list->first : NULL; s; s = s->next)
        if (has_left(s))
            waiters[n++] = end_left(s);
    pthread_mutex_unlock(&list->lock);
    for (size_t i = 0; i < n; i++)
        wake_up(waiters[i]);
}

/* ---- the reader ------------------------------------------------------------------------------------------ */

struct stream *stream_open(struct streams *list, int64_t space)
{
    return stream_open_from(list, space, (struct stream_source){ .fill = NULL });
}

struct stream *stream_open_from(struct streams *list, int64_t space, struct stream_source source)
{
    char *bytes = memory_get(LIMIT_STREAM_BYTES);
    struct stream *s = memory_kept(sizeof *s);
    *s = (struct stream){ .list = list, .id = random_uuid(), .space = space, .bytes = bytes, .source = source,
                          .socket = -1, .holders = 2 };
    end_all_left(list);
    pthread_mutex_lock(&list->lock);
    const bool full = list->n == LIMIT_STREAMS;
    s->ended = list->drained;
    if (!full) {
        s->next = list->first;
        list->first = s;
        list->n++;
    }
    pthread_mutex_unlock(&list->lock);
    if (!full)
        timers_add(list->timers, clock_steady_us() + KEEPALIVE_US, keep_alive, s);
    else
        stream_free(s);
    return full ? NULL : s;
}

struct uuid stream_id(const struct stream *stream)
{
    return stream->id;
}

void stream_set_socket(struct stream *stream, int socket)
{
    pthread_mutex_lock(&stream->list->lock);
    stream->socket = socket;
    pthread_mutex_unlock(&stream->list->lock);
}

ssize_t stream_read(struct stream *s, char *ret, size_t max, void (*suspend)(void *cls), void (*wake)(void *cls),
                    void *cls)
{
    pthread_mutex_lock(&s->list->lock);
    if (!s->n && !s->ended && s->source.fill)
        s->n = s->source.fill(s->source.cls, s->bytes, LIMIT_STREAM_BYTES);
    const size_t n = s->n < max ? s->n : max;
    const bool ended = s->ended;
    memcpy(ret, s->bytes, n);
    s->n -= n;
    if (s->n)
        memmove(s->bytes, s->bytes + n, s->n);
    if (!n && !ended) {
        suspend(cls); /* before anybody can wake it */
        s->wake = wake;
        s->cls = cls;
    }
    pthread_mutex_unlock(&s->list->lock);
    return n || !ended ? (ssize_t)n : -1;
}

/* The timer finds it ended and lets go of it, too. */
void stream_release(struct stream *s)
{
    struct streams *list = s->list;
    const struct stream_source source = s->source;
    pthread_mutex_lock(&list->lock);
    struct stream **at = &list->first;
    while (*at != s)
        at = &(*at)->next;
    *at = s->next;
    list->n -= !s->left;
    s->ended = true;
    s->wake = NULL;
    free(s->bytes); /* the timer may hold the rest of it for a while */
    s->bytes = NULL;
    s->n = 0;
    const bool last = let_go(s);
    pthread_mutex_unlock(&list->lock);
    if (source.leave)
        source.leave(source.cls);
    if (last)
        stream_free(s);
}

/* ---- the end --------------------------------------------------------------------------------------------- */

static void end_all(struct streams *list, bool drained, bool (*ends)(const struct stream *s))
{
    pthread_mutex_lock(&list->lock);
    list->drained |= drained;
    struct stream *s = list->first;
    while (s) {
        if (!ends(s)) {
            s = s->next;
            continue;
        }
        s->ended = true;
        const struct stream_waiter waiter = take_waiter(s);
        pthread_mutex_unlock(&list->lock);
        wake_up(waiter); /* its reader comes back on a thread of its own, and may take it off the list */
        pthread_mutex_lock(&list->lock);
        s = list->first;
    }
    pthread_mutex_unlock(&list->lock);
}

static bool goes_on(const struct stream *s)
{
    return !s->ended || s->wake;
}

void streams_drain(struct streams *list)
{
    end_all(list, true, goes_on);
}

void streams_end_over(struct streams *list)
{
    if (list)
        end_all(list, false, is_over);
}

void streams_free(struct streams *list)
{
    if (!list)
        return;
    pthread_mutex_destroy(&list->lock);
    free(list);
}
