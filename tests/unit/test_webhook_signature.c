/* Signatures of webhooks: published vectors, secrets of either form, and what must not hold. */
#include "net/webhook_signature.h"

#include "scratch.h"

#include "base/hex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The worked example of Standard Webhooks' libraries. */
#define SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
#define SIGNATURE "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
static const struct webhook_message example = {
    { "msg_p5jXN8AQM9LWM0D4loKWxJek", 28 }, { "1614265330", 10 }, { "{\"test\": 2432232314}", 20 },
};

static int start(void **state)
{
    (void)state;
    return secret_start() ? 0 : -1;
}

static struct secret secret(const char *text)
{
    return secret_of(text_of(text));
}

static void test_standard_vector(void **state)
{
    (void)state;
    const struct text signature = webhook_sign(scratch, WEBHOOK_STANDARD, secret(SECRET), &example);
    assert_true(text_eq(signature, T(SIGNATURE)));
    assert_true(webhook_is_signed(WEBHOOK_STANDARD, secret(SECRET), &example, signature));
}

/* The example of GitHub's page on validating deliveries, and RFC 4231 section 4.3 (test case 2). */
static void test_body_vectors(void **state)
{
    (void)state;
    static const struct { const char *secret, *body, *digits; } rows[] = {
        { "It's a Secret to Everybody", "Hello, World!",
          "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17" },
        { "Jefe", "what do ya want for nothing?",
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct webhook_message message = example;
        message.body = text_of(rows[i].body);
        const struct text digits = webhook_sign(scratch, WEBHOOK_BODY, secret(rows[i].secret), &message);
        assert_true(text_eq(digits, text_of(rows[i].digits)));
        assert_true(webhook_is_signed(WEBHOOK_BODY, secret(rows[i].secret), &message, digits));
        message.id = T("another"); /* nobody signed it */
        assert_true(webhook_is_signed(WEBHOOK_BODY, secret(rows[i].secret), &message, digits));
    }
}

/* Behind whsec_ stands base64; any other secret is its own bytes, base64 or not. */
static void test_two_forms_of_one_key(void **state)
{
    (void)state;
    struct text key;
    assert_true(base64_decode(scratch, T("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), &key));
    assert_true(webhook_is_signed(WEBHOOK_STANDARD, secret_of(key), &example, T(SIGNATURE)));
    assert_false(webhook_is_signed(WEBHOOK_STANDARD, secret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), &example,
                                   T(SIGNATURE)));
}

static void test_several_in_a_header(void **state)
{
    (void)state;
    static const char *const good[] = { "v1,AAAA " SIGNATURE, SIGNATURE " v1a,xyz", "  " SIGNATURE "  ",
                                        "v2,x  " SIGNATURE };
    for (size_t i = 0; i < COUNT(good); i++)
        if (!webhook_is_signed(WEBHOOK_STANDARD, secret(SECRET), &example, text_of(good[i])))
            fail_msg("row %zu", i);
}

static void test_what_does_not_hold(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", " ", "v1,", "v1", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1O",
        "v1,h0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "v1, g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OEA", "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    };
    for (size_t i = 0; i < COUNT(bad); i++)
        if (webhook_is_signed(WEBHOOK_STANDARD, secret(SECRET), &example, text_of(bad[i])))
            fail_msg("row %zu", i);
    assert_false(webhook_is_signed(WEBHOOK_STANDARD, secret(SECRET), &example, (struct text){ NULL, 0 }));
    assert_false(webhook_is_signed(WEBHOOK_BODY, secret(SECRET), &example, T(SIGNATURE)));
    assert_false(webhook_is_signed(WEBHOOK_STANDARD, secret(""), &example, T(SIGNATURE)));
    assert_false(webhook_is_signed(WEBHOOK_STANDARD, secret("whsec_?"), &example, T(SIGNATURE)));
}

static void test_each_part_counts(void **state)
{
    (void)state;
    for (int part = 0; part < 3; part++) {
        struct webhook_message message = example;
        struct text *parts[] = { &message.id, &message.timestamp, &message.body };
        *parts[part] = text_clip(*parts[part], parts[part]->n - 1);
        assert_false(webhook_is_signed(WEBHOOK_STANDARD, secret(SECRET), &message, T(SIGNATURE)));
    }
    assert_false(webhook_is_signed(WEBHOOK_STANDARD, secret(SECRET "BBBB"), &example, T(SIGNATURE)));
}

static void test_secrets(void **state)
{
    (void)state;
    static const struct { const char *secret; bool good; } rows[] = {
        { "", false }, { "x", true }, { SECRET, true }, { "whsec_", false }, { "whsec_?", false }, { "whsec", true },
        { "WHSEC_?", true }, { "whsec_ AAAA", false }, { "whsec_AAAA", true },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if ((webhook_secret_check(secret(rows[i].secret)) == NULL) != rows[i].good)
            fail_msg("row %zu", i);
}

static void test_new_secrets(void **state)
{
    (void)state;
    const struct secret a = webhook_secret_new(scratch), b = webhook_secret_new(scratch);
    assert_null(webhook_secret_check(a));
    assert_int_equal(secret_length(a), 6 + 44);
    const struct text signature = webhook_sign(scratch, WEBHOOK_STANDARD, a, &example);
    assert_true(webhook_is_signed(WEBHOOK_STANDARD, a, &example, signature));
    assert_false(webhook_is_signed(WEBHOOK_STANDARD, b, &example, signature));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_standard_vector),    TEST(test_body_vectors),     TEST(test_two_forms_of_one_key),
        TEST(test_several_in_a_header), TEST(test_what_does_not_hold), TEST(test_each_part_counts),
        TEST(test_secrets),            TEST(test_new_secrets),
    };
    return cmocka_run_group_tests_name("webhook signature", tests, start, NULL);
}
