/* UUID: what is accepted is what the documented pattern accepts; and ids made of names. */
#include "base/uuid.h"

#include "base/arena.h"
#include "base/secret.h"

#include <regex.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char sample[] = "01234567-89ab-cdef-0123-456789abcdef";

static int start(void **state)
{
    *state = arena_new();
    return secret_start() ? 0 : -1;
}

static int stop(void **state)
{
    arena_free(*state);
    arena_trim();
    return 0;
}

static void test_round_trip(void **state)
{
    struct uuid id;
    assert_true(uuid_parse(text_of(sample), &id));
    assert_memory_equal(id.b, "\x01\x23\x45\x67\x89\xab\xcd\xef\x01\x23\x45\x67\x89\xab\xcd\xef", 16);
    assert_true(text_eq(uuid_text(*state, &id), text_of(sample)));
    char exact[UUID_TEXT_SIZE + 1];
    exact[UUID_TEXT_SIZE] = '?';
    uuid_format(&id, exact);
    assert_memory_equal(exact, sample, UUID_TEXT_SIZE);
    assert_int_equal(exact[UUID_TEXT_SIZE], '?');
}

static void test_case_and_version(void **state)
{
    const struct text in[] = {
        T("00000000-0000-0000-0000-000000000000"),
        T("FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"),
        T("AbCdEf00-0000-9000-c000-00000000000F"),
    };
    for (size_t i = 0; i < COUNT(in); i++) {
        struct uuid id;
        assert_true(uuid_parse(in[i], &id));
        assert_true(text_eq(uuid_text(*state, &id), text_lower(*state, in[i])));
    }
}

static void test_bad(void **state)
{
    (void)state;
    const struct text bad[] = {
        { NULL, 0 }, T(""),
        T("01234567-89ab-cdef-0123-456789abcde"), T("01234567-89ab-cdef-0123-456789abcdef0"),
        T("0123456789abcdef0123456789abcdef"), T("{01234567-89ab-cdef-0123-456789abcdef}"),
        T("01234567-89ab-cdef-0123-456789abcdeg"), T("01234567-89ab-cdef-01234-56789abcdef"),
        T("012345678-9ab-cdef-0123-456789abcdef"), T("01234567-89ab-cdef-0123-456789abcde "),
        T("01234567_89ab_cdef_0123_456789abcdef"), T("01234567-89ab-cdef-0123-456789abcde\0"),
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct uuid id = { { 42 } };
        assert_false(uuid_parse(bad[i], &id));
        assert_int_equal(id.b[0], 42);
    }
}

/* Every byte in every place of a good one: the parser and the published pattern agree. */
static void test_agrees_with_pattern(void **state)
{
    (void)state;
    regex_t pattern;
    assert_int_equal(regcomp(&pattern, UUID_PATTERN, REG_EXTENDED | REG_NOSUB), 0);
    unsigned good = 0;
    for (size_t at = 0; at < UUID_TEXT_SIZE; at++) {
        for (int c = 1; c < 256; c++) {
            char text[sizeof sample];
            memcpy(text, sample, sizeof sample);
            text[at] = (char)c;
            struct uuid id;
            bool parsed = uuid_parse(text_of(text), &id);
            assert_int_equal(parsed, regexec(&pattern, text, 0, NULL, 0) == 0);
            good += parsed;
        }
    }
    assert_int_equal(good, 32 * 22 + 4);
    regfree(&pattern);
}

static void test_eq(void **state)
{
    (void)state;
    struct uuid a = uuid_of_name(T("a"), T("b")), b = a;
    assert_true(uuid_eq(&a, &b));
    for (size_t i = 0; i < sizeof a.b; i++) {
        b = a;
        b.b[i] ^= 0x80;
        assert_false(uuid_eq(&a, &b));
    }
}

/* Fixtures and clients rely on these ids, so they are pinned. */
static void test_of_name_is_pinned(void **state)
{
    struct uuid id = uuid_of_name(T("connection"), T("Acme Slack"));
    assert_true(text_eq(uuid_text(*state, &id), T("220dd7e2-4caf-80f6-823e-4f934e72db16")));
    id = uuid_of_name((struct text){ 0 }, T(""));
    assert_true(text_eq(uuid_text(*state, &id), T("7025e075-d5e2-86cd-a3cc-051a31f07660")));
}

static void test_of_name(void **state)
{
    (void)state;
    struct uuid id = uuid_of_name(T("a"), T("bc")), other = uuid_of_name(T("ab"), T("c"));
    assert_false(uuid_eq(&id, &other));
    other = uuid_of_name(T("bc"), T("a"));
    assert_false(uuid_eq(&id, &other));
    for (char c = 'a'; c <= 'z'; c++) {
        id = uuid_of_name(T("kind"), (struct text){ &c, 1 });
        other = uuid_of_name(T("kind"), (struct text){ &c, 1 });
        assert_true(uuid_eq(&id, &other));
        assert_int_equal(id.b[6] >> 4, 8);
        assert_int_equal(id.b[8] >> 6, 2);
    }
}

static void test_of_rfc(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is;
    } ids[] = {
        { "6f1d2c3b-1111-1aaa-8bbb-000000000001", true },  { "6f1d2c3b-1111-8aaa-bbbb-000000000001", true },
        { "6f1d2c3b-1111-0aaa-8bbb-000000000001", false }, { "6f1d2c3b-1111-9aaa-8bbb-000000000001", false },
        { "6f1d2c3b-1111-4aaa-7bbb-000000000001", false }, { "6f1d2c3b-1111-4aaa-cbbb-000000000001", false },
        { "00000000-0000-0000-0000-000000000000", true },  { "ffffffff-ffff-ffff-ffff-ffffffffffff", true },
        { "00000000-0000-0000-0000-000000000001", false }, { "ffffffff-ffff-ffff-ffff-fffffffffffe", false },
    };
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        struct uuid id;
        assert_true(uuid_parse(text_of(ids[i].text), &id));
        assert_int_equal(uuid_is_of_rfc(&id), ids[i].is);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_case_and_version),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_agrees_with_pattern),
        cmocka_unit_test(test_eq),
        cmocka_unit_test(test_of_name_is_pinned),
        cmocka_unit_test(test_of_name),
        cmocka_unit_test(test_of_rfc),
    };
    return cmocka_run_group_tests_name("uuid", tests, start, stop);
}
