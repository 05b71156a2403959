/* Routes: the table of routes.def, and which of its rows a path means. */
#ifndef DUVO_ROUTER_ROUTES_H
#define DUVO_ROUTER_ROUTES_H

#include "request/route.h"

enum route_match { ROUTE_FOUND, ROUTE_UNKNOWN, ROUTE_BAD_ESCAPE };

/* Finds the route of a raw path (no query). HEAD finds GET's. A literal segment wins over a parameter. The decoded
 * parameters go to *ret_params, in path order, in the arena. */
enum route_match route_find(struct text method, struct text path, struct arena *arena, const struct route **ret,
                            struct text **ret_params);

#endif
