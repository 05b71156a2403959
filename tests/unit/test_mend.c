/* What becomes of JSON that is nearly JSON. */
#include "base/mend.h"

#include "rig.h"
#include "scratch.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define BAD "\\ufffd"
#define LARGEST "1.7976931348623157e308"

static void test_mended(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *what;
    } rows[] = {
        { "\xef\xbb\xbf{}", "{}", "a byte order mark" },
        { "[\"\\ud800\"]", "[\"" BAD "\"]", "lone surrogates" },
        { "[\"\\ud800\\ud83d\\ude00\"]", "[\"" BAD "\\ud83d\\ude00\"]", "lone surrogates" },
        { "[\"\\uDC00x\\uD8\"]", "[\"" BAD "x\\uD8\"]", "lone surrogates" },
        { "{\"\\u0000\":0}", "{\"" BAD "\":0}", "NUL characters" },
        { "[\"a\xff\xc3\xa9\xc3\"]", "[\"a" BAD "\xc3\xa9" BAD "\"]", "bad UTF-8" },
        { "[\"a\nb\"]", "[\"a\\u000ab\"]", "control characters" },
        { "[1e400,-1E+999,1e-999,1e308]", "[" LARGEST ",-" LARGEST ",1e-999,1e308]", "numbers that are too large" },
        { "[\"\\udfff\xfe\",1e400]", "[\"" BAD BAD "\"," LARGEST "]",
          "lone surrogates, bad UTF-8, numbers that are too large" },
        { "[\"\\\\ud800\", \"\\\"\", 12", NULL, "" },
        { "\"\\", NULL, "" },
        { "\"\\u12", NULL, "" },
        { "", NULL, "" },
        { "<html>\xff", NULL, "" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text what;
        const struct text got = mend_json(scratch, text_of(rows[i].from), &what);
        const char *to = rows[i].to ? rows[i].to : rows[i].from;
        if (!text_eq(got, text_of(to)) || !text_eq(what, text_of(rows[i].what)))
            fail_msg("%s: %.*s (%.*s)", rows[i].from, TEXT_ARG(got), TEXT_ARG(what));
    }
}

static void test_nul(void **state)
{
    (void)state;
    struct text what;
    const struct text got = mend_json(scratch, (struct text){ "[\"a\0b\"]", 7 }, &what);
    assert_true(text_eq(got, T("[\"a" BAD "b\"]")));
    assert_true(text_eq(what, T("NUL characters")));
}

/* However many digits it has. */
static void test_long_number(void **state)
{
    (void)state;
    char digits[402] = "";
    struct text what;
    memset(digits, '9', sizeof digits - 1);
    assert_true(text_eq(mend_json(scratch, text_of(digits), &what), T(LARGEST)));
    digits[300] = '\0';
    assert_true(text_eq(mend_json(scratch, text_of(digits), &what), text_of(digits)));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(test_mended), TEST(test_nul), TEST(test_long_number) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
