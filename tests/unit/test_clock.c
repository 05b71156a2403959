/* Time: every day of the calendar, the documented pattern against the parser, and the two clocks. */
#include "base/clock.h"

#include "base/arena.h"

#include <regex.h>
#include <stdio.h>
#include <time.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const int64_t ms_per_day = 86400000;
static const int64_t year_0_ms = -62167219200000;
static const int64_t year_10000_ms = 253402300800000;

static void assert_format(int64_t ms, const char *expected)
{
    char text[TIME_TEXT_SIZE + 1] = { 0 };
    time_format(ms, text);
    assert_string_equal(text, expected);
}

static void test_format(void **state)
{
    (void)state;
    assert_format(0, "1970-01-01T00:00:00.000Z");
    assert_format(-1, "1969-12-31T23:59:59.999Z");
    assert_format(951782400000, "2000-02-29T00:00:00.000Z");
    assert_format(1709164799999, "2024-02-28T23:59:59.999Z");
    assert_format(1709164800000, "2024-02-29T00:00:00.000Z");
    assert_format(1709251200000, "2024-03-01T00:00:00.000Z");
    assert_format(-2203891200000, "1900-03-01T00:00:00.000Z");
    assert_format(-2203891200001, "1900-02-28T23:59:59.999Z");
    assert_format(1779274622007, "2026-05-20T10:57:02.007Z");
    assert_format(year_0_ms, "0000-01-01T00:00:00.000Z");
    assert_format(year_10000_ms - 1, "9999-12-31T23:59:59.999Z");
}

static void test_format_clips(void **state)
{
    (void)state;
    assert_format(year_0_ms - 1, "0000-01-01T00:00:00.000Z");
    assert_format(INT64_MIN, "0000-01-01T00:00:00.000Z");
    assert_format(year_10000_ms, "9999-12-31T23:59:59.999Z");
    assert_format(INT64_MAX, "9999-12-31T23:59:59.999Z");
}

static void test_format_writes_no_more(void **state)
{
    (void)state;
    char text[TIME_TEXT_SIZE + 1];
    text[TIME_TEXT_SIZE] = '?';
    time_format(0, text);
    assert_int_equal(text[TIME_TEXT_SIZE], '?');
    struct arena *arena = arena_new();
    assert_true(text_eq(time_text(arena, 0), T("1970-01-01T00:00:00.000Z")));
    arena_free(arena);
    arena_trim();
}

static bool is_leap(int year)
{
    return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
}

static int month_length(int year, int month)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

static void put(char *to, int value, int digits)
{
    for (int i = digits; i-- > 0; value /= 10)
        to[i] = (char)('0' + value % 10);
}

/* Both directions on every day from 0000-01-01 to 9999-12-31, against a calendar that only counts. */
static void test_every_day(void **state)
{
    (void)state;
    char expected[TIME_TEXT_SIZE + 1] = "0000-00-00T12:34:56.789Z", text[TIME_TEXT_SIZE];
    int64_t ms = year_0_ms + 45296789, back;
    for (int year = 0; year <= 9999; year++) {
        put(expected, year, 4);
        for (int month = 1; month <= 12; month++) {
            put(expected + 5, month, 2);
            for (int day = 1; day <= month_length(year, month); day++, ms += ms_per_day) {
                put(expected + 8, day, 2);
                time_format(ms, text);
                if (memcmp(text, expected, sizeof text) != 0)
                    fail_msg("%s became %.24s", expected, text);
                if (!time_parse(text_of(expected), &back) || back != ms)
                    fail_msg("%s not parsed", expected);
            }
        }
    }
    assert_true(ms == year_10000_ms + 45296789);
}

static void test_every_second_of_a_day(void **state)
{
    (void)state;
    for (int64_t ms = 0; ms < ms_per_day; ms += 997) {
        char text[TIME_TEXT_SIZE];
        int64_t back;
        time_format(1709164800000 + ms, text);
        assert_memory_equal(text, "2024-02-29T", 11);
        assert_true(time_parse((struct text){ text, sizeof text }, &back));
        assert_true(back == 1709164800000 + ms);
    }
}

static void test_parse(void **state)
{
    (void)state;
    const struct {
        struct text in;
        int64_t ms;
    } rows[] = {
        { T("1970-01-01T00:00Z"), 0 },
        { T("1970-01-01T00:01Z"), 60000 },
        { T("1970-01-01T00:00:01Z"), 1000 },
        { T("1970-01-01T23:59:59Z"), 86399000 },
        { T("1970-01-01T00:00:00.1Z"), 100 },
        { T("1970-01-01T00:00:00.12Z"), 120 },
        { T("1970-01-01T00:00:00.123Z"), 123 },
        { T("1970-01-01T00:00:00.1239Z"), 123 },
        { T("1970-01-01T00:00:00.0009999999999999999999999999Z"), 0 },
        { T("1970-01-01T00:00:00.999999999999999999999999Z"), 999 },
        { T("1969-12-31T23:59:59.999Z"), -1 },
        { T("2000-02-29T00:00Z"), 951782400000 },
        { T("2024-02-29T00:00:00Z"), 1709164800000 },
        { T("0000-02-29T00:00Z"), -62162121600000 },
        { T("0000-01-01T00:00Z"), -62167219200000 },
        { T("9999-12-31T23:59:59.999Z"), 253402300799999 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t ms = 1;
        assert_true(time_parse(rows[i].in, &ms));
        assert_true(ms == rows[i].ms);
    }
}

static void test_parse_refused(void **state)
{
    (void)state;
    const struct text rows[] = {
        { NULL, 0 }, T(""), T("Z"), T("2024-01-01"), T("2024-01-01Z"), T("2024-01-01T"), T("2024-01-01TZ"),
        T("2024-01-01T00Z"), T("2024-01-01T00:00"), T("2024-01-01T00:00:00.000"), T("2024-01-01T00:00:Z"),
        T("2024-01-01T00:00.5Z"), T("2024-01-01T00:00:00.Z"), T("2024-01-01T00:00:00,5Z"),
        T("2024-01-01T0:00Z"),
        T("2024-01-01T00:00:0Z"), T("2024-01-01T00:00:000Z"), T("2024-01-01T000:00Z"),
        T("02024-01-01T00:00Z"),
        T("2024-1-01T00:00Z"), T("2024-01-1T00:00Z"), T("24-01-01T00:00Z"), T("20240101T0000Z"),
        T("2024-01-01t00:00Z"), T("2024-01-01T00:00z"), T("2024-01-01 00:00Z"), T("2024-01-01T00:00+00:00"),
        T("2024-01-01T00:00Z "), T(" 2024-01-01T00:00Z"), T("2024-01-01T00:00Z\n"), T("2024-01-01T00:00Z\0"),
        T("2024-01-01T24:00Z"), T("2024-01-01T23:60Z"), T("2024-01-01T23:59:60Z"), T("-024-01-01T00:00Z"),
        T("2024-00-01T00:00Z"), T("2024-13-01T00:00Z"), T("2024-01-00T00:00Z"), T("2024-01-32T00:00Z"),
        T("2024-04-31T00:00Z"), T("2024-02-30T00:00Z"), T("2023-02-29T00:00Z"), T("1900-02-29T00:00Z"),
        T("2100-02-29T00:00Z"), T("2024-01-01T00:00:00.00aZ"), T("2024-01-01T00:00:00.0 Z"),
        T("2024-01-01T00:00:00.123ZZ"), T("+2024-01-01T00:00Z"), T("2024-01-01T00:00:00.1.2Z"),
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t ms = 42;
        if (time_parse(rows[i], &ms))
            fail_msg("accepted: %.*s", TEXT_ARG(rows[i]));
        assert_true(ms == 42);
    }
}

/* The published pattern in POSIX spelling: plain groups, and classes instead of \d. */
static void pattern_to_posix(char *ret, size_t room)
{
    size_t n = 0;
    for (const char *p = time_pattern; *p && n + 6 < room; p++) {
        if (strncmp(p, "\\d", 2) == 0) {
            memcpy(ret + n, "[0-9]", 5);
            n += 5;
            p++;
            continue;
        }
        ret[n++] = *p;
        if (strncmp(p, "(?:", 3) == 0)
            p += 2;
    }
    ret[n] = '\0';
}

static void agree(const regex_t *pattern, const char *text, unsigned *good)
{
    int64_t ms;
    bool parsed = time_parse(text_of(text), &ms);
    if (parsed != (regexec(pattern, text, 0, NULL, 0) == 0))
        fail_msg("parser and pattern differ: %s", text);
    *good += parsed;
}

/* Every byte in every place of some good times, and every place cut out. */
static void agree_on_changes(const regex_t *pattern, const char *good_text, unsigned *good)
{
    char text[64];
    size_t n = strlen(good_text);
    for (size_t at = 0; at < n; at++) {
        memcpy(text, good_text, n + 1);
        for (int c = 1; c < 256; c++) {
            text[at] = (char)c;
            agree(pattern, text, good);
        }
        memcpy(text + at, good_text + at + 1, n - at);
        agree(pattern, text, good);
    }
}

/* Every month and day, real or not, of years of each kind. */
static void agree_on_dates(const regex_t *pattern, unsigned *good)
{
    static const int years[] = {
        0, 4, 100, 400, 1900, 1996, 1999, 2000, 2023, 2024, 2026, 2100, 2400, 9996, 9999,
    };
    char text[] = "0000-00-00T00:00:00Z";
    for (size_t y = 0; y < COUNT(years); y++) {
        for (int date = 0; date < 10000; date++) {
            put(text, years[y], 4);
            put(text + 5, date / 100, 2);
            put(text + 8, date % 100, 2);
            agree(pattern, text, good);
        }
    }
}

static void test_agrees_with_pattern(void **state)
{
    (void)state;
    char posix[1000];
    regex_t pattern;
    unsigned good = 0;
    pattern_to_posix(posix, sizeof posix);
    assert_int_equal(regcomp(&pattern, posix, REG_EXTENDED | REG_NOSUB), 0);
    agree_on_dates(&pattern, &good);
    assert_int_equal(good, 15 * 365 + 8);
    agree_on_changes(&pattern, "2024-02-29T23:59:59.123Z", &good);
    agree_on_changes(&pattern, "2023-11-30T09:05:00Z", &good);
    agree_on_changes(&pattern, "2000-12-31T19:00Z", &good);
    assert_true(good > 15 * 365 + 8 + 100);
    regfree(&pattern);
}

static void test_pattern_is_verbatim(void **state)
{
    (void)state;
    struct text pattern = text_of(time_pattern);
    assert_true(text_starts(pattern, T("^(?:(?:\\d\\d[2468][048]|")));
    assert_true(text_ends(pattern, T("(?::[0-5]\\d(?:\\.\\d+)?)?(?:Z))$")));
    assert_int_equal(pattern.n, 261);
}

static void test_clocks(void **state)
{
    (void)state;
    int64_t before = (int64_t)time(NULL) * 1000, now = clock_real_ms();
    assert_true(now >= before - 1000 && now < before + 60000);
    int64_t start = clock_steady_us();
    nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
    int64_t passed = clock_steady_us() - start;
    assert_true(passed >= 5000 && passed < 60000000);
    for (int i = 0; i < 1000; i++) {
        int64_t next = clock_steady_us();
        assert_true(next >= start);
        start = next;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_format),
        cmocka_unit_test(test_format_clips),
        cmocka_unit_test(test_format_writes_no_more),
        cmocka_unit_test(test_every_day),
        cmocka_unit_test(test_every_second_of_a_day),
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_parse_refused),
        cmocka_unit_test(test_agrees_with_pattern),
        cmocka_unit_test(test_pattern_is_verbatim),
        cmocka_unit_test(test_clocks),
    };
    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
