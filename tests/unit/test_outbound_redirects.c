/* Outbound: redirects, the URLs that they name, and the credentials that stay behind. */
#include "net/outbound.h"

#include "base/arena.h"
#include "base/uri.h"
#include "base/clock.h"
#include "calls.h"
#include "base/limit.h"
#include "peer.h"
#include "rig.h"
#include "scratch.h"

#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

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

static char home[200]; /* back to the peer that the call began at */

static const struct peer_rule redirects[] = {
    { .has = " /301", .reply = REDIRECT("301", "/end?a=1") },
    { .has = " /302", .reply = REDIRECT("302", "http://127.0.0.1:$port/301") },
    { .has = " /deep/303", .reply = REDIRECT("303", "../302") },
    { .has = " /307", .reply = REDIRECT("307", "end") },
    { .has = " /308", .reply = REDIRECT("308", "?end") },
    { .has = " /away", .reply = REDIRECT("307", "http://127.0.0.1:$other/back") },
    { .has = " /back", .reply = REDIRECT("308", "http://127.0.0.1:$other/end") },
    { .has = " /leave", .reply = REDIRECT("307", "http://127.0.0.1:$other/stay") },
    { .has = " /stay", .reply = REDIRECT("302", "/there") },
    { .has = " /round", .reply = REDIRECT("307", "http://127.0.0.1:$other/home") },
    { .has = " /home", .reply = home },
    { .has = " /loop", .reply = REDIRECT("302", "/loop?token=verysecret") },
    { .has = " /lost", .reply = "HTTP/1.1 302 Found\r\n\r\n" },
    { .has = " /file", .reply = REDIRECT("302", "file:///etc/passwd") },
    { .has = " /user", .reply = REDIRECT("302", "http://me:verysecret@127.0.0.1:$port/end") },
    { .has = " /metadata", .reply = REDIRECT("302", "http://169.254.169.254/latest") },
    { .has = " /304", .reply = "HTTP/1.1 304 Not Modified\r\nLocation: /end\r\n\r\n" },
    { .has = " /six", .reply = REDIRECT("302", "/1") },
    { .has = " /1", .reply = REDIRECT("302", "/2") },
    { .has = " /2", .reply = REDIRECT("302", "/3") },
    { .has = " /3", .reply = REDIRECT("302", "/4") },
    { .has = " /4", .reply = REDIRECT("302", "/5") },
    { .has = " /5", .reply = REDIRECT("302", "/end") },
    { .reply = PEER_OK "end" },
    { 0 },
};

static void test_redirect_within_origin(void **state)
{
    (void)state;
    struct peer *peer = peer_start(redirects, NULL);
    struct trip trip = trip_new(scratch, calls_any);
    const struct answer answer = call_with(&trip, "GET", peer_url(peer, "/deep/303"), credentials,
                                           COUNT(credentials));
    text_is(answer.body, "end");
    text_is(answer.url, peer_url(peer, "/end?a=1").p);
    assert_false(answer.left_origin);
    assert_int_equal(peer_count(peer, "\r\nAuthorization: Bearer verysecret\r\n"), 4);
    text_has(buf_text(&trip.trail), "/deep/303 -> 303 in ");
    text_has(buf_text(&trip.trail), "/end?a=1 -> 200 in ");
    assert_int_equal(call_get(&trip, peer_url(peer, "/304")).status, 304);
    peer_stop(peer);
}

static void test_redirect_with_body(void **state)
{
    (void)state;
    struct peer *peer = peer_start(redirects, NULL);
    struct trip trip = trip_new(scratch, calls_any);
    struct call call = { .method = T("POST"), .url = peer_url(peer, "/307"), .body = T("the body") };
    struct answer answer;
    assert_true(call_http(&trip, &call, &answer));
    text_is(answer.url, peer_url(peer, "/end").p);
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
        text_has(answer.why, "loses the request's body");
        assert_int_equal(call_with(&trip, "DELETE", call.url, NULL, 0).outcome, CALL_REDIRECTS);
    }
    peer_stop(peer);
}

static void expect_stranger(const struct peer *from, const char *path, const struct peer *end, const char *end_path)
{
    struct trip trip = trip_new(scratch, calls_any);
    const struct answer answer = call_with(&trip, "GET", peer_url(from, path), credentials, COUNT(credentials));
    text_is(answer.url, peer_url(end, end_path).p);
    assert_true(answer.left_origin);
}

/* Another origin is told no credentials, nor is it when it redirects to itself. Nor is the first one when it is led
 * back to: what leads there is a stranger. */
static void test_redirect_stranger(void **state)
{
    (void)state;
    struct peer *other = peer_start(redirects, NULL);
    struct peer *peer = peer_start(redirects, other);
    snprintf(home, sizeof home, REDIRECT("302", "%.*s"), TEXT_ARG(peer_url(peer, "/end")));
    expect_stranger(peer, "/leave", other, "/there");
    assert_int_equal(peer_count(other, "GET /there"), 1);
    assert_int_equal(peer_count(peer, "verysecret"), 1);
    expect_stranger(peer, "/round", peer, "/end");
    assert_int_equal(peer_count(peer, "GET /end"), 1);
    assert_int_equal(peer_count(peer, "verysecret"), 2);
    assert_int_equal(peer_count(other, "verysecret"), 0);
    peer_stop(peer);
    peer_stop(other);
}

/* A body that holds credentials does not follow to another origin. */
static void test_redirect_away(void **state)
{
    (void)state;
    struct peer *other = peer_start(redirects, NULL);
    struct peer *peer = peer_start(redirects, other);
    struct trip trip = trip_new(scratch, calls_any);
    const struct answer answer = call_with(&trip, "GET", peer_url(peer, "/away"), credentials, COUNT(credentials));
    assert_true(answer.left_origin);
    assert_int_equal(peer_count(peer, "verysecret"), 1);
    assert_int_equal(peer_count(other, "GET /back"), 1);
    assert_int_equal(peer_count(other, "verysecret"), 0);
    assert_int_equal(peer_count(other, "\r\nX-Public: public\r\n"), 1);
    struct call call = { .method = T("POST"), .url = peer_url(peer, "/away"), .body = T("client_secret=verysecret") };
    struct answer refused;
    assert_false(call_http(&trip, &call, &refused));
    assert_int_equal(refused.outcome, CALL_REDIRECTS);
    text_has(refused.why, "another origin");
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
    struct trip trip = trip_new(scratch, calls_any);
    assert_int_equal(call_get(&trip, peer_url(peer, "/1")).outcome, CALL_ANSWERED);
    assert_int_equal(call_get(&trip, peer_url(peer, "/six")).outcome, CALL_REDIRECTS);
    const struct answer loop = expect_fail(calls_any, peer_url(peer, "/loop"), CALL_REDIRECTS, "");
    text_has(loop.why, "one redirect too many");
    text_lacks(loop.why, "verysecret");
    assert_int_equal(peer_count(peer, " /loop"), LIMIT_TRIP_REDIRECTS + 1);
    text_has(call_get(&trip, peer_url(peer, "/lost")).why,
                "redirected with HTTP 302 to nowhere: the answer has no loca");
    text_has(call_get(&trip, peer_url(peer, "/file")).why, "that is not an http or https URL");
    const struct answer user = call_get(&trip, peer_url(peer, "/user"));
    assert_int_equal(user.outcome, CALL_REDIRECTS);
    text_lacks(user.why, "verysecret");
    assert_int_equal(call_get(&trip, peer_url(peer, "/metadata")).outcome, CALL_FORBIDDEN);
    text_lacks(buf_text(&trip.trail), "verysecret");
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
        { "http://h:8/a", "d?e f", "http://h:8/d?e+f" },    { "http://h/a", "/\xC3\xB6", "http://h/%C3%B6" },
        { "http://h/a", "http://\xC3\xB6/", "http://xn--nda/" },
        { "http://h/a", "http://g", "http://g/" },          { "http://h/a", "https://g?d", "https://g/?d" },
        { "http://h/a?b#c", "", "http://h/a?b" },           { "http://h/a?b#c", "#d", "http://h/a?b" },
    };
    static const char *const bad[] = { "file:///x", "javascript:alert(1)", "http://", "http://u:p@h/", "http://h\\x/",
                                       "http://\xC3\xB6 /", "http://\xFF/", "//", "ftp://h/", "http://h:99999/" };
    struct text whole;
    for (size_t i = 0; i < COUNT(good); i++) {
        if (!uri_resolve(scratch, text_of(good[i][0]), text_of(good[i][1]), &whole))
            fail_msg("%s and %s", good[i][0], good[i][1]);
        text_is(whole, good[i][2]);
    }
    for (size_t i = 0; i < COUNT(bad); i++)
        if (uri_resolve(scratch, T("http://h/a"), text_of(bad[i]), &whole))
            fail_msg("%s: %.*s", bad[i], TEXT_ARG(whole));
    assert_false(uri_resolve(scratch, T("http://h/a"), T("a\0b"), &whole));
    assert_false(uri_resolve(scratch, T("nowhere"), T("a"), &whole));
}

static void test_same_origin(void **state)
{
    (void)state;
    assert_true(uri_same_origin(T("http://a/b"), T("HTTP://A:80/c?d")));
    assert_true(uri_same_origin(T("https://a/b"), T("https://a:443/")));
    assert_true(uri_same_origin(T("http://[::1]:5/"), T("http://[::1]:5/x")));
    assert_false(uri_same_origin(T("http://a/"), T("https://a/")));
    assert_false(uri_same_origin(T("http://a/"), T("http://a:81/")));
    assert_false(uri_same_origin(T("http://a/"), T("http://b/")));
    assert_false(uri_same_origin(T("http://a/"), T("/")));
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
        { "red-acted, calls_any, seen", "[redacted]-acted, calls_any, seen" },
        { "a%20b or a b", "[redacted] or [redacted]" },
    };
    for (size_t i = 0; i < COUNT(texts); i++)
        text_is(call_mask(scratch, &call, text_of(texts[i][0])), texts[i][1]);
    const struct call none = { .url = T("no URL") };
    text_is(call_mask(scratch, &none, T("as it is")), "as it is");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_redirect_within_origin),
        TEST(test_redirect_with_body),
        TEST(test_redirect_stranger),
        TEST(test_redirect_away),
        TEST(test_redirect_refused),
        TEST(test_resolve),
        TEST(test_same_origin),
        TEST(test_mask),
    };
    return cmocka_run_group_tests(tests, calls_setup, calls_teardown);
}
