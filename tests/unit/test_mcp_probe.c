/* Probes that succeed: every era and transport, sessions, pages. */
#include "base/limit.h"
#include "probes.h"
#include "rig.h"
#include "scratch.h"

#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void expect_success(const struct findings *probe)
{
    if (!probe->success)
        fail_msg("%.*s\n%.*s", TEXT_ARG(probe->error), TEXT_ARG(probe_trail()));
    assert_int_equal(probe->status, 200);
    assert_false(probe->wants_oauth);
}

static void expect_tools(const struct findings *probe, const char *names)
{
    struct buf b = buf_new(scratch, 10000);
    for (size_t i = 0; i < probe->tool_count; i++)
        buf_addf(&b, "%s%.*s", i ? " " : "", TEXT_ARG(probe->tools[i].name.v));
    text_is(buf_text(&b), names);
}

/* ---- 2026-07-28 ------------------------------------------------------------------------------------------- */

static void test_modern(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        DISCOVER,
        { .has = ON("tools/list"), .reply = PEER_JSON TOOLS(TOOL("a") "," TOOL("b")) },
        { 0 },
    };
    struct findings probe;
    struct peer *peer = probe_peer(rules, &probe);
    expect_success(&probe);
    expect_tools(&probe, "a b");
    text_is(probe.version, "2026-07-28");
    text_is(probe.server_name, "peer");
    text_is(probe.server_version, "1.2");
    assert_int_equal(probe.transport, MCP_STREAMABLE_HTTP);
    assert_int_equal(peer_count(peer, ""), 2);
    assert_int_equal(peer_count(peer, "POST /mcp HTTP/1.1\r\n"), 2);
    assert_int_equal(peer_count(peer, "\r\nMCP-Protocol-Version: 2026-07-28\r\n"), 2);
    assert_int_equal(peer_count(peer, "\r\nMcp-Method: server/discover\r\n"), 1);
    assert_int_equal(peer_count(peer, "\r\nMcp-Method: tools/list\r\n"), 1);
    assert_int_equal(peer_count(peer, "\r\nAccept: application/json, text/event-stream\r\n"), 2);
    assert_int_equal(peer_count(peer, "\r\nContent-Type: application/json\r\n"), 2);
    assert_int_equal(peer_count(peer, "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\""), 2);
    assert_int_equal(peer_count(peer, "\"io.modelcontextprotocol/clientCapabilities\":{}"), 2);
    assert_int_equal(peer_count(peer, "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"duvo-mock\""), 2);
    peer_stop(peer);
}

/* A session is no matter of this era, and the list may come as a stream. */
static void test_modern_stream(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        { .has = ON("server/discover"),
          .reply = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nMcp-Session-Id: s1\r\n\r\n"
                   ": hello\n\n" EVENT(DISCOVERED("\"2027-01-01\",\"2026-07-28\"")), .hold = true },
        { .has = ON("tools/list"),
          .reply = PEER_SSE EVENT("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}")
                   EVENT("{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}") EVENT(TOOLS(TOOL("a"))), .drip = true },
        { 0 },
    };
    struct findings probe;
    struct peer *peer = probe_peer(rules, &probe);
    expect_success(&probe);
    expect_tools(&probe, "a");
    assert_int_equal(peer_count(peer, "ession"), 0);
    peer_stop(peer);
}

static void test_version_offered_again(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        { .has = ON("server/discover"), .times = 1,
          .reply = PEER_TEXT("400 Bad Request")
                   "{\"id\":$id,\"error\":{\"code\":-32022,\"message\":\"x\","
                   "\"data\":{\"supported\":[\"2026-07-28\"]}}}" },
        DISCOVER,
        { .has = ON("tools/list"), .reply = PEER_JSON TOOLS("") },
        { 0 },
    };
    struct findings probe;
    struct peer *peer = probe_peer(rules, &probe);
    expect_success(&probe);
    assert_int_equal(probe.tool_count, 0);
    assert_int_equal(peer_count(peer, ON("server/discover")), 2);
    peer_stop(peer);
}

/* ---- 2025-03-26 to 2025-11-25 ------------------------------------------------------------------------------- */

static void test_legacy(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        REFUSE_DISCOVER,
        INITIALIZE,
        TAKE_INITIALIZED,
        { .has = ON("tools/list"), .reply = PEER_JSON TOOLS(TOOL("a")) },
        { 0 },
    };
    struct findings probe;
    struct peer *peer = probe_peer(rules, &probe);
    expect_success(&probe);
    expect_tools(&probe, "a");
    text_is(probe.version, "2025-11-25");
    text_is(probe.server_name, "peer");
    assert_int_equal(peer_count(peer, "\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                                      "\"clientInfo\":{\"name\":\"duvo-mock\",\"version\":\"" DUVO_MOCK_VERSION
                                      "\"}}"), 1);
    assert_int_equal(peer_count(peer, "Mcp-Method"), 1); /* of server/discover */
    assert_int_equal(peer_count(peer, "\r\nMCP-Protocol-Version: 2025-11-25\r\n"), 2);
    assert_int_equal(peer_count(peer, "DELETE"), 0);
    peer_stop(peer);
}

/* Answers to server/discover that say: an older one. */
static void test_signs_of_legacy(void **state)
{
    (void)state;
    static const char *const signs[] = {
        PEER_TEXT("404 Not Found") REFUSAL("-32601", "Method not found"),
        PEER_JSON REFUSAL("-32601", "Method not found"),
        PEER_JSON DISCOVERED("\"2025-11-25\""),
        PEER_JSON DISCOVERED("\"2027-01-01\""),
        PEER_JSON ANSWER("{}"),
        PEER_JSON "not JSON",
        PEER_JSON,
        ACCEPTED,
        NOT_FOUND,
        PEER_TEXT("406 Not Acceptable"),
        PEER_TEXT("400 Bad Request") REFUSAL("-32020", "header mismatch"),
        PEER_TEXT("400 Bad Request") REFUSAL("-32022", "unsupported"),
        PEER_TEXT("400 Bad Request") "{\"id\":null,\"error\":{\"code\":-32022,\"message\":\"x\",\"data\":"
                                     "{\"supported\":[\"2025-06-18\",\"2027-01-01\"],\"requested\":\"2026-07-28\"}}}",
        PEER_TEXT("200 OK") "<html>Welcome</html>",
    };
    for (size_t i = 0; i < COUNT(signs); i++) {
        const struct peer_rule rules[] = {
            { .has = ON("server/discover"), .reply = signs[i] },
            { .has = ON("initialize"), .reply = PEER_JSON INITIALIZED("2025-03-26") },
            TAKE_INITIALIZED,
            { .has = ON("tools/list"), .reply = PEER_JSON TOOLS(TOOL("a")) },
            { 0 },
        };
        struct findings probe;
        struct peer *peer = probe_peer(rules, &probe);
        expect_success(&probe);
        text_is(probe.version, "2025-03-26");
        assert_int_equal(peer_count(peer, "\r\nMCP-Protocol-Version: 2025-03-26\r\n"), 2);
        peer_stop(peer);
    }
}

#define WITH_SESSION(id) "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nMcp-Session-Id: " id "\r\n\r\n"

static void test_session(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        REFUSE_DISCOVER,
        { .has = ON("initialize"), .reply = WITH_SESSION("s-1") INITIALIZED("2025-06-18") },
        TAKE_INITIALIZED,
        { .has = ON("tools/list"), .reply = PEER_SSE "id: 1\ndata:\n\n" EVENT(TOOLS(TOOL("a"))) },
        { .has = "DELETE /mcp", .reply = NOT_ALLOWED },
        { 0 },
    };
    struct findings probe;
    struct peer *peer = probe_peer(rules, &probe);
    expect_success(&probe);
    assert_int_equal(peer_count(peer, "\r\nMcp-Session-Id: s-1\r\n"), 3);
    assert_int_equal(peer_count(peer, "DELETE /mcp HTTP/1.1\r\n"), 1);
    peer_stop(peer);
}

static void test_session_lost(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        REFUSE_DISCOVER,
        { .has = ON("initialize"), .reply = WITH_SESSION("s-1") INITIALIZED("2025-11-25"), .times = 1 },
        { .has = ON("initialize"), .reply = WITH_SESSION("s-2") INITIALIZED("2025-11-25") },
        TAKE_INITIALIZED,
        { .has = "\"cursor\":\"p2\"", .reply = NOT_FOUND, .times = 1 },
        { .has = "\"cursor\":\"p2\"", .reply = PEER_JSON TOOLS(TOOL("b")) },
        { .has = ON("tools/list"), .reply = PEER_JSON ANSWER("{\"tools\":[" TOOL("a") "],\"nextCursor\":\"p2\"}") },
        { .has = "DELETE /mcp", .reply = PEER_OK },
        { 0 },
    };
    struct findings probe;
    struct peer *peer = probe_peer(rules, &probe);
    expect_success(&probe);
    expect_tools(&probe, "a b");
    assert_int_equal(peer_count(peer, ON("initialize")), 2);
    assert_int_equal(peer_count(peer, "DELETE"), 1);
    assert_int_equal(peer_count(peer, "Mcp-Session-Id: s-2"), 4);
    peer_stop(peer);
}

/* The server asks, too: it is told what it needs to go on. */
static void test_server_asks(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        REFUSE_DISCOVER,
        INITIALIZE,
        TAKE_INITIALIZED,
        { .has = ON("tools/list"), .reply = PEER_SSE EVENT("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}"),
          .hold = true },
        { .has = "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}", .reply = ACCEPTED,
          .stream = EVENT("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"roots/list\"},"
                          "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"tools\":[" TOOL("a") "]}}]") },
        { .has = "\"error\":{\"code\":-32601", .reply = ACCEPTED },
        { 0 },
    };
    struct findings probe;
    struct peer *peer = probe_peer(rules, &probe);
    expect_success(&probe);
    expect_tools(&probe, "a");
    assert_int_equal(peer_count(peer, "\"error\":{\"code\":-32601"), 1);
    peer_stop(peer);
}

static void test_no_tools(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        REFUSE_DISCOVER,
        { .has = ON("initialize"),
          .reply = PEER_JSON ANSWER("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                                                             "\"serverInfo\":" INFO "}") },
        TAKE_INITIALIZED,
        { .has = ON("tools/list"), .reply = PEER_JSON REFUSAL("-32601", "Method not found") },
        { 0 },
    };
    struct findings probe;
    struct peer *peer = probe_peer(rules, &probe);
    expect_success(&probe);
    assert_int_equal(probe.tool_count, 0);
    peer_stop(peer);
}

/* ---- 2024-11-05 --------------------------------------------------------------------------------------------- */

static void test_old_transport(void **state)
{
    (void)state;
    static const char *const endpoints[] = { "/messages?id=1", "messages?id=1",
        "http://127.0.0.1:$port/messages?id=1" };
    static const char *const refusals[] = { NOT_FOUND, NOT_ALLOWED, PEER_TEXT("400 Bad Request") "what?" };
    for (size_t i = 0; i < COUNT(endpoints); i++) {
        char stream[200];
        snprintf(stream, sizeof stream, PEER_SSE "data: early\n\n%s%s\n\n%s%s", "event: endpoint\ndata: ",
                 endpoints[i], "event: other\ndata: 1\n\ndata: junk\n\n", "event: endpoint\ndata: /elsewhere\n\n");
        const struct peer_rule rules[] = {
            { .has = "POST /mcp", .reply = refusals[i] },
            { .has = "GET /mcp", .reply = stream, .hold = true },
            { .has = ON("initialize"), .reply = ACCEPTED,
              .stream = EVENT("{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"ping\"}") EVENT(INITIALIZED("2024-11-05")) },
            { .has = "{\"jsonrpc\":\"2.0\",\"id\":8,\"result\":{}}", .reply = ACCEPTED },
            TAKE_INITIALIZED,
            { .has = "\"cursor\":\"\"", .reply = ACCEPTED, .stream = EVENT(TOOLS(TOOL("b"))) },
            { .has = ON("tools/list"), .reply = ACCEPTED,
              .stream = EVENT(ANSWER("{\"tools\":[" TOOL("a") "],\"nextCursor\":\"\"}")) },
            { 0 },
        };
        struct findings probe;
        struct peer *peer = probe_peer(rules, &probe);
        expect_success(&probe);
        expect_tools(&probe, "a b");
        text_is(probe.version, "2024-11-05");
        assert_int_equal(probe.transport, MCP_HTTP_SSE);
        assert_int_equal(peer_count(peer, "POST /messages?id=1 HTTP/1.1\r\n"), 5);
        assert_int_equal(peer_count(peer, "\r\nAccept: text/event-stream\r\n"), 1);
        peer_stop(peer);
    }
}

/* ---- tools -------------------------------------------------------------------------------------------------- */

static void test_tools_as_they_are(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        DISCOVER,
        { .has = ON("tools/list"), .reply = PEER_JSON TOOLS(
            "{\"name\":\"\",\"description\":\"caf\\u00e9 \\ud83d\\ude00 \\\"q\\\"\",\"inputSchema\":"
            "{ \"z\": [1, 0.1, 1e3, null], \"a\": {\"$ref\": \"#/x\"}, \"\\u0041\": \"\" },"
            "\"outputSchema\":{},\"x\":1},"
            "{\"name\":\"same\",\"description\":null,\"inputSchema\":{}},{\"name\":\"same\",\"inputSchema\":{}}") },
        { 0 },
    };
    struct findings probe;
    struct peer *peer = probe_peer(rules, &probe);
    expect_success(&probe);
    expect_tools(&probe, " same");
    text_is(probe.tools[0].description.v, "caf\xC3\xA9 \xF0\x9F\x98\x80 \"q\"");
    text_is(probe.tools[0].input_schema.v, "{\"z\":[1,0.1,1000.0,null],\"a\":{\"$ref\":\"#/x\"},\"A\":\"\"}");
    assert_null(probe.tools[1].description.v.p);
    peer_stop(peer);
}

/* The empty cursor is one like any other; null ends the list. */
static void test_cursors(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        DISCOVER,
        { .has = "\"cursor\":\"\"",
          .reply = PEER_JSON ANSWER("{\"tools\":[" TOOL("b") "],\"nextCursor\":\"a\\\"/b\"}") },
        { .has = "\"cursor\":\"a\\\"/b\"", .reply = PEER_JSON ANSWER("{\"tools\":[],\"nextCursor\":\"z\"}") },
        { .has = "\"cursor\":\"z\"", .reply = PEER_JSON ANSWER("{\"tools\":[" TOOL("c") "],\"nextCursor\":null}") },
        { .has = ON("tools/list"), .reply = PEER_JSON ANSWER("{\"tools\":[" TOOL("a") "],\"nextCursor\":\"\"}") },
        { 0 },
    };
    struct findings probe;
    struct peer *peer = probe_peer(rules, &probe);
    expect_success(&probe);
    expect_tools(&probe, "a b c");
    assert_int_equal(peer_count(peer, ON("tools/list")), 4);
    peer_stop(peer);
}

/* The target's headers go with every request, but not in place of the protocol's own. */
static void test_headers(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        REFUSE_DISCOVER,
        { .has = ON("initialize"), .reply = WITH_SESSION("s-1") INITIALIZED("2025-06-18") },
        TAKE_INITIALIZED,
        { .has = ON("tools/list"), .reply = PEER_JSON TOOLS("") },
        { .has = "DELETE", .reply = PEER_OK },
        { 0 },
    };
    const struct call_header headers[] = {
        { .name = T("Authorization"), .secret = secret_of(T("Bearer verysecret")) },
        { .name = T("X-Tenant"), .value = T("acme") },
        { .name = T("accept"), .value = T("text/plain") },
        { .name = T("MCP-Session-ID"), .value = T("mine") },
    };
    struct peer *peer = peer_start(rules, NULL);
    const struct findings probe = probe_url(peer_url(peer, "/mcp"), headers, COUNT(headers));
    expect_success(&probe);
    assert_int_equal(peer_count(peer, "\r\nAuthorization: Bearer verysecret\r\nX-Tenant: acme\r\n"), 5);
    assert_int_equal(peer_count(peer, "text/plain"), 0);
    assert_int_equal(peer_count(peer, "Mcp-Session-Id: s-1"), 3);
    assert_int_equal(peer_count(peer, "\r\nMCP-Session-ID: mine"), 2); /* until there is one */
    text_lacks(probe_trail(), "verysecret");
    peer_stop(peer);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_modern),       TEST(test_modern_stream), TEST(test_version_offered_again),
        TEST(test_legacy),       TEST(test_signs_of_legacy), TEST(test_session),
        TEST(test_session_lost), TEST(test_server_asks),   TEST(test_no_tools),
        TEST(test_old_transport), TEST(test_tools_as_they_are), TEST(test_cursors),
        TEST(test_headers),
    };
    return cmocka_run_group_tests(tests, calls_setup, calls_teardown);
}
