/* Requests: to the router without a socket, and as raw bytes to a server that listens. */
#include "fuzz.h"

#include "base/clock.h"
#include "served.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

void fuzz_head(struct text input);
void fuzz_request(struct text input);

enum { RESET_AFTER = 500 };

/* ---- to the router: `METHOD target`, lines of headers, an empty line, the body ------------------------------- */

enum { HEADERS_MAX = 16 };

/* Those wait for what does not come here, as long as they are asked to. */
static bool waits(struct text input)
{
    static const char *const words[] = { "verify", "delay", "hang", "slow", "%" };
    const struct text head = text_clip(input, text_find(input, '\n'));
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_contains(i < 4 ? input : head, text_of(words[i])) && (i < 4 || text_contains(head, T("_mock"))))
            return true;
    return false;
}

static void take_head(struct text *rest, struct request *rq)
{
    while (rest->n) {
        struct text line = text_cut(rest, '\n');
        if (!line.n)
            return;
        const struct text name = text_cut(&line, ':');
        if (rq->header_count < HEADERS_MAX && line.p)
            rq->headers[rq->header_count++] =
                (struct pair){ text_copy(rq->arena, name), text_copy(rq->arena, text_trim(line)) };
    }
}

static bool has_line_end(struct text t)
{
    return text_find(t, '\r') < t.n || text_find(t, '\n') < t.n;
}

static void start_anew(void)
{
    static unsigned runs;
    if (runs++ % RESET_AFTER)
        return;
    rig_expect(served_rig(), ASK("POST", "/_mock/reset", OWNER, JSON, "{}"), 200, NULL);
}

void fuzz_request(struct text input)
{
    const struct rig *served = served_rig();
    struct text rest = input, line = text_cut(&rest, '\n');
    if (waits(input) || memchr(line.p, '\0', line.n))
        return;
    start_anew();
    const struct text method = text_cut(&line, ' ');
    struct request *rq = request_new(&served->server, text_copy(fuzz_arena, text_cut(&line, ' ')));
    rq->method = text_copy(rq->arena, method);
    rq->headers = ARENA_ARRAY(rq->arena, HEADERS_MAX, struct pair);
    take_head(&rest, rq);
    const struct text body = fuzz_own(rest);
    if (router_begin(rq, (int64_t)body.n, 0) == HEAD_TAKEN && body.n)
        request_take_body(rq, body.p, body.n);
    rig_finish(served, rq);
    FUZZ_PROMISE(rq->reply.status != 500, "no request is an internal error");
    FUZZ_PROMISE(text_is_utf8(reply_bytes(&rq->reply)), "a reply is UTF-8");
    for (size_t i = 0; i < rq->reply.header_count; i++)
        FUZZ_PROMISE(!has_line_end(rq->reply.headers[i].value), "a header of a reply is one line");
    request_free(rq);
}

/* ---- to a server that listens --------------------------------------------------------------------------- */

enum { REPLY_MS = 5, ALIVE_MS = 20000, CHECK_AFTER = 50 };

static int connect_to(uint16_t port)
{
    const struct linger abrupt = { .l_onoff = 1 }; /* closing leaves nothing behind */
    const struct sockaddr_in here = { .sin_family = AF_INET, .sin_port = htons(port),
                                      .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool connected = fd >= 0 && connect(fd, (const struct sockaddr *)&here, sizeof here) == 0;
    FUZZ_PROMISE(connected, "the server takes connections");
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &abrupt, sizeof abrupt);
    return fd;
}

/* What comes back until the connection ends, or nothing comes any more for that long. */
static struct text talk(struct text bytes, int ms)
{
    static char got[1 << 16];
    size_t n = 0;
    const int fd = connect_to(served_port());
    ssize_t last = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
    struct pollfd ready = { .fd = fd, .events = POLLIN };
    while (last > 0 && n < sizeof got && poll(&ready, 1, n ? REPLY_MS : ms) == 1) {
        last = recv(fd, got + n, sizeof got - n, 0);
        n += last > 0 ? (size_t)last : 0;
    }
    close(fd);
    return (struct text){ got, n };
}

static void check_alive(void)
{
    static unsigned runs;
    if (runs++ % CHECK_AFTER)
        return;
    const struct text reply =
        talk(T("GET /_mock/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), ALIVE_MS);
    FUZZ_PROMISE(text_starts(reply, T("HTTP/1.1 200 ")), "the server answers after whatever it got");
}

void fuzz_head(struct text input)
{
    const struct text reply = talk(fuzz_own(input), REPLY_MS);
    FUZZ_PROMISE(!reply.n || text_starts(reply, T("HTTP/1.")), "what is answered begins with a status line");
    FUZZ_PROMISE(!text_starts(reply, T("HTTP/1.1 500")), "no head is an internal error");
    check_alive();
}
