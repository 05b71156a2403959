/* Trips: to the peers of a test, and what a trail says without ports and times. */
#ifndef DUVO_TEST_TRIPS_H
#define DUVO_TEST_TRIPS_H

#include "net/outbound.h"

/* The pool of the test program. */
int trips_setup(void **state);
int trips_teardown(void **state);

/* A new trip on the scratch arena. */
struct trip new_trip(void);
/* `POST /mcp 401; GET /.well-known/oauth-protected-resource 404`: each call's method, path and status, or `-` for no
 * answer, in order; warnings are left out. */
const char *steps_of(const struct trip *trip);
/* Fails the test unless one of the trail's warnings contains the part; with NULL, unless there is none. */
void expect_warning(const struct trip *trip, const char *part);
/* Fails the test unless the texts are the same; `expected` NULL: unset. `$port` in `expected` is the port. */
void expect_text(const char *what, struct text got, const char *expected, unsigned port);

#endif
