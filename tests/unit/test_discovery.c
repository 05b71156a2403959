/* Discovery: the server, and the metadata of the resource that it is. */
#include "base/clock.h"
#include "rig.h"
#include "scratch.h"
#include "oauth/client.h"
#include "seen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* ---- a server that does it right ----------------------------------------------------------------------- */

static void test_by_the_book(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        { .has = "POST /mcp ", .reply = CHALLENGED("Bearer scope=\"c1  c2\", resource_metadata=\"" HERE "/meta\"") },
        { .has = "GET /meta ", .reply = RESOURCE(HERE "/mcp", "\"" HERE "\",\"https://second\"") },
        { .has = "GET " RFC8414 " ",
          .reply = ISSUER_WITH(HERE, S256 REGISTERS "\"token_endpoint_auth_methods_supported\":[\"none\"],"
                               "\"authorization_response_iss_parameter_supported\":true,"
                               "\"client_id_metadata_document_supported\":true,") },
        { 0 },
    };
    const struct seen seen = see(rules, NULL, "/mcp");
    expect_found(&seen);
    assert_string_equal(seen.steps, "POST /mcp 401; GET /meta 200; GET " RFC8414 " 200");
    assert_int_equal(seen.d.status, 401);
    assert_int_equal(seen.d.resource_source, RESOURCE_CHALLENGE);
    assert_int_equal(seen.d.match, MATCH_EXACT);
    assert_int_equal(seen.d.metadata_source, METADATA_OAUTH);
    EXPECT(seen, challenge.scheme, "Bearer");
    EXPECT(seen, resource, HERE "/mcp");
    EXPECT(seen, resource_url, HERE "/meta");
    EXPECT(seen, issuer, HERE);
    EXPECT(seen, metadata_url, HERE RFC8414);
    EXPECT(seen, authorization_endpoint, HERE "/auth");
    EXPECT(seen, token_endpoint, HERE "/tok");
    EXPECT(seen, registration_endpoint, HERE "/reg");
    assert_int_equal(seen.d.scope_source, SCOPES_CHALLENGE);
    expect_text("scope", scope_join(scratch, &seen.d.scopes), "c1 c2", 0);
    assert_int_equal(seen.d.auth_methods.n, 1);
    assert_int_equal(seen.d.pkce, PKCE_S256);
    assert_true(seen.d.iss_parameter);
    assert_true(seen.d.client_id_metadata);
    assert_true(discovery_has_registration(&seen.d));
    expect_text("refusal", discovery_refusal(scratch, &seen.d), NULL, 0);
    expect_warning(&seen.trip, NULL);
}

static void test_what_is_sent(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        { .has = "POST /mcp ", .reply = CHALLENGED("Bearer") },
        { .has = "GET " PRM "/mcp ", .reply = RESOURCE(HERE "/mcp", "\"" HERE "\"") },
        { .has = "GET " RFC8414 " ", .reply = ISSUER(HERE) },
        { 0 },
    };
    struct peer *peer = peer_start(rules, NULL);
    struct trip trip = new_trip();
    struct discovery d;
    assert_true(discovery_run(&trip, peer_url(peer, "/mcp"), &d));
    assert_int_equal(peer_count(peer, "MCP-Protocol-Version: 2026-07-28\r\n"), 1);
    assert_int_equal(peer_count(peer, "Mcp-Method: server/discover\r\n"), 1);
    assert_int_equal(peer_count(peer, "Accept: application/json, text/event-stream\r\n"), 1);
    assert_int_equal(peer_count(peer, "\"method\":\"server/discover\""), 1);
    assert_int_equal(peer_count(peer, "Accept: application/json\r\n"), 2);
    assert_int_equal(peer_count(peer, "MCP-Protocol-Version: 2025-11-25\r\n"), 2);
    assert_int_equal(peer_count(peer, "uthorization:"), 0);
    peer_stop(peer);
}

/* ---- protected-resource metadata ----------------------------------------------------------------------- */

static void test_resource_at_well_known_urls(void **state)
{
    (void)state;
    static const struct row {
        const char *path, *steps;
        enum resource_source source;
        struct peer_rule rules[6];
    } rows[] = {
        { "/mcp", "POST /mcp 401; GET " PRM "/mcp 200; GET " RFC8414 " 200", RESOURCE_PATH,
          { { .has = "POST", .reply = REFUSED("") },
            { .has = PRM "/mcp ", .reply = RESOURCE(HERE "/mcp", "\"" HERE "\"") },
            { .has = RFC8414, .reply = ISSUER(HERE) } } },
        { "/a/b/?x=1&y", "POST /a/b/?x=1&y 401; GET " PRM "/a/b?x=1&y 200; GET " RFC8414 " 200", RESOURCE_PATH,
          { { .has = "POST", .reply = REFUSED("") },
            { .has = PRM "/a/b?x=1&y ", .reply = RESOURCE(HERE "/a/b/?x=1&y", "\"" HERE "\"") },
            { .has = RFC8414, .reply = ISSUER(HERE) } } },
        /* only at the root */
        { "/mcp", "POST /mcp 401; GET " PRM "/mcp 404; GET " PRM " 200; GET " RFC8414 " 200", RESOURCE_ROOT,
          { { .has = "POST", .reply = REFUSED("") },
            { .has = PRM "/mcp ", .reply = NOT_FOUND },
            { .has = PRM " ", .reply = RESOURCE(HERE "/mcp", "\"" HERE "\"") },
            { .has = RFC8414, .reply = ISSUER(HERE) } } },
        { "/", "POST / 401; GET " PRM " 200; GET " RFC8414 " 200", RESOURCE_ROOT,
          { { .has = "POST", .reply = REFUSED("") },
            { .has = PRM " ", .reply = RESOURCE(HERE, "\"" HERE "\"") },
            { .has = RFC8414, .reply = ISSUER(HERE) } } },
        { "", "POST / 401; GET " PRM " 200; GET " RFC8414 " 200", RESOURCE_ROOT,
          { { .has = "POST", .reply = REFUSED("") },
            { .has = PRM " ", .reply = RESOURCE(HERE "/", "\"" HERE "\"") },
            { .has = RFC8414, .reply = ISSUER(HERE) } } },
        /* a web application that answers everything with its start page */
        { "/mcp", "POST /mcp 401; GET " PRM "/mcp 200; GET " PRM " 200; GET " RFC8414 " 200", RESOURCE_ROOT,
          { { .has = "POST", .reply = REFUSED("") },
            { .has = PRM "/mcp ", .reply = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!doctype html>" },
            { .has = PRM " ", .reply = RESOURCE(HERE "/mcp", "\"" HERE "\"") },
            { .has = RFC8414, .reply = ISSUER(HERE) } } },
        /* one that has moved */
        { "/mcp", "POST /mcp 401; GET " PRM "/mcp 302; GET /elsewhere 200; GET " RFC8414 " 200", RESOURCE_PATH,
          { { .has = "POST", .reply = REFUSED("") },
            { .has = PRM "/mcp ", .reply = "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n" },
            { .has = "/elsewhere ", .reply = RESOURCE(HERE "/mcp", "\"" HERE "\"") },
            { .has = RFC8414, .reply = ISSUER(HERE) } } },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct seen seen = see(rows[i].rules, NULL, rows[i].path);
        expect_found(&seen);
        assert_string_equal(seen.steps, rows[i].steps);
        assert_int_equal(seen.d.resource_source, rows[i].source);
        assert_int_equal(seen.d.match, MATCH_EXACT);
        assert_int_equal(seen.d.scope_source, SCOPES_RESOURCE);
    }
}

/* The CDN before a server refuses the path-aware URL; the authorization server is another host. */
static void test_cdn_and_another_host(void **state)
{
    (void)state;
    static const struct peer_rule other[] = {
        { .has = "GET " RFC8414 "/tenant ", .reply = ISSUER(HERE "/tenant") },
        { 0 },
    };
    static const char *const refusals[] = { PEER_TEXT("401 Unauthorized") "cdn", PEER_TEXT("403 Forbidden") "cdn",
                                            PEER_TEXT("502 Bad Gateway") "cdn", PEER_TEXT("429 Slow") "cdn" };
    for (size_t i = 0; i < COUNT(refusals); i++) {
        const struct peer_rule rules[] = {
            { .has = "POST /mcp ", .reply = CHALLENGED("Bearer realm=\"mcp\"") },
            { .has = "GET " PRM "/mcp ", .reply = refusals[i] },
            { .has = "GET " PRM " ", .reply = RESOURCE(HERE "/mcp", "\"" THERE "/tenant\"") },
            { 0 },
        };
        struct peer *beside = peer_start(other, NULL);
        const struct seen seen = see(rules, beside, "/mcp");
        expect_found(&seen);
        expect_text("issuer", seen.d.issuer, HERE "/tenant", peer_port(beside));
        expect_text("token_endpoint", seen.d.token_endpoint, HERE "/tok", peer_port(beside));
        peer_stop(beside);
    }
}

static void test_resource_match(void **state)
{
    (void)state;
    static const struct peer_rule prefix[] = {
        { .has = "POST", .reply = NAMED },
        { .has = "/meta ", .reply = RESOURCE(HERE "/a", "\"" HERE "\"") },
        { .has = RFC8414, .reply = ISSUER(HERE) },
        { 0 },
    };
    const struct seen fits = see(prefix, NULL, "/a/mcp");
    expect_found(&fits);
    assert_int_equal(fits.d.match, MATCH_PREFIX);
    EXPECT(fits, resource, HERE "/a");
    expect_warning(&fits.trip, "clients that want exactly");
    const struct seen other = see(prefix, NULL, "/ab");
    expect_why(&other, "the metadata at " HERE "/meta describe the resource " HERE "/a, not " HERE "/ab");
    assert_int_equal(other.d.match, MATCH_MISMATCH);
    assert_true(other.d.wants);
    EXPECT(other, resource, NULL);
}

static void test_resource_without_servers(void **state)
{
    (void)state;
    static const char *const lists[] = { "\"authorization_servers\":[]", "\"authorization_servers\":null", "\"x\":1",
                                         "\"authorization_servers\":[\"auth\",\"ftp://x\"]" };
    for (size_t i = 0; i < COUNT(lists); i++) {
        const struct text doc = text_format(scratch, PEER_JSON "{\"resource\":\"" HERE "/mcp\",%s}", lists[i]);
        const struct peer_rule rules[] = {
            { .has = "POST", .reply = NAMED },
            { .has = "/meta ", .reply = doc.p },
            { .has = RFC8414, .reply = ISSUER(HERE) },
            { 0 },
        };
        const struct seen seen = see(rules, NULL, "/mcp");
        expect_found(&seen);
        EXPECT(seen, issuer, HERE);
        expect_warning(&seen.trip, "names no authorization server");
    }
}

/* The first that is a URL. */
static void test_several_servers(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        { .has = "POST", .reply = NAMED },
        { .has = "/meta ", .reply = RESOURCE(HERE "/mcp", "\"nothing\",\"" HERE "/one\",\"" HERE "/two\"") },
        { .has = RFC8414 "/one ", .reply = ISSUER(HERE "/one") },
        { 0 },
    };
    const struct seen seen = see(rules, NULL, "/mcp");
    expect_found(&seen);
    EXPECT(seen, issuer, HERE "/one");
    expect_warning(&seen.trip, "names an authorization server without an http(s) URL: nothing");
}

/* The challenge's URL is the only place that is looked at; one that is none does not count. */
static void test_named_url(void **state)
{
    (void)state;
    static const struct peer_rule odd[] = {
        { .has = "POST", .reply = CHALLENGED("Bearer resource_metadata=" HERE "/vendor/.odd/meta.json?v=2") },
        { .has = "/vendor/.odd/meta.json?v=2 ", .reply = RESOURCE(HERE "/mcp", "\"" HERE "\"") },
        { .has = RFC8414, .reply = ISSUER(HERE) },
        { 0 },
    };
    static const struct peer_rule missing[] = {
        { .has = "POST", .reply = NAMED },
        { .has = "/meta ", .reply = NOT_FOUND },
        { .has = RFC8414, .reply = ISSUER(HERE) },
        { 0 },
    };
    static const struct peer_rule broken[] = {
        { .has = "POST", .reply = CHALLENGED("Bearer resource_metadata=\"/meta\"") },
        { .has = PRM "/mcp ", .reply = RESOURCE(HERE "/mcp", "\"" HERE "\"") },
        { .has = RFC8414, .reply = ISSUER(HERE) },
        { 0 },
    };
    const struct seen at_odd = see(odd, NULL, "/mcp");
    expect_found(&at_odd);
    assert_int_equal(at_odd.d.resource_source, RESOURCE_CHALLENGE);
    const struct seen at_missing = see(missing, NULL, "/mcp");
    expect_found(&at_missing);
    assert_string_equal(at_missing.steps, "POST /mcp 401; GET /meta 404; GET " RFC8414 " 200");
    assert_int_equal(at_missing.d.resource_source, RESOURCE_NONE);
    expect_warning(&at_missing.trip, "no metadata where the challenge says");
    const struct seen at_broken = see(broken, NULL, "/mcp");
    expect_found(&at_broken);
    assert_int_equal(at_broken.d.resource_source, RESOURCE_PATH);
    expect_warning(&at_broken.trip, "resource_metadata of the challenge is no absolute http(s) URL: /meta");
}

static void test_bad_resource_documents(void **state)
{
    (void)state;
    static const struct { const char *reply, *noted; } rows[] = {
        { PEER_JSON "{}", "/meta was passed over: resource Invalid input: expected string, received undefined" },
        { PEER_JSON "[]", "/meta was passed over: / Invalid input: expected object, received array" },
        { PEER_JSON "{\"resource\":\"mcp\"}", "/meta was passed over: resource Invalid URL" },
        { PEER_JSON "{\"resource\":\"" HERE "/mcp\",\"authorization_servers\":\"" HERE "\"}",
          "/meta was passed over: authorization_servers Invalid input: expected array, received string" },
        { PEER_OK "<html>", "/meta was passed over: it is not valid JSON" },
        { PEER_TEXT("500 Oops") "", "/meta answered 500, and was passed over" },
        { PEER_TEXT("503 Busy") "", "/meta answered 503, and was passed over" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct peer_rule rules[] = {
            { .has = "POST", .reply = NAMED },
            { .has = "/meta ", .reply = rows[i].reply },
            { .has = RFC8414, .reply = ISSUER(HERE) },
            { 0 },
        };
        const struct seen seen = see(rules, NULL, "/mcp");
        expect_found(&seen);
        expect_warning(&seen.trip, rows[i].noted);
        assert_int_equal(seen.d.metadata_source, METADATA_OAUTH);
        EXPECT(seen, resource, HERE "/mcp");
    }
}

/* ---- the server itself --------------------------------------------------------------------------------- */

/* It lets everybody in, and publishes metadata or does not. */
static void test_open_servers(void **state)
{
    (void)state;
    static const struct peer_rule open[] = {
        { .has = "POST", .reply = PEER_JSON "{}" }, { .has = "GET", .reply = NOT_FOUND }, { 0 },
    };
    static const struct peer_rule published[] = {
        { .has = "POST", .reply = PEER_SSE "data: {}\n\n", .hold = true },
        { .has = PRM "/mcp ", .reply = RESOURCE(HERE "/mcp", "\"" HERE "\"") },
        { .has = RFC8414, .reply = ISSUER(HERE) },
        { 0 },
    };
    const struct seen closed = see(open, NULL, "/mcp");
    expect_why(&closed, HERE "/mcp answered 200 without asking for authorization, and there is no protected-resource "
                        "metadata");
    assert_false(closed.d.wants);
    const int64_t began_us = clock_steady_us();
    const struct seen seen = see(published, NULL, "/mcp");
    expect_found(&seen);
    assert_int_equal(seen.d.status, 200);
    assert_true(clock_steady_us() - began_us < 5000000);
}

/* Older servers make nothing of `server/discover`; an event-stream server makes nothing of any POST. */
static void test_older_servers(void **state)
{
    (void)state;
    static const struct peer_rule legacy[] = {
        { .has = "server/discover", .reply = PEER_TEXT("400 Bad Request") "version?" },
        { .has = "\"initialize\"", .reply = CHALLENGED("Bearer scope=s") },
        { .has = RFC8414, .reply = ISSUER(HERE) },
        { .has = "GET", .reply = NOT_FOUND },
        { 0 },
    };
    static const struct peer_rule stream[] = {
        { .has = "POST", .reply = PEER_TEXT("405 Method Not Allowed") "" },
        { .has = "GET /sse ", .reply = CHALLENGED("Bearer resource_metadata=\"" HERE "/meta\"") },
        { .has = "/meta ", .reply = RESOURCE(HERE "/sse", "\"" HERE "\"") },
        { .has = RFC8414, .reply = ISSUER(HERE) },
        { 0 },
    };
    const struct seen old = see(legacy, NULL, "/mcp");
    expect_found(&old);
    assert_int_equal(old.d.scope_source, SCOPES_CHALLENGE);
    const struct seen oldest = see(stream, NULL, "/sse");
    expect_found(&oldest);
    assert_string_equal(oldest.steps,
                        "POST /sse 405; POST /sse 405; GET /sse 401; GET /meta 200; GET " RFC8414 " 200");
    assert_int_equal(oldest.d.status, 401);
}

static void test_bad_urls(void **state)
{
    (void)state;
    static const char *const urls[] = { "", "mcp", "ftp://127.0.0.1/mcp", "http://", "http://u:p@127.0.0.1:1/mcp" };
    for (size_t i = 0; i < COUNT(urls); i++) {
        struct trip trip = new_trip();
        struct discovery d;
        assert_false(discovery_run(&trip, text_of(urls[i]), &d));
        assert_true(text_ends(d.why, T("is not an http(s) URL")));
        assert_false(text_contains(d.why, T("u:p")));
        assert_int_equal(trip.trail.n, 0);
    }
}

/* A fragment is no part of what is asked, nor of the resource. */
static void test_fragment(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        { .has = "POST /mcp?a=1 ", .reply = REFUSED("") },
        { .has = RFC8414, .reply = ISSUER(HERE) },
        { .has = "GET", .reply = NOT_FOUND },
        { 0 },
    };
    const struct seen seen = see(rules, NULL, "/mcp?a=1#part");
    expect_found(&seen);
    EXPECT(seen, resource, HERE "/mcp?a=1");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_by_the_book),
        TEST(test_what_is_sent),
        TEST(test_resource_at_well_known_urls),
        TEST(test_cdn_and_another_host),
        TEST(test_resource_match),
        TEST(test_resource_without_servers),
        TEST(test_several_servers),
        TEST(test_named_url),
        TEST(test_bad_resource_documents),
        TEST(test_open_servers),
        TEST(test_older_servers),
        TEST(test_bad_urls),
        TEST(test_fragment),
    };
    return cmocka_run_group_tests(tests, trips_setup, trips_teardown);
}
