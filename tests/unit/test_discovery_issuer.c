/* Discovery: the authorization server, by its metadata and without. */
#include "rig.h"
#include "scratch.h"
#include "oauth/client.h"
#include "seen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* ---- no protected-resource metadata -------------------------------------------------------------------- */

/* A bare challenge and metadata at the server's own origin, as in the revision of 2025-03-26. */
static void test_origin_is_the_issuer(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        { .has = "POST", .reply = CHALLENGED("Bearer realm=\"OAuth\", error=\"invalid_token\"") },
        { .has = PRM, .reply = NOT_FOUND },
        { .has = RFC8414 " ", .reply = ISSUER(HERE "/") },
        { 0 },
    };
    const struct seen seen = see(rules, NULL, "/v1/sse");
    expect_found(&seen);
    assert_string_equal(seen.steps, "POST /v1/sse 401; GET " PRM "/v1/sse 404; GET " PRM " 404; GET " RFC8414 " 200");
    assert_int_equal(seen.d.match, MATCH_NONE);
    assert_int_equal(seen.d.resource_source, RESOURCE_NONE);
    EXPECT(seen, resource, HERE "/v1/sse");
    EXPECT(seen, issuer, HERE "/");
    EXPECT(seen, challenge.error, "invalid_token");
    assert_int_equal(seen.d.scope_source, SCOPES_NONE);
    expect_text("scope", scope_join(scratch, &seen.d.scopes), "", 0);
    expect_text("known", scope_join(scratch, &seen.d.known_scopes), "a1 a2", 0);
}

/* Authorization is required and nothing says how: the endpoints are a guess, and no advertisement. */
static void test_defaults(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        { .has = "POST", .reply = REFUSED("") },
        { .has = "GET", .reply = NOT_FOUND },
        { 0 },
    };
    const struct seen seen = see(rules, NULL, "/deep/mcp");
    expect_found(&seen);
    assert_string_equal(seen.steps, "POST /deep/mcp 401; GET " PRM "/deep/mcp 404; GET " PRM " 404; GET " RFC8414
                                    " 404; GET " OIDC " 404");
    assert_int_equal(seen.d.metadata_source, METADATA_DEFAULTS);
    EXPECT(seen, authorization_endpoint, HERE "/authorize");
    EXPECT(seen, token_endpoint, HERE "/token");
    EXPECT(seen, registration_endpoint, HERE "/register");
    assert_false(discovery_has_registration(&seen.d));
    assert_int_equal(seen.d.pkce, PKCE_ASSUMED);
    expect_text("refusal", discovery_refusal(scratch, &seen.d), NULL, 0);
    expect_text("scope", scope_join(scratch, &seen.d.scopes), "", 0);
    expect_warning(&seen.trip, "publishes no metadata");
}

/* What does not look like OAuth is not guessed to be; metadata are believed all the same. */
static void test_no_guess(void **state)
{
    (void)state;
    static const struct { const char *reply, *why; } rows[] = {
        { CHALLENGED("Basic realm=\"x\""), "the server answered 401 and asks for Basic, not for OAuth" },
        { CHALLENGED("ApiKey, Digest nonce=1"), "the server answered 401 and asks for ApiKey, not for OAuth" },
        { PEER_TEXT("403 Forbidden") "no",
          "the server answered 403 without a challenge, and publishes no metadata of its authorization" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct peer_rule bare[] = { { .has = "POST", .reply = rows[i].reply },
                                          { .has = "GET", .reply = NOT_FOUND }, { 0 } };
        const struct peer_rule with[] = { { .has = "POST", .reply = rows[i].reply },
                                          { .has = RFC8414, .reply = ISSUER(HERE) },
                                          { .has = "GET", .reply = NOT_FOUND }, { 0 } };
        const struct seen without = see(bare, NULL, "/mcp");
        expect_why(&without, rows[i].why);
        const struct seen found = see(with, NULL, "/mcp");
        expect_found(&found);
        EXPECT(found, challenge.scheme, NULL);
    }
}

/* ---- authorization server metadata --------------------------------------------------------------------- */

static void test_issuer_urls(void **state)
{
    (void)state;
    static const struct row {
        const char *issuer, *found, *steps;
        enum metadata_source source;
    } rows[] = {
        { HERE, RFC8414, "GET " RFC8414 " 200", METADATA_OAUTH },
        { HERE "/", RFC8414, "GET " RFC8414 " 200", METADATA_OAUTH },
        { HERE, OIDC, "GET " RFC8414 " 404; GET " OIDC " 200", METADATA_OPENID },
        { HERE "/t1", RFC8414 "/t1", "GET " RFC8414 "/t1 200", METADATA_OAUTH },
        { HERE "/t1/", RFC8414 "/t1", "GET " RFC8414 "/t1 200", METADATA_OAUTH },
        { HERE "/t1", OIDC "/t1", "GET " RFC8414 "/t1 404; GET " OIDC "/t1 200", METADATA_OPENID },
        { HERE "/t1", "/t1" OIDC, "GET " RFC8414 "/t1 404; GET " OIDC "/t1 404; GET /t1" OIDC " 200", METADATA_OPENID },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct text doc = text_format(scratch, RESOURCE(HERE "/mcp", "\"%s\""), rows[i].issuer);
        const struct text metadata = text_format(scratch, ISSUER("%s"), rows[i].issuer);
        const struct text get = text_format(scratch, "GET %s ", rows[i].found);
        const struct peer_rule rules[] = {
            { .has = "POST", .reply = NAMED },
            { .has = "GET /meta ", .reply = doc.p },
            { .has = get.p, .reply = metadata.p },
            { .has = "GET", .reply = NOT_FOUND },
            { 0 },
        };
        const struct seen seen = see(rules, NULL, "/mcp");
        expect_found(&seen);
        assert_string_equal(seen.steps, text_format(scratch, "POST /mcp 401; GET /meta 200; %s", rows[i].steps).p);
        assert_int_equal(seen.d.metadata_source, rows[i].source);
        EXPECT(seen, issuer, rows[i].issuer);
    }
}

/* The named authorization server has no metadata: the defaults are those of its own origin. */
static void test_defaults_of_a_named_issuer(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = {
        { .has = "POST", .reply = PEER_JSON "{}" },
        { .has = "GET " PRM "/mcp ", .reply = RESOURCE(HERE "/mcp", "\"" HERE "/t1\"") },
        { .has = "GET", .reply = NOT_FOUND },
        { 0 },
    };
    const struct seen seen = see(rules, NULL, "/mcp");
    expect_found(&seen);
    assert_int_equal(seen.d.metadata_source, METADATA_DEFAULTS);
    EXPECT(seen, token_endpoint, HERE "/token");
}

static void test_issuer_mismatch(void **state)
{
    (void)state;
    static const struct { const char *asked, *says; } rows[] = {
        { HERE, "https://evil.example" }, { HERE "/t1", HERE "/t1/" },  { HERE "/t1", HERE },
        { HERE, HERE "//" },              { HERE "/t1", HERE "/T1" },   { HERE, "HTTP://127.0.0.1:$port" },
        { HERE, "" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct text doc = text_format(scratch, RESOURCE(HERE "/mcp", "\"%s\""), rows[i].asked);
        const struct text metadata = text_format(scratch, ISSUER("%s"), rows[i].says);
        const struct peer_rule rules[] = {
            { .has = "POST", .reply = NAMED },
            { .has = "GET /meta ", .reply = doc.p },
            { .has = "GET " RFC8414, .reply = metadata.p },
            { 0 },
        };
        const struct seen seen = see(rules, NULL, "/mcp");
        const struct text at = text_from(text_of(rows[i].asked), sizeof HERE - 1);
        expect_why(&seen, text_format(scratch, "the metadata at " HERE RFC8414 "%.*s describe the issuer %s, not %s",
                                      TEXT_ARG(at), rows[i].says, rows[i].asked).p);
        EXPECT(seen, token_endpoint, NULL);
        assert_false(discovery_has_registration(&seen.d));
    }
}

static void test_bad_issuer_documents(void **state)
{
    (void)state;
    static const struct { const char *reply, *noted; } rows[] = {
        { PEER_JSON "{\"issuer\":\"" HERE "\"}",
          RFC8414 " was passed over: authorization_endpoint Invalid input: expected string, received undefined" },
        { ISSUER_WITH(HERE, "\"registration_endpoint\":\"/register\","),
          RFC8414 " was passed over: registration_endpoint Invalid URL" },
        { ISSUER_WITH(HERE, "\"code_challenge_methods_supported\":\"S256\","),
          RFC8414 " was passed over: code_challenge_methods_supported Invalid input: expected array, received string" },
        { PEER_JSON "[]", RFC8414 " was passed over: / Invalid input: expected object, received array" },
        { PEER_OK "<html>", RFC8414 " was passed over: it is not valid JSON" },
        { PEER_TEXT("500 Oops") "", RFC8414 " answered 500, and was passed over" },
        { PEER_TEXT("504 Late") "", RFC8414 " answered 504, and was passed over" },
        { PEER_TEXT("410 Gone") "", NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct peer_rule rules[] = {
            { .has = "POST", .reply = REFUSED("") },
            { .has = RFC8414, .reply = rows[i].reply },
            { .has = OIDC, .reply = ISSUER(HERE) },
            { .has = "GET", .reply = NOT_FOUND },
            { 0 },
        };
        const struct seen seen = see(rules, NULL, "/mcp");
        expect_found(&seen);
        expect_warning(&seen.trip, rows[i].noted);
        assert_int_equal(seen.d.metadata_source, METADATA_OPENID);
    }
}

static struct seen see_issuer(const char *metadata)
{
    const struct peer_rule rules[] = {
        { .has = "POST", .reply = REFUSED("") },
        { .has = RFC8414, .reply = metadata },
        { .has = "GET", .reply = NOT_FOUND },
        { 0 },
    };
    const struct seen seen = see(rules, NULL, "/mcp");
    expect_found(&seen);
    return seen;
}

static void test_pkce(void **state)
{
    (void)state;
    const struct seen unsaid = see_issuer(ISSUER_WITH(HERE, ""));
    assert_int_equal(unsaid.d.pkce, PKCE_UNSAID);
    expect_text("refusal", discovery_refusal(scratch, &unsaid.d), HERE RFC8414 " has no "
                "code_challenge_methods_supported: clients must refuse a server without PKCE", unsaid.port);
    const struct seen null = see_issuer(ISSUER_WITH(HERE, "\"code_challenge_methods_supported\":null,"));
    assert_int_equal(null.d.pkce, PKCE_UNSAID);
    static const char *const others[] = { "[]", "[\"plain\"]", "[\"s256\"]" };
    for (size_t i = 0; i < COUNT(others); i++) {
        const struct text doc = text_format(scratch, ISSUER_WITH(HERE, "\"code_challenge_methods_supported\":%s,"),
                                            others[i]);
        const struct seen plain = see_issuer(doc.p);
        assert_int_equal(plain.d.pkce, PKCE_WITHOUT);
        expect_text("refusal", discovery_refusal(scratch, &plain.d), HERE RFC8414 " does not list S256 in "
                    "code_challenge_methods_supported: clients must refuse it", plain.port);
    }
}

static void test_registration_is_advertised(void **state)
{
    (void)state;
    const struct seen without = see_issuer(ISSUER_WITH(HERE, S256)), null = see_issuer(ISSUER_WITH(HERE, S256
                                           "\"registration_endpoint\":null,")), with = see_issuer(ISSUER(HERE));
    assert_false(discovery_has_registration(&without.d));
    assert_false(discovery_has_registration(&null.d));
    assert_true(discovery_has_registration(&with.d));
    assert_int_equal(with.d.auth_methods.is, VALUE_ABSENT);
    assert_false(with.d.iss_parameter);
}

static void test_response_types(void **state)
{
    (void)state;
    const struct seen none = see_issuer(PEER_JSON "{\"issuer\":\"" HERE "\",\"authorization_endpoint\":\"" HERE
                                        "\",\"token_endpoint\":\"" HERE "\"}");
    expect_warning(&none.trip, "lacks response_types_supported");
    const struct seen other = see_issuer(PEER_JSON "{\"issuer\":\"" HERE "\",\"authorization_endpoint\":\"" HERE
                                         "\",\"token_endpoint\":\"" HERE "\",\"response_types_supported\":[\"id\"]}");
    expect_warning(&other.trip, "does not list the response type code");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_origin_is_the_issuer),
        TEST(test_defaults),
        TEST(test_no_guess),
        TEST(test_issuer_urls),
        TEST(test_defaults_of_a_named_issuer),
        TEST(test_issuer_mismatch),
        TEST(test_bad_issuer_documents),
        TEST(test_pkce),
        TEST(test_registration_is_advertised),
        TEST(test_response_types),
    };
    return cmocka_run_group_tests(tests, trips_setup, trips_teardown);
}
