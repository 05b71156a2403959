#include "calls.h"

#include "base/clock.h"
#include "base/limit.h"
#include "rig.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

struct outbound *calls_any, *calls_loopback, *calls_off;

int calls_setup(void **state)
{
    (void)state;
    calls_any = outbound_start(OUTBOUND_ANY);
    calls_loopback = outbound_start(OUTBOUND_LOOPBACK);
    calls_off = outbound_start(OUTBOUND_OFF);
    return calls_any && calls_loopback && calls_off ? 0 : -1;
}

int calls_teardown(void **state)
{
    (void)state;
    struct outbound *const pools[] = { calls_any, calls_loopback, calls_off, NULL };
    for (size_t i = 0; i < COUNT(pools); i++) {
        outbound_drain(pools[i]);
        outbound_free(pools[i]);
    }
    return 0;
}

struct answer call_with(struct trip *trip, const char *method, struct text url, const struct call_header *headers,
                        size_t n)
{
    struct answer answer;
    const struct call call = { .method = text_of(method), .url = url, .headers = headers, .header_count = n };
    const bool answered = call_http(trip, &call, &answer);
    assert_int_equal(answered, answer.outcome == CALL_ANSWERED);
    return answer;
}

struct answer call_get(struct trip *trip, struct text url)
{
    return call_with(trip, "GET", url, NULL, 0);
}

void text_is(struct text got, const char *expected)
{
    if (!text_eq(got, text_of(expected)))
        fail_msg("%.*s\nexpected: %s", TEXT_ARG(got), expected);
}

void text_has(struct text got, const char *part)
{
    if (!text_contains(got, text_of(part)))
        fail_msg("%.*s\nmust contain: %s", TEXT_ARG(got), part);
}

void text_lacks(struct text got, const char *part)
{
    if (text_contains(got, text_of(part)))
        fail_msg("%.*s\nmust not contain: %s", TEXT_ARG(got), part);
}

/* A GET by the pool: how it ends, and what is said. */
struct answer expect_fail(struct outbound *pool, struct text url, enum call_outcome outcome, const char *part)
{
    struct trip trip = trip_new(scratch, pool);
    const struct answer answer = call_get(&trip, url);
    if (answer.outcome != outcome)
        fail_msg("%.*s: outcome %d, expected %d: %.*s", TEXT_ARG(url), (int)answer.outcome, (int)outcome,
                 TEXT_ARG(answer.why));
    text_has(answer.why, part);
    text_has(buf_text(&trip.trail), part);
    assert_true(answer.why.n <= LIMIT_CALL_WHY);
    return answer;
}

int64_t ms_since(int64_t began_us)
{
    return (clock_steady_us() - began_us) / 1000;
}
