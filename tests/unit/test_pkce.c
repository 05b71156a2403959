/* PKCE: the worked example of RFC 7636, lengths and alphabet, and what does not fit. */
#include "base/pkce.h"

#include "base/secret.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* RFC 7636 appendix B. */
#define VERIFIER T("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
#define CHALLENGE T("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")

static int start(void **state)
{
    (void)state;
    return secret_start() ? 0 : -1;
}

/* `n` times the character. */
static struct text run_of(char c, size_t n)
{
    char *p = arena_alloc(scratch, n + 1);
    memset(p, c, n);
    return (struct text){ p, n };
}

static void test_example(void **state)
{
    (void)state;
    const struct text challenge = pkce_challenge(scratch, VERIFIER);
    assert_int_equal(challenge.n, CHALLENGE.n);
    assert_memory_equal(challenge.p, CHALLENGE.p, challenge.n);
    assert_true(pkce_verify(VERIFIER, CHALLENGE));
}

static void test_new(void **state)
{
    (void)state;
    const struct text a = pkce_verifier_new(scratch), b = pkce_verifier_new(scratch);
    assert_int_equal(a.n, PKCE_VERIFIER_MIN);
    assert_true(pkce_is_verifier(a));
    assert_false(text_eq(a, b));
    assert_true(pkce_is_challenge(pkce_challenge(scratch, a)));
    assert_true(pkce_verify(a, pkce_challenge(scratch, a)));
    assert_false(pkce_verify(b, pkce_challenge(scratch, a)));
}

static void test_verifier_length(void **state)
{
    (void)state;
    static const struct { size_t n; bool good; } rows[] = {
        { 0, false }, { 42, false }, { 43, true }, { 128, true }, { 129, false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct text verifier = run_of('a', rows[i].n);
        assert_int_equal(pkce_is_verifier(verifier), rows[i].good);
        assert_int_equal(pkce_verify(verifier, pkce_challenge(scratch, verifier)), rows[i].good);
    }
}

static void test_verifier_alphabet(void **state)
{
    (void)state;
    static const char good[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (int c = 0; c < 256; c++) {
        struct text verifier = text_copy(scratch, VERIFIER);
        char *p = arena_alloc(scratch, verifier.n);
        memcpy(p, verifier.p, verifier.n);
        p[20] = (char)c;
        assert_int_equal(pkce_is_verifier((struct text){ p, verifier.n }), c && strchr(good, c));
    }
}

static void test_challenge(void **state)
{
    (void)state;
    assert_true(pkce_is_challenge(CHALLENGE));
    static const char *const bad[] = {
        "", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMA",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cN", /* bits are left over */
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw.cM",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c=",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(pkce_is_challenge(text_of(bad[i])));
        assert_false(pkce_verify(VERIFIER, text_of(bad[i])));
    }
    assert_false(pkce_verify(VERIFIER, VERIFIER)); /* the method `plain` */
    assert_false(pkce_verify((struct text){ 0 }, CHALLENGE));
    assert_false(pkce_verify(VERIFIER, (struct text){ 0 }));
}

static void test_every_byte_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHALLENGE.n; i++) {
        char other[PKCE_CHALLENGE_LENGTH];
        memcpy(other, CHALLENGE.p, sizeof other);
        other[i] = other[i] == 'A' ? 'E' : 'A';
        assert_false(pkce_verify(VERIFIER, (struct text){ other, sizeof other }));
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_example),           TEST(test_new),       TEST(test_verifier_length),
        TEST(test_verifier_alphabet), TEST(test_challenge), TEST(test_every_byte_counts),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
