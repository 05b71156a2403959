/* Outbound: every call to another host, and the only user of curl.h.
 *
 * A request whose work calls another host is suspended, and that work runs on a thread of this pool; it may block, but
 * never for longer than its trip allows. A trip is all the calls that one piece of work makes: they share a deadline,
 * a number of bytes and a trail, which tells a developer what was tried and what came back.
 *
 * Which hosts may be called is decided on the address that is about to be connected to, after names were resolved:
 * link-local, multicast, unspecified and cloud-metadata addresses never; with OUTBOUND_LOOPBACK only loopback ones;
 * with OUTBOUND_OFF none. What a rewrite says is served by the mock itself is reached in every mode; of this process
 * nothing but the paths that are open to itself is ever called, under whatever name or address.
 *
 * Redirects are followed here, a few of them, by three rules. To another origin they never lead further inside: from a
 * public address to a private or loopback one, or from a private to a loopback one. What the caller sent as a
 * credential never follows to another origin: secret headers, headers named like one (`authorization`, `cookie`,
 * `x-api-key`, …), and a body
 * unless the caller says that it is public. And nothing is dropped silently: 307 and 308 repeat method and body, 301,
 * 302 and 303 are followed by a GET alone, because they would turn any other method into a GET without a body; such an
 * answer is CALL_REDIRECTS.
 *
 * Proxies of the environment are not used; there are no cookies, and certificates are verified with the system's
 * authorities. Nothing here logs, and no error text or trail holds the value of a header, user information, or the
 * value of a URL's parameter that is named like a credential. */
#ifndef DUVO_NET_OUTBOUND_H
#define DUVO_NET_OUTBOUND_H

#include "base/buf.h"
#include "base/pair.h"
#include "base/secret.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum outbound_mode { OUTBOUND_ANY, OUTBOUND_LOOPBACK, OUTBOUND_OFF };

struct outbound; /* the pool */

/* Starts no thread, and loads nothing: that is done by work. */
struct outbound *outbound_start(enum outbound_mode mode);
/* Why no call at all can succeed, in one line; NULL when there is no such reason. */
const char *outbound_missing(enum outbound_mode mode);
/* Runs work(cls) on a thread of the pool. False when too many wait already (LIMIT_OUTBOUND_QUEUE), when no thread can
 * be had, and after outbound_drain: nothing happens. */
bool outbound_submit(struct outbound *pool, void (*work)(void *cls), void *cls);
/* Cuts calls under way short, and waits until no work is left; work that waited runs and finds its calls refused.
 * Nothing may be submitted any more. NULL is accepted. */
void outbound_drain(struct outbound *pool);
/* After outbound_drain; NULL is accepted. */
void outbound_free(struct outbound *pool);

struct trip {
    struct arena *arena;         /* of everything that the calls answer */
    struct outbound *pool;       /* NULL is as good as OUTBOUND_OFF */
    int64_t began_us;            /* by clock_steady_us */
    int64_t deadline_us;         /* likewise */
    size_t bytes_left;           /* of bodies, decoded, and headers that may still come in */
    struct text warnings;        /* what is noted of the servers asked, with `; ` between (mcp/client/trip.h) */
    struct buf trail;            /* a line for each call: `POST https://host/path -> 401 in 12 ms` */
    /* Where a URL is really served: true with the URL to call and, when *ret_as is set, the URL that it stands for,
     * which is told to the server in `x-mock-as`; that server is the mock itself, on a loopback address. NULL: every
     * URL is called as it is. Redirects are looked up, too. */
    bool (*rewrite)(void *cls, struct text url, struct text *ret_url, struct text *ret_as);
    void *rewrite_cls;
    /* Where this process itself answers over TLS, it is known by its key, whoever has signed its certificate: what is
     * rewritten, and what is_self knows, shows the one with this hash, as libcurl wants it. NULL: it has none. */
    const char *pin;
    bool (*is_self)(void *cls, struct text host, struct text port); /* with rewrite_cls */
    /* Names besides the loopback ones that may be this process's own on a port, with rewrite_cls: --outbound off lets
     * them be called where they lead to this machine. */
    bool (*is_own_name)(void *cls, struct text host, struct text port);
    unsigned own_port; /* of this process, where it is reached by loopback names */
    unsigned own; /* enum own (listen.h): which loopback addresses on that port nobody else answers at */
    bool (*is_open_path)(struct text path); /* which paths of this process may be called; NULL: all */
    struct text token;                     /* told to this process alone, in `x-mock-token`: what shows that it is us */
    struct text base; /* told along with it, in `x-mock-base`: what URLs of the mock begin with for the caller */
};

/* LIMIT_TRIP_SECONDS and LIMIT_TRIP_BYTES from now on. */
struct trip trip_new(struct arena *arena, struct outbound *pool);

/* One header; the value is either public or a secret. */
struct call_header {
    struct text name, value;
    struct secret secret; /* when value.p is NULL */
};

struct call {
    struct text method; /* GET, POST, DELETE */
    struct text url;    /* absolute http or https, without user information */
    struct text body;   /* unset: none */
    bool body_is_public; /* holds no credential: it may follow a redirect to another origin */
    const struct call_header *headers;
    size_t header_count;
    bool is_final; /* its answer is the end, whatever it is: no redirect is followed, and on_body takes each body */
    /* When set, each piece of a successful (2xx) body goes here rather than into the answer; false ends the call,
     * which then counts as complete. It may make other calls of the same trip. `type` is the Content-Type. */
    bool (*on_body)(void *cls, struct text type, struct text piece);
    void *cls;
};

enum call_outcome {
    CALL_ANSWERED,    /* with whatever status */
    CALL_BAD_URL,
    CALL_BAD_HEADER,  /* a name that is none, a value with a line break or NUL, or one that is the transport's */
    CALL_FORBIDDEN,   /* by the outbound mode, or the address is one that is never called */
    CALL_UNREACHABLE, /* name unknown, connection refused or broken, answer that is not HTTP */
    CALL_TLS,
    CALL_TIMEOUT,     /* the trip's deadline */
    CALL_TOO_LARGE,   /* the trip's bytes, or LIMIT_ANSWER_HEADER_* */
    CALL_REDIRECTS,   /* too many, to nowhere, or one that cannot be followed without losing what was sent */
    CALL_STOPPED,     /* the pool is being drained */
};


struct answer {
    enum call_outcome outcome;
    struct text why;    /* unless answered: one line for a developer, such as `connection refused by 127.0.0.1:9` */
    unsigned status;
    struct text url;    /* after redirects */
    bool left_origin;   /* a redirect led to another origin, and what was sent as a credential stayed behind */
    struct text body;
    struct pair *headers; /* values are bytes as they came */
    size_t header_count;
};

/* Blocks. True when it was answered. */
bool call_http(struct trip *trip, const struct call *call, struct answer *ret);
/* The first header of that name, in any case, or the unset text. */
struct text answer_header(const struct answer *answer, struct text name);

/* The text with every occurrence of a credential of the call's headers and URL as `[redacted]`: for what a server
 * says, which may be an echo. */
struct text call_mask(struct arena *arena, const struct call *call, struct text said);

#endif
