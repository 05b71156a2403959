/* Outbound: answers piece by piece, and the pool that the work runs in. */
#include "net/outbound.h"

#include "base/arena.h"
#include "base/clock.h"
#include "calls.h"
#include "base/limit.h"
#include "peer.h"
#include "rig.h"
#include "scratch.h"

#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* ---- bodies in pieces --------------------------------------------------------------------------------------- */

struct pieces {
    struct trip *trip;
    struct text nested, type;
    struct buf all;
    size_t enough;
    unsigned nested_status;
};

static bool take_piece(void *cls, struct text type, struct text piece)
{
    struct pieces *p = cls;
    p->type = type;
    buf_add(&p->all, piece);
    if (p->nested.p) {
        p->nested_status = call_get(p->trip, p->nested).status;
        p->nested = (struct text){ 0 };
    }
    return p->all.n < p->enough;
}

static const struct peer_rule pieces_rules[] = {
    { .has = "GET /stream", .reply = PEER_SSE "one\n", .hold = true },
    { .has = "GET /more", .stream = "two\n", .reply = "HTTP/1.1 202 Accepted\r\n\r\n" },
    { .has = "GET /drip", .reply = PEER_SSE "a drop at a time", .drip = true },
    { .reply = PEER_TEXT("404 Not Found") "not here" },
    { 0 },
};

static void test_pieces(void **state)
{
    (void)state;
    struct peer *peer = peer_start(pieces_rules, NULL);
    struct trip trip = trip_new(scratch, calls_any);
    struct pieces pieces = { .trip = &trip, .nested = peer_url(peer, "/more"), .all = buf_new(scratch, 1000),
                             .enough = 8 };
    struct call call = { .method = T("GET"), .url = peer_url(peer, "/stream"), .on_body = take_piece,
        .cls = &pieces };
    struct answer answer;
    assert_true(call_http(&trip, &call, &answer));
    text_is(buf_text(&pieces.all), "one\ntwo\n");
    text_is(pieces.type, "text/event-stream");
    assert_int_equal(pieces.nested_status, 202);
    assert_int_equal(answer.status, 200);
    assert_int_equal(answer.body.n, 0);
    pieces = (struct pieces){ .all = buf_new(scratch, 1000), .enough = 1000 };
    call.url = peer_url(peer, "/drip");
    assert_true(call_http(&trip, &call, &answer));
    text_is(buf_text(&pieces.all), "a drop at a time");
    call.url = peer_url(peer, "/missing");
    assert_true(call_http(&trip, &call, &answer));
    text_is(answer.body, "not here");
    assert_int_equal(pieces.all.n, 16);
    peer_stop(peer);
}

/* ---- the pool ----------------------------------------------------------------------------------------------- */

struct errand {
    struct outbound *pool;
    struct text url;
    enum call_outcome outcome;
    int64_t took_ms;
};

static void run_errand(void *cls)
{
    struct errand *errand = cls;
    struct arena *arena = arena_new();
    struct trip trip = trip_new(arena, errand->pool);
    struct answer answer;
    const struct call call = { .method = T("GET"), .url = errand->url };
    call_http(&trip, &call, &answer);
    errand->outcome = answer.outcome;
    errand->took_ms = ms_since(trip.began_us);
    arena_free(arena);
}

static void test_many_at_once(void **state)
{
    (void)state;
    enum { MANY = LIMIT_OUTBOUND_THREADS + 20 };
    static const struct peer_rule rules[] = { { .reply = PEER_OK "x", .delay_ms = 20 }, { 0 } };
    struct peer *peer = peer_start(rules, NULL);
    struct outbound *pool = outbound_start(OUTBOUND_ANY);
    struct errand errands[MANY];
    for (size_t i = 0; i < MANY; i++) {
        errands[i] = (struct errand){ pool, peer_url(peer, "/"), CALL_STOPPED, 0 };
        assert_true(outbound_submit(pool, run_errand, &errands[i]));
    }
    while (peer_count(peer, "GET") < MANY)
        usleep(1000);
    usleep(300000);
    outbound_drain(pool);
    for (size_t i = 0; i < MANY; i++)
        assert_int_equal(errands[i].outcome, CALL_ANSWERED);
    assert_false(outbound_submit(pool, run_errand, &errands[0]));
    outbound_free(pool);
    peer_stop(peer);
}

static void test_drain(void **state)
{
    (void)state;
    enum { MANY = LIMIT_OUTBOUND_THREADS + 20 };
    static const struct peer_rule rules[] = { { .hold = true }, { 0 } };
    struct peer *peer = peer_start(rules, NULL);
    struct outbound *pool = outbound_start(OUTBOUND_ANY);
    struct errand errands[MANY];
    for (size_t i = 0; i < MANY; i++) {
        errands[i] = (struct errand){ pool, peer_url(peer, "/"), CALL_ANSWERED, 0 };
        assert_true(outbound_submit(pool, run_errand, &errands[i]));
    }
    while (peer_count(peer, "GET") < LIMIT_OUTBOUND_THREADS)
        usleep(1000);
    const int64_t began_us = clock_steady_us();
    outbound_drain(pool);
    if (ms_since(began_us) > 5000)
        fail_msg("%lld ms", (long long)ms_since(began_us));
    for (size_t i = 0; i < MANY; i++)
        assert_int_equal(errands[i].outcome, CALL_STOPPED);
    assert_int_equal(peer_count(peer, "GET"), LIMIT_OUTBOUND_THREADS);
    struct trip trip = trip_new(scratch, pool);
    text_is(call_get(&trip, peer_url(peer, "/")).why, "the mock is stopping");
    outbound_free(pool);
    peer_stop(peer);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_pieces),
        TEST(test_many_at_once),
        TEST(test_drain),
    };
    return cmocka_run_group_tests(tests, calls_setup, calls_teardown);
}
