/* Lists of scopes, and the revisions of MCP: what is chosen of what is known. */
#include "oauth/client.h"

#include "mcp/versions.h"
#include "rig.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct text known_names[] = { { "a", 1 }, { "b", 1 }, { "a:b", 3 } };
static const struct v_texts known = { VALUE_SET, 3, known_names };

static void expect_scopes(const struct v_texts *got, const char *expected)
{
    const struct text joined = scope_join(scratch, got);
    if (got->is != VALUE_SET || !text_eq(joined, text_of(expected)))
        fail_msg("%.*s\nexpected: %s", TEXT_ARG(joined), expected);
}

static void test_split(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "", "" }, { " ", "" }, { "a", "a" }, { "a b", "a b" }, { "  b  a  ", "b a" }, { "a a", "a a" },
        { "a \xc3\xa9 b", "a b" }, { "a\tb c", "c" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct v_texts scopes = scope_split(scratch, text_of(rows[i][0]));
        expect_scopes(&scopes, rows[i][1]);
    }
}

static void test_choose(void **state)
{
    (void)state;
    static const struct {
        const char *asked, *chosen;
        bool all_known;
    } rows[] = {
        { NULL, "a b a:b", true }, { "", "", true },           { "b", "b", true },          { "a:b a", "a:b a", true },
        { "a  a b", "a b", true }, { "a c", "a", false },      { "c", "", false },          { "A", "", false },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct v_text asked = { rows[i].asked ? VALUE_SET : VALUE_ABSENT, text_of(rows[i].asked) };
        struct v_texts chosen;
        assert_int_equal(scope_choose(scratch, asked, &known, &chosen), rows[i].all_known);
        expect_scopes(&chosen, rows[i].chosen);
    }
    assert_true(scope_has(&known, T("a:b")));
    assert_false(scope_has(&known, T("a:")));
}

/* What is empty is not in the URL, and what the endpoint has in its query stays. */
static void test_url(void **state)
{
    (void)state;
    struct authorization_request in = { .client_id = T("c d"), .redirect_uri = T("http://h/?x=1"), .state = T("s") };
#define FIRST "response_type=code&client_id=c%20d&redirect_uri=http%3A%2F%2Fh%2F%3Fx%3D1&state=s"
    assert_true(text_eq(authorization_url(scratch, T("http://as/a?k=v#f"), &in), T("http://as/a?k=v&" FIRST)));
    in.code_challenge = T("cc");
    in.scope = T("a b");
    in.resource = T("r");
    in.login_hint = T("h");
    in.mock_outcome = T("deny");
    assert_true(text_eq(authorization_url(scratch, T("http://as/a"), &in),
                        T("http://as/a?" FIRST "&code_challenge=cc&code_challenge_method=S256&scope=a%20b&resource=r"
                          "&login_hint=h&mock_outcome=deny")));
}

static void test_versions(void **state)
{
    (void)state;
    size_t n = 0, batches = 0;
    for (; version_at(n); n++) {
        const struct text date = text_of(version_at(n)->date);
        if (n)
            assert_true(strcmp(version_at(n)->date, version_at(n - 1)->date) < 0);
        assert_true(version_is_of(version_at(n)->era, date));
        assert_false(version_is_of(~(unsigned)version_at(n)->era, date));
        batches += version_has_batches(date);
    }
    assert_int_equal(n, 5);
    assert_int_equal(batches, 1);
    assert_true(version_has_batches(T("2025-03-26")));
    assert_false(version_is_of(ERA_MODERN | ERA_LEGACY | ERA_OLD, T("2025-03-27")));
    assert_false(version_has_batches(T("")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(test_split), TEST(test_choose), TEST(test_url), TEST(test_versions) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
