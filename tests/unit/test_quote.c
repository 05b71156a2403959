/* What another server says: lines, masks, errors, warnings. */
#include "mcp/client/quote.h"
#include "mcp/client/trip.h"

#include "base/limit.h"
#include "rig.h"
#include "scratch.h"
#include "trips.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void test_lines(void **state)
{
    (void)state;
    static const struct { struct text said; const char *line; } rows[] = {
        { { NULL, 0 }, "" },
        { { "", 0 }, "" },
        { { "plain", 5 }, "plain" },
        { { "  a \t\r\n b  ", 10 }, "a b" },
        { { "\x1b[31mred\x1b[0m", 12 }, "[31mred [0m" },
        { { "a\0b\x7f" "c", 5 }, "a b c" },
        { { "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x99\x82", 14 }, "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x99\x82" },
        { { "a\xc2\x85\xc2\x9f" "b\xc2\xa0" "c", 9 }, "a b\xc2\xa0" "c" },
        { { "a\xff\xc3(", 4 }, "a?\?(" },
        { { "\xf0\x9f\x99", 3 }, "???" },
        { { " \n ", 3 }, "" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct text line = quote_line(scratch, rows[i].said);
        if (!text_eq(line, text_of(rows[i].line)))
            fail_msg("row %zu: %.*s", i, TEXT_ARG(line));
    }
}

static void test_long_lines(void **state)
{
    (void)state;
    char said[QUOTE_MAX + 8];
    for (size_t n = QUOTE_MAX - 6; n <= sizeof said; n++) {
        memset(said, 'x', sizeof said);
        struct text line = quote_line(scratch, (struct text){ said, n });
        assert_int_equal(line.n, n < QUOTE_MAX ? n : QUOTE_MAX);
        assert_int_equal(text_ends(line, T("...")), n > QUOTE_MAX);
        for (size_t i = 0; i + 2 <= n; i += 2)
            memcpy(said + i, "\xc3\xa9", 2);
        line = quote_line(scratch, (struct text){ said, n / 2 * 2 });
        assert_true(line.n <= QUOTE_MAX && text_is_utf8(line));
        assert_int_equal(text_ends(line, T("...")), n / 2 * 2 > QUOTE_MAX);
    }
}

static void test_urls(void **state)
{
    (void)state;
    expect_text("url", quote_url(scratch, T("https://u:p@h/x?code=1&a=\n")),
                "https://[redacted]@h/x?code=[redacted]&a=%0A", 0);
}

static void test_masks(void **state)
{
    (void)state;
    const struct secret secrets[] = { secret_of(T("abc")), secret_of(T("abcdef")), secret_of((struct text){ 0 }) };
    static const char *const rows[][2] = {
        { "", "" }, { "ab", "ab" }, { "abc", "[redacted]" }, { "xabcabcy", "x[redacted][redacted]y" },
        { "abcdef abcde", "[redacted] [redacted]de" }, { "aabc", "a[redacted]" }, { "ABC", "ABC" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_text("masked", quote_mask(scratch, text_of(rows[i][0]), secrets, 3), rows[i][1], 0);
    expect_text("masked", quote_mask(scratch, T("abc"), NULL, 0), "abc", 0);
}

static void test_oauth_errors(void **state)
{
    (void)state;
    const struct secret secret = secret_of(T("s3cr3t"));
    static const char *const rows[][2] = {
        { "{\"error\":\"invalid_grant\"}", "invalid_grant" },
        { "{\"error\":\"invalid_grant\",\"error_description\":\"Used\\n up\"}", "invalid_grant: Used up" },
        { "{\"error\":\"x\",\"error_description\":\"not s3cr3t\"}", "x: not [redacted]" },
        { "{\"error\":\"x\",\"error_description\":7}", "x" },
        { "{\"error\":\"x\",\"error_description\":null,\"more\":[]}", "x" },
        { "{\"error\":\"x\",\"error_description\":\"\"}", "x" },
        { "{\"error\":null}", NULL }, { "{\"error\":{\"code\":1}}", NULL }, { "{\"access_token\":\"t\"}", NULL },
        { "[]", NULL }, { "\"error\"", NULL }, { "", NULL }, { "<html>error</html>", NULL },
        { "{\"error\":\"a\",\"error\":\"b\"}", "b" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_text(rows[i][0], quote_oauth_error(scratch, text_of(rows[i][0]), &secret, 1), rows[i][1], 0);
    expect_text("no body", quote_oauth_error(scratch, (struct text){ 0 }, NULL, 0), NULL, 0);
}

/* A warning that does not fit is left out; shorter ones still come after it. */
static void test_warnings(void **state)
{
    (void)state;
    struct trip trip = new_trip();
    char *large = arena_alloc(scratch, LIMIT_TRIP_TRAIL);
    memset(large, 'x', LIMIT_TRIP_TRAIL);
    trip_warn(&trip, T("one"));
    trip_warn(&trip, (struct text){ large, LIMIT_TRIP_TRAIL - 10 });
    trip_warn(&trip, T("two"));
    expect_text("trail", buf_text(&trip.trail), "warning: one\nwarning: two\n", 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_lines), TEST(test_long_lines),   TEST(test_urls),
        TEST(test_masks), TEST(test_oauth_errors), TEST(test_warnings),
    };
    return cmocka_run_group_tests(tests, trips_setup, trips_teardown);
}
