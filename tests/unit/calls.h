/* Calls: what the tests of outbound calls share. Whatever is not as expected fails the test. */
#ifndef DUVO_TEST_CALLS_H
#define DUVO_TEST_CALLS_H

#include "net/outbound.h"

/* A pool of each mode, from calls_setup to calls_teardown. */
extern struct outbound *calls_any, *calls_loopback, *calls_off;
int calls_setup(void **state);
int calls_teardown(void **state);

struct answer call_with(struct trip *trip, const char *method, struct text url, const struct call_header *headers,
                        size_t n);
struct answer call_get(struct trip *trip, struct text url);
/* A GET with a trip of its own, in the scratch arena, that ends so; `part` is in what is said about it. */
struct answer expect_fail(struct outbound *pool, struct text url, enum call_outcome outcome, const char *part);

void text_is(struct text got, const char *expected);
void text_has(struct text got, const char *part);
void text_lacks(struct text got, const char *part);

/* Milliseconds since a point in time of clock_steady_us. */
int64_t ms_since(int64_t began_us);

#endif
