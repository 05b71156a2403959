/* Outbound: what shows that a call comes from this process is told to this process alone; and nothing of the
 * environment leads a call elsewhere. */
#include "calls.h"
#include "net/listen.h"
#include "peer.h"
#include "rig.h"
#include "scratch.h"

#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const struct peer_rule answers[] = { { .reply = PEER_OK "end" }, { 0 } };

/* A trip of a process that listens on the port, at the addresses. */
static struct trip own_trip(unsigned port, unsigned own)
{
    struct trip trip = trip_new(scratch, calls_any);
    trip.token = T("told-to-itself");
    trip.own_port = port;
    trip.own = own;
    return trip;
}

static void test_token(void **state)
{
    (void)state;
    struct peer *peer = peer_start(answers, NULL);
    const struct text url = peer_url(peer, "/");
    struct trip elsewhere = own_trip(peer_free_port(), OWN_V4), shared = own_trip(peer_port(peer), OWN_V6);
    text_is(call_get(&elsewhere, url).body, "end");
    text_is(call_get(&shared, url).body, "end");
    assert_int_equal(peer_count(peer, "told-to-itself"), 0);
    struct trip own = own_trip(peer_port(peer), OWN_V4);
    text_is(call_get(&own, url).body, "end");
    assert_int_equal(peer_count(peer, "\r\nx-mock-token: told-to-itself\r\n"), 1);
    text_lacks(buf_text(&own.trail), "told-to-itself");
    peer_stop(peer);
}

/* A redirect from this process to another does not take it along. */
static void test_token_left_behind(void **state)
{
    (void)state;
    static const struct peer_rule redirect[] = {
        { .reply = "HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:$other/\r\nContent-Length: 0\r\n\r\n" }, { 0 },
    };
    struct peer *other = peer_start(answers, NULL), *peer = peer_start(redirect, other);
    struct trip trip = own_trip(peer_port(peer), OWN_V4);
    text_is(call_get(&trip, peer_url(peer, "/")).body, "end");
    assert_int_equal(peer_count(peer, "told-to-itself"), 1);
    assert_int_equal(peer_count(other, "told-to-itself"), 0);
    peer_stop(peer);
    peer_stop(other);
}

static void test_environment(void **state)
{
    (void)state;
    struct peer *peer = peer_start(answers, NULL), *proxy = peer_start(answers, NULL);
    const char *url = peer_url(proxy, "/").p;
    static const char *const names[] = { "http_proxy", "all_proxy", "ALL_PROXY" };
    unsetenv("no_proxy");
    unsetenv("NO_PROXY");
    for (size_t i = 0; i < COUNT(names); i++)
        setenv(names[i], url, 1);
    struct trip trip = trip_new(scratch, calls_any);
    text_is(call_get(&trip, peer_url(peer, "/")).body, "end");
    for (size_t i = 0; i < COUNT(names); i++)
        unsetenv(names[i]);
    assert_int_equal(peer_count(peer, "GET / HTTP/1.1"), 1);
    assert_int_equal(peer_count(proxy, "GET"), 0);
    peer_stop(peer);
    peer_stop(proxy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_token, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_token_left_behind, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_environment, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, calls_setup, calls_teardown);
}
