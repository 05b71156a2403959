/* Server: everything that requests share. Started and stopped by main.c; unchanged in between. */
#ifndef DUVO_REQUEST_SERVER_H
#define DUVO_REQUEST_SERVER_H

#include "base/text.h"
#include "cli/config.h"

enum { SERVER_TOKEN_SIZE = 33 };

struct server {
    const struct config *config;
    struct tls *tls;            /* NULL: plain http */
    char token[SERVER_TOKEN_SIZE]; /* made at start: shows that a request comes from this process; empty: none does */
    struct store *store;
    struct spaces *spaces;
    struct write_queue *writes; /* router/write_queue.h; without it, each write is done where it arrives */
    struct workers *parsers;    /* of what takes long to parse; without them, that is done where it arrives */
    struct timers *timers;
    struct streams *streams;
    struct feeds *feeds;        /* control/feed.h; without them nobody watches a space */
    _Atomic unsigned port;      /* that it listens on, once it does */
    _Atomic unsigned own;       /* enum own: which loopback addresses of it are its own */
    struct outbound *outbound;  /* for work that blocks; without it, that is done in place */
    struct courier *courier;    /* sends what happens to who subscribed to it; without it, nobody does */
};

/* Of the URLs that it is called with. */
static inline const char *server_scheme(const struct server *server)
{
    return server->tls ? "https" : "http";
}

/* As this machine reaches it once it listens: `http://127.0.0.1:8787`, NUL-terminated, in the arena. */
struct text server_origin(struct arena *arena, const struct server *server);

#endif
