/* Peer: the other end of a call, on a free port of 127.0.0.1. It answers each request by the first rule that fits, in
 * a thread for each connection, and remembers what came. It speaks no TLS: a handshake gets an answer in plain text.
 * Whatever goes wrong fails the test. */
#ifndef DUVO_TEST_PEER_H
#define DUVO_TEST_PEER_H

#include "base/text.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct peer;

/* What is said may contain `$port` (the peer's), `$other` (that of the peer beside it) and `$id` (the value of "id" in
 * the request's body). */
struct peer_rule {
    const char *has;    /* the request, from its method to the end of its body, contains this; NULL: any does */
    const char *reply;  /* sent as it is; NULL: nothing is said */
    size_t size;        /* of a reply that holds NULs, and no `$`; 0: strlen */
    const char *stream; /* sent on the connection that is held, before the reply */
    unsigned times;     /* so many requests at most; 0: any number */
    unsigned delay_ms;  /* before the reply */
    int64_t passes_ms;  /* so much time has passed once the reply is sent: passing.h */
    bool hold;          /* the connection stays open after the reply until the client or the test ends it */
    bool drip;          /* the reply is sent byte by byte */
};

/* `rules` must outlive it; the first without `has`, `reply` and `hold` ends them. `beside` may be NULL. */
struct peer *peer_start(const struct peer_rule *rules, const struct peer *beside);
/* The same on another address of this machine, which peer_url does not tell. */
struct peer *peer_start_at(const struct peer_rule *rules, const struct peer *beside, struct in_addr at);
void peer_stop(struct peer *peer);
unsigned peer_port(const struct peer *peer);
/* `http://127.0.0.1:PORT` and the path, in the scratch arena. */
struct text peer_url(const struct peer *peer, const char *path);

/* How many requests came, and how many of them contain the part. */
unsigned peer_count(struct peer *peer, const char *part);

/* A port of 127.0.0.1 on which nobody listens. */
unsigned peer_free_port(void);

#define PEER_JSON "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
#define PEER_SSE "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
#define PEER_OK PEER_TEXT("200 OK")
#define PEER_TEXT(status) "HTTP/1.1 " status "\r\nContent-Type: text/plain\r\n\r\n"

#endif
