/* Route: one row of the table of endpoints (routes.def), for all who look at one. */
#ifndef DUVO_REQUEST_ROUTE_H
#define DUVO_REQUEST_ROUTE_H

#include "request/request.h"

enum method { METHOD_GET, METHOD_POST, METHOD_PUT, METHOD_PATCH, METHOD_DELETE, METHOD_COUNT };
enum auth { AUTH_NONE, AUTH_KEY };

/* What does not follow from the rest of a row. */
enum declared {
    E_403 = 1 << 0, /* statuses of errors that the contract names */
    E_404 = 1 << 1,
    E_409 = 1 << 2,
    E_422 = 1 << 3,
    E_503 = 1 << 4,      /* it waits, and the server may be too busy or stop meanwhile */
    E_NO_404 = 1 << 5,   /* a parameter that names nothing is no 404: 403 where the contract names that, else 400 */
    E_REDIRECT = 1 << 6, /* may redirect instead of its success: 302, or 303 after a POST */
    E_LATE = 1 << 7,     /* it writes after its work: an Idempotency-Key applies */
    E_OAUTH = 1 << 8,    /* errors are those of RFC 6749 */
    E_MCP = 1 << 9,      /* replies are those of MCP: JSON-RPC, or a stream of events */
    E_CONSENT = 1 << 10, /* a consent is asked for in it: an outcome can be ordered for that */
    E_NO_400 = 1 << 11,  /* the API declares no 400 for it: what JSON or validation refuses has the framework's shape */
    E_SENTENCE = 1 << 14, /* the API's own errors have `error` alone, with the sentence that is the message elsewhere */
    E_502 = 1 << 13,     /* the API declares it; here a fault alone answers so */
    E_CLOCK = 1 << 12,   /* a read of what moves with the space's clock: what is due happens first (api/run_moves.h) */
};

struct route {
    enum method method;
    unsigned version; /* of the API: 1, 2, or 0 for what is the mock's own */
    const char *path, *operation, *summary, *doc;
    enum auth auth;
    enum role role; /* the least that may call it */
    enum tx tx;
    permit *may; /* NULL: whoever has the role */
    handler *fn; /* NULL: it is documented, but not mocked (request/operation.h) */
    const struct spec *path_in, *query, *body, *out; /* each NULL: none */
    unsigned success;
    const struct spec *refusal; /* a further shape of its 400, or NULL */
    unsigned also;              /* of enum declared */
};

/* Those of /v1, of /v2, and all others, each in the order of routes.def. */
extern const struct route routes[];
extern const size_t route_count;
extern const char *const method_names[]; /* ends with NULL */

/* The version of the API whose objects it speaks of: the mock's own routes of the newest. */
unsigned route_shapes(const struct route *route);
/* The path below the version and, where it goes on, below the team: /connections of /v2/teams/{teamId}/connections. */
const char *route_resource(const struct route *route);
/* Whether it stores something, so that there may be no room for it. */
bool route_writes(const struct route *route);
/* Whether an Idempotency-Key applies: to whatever the API's callers change. */
bool route_is_idempotent(const struct route *route);
/* Statuses that errors may have, in order; ends with 0. */
extern const unsigned error_statuses[];
/* Whether the contract names that status of an error for the route: the row says so, or it follows from the row. */
bool route_declares(const struct route *route, unsigned status);
/* Whether a body that is not JSON is refused in the API's own shape, as each status is that the API declares. */
bool route_shapes_400(const struct route *route);
/* Whether the route answers people: its errors, too, are pages then. */
bool route_is_page(const struct route *route);

/* Whether unknown members, query parameters and words are refused, strict server or not: the mock's own control
 * calls. Not so what takes anything, protocols that demand leniency (RFC 6749 section 3.1, RFC 7591 section 2), pages,
 * and health checks. */
bool route_refuses_unknown(const struct route *route);

/* Takes the next piece off a route's path; true in *ret_param when it is a parameter, whose name the piece then is. */
struct text route_piece(struct text *rest, bool *ret_param);

/* For handlers of reads that find that something is to be written first: true when it is no write yet; the handler then
 * returns OK, and runs anew as one. */
bool request_as_write(struct request *rq);

#endif
