#include "control/feed.h"

#include "api/handlers.h"
#include "base/clock.h"
#include "base/limit.h"
#include "control/feed_state.h"
#include "control/guard.h"
#include "net/streams.h"
#include "request/server.h"
#include "space/directory.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { LINGER_US = 60 * 1000 * 1000 };

struct reader {
    struct reader *next;
    struct feed *feed;
    struct uuid stream;
    uint64_t number; /* of the event that is its next */
    bool begun, lost; /* it was told where it is; it has missed some */
    bool left;        /* it has hung up: it is not counted any more */
};

struct feed {
    struct feed *next;
    struct feeds *all;
    struct feed_state *state;
    struct space *space; /* held */
    struct text ring[LIMIT_FEED_ROWS];
    uint64_t first, end; /* numbers of the oldest event, and of the one to come */
    struct reader *readers;
    int64_t left_us;     /* when the last reader left */
    bool busy, again;    /* somebody compares; something happened meanwhile */
};

/* All members, and those of feeds and readers, are under the lock; what `busy` guards is compared without it. */
struct feeds {
    pthread_mutex_t lock;
    struct feed *first;
    unsigned readers;
    atomic_uint count; /* of feeds: 0 needs no lock to be seen */
};

struct feeds *feeds_new(void)
{
    struct feeds *all = memory_kept(sizeof *all);
    pthread_mutex_init(&all->lock, NULL);
    return all;
}

static void free_event(struct text event)
{
    union {
        const char *from;
        char *to;
    } unconst = { .from = event.p };
    free(unconst.to);
}

static void feed_free(struct feed *feed)
{
    for (uint64_t i = feed->first; i < feed->end; i++)
        free_event(feed->ring[i % LIMIT_FEED_ROWS]);
    feed_state_free(feed->state);
    space_release(feed->space);
    free(feed);
}

void feeds_free(struct feeds *all)
{
    if (!all)
        return;
    for (struct feed *feed = all->first, *next; feed; feed = next) {
        next = feed->next;
        feed_free(feed);
    }
    pthread_mutex_destroy(&all->lock);
    free(all);
}

/* ---- events ---------------------------------------------------------------------------------------------- */

/* With the lock held. */
static void push_event(struct feed *feed, struct text event)
{
    if (feed->end - feed->first == LIMIT_FEED_ROWS) {
        free_event(feed->ring[feed->first % LIMIT_FEED_ROWS]);
        feed->first++;
    }
    feed->ring[feed->end++ % LIMIT_FEED_ROWS] = event;
}

static void publish(void *cls, struct text json)
{
    struct feed *feed = cls;
    char *copy = memory_get(json.n);
    memcpy(copy, json.p, json.n);
    pthread_mutex_lock(&feed->all->lock);
    push_event(feed, (struct text){ copy, json.n });
    pthread_mutex_unlock(&feed->all->lock);
}

/* ---- readers --------------------------------------------------------------------------------------------- */

enum { FRAME = 64 }; /* bytes around an event */

/* The start says where the reader is; so does whatever it has missed. */
static size_t put_place(struct reader *reader, char *ret, size_t max)
{
    struct feed *feed = reader->feed;
    const bool lost = reader->lost || reader->number < feed->first;
    if (reader->begun && !lost)
        return 0;
    if (lost)
        reader->number = feed->end;
    reader->begun = true;
    reader->lost = false;
    return (size_t)snprintf(ret, max, "%sid: %llu\n%s\n", lost ? "event: resync\n" : "",
                            (unsigned long long)(reader->number - 1), lost ? "data: {}\n" : "");
}

static size_t fill(void *cls, char *ret, size_t max)
{
    struct reader *reader = cls;
    struct feed *feed = reader->feed;
    pthread_mutex_lock(&feed->all->lock);
    size_t n = put_place(reader, ret, max);
    for (; reader->number < feed->end; reader->number++) {
        const struct text event = feed->ring[reader->number % LIMIT_FEED_ROWS];
        if (n + event.n + FRAME > max)
            break;
        n += (size_t)snprintf(ret + n, max - n, "id: %llu\ndata: %.*s\n\n", (unsigned long long)reader->number,
                              TEXT_ARG(event));
    }
    pthread_mutex_unlock(&feed->all->lock);
    return n;
}

static void leave(void *cls)
{
    struct reader *reader = cls;
    struct feed *feed = reader->feed;
    struct feeds *all = feed->all;
    pthread_mutex_lock(&all->lock);
    struct reader **at = &feed->readers;
    while (*at != reader)
        at = &(*at)->next;
    *at = reader->next;
    all->readers -= !reader->left;
    feed->left_us = clock_steady_us();
    pthread_mutex_unlock(&all->lock);
    free(reader);
}

/* So many streams are woken at once: LIMIT_FEEDS is all there are. */
static void wake_readers(const struct server *server, struct feed *feed, bool is_end)
{
    struct uuid streams[LIMIT_FEEDS];
    size_t n = 0;
    pthread_mutex_lock(&feed->all->lock);
    for (const struct reader *reader = feed->readers; reader; reader = reader->next)
        if (!reader->left)
            streams[n++] = reader->stream;
    pthread_mutex_unlock(&feed->all->lock);
    for (size_t i = 0; i < n; i++)
        stream_wake(server->streams, &streams[i], is_end);
}

/* With the lock held: the streams of all who are counted. */
static size_t streams_of(const struct feeds *all, struct uuid ret[LIMIT_FEEDS])
{
    size_t n = 0;
    for (const struct feed *feed = all->first; feed; feed = feed->next)
        for (const struct reader *reader = feed->readers; reader; reader = reader->next)
            if (!reader->left)
                ret[n++] = reader->stream;
    return n;
}

/* With the lock held: the reader of a stream, who may be gone by now. */
static void stop_counting(struct feeds *all, const struct uuid *stream)
{
    for (struct feed *feed = all->first; feed; feed = feed->next)
        for (struct reader *reader = feed->readers; reader; reader = reader->next)
            if (!reader->left && uuid_eq(&reader->stream, stream)) {
                reader->left = true;
                all->readers--;
            }
}

/* Makes room where all are taken: a page that was closed or loaded again is gone, though its stream has not ended yet.
 * Streams are asked without the lock, because they hold theirs when they ask for events. */
static void drop_left(struct feeds *all, struct streams *streams)
{
    struct uuid ids[LIMIT_FEEDS];
    pthread_mutex_lock(&all->lock);
    const size_t n = all->readers == LIMIT_FEEDS ? streams_of(all, ids) : 0;
    pthread_mutex_unlock(&all->lock);
    for (size_t i = 0; i < n; i++) {
        if (!stream_end_left(streams, &ids[i]))
            continue;
        pthread_mutex_lock(&all->lock);
        stop_counting(all, &ids[i]);
        pthread_mutex_unlock(&all->lock);
    }
}

/* ---- comparing ------------------------------------------------------------------------------------------- */

struct comparison {
    const struct server *server;
    struct feed *feed;
};

static void compare(void *cls)
{
    const struct comparison *c = cls;
    feed_state_compare(c->feed->state, c->server, c->feed->space, publish, c->feed);
}

/* With the lock held: whether it is this thread's turn. */
static bool take_turn(struct feed *feed)
{
    feed->again = feed->busy;
    if (feed->busy)
        return false;
    feed->busy = true;
    return true;
}

static bool ends_turn(struct feed *feed)
{
    pthread_mutex_lock(&feed->all->lock);
    const bool ends = !feed->again;
    feed->busy = !ends;
    feed->again = false;
    pthread_mutex_unlock(&feed->all->lock);
    return ends;
}

/* It is this thread's turn. What memory did not suffice for is seen the next time. */
static void look_at(const struct server *server, struct feed *feed)
{
    do {
        memory_try(compare, &(struct comparison){ server, feed });
        wake_readers(server, feed, space_is_gone(feed->space));
    } while (!ends_turn(feed));
}

/* With the lock held: takes out what nobody has watched for a while. */
static struct feed *take_idle(struct feeds *all)
{
    for (struct feed **at = &all->first; *at; at = &(*at)->next) {
        struct feed *feed = *at;
        const bool over = space_is_gone(feed->space) || clock_steady_us() - feed->left_us > LINGER_US;
        if (feed->readers || feed->busy || !over)
            continue;
        *at = feed->next;
        atomic_fetch_sub(&all->count, 1);
        return feed;
    }
    return NULL;
}

/* The feeds that the request may have changed, for this thread to compare: nobody frees them meanwhile. */
static size_t take_feeds(struct feeds *all, const struct request *rq, bool is_any, struct feed **ret, size_t room)
{
    size_t n = 0;
    pthread_mutex_lock(&all->lock);
    for (struct feed *feed = all->first; feed && n < room; feed = feed->next)
        if ((is_any || space_id(feed->space) == rq->space) && take_turn(feed))
            ret[n++] = feed;
    pthread_mutex_unlock(&all->lock);
    return n;
}

static bool is_control_write(const struct request *rq)
{
    return guard_covers(rq->target) && !text_eq(rq->method, T("GET")) && !text_eq(rq->method, T("HEAD"));
}

void feeds_look(const struct request *rq)
{
    struct feeds *all = rq->server->feeds;
    if (!all || !atomic_load(&all->count) || (rq->quiet && !rq->writes))
        return;
    struct feed *feeds[2 * LIMIT_FEEDS];
    const size_t n = take_feeds(all, rq, is_control_write(rq), feeds, 2 * LIMIT_FEEDS);
    for (size_t i = 0; i < n; i++)
        look_at(rq->server, feeds[i]);
    pthread_mutex_lock(&all->lock);
    struct feed *idle = take_idle(all);
    pthread_mutex_unlock(&all->lock);
    if (idle)
        feed_free(idle);
}

/* ---- GET /_mock/events ------------------------------------------------------------------------------------- */

struct events_query {
    struct v_int since;
};

static const struct field query_fields[] = {
    FIELD_INT(struct events_query, since, .min = 0, .max = INT64_MAX,
              .doc = "The id of the last event that was read, to go on behind it", .example = "17"),
};
const struct spec events_query = SPEC(struct events_query, "EventsQuery", query_fields);
const struct spec event_stream = { .name = "EventStream", .doc = "Server-sent events.", .media = "text/event-stream" };

/* Numbers of different feeds are different, those of another process, too. */
static struct feed *feed_new(struct feeds *all, struct space *space)
{
    struct feed *feed = memory_kept(sizeof *feed);
    feed->all = all;
    feed->state = feed_state_new();
    feed->space = space_hold(space);
    feed->first = feed->end = (uint64_t)clock_real_ms() * 1000 + 1;
    feed->busy = true;
    return feed;
}

/* With the lock held; a new one is the caller's to compare. */
static struct feed *find_feed(struct feeds *all, struct space *space, bool *ret_new)
{
    struct feed *feed = all->first;
    while (feed && feed->space != space)
        feed = feed->next;
    *ret_new = !feed;
    if (feed)
        return feed;
    feed = feed_new(all, space);
    feed->next = all->first;
    all->first = feed;
    atomic_fetch_add(&all->count, 1);
    return feed;
}

static struct reader *join(struct feeds *all, struct request *rq, bool *ret_new)
{
    const struct events_query *in = rq->query;
    struct reader *reader = memory_kept(sizeof *reader);
    pthread_mutex_lock(&all->lock);
    const bool full = all->readers == LIMIT_FEEDS;
    struct feed *feed = full ? NULL : find_feed(all, rq->home, ret_new);
    if (!full) {
        const uint64_t after = (uint64_t)in->since.v + 1;
        const bool known = in->since.is == VALUE_SET && after >= feed->first && after <= feed->end;
        *reader = (struct reader){ .next = feed->readers, .feed = feed, .number = known ? after : feed->end,
                                   .lost = in->since.is == VALUE_SET && !known };
        feed->readers = reader;
        all->readers++;
    }
    pthread_mutex_unlock(&all->lock);
    if (full)
        free(reader);
    return full ? NULL : reader;
}

enum err events_watch(struct request *rq, struct reply *rp)
{
    struct feeds *all = rq->server->feeds;
    bool is_new = false;
    rp->status = 200;
    rp->content_type = event_stream.media;
    reply_header(rp, "cache-control", "no-store");
    reply_header(rp, "x-accel-buffering", "no");
    if (text_eq(rq->method, T("HEAD")))
        return OK;
    if (all)
        drop_left(all, rq->server->streams);
    struct reader *reader = all ? join(all, rq, &is_new) : NULL;
    if (!reader)
        return fail(rq, ERR_BUSY, "%d streams of events are open; close one first", LIMIT_FEEDS);
    rp->stream = stream_open_from(rq->server->streams, rq->space,
                                  (struct stream_source){ .fill = fill, .leave = leave, .cls = reader });
    if (is_new)
        look_at(rq->server, reader->feed);
    if (!rp->stream) {
        leave(reader);
        return fail(rq, ERR_BUSY, "%d streams are open; close one first", LIMIT_STREAMS);
    }
    pthread_mutex_lock(&all->lock);
    reader->stream = stream_id(rp->stream);
    pthread_mutex_unlock(&all->lock);
    return OK;
}
