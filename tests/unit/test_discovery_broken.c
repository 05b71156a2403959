/* Discovery: what is no MCP server, what cannot be reached, what breaks; and what is said of each. */
#include "base/clock.h"
#include "rig.h"
#include "scratch.h"
#include "oauth/client.h"
#include "seen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void test_no_mcp_server(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        { .has = "GET /mcp ", .reply = PEER_TEXT("405 Method Not Allowed") "" },
        { .has = "HTTP", .reply = NOT_FOUND },
        { 0 },
    };
    const struct seen seen = see(rules, NULL, "/mcp");
    expect_why(&seen, HERE "/mcp answered 404 without asking for authorization, and there is no protected-resource "
                      "metadata");
    assert_false(seen.d.wants);
    assert_string_equal(seen.steps, "POST /mcp 404; POST /mcp 404; GET /mcp 405; GET " PRM "/mcp 404; GET " PRM " 404");
}

/* An event stream on which nothing comes is waited for a while, and not as long as the trip lasts. */
static void test_silent_stream(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        { .has = "POST", .reply = PEER_TEXT("404 Not Found") "" },
        { .has = "GET /mcp ", .reply = PEER_SSE, .hold = true },
        { .has = PRM "/mcp ", .reply = RESOURCE(HERE "/mcp", "\"" HERE "\"") },
        { .has = RFC8414, .reply = ISSUER(HERE) },
        { 0 },
    };
    const struct seen seen = see(rules, NULL, "/mcp");
    expect_found(&seen);
    assert_int_equal(seen.d.status, 404);
}

static void test_session_is_closed(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        { .has = "server/discover", .reply = PEER_TEXT("400 Bad Request") "" },
        { .has = "\"initialize\"",
          .reply = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nMcp-Session-Id: s-1\r\n\r\n{}" },
        { .has = "DELETE", .reply = PEER_TEXT("405 No") "" },
        { .has = "GET", .reply = NOT_FOUND },
        { 0 },
    };
    struct peer *peer = peer_start(rules, NULL);
    struct trip trip = new_trip();
    struct discovery d;
    assert_false(discovery_run(&trip, peer_url(peer, "/mcp"), &d));
    assert_int_equal(peer_count(peer, "DELETE /mcp "), 1);
    assert_int_equal(peer_count(peer, "Mcp-Session-Id: s-1\r\n"), 1);
    assert_int_equal(d.status, 200);
    peer_stop(peer);
}

static void test_broken_servers(void **state)
{
    (void)state;
    static const char *const replies[][2] = {
        { PEER_TEXT("500 Oops") "", "POST " HERE "/mcp answered 500" },
        { PEER_TEXT("502 Bad Gateway") "", "POST " HERE "/mcp answered 502" },
    };
    for (size_t i = 0; i < COUNT(replies); i++) {
        const struct peer_rule rules[] = { { .has = "POST", .reply = replies[i][0] }, { 0 } };
        const struct seen seen = see(rules, NULL, "/mcp");
        expect_why(&seen, replies[i][1]);
        assert_int_equal(seen.calls, 2); /* an old server may dislike server/discover so */
        assert_false(seen.d.wants);
    }
}

/* What an old server may do with `server/discover`, and still be one. */
static void test_discover_disliked(void **state)
{
    (void)state;
    static const struct peer_rule dislikes[] = {
        { .has = "server/discover", .reply = PEER_TEXT("500 Oops") "oops" },
        { .has = "server/discover", .reply = "HTTP/1.1 500 Oops\r\nContent-Type: application/json\r\n\r\n"
                                                "{\"error\":{\"code\":-32603,\"message\":\"x\"}}" },
        { .has = "server/discover", .reply = "" },
        { .has = "server/discover", .hold = true },
    };
    for (size_t i = 0; i < COUNT(dislikes); i++) {
        const struct peer_rule rules[] = {
            dislikes[i],
            { .has = "POST", .reply = REFUSED("") },
            { .has = RFC8414, .reply = ISSUER(HERE) },
            { .has = "GET", .reply = NOT_FOUND },
            { 0 },
        };
        const struct seen seen = see(rules, NULL, "/mcp");
        expect_found(&seen);
        assert_int_equal(seen.d.status, 401);
    }
}

static void test_unreachable(void **state)
{
    (void)state;
    struct trip trip = new_trip();
    struct discovery d;
    const unsigned port = peer_free_port();
    assert_false(discovery_run(&trip, text_format(scratch, "http://127.0.0.1:%u/mcp", port), &d));
    assert_int_equal(d.status, 0);
    assert_true(text_starts(d.why, text_format(scratch, "POST http://127.0.0.1:%u/mcp: ", port)));
    const struct peer_rule rules[] = {
        { .has = "POST", .reply = NAMED },
        { .has = "/meta ", .reply = text_format(scratch, RESOURCE(HERE "/mcp", "\"http://127.0.0.1:%u\""), port).p },
        { 0 },
    };
    const struct seen seen = see(rules, NULL, "/mcp");
    assert_false(seen.ok);
    assert_true(text_starts(seen.d.why, text_format(scratch, "GET http://127.0.0.1:%u" RFC8414 ": ", port)));
}

/* What a server says gets into an error clean: no second line, no escape sequence. */
static void test_errors_are_clean(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        { .has = "POST", .reply = NAMED },
        { .has = "GET /meta ", .reply = RESOURCE(HERE "/mcp", "\"" HERE "\"") },
        { .has = RFC8414, .reply = ISSUER("x\\n\\u001b[31m\\u202ey") },
        { 0 },
    };
    const struct seen seen = see(rules, NULL, "/mcp");
    assert_false(seen.ok);
    for (size_t i = 0; i < seen.d.why.n; i++)
        assert_true(seen.d.why.p[i] >= ' ' && seen.d.why.p[i] <= '~');
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_no_mcp_server),
        TEST(test_silent_stream),
        TEST(test_session_is_closed),
        TEST(test_broken_servers),
        TEST(test_discover_disliked),
        TEST(test_unreachable),
        TEST(test_errors_are_clean),
    };
    return cmocka_run_group_tests(tests, trips_setup, trips_teardown);
}
