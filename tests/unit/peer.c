#include "peer.h"

#include "base/buf.h"
#include "base/memory.h"
#include "passing.h"
#include "scratch.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { CONNECTIONS = 512, REQUEST_ROOM = 64 * 1024, RULES = 64 };

struct connection {
    struct peer *peer;
    int fd;
    pthread_t thread;
    struct text request; /* allocated; set when it is complete */
};

struct peer {
    const struct peer_rule *rules;
    int listener;
    unsigned port, other;
    pthread_t thread;
    pthread_mutex_t lock;
    unsigned used[RULES];
    struct connection connections[CONNECTIONS];
    size_t n;
    int held; /* the newest connection that stays open, or -1 */
    bool stop;
};

/* ---- what is said --------------------------------------------------------------------------------------- */

/* The digits or quoted text after `"id":`. */
static struct text id_of(struct text request)
{
    const char *at = memmem(request.p, request.n, "\"id\":", 5);
    if (!at)
        return T("null");
    const struct text rest = text_from(request, (size_t)(at + 5 - request.p));
    size_t n = 0;
    while (n < rest.n && rest.p[n] != ',' && rest.p[n] != '}')
        n++;
    return text_clip(rest, n);
}

static void put_filled(struct buf *b, const struct peer *peer, struct text form, struct text request)
{
    for (size_t i = 0; i < form.n; i++) {
        const struct text rest = text_from(form, i);
        if (text_starts(rest, T("$port"))) {
            buf_addf(b, "%u", peer->port);
            i += 4;
        } else if (text_starts(rest, T("$other"))) {
            buf_addf(b, "%u", peer->other);
            i += 5;
        } else if (text_starts(rest, T("$id"))) {
            buf_add(b, id_of(request));
            i += 2;
        } else {
            buf_add_char(b, form.p[i]);
        }
    }
}

/* Who has gone is not told any more. */
static void say(int fd, struct text t, size_t step)
{
    while (t.n) {
        const ssize_t n = send(fd, t.p, t.n < step ? t.n : step, MSG_NOSIGNAL);
        if (n <= 0)
            return;
        t = text_from(t, (size_t)n);
    }
}

static void say_filled(const struct connection *c, int fd, const char *form, bool drip)
{
    struct arena *arena = arena_new();
    struct buf b = buf_new(arena, 64 * 1024 * 1024);
    put_filled(&b, c->peer, text_of(form), c->request);
    say(fd, buf_text(&b), drip ? 1 : 64 * 1024);
    arena_free(arena);
}

/* ---- one connection --------------------------------------------------------------------------------------- */

static size_t announced_length(struct text head)
{
    for (struct text rest = head; rest.p;) {
        struct text value = text_cut(&rest, '\n');
        int64_t n = 0;
        if (text_eq_nocase(text_cut(&value, ':'), T("content-length")) &&
            text_to_uint((struct text){ text_trim(value).p, text_find(text_trim(value), '\r') }, &n))
            return (size_t)n;
    }
    return 0;
}

static bool is_complete(struct text request)
{
    const char *end = request.n ? memmem(request.p, request.n, "\r\n\r\n", 4) : NULL;
    if (!end)
        return false;
    const size_t head = (size_t)(end + 4 - request.p);
    return request.n - head >= announced_length(text_clip(request, head));
}

static bool is_handshake(struct text request)
{
    return request.n && request.p[0] == 0x16;
}

static bool read_request(struct connection *c)
{
    char *room = malloc(REQUEST_ROOM);
    struct text request = { room, 0 };
    if (!room)
        die("no memory for a request");
    while (!is_complete(request) && !is_handshake(request) && request.n < REQUEST_ROOM) {
        const ssize_t n = recv(c->fd, room + request.n, REQUEST_ROOM - request.n, 0);
        if (n <= 0)
            break;
        request.n += (size_t)n;
    }
    pthread_mutex_lock(&c->peer->lock);
    c->request = request;
    pthread_mutex_unlock(&c->peer->lock);
    return is_complete(request);
}

static bool is_last(const struct peer_rule *rule)
{
    return !rule->has && !rule->reply && !rule->hold;
}

static const struct peer_rule *find_rule(struct connection *c)
{
    struct peer *peer = c->peer;
    const struct peer_rule *found = NULL;
    pthread_mutex_lock(&peer->lock);
    for (size_t i = 0; !found && !is_last(&peer->rules[i]); i++) {
        const struct peer_rule *rule = &peer->rules[i];
        if ((rule->has && !text_contains(c->request, text_of(rule->has))) ||
            (rule->times && peer->used[i] == rule->times))
            continue;
        peer->used[i]++;
        found = rule;
    }
    pthread_mutex_unlock(&peer->lock);
    return found;
}

static void hold(struct connection *c)
{
    char unread[64];
    while (recv(c->fd, unread, sizeof unread, 0) > 0)
        ;
    pthread_mutex_lock(&c->peer->lock);
    if (c->peer->held == c->fd)
        c->peer->held = -1;
    pthread_mutex_unlock(&c->peer->lock);
}

static void say_on_held(struct connection *c, const char *form)
{
    pthread_mutex_lock(&c->peer->lock);
    if (c->peer->held >= 0)
        say_filled(c, c->peer->held, form, false);
    pthread_mutex_unlock(&c->peer->lock);
}

static void obey(struct connection *c, const struct peer_rule *rule)
{
    if (rule->delay_ms)
        usleep(rule->delay_ms * 1000);
    if (rule->hold) {
        pthread_mutex_lock(&c->peer->lock);
        c->peer->held = c->fd;
        pthread_mutex_unlock(&c->peer->lock);
    }
    if (rule->stream)
        say_on_held(c, rule->stream);
    if (rule->size)
        say(c->fd, (struct text){ rule->reply, rule->size }, rule->size);
    else if (rule->reply)
        say_filled(c, c->fd, rule->reply, rule->drip);
    time_passes(rule->passes_ms);
    if (rule->hold)
        hold(c);
}

static void *serve(void *cls)
{
    struct connection *c = cls;
    if (!read_request(c)) {
        if (is_handshake(c->request))
            say(c->fd, T(PEER_TEXT("400 Bad Request") "this is plain HTTP"), 1024);
    } else {
        const struct peer_rule *rule = find_rule(c);
        static const struct peer_rule none = { .reply = PEER_TEXT("500 No Rule") "no rule fits" };
        obey(c, rule ? rule : &none);
    }
    shutdown(c->fd, SHUT_RDWR);
    arena_trim();
    return NULL;
}

/* ---- the peer ----------------------------------------------------------------------------------------------- */

static void *run(void *cls)
{
    struct peer *peer = cls;
    for (;;) {
        const int fd = accept(peer->listener, NULL, NULL), one = 1;
        pthread_mutex_lock(&peer->lock);
        const bool done = fd < 0 || peer->stop || peer->n == CONNECTIONS;
        struct connection *c = done ? NULL : &peer->connections[peer->n++];
        if (c) {
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            *c = (struct connection){ .peer = peer, .fd = fd };
            pthread_create(&c->thread, NULL, serve, c);
        }
        pthread_mutex_unlock(&peer->lock);
        if (!c && fd >= 0)
            close(fd);
        if (!c)
            return NULL;
    }
}

static struct in_addr loopback(void)
{
    return (struct in_addr){ htonl(INADDR_LOOPBACK) };
}

static int listen_somewhere(struct in_addr at, unsigned *ret_port)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = at };
    socklen_t size = sizeof address;
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, size), 0);
    assert_int_equal(listen(fd, 64), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    *ret_port = ntohs(address.sin_port);
    return fd;
}

struct peer *peer_start(const struct peer_rule *rules, const struct peer *beside)
{
    return peer_start_at(rules, beside, loopback());
}

struct peer *peer_start_at(const struct peer_rule *rules, const struct peer *beside, struct in_addr at)
{
    struct peer *peer = calloc(1, sizeof *peer);
    assert_non_null(peer);
    peer->rules = rules;
    peer->held = -1;
    peer->other = beside ? beside->port : 0;
    peer->listener = listen_somewhere(at, &peer->port);
    pthread_mutex_init(&peer->lock, NULL);
    assert_int_equal(pthread_create(&peer->thread, NULL, run, peer), 0);
    return peer;
}

void peer_stop(struct peer *peer)
{
    pthread_mutex_lock(&peer->lock);
    peer->stop = true;
    for (size_t i = 0; i < peer->n; i++)
        shutdown(peer->connections[i].fd, SHUT_RDWR);
    pthread_mutex_unlock(&peer->lock);
    shutdown(peer->listener, SHUT_RDWR);
    pthread_join(peer->thread, NULL);
    close(peer->listener);
    for (size_t i = 0; i < peer->n; i++) {
        pthread_join(peer->connections[i].thread, NULL);
        close(peer->connections[i].fd);
        free((void *)(uintptr_t)peer->connections[i].request.p);
    }
    pthread_mutex_destroy(&peer->lock);
    free(peer);
}

unsigned peer_port(const struct peer *peer)
{
    return peer->port;
}

struct text peer_url(const struct peer *peer, const char *path)
{
    return text_format(scratch, "http://127.0.0.1:%u%s", peer->port, path);
}

unsigned peer_count(struct peer *peer, const char *part)
{
    unsigned count = 0;
    pthread_mutex_lock(&peer->lock);
    for (size_t i = 0; i < peer->n; i++)
        count += peer->connections[i].request.n && text_contains(peer->connections[i].request, text_of(part));
    pthread_mutex_unlock(&peer->lock);
    return count;
}

unsigned peer_free_port(void)
{
    unsigned port = 0;
    close(listen_somewhere(loopback(), &port));
    return port;
}
