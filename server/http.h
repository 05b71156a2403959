/* HTTP: libmicrohttpd on one side, the router on the other; with http_reply.c and http_visit.c the only user of
 * microhttpd.h. Bytes come in, a struct request is made of them; a struct reply goes out. */
#ifndef DUVO_HTTP_H
#define DUVO_HTTP_H

#include "router/router.h"

#include <stdint.h>

struct http;

/* Listens on `host` (an address, or a name that resolves to one) and `port`; 0 picks a free one. NULL with one line in
 * reterr when that is not possible. */
struct http *http_start(const struct server *server, const char *host, uint16_t port, char *reterr, size_t reterr_size);
uint16_t http_port(const struct http *http);
/* Of enum own (net/listen.h). */
unsigned http_own(const struct http *http);
/* Accepts no more connections, answers the requests under way, closes the rest; NULL is accepted. */
void http_stop(struct http *http);

#endif
