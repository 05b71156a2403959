/* Request: everything that a handler sees of one request, and everything that lives as long as it. */
#ifndef DUVO_REQUEST_REQUEST_H
#define DUVO_REQUEST_REQUEST_H

#include "base/arena.h"
#include "base/bell.h"
#include "base/pair.h"
#include "base/shared.h"
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

enum role {
    ROLE_CLARITY_MEMBER,
    ROLE_MEMBER,
    ROLE_BUILDER,
    ROLE_MANAGER,
    ROLE_ADMINISTRATOR,
    ROLE_OWNER,
    ROLE_LOWEST = ROLE_CLARITY_MEMBER
};
/* The same order, as stored and in fixtures; ends with NULL. */
extern const char *const role_names[];

/* Whom the API key acts for. */
struct identity {
    struct uuid user_id, team_id;
    enum role role;
    bool sharing; /* the organization lets connections be shared */
    struct secret_hash key;
};

struct fault_action;
struct request;
struct reply;
typedef enum err handler(struct request *rq, struct reply *rp);
/* Whether the caller may, by the path alone: OK also when that names nothing, which the handler says. */
typedef enum err permit(struct request *rq);

/* How a request goes on once it has come whole; router/run.h is the one place that decides it. */
enum way {
    WAY_BEGIN,   /* it has yet to meet faults and kept replies, and to be parsed */
    WAY_REFUSED, /* its head was enough to refuse it: only a fault can still change the reply */
    WAY_APART,   /* it is to be parsed on a thread that nobody waits for */
    WAY_NOW,     /* here, in a transaction of its own */
    WAY_QUEUED,  /* in the write queue, in one transaction with other writes */
    WAY_WAIT,    /* its handler waits for a bell (request_wait) */
    WAY_WOKEN,   /* that has rung, or its time is over: its handler runs anew */
    WAY_POOL,    /* its handler has called for work that may block (request_on_pool) */
    WAY_CALLS,   /* its handler wants other requests to be run in its place (request_on_calls) */
    WAY_DONE,    /* nothing is left to run */
};

/* Who waits for a request to go on, and how. */
struct waiter {
    void (*suspend)(void *cls); /* before the waiting begins */
    void (*wake)(void *cls);    /* when it is over, in any thread */
    void *cls;
};

/* How the connection serves a reply otherwise than it should, by order of a fault (space/faults.h); http.c does it. */
enum cut { CUT_NONE, CUT_RESET, CUT_EMPTY, CUT_HANG, CUT_MALFORMED, CUT_TRUNCATED };
struct disturbance {
    struct text fault; /* id of the fault; unset: none acted */
    enum cut cut;
    size_t cut_at; /* CUT_TRUNCATED: bytes of the body that leave */
    int64_t delay_us; /* beside what the reply itself waits for */
    const struct fault_action *instead; /* answers in the place of what the request has done; NULL: nothing does */
};

/* Who sends it: a client, or this process, which calls the servers that it plays itself. */
enum origin { ORIGIN_CLIENT, ORIGIN_SELF };

struct request {
    /* What it belongs to. */
    struct arena *arena;
    const struct server *server;
    struct space *home;              /* the space it works on, held */
    int64_t space;                   /* its id */
    const struct settings *settings; /* of the space, held */
    const struct config *config;     /* in them */
    struct db *db;                   /* inside a transaction */
    int64_t now;        /* milliseconds since 1970 by the space's clock: every time that the request stores or tells */
    int64_t started_us; /* by the steady clock */

    /* What came. */
    struct text id;          /* x-request-id */
    struct text method, uri; /* raw, as they came */
    struct text target;      /* the URI without what names a space */
    struct pair *headers;
    size_t header_count;
    struct buf body;
    size_t received; /* bytes of the body so far, also those that were dropped */
    bool large;      /* it has one of the places for large bodies */
    bool quiet;      /* a page looks again at what it shows: no access line */
    enum origin origin;
    const char *via; /* another protocol that asked for it: "mcp"; NULL: none */

    /* What it asks for. */
    const struct route *route;  /* NULL: none matched */
    unsigned version;           /* of the API that was called: 1, 2, or 0 */
    struct text *params;        /* decoded, in path order */
    void *path, *query, *input; /* structs of the route's path_in, query and body; a malformed path has none */
    enum err parsed;            /* what parsing came to, told once the caller's right to know is clear */
    struct text parse_message;

    /* Who asks. */
    struct identity who;  /* when the route demands a key */
    struct text caller;   /* e-mail of the person whose key it is; empty: nobody's, unset: not looked for */
    uint64_t identities;  /* of the store when the transaction began: `who` can be recalled while they stay the same */
    struct rate rate;     /* for the x-ratelimit headers */
    bool counted;         /* towards it */
    bool has_old_key;     /* an older version kept the key that was sent */

    /* How it runs. */
    enum way way;
    bool writes;               /* a read that turned out to have something to write (request/route.h) */
    enum err outcome;     /* of WAY_DONE, unless the reply is ready */
    struct waiter waiter;
    int64_t queued_us;         /* since when it has waited for its turn to write; 0: it has not */
    struct request *next; /* in the write queue */
    uint64_t generation;  /* of the store that a read works on; 0: not known to stand still */
    struct bell *bell;    /* WAY_WAIT: for this one, */
    uint64_t heard;       /* if it has not rung more often by then, */
    int64_t due_us;       /* until then */
    struct listener listener;
    void (*work)(struct request *rq); /* WAY_POOL: done on a thread that may block, outside of any transaction; */
    handler *then;                    /* after it this answers, inside a transaction */
    enum tx then_tx;                  /* of this kind */
    bool (*run_calls)(struct request *rq); /* WAY_CALLS: runs those requests; before `then`, as above */
    struct request *calls, *next_call; /* they, which are freed with it; and the next one beside it */
    struct under_way *under_way; /* the sign-in whose code it exchanges (mcp/client/under_way.h); NULL: none */
    void *job, *completion; /* what they, and a handler's runs, hand on to each other, in the arena */

    /* What is answered. */
    struct text warning;          /* for x-mock-warning */
    struct text hint;             /* for it and the log: what may have been meant instead (router/hints.h) */
    const char *allow;            /* the methods that a 405 names; NULL: it has said so itself */
    struct text message;          /* of the error that the handler returns, when its own text is not enough */
    struct reply_details details; /* and what else it says */
    struct reply reply;
    struct disturbance disturbance;
    struct shared *cached;        /* what comes from router/reply_cache.h belongs to it: */
    struct text cached_body;      /* reply.raw, which a refusal or a fault may yet put other bytes in the place of */
    bool replayed;                /* it is the stored reply to the same Idempotency-Key */
};

/* Identities of the store under which nothing is ever recalled. */
#define IDENTITIES_UNKNOWN UINT64_C(1)

/* Whether it is for the API, /v1 or /v2, and not for the mock itself; whatever becomes of it. */
bool request_is_api(const struct request *rq);
/* What leaves of its reply, which is ready: the status (0: none, the connection is broken instead) and the bytes of the
 * body. And in a word what a fault has done to it: "reset", "empty", "hang", "truncated", "malformed_json"; or NULL. */
unsigned request_status(const struct request *rq);
struct text request_leaving(const struct request *rq);
const char *request_broken(const struct request *rq);
/* The value of a header, or the unset text. */
struct text request_header(const struct request *rq, struct text name);
/* The media type of the body, without its parameters, in whatever case; empty: none is named. */
struct text request_media(const struct request *rq);
/* The token of the Authorization header (RFC 6750 section 2.1), or the error of a missing or malformed one. */
enum err bearer_token(const struct request *rq, struct text *ret);
/* For handlers that wait for something that happens elsewhere: the handler runs anew when the bell has rung more than
 * `heard` times, at the latest at `due_us` by clock_steady_us. What it leaves in rq->job it finds there then. Returns
 * OK, to be returned. */
enum err request_wait(struct request *rq, struct bell *bell, uint64_t heard, int64_t due_us);
/* For handlers that call other hosts: `work` is done on a thread that may block, outside of any transaction, and after
 * it `then` answers, inside a transaction of kind `tx`. Returns OK, to be returned. */
enum err request_on_pool(struct request *rq, void (*work)(struct request *rq), handler *then, enum tx tx);
/* For handlers that have other requests run: `run` does that outside of any transaction and returns true, or false when
 * one of them waits with this one's waiter, and is then asked again. After it `then` answers, without a transaction.
 * What it puts into rq->calls is freed with the request. Returns OK, to be returned. */
enum err request_on_calls(struct request *rq, bool (*run)(struct request *rq), handler *then);
/* For handlers: `return fail(rq, ERR_INVALID, "body/x …")`. */
enum err fail(struct request *rq, enum err err, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Adds to what x-mock-warning says. */
void warn(struct request *rq, struct text text);
/* A zeroed struct in the request's arena. */
#define REQUEST_NEW(rq, type) ARENA_NEW((rq)->arena, type)

#endif
