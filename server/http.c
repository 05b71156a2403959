#include "http.h"

#include "base/clock.h"
#include "base/limit.h"
#include "base/memory.h"
#include "base/timers.h"
#include "base/workers.h"
#include "http_reply.h"
#include "http_visit.h"
#include "net/guests.h"
#include "net/last_words.h"
#include "net/listen.h"
#include "net/outbound.h"
#include "net/streams.h"
#include "net/tls.h"
#include "request/log.h"
#include "router/access_log.h"
#include "router/framing.h"
#include "router/refusals.h"
#include "router/router.h"
#include "router/write_queue.h"

#include <microhttpd.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct http {
    struct MHD_Daemon *daemons[LISTEN_MAX]; /* one for each address */
    struct visits visits;
    size_t n;
    uint16_t port;
    unsigned own; /* enum own */
    const struct server *server;
    atomic_uint under_way; /* requests that came whole and whose replies have not left yet; refused heads */
};

enum { LINE_END = sizeof "\r\n" - 1 };

/* How far an exchange has come. */
enum stage {
    STAGE_HEAD,  /* its request line is there */
    STAGE_BODY,  /* its headers are, too */
    STAGE_WHOLE, /* the request came whole, and runs or waits */
    STAGE_READY, /* its reply is ready */
    STAGE_HELD,  /* and was held back as long as it should be */
};

/* A request and its reply, as MHD sees them. */
struct exchange {
    struct http *http;
    struct guest *guest;
    struct request *rq;
    struct MHD_Connection *connection;
    struct sent_form *form; /* in which its reply leaves; NULL: it has none of its own */
    enum stage stage;
    bool has_body, is_chunked;
    bool closes; /* the connection ends after the reply, whatever else has come on it */
};

/* ---- bytes in ------------------------------------------------------------------------------------------ */

/* While the server stops, nobody new is served. (MHD_quiesce_daemon would say so with fewer words, but takes the
 * listening socket out of each thread's epoll set while that thread may do so, too, and then ends the process.) */
static enum MHD_Result let_in(void *cls, const struct sockaddr *address, socklen_t size)
{
    const struct http *http = cls;
    (void)address, (void)size;
    return http->visits.stopping ? MHD_NO : MHD_YES;
}

/* MHD copies and splits the first Cookie header, too, out of the same pool. Nobody asks it for cookies, so the first
 * one is this, which no client has sent. */
static const char no_cookies[] = "";

static void put_no_cookies(struct MHD_Connection *connection)
{
    static const struct text name = { "Cookie", sizeof "Cookie" - 1 };
    MHD_set_connection_value_n(connection, MHD_HEADER_KIND, name.p, name.n, no_cookies, 0);
}

/* Called with the raw request target, before MHD decodes anything: routing needs it as it came. MHD goes on to split
 * the query, at some sixty bytes of the connection's pool for each parameter, and stays silent for ever when a query of
 * many empty ones exhausts it. Nobody asks MHD for the query, so it is made to find an empty one. */
static void *take_uri(void *cls, const char *uri, struct MHD_Connection *connection)
{
    struct http *http = cls;
    const struct text whole = text_of(uri);
    const size_t mark = text_find(whole, '?');
    struct request *rq = request_new(http->server, whole);
    struct exchange *x = rq ? memory_kept(sizeof *x) : NULL;
    union {
        const char *from;
        char *to;
    } unconst = { .from = uri };
    if (!x)
        return NULL;
    *x = (struct exchange){ .http = http, .guest = visit_of(connection)->guest, .rq = rq, .connection = connection };
    if (mark < whole.n)
        unconst.to[mark + 1] = '\0';
    put_no_cookies(connection);
    return x;
}

/* MHD must not decode either. */
static size_t keep_escapes(void *cls, struct MHD_Connection *connection, char *s)
{
    (void)cls, (void)connection;
    return strlen(s);
}

static enum MHD_Result take_header(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_size,
                                   const char *value, size_t value_size)
{
    struct request *rq = cls;
    (void)kind;
    if (value == no_cookies)
        return MHD_YES;
    rq->headers[rq->header_count++] = (struct pair){ { key, key_size }, { value ? value : "", value_size } };
    return MHD_YES;
}

/* The texts are MHD's and live until the request is over. */
static void take_headers(void *cls)
{
    const struct exchange *x = cls;
    const int n = MHD_get_connection_values(x->connection, MHD_HEADER_KIND, NULL, NULL);
    x->rq->headers = ARENA_ARRAY(x->rq->arena, (size_t)(n > 0 ? n : 0), struct pair);
    MHD_get_connection_values_n(x->connection, MHD_HEADER_KIND, take_header, x->rq);
}

static size_t head_size(const struct exchange *x)
{
    return MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size;
}

/* MHD splits the lines of a head where they stand, and lets a value end at its first NUL: what is behind it is nowhere,
 * for a reader that goes by lines it is in the value. So each line has to begin where the one before ends, with nothing
 * but a line end between, or two at the end of the head. A line that begins with a blank is put behind the name of the
 * one before, somewhere else. Only the library's old parser does either. */
static bool head_hides(const struct exchange *x, const char *method, const char *version)
{
    const struct request *rq = x->rq;
    const uintptr_t from = (uintptr_t)method, to = from + head_size(x);
    uintptr_t end = (uintptr_t)version + strlen(version);
    bool hides = false;
    if (strncmp(MHD_get_version(), "0.", 2) != 0 || end < from || end > to)
        return false;
    for (size_t i = 0; i < rq->header_count; i++) {
        const uintptr_t name = (uintptr_t)rq->headers[i].name.p, value = (uintptr_t)rq->headers[i].value.p;
        hides |= name < end || name > end + LINE_END;
        end = value + rq->headers[i].value.n;
        hides |= value < name || end > to;
    }
    return hides || to > end + 2 * LINE_END;
}

/* -1: in chunks. MHD has refused what is no number. */
static int64_t body_length(const struct request *rq)
{
    int64_t n = 0;
    if (request_header(rq, T("transfer-encoding")).p)
        return -1;
    return text_to_uint(text_trim(request_header(rq, T("content-length"))), &n) ? n : 0;
}

/* ---- replies -------------------------------------------------------------------------------------------- */

/* True when the reply has to wait before it leaves. */
static bool hold_back(const struct exchange *x)
{
    const struct disturbance *played = &x->rq->disturbance;
    const int64_t hang_us = played->cut == CUT_HANG ? (int64_t)LIMIT_HANG_SECONDS * 1000000 : 0;
    const int64_t delay_us = x->rq->reply.delay_us + played->delay_us + hang_us;
    if (!delay_us)
        return false;
    http_suspend(x->connection);
    timers_add(x->http->server->timers, clock_steady_us() + delay_us, http_resume, x->connection);
    return true;
}

static enum MHD_Result let_leave(struct exchange *x)
{
    const enum cut cut = x->rq->disturbance.cut;
    if (cut == CUT_RESET)
        http_reset(x->connection);
    if (cut == CUT_RESET || cut == CUT_EMPTY || cut == CUT_HANG)
        return MHD_NO;
    return http_reply(x->rq, x->connection, x->closes || x->http->visits.stopping, &x->form) ? MHD_YES : MHD_NO;
}

/* Called again whenever the connection was suspended. */
static enum MHD_Result finish(struct exchange *x)
{
    if (x->stage < STAGE_WHOLE && !guest_sent_all(x->guest))
        return MHD_NO;
    if (x->stage < STAGE_WHOLE) {
        x->stage = STAGE_WHOLE;
        x->http->under_way++;
    }
    if (x->stage == STAGE_WHOLE) {
        if (!router_finish(x->rq, (struct waiter){ http_suspend, http_resume, x->connection }))
            return MHD_YES;
        x->stage = STAGE_READY;
    }
    if (x->stage == STAGE_READY) {
        x->stage = STAGE_HELD;
        if (hold_back(x))
            return MHD_YES;
    }
    return let_leave(x);
}

/* First call: the headers are there. MHD closes the connection after a reply that is queued now. */
static enum MHD_Result begin_request(struct exchange *x, const char *method, const char *version)
{
    struct request *rq = x->rq;
    struct visit *visit = visit_of(x->connection);
    visit_has_head(visit);
    x->stage = STAGE_BODY;
    visit->told_of += head_size(x);
    rq->method = text_of(method);
    if (!memory_try(take_headers, x))
        return MHD_NO;
    const int64_t length = body_length(rq);
    const unsigned form = (strcmp(version, "HTTP/1.1") == 0 ? HEAD_HTTP11 : 0) |
                          (head_hides(x, method, version) ? HEAD_HIDES : 0);
    x->closes = router_begin(rq, length, form) == HEAD_CLOSES;
    x->has_body = length != 0;
    x->is_chunked = length < 0;
    visits_chunked(x->is_chunked);
    if (!guest_sent_head(x->guest, x->has_body))
        return MHD_NO;
    return x->closes ? finish(x) : MHD_YES;
}

static enum MHD_Result answer_connection(void *cls, struct MHD_Connection *connection, const char *url,
                                         const char *method, const char *version, const char *upload,
                                         size_t *upload_size, void **con_cls)
{
    struct exchange *x = *con_cls;
    (void)cls, (void)connection, (void)url;
    if (!x)
        return MHD_NO; /* there was no memory for it */
    if (x->stage == STAGE_HEAD)
        return begin_request(x, method, version);
    if (*upload_size > 0) {
        guest_sent_piece(x->guest);
        const bool worth_it = request_take_body(x->rq, upload, *upload_size);
        *upload_size = 0;
        return worth_it ? MHD_YES : MHD_NO;
    }
    return finish(x);
}

/* Bytes that were not read when a socket is closed make the system send a reset, which can overtake the reply (RFC 9112
 * section 9.6): what has come meanwhile is read first. */
static void drop_unread(const struct exchange *x)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    size_t dropped = 0;
    ssize_t n = 1;
    for (; info && n > 0 && dropped < LIMIT_DRAIN; dropped += n > 0 ? (size_t)n : 0)
        n = recv(info->connect_fd, NULL, LIMIT_DRAIN, MSG_DONTWAIT | MSG_TRUNC); /* of a stream: drops */
}

/* MHD's logger. */
static void note(void *cls, const char *format, va_list args)
{
    struct http *http = cls;
    enum last_words words;
    if (!refusals_note(format, args, &words))
        return;
    http->under_way++; /* until it is closed: MHD 0.9.75 fails on an answer of its own that meets the stop */
    struct visit *visit = visits_refused(&http->visits);
    if (visit)
        visit_answer(visit, words);
    else
        http->under_way--;
}

/* MHD is done with the reply's bytes; what the request allocated goes. */
static void request_over(void *cls, struct MHD_Connection *connection, void **con_cls,
                         enum MHD_RequestTerminationCode why)
{
    struct exchange *x = *con_cls;
    struct http *http = cls;
    if (!x)
        return;
    struct visit *visit = visit_of(connection);
    visit->told_of += x->rq->received;
    visits_chunked(-x->is_chunked);
    visit_waits(visit);
    if (why == MHD_REQUEST_TERMINATED_CLIENT_ABORT && x->stage < STAGE_WHOLE)
        guest_sends_no_more(http->visits.guests, x->guest);
    if (x->stage >= STAGE_READY && !x->rq->quiet)
        log_request(x->rq);
    if (x->closes && x->has_body)
        drop_unread(x);
    http->under_way -= x->stage >= STAGE_WHOLE;
    guest_was_answered(x->guest);
    http_reply_over(x->rq, x->form);
    request_free(x->rq);
    free(x);
    *con_cls = NULL;
}

/* ---- connections ---------------------------------------------------------------------------------------- */

static void end_visit(struct http *http, struct visit *visit)
{
    http->under_way -= visit->answered;
    const enum leave why = visit_end(visit);
    if (why == LEAVES_TOO_LATE)
        log_event("warning", "a request was not complete in time: 408, connection closed");
    if (why == LEAVES_FOR_TLS)
        refusals_note_tls();
}

static void connection_seen(void *cls, struct MHD_Connection *connection, void **visit,
                            enum MHD_ConnectionNotificationCode what)
{
    struct http *http = cls;
    if (what == MHD_CONNECTION_NOTIFY_STARTED)
        *visit = visit_begin(&http->visits, connection);
    else
        end_visit(http, *visit);
}

/* Each worker has its share of a daemon's connections. Those that make room for others need a moment for it. */
enum { OPTIONS_MAX = 6, SPARE_CONNECTIONS = 256 };

/* The last options of a daemon: those that not every one has. One worker is the daemon's own thread. */
static void put_options(struct http *http, unsigned workers, struct MHD_OptionItem *ret)
{
    struct tls *tls = http->server->tls;
    *ret++ = (struct MHD_OptionItem){ MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)connection_seen, http };
    if (workers > 1)
        *ret++ = (struct MHD_OptionItem){ MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)workers, NULL };
    if (tls) {
        *ret++ = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_KEY, 0, tls_key(tls) };
        *ret++ = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_CERT, 0, tls_certificates(tls) };
        *ret++ = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_PRIORITIES, 0, tls_priorities };
    }
    *ret = (struct MHD_OptionItem){ MHD_OPTION_END, 0, NULL };
}

/* ---- start and stop ------------------------------------------------------------------------------------ */

/* As many workers as cores, within reason: a worker is never blocked for long. */
static unsigned worker_count(void)
{
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 2 ? 2 : cores > 8 ? 8 : (unsigned)cores;
}

/* Of one listener, which has its share of the descriptors. */
static unsigned connection_limit(unsigned workers, size_t listeners)
{
    const size_t wanted = workers * (size_t)(LIMIT_CONNECTIONS + SPARE_CONNECTIONS);
    const size_t share = guests_descriptors(worker_count()) / listeners, limit = share < wanted ? share : wanted;
    return limit < workers ? workers : (unsigned)limit;
}

/* On our own socket rather than MHD's, for a clear error when the port is taken. */
static struct MHD_Daemon *start_daemon(struct http *http, int fd, unsigned workers, unsigned connections)
{
    struct MHD_OptionItem options[OPTIONS_MAX];
    const struct server *server = http->server;
    const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG |
                           (server->tls ? MHD_USE_TLS : 0);
    put_options(http, workers, options);
    return MHD_start_daemon(
        flags, 0, let_in, http, answer_connection, http, MHD_OPTION_EXTERNAL_LOGGER, note, http,
        MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_URI_LOG_CALLBACK, take_uri, http,
        MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, request_over, http, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)LIMIT_CONNECTION_POOL, MHD_OPTION_CONNECTION_LIMIT, connections,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)LIMIT_IDLE_SECONDS, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

static void stop_daemons(struct http *http)
{
    while (http->n)
        MHD_stop_daemon(http->daemons[--http->n]);
}

static void close_from(const struct listening *listening, size_t first)
{
    for (size_t i = first; i < listening->n; i++)
        close(listening->fd[i]);
}

struct http *http_start(const struct server *server, const char *host, uint16_t port, char *reterr, size_t reterr_size)
{
    struct listening listening;
    if (!listen_on(host, port, &listening, reterr, reterr_size))
        return NULL;
    /* Those of the first address, one for each other, and the write queue's. */
    if (!store_prepare_threads(server->store, worker_count() + (unsigned)listening.n, reterr, reterr_size)) {
        close_from(&listening, 0);
        return NULL;
    }
    struct http *http = calloc(1, sizeof *http);
    if (!http)
        die("no memory for the HTTP server");
    http->server = server;
    http->port = listening.port;
    http->own = listening.own;
    last_words_name_ids(server->config->error_ids);
    http->visits.over_tls = server->tls != NULL;
    http->visits.guests = guests_new(http->visits.over_tls, guests_descriptors(worker_count()) * 7 / 8);
    for (; http->n < listening.n; http->n++) { /* most clients come to the first address */
        const unsigned workers = http->n ? 1 : worker_count();
        http->daemons[http->n] =
            start_daemon(http, listening.fd[http->n], workers, connection_limit(workers, listening.n));
        if (!http->daemons[http->n])
            break;
    }
    if (http->n == listening.n)
        return http;
    snprintf(reterr, reterr_size, "cannot start the HTTP server");
    http->visits.stopping = true;
    close_from(&listening, http->n);
    stop_daemons(http);
    guests_free(http->visits.guests);
    free(http);
    return NULL;
}

uint16_t http_port(const struct http *http)
{
    return http->port;
}

unsigned http_own(const struct http *http)
{
    return http->own;
}

/* Replies that are ready leave within a moment; whoever does not take its own is not waited for. */
static void let_replies_leave(const struct http *http)
{
    const int64_t deadline_us = clock_steady_us() + LIMIT_STOP_US;
    while (http->under_way && clock_steady_us() < deadline_us)
        usleep(200);
}

void http_stop(struct http *http)
{
    if (!http)
        return;
    const struct server *server = http->server; /* MHD must not be stopped with suspended connections */
    http->visits.stopping = true;
    store_stop_waiting(server->store);
    workers_drain(server->parsers);
    outbound_drain(server->outbound);
    write_queue_drain(server->writes);
    streams_drain(server->streams);
    timers_drain(server->timers);
    let_replies_leave(http);
    stop_daemons(http);
    guests_free(http->visits.guests);
    free(http);
}
