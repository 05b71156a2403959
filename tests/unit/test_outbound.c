/* Outbound: calls against peers of this test, by every outcome. */
#include "outbound.h"

#include "base/arena.h"
#include "base/clock.h"
#include "limit.h"
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

#define OK_TEXT PEER_TEXT("200 OK")

static struct outbound *any, *loopback, *off;

static int start(void **state)
{
    (void)state;
    any = outbound_start(OUTBOUND_ANY);
    loopback = outbound_start(OUTBOUND_LOOPBACK);
    off = outbound_start(OUTBOUND_OFF);
    return any && loopback && off ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    struct outbound *const pools[] = { any, loopback, off };
    for (size_t i = 0; i < COUNT(pools); i++) {
        outbound_drain(pools[i]);
        outbound_free(pools[i]);
    }
    outbound_drain(NULL);
    outbound_free(NULL);
    return 0;
}

static struct answer ask(struct trip *trip, const char *method, struct text url, const struct call_header *headers,
                         size_t n)
{
    struct answer answer;
    const struct call call = { .method = text_of(method), .url = url, .headers = headers, .header_count = n };
    const bool answered = call_http(trip, &call, &answer);
    assert_int_equal(answered, answer.outcome == CALL_ANSWERED);
    return answer;
}

static struct answer get(struct trip *trip, struct text url)
{
    return ask(trip, "GET", url, NULL, 0);
}

static void expect_text(struct text got, const char *expected)
{
    if (!text_eq(got, text_of(expected)))
        fail_msg("%.*s\nexpected: %s", TEXT_ARG(got), expected);
}

static void expect_part(struct text got, const char *part)
{
    if (!text_contains(got, text_of(part)))
        fail_msg("%.*s\nmust contain: %s", TEXT_ARG(got), part);
}

static void expect_no(struct text got, const char *part)
{
    if (text_contains(got, text_of(part)))
        fail_msg("%.*s\nmust not contain: %s", TEXT_ARG(got), part);
}

/* A GET by the pool: how it ends, and what is said. */
static struct answer expect_fail(struct outbound *pool, struct text url, enum call_outcome outcome, const char *part)
{
    struct trip trip = trip_new(scratch, pool);
    const struct answer answer = get(&trip, url);
    if (answer.outcome != outcome)
        fail_msg("%.*s: outcome %d, expected %d: %.*s", TEXT_ARG(url), (int)answer.outcome, (int)outcome,
                 TEXT_ARG(answer.why));
    expect_part(answer.why, part);
    expect_part(buf_text(&trip.trail), part);
    assert_true(answer.why.n <= LIMIT_CALL_WHY);
    return answer;
}

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
    struct trip trip = trip_new(scratch, any);
    const struct answer answer = get(&trip, peer_url(peer, "/a/../b?token=verysecret&x=1#f"));
    assert_int_equal(answer.outcome, CALL_ANSWERED);
    assert_int_equal(answer.status, 201);
    expect_text(answer.body, "hello");
    expect_text(answer_header(&answer, T("X-ONE")), "a b");
    expect_text(answer_header(&answer, T("empty")), "");
    assert_null(answer_header(&answer, T("link")).p);
    assert_int_equal(answer.header_count, 4);
    assert_int_equal(peer_count(peer, "GET /a/../b?token=verysecret&x=1 HTTP/1.1\r\n"), 1);
    assert_int_equal(peer_count(peer, "\r\nUser-Agent: duvo-mock/" DUVO_MOCK_VERSION "\r\n"), 1);
    assert_int_equal(peer_count(peer, "\r\nAccept-Encoding: identity\r\n"), 1);
    expect_part(buf_text(&trip.trail), "/a/../b?token=[redacted]&x=1#f -> 201 in ");
    assert_true(trip.bytes_left < LIMIT_TRIP_BYTES && trip.bytes_left > LIMIT_TRIP_BYTES - 300);
    peer_stop(peer);
}

static void test_methods_and_headers(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = { { .reply = OK_TEXT "fine" }, { 0 } };
    struct peer *peer = peer_start(rules, NULL);
    struct trip trip = trip_new(scratch, any);
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
    assert_int_equal(ask(&trip, "DELETE", peer_url(peer, "/d"), NULL, 0).status, 200);
    assert_int_equal(peer_count(peer, "DELETE /d HTTP/1.1\r\n"), 1);
    assert_int_equal(ask(&trip, "POST", peer_url(peer, "/nothing"), NULL, 0).status, 200);
    assert_int_equal(peer_count(peer, "\r\nContent-Length: 0\r\n"), 1);
    assert_int_equal(peer_count(peer, "Expect"), 0);
    assert_int_equal(peer_count(peer, "x-www-form-urlencoded"), 0);
    peer_stop(peer);
}

static void test_bad_headers(void **state)
{
    (void)state;
    struct trip trip = trip_new(scratch, any);
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
        const struct answer answer = ask(&trip, "GET", T("http://127.0.0.1:9/"), &bad[i], 1);
        if (answer.outcome != CALL_BAD_HEADER)
            fail_msg("header %zu: %.*s", i, TEXT_ARG(answer.why));
        expect_no(answer.why, "verysecret");
        expect_no(answer.why, "\n");
    }
    expect_no(buf_text(&trip.trail), "verysecret");
}

static void test_bad_urls(void **state)
{
    (void)state;
    static const char *const urls[] = { "",           "/x",      "ftp://127.0.0.1/",       "file:///etc/passwd",
                                        "http:///x",  "http://", "http://a b/",            "http://127.0.0.1:99999/",
                                        "http://x\\y", "//host/", "http://127.0.0.1/%zz",   "http://\xc3\xa9/",
                                        "gopher://127.0.0.1:70/1", "http://127.0.0.1/\r\nX: y" };
    for (size_t i = 0; i < COUNT(urls); i++)
        expect_fail(any, text_of(urls[i]), CALL_BAD_URL, "http");
    const struct answer answer = expect_fail(any, T("http://user:hunter2@127.0.0.1/"), CALL_BAD_URL, "user name");
    expect_no(answer.why, "hunter2");
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
        expect_fail(any, text_of(urls[i][0]), CALL_FORBIDDEN, urls[i][1]);
        expect_fail(loopback, text_of(urls[i][0]), CALL_FORBIDDEN, "must not be called");
    }
}

static void test_modes(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = { { .reply = OK_TEXT }, { 0 } };
    struct peer *peer = peer_start(rules, NULL);
    struct trip trip = trip_new(scratch, loopback);
    assert_int_equal(get(&trip, peer_url(peer, "/")).status, 200);
    const struct text by_name = text_format(scratch, "http://localhost:%u/", peer_port(peer));
    assert_int_equal(get(&trip, by_name).status, 200);
    const struct text mapped = text_format(scratch, "http://[::ffff:127.0.0.1]:%u/", peer_port(peer));
    assert_int_equal(get(&trip, mapped).outcome, CALL_ANSWERED);
    expect_fail(loopback, T("http://192.0.2.1/"), CALL_FORBIDDEN, "192.0.2.1:80 must not be called: 192.0.2.1 is not a "
                                                                  "loopback address");
    expect_fail(loopback, T("http://[2001:db8::1]:8080/"), CALL_FORBIDDEN, "[2001:db8::1]:8080 must not be called");
    expect_fail(off, peer_url(peer, "/"), CALL_FORBIDDEN, "switched off");
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
        { .reply = OK_TEXT },
        { 0 },
    };
    struct peer *peer = peer_start(rules, NULL);
    struct text here = peer_url(peer, "/preset");
    struct outbound *const pools[] = { any, loopback, off };
    for (size_t i = 0; i < COUNT(pools); i++) {
        struct trip trip = trip_new(scratch, pools[i]);
        trip.rewrite = serve_here;
        trip.rewrite_cls = &here;
        const struct answer answer = get(&trip, T("https://mcp.example.com/a"));
        assert_int_equal(answer.status, 200);
        expect_text(answer.url, "https://mcp.example.com/a");
        expect_part(buf_text(&trip.trail), "GET https://mcp.example.com/a -> 200");
    }
    assert_int_equal(peer_count(peer, "GET /preset HTTP/1.1\r\n"), 3);
    assert_int_equal(peer_count(peer, "\r\nx-mock-as: https://mcp.example.com/a\r\n"), 3);
    struct trip trip = trip_new(scratch, any);
    trip.rewrite = serve_here;
    trip.rewrite_cls = &here;
    expect_text(get(&trip, peer_url(peer, "/again")).url, "https://mcp.example.com/b");
    assert_int_equal(peer_count(peer, "\r\nx-mock-as: https://mcp.example.com/b\r\n"), 1);
    here = T("http://192.0.2.1/");
    assert_int_equal(get(&trip, T("https://mcp.example.com/c")).outcome, CALL_FORBIDDEN);
    here = T("nowhere");
    assert_int_equal(get(&trip, T("https://mcp.example.com/c")).outcome, CALL_BAD_URL);
    peer_stop(peer);
}

/* ---- how calls fail ----------------------------------------------------------------------------------------- */

static void test_unreachable(void **state)
{
    (void)state;
    const unsigned port = peer_free_port();
    const struct text url = text_format(scratch, "http://127.0.0.1:%u/?api_key=verysecret", port);
    const struct answer answer = expect_fail(any, url, CALL_UNREACHABLE, "");
    expect_text(answer.why, text_format(scratch, "connection refused by 127.0.0.1:%u", port).p);
    expect_fail(any, T("http://nowhere.invalid/x"), CALL_UNREACHABLE, "the name nowhere.invalid does not resolve");
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
    expect_fail(any, peer_url(peer, "/nothing"), CALL_UNREACHABLE, "closed the connection without an answer");
    expect_fail(any, peer_url(peer, "/ssh"), CALL_UNREACHABLE, "is not HTTP");
    expect_fail(any, peer_url(peer, "/short"), CALL_UNREACHABLE, "closed the connection in the middle");
    expect_fail(any, peer_url(peer, "/gzip"), CALL_UNREACHABLE, "is not encoded");
    const struct text https = text_format(scratch, "https://127.0.0.1:%u/", peer_port(peer));
    expect_fail(any, https, CALL_TLS, "TLS with 127.0.0.1:");
    peer_stop(peer);
}

static int64_t ms_since(int64_t began_us)
{
    return (clock_steady_us() - began_us) / 1000;
}

static void test_timeout(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        { .has = "GET /slow", .reply = OK_TEXT, .hold = true },
        { .has = "GET /never", .hold = true },
        { 0 },
    };
    static const char *const paths[] = { "/slow", "/never" };
    struct peer *peer = peer_start(rules, NULL);
    for (size_t i = 0; i < COUNT(paths); i++) {
        const int64_t began_us = clock_steady_us();
        struct trip trip = trip_new(scratch, any);
        trip.deadline_us = trip.began_us + 200000;
        const struct answer answer = get(&trip, peer_url(peer, paths[i]));
        assert_int_equal(answer.outcome, CALL_TIMEOUT);
        expect_part(answer.why, "timed out after 0.2");
        expect_part(answer.why, "did not answer in full");
        assert_true(ms_since(began_us) >= 199 && ms_since(began_us) < 2000);
        expect_part(get(&trip, peer_url(peer, "/slow")).why, "was not called any more");
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
    struct trip trip = trip_new(scratch, any);
    trip.deadline_us = trip.began_us + 200000;
    expect_part(get(&trip, url).why, "did not accept the connection");
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
    struct trip trip = trip_new(scratch, any);
    trip.bytes_left = whole;
    assert_int_equal(get(&trip, peer_url(peer, "/")).body.n, 9000);
    assert_int_equal(trip.bytes_left, 0);
    trip.bytes_left = whole - 1;
    const struct answer answer = get(&trip, peer_url(peer, "/"));
    assert_int_equal(answer.outcome, CALL_TOO_LARGE);
    expect_text(answer.why, "the answer is larger than 8 KiB");
    trip.bytes_left = strlen(head) - 1;
    expect_part(get(&trip, peer_url(peer, "/")).why, "larger than 18 bytes");
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
    expect_text(expect_fail(any, peer_url(peer, "/"), CALL_TOO_LARGE, "").why, "the answer is larger than 4 MiB");
    big[LIMIT_TRIP_BYTES] = '\0';
    struct trip trip = trip_new(scratch, any);
    assert_int_equal(get(&trip, peer_url(peer, "/")).body.n, LIMIT_TRIP_BYTES - 19);
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
    struct trip trip = trip_new(scratch, any);
    trip.bytes_left = 60000 + strlen(reply);
    assert_int_equal(get(&trip, peer_url(peer, "/")).body.n, 60000);
    trip.bytes_left = 59999;
    assert_int_equal(get(&trip, peer_url(peer, "/")).outcome, CALL_TOO_LARGE);
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
    struct trip trip = trip_new(scratch, any);
    assert_int_equal(get(&trip, peer_url(peer, "/")).header_count, LIMIT_ANSWER_HEADER_COUNT);
    put_many_headers(reply, ROOM, LIMIT_ANSWER_HEADER_COUNT + 1, "v");
    expect_fail(any, peer_url(peer, "/"), CALL_TOO_LARGE, "more than 128 headers");
    memset(value, 'v', VALUE);
    value[VALUE] = '\0';
    put_many_headers(reply, ROOM, 64, value); /* of 1021 and 1022 bytes */
    assert_int_equal(get(&trip, peer_url(peer, "/")).header_count, 64);
    put_many_headers(reply, ROOM, 65, value);
    expect_fail(any, peer_url(peer, "/"), CALL_TOO_LARGE, "more than 65536 bytes");
    peer_stop(peer);
    free(reply);
}

/* ---- redirects -------------------------------------------------------------------------------------------- */

#define REDIRECT(status, to) "HTTP/1.1 " status " Moved\r\nLocation: " to "\r\nContent-Length: 0\r\n\r\n"

#define TEXT(literal) { "" literal, sizeof(literal) - 1 }
static const struct call_header credentials[] = {
    { .name = TEXT("Authorization"), .value = TEXT("Bearer verysecret") },
    { .name = TEXT("Cookie"), .value = TEXT("a=verysecret") },
    { .name = TEXT("X-API-Key"), .value = TEXT("verysecret") },
    { .name = TEXT("X-Own"), .secret = { { "verysecret", 10 } } },
    { .name = TEXT("X-Public"), .value = TEXT("public") },
};

static const struct peer_rule redirects[] = {
    { .has = " /301", .reply = REDIRECT("301", "/end?a=1") },
    { .has = " /302", .reply = REDIRECT("302", "http://127.0.0.1:$port/301") },
    { .has = " /deep/303", .reply = REDIRECT("303", "../302") },
    { .has = " /307", .reply = REDIRECT("307", "end") },
    { .has = " /308", .reply = REDIRECT("308", "?end") },
    { .has = " /away", .reply = REDIRECT("307", "http://127.0.0.1:$other/back") },
    { .has = " /back", .reply = REDIRECT("308", "http://127.0.0.1:$other/end") },
    { .has = " /loop", .reply = REDIRECT("302", "/loop?token=verysecret") },
    { .has = " /lost", .reply = "HTTP/1.1 302 Found\r\n\r\n" },
    { .has = " /file", .reply = REDIRECT("302", "file:///etc/passwd") },
    { .has = " /user", .reply = REDIRECT("302", "http://me:verysecret@127.0.0.1:$port/end") },
    { .has = " /metadata", .reply = REDIRECT("302", "http://169.254.169.254/latest") },
    { .has = " /304", .reply = "HTTP/1.1 304 Not Modified\r\nLocation: /end\r\n\r\n" },
    { .has = " /1", .reply = REDIRECT("302", "/2") },
    { .has = " /2", .reply = REDIRECT("302", "/3") },
    { .has = " /3", .reply = REDIRECT("302", "/4") },
    { .has = " /4", .reply = REDIRECT("302", "/5") },
    { .has = " /5", .reply = REDIRECT("302", "/end") },
    { .reply = OK_TEXT "end" },
    { 0 },
};

static void test_redirect_within_origin(void **state)
{
    (void)state;
    struct peer *peer = peer_start(redirects, NULL);
    struct trip trip = trip_new(scratch, any);
    const struct answer answer = ask(&trip, "GET", peer_url(peer, "/deep/303"), credentials, COUNT(credentials));
    expect_text(answer.body, "end");
    expect_text(answer.url, peer_url(peer, "/end?a=1").p);
    assert_false(answer.left_origin);
    assert_int_equal(peer_count(peer, "\r\nAuthorization: Bearer verysecret\r\n"), 4);
    expect_part(buf_text(&trip.trail), "/deep/303 -> 303 in ");
    expect_part(buf_text(&trip.trail), "/end?a=1 -> 200 in ");
    assert_int_equal(get(&trip, peer_url(peer, "/304")).status, 304);
    peer_stop(peer);
}

static void test_redirect_with_body(void **state)
{
    (void)state;
    struct peer *peer = peer_start(redirects, NULL);
    struct trip trip = trip_new(scratch, any);
    struct call call = { .method = T("POST"), .url = peer_url(peer, "/307"), .body = T("the body") };
    struct answer answer;
    assert_true(call_http(&trip, &call, &answer));
    expect_text(answer.url, peer_url(peer, "/end").p);
    assert_int_equal(peer_count(peer, "POST /end HTTP/1.1\r\n"), 1);
    call.url = peer_url(peer, "/308");
    assert_false(call_http(&trip, &call, &answer)); /* for ever to itself */
    assert_int_equal(answer.outcome, CALL_REDIRECTS);
    assert_int_equal(peer_count(peer, "POST /308?end HTTP/1.1\r\n"), LIMIT_TRIP_REDIRECTS);
    assert_int_equal(peer_count(peer, "\r\n\r\nthe body"), 2 + 1 + LIMIT_TRIP_REDIRECTS);
    static const char *const losing[] = { "/301", "/302", "/deep/303" };
    for (size_t i = 0; i < COUNT(losing); i++) {
        call.url = peer_url(peer, losing[i]);
        assert_false(call_http(&trip, &call, &answer));
        assert_int_equal(answer.outcome, CALL_REDIRECTS);
        expect_part(answer.why, "would lose the request's body");
        assert_int_equal(ask(&trip, "DELETE", call.url, NULL, 0).outcome, CALL_REDIRECTS);
    }
    peer_stop(peer);
}

/* What a redirect leads to another origin and back again: it stays a stranger. */
static void test_redirect_away(void **state)
{
    (void)state;
    struct peer *other = peer_start(redirects, NULL);
    struct peer *peer = peer_start(redirects, other);
    struct trip trip = trip_new(scratch, any);
    const struct answer answer = ask(&trip, "GET", peer_url(peer, "/away"), credentials, COUNT(credentials));
    assert_true(answer.left_origin);
    assert_int_equal(peer_count(peer, "verysecret"), 1);
    assert_int_equal(peer_count(other, "GET /back"), 1);
    assert_int_equal(peer_count(other, "verysecret"), 0);
    assert_int_equal(peer_count(other, "\r\nX-Public: public\r\n"), 1);
    struct call call = { .method = T("POST"), .url = peer_url(peer, "/away"), .body = T("client_secret=verysecret") };
    struct answer refused;
    assert_false(call_http(&trip, &call, &refused));
    assert_int_equal(refused.outcome, CALL_REDIRECTS);
    expect_part(refused.why, "another origin");
    assert_int_equal(peer_count(other, "POST"), 0);
    call.body_is_public = true;
    call_http(&trip, &call, &refused);
    assert_true(refused.left_origin);
    assert_int_equal(peer_count(other, "POST /back"), 1);
    peer_stop(peer);
    peer_stop(other);
}

static void test_redirect_refused(void **state)
{
    (void)state;
    struct peer *peer = peer_start(redirects, NULL);
    struct trip trip = trip_new(scratch, any);
    assert_int_equal(get(&trip, peer_url(peer, "/1")).outcome, CALL_ANSWERED);
    const struct answer loop = expect_fail(any, peer_url(peer, "/loop"), CALL_REDIRECTS, "");
    expect_part(loop.why, "one redirect too many");
    expect_no(loop.why, "verysecret");
    assert_int_equal(peer_count(peer, " /loop"), LIMIT_TRIP_REDIRECTS + 1);
    expect_part(get(&trip, peer_url(peer, "/lost")).why, "redirected with HTTP 302 to nowhere: the answer has no loca");
    expect_part(get(&trip, peer_url(peer, "/file")).why, "that is not an http or https URL");
    const struct answer user = get(&trip, peer_url(peer, "/user"));
    assert_int_equal(user.outcome, CALL_REDIRECTS);
    expect_no(user.why, "verysecret");
    assert_int_equal(get(&trip, peer_url(peer, "/metadata")).outcome, CALL_FORBIDDEN);
    expect_no(buf_text(&trip.trail), "verysecret");
    peer_stop(peer);
}

static void test_resolve(void **state)
{
    (void)state;
    static const char *const good[][3] = {
        { "http://h/a/b?c", "d", "http://h/a/d" },          { "http://h/a/b?c", "?d", "http://h/a/b?d" },
        { "http://h/a/b", "/d?e", "http://h/d?e" },         { "http://h/a/b", "//g/d", "http://g/d" },
        { "https://h/a/b", "//g/d", "https://g/d" },        { "http://h/a/b", "https://g/", "https://g/" },
        { "http://h/a/b/", "../d", "http://h/a/d" },        { "http://h", "d", "http://h/d" },
        { "http://h:8/a", "d e", "http://h:8/d%20e" },      { "http://h:8/a", "", "http://h:8/a" },
        { "http://h/a?b#c", "", "http://h/a?b" },           { "http://h/a?b#c", "#d", "http://h/a?b" },
    };
    static const char *const bad[] = { "file:///x", "javascript:alert(1)", "http://", "http://u:p@h/", "http://h\\x/",
                                       "//", "ftp://h/", "http://h:99999/" };
    struct text whole;
    for (size_t i = 0; i < COUNT(good); i++) {
        if (!url_resolve(scratch, text_of(good[i][0]), text_of(good[i][1]), &whole))
            fail_msg("%s and %s", good[i][0], good[i][1]);
        expect_text(whole, good[i][2]);
    }
    for (size_t i = 0; i < COUNT(bad); i++)
        if (url_resolve(scratch, T("http://h/a"), text_of(bad[i]), &whole))
            fail_msg("%s: %.*s", bad[i], TEXT_ARG(whole));
    assert_false(url_resolve(scratch, T("http://h/a"), T("a\0b"), &whole));
    assert_false(url_resolve(scratch, T("nowhere"), T("a"), &whole));
}

static void test_same_origin(void **state)
{
    (void)state;
    assert_true(url_same_origin(T("http://a/b"), T("HTTP://A:80/c?d")));
    assert_true(url_same_origin(T("https://a/b"), T("https://a:443/")));
    assert_true(url_same_origin(T("http://[::1]:5/"), T("http://[::1]:5/x")));
    assert_false(url_same_origin(T("http://a/"), T("https://a/")));
    assert_false(url_same_origin(T("http://a/"), T("http://a:81/")));
    assert_false(url_same_origin(T("http://a/"), T("http://b/")));
    assert_false(url_same_origin(T("http://a/"), T("/")));
}

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
        p->nested_status = get(p->trip, p->nested).status;
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
    struct trip trip = trip_new(scratch, any);
    struct pieces pieces = { .trip = &trip, .nested = peer_url(peer, "/more"), .all = buf_new(scratch, 1000),
                             .enough = 8 };
    struct call call = { .method = T("GET"), .url = peer_url(peer, "/stream"), .on_body = take_piece, .cls = &pieces };
    struct answer answer;
    assert_true(call_http(&trip, &call, &answer));
    expect_text(buf_text(&pieces.all), "one\ntwo\n");
    expect_text(pieces.type, "text/event-stream");
    assert_int_equal(pieces.nested_status, 202);
    assert_int_equal(answer.status, 200);
    assert_int_equal(answer.body.n, 0);
    pieces = (struct pieces){ .all = buf_new(scratch, 1000), .enough = 1000 };
    call.url = peer_url(peer, "/drip");
    assert_true(call_http(&trip, &call, &answer));
    expect_text(buf_text(&pieces.all), "a drop at a time");
    call.url = peer_url(peer, "/missing");
    assert_true(call_http(&trip, &call, &answer));
    expect_text(answer.body, "not here");
    assert_int_equal(pieces.all.n, 16);
    peer_stop(peer);
}

/* ---- masking ---------------------------------------------------------------------------------------------- */

static void test_mask(void **state)
{
    (void)state;
    const struct call_header headers[] = {
        { .name = T("Authorization"), .value = T("Bearer abcdef") },
        { .name = T("X-Own"), .secret = { { "efgh", 4 } } },
        { .name = T("X-Empty"), .secret = { { "", 0 } } },
        { .name = T("X-Short"), .secret = { { "red", 3 } } },
        { .name = T("Accept"), .value = T("any") },
    };
    const struct call call = { .url = T("http://h/?api_key=a%20b&x=seen&token&access_token="), .headers = headers,
                               .header_count = COUNT(headers) };
    static const char *const texts[][2] = {
        { "", "" },
        { "nothing of that", "nothing of that" },
        { "got Bearer abcdef!", "got [redacted]!" },
        { "abcdef and abcde", "[redacted] and abcde" },
        { "abcdefgh", "[redacted]" },
        { "abcdefabcdef", "[redacted][redacted]" },
        { "efghefg", "[redacted]efg" },
        { "red-acted, any, seen", "[redacted]-acted, any, seen" },
        { "a%20b or a b", "[redacted] or [redacted]" },
    };
    for (size_t i = 0; i < COUNT(texts); i++)
        expect_text(call_mask(scratch, &call, text_of(texts[i][0])), texts[i][1]);
    const struct call none = { .url = T("no URL") };
    expect_text(call_mask(scratch, &none, T("as it is")), "as it is");
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
    static const struct peer_rule rules[] = { { .reply = OK_TEXT "x", .delay_ms = 20 }, { 0 } };
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
    if (ms_since(began_us) > 500)
        fail_msg("%lld ms", (long long)ms_since(began_us));
    for (size_t i = 0; i < MANY; i++)
        assert_int_equal(errands[i].outcome, CALL_STOPPED);
    assert_int_equal(peer_count(peer, "GET"), LIMIT_OUTBOUND_THREADS);
    struct trip trip = trip_new(scratch, pool);
    expect_text(get(&trip, peer_url(peer, "/")).why, "the mock is stopping");
    outbound_free(pool);
    peer_stop(peer);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_get),
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
        TEST(test_redirect_within_origin),
        TEST(test_redirect_with_body),
        TEST(test_redirect_away),
        TEST(test_redirect_refused),
        TEST(test_resolve),
        TEST(test_same_origin),
        TEST(test_pieces),
        TEST(test_mask),
        TEST(test_many_at_once),
        TEST(test_drain),
    };
    return cmocka_run_group_tests(tests, start, end);
}
