/* Route: one row of the table of endpoints (router/routes.def), for all who look at one. */
#ifndef DUVO_REQUEST_ROUTE_H
#define DUVO_REQUEST_ROUTE_H

#include "request/request.h"

enum method { METHOD_GET, METHOD_POST, METHOD_PUT, METHOD_PATCH, METHOD_DELETE, METHOD_COUNT };
enum auth { AUTH_NONE, AUTH_KEY };

/* Statuses that the contract names for a route; 400, 401, 429 and 500 follow from the rest. */
enum declared_error {
    E_403 = 1,
    E_404 = 2,
    E_409 = 4,
    E_422 = 8,
    E_503 = 16,      /* it waits, and the server may be too busy or stop meanwhile */
    E_BODY = 32,     /* 413 and 415 */
    E_REDIRECT = 64, /* may redirect instead: 302, or 303 after a POST */
    E_LATE = 512,    /* it writes after its work: an Idempotency-Key applies */
    E_OAUTH = 128,   /* errors are those of RFC 6749 */
    E_CONTENTS = 1024, /* a 400 may say what is in a folder */
    E_MCP = 256,     /* replies are those of MCP: JSON-RPC, or a stream of events */
};

struct route {
    enum method method;
    const char *path, *operation, *summary, *doc;
    enum auth auth;
    enum role role;
    enum tx tx;
    const struct spec *path_in, *query, *body, *out;
    unsigned success;
    handler *fn;
    unsigned errors;
    unsigned version; /* of the API: 1, 2, or 0 for what is the mock's own */
};

extern const struct route routes[];
extern const size_t route_count;
extern const char *const method_names[METHOD_COUNT];

/* The version of the API whose objects it speaks of: the mock's own routes of the newest. */
unsigned route_shapes(const struct route *route);
/* Whether an Idempotency-Key applies: to whatever the API's callers change. */
bool route_is_idempotent(const struct route *route);
/* The statuses of errors that the contract names for the route, in order; at most `max`. */
size_t route_error_statuses(const struct route *route, unsigned *ret, size_t max);
/* Whether the route answers people: its errors, too, are pages then. */
bool route_is_page(const struct route *route);

/* Takes the next piece off a route's path; true in *ret_param when it is a parameter, whose name the piece then is. */
struct text route_piece(struct text *rest, bool *ret_param);

#endif
