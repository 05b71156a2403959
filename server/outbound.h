/* Outbound: every call to another host, and the only user of curl.h.
 *
 * A request whose work calls another host is suspended, and that work runs on a thread of this pool; it may block, but
 * never for longer than its trip allows. A trip is all the calls that one piece of work makes: they share a deadline,
 * a number of bytes and a trail, which tells a developer what was tried and what came back.
 *
 * Which hosts may be called is decided on the address that is about to be connected to, after names were resolved:
 * link-local, multicast, unspecified and cloud-metadata addresses never; with OUTBOUND_LOOPBACK only loopback ones.
 * Redirects are followed here, a few of them, and what the caller sent as a credential never follows to another
 * origin. Proxies of the environment are not used. Nothing here logs, and no error text or trail holds the value of a
 * header. */
#ifndef DUVO_OUTBOUND_H
#define DUVO_OUTBOUND_H

#include "base/buf.h"
#include "base/secret.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum outbound_mode { OUTBOUND_ANY, OUTBOUND_LOOPBACK, OUTBOUND_OFF };

struct outbound; /* the pool */

/* NULL when threads cannot be started. */
struct outbound *outbound_start(enum outbound_mode mode);
/* Runs work(cls) on a thread of the pool. False when too many wait already (LIMIT_OUTBOUND_QUEUE): nothing happens. */
bool outbound_submit(struct outbound *pool, void (*work)(void *cls), void *cls);
/* Cuts calls under way short, and waits until no work is left; work that waited runs and finds its calls refused.
 * Nothing may be submitted any more. */
void outbound_drain(struct outbound *pool);
/* After outbound_drain; NULL is accepted. */
void outbound_free(struct outbound *pool);

struct trip {
    struct arena *arena;         /* of everything that the calls answer */
    const struct outbound *pool;
    int64_t deadline_us;         /* by clock_steady_us */
    size_t bytes_left;           /* of bodies and headers that may still come in */
    struct buf trail;            /* a line for each call: `POST https://host/path -> 401 in 12 ms` */
    /* Where a URL is really served: true with the URL to call and, when *ret_as is set, the URL that it stands for,
     * which is told to the server in `x-mock-as`. NULL: every URL is called as it is. Redirects are looked up, too. */
    bool (*rewrite)(void *cls, struct text url, struct text *ret_url, struct text *ret_as);
    void *rewrite_cls;
};

/* LIMIT_TRIP_SECONDS and LIMIT_TRIP_BYTES from now on. */
struct trip trip_new(struct arena *arena, const struct outbound *pool);

/* One header; the value is either public or a secret. */
struct call_header {
    struct text name, value;
    struct secret secret; /* when value.p is NULL */
};

struct call {
    struct text method; /* GET, POST, DELETE */
    struct text url;    /* absolute http or https, without user information */
    struct text body;   /* unset: none */
    const struct call_header *headers;
    size_t header_count;
    /* When set, each piece of a successful (2xx) body goes here rather than into the answer; false ends the call,
     * which then counts as complete. It may make other calls of the same trip. */
    bool (*on_body)(void *cls, struct text type, struct text piece);
    void *cls;
};

enum call_outcome {
    CALL_ANSWERED,    /* with whatever status */
    CALL_BAD_URL,
    CALL_FORBIDDEN,   /* by the outbound mode, or the address is one that is never called */
    CALL_UNREACHABLE, /* name unknown, connection refused or broken */
    CALL_TLS,
    CALL_TIMEOUT,     /* the trip's deadline */
    CALL_TOO_LARGE,   /* the trip's bytes */
    CALL_REDIRECTS,   /* too many, or to nowhere */
    CALL_STOPPED,     /* the pool is being drained */
};

struct answer_header {
    struct text name, value;
};

struct answer {
    enum call_outcome outcome;
    struct text why;    /* unless answered: one line for a developer, such as `connection refused by 127.0.0.1:9` */
    unsigned status;
    struct text url;    /* after redirects */
    struct text body;
    struct answer_header *headers;
    size_t header_count;
};

/* Blocks. True when it was answered. */
bool call_http(struct trip *trip, const struct call *call, struct answer *ret);
/* The first header of that name, in any case, or the unset text. */
struct text answer_header(const struct answer *answer, struct text name);

#endif
