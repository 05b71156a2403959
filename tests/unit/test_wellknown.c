/* Well-known URLs, canonical identifiers, and how they compare. */
#include "mcp/wellknown.h"

#include "rig.h"
#include "scratch.h"
#include "trips.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void expect_urls(const char *of, const struct wellknown *got, const char *const *expected)
{
    for (size_t i = 0; i < WELLKNOWN_MAX && expected[i]; i++)
        expect_text(of, i < got->n ? got->urls[i] : T(""), expected[i], 0);
    const size_t n = !expected[0] ? 0 : !expected[1] ? 1 : !expected[2] ? 2 : 3;
    assert_int_equal(got->n, n);
}

static void test_resource_urls(void **state)
{
    (void)state;
#define RFC9728 "/.well-known/oauth-protected-resource"
    static const char *const rows[][4] = {
        { "https://example.com/public/mcp", "https://example.com" RFC9728 "/public/mcp",
          "https://example.com" RFC9728 },
        { "https://example.com/mcp/", "https://example.com" RFC9728 "/mcp", "https://example.com" RFC9728 },
        { "https://example.com", "https://example.com" RFC9728 },
        { "https://example.com/", "https://example.com" RFC9728 },
        { "https://example.com:8443/mcp?a=b", "https://example.com:8443" RFC9728 "/mcp?a=b",
          "https://example.com:8443" RFC9728 },
        { "https://example.com?a=/b", "https://example.com" RFC9728 "?a=/b", "https://example.com" RFC9728 },
        { "http://[::1]:80/m", "http://[::1]:80" RFC9728 "/m", "http://[::1]:80" RFC9728 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct wellknown w = wellknown_resource(scratch, text_of(rows[i][0]));
        expect_urls(rows[i][0], &w, rows[i] + 1);
    }
}

static void test_issuer_urls(void **state)
{
    (void)state;
#define OAUTH "/.well-known/oauth-authorization-server"
#define OPENID "/.well-known/openid-configuration"
    static const char *const rows[][4] = {
        { "https://auth.example.com/tenant1", "https://auth.example.com" OAUTH "/tenant1",
          "https://auth.example.com" OPENID "/tenant1", "https://auth.example.com/tenant1" OPENID },
        { "https://auth.example.com/a/b/", "https://auth.example.com" OAUTH "/a/b",
          "https://auth.example.com" OPENID "/a/b", "https://auth.example.com/a/b" OPENID },
        { "https://auth.example.com", "https://auth.example.com" OAUTH, "https://auth.example.com" OPENID },
        { "https://auth.example.com/", "https://auth.example.com" OAUTH, "https://auth.example.com" OPENID },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct wellknown w = wellknown_issuer(scratch, text_of(rows[i][0]));
        expect_urls(rows[i][0], &w, rows[i] + 1);
    }
}

static void test_canonical(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "HTTPS://Example.COM/Mcp", "https://example.com/Mcp" },
        { "https://example.com/", "https://example.com" },
        { "https://example.com:443/", "https://example.com" },
        { "http://example.com:80/a", "http://example.com/a" },
        { "http://example.com:443/a", "http://example.com:443/a" },
        { "https://example.com:/a", "https://example.com/a" },
        { "https://example.com/a/", "https://example.com/a/" },
        { "https://example.com/a#b", "https://example.com/a" },
        { "https://example.com/?q=A#b", "https://example.com?q=A" },
        { "http://[::1]:8080/a", "http://[::1]:8080/a" },
        { "http://[2001:DB8::1]", "http://[2001:db8::1]" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_text(rows[i][0], url_canonical(scratch, text_of(rows[i][0])), rows[i][1], 0);
}

static void test_origin(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "https://h", "https://h" },         { "https://h/", "https://h" },    { "https://h:1/a?b#c", "https://h:1" },
        { "https://h?a/b", "https://h" },     { "https://h#a?b", "https://h" }, { "http://[::1]/a", "http://[::1]" },
        { "http://[::1]:8/", "http://[::1]:8" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_text(rows[i][0], url_origin(text_of(rows[i][0])), rows[i][1], 0);
}

static void test_insecure(void **state)
{
    (void)state;
    static const char *const secure[] = { "https://example.com/t", "HTTPS://e", "http://localhost:1/t",
                                          "http://LOCALHOST", "http://127.0.0.1", "http://[::1]:8080/t" };
    static const char *const insecure[] = { "http://example.com", "http://auth:8080/t", "http://127.0.0.2",
                                            "http://localhost.example.com", "http://[::2]" };
    for (size_t i = 0; i < COUNT(secure); i++)
        assert_false(url_is_insecure(text_of(secure[i])));
    for (size_t i = 0; i < COUNT(insecure); i++)
        assert_true(url_is_insecure(text_of(insecure[i])));
}

static void test_match(void **state)
{
    (void)state;
    static const struct { const char *server, *resource; enum resource_match match; } rows[] = {
        { "https://h/mcp", "https://h/mcp", MATCH_EXACT },
        { "https://h/mcp", "HTTPS://H:443/mcp", MATCH_EXACT },
        { "https://h", "https://h/", MATCH_EXACT },
        { "https://h/mcp?a=1", "https://h/mcp?a=1", MATCH_EXACT },
        { "https://h/mcp", "https://h", MATCH_PREFIX },
        { "https://h/mcp", "https://h/", MATCH_PREFIX },
        { "https://h/a/b", "https://h/a", MATCH_PREFIX },
        { "https://h/a/b", "https://h/a/", MATCH_PREFIX },
        { "https://h/mcp", "https://h/mcp/", MATCH_PREFIX },
        { "https://h/mcp/", "https://h/mcp", MATCH_PREFIX },
        { "https://h/mcp?a=1", "https://h/mcp", MATCH_PREFIX },
        { "https://h/ab", "https://h/a", MATCH_MISMATCH },
        { "https://h/a", "https://h/a/b", MATCH_MISMATCH },
        { "https://h/mcp", "https://h/MCP", MATCH_MISMATCH },
        { "https://h/mcp", "http://h/mcp", MATCH_MISMATCH },
        { "https://h/mcp", "https://h:8443/mcp", MATCH_MISMATCH },
        { "https://h/mcp", "https://h.evil/mcp", MATCH_MISMATCH },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (resource_match(scratch, text_of(rows[i].server), text_of(rows[i].resource)) != rows[i].match)
            fail_msg("%s and %s", rows[i].server, rows[i].resource);
}

static void test_issuers(void **state)
{
    (void)state;
    static const struct { const char *a, *b; bool eq; } rows[] = {
        { "https://a", "https://a", true },       { "https://a", "https://a/", true },
        { "https://a:1", "https://a:1/", true },  { "https://a/t", "https://a/t", true },
        { "https://a/t", "https://a/t/", false }, { "https://a", "https://a//", false },
        { "https://a", "https://A", false },      { "https://a", "https://a:443", false },
        { "https://a?x", "https://a?x/", false }, { "https://a", "", false },
        { "https://a", "https://ab", false },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (issuer_eq(text_of(rows[i].a), text_of(rows[i].b)) != rows[i].eq ||
            issuer_eq(text_of(rows[i].b), text_of(rows[i].a)) != rows[i].eq)
            fail_msg("%s and %s", rows[i].a, rows[i].b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_resource_urls), TEST(test_issuer_urls), TEST(test_canonical), TEST(test_origin),
        TEST(test_insecure),      TEST(test_match),       TEST(test_issuers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
