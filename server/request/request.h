/* Request: all that a handler sees of one request, and all that lives as long as it. */
#ifndef DUVO_REQUEST_REQUEST_H
#define DUVO_REQUEST_REQUEST_H

#include "base/arena.h"
#include "base/text.h"
#include "request/errors.h"
#include "request/ratelimit.h"
#include "request/reply.h"
#include "spec/spec.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct server;
struct space;
struct settings;
struct config;
struct route;

enum role { ROLE_CLARITY_MEMBER, ROLE_MEMBER, ROLE_BUILDER, ROLE_MANAGER, ROLE_ADMINISTRATOR, ROLE_OWNER };
/* The same order, as stored and in fixtures; ends with NULL. */
extern const char *const role_names[];

/* Whom the API key acts for. */
struct identity {
    struct uuid user_id, team_id;
    enum role role;
    bool sharing; /* the organization lets connections be shared */
    struct secret_hash key;
};

struct header {
    struct text name, value;
};

struct request;
struct reply;
typedef enum err handler(struct request *rq, struct reply *rp);

struct request {
    struct arena *arena;
    const struct server *server;
    const struct settings *settings; /* of the space, held */
    const struct config *config;     /* in them */
    struct db *db;
    struct space *home; /* the space it works on, held */
    int64_t space;      /* its id */
    int64_t now;        /* milliseconds since 1970 by the space's clock: every time that the request stores or tells */
    int64_t started_us; /* by the steady clock */
    struct text id;     /* x-request-id */

    struct text method, uri; /* raw, as they came */
    struct text target;      /* the URI without what names a space */
    struct header *headers;
    size_t header_count;
    struct buf body;
    bool expects_body;
    bool large;      /* it has one of the places for large bodies */
    size_t received; /* bytes of the body so far, also those that were dropped */

    unsigned version;          /* of the API that was called: 1, 2, or 0 */
    const struct route *route; /* NULL: none matched */
    struct text *params;       /* decoded, in path order */
    uint64_t generation;       /* of the store that a read works on; 0: not known to stand still */
    struct identity who;       /* when the route demands a key */
    void *path, *query, *input; /* structs of the route's path_in, query and body */
    enum err parsed;           /* what parsing came to, told once the caller's right to know is clear */
    struct text parse_message;
    enum err outcome;          /* what execution came to */
    /* A handler that has to call other hosts sets these and returns OK: `work` is then done on a thread that may block,
     * outside of any transaction, and after it `then` answers, inside one of its own kind. */
    void (*work)(struct request *rq);
    handler *then;
    enum tx then_tx;
    void *job, *completion;    /* what they hand on to each other, in the arena */
    /* A handler that has to wait for something else sets it and returns OK: it is run again after so long. */
    int64_t again_us;
    struct request *next;      /* in the write queue */
    void (*wake)(void *cls);   /* when it waits there */
    void *wake_cls;
    bool bad_params;           /* a path parameter is malformed */
    bool counted;              /* towards the rate limit */
    struct rate rate;          /* for the x-ratelimit headers */
    struct text warning;       /* for x-mock-warning */
    bool private_warning;      /* it tells of more than the URI: not to be told to the next request of the same */
    uint64_t identities;       /* of the store when the transaction began */
    bool may_recall;           /* the key's identity may be the one that was found before */
    bool quiet;                /* a page looks again at what it shows: no access line */
    bool answered;             /* the reply is ready, whatever may still come in */
    bool completed;            /* and has its headers */
    bool under_way;            /* it came whole; the end of the server waits for its reply */
    bool delayed;              /* it has waited as long as it was told */
    bool replayed;             /* it is the stored reply to the same Idempotency-Key */

    struct text message; /* of the error that the handler returns, when its own text is not enough */
    struct reply_details details; /* and what else it says */
    struct reply reply;
    struct cached_reply *cached; /* what the reply's bytes belong to, when they come from reply_cache.h */
};

/* The value of a header, or the unset text. */
struct text request_header(const struct request *rq, struct text name);
/* The token of the Authorization header (RFC 6750 section 2.1), or the error of a missing or malformed one. */
enum err bearer_token(const struct request *rq, struct text *ret);
/* For handlers: `return fail(rq, ERR_INVALID, "body/x …")`. */
enum err fail(struct request *rq, enum err err, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Adds to what x-mock-warning says. */
void warn(struct request *rq, struct text text);
/* A zeroed struct in the request's arena. */
#define REQUEST_NEW(rq, type) ARENA_NEW((rq)->arena, type)

#endif
