/* Kept: the same value of the same row is kept as the same in every process, an older version's with its file's key
 * alone; each has a text that reads back. */
#include "base/kept.h"

#include "base/arena.h"
#include "rig.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct arena *arena;
static const struct uuid row = { { 1, 2, 3 } }, other_row = { { 1, 2, 4 } };

static int setup(void **state)
{
    (void)state;
    arena = arena_new();
    return secret_start() ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* By Python's hashlib.blake2b. */
#define KEY_TEXT "k1:91a27b6ee3e4110f377c5fb26da48b7d1a8dda51349292172bf0075d66a84911"
#define VALUE_TEXT "s1:96326b7b2ccc69615091c70cd6675a81:" \
                   "0432b56eae74ca0b8903d8599aa915fbaf28d13d349cad9488ba80eeccb0431d"

static struct secret value_of(const char *value)
{
    return secret_of(text_of(value));
}

/* These texts are in the exports of others: they never change. */
static void test_texts(void **state)
{
    (void)state;
    const struct kept key = kept_key(value_of("dv_test_owner"));
    const struct kept value = kept_value(&row, T("X-Key"), value_of("s3cret"));
    assert_true(text_eq(kept_text(arena, &key), T(KEY_TEXT)));
    assert_true(text_eq(kept_text(arena, &value), T(VALUE_TEXT)));
    assert_int_equal(kept_text(arena, &key).n, KEPT_KEY_TEXT_MAX);
    assert_int_equal(kept_text(arena, &value).n, KEPT_VALUE_TEXT_MAX);
}

static void expect_reads_back(const struct kept *kept, const char *read(struct text, struct kept *))
{
    struct kept back;
    memset(&back, 0xff, sizeof back);
    assert_null(read(kept_text(arena, kept), &back));
    assert_true(kept_eq(kept, &back));
}

static void test_reads_back(void **state)
{
    (void)state;
    const struct secret_key file = secret_key_new();
    const struct kept key = kept_key(value_of("k")), value = kept_value(&row, T("A"), value_of("v")),
                      old = kept_file(&file, value_of("v"));
    expect_reads_back(&key, kept_read_key);
    expect_reads_back(&value, kept_read_value);
    expect_reads_back(&old, kept_read_key);
    expect_reads_back(&old, kept_read_value);
    assert_int_equal(kept_text(arena, &old).n, KEPT_TEXT_MIN);
}

#define DIGITS "00112233445566778899aabbccddeeff"

static void test_wrong_texts(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "", "k1", "k1:", "s1:", "s1:" DIGITS, "s1:" DIGITS ":", "s1:" DIGITS DIGITS DIGITS, "s1::" DIGITS DIGITS,
        "s2:" DIGITS ":" DIGITS DIGITS, "k2:" DIGITS DIGITS, "K1:" DIGITS DIGITS, DIGITS, DIGITS DIGITS "0",
        "k1:" DIGITS DIGITS "00", "k1: " DIGITS DIGITS, "s1:" DIGITS ":" DIGITS DIGITS ":",
        "s1:" DIGITS "00:" DIGITS DIGITS,
        "k1:" DIGITS "g0112233445566778899aabbccddeeff", "s1:" DIGITS ":" DIGITS "00112233445566778899aabbccddeefg",
    };
    struct kept kept;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        assert_non_null(kept_read_key(text_of(wrong[i]), &kept));
        assert_non_null(kept_read_value(text_of(wrong[i]), &kept));
    }
    assert_non_null(kept_read_key(T("s1:" DIGITS ":" DIGITS DIGITS), &kept));
    assert_non_null(kept_read_value(T("k1:" DIGITS DIGITS), &kept));
    assert_null(kept_read_value(T("s1:" DIGITS ":" DIGITS DIGITS), &kept));
    assert_null(kept_read_key(T("k1:" DIGITS DIGITS), &kept));
}

/* A value is told from every other one, whichever way it is kept. */
static void test_matches(void **state)
{
    (void)state;
    const struct secret_key file = secret_key_new(), other = secret_key_new();
    const struct kept kinds[] = { kept_key(value_of("v")), kept_value(&row, T("A"), value_of("v")),
                                  kept_file(&file, value_of("v")) };
    for (size_t i = 0; i < COUNT(kinds); i++) {
        assert_true(kept_matches(&kinds[i], &file, value_of("v")));
        assert_false(kept_matches(&kinds[i], &file, value_of("V")));
        assert_false(kept_matches(&kinds[i], &file, value_of("")));
        assert_int_equal(kept_matches(&kinds[i], &other, value_of("v")), kinds[i].kind != KEPT_FILE);
        for (size_t k = 0; k < COUNT(kinds); k++)
            assert_int_equal(kept_eq(&kinds[i], &kinds[k]), i == k);
    }
}

/* The salt is the row's and the name's; with it alone the value is found equal, whatever the name is later. */
static void test_salts(void **state)
{
    (void)state;
    const struct secret_key file = secret_key_new();
    const struct kept kept = kept_value(&row, T("A"), value_of("v")), same = kept_value(&row, T("A"), value_of("v"));
    const struct kept others[] = { kept_value(&other_row, T("A"), value_of("v")),
                                   kept_value(&row, T("B"), value_of("v")),
                                   kept_value(&row, T(""), value_of("v")) };
    assert_true(kept_eq(&kept, &same));
    for (size_t i = 0; i < COUNT(others); i++) {
        assert_memory_not_equal(kept.salt, others[i].salt, sizeof kept.salt);
        assert_memory_not_equal(kept.hash.b, others[i].hash.b, sizeof kept.hash.b);
        assert_true(kept_matches(&others[i], &file, value_of("v")));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts), cmocka_unit_test(test_reads_back), cmocka_unit_test(test_wrong_texts),
        cmocka_unit_test(test_matches), cmocka_unit_test(test_salts),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
