/*
 * http: a small HTTP/1.1 client over a plain socket: sends any bytes, judges every byte that comes back.
 *
 * A connection is kept between exchanges while the server allows it. Times are deadlines on now_ms()'s clock.
 */
#ifndef RUNNER_HTTP_H
#define RUNNER_HTTP_H

#include "text.h"

#include <stdint.h>

enum reply_kind {
    REPLY_FULL,   /* a whole reply */
    REPLY_CLOSED, /* the connection ended before the first byte */
    REPLY_CUT,    /* … in the middle of the reply */
    REPLY_SILENT, /* no byte until the deadline */
    REPLY_SLOW,   /* not all of it until the deadline */
    REPLY_BAD     /* not HTTP; `problem` says why */
};

struct http_field {
    char *name, *value;
};

struct http_reply {
    enum reply_kind kind;
    const char *problem;
    int status;
    bool keep; /* the connection may carry another request */
    struct text head, body;
    struct http_field *fields;
    size_t count;
    struct text words; /* what fields points into */
};

struct http_conn {
    int fd; /* -1: not open */
    struct text in;
    int64_t used_ms; /* when its last reply was complete */
    bool unfinished; /* a request was not sent to its end, so no other can follow it */
};

enum idle_state { IDLE_READY, IDLE_CLOSED, IDLE_DIRTY /* bytes nobody asked for */ };

bool http_open(struct http_conn *c, int port);
void http_close(struct http_conn *c);
enum idle_state http_idle_state(struct http_conn *c);

/* Sends until done, or until the server answers, closes or stalls; http_receive() tells what came of it. */
void http_send(struct http_conn *c, const char *bytes, size_t len, int64_t deadline);
void http_shut_writing(struct http_conn *c);
/* no_body: a reply to HEAD. 1xx replies are skipped. An event stream ends when it falls silent. */
void http_receive(struct http_conn *c, bool no_body, int64_t deadline, struct http_reply *ret_reply);

/* The first value of that name, from index *at on, which moves behind it; NULL when there is no more. */
const char *http_reply_next(const struct http_reply *reply, const char *name, size_t *at);
const char *http_reply_field(const struct http_reply *reply, const char *name);
void http_reply_free(struct http_reply *reply);

#endif
