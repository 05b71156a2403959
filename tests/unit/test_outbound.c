/* Outbound: what is sent, what comes back, which hosts are called, and how calls fail. */
#include "net/outbound.h"

#include "base/arena.h"
#include "base/clock.h"
#include "calls.h"
#include "base/limit.h"
#include "peer.h"
#include "rig.h"
#include "scratch.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* ---- what is sent, and what comes back -------------------------------------------------------------------- */

static void test_get(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        { .reply = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                   "HTTP/1.1 201 Created\r\nX-One:  a b \r\nx-one: c\r\nEmpty:\r\nContent-Length: 5\r\n\r\nhello" },
        { 0 },
    };
    struct peer *peer = peer_start(rules, NULL);
    struct trip trip = trip_new(scratch, calls_any);
    const struct answer answer = call_get(&trip, peer_url(peer, "/a/../b?token=verysecret&x=1#f"));
    assert_int_equal(answer.outcome, CALL_ANSWERED);
    assert_int_equal(answer.status, 201);
    text_is(answer.body, "hello");
    text_is(answer_header(&answer, T("X-ONE")), "a b");
    text_is(answer_header(&answer, T("empty")), "");
    assert_null(answer_header(&answer, T("link")).p);
    assert_int_equal(answer.header_count, 4);
    assert_int_equal(peer_count(peer, "GET /a/../b?token=verysecret&x=1 HTTP/1.1\r\n"), 1);
    assert_int_equal(peer_count(peer, "\r\nUser-Agent: duvo-mock/" DUVO_MOCK_VERSION "\r\n"), 1);
    assert_int_equal(peer_count(peer, "\r\nAccept-Encoding: identity\r\n"), 1);
    text_has(buf_text(&trip.trail), "/a/../b?token=[redacted]&x=1#f -> 201 in ");
    assert_true(trip.bytes_left < LIMIT_TRIP_BYTES && trip.bytes_left > LIMIT_TRIP_BYTES - 300);
    peer_stop(peer);
}

/* What comes after the body is no header of the answer. */
static void test_trailers(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        { .reply = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                   "2\r\nab\r\n1\r\nc\r\n0\r\nX-Late: 1\r\n\r\n" },
        { 0 },
    };
    struct peer *peer = peer_start(rules, NULL);
    struct trip trip = trip_new(scratch, calls_any);
    const struct answer answer = call_get(&trip, peer_url(peer, "/"));
    text_is(answer.body, "abc");
    assert_int_equal(answer.header_count, 1);
    peer_stop(peer);
}

static void test_methods_and_headers(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = { { .reply = PEER_OK "fine" }, { 0 } };
    struct peer *peer = peer_start(rules, NULL);
    struct trip trip = trip_new(scratch, calls_any);
    const struct call_header headers[] = {
        { .name = T("Content-Type"), .value = T("application/json") },
        { .name = T("X-Secret"), .secret = { { "s3cret", 6 } } },
        { .name = T("X-Empty"), .value = T("") },
        { .name = T("X-Blank"), .value = T("  ") },
    };
    struct answer answer;
    struct call call = { .method = T("POST"), .url = peer_url(peer, "/p"), .body = T("{\"a\":1}"), .headers = headers,
                         .header_count = COUNT(headers) };
    assert_true(call_http(&trip, &call, &answer));
    assert_int_equal(peer_count(peer, "POST /p HTTP/1.1\r\n"), 1);
    assert_int_equal(peer_count(peer, "\r\nContent-Type: application/json\r\n"), 1);
    assert_int_equal(peer_count(peer, "\r\nX-Secret: s3cret\r\nX-Empty:\r\nX-Blank:\r\n"), 1);
    assert_int_equal(peer_count(peer, "\r\nContent-Length: 7\r\n"), 1);
    assert_int_equal(peer_count(peer, "\r\n\r\n{\"a\":1}"), 1);
    assert_int_equal(call_with(&trip, "DELETE", peer_url(peer, "/d"), NULL, 0).status, 200);
    assert_int_equal(peer_count(peer, "DELETE /d HTTP/1.1\r\n"), 1);
    assert_int_equal(call_with(&trip, "POST", peer_url(peer, "/nothing"), NULL, 0).status, 200);
    assert_int_equal(peer_count(peer, "\r\nContent-Length: 0\r\n"), 1);
    assert_int_equal(peer_count(peer, "Expect"), 0);
    assert_int_equal(peer_count(peer, "x-www-form-urlencoded"), 0);
    peer_stop(peer);
}

static void test_bad_headers(void **state)
{
    (void)state;
    struct trip trip = trip_new(scratch, calls_any);
    const struct call_header bad[] = {
        { .name = T("X-A"), .value = T("verysecret\r\nX-B: 1") },
        { .name = T("X-A"), .secret = { { "verysecret\n", 11 } } },
        { .name = T("X-A"), .value = T("verysecret\0") },
        { .name = T("X-A"), .value = T("verysecret\x7f") },
        { .name = T("X A"), .value = T("verysecret") },
        { .name = T("X-A:"), .value = T("verysecret") },
        { .name = T("X-A\r\nX"), .value = T("verysecret") },
        { .name = T("X-\xc3\xa9"), .value = T("verysecret") },
        { .name = T(""), .value = T("verysecret") },
        { .name = T("Host"), .value = T("verysecret") },
        { .name = T("content-length"), .value = T("3") },
        { .name = T("Transfer-Encoding"), .value = T("chunked") },
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        const struct answer answer = call_with(&trip, "GET", T("http://127.0.0.1:9/"), &bad[i], 1);
        if (answer.outcome != CALL_BAD_HEADER)
            fail_msg("header %zu: %.*s", i, TEXT_ARG(answer.why));
        text_lacks(answer.why, "verysecret");
        text_lacks(answer.why, "\n");
    }
    text_lacks(buf_text(&trip.trail), "verysecret");
}

static void test_bad_urls(void **state)
{
    (void)state;
    static const char *const urls[] = { "",           "/x",      "ftp://127.0.0.1/",       "file:///etc/passwd",
                                        "http:///x",  "http://", "http://a b/",            "http://127.0.0.1:99999/",
                                        "http://x\\y", "//host/", "http://127.0.0.1/%zz",   "http://\xc3\xa9/",
                                        "gopher://127.0.0.1:70/1", "http://127.0.0.1/\r\nX: y" };
    for (size_t i = 0; i < COUNT(urls); i++)
        expect_fail(calls_any, text_of(urls[i]), CALL_BAD_URL, "http");
    const struct answer answer = expect_fail(calls_any, T("http://user:hunter2@127.0.0.1/"), CALL_BAD_URL,
                                             "user name");
    text_lacks(answer.why, "hunter2");
}

/* ---- which hosts ------------------------------------------------------------------------------------------ */

static void test_addresses(void **state)
{
    (void)state;
    static const char *const urls[][2] = {
        { "http://169.254.169.254/latest/meta-data", "metadata" }, { "http://100.100.100.200/", "metadata" },
        { "http://[fd00:ec2::254]/", "metadata" },                 { "http://169.254.1.1/", "link-local" },
        { "http://[fe80::1]/", "link-local" },                     { "http://224.0.0.1/", "multicast" },
        { "http://[ff02::1]/", "multicast" },                      { "http://0.0.0.0/", "unspecified" },
        { "http://0.1.2.3/", "unspecified" },                      { "http://[::]/", "unspecified" },
        { "http://255.255.255.255/", "broadcast" },                { "http://[::ffff:169.254.169.254]/", "metadata" },
        { "http://2852039166/", "metadata" },                      { "http://0xa9fea9fe/", "metadata" },
        { "http://[64:ff9b::a9fe:a9fe]/", "metadata" },
    };
    for (size_t i = 0; i < COUNT(urls); i++) {
        expect_fail(calls_any, text_of(urls[i][0]), CALL_FORBIDDEN, urls[i][1]);
        expect_fail(calls_loopback, text_of(urls[i][0]), CALL_FORBIDDEN, "must not be called");
    }
}

static void test_modes(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = { { .reply = PEER_OK }, { 0 } };
    struct peer *peer = peer_start(rules, NULL);
    struct trip trip = trip_new(scratch, calls_loopback);
    assert_int_equal(call_get(&trip, peer_url(peer, "/")).status, 200);
    const struct text by_name = text_format(scratch, "http://localhost:%u/", peer_port(peer));
    assert_int_equal(call_get(&trip, by_name).status, 200);
    const struct text mapped = text_format(scratch, "http://[::ffff:127.0.0.1]:%u/", peer_port(peer));
    assert_int_equal(call_get(&trip, mapped).outcome, CALL_ANSWERED);
    expect_fail(calls_loopback, T("http://192.0.2.1/"), CALL_FORBIDDEN,
                "192.0.2.1:80 must not be called: 192.0.2.1 is not a loopback address, "
                "and --outbound loopback allows no other");
    expect_fail(calls_loopback, T("http://[2001:db8::1]:8080/"), CALL_FORBIDDEN,
                "[2001:db8::1]:8080 must not be called");
    expect_fail(calls_off, peer_url(peer, "/"), CALL_FORBIDDEN, "switched off");
    expect_fail(NULL, peer_url(peer, "/"), CALL_FORBIDDEN, "switched off");
    assert_int_equal(peer_count(peer, ""), 3);
    peer_stop(peer);
}

static bool serve_here(void *cls, struct text url, struct text *ret_url, struct text *ret_as)
{
    if (!text_starts(url, T("https://mcp.example.com/")))
        return false;
    *ret_url = *(const struct text *)cls;
    *ret_as = url;
    return true;
}

static void test_rewrite(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        { .has = "GET /again", .reply = "HTTP/1.1 302 Found\r\nLocation: https://mcp.example.com/b\r\n\r\n" },
        { .reply = PEER_OK },
        { 0 },
    };
    struct peer *peer = peer_start(rules, NULL);
    struct text here = peer_url(peer, "/preset");
    struct outbound *const pools[] = { calls_any, calls_loopback, calls_off };
    for (size_t i = 0; i < COUNT(pools); i++) {
        struct trip trip = trip_new(scratch, pools[i]);
        trip.rewrite = serve_here;
        trip.rewrite_cls = &here;
        const struct answer answer = call_get(&trip, T("https://mcp.example.com/a"));
        assert_int_equal(answer.status, 200);
        text_is(answer.url, "https://mcp.example.com/a");
        text_has(buf_text(&trip.trail), "GET https://mcp.example.com/a -> 200");
    }
    assert_int_equal(peer_count(peer, "GET /preset HTTP/1.1\r\n"), 3);
    assert_int_equal(peer_count(peer, "\r\nx-mock-as: https://mcp.example.com/a\r\n"), 3);
    struct trip trip = trip_new(scratch, calls_any);
    trip.rewrite = serve_here;
    trip.rewrite_cls = &here;
    text_is(call_get(&trip, peer_url(peer, "/again")).url, "https://mcp.example.com/b");
    assert_int_equal(peer_count(peer, "\r\nx-mock-as: https://mcp.example.com/b\r\n"), 1);
    here = T("http://192.0.2.1/");
    assert_int_equal(call_get(&trip, T("https://mcp.example.com/c")).outcome, CALL_FORBIDDEN);
    here = T("nowhere");
    assert_int_equal(call_get(&trip, T("https://mcp.example.com/c")).outcome, CALL_BAD_URL);
    peer_stop(peer);
}

/* ---- how calls fail ----------------------------------------------------------------------------------------- */

static void test_unreachable(void **state)
{
    (void)state;
    const unsigned port = peer_free_port();
    const struct text url = text_format(scratch, "http://127.0.0.1:%u/?api_key=verysecret", port);
    const struct answer answer = expect_fail(calls_any, url, CALL_UNREACHABLE, "");
    text_is(answer.why, text_format(scratch, "connection refused by 127.0.0.1:%u", port).p);
    expect_fail(calls_any, T("http://nowhere.invalid/x"), CALL_UNREACHABLE,
                "the name nowhere.invalid does not resolve");
}

static void test_not_http(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        { .has = "GET /nothing", .reply = "" },
        { .has = "GET /ssh", .reply = "SSH-2.0-OpenSSH_9.2p1\r\n\r\nmore text than one line here" },
        { .has = "GET /short", .reply = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123" },
        { .has = "GET /gzip", .reply = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip at all" },
        { 0 },
    };
    struct peer *peer = peer_start(rules, NULL);
    expect_fail(calls_any, peer_url(peer, "/nothing"), CALL_UNREACHABLE, "closed the connection without an answer");
    expect_fail(calls_any, peer_url(peer, "/ssh"), CALL_UNREACHABLE, "is not HTTP");
    expect_fail(calls_any, peer_url(peer, "/short"), CALL_UNREACHABLE, "closed the connection in the middle");
    expect_fail(calls_any, peer_url(peer, "/gzip"), CALL_UNREACHABLE, "is not encoded");
    const struct text https = text_format(scratch, "https://127.0.0.1:%u/", peer_port(peer));
    expect_fail(calls_any, https, CALL_TLS, "TLS with 127.0.0.1:");
    peer_stop(peer);
}

static void test_timeout(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        { .has = "GET /slow", .reply = PEER_OK, .hold = true },
        { .has = "GET /never", .hold = true },
        { 0 },
    };
    static const char *const paths[] = { "/slow", "/never" };
    struct peer *peer = peer_start(rules, NULL);
    for (size_t i = 0; i < COUNT(paths); i++) {
        const int64_t began_us = clock_steady_us();
        struct trip trip = trip_new(scratch, calls_any);
        trip.deadline_us = trip.began_us + 200000;
        const struct answer answer = call_get(&trip, peer_url(peer, paths[i]));
        assert_int_equal(answer.outcome, CALL_TIMEOUT);
        text_has(answer.why, "timed out after 0.2 s: ");
        text_has(answer.why, "did not answer in full");
        assert_true(ms_since(began_us) >= 199 && ms_since(began_us) < 2000);
        text_has(call_get(&trip, peer_url(peer, "/slow")).why, "was not called");
    }
    assert_int_equal(peer_count(peer, ""), 2);
    peer_stop(peer);
}

/* Nobody accepts what comes to this port, and its queue is full. */
static unsigned port_full(int sockets[4])
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    for (size_t i = 0; i < 4; i++)
        sockets[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(sockets[0], (struct sockaddr *)&address, size), 0);
    assert_int_equal(listen(sockets[0], 0), 0);
    assert_int_equal(getsockname(sockets[0], (struct sockaddr *)&address, &size), 0);
    for (size_t i = 1; i < 4; i++)
        connect(sockets[i], (struct sockaddr *)&address, size);
    return ntohs(address.sin_port);
}

static void test_timeout_connecting(void **state)
{
    (void)state;
    int sockets[4];
    const struct text url = text_format(scratch, "http://127.0.0.1:%u/", port_full(sockets));
    struct trip trip = trip_new(scratch, calls_any);
    trip.deadline_us = trip.began_us + 200000;
    text_has(call_get(&trip, url).why, "did not accept the connection");
    for (size_t i = 0; i < 4; i++)
        close(sockets[i]);
}

static void test_sizes(void **state)
{
    (void)state;
    static const char head[] = "HTTP/1.1 200 OK\r\n\r\n";
    static struct peer_rule rules[] = { { 0 }, { 0 } };
    char *big = malloc(20000);
    assert_non_null(big);
    snprintf(big, 20000, "%s%0*d", head, 9000, 0);
    rules[0].reply = big;
    struct peer *peer = peer_start(rules, NULL);
    const size_t whole = strlen(head) + 9000;
    struct trip trip = trip_new(scratch, calls_any);
    trip.bytes_left = whole;
    assert_int_equal(call_get(&trip, peer_url(peer, "/")).body.n, 9000);
    assert_int_equal(trip.bytes_left, 0);
    trip.bytes_left = whole - 1;
    const struct answer answer = call_get(&trip, peer_url(peer, "/"));
    assert_int_equal(answer.outcome, CALL_TOO_LARGE);
    text_is(answer.why, "the answer is larger than 8 KiB");
    trip.bytes_left = strlen(head) - 1;
    text_has(call_get(&trip, peer_url(peer, "/")).why, "larger than 18 bytes");
    peer_stop(peer);
    free(big);
}

static void test_trip_bytes(void **state)
{
    (void)state;
    static struct peer_rule rules[] = { { 0 }, { 0 } };
    const size_t room = LIMIT_TRIP_BYTES + 100;
    char *big = malloc(room);
    assert_non_null(big);
    snprintf(big, room, "HTTP/1.1 200 OK\r\n\r\n%0*d", LIMIT_TRIP_BYTES - 19 + 1, 0);
    rules[0].reply = big;
    struct peer *peer = peer_start(rules, NULL);
    text_is(expect_fail(calls_any, peer_url(peer, "/"), CALL_TOO_LARGE, "").why,
                "the answer is larger than 4 MiB");
    big[LIMIT_TRIP_BYTES] = '\0';
    struct trip trip = trip_new(scratch, calls_any);
    assert_int_equal(call_get(&trip, peer_url(peer, "/")).body.n, LIMIT_TRIP_BYTES - 19);
    peer_stop(peer);
    free(big);
}

/* 60000 letters, compressed with zlib. */
#define COMPRESSED \
    "\x78\xda\xed\xc1\x31\x01\x00\x00\x00\xc2\xa0\xac\xeb\x5f\xc2\x1a\x1e\x40\x01\x00\x00\x00\x00" \
    "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" \
    "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" \
    "\x00\x00\x00\x00\x00\x00\x00\x7c\x19\xd2\x79\xd3\x89"

/* What counts is what comes out. */
static void test_decoded_bytes(void **state)
{
    (void)state;
    static const char reply[] = "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n" COMPRESSED;
    static const struct peer_rule rules[] = { { .reply = reply, .size = sizeof reply - 1 }, { 0 } };
    struct peer *peer = peer_start(rules, NULL);
    struct trip trip = trip_new(scratch, calls_any);
    trip.bytes_left = 60000 + strlen(reply);
    assert_int_equal(call_get(&trip, peer_url(peer, "/")).body.n, 60000);
    trip.bytes_left = 59999;
    assert_int_equal(call_get(&trip, peer_url(peer, "/")).outcome, CALL_TOO_LARGE);
    peer_stop(peer);
}

static void put_many_headers(char *to, size_t room, unsigned n, const char *value)
{
    size_t at = (size_t)snprintf(to, room, "HTTP/1.1 200 OK\r\n");
    for (unsigned i = 0; i < n; i++)
        at += (size_t)snprintf(to + at, room - at, "X-%u: %s\r\n", i, value);
    snprintf(to + at, room - at, "\r\nbody");
}

static void test_header_limits(void **state)
{
    (void)state;
    enum { ROOM = 256 * 1024, VALUE = 1016 };
    static struct peer_rule rules[] = { { 0 }, { 0 } };
    char *reply = malloc(ROOM), value[VALUE + 1];
    assert_non_null(reply);
    rules[0].reply = reply;
    put_many_headers(reply, ROOM, LIMIT_ANSWER_HEADER_COUNT, "v");
    struct peer *peer = peer_start(rules, NULL);
    struct trip trip = trip_new(scratch, calls_any);
    assert_int_equal(call_get(&trip, peer_url(peer, "/")).header_count, LIMIT_ANSWER_HEADER_COUNT);
    put_many_headers(reply, ROOM, LIMIT_ANSWER_HEADER_COUNT + 1, "v");
    expect_fail(calls_any, peer_url(peer, "/"), CALL_TOO_LARGE, "more than 128 headers");
    memset(value, 'v', VALUE);
    value[VALUE] = '\0';
    put_many_headers(reply, ROOM, 64, value); /* of 1021 and 1022 bytes */
    assert_int_equal(call_get(&trip, peer_url(peer, "/")).header_count, 64);
    put_many_headers(reply, ROOM, 65, value);
    expect_fail(calls_any, peer_url(peer, "/"), CALL_TOO_LARGE, "more than 65536 bytes");
    peer_stop(peer);
    free(reply);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_get),
        TEST(test_trailers),
        TEST(test_methods_and_headers),
        TEST(test_bad_headers),
        TEST(test_bad_urls),
        TEST(test_addresses),
        TEST(test_modes),
        TEST(test_rewrite),
        TEST(test_unreachable),
        TEST(test_not_http),
        TEST(test_timeout),
        TEST(test_timeout_connecting),
        TEST(test_sizes),
        TEST(test_trip_bytes),
        TEST(test_decoded_bytes),
        TEST(test_header_limits),
    };
    return cmocka_run_group_tests(tests, calls_setup, calls_teardown);
}
