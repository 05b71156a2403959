/* Buffer: its bounds, growth, and what a full one keeps. */
#include "base/buf.h"

#include "scratch.h"

#include "base/arena.h"

#include <stdint.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define assert_text(actual, literal) assert_true(text_eq((actual), T(literal)))

static void test_empty(void **state)
{
    struct buf b = buf_new(*state, 10);
    assert_null(b.p);
    assert_text(buf_text(&b), "");
    assert_non_null(buf_text(&b).p);
    buf_add(&b, (struct text){ 0 });
    buf_addf(&b, "%s", "");
    assert_int_equal(b.n, 0);
    assert_false(b.full);
    assert_non_null(buf_reserve(&b, 0));
    assert_false(b.full);
}

static void test_append(void **state)
{
    struct buf b = buf_new(*state, 100);
    buf_add(&b, T("one"));
    buf_add_char(&b, ' ');
    buf_addf(&b, "%d%s", 2, "!");
    buf_add_bytes(&b, "\0x", 2);
    char *to = buf_reserve(&b, 5);
    assert_non_null(to);
    memcpy(to, "end", 3);
    b.n += 3;
    assert_text(buf_text(&b), "one 2!\0xend");
    assert_false(b.full);
}

static void test_max_zero(void **state)
{
    struct buf b = buf_new(*state, 0);
    assert_non_null(buf_reserve(&b, 0));
    buf_addf(&b, "%s", "");
    assert_false(b.full);
    buf_add_char(&b, 'x');
    assert_true(b.full);
    assert_int_equal(b.n, 0);
}

/* For every small maximum, each way of appending fills the buffer to the brim; one more byte is refused. */
static void append_bytes(struct buf *b, size_t n)
{
    char bytes[700] = { 0 };
    buf_add_bytes(b, bytes, n);
}

static void append_chars(struct buf *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_add_char(b, 'x');
}

static void append_printed(struct buf *b, size_t n)
{
    if (n)
        buf_addf(b, "%*d", (int)n, 1);
}

static void append_reserved(struct buf *b, size_t n)
{
    char *to = buf_reserve(b, n);
    if (!to)
        return;
    memset(to, 'r', n);
    b->n += n;
}

static void test_every_max(void **state)
{
    static void (*const ways[])(struct buf *, size_t) = {
        append_bytes, append_chars, append_printed, append_reserved,
    };
    for (size_t max = 0; max < 600; max++) {
        for (size_t way = 0; way < 4; way++) {
            struct buf b = buf_new(*state, max);
            ways[way](&b, max / 3);
            ways[way](&b, max - max / 3);
            assert_int_equal(b.n, max);
            assert_false(b.full);
            ways[way](&b, 1);
            assert_int_equal(b.n, max);
            assert_true(b.full);
        }
    }
}

static void test_full_keeps_a_prefix(void **state)
{
    struct buf b = buf_new(*state, 5);
    buf_add(&b, T("abc"));
    buf_add(&b, T("defg"));
    assert_true(b.full);
    buf_add_char(&b, 'x');
    buf_addf(&b, "%d", 1);
    buf_add(&b, T("y"));
    assert_null(buf_reserve(&b, 0));
    assert_text(buf_text(&b), "abc");
    struct buf printed = buf_new(*state, 5);
    buf_add(&printed, T("abc"));
    buf_addf(&printed, "%d", 123);
    assert_true(printed.full);
    assert_text(buf_text(&printed), "abc");
}

static void test_overflow(void **state)
{
    struct buf b = buf_new(*state, SIZE_MAX);
    buf_add_char(&b, 'a');
    assert_null(buf_reserve(&b, SIZE_MAX - 1));
    assert_true(b.full);
    struct buf c = buf_new(*state, 10);
    buf_add_char(&c, 'a');
    assert_null(buf_reserve(&c, SIZE_MAX - 1));
    assert_text(buf_text(&c), "a");
}

/* Two buffers that take turns cannot grow in place, and still keep what they have. */
static void test_growth(void **state)
{
    enum { COUNT = 100000 };
    struct buf a = buf_new(*state, COUNT), b = buf_new(*state, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        buf_add_char(&a, (char)('a' + i % 26));
        buf_add_char(&b, (char)('A' + i % 26));
    }
    assert_false(a.full || b.full);
    for (size_t i = 0; i < COUNT; i++) {
        assert_int_equal(a.p[i], 'a' + i % 26);
        assert_int_equal(b.p[i], 'A' + i % 26);
    }
}

static void test_append_itself(void **state)
{
    struct buf b = buf_new(*state, 4096);
    buf_add(&b, T("0123456789abcdef"));
    for (size_t i = 0; i < 8; i++)
        buf_add(&b, buf_text(&b));
    assert_int_equal(b.n, 4096);
    assert_false(b.full);
    for (size_t i = 0; i < b.n; i++)
        assert_int_equal(b.p[i], "0123456789abcdef"[i % 16]);
}

/* The text is printed again when it did not fit, with the same arguments. */
static void test_print_across_growth(void **state)
{
    struct buf b = buf_new(*state, 10000);
    size_t n = 0;
    for (int i = 0; i < 500; i++) {
        buf_addf(&b, "%d,%s;", i, "abc");
        n += i < 10 ? 6 : i < 100 ? 7 : 8;
        assert_int_equal(b.n, n);
    }
    assert_true(text_starts(buf_text(&b), T("0,abc;1,abc;")));
    assert_true(text_ends(buf_text(&b), T("498,abc;499,abc;")));
    assert_true(text_contains(buf_text(&b), T(";36,abc;37,abc;38,abc;")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_empty),
        TEST(test_append),
        TEST(test_max_zero),
        TEST(test_every_max),
        TEST(test_full_keeps_a_prefix),
        TEST(test_overflow),
        TEST(test_growth),
        TEST(test_append_itself),
        TEST(test_print_across_growth),
    };
    return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
