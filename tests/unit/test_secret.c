/* Secret: hashes that tell equal from different under one key and nothing across keys. */
#include "base/secret.h"

#include "base/arena.h"
#include "base/hex.h"

#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const struct secret_key zero_key;

static int start(void **state)
{
    (void)state;
    return secret_start() ? 0 : -1;
}

static void test_start_again(void **state)
{
    (void)state;
    assert_true(secret_start());
    assert_true(secret_start());
}

static void test_length(void **state)
{
    (void)state;
    assert_true(secret_is_empty(secret_of((struct text){ 0 })));
    assert_true(secret_is_empty(secret_of(T(""))));
    assert_int_equal(secret_length(secret_of(T(""))), 0);
    assert_false(secret_is_empty(secret_of(T("x"))));
    assert_int_equal(secret_length(secret_of(T("a\0b"))), 3);
}

static void test_bytes_are_borrowed(void **state)
{
    (void)state;
    static const char value[] = "sk-live-1";
    assert_ptr_equal(secret_of(text_of(value)).hidden.p, value);
}

static bool hashes_eq(const struct secret_key *a, struct text x, const struct secret_key *b, struct text y)
{
    struct secret_hash first = secret_hash(a, secret_of(x)), second = secret_hash(b, secret_of(y));
    return secret_hash_eq(&first, &second);
}

static void test_hash(void **state)
{
    (void)state;
    struct secret_key key = secret_key_new();
    assert_true(hashes_eq(&key, T("value"), &key, T("value")));
    assert_true(hashes_eq(&key, (struct text){ 0 }, &key, T("")));
    assert_false(hashes_eq(&key, T("value"), &key, T("Value")));
    assert_false(hashes_eq(&key, T("value"), &key, T("valu")));
    assert_false(hashes_eq(&key, T("a\0b"), &key, T("a\0c")));
    assert_false(hashes_eq(&key, T(""), &key, T("\0")));
    assert_false(hashes_eq(&key, T("value"), &zero_key, T("value")));
}

/* Stored hashes must keep their meaning, so the function is pinned: BLAKE2b, key and result of 32 bytes. */
static void test_hash_is_pinned(void **state)
{
    struct secret_key key;
    for (size_t i = 0; i < sizeof key.b; i++)
        key.b[i] = (uint8_t)i;
    struct secret_hash hash = secret_hash(&key, secret_of(T("sk-live-1")));
    static const char expected[] = "3b83dfa9fd60f23349fb809d38117d12e4f0fd0eabd4c24ef6ed35f742a53d41";
    assert_true(text_eq(hex_encode(*state, hash.b, sizeof hash.b), text_of(expected)));
}

static void test_hash_eq_sees_every_byte(void **state)
{
    (void)state;
    struct secret_hash a = secret_hash(&zero_key, secret_of(T("x")));
    for (size_t i = 0; i < sizeof a.b; i++) {
        struct secret_hash b = a;
        assert_true(secret_hash_eq(&a, &b));
        b.b[i] ^= 1;
        assert_false(secret_hash_eq(&a, &b));
    }
}

static void test_keys_differ(void **state)
{
    (void)state;
    struct secret_key a = secret_key_new(), b = secret_key_new();
    assert_memory_not_equal(a.b, b.b, sizeof a.b);
    assert_memory_not_equal(a.b, zero_key.b, sizeof a.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_start_again),
        cmocka_unit_test(test_length),
        cmocka_unit_test(test_bytes_are_borrowed),
        cmocka_unit_test(test_hash),
        cmocka_unit_test_setup_teardown(test_hash_is_pinned, arena_setup, arena_teardown),
        cmocka_unit_test(test_hash_eq_sees_every_byte),
        cmocka_unit_test(test_keys_differ),
    };
    return cmocka_run_group_tests_name("secret", tests, start, NULL);
}
