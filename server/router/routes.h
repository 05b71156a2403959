/* Routes: the table of routes.def, and which of its rows a path means. */
#ifndef DUVO_ROUTER_ROUTES_H
#define DUVO_ROUTER_ROUTES_H

#include "request/route.h"

/* ROUTE_UNMOCKED: the route has no handler (request/operation.h), and its parameters are not wanted. */
enum route_match { ROUTE_FOUND, ROUTE_UNMOCKED, ROUTE_UNKNOWN, ROUTE_BAD_ESCAPE };

/* Finds the route of a raw path (no query). HEAD finds GET's. A literal segment wins over a parameter. The decoded
 * parameters go to *ret_params, in path order, in the arena. */
enum route_match route_find(struct text method, struct text path, struct arena *arena, const struct route **ret,
                            struct text **ret_params);
/* Whether there is one of that method. */
bool route_is_found(struct text path, enum method method);

#endif
