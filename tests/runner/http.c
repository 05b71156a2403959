#include "http.h"

#include "timing.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { STREAM_SILENCE_MS = 300, REPLY_LIMIT = 256 << 20 };

bool http_open(struct http_conn *c, int port)
{
    struct sockaddr_in to = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    union {
        const struct sockaddr_in *in;
        const struct sockaddr *any;
    } address = { .in = &to };
    int on = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    c->unfinished = false;
    text_reset(&c->in);
    if (c->fd < 0 || connect(c->fd, address.any, sizeof to) != 0) {
        http_close(c);
        return false;
    }
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fcntl(c->fd, F_SETFL, O_NONBLOCK) == 0;
}

void http_close(struct http_conn *c)
{
    if (c->fd >= 0)
        close(c->fd);
    c->fd = -1;
    text_free(&c->in);
}

enum idle_state http_idle_state(struct http_conn *c)
{
    char byte;
    if (c->in.len > 0)
        return IDLE_DIRTY;
    ssize_t n = recv(c->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (n > 0)
        return IDLE_DIRTY;
    return n < 0 && errno == EAGAIN ? IDLE_READY : IDLE_CLOSED;
}

static short wait_for(const struct http_conn *c, short events, int64_t deadline)
{
    struct pollfd p = { .fd = c->fd, .events = events };
    int64_t left;
    int n;
    do {
        left = deadline - now_ms();
        n = poll(&p, 1, left > 0 ? (int)left : 0);
    } while (n < 0 && errno == EINTR);
    return n > 0 ? p.revents : 0;
}

enum fill { FILL_SOME, FILL_END, FILL_LATE };

static enum fill fill(struct http_conn *c, int64_t deadline)
{
    char block[65536];
    if (wait_for(c, POLLIN, deadline) == 0)
        return FILL_LATE;
    ssize_t n = recv(c->fd, block, sizeof block, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return FILL_SOME;
    if (n <= 0 || c->in.len > REPLY_LIMIT)
        return FILL_END;
    text_add(&c->in, block, (size_t)n);
    return FILL_SOME;
}

/* An answer that is more than "100 Continue" means that the rest of the request need not be sent. */
static bool answered_early(struct http_conn *c, int64_t deadline)
{
    return fill(c, deadline) != FILL_SOME || (c->in.len >= 10 && !str_starts(text_str(&c->in), "HTTP/1.1 1"));
}

void http_send(struct http_conn *c, const char *bytes, size_t len, int64_t deadline)
{
    c->unfinished = true;
    while (len > 0) {
        short ready = wait_for(c, POLLIN | POLLOUT, deadline);
        if (ready == 0 || ((ready & POLLIN) != 0 && answered_early(c, deadline)))
            return;
        ssize_t n = send(c->fd, bytes, len, MSG_NOSIGNAL);
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            return;
        bytes += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
    c->unfinished = false;
}

void http_shut_writing(struct http_conn *c)
{
    shutdown(c->fd, SHUT_WR);
}

const char *http_reply_next(const struct http_reply *reply, const char *name, size_t *at)
{
    for (; *at < reply->count; ++*at)
        if (strcasecmp(reply->fields[*at].name, name) == 0)
            return reply->fields[(*at)++].value;
    return NULL;
}

const char *http_reply_field(const struct http_reply *reply, const char *name)
{
    size_t at = 0;
    return http_reply_next(reply, name, &at);
}

void http_reply_free(struct http_reply *reply)
{
    text_free(&reply->head);
    text_free(&reply->body);
    text_free(&reply->words);
    free(reply->fields);
    *reply = (struct http_reply){ 0 };
}

static const char *status_line_parse(struct http_reply *r, const char *line)
{
    long long status;
    char digits[4] = { 0 };
    if (!str_starts(line, "HTTP/1.1 ") && !str_starts(line, "HTTP/1.0 "))
        return "the status line does not begin with HTTP/1.1";
    memcpy(digits, line + 9, strnlen(line + 9, 3));
    if (!number_parse(digits, 100, 599, &status) || (line[12] != ' ' && line[12] != '\0'))
        return "the status line has no status";
    r->status = (int)status;
    r->keep = line[7] == '1';
    return NULL;
}

static const char *field_parse(struct http_reply *r, char *line)
{
    char *colon = strchr(line, ':');
    if (colon == NULL || colon == line || strcspn(line, " \t") < (size_t)(colon - line))
        return "a header line is not `name: value`";
    *colon = '\0';
    r->fields[r->count++] = (struct http_field){ .name = line, .value = str_trim(colon + 1) };
    return NULL;
}

/* The head must be lines that end in \r\n, without a NUL or a lone \r or \n. */
static bool head_well_formed(const struct text *head)
{
    for (size_t i = 0; i < head->len; i++) {
        char c = head->data[i];
        bool pair = i + 1 < head->len && c == '\r' && head->data[i + 1] == '\n';
        if (c == '\0' || c == '\n' || (c == '\r' && !pair))
            return false;
        i += pair;
    }
    return true;
}

static const char *head_parse(struct http_reply *r)
{
    if (!head_well_formed(&r->head))
        return "the head has a line that does not end in \\r\\n";
    size_t lines = 0;
    for (size_t i = 0; i < r->head.len; i++)
        lines += r->head.data[i] == '\n';
    text_add(&r->words, text_str(&r->head), r->head.len);
    r->fields = calloc(lines + 1, sizeof *r->fields);
    if (r->fields == NULL)
        abort();
    char *line = r->words.data;
    const char *problem = NULL;
    for (size_t i = 0; problem == NULL && *line != '\0' && *line != '\r'; i++) {
        char *end = strstr(line, "\r\n");
        *end = '\0';
        problem = i == 0 ? status_line_parse(r, line) : field_parse(r, line);
        line = end + 2;
    }
    return problem;
}

/* The head of the next reply, moved from c->in to r->head. */
static enum reply_kind head_receive(struct http_conn *c, int64_t deadline, struct http_reply *r)
{
    for (;;) {
        const char *end = c->in.len == 0 ? NULL : memmem(c->in.data, c->in.len, "\r\n\r\n", 4);
        if (end != NULL) {
            size_t len = (size_t)(end - c->in.data) + 4;
            text_add(&r->head, c->in.data, len);
            text_drop_front(&c->in, len);
            r->problem = head_parse(r);
            return r->problem == NULL ? REPLY_FULL : REPLY_BAD;
        }
        bool begun = c->in.len > 0;
        enum fill more = fill(c, deadline);
        if (more == FILL_SOME)
            continue;
        text_add(&r->head, text_str(&c->in), c->in.len);
        if (more == FILL_END)
            return begun ? REPLY_CUT : REPLY_CLOSED;
        return begun ? REPLY_SLOW : REPLY_SILENT;
    }
}

enum decoded { DECODED_ALL, DECODED_PART, DECODED_BAD };

/* The size line of a chunk; ret_head is its length. */
static enum decoded chunk_size_parse(const struct text *in, size_t *ret_head, size_t *ret_size)
{
    const char *end = in->len == 0 ? NULL : memmem(in->data, in->len, "\r\n", 2);
    if (end == NULL)
        return DECODED_PART;
    char *after;
    errno = 0;
    unsigned long long size = strtoull(in->data, &after, 16);
    if (after == in->data || (*after != '\r' && *after != ';') || errno != 0 || size > REPLY_LIMIT)
        return DECODED_BAD;
    *ret_head = (size_t)(end - in->data) + 2;
    *ret_size = size;
    return DECODED_ALL;
}

/* Moves whole chunks, and the end with its trailers, from `in` to the body. */
static enum decoded chunks_decode(struct text *in, struct http_reply *r)
{
    for (;;) {
        size_t head = 0, size = 0;
        enum decoded line = chunk_size_parse(in, &head, &size);
        if (line != DECODED_ALL)
            return line;
        if (size == 0) {
            const char *last = memmem(in->data + head - 2, in->len - head + 2, "\r\n\r\n", 4);
            if (last != NULL)
                text_drop_front(in, (size_t)(last - in->data) + 4);
            return last == NULL ? DECODED_PART : DECODED_ALL;
        }
        if (in->len < head + size + 2)
            return DECODED_PART;
        if (memcmp(in->data + head + size, "\r\n", 2) != 0)
            return DECODED_BAD;
        text_add(&r->body, in->data + head, size);
        text_drop_front(in, head + size + 2);
    }
}

static enum decoded length_decode(struct text *in, struct http_reply *r, size_t length)
{
    if (in->len < length)
        return DECODED_PART;
    text_add(&r->body, text_str(in), length);
    text_drop_front(in, length);
    return DECODED_ALL;
}

struct framing {
    bool chunked, until_close, stream;
    size_t length;
};

static const char *framing_parse(struct http_reply *r, bool no_body, struct framing *ret)
{
    const char *coding = http_reply_field(r, "transfer-encoding"),
               *type = http_reply_field(r, "content-type");
    size_t at = 0;
    const char *length = http_reply_next(r, "content-length", &at);
    const char *connection = http_reply_field(r, "connection");
    long long n = 0;
    if (connection != NULL && strcasestr(connection, "close") != NULL)
        r->keep = false;
    if (length != NULL && (coding != NULL || http_reply_next(r, "content-length", &at) != NULL))
        return "the reply says twice how long its body is";
    if (length != NULL && !number_parse(length, 0, REPLY_LIMIT, &n))
        return "content-length is not a length";
    if (coding != NULL && strcasecmp(coding, "chunked") != 0)
        return "transfer-encoding is not chunked";
    bool none = no_body || r->status == 204 || r->status == 304;
    *ret = (struct framing){ .length = none ? 0 : (size_t)n,
                             .chunked = !none && coding != NULL,
                             .until_close = !none && coding == NULL && length == NULL,
                             .stream = type != NULL && str_starts(type, "text/event-stream") };
    return NULL;
}

static enum decoded body_decode(struct http_conn *c, struct http_reply *r, const struct framing *f)
{
    if (f->until_close) {
        length_decode(&c->in, r, c->in.len);
        return DECODED_PART;
    }
    return f->chunked ? chunks_decode(&c->in, r) : length_decode(&c->in, r, f->length);
}

static enum reply_kind body_receive(struct http_conn *c, int64_t deadline, struct http_reply *r,
                                    const struct framing *f)
{
    for (;;) {
        enum decoded state = body_decode(c, r, f);
        if (state == DECODED_ALL)
            return REPLY_FULL;
        if (state == DECODED_BAD) {
            r->problem = "the chunked coding is broken";
            return REPLY_BAD;
        }
        int64_t patience = f->stream ? now_ms() + STREAM_SILENCE_MS : deadline;
        enum fill more = fill(c, patience < deadline ? patience : deadline);
        if (more == FILL_SOME)
            continue;
        r->keep = false;
        if ((more == FILL_END && f->until_close) || (more == FILL_LATE && f->stream))
            return REPLY_FULL;
        text_add(&r->body, text_str(&c->in), c->in.len);
        return more == FILL_END ? REPLY_CUT : REPLY_SLOW;
    }
}

void http_receive(struct http_conn *c, bool no_body, int64_t deadline, struct http_reply *ret_reply)
{
    struct http_reply *r = ret_reply;
    do {
        http_reply_free(r);
        r->kind = head_receive(c, deadline, r);
    } while (r->kind == REPLY_FULL && r->status < 200);
    struct framing framing;
    if (r->kind == REPLY_FULL) {
        r->problem = framing_parse(r, no_body, &framing);
        r->kind = r->problem != NULL ? REPLY_BAD : body_receive(c, deadline, r, &framing);
    }
    c->used_ms = now_ms();
    if (r->kind != REPLY_FULL || !r->keep || c->unfinished)
        http_close(c);
}
