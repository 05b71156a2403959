/* Probes that fail: each says what to fix, and never what it was sent. */
#include "base/limit.h"
#include "probes.h"
#include "rig.h"
#include "scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* A server that answers everything so. */
static void expect_answer(const char *reply, const char *part)
{
    const struct peer_rule rules[] = { { .reply = reply }, { 0 } };
    expect_fault(rules, part);
}

/* A modern server that lists its tools so. */
static void expect_list(const char *reply, const char *part)
{
    const struct peer_rule rules[] = { DISCOVER, { .has = ON("tools/list"), .reply = reply }, { 0 } };
    expect_fault(rules, part);
}

/* A server that does not know server/discover, and answers initialize so. */
static void expect_initialize(const char *reply, const char *part)
{
    const struct peer_rule rules[] = {
        REFUSE_DISCOVER,
        { .has = ON("initialize"), .reply = reply },
        { .has = "GET", .reply = NOT_ALLOWED },
        { 0 },
    };
    expect_fault(rules, part);
}

/* ---- out of reach ------------------------------------------------------------------------------------------- */

static void test_unreachable(void **state)
{
    (void)state;
    const unsigned port = peer_free_port();
    const struct text url = text_format(scratch, "http://127.0.0.1:%u/mcp", port);
    const struct findings probe = probe_url(url, NULL, 0);
    text_is(probe.error, text_format(scratch, "connection refused by 127.0.0.1:%u", port).p);
    assert_int_equal(probe.status, 0);
    text_has(probe_url(T("http://nowhere.invalid/mcp"), NULL, 0).error, "nowhere.invalid does not resolve");
    text_has(probe_url(T("http://169.254.169.254/"), NULL, 0).error, "metadata");
    text_has(probe_url(T("nonsense"), NULL, 0).error, "not an absolute http or https URL");
    expect_answer("", "closed the connection without an answer");
    expect_answer("HTTP/1.1 307 Moved\r\nLocation: /mcp\r\nContent-Length: 0\r\n\r\n", "one redirect too many");
    expect_answer("HTTP/1.1 302 Moved\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n",
                  "/login: this kind of redirect");
}

static void test_timeouts(void **state)
{
    (void)state;
    enum { ALL = LIMIT_TRIP_SECONDS * 1000, MOST = ALL - 5000 }; /* the last answer is still read in time */
    static const struct peer_rule never[] = { { .passes_ms = ALL, .hold = true }, { 0 } };
    static const struct peer_rule lists_never[] = { DISCOVER, { .passes_ms = ALL, .hold = true }, { 0 } };
    static const struct peer_rule streams_never[] = {
        { .has = "POST /mcp", .reply = NOT_FOUND },
        { .has = "GET /mcp", .reply = PEER_SSE "event: endpoint\ndata: /m\n\n", .hold = true },
        { .has = "POST /m", .reply = ACCEPTED, .passes_ms = MOST },
        { 0 },
    };
    expect_fault(never, "timed out after 10 s: 127.0.0.1:");
    expect_fault(lists_never, "did not answer in full");
    expect_fault(streams_never, "initialize was not answered on the event stream: timed out after 10 s");
}

static void test_too_large(void **state)
{
    (void)state;
    const size_t room = LIMIT_TRIP_BYTES + 1000;
    char *reply = malloc(room);
    assert_non_null(reply);
    snprintf(reply, room, PEER_JSON "%*d", LIMIT_TRIP_BYTES, 1);
    expect_answer(reply, "the answer is larger than 4 MiB");
    expect_list(reply, "the answer is larger than 3 MiB");
    free(reply);
}

/* ---- credentials -------------------------------------------------------------------------------------------- */

#define UNAUTHORIZED(challenge) \
    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: " challenge "\r\nContent-Length: 0\r\n\r\n"
#define FORBIDDEN(challenge) \
    "HTTP/1.1 403 Forbidden\r\nWWW-Authenticate: " challenge "\r\nContent-Length: 0\r\n\r\n"

static void test_unauthorized(void **state)
{
    (void)state;
    expect_answer(UNAUTHORIZED("bearer realm=\"Acme\", resource_metadata=\"http://h/\""),
                  "401: the server asks for OAuth, a Bearer token (realm \"Acme\"); authorize it with POST "
                  "/v1/connections/oauth/mcp/start");
    expect_answer(UNAUTHORIZED("Basic realm=\"in\\u00e9\", charset=\"UTF-8\""),
                  "401: the server asks for Basic authentication");
    expect_answer(PEER_TEXT("401 Unauthorized") "who?", "without saying which (no WWW-Authenticate header)");
    const struct peer_rule rules[] = { { .reply = UNAUTHORIZED("Bearer") }, { 0 } };
    struct findings probe;
    struct peer *peer = probe_peer(rules, &probe);
    assert_true(probe.wants_oauth);
    assert_int_equal(probe.status, 401);
    assert_int_equal(peer_count(peer, ""), 1); /* no sign of any era */
    peer_stop(peer);
}

/* As above, when credentials were sent, which the server repeats wherever it can. */
static void test_refused_credentials(void **state)
{
    (void)state;
    static const struct {
        const char *reply, *part;
    } all[] = {
        { UNAUTHORIZED("Bearer error=\"invalid_token\", error_description=\"token verysecret is\tno good\""),
          "401: the server refuses the Authorization header sent (\"token [redacted] is no good\")" },
        { UNAUTHORIZED("Bearer error=\"invalid_token\""), "(\"invalid_token\")" },
        { FORBIDDEN("Bearer error=\"insufficient_scope\", scope=\"a b:verysecret\""),
          "403: the token does not allow this (\"insufficient_scope\") (it wants scope \"a b:[redacted]\")" },
        { PEER_TEXT("403 Forbidden") "Bearer verysecret may not\r\nenter",
          "403: the server refuses the credentials (\"[redacted] may not enter\")" },
        { PEER_TEXT("500 Oops") "{\"got\":\"verysecret\"}",
          "initialize was answered with HTTP 500: the server failed (\"{\"got\":\"[redacted]\"}\")" },
        { "HTTP/1.1 302 Found\r\nLocation: /login?was=verysecret\r\nContent-Length: 0\r\n\r\n",
          "/login?was=[redacted]" },
        { PEER_JSON REFUSAL("-32000", "bad verysecret"), "with error -32000: bad [redacted]" },
    };
    const struct call_header headers[] = { { .name = T("Authorization"), .value = T("Bearer verysecret") } };
    for (size_t i = 0; i < COUNT(all); i++) {
        const struct peer_rule rules[] = { { .reply = all[i].reply }, { 0 } };
        struct peer *peer = peer_start(rules, NULL);
        const struct findings probe = probe_url(peer_url(peer, "/mcp"), headers, 1);
        text_has(probe.error, all[i].part);
        text_lacks(probe.error, "verysecret");
        text_lacks(probe_trail(), "verysecret");
        peer_stop(peer);
    }
}

static void test_other_headers_refused(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = { { .reply = PEER_TEXT("401 Unauthorized") }, { 0 } };
    const struct call_header headers[] = { { .name = T("X-API-Key"), .value = T("wrong") } };
    struct peer *peer = peer_start(rules, NULL);
    text_has(probe_url(peer_url(peer, "/mcp"), headers, 1).error, "refuses the headers sent");
    peer_stop(peer);
}

static void test_credentials_left_behind(void **state)
{
    (void)state;
    static const struct peer_rule there[] = {
        { .has = "verysecret", .reply = PEER_OK },
        { .reply = UNAUTHORIZED("X") },
        { 0 },
    };
    static const struct peer_rule here[] = {
        { .reply = "HTTP/1.1 308 Moved\r\nLocation: http://127.0.0.1:$other/mcp\r\nContent-Length: 0\r\n\r\n" },
        { 0 },
    };
    const struct call_header headers[] = { { .name = T("X-Own"), .secret = secret_of(T("verysecret")) } };
    struct peer *other = peer_start(there, NULL);
    struct peer *peer = peer_start(here, other);
    const struct findings probe = probe_url(peer_url(peer, "/mcp"), headers, 1);
    text_has(probe.error, "redirected to another origin, without its credentials");
    assert_int_equal(probe.status, 401);
    peer_stop(peer);
    peer_stop(other);
}

/* A session is as good as a credential. */
static void test_session_left_behind(void **state)
{
    (void)state;
    static const struct peer_rule there[] = { { .has = ON("tools/list"), .reply = PEER_JSON TOOLS("") }, { 0 } };
    static const struct peer_rule here[] = {
        REFUSE_DISCOVER,
        { .has = ON("initialize"), .reply = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                            "Mcp-Session-Id: verysecret\r\n\r\n" INITIALIZED("2025-11-25") },
        TAKE_INITIALIZED,
        { .has = ON("tools/list"),
          .reply = "HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:$other/mcp\r\nContent-Length: 0\r\n\r\n" },
        { .has = "DELETE", .reply = NOT_ALLOWED },
        { 0 },
    };
    struct peer *other = peer_start(there, NULL), *peer = peer_start(here, other);
    assert_true(probe_url(peer_url(peer, "/mcp"), NULL, 0).success);
    assert_int_equal(peer_count(peer, "\r\nMcp-Session-Id: verysecret\r\n"), 3);
    assert_int_equal(peer_count(other, ON("tools/list")), 1);
    assert_int_equal(peer_count(other, "verysecret"), 0);
    peer_stop(peer);
    peer_stop(other);
}

/* ---- no MCP ------------------------------------------------------------------------------------------------- */

static void test_not_mcp(void **state)
{
    (void)state;
    expect_answer("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!doctype html><p>Welcome</p>",
                  "not an MCP server: initialize was answered with text/html instead of JSON");
    expect_answer("HTTP/1.1 200 OK\r\n\r\nhello", "answered with something untyped instead of JSON");
    expect_answer(PEER_JSON "{\"hello\":", "JSON without an answer: it is not valid JSON");
    expect_answer(PEER_JSON "{\"hello\":1}", "it is not a JSON-RPC message");
    expect_answer(PEER_JSON "{\"id\":77,\"result\":{}}", "an unrelated JSON-RPC message");
    expect_answer(ACCEPTED, "HTTP 202 and nothing else");
    expect_answer(PEER_SSE ": nothing\n\n", "a stream of events that ended without an answer");
    expect_answer(PEER_SSE "data: hello\n\n", "a malformed event: it is not valid JSON");
    expect_answer("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html>",
                  "initialize was answered with HTTP 404: there is no MCP server at this path (an HTML page); and GET "
                  "opens no event stream (HTTP 404)");
    expect_answer(NOT_ALLOWED, "HTTP 405: no MCP server takes messages at this path; and GET");
    expect_answer(PEER_TEXT("429 Slow Down"), "HTTP 429: the server limits requests");
    expect_answer(PEER_TEXT("418 Teapot") "short \x01 and \xFF stout",
                  "the server refuses the request (\"short and ? stout\")");
    expect_answer(PEER_TEXT("503 Later"),
                  "initialize was answered with HTTP 503: the server is not available now");
    expect_answer(PEER_TEXT("599 What"), "the server failed");
}

static void test_initialize(void **state)
{
    (void)state;
    expect_initialize(PEER_JSON REFUSAL("-32603", "line one\\nline two"),
                      "the server answered initialize with error -32603: line one line two");
    expect_initialize(PEER_JSON INITIALIZED("2026-07-28"), "the server asks for protocol version 2026-07-28");
    expect_initialize(PEER_JSON INITIALIZED("1.0"), "the server asks for protocol version 1.0");
    expect_initialize(PEER_JSON ANSWER("null"), "expected object, received null");
    expect_initialize(PEER_TEXT("400 Bad Request") REFUSAL("-32021", "needs sampling"),
                      "the server answered initialize with error -32021: needs sampling");
    expect_initialize(PEER_TEXT("400 Bad Request") REFUSAL("-32600", "no Accept"),
                      "HTTP 400: the server does not understand the request (\"no Accept\"); and GET");
    const struct peer_rule rules[] = {
        REFUSE_DISCOVER,
        INITIALIZE,
        { .has = ON("notifications/initialized"), .reply = PEER_TEXT("500 Oops") },
        { 0 },
    };
    expect_fault(rules, "notifications/initialized was answered with HTTP 500");
}

static void test_versions(void **state)
{
    (void)state;
#define UNSUPPORTED(versions) \
    PEER_TEXT("400 Bad Request") "{\"id\":$id,\"error\":{\"code\":-32022,\"message\":\"x\",\"data\":{\"supported\":[" \
    versions "]}}}"
    expect_answer(UNSUPPORTED("\"2027-01-01\",\"2027-06-01\""), "the server speaks MCP 2027-01-01, 2027-06-01 only");
    expect_answer(UNSUPPORTED("\"2026-07-28\""), "offers the same version at once");
}

/* A server that loses every session is told from one that lost one. */
static void test_session_lost_twice(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        REFUSE_DISCOVER,
        { .has = ON("initialize"),
          .reply = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nMcp-Session-Id: s\r\n\r\n"
                   INITIALIZED("2025-11-25") },
        TAKE_INITIALIZED,
        { .has = ON("tools/list"), .reply = NOT_FOUND },
        { .has = "DELETE", .reply = PEER_OK },
        { 0 },
    };
    struct findings probe;
    struct peer *peer = probe_peer(rules, &probe);
    text_has(probe.error, "tools/list was answered with HTTP 404");
    assert_int_equal(peer_count(peer, ON("tools/list")), 2);
    assert_int_equal(peer_count(peer, "DELETE"), 1);
    peer_stop(peer);
}

/* ---- HTTP+SSE ----------------------------------------------------------------------------------------------- */

static void expect_stream(const char *reply, bool hold, const char *part)
{
    const struct peer_rule rules[] = {
        { .has = "POST /mcp", .reply = NOT_FOUND },
        { .has = "GET /mcp", .reply = reply, .hold = hold },
        { .has = "POST /gone", .reply = PEER_TEXT("410 Gone") },
        { .has = "POST /wrong", .reply = ACCEPTED, .stream = EVENT(INITIALIZED("1.0")) },
        { .has = ON("initialize"), .reply = ACCEPTED, .stream = EVENT(INITIALIZED("2024-11-05")) },
        { .has = ON("notifications/initialized"), .reply = PEER_TEXT("401 Unauthorized") },
        { 0 },
    };
    expect_fault(rules, part);
}

static void test_old_transport(void **state)
{
    (void)state;
    expect_stream(PEER_SSE, false, "the server's event stream ended without naming an endpoint");
    expect_stream(PEER_SSE "event: endpoint\ndata: http://127.0.0.1:1/x\n\n", true,
                  "is of another origin: http://127.0");
    expect_stream(PEER_SSE "event: endpoint\ndata: ftp://x/\n\n", true, "is not a URL: ftp://x/");
    expect_stream(PEER_SSE "event: endpoint\ndata: /gone\n\n", true, "initialize was answered with HTTP 410");
    expect_stream(PEER_SSE "event: endpoint\ndata: /wrong\n\n", true, "asks for protocol version 1.0");
    expect_stream(PEER_SSE "event: endpoint\ndata: /fine\n\n", true, "401: the server asks for credentials");
    expect_stream(UNAUTHORIZED("Bearer"), false, "401: the server asks for OAuth");
    expect_stream(PEER_TEXT("502 Bad Gateway"), false, "GET was answered with HTTP 502");
    expect_stream(PEER_JSON "{}", false, "and GET opens no event stream (HTTP 200)");
}

/* ---- lists -------------------------------------------------------------------------------------------------- */

static void test_lists(void **state)
{
    (void)state;
    expect_list(PEER_JSON ANSWER("{}"),
                "the answer to tools/list breaks the MCP specification: tools Invalid");
    expect_list(PEER_JSON TOOLS("1"), "tools/0 Invalid input: expected object, received number");
    expect_list(PEER_JSON ANSWER("{\"resultType\":\"input_required\",\"tools\":[]}"),
                "the server asks for input before");
    expect_list(PEER_JSON REFUSAL("-32601", "no such method"), "with error -32601: no such method");
}

/* So many pages, or tools on one page, and the next ones. */
static void test_pages(void **state)
{
    (void)state;
    static const struct peer_rule endless[] = {
        DISCOVER,
        { .has = ON("tools/list"),
          .reply = PEER_JSON ANSWER("{\"tools\":[" TOOL("$id") "],\"nextCursor\":\"$id\"}") },
        { 0 },
    };
    static struct peer_rule at_limit[] = {
        DISCOVER,
        { .has = ON("tools/list"), .times = LIMIT_MCP_PAGES - 1,
          .reply = PEER_JSON ANSWER("{\"tools\":[" TOOL("$id") "],\"nextCursor\":\"$id\"}") },
        { .has = ON("tools/list"), .reply = PEER_JSON TOOLS(TOOL("b")) },
        { 0 },
    };
    struct findings probe;
    struct peer *peer = probe_peer(at_limit, &probe);
    assert_true(probe.success);
    assert_int_equal(probe.tool_count, LIMIT_MCP_PAGES);
    peer_stop(peer);
    peer = probe_peer(endless, &probe);
    assert_true(probe.success);
    assert_int_equal(probe.tool_count, LIMIT_MCP_PAGES);
    text_has(probe_trail(), "warning: the server's tool list has more than 50 pages");
    assert_int_equal(peer_count(peer, ON("tools/list")), LIMIT_MCP_PAGES);
    peer_stop(peer);
}

static struct text list_of(unsigned n)
{
    struct buf b = buf_new(scratch, 1000000);
    buf_add(&b, T(PEER_JSON "{\"id\":$id,\"result\":{\"tools\":["));
    for (unsigned i = 0; i < n; i++)
        buf_addf(&b, "%s{\"name\":\"%u\",\"inputSchema\":{}}", i ? "," : "", i);
    buf_add(&b, T("]}}"));
    return text_copy(scratch, buf_text(&b));
}

static void test_tool_limit(void **state)
{
    (void)state;
    struct peer_rule rules[] = { DISCOVER, { .reply = list_of(LIMIT_MCP_TOOLS).p }, { 0 } };
    struct findings probe;
    struct peer *peer = probe_peer(rules, &probe);
    assert_true(probe.success);
    assert_int_equal(probe.tool_count, LIMIT_MCP_TOOLS);
    peer_stop(peer);
    rules[1].reply = list_of(LIMIT_MCP_TOOLS + 1).p;
    peer = probe_peer(rules, &probe);
    assert_true(probe.success);
    assert_int_equal(probe.tool_count, LIMIT_MCP_TOOLS);
    text_has(probe_trail(), "warning: the server lists more than 2000 tools");
    peer_stop(peer);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_unreachable),
        TEST(test_timeouts),
        TEST(test_too_large),
        TEST(test_unauthorized),
        TEST(test_refused_credentials),
        TEST(test_other_headers_refused),
        TEST(test_credentials_left_behind),
        TEST(test_session_left_behind),
        TEST(test_not_mcp),
        TEST(test_initialize),
        TEST(test_versions),
        TEST(test_session_lost_twice),
        TEST(test_old_transport),
        TEST(test_lists),
        TEST(test_pages),
        TEST(test_tool_limit),
    };
    return cmocka_run_group_tests(tests, calls_setup, calls_teardown);
}
