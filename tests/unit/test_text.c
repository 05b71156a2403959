/* Text: comparing, cutting, copying, numbers, UTF-8 and its length in UTF-16 units. */
#include "base/text.h"

#include "scratch.h"

#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define assert_text(actual, literal) assert_true(text_eq((actual), T(literal)))
#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct text unset;

static void test_of(void **state)
{
    (void)state;
    assert_null(text_of(NULL).p);
    assert_int_equal(text_of(NULL).n, 0);
    assert_text(text_of(""), "");
    assert_text(text_of("abc"), "abc");
    assert_int_equal(T("a\0b").n, 3);
}

static void test_eq(void **state)
{
    (void)state;
    assert_true(text_eq(unset, T("")));
    assert_false(text_eq(T("a"), unset));
    assert_false(text_eq(T("a"), T("A")));
    assert_false(text_eq(T("ab"), T("a")));
    assert_true(text_eq(T("a\0b"), T("a\0b")));
    assert_false(text_eq(T("a\0b"), T("a\0c")));
}

static void test_eq_nocase(void **state)
{
    (void)state;
    assert_true(text_eq_nocase(unset, T("")));
    assert_true(text_eq_nocase(T("Content-TYPE"), T("content-type")));
    assert_true(text_eq_nocase(T("azAZ"), T("AZaz")));
    assert_false(text_eq_nocase(T("content-type"), T("content-typ")));
    /* The neighbours of the letters differ by the same bit as the letters, and are not letters. */
    assert_false(text_eq_nocase(T("@"), T("`")));
    assert_false(text_eq_nocase(T("["), T("{")));
    assert_false(text_eq_nocase(T("\xC3\x84"), T("\xC3\xA4")));
}

/* At each place of texts of each length, every character beside every other one. */
static void test_eq_nocase_of_all_lengths(void **state)
{
    (void)state;
    char a[20], b[20];
    for (size_t n = 1; n <= sizeof a; n++)
        for (size_t at = 0; at < n; at++)
            for (int i = 0; i < 256 * 256; i += n % 8 < 2 || at % 8 == 7 ? 1 : 97) {
                const char one = (char)(i / 256), other = (char)(i % 256);
                const bool letters = ((one ^ other) == 0x20) && ((one | 0x20) >= 'a' && (one | 0x20) <= 'z');
                memset(a, 'Q', n);
                memset(b, 'q', n);
                a[at] = one;
                b[at] = other;
                if (text_eq_nocase((struct text){ a, n }, (struct text){ b, n }) != (one == other || letters))
                    fail_msg("%zu of %zu: %02x %02x", at, n, (unsigned)i / 256, (unsigned)i % 256);
            }
}

static void test_token(void **state)
{
    (void)state;
    static const char others[] = "!#$%&'*+-.^_`|~";
    assert_false(text_is_token(unset));
    for (int i = 0; i < 256; i++) {
        const char c = (char)i, text[] = { 'x', c, 'y' };
        const bool is = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c && strchr(others, c));
        if (text_is_token((struct text){ text, sizeof text }) != is)
            fail_msg("%02x", (unsigned)i);
    }
}

static void test_starts_ends(void **state)
{
    (void)state;
    assert_true(text_starts(T("abc"), T("")));
    assert_true(text_starts(unset, unset));
    assert_true(text_starts(T("abc"), T("abc")));
    assert_true(text_starts(T("abc"), T("ab")));
    assert_false(text_starts(T("abc"), T("abcd")));
    assert_false(text_starts(T("abc"), T("b")));
    assert_true(text_ends(T("abc"), T("")));
    assert_true(text_ends(T("abc"), T("abc")));
    assert_true(text_ends(T("abc"), T("bc")));
    assert_false(text_ends(T("abc"), T("xabc")));
    assert_false(text_ends(T("abc"), T("b")));
    assert_false(text_ends(unset, T("b")));
}

static void test_find_contains(void **state)
{
    (void)state;
    assert_int_equal(text_find(T("abcb"), 'b'), 1);
    assert_int_equal(text_find(T("abc"), 'x'), 3);
    assert_int_equal(text_find(T("ab\0c"), '\0'), 2);
    assert_int_equal(text_find(unset, 'x'), 0);
    assert_int_equal(text_find((struct text){ "abc", 2 }, 'c'), 2);
    assert_true(text_contains(T("abc"), T("")));
    assert_true(text_contains(unset, unset));
    assert_true(text_contains(T("abc"), T("bc")));
    assert_true(text_contains(T("abc"), T("abc")));
    assert_false(text_contains(T("abc"), T("ac")));
    assert_false(text_contains(T("abc"), T("abcd")));
    assert_false(text_contains(unset, T("a")));
    assert_false(text_contains((struct text){ "abc", 2 }, T("c")));
}

static void test_from(void **state)
{
    (void)state;
    assert_text(text_from(T("abc"), 0), "abc");
    assert_text(text_from(T("abc"), 1), "bc");
    assert_text(text_from(T("abc"), 3), "");
    assert_text(text_from(T("abc"), 4), "");
    assert_text(text_from(T("abc"), SIZE_MAX), "");
    assert_non_null(text_from(T("abc"), 9).p);
    assert_null(text_from(unset, 1).p);
}

static void test_trim(void **state)
{
    (void)state;
    assert_text(text_trim(T(" \t a b\t ")), "a b");
    assert_text(text_trim(T("ab")), "ab");
    assert_text(text_trim(T(" \t ")), "");
    assert_text(text_trim(T("")), "");
    assert_text(text_trim(unset), "");
    assert_text(text_trim(T("\na\r")), "\na\r");
}

/* The pieces of `t`, each followed by a bar. */
static const char *pieces(const char *t, char *ret, size_t room)
{
    size_t n = 0;
    struct text rest = text_of(t);
    while (rest.p) {
        struct text piece = text_cut(&rest, ',');
        assert_non_null(piece.p);
        n += (size_t)snprintf(ret + n, room - n, "%.*s|", TEXT_ARG(piece));
    }
    ret[n] = '\0';
    return ret;
}

static void test_cut(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "a,b", "a|b|" }, { "ab", "ab|" }, { "", "|" }, { ",", "||" }, { "a,", "a||" },
        { ",a", "|a|" }, { "a,,b", "a||b|" }, { ",,", "|||" },
    };
    char got[100];
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(pieces(rows[i][0], got, sizeof got), rows[i][1]);
    struct text rest = unset;
    assert_null(text_cut(&rest, ',').p);
    assert_null(rest.p);
}

static void test_copies(void **state)
{
    struct arena *arena = *state;
    char bytes[] = "MiXed\xC3\x84";
    struct text t = text_of(bytes);
    struct text copy = text_copy(arena, t), lower = text_lower(arena, t);
    const char *cstr = text_cstr(arena, (struct text){ bytes, 2 });
    memset(bytes, 'x', sizeof bytes - 1);
    assert_string_equal(copy.p, "MiXed\xC3\x84");
    assert_int_equal(copy.n, 7);
    assert_string_equal(lower.p, "mixed\xC3\x84");
    assert_int_equal(lower.n, 7);
    assert_string_equal(cstr, "Mi");
    assert_string_equal(text_cstr(arena, unset), "");
    assert_string_equal(text_lower(arena, unset).p, "");
}

/* Around the size up to which the text is printed only once. */
static void test_format(void **state)
{
    struct arena *arena = *state;
    assert_text(text_format(arena, "%s", ""), "");
    assert_text(text_format(arena, "%d-%.*s", 42, TEXT_ARG(T("abc"))), "42-abc");
    assert_text(text_format(arena, "%.*s", TEXT_ARG(unset)), "");
    for (int width = 250; width < 260; width++) {
        struct text t = text_format(arena, "%*d", width, 7);
        assert_int_equal(t.n, width);
        assert_int_equal(strlen(t.p), width);
        assert_int_equal(t.p[width - 1], '7');
        assert_int_equal(t.p[0], ' ');
    }
}

static void test_to_uint(void **state)
{
    (void)state;
    const struct {
        struct text in;
        int64_t value;
    } good[] = {
        { T("0"), 0 },
        { T("7"), 7 },
        { T("007"), 7 },
        { T("9007199254740991"), 9007199254740991 },
        { T("9223372036854775806"), INT64_MAX - 1 },
        { T("9223372036854775807"), INT64_MAX },
        { T("000000000000000000000000009223372036854775807"), INT64_MAX },
    };
    for (size_t i = 0; i < COUNT(good); i++) {
        int64_t value = -1;
        assert_true(text_to_uint(good[i].in, &value));
        assert_true(value == good[i].value);
    }
    const struct text bad[] = {
        { NULL, 0 },
        T(""), T("-1"), T("+1"), T(" 1"), T("1 "), T("1.0"), T("1e3"), T("0x1"), T("a"), T("1\0"), T("/"),
        T(":"),
        T("9223372036854775808"), T("9223372036854775810"), T("18446744073709551616"),
        T("99999999999999999999"),
        T("100000000000000000000000000000"), T("\xD9\xA1"),
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        int64_t value = -5;
        assert_false(text_to_uint(bad[i], &value));
        assert_true(value == -5);
    }
}

static void test_utf16_length(void **state)
{
    (void)state;
    assert_int_equal(text_utf16_length(unset), 0);
    assert_int_equal(text_utf16_length(T("abc")), 3);
    assert_int_equal(text_utf16_length(T("a\0b")), 3);
    assert_int_equal(text_utf16_length(T("\xC3\xA4")), 1);
    assert_int_equal(text_utf16_length(T("12345678abcdefg\xC3\xA4h")), 17);
    assert_int_equal(text_utf16_length(T("\xE2\x82\xAC")), 1);
    assert_int_equal(text_utf16_length(T("\xEF\xBF\xBF")), 1);
    assert_int_equal(text_utf16_length(T("\xF0\x90\x80\x80")), 2);
    assert_int_equal(text_utf16_length(T("x\xF0\x9F\x98\x80y\xF4\x8F\xBF\xBF")), 6);
}

static void test_utf8_rows(void **state)
{
    (void)state;
    const struct {
        struct text in;
        bool good;
    } rows[] = {
        { { NULL, 0 }, true },
        { T(""), true },
        { T("plain and longer than eight bytes"), true },
        { T("a\0b"), true },
        { T("1234567\xC3\xA4" "1234567\xE2\x82\xAC" "12345678\xF0\x9F\x98\x80"), true },
        { T("12345678\x80"), false },            /* a later byte alone */
        { T("\xBF"), false },
        { T("1234567\xC3"), false },             /* cut short */
        { T("12345678\xE2\x82"), false },
        { T("\xF0\x9F\x98"), false },
        { T("\xC3 "), false },
        { T("\xC0\x80"), false },                /* overlong */
        { T("\xC1\xBF"), false },
        { T("\xE0\x80\x80"), false },
        { T("\xE0\x9F\xBF"), false },
        { T("\xE0\xA0\x80"), true },
        { T("\xF0\x80\x80\x80"), false },
        { T("\xF0\x8F\xBF\xBF"), false },
        { T("\xF0\x90\x80\x80"), true },
        { T("\xED\x9F\xBF"), true },             /* around the surrogates */
        { T("\xED\xA0\x80"), false },
        { T("\xED\xBF\xBF"), false },
        { T("\xEE\x80\x80"), true },
        { T("\xF4\x8F\xBF\xBF"), true },         /* U+10FFFF and the next one */
        { T("\xF4\x90\x80\x80"), false },
        { T("\xF5\x80\x80\x80"), false },
        { T("\xF8\x88\x80\x80\x80"), false },
        { T("\xFF"), false },
        { T("\xFE\xFF"), false },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (text_is_utf8(rows[i].in) != rows[i].good)
            fail_msg("row %zu", i);
    }
}

static size_t encode(uint32_t c, char *ret)
{
    if (c < 0x80) {
        ret[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const uint8_t marks[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    for (size_t i = n; i-- > 1; c >>= 6)
        ret[i] = (char)(0x80 | (c & 0x3F));
    ret[0] = (char)(marks[n] | c);
    return n;
}

/* Every code point, and one unit more from U+10000 on. */
static void test_every_code_point(void **state)
{
    (void)state;
    char bytes[4];
    for (uint32_t c = 0; c < 0x110800; c++) {
        struct text t = { bytes, encode(c, bytes) };
        bool good = c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
        if (text_is_utf8(t) != good)
            fail_msg("U+%04X", c);
        if (good && text_utf16_length(t) != (c > 0xFFFF ? 2 : 1))
            fail_msg("length of U+%04X", c);
    }
}

/* Of all texts of `n` bytes exactly as many are well-formed as there are characters to write them with. */
static size_t count_utf8(size_t n)
{
    size_t count = 0;
    char bytes[4];
    for (uint32_t value = 0; value < 1u << (8 * n); value++) {
        for (size_t i = 0; i < n; i++)
            bytes[i] = (char)(value >> (8 * i));
        count += text_is_utf8((struct text){ bytes, n });
    }
    return count;
}

static void test_every_short_text(void **state)
{
    (void)state;
    const size_t one = 0x80, two = 0x800 - 0x80, three = 0x10000 - 0x800 - 0x800;
    assert_int_equal(count_utf8(1), one);
    assert_int_equal(count_utf8(2), one * one + two);
    assert_int_equal(count_utf8(3), one * one * one + 2 * one * two + three);
}

/* The bytes end exactly where the text does, so that ASan sees a read too far. */
static void test_reads_no_further(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 20; n++) {
        char *bytes = malloc(n);
        assert_non_null(bytes);
        memset(bytes, 'a', n);
        assert_true(text_is_utf8((struct text){ bytes, n }));
        bytes[n - 1] = (char)0xF0;
        assert_false(text_is_utf8((struct text){ bytes, n }));
        assert_int_equal(text_find((struct text){ bytes, n }, 'b'), n);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_of),
        cmocka_unit_test(test_eq),
        cmocka_unit_test(test_eq_nocase),
        cmocka_unit_test(test_eq_nocase_of_all_lengths),
        cmocka_unit_test(test_token),
        cmocka_unit_test(test_starts_ends),
        cmocka_unit_test(test_find_contains),
        cmocka_unit_test(test_from),
        cmocka_unit_test(test_trim),
        cmocka_unit_test(test_cut),
        cmocka_unit_test_setup_teardown(test_copies, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_format, arena_setup, arena_teardown),
        cmocka_unit_test(test_to_uint),
        cmocka_unit_test(test_utf16_length),
        cmocka_unit_test(test_utf8_rows),
        cmocka_unit_test(test_every_code_point),
        cmocka_unit_test(test_every_short_text),
        cmocka_unit_test(test_reads_no_further),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
