/* Hexadecimal and base64. */
#include "base/hex.h"

#include "scratch.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void test_every_byte(void **state)
{
    for (unsigned i = 0; i < 256; i++) {
        uint8_t byte = (uint8_t)i, back = (uint8_t)~i;
        const struct text digits = hex_encode(*state, &byte, 1);
        assert_true(text_eq(digits, text_format(*state, "%02x", i)));
        assert_true(hex_decode(digits, &back, 1));
        assert_int_equal(back, i);
    }
}

static void test_encode_nothing(void **state)
{
    char untouched = '?';
    assert_int_equal(hex_encode(*state, "", 0).n, 0);
    assert_true(hex_decode(T(""), &untouched, 0));
    assert_true(hex_decode((struct text){ 0 }, &untouched, 0));
    assert_int_equal(untouched, '?');
}

static void test_decode(void **state)
{
    (void)state;
    uint8_t bytes[4] = { 0 };
    assert_true(hex_decode(T("00fFAb9C"), bytes, 4));
    assert_memory_equal(bytes, "\x00\xFF\xAB\x9C", 4);
    const struct text bad[] = {
        { NULL, 0 }, T(""), T("00ffab9"), T("00ffab9c0"), T("00ffab9c00"), T("00ffab9g"), T("g0ffab9c"),
        T("00ff ab9"), T("0x00ffab"), T("00ff\0" "b9c"), T("00ffab9\xFF"),
    };
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(hex_decode(bad[i], bytes, 4));
}

/* RFC 4648, section 10, without its padding; then the two digits that are base64url's own. */
static void test_base64url_vectors(void **state)
{
    const struct {
        struct text bytes, digits;
    } vectors[] = {
        { T(""), T("") },
        { T("f"), T("Zg") },
        { T("fo"), T("Zm8") },
        { T("foo"), T("Zm9v") },
        { T("foob"), T("Zm9vYg") },
        { T("fooba"), T("Zm9vYmE") },
        { T("foobar"), T("Zm9vYmFy") },
        { T("\xFB\xFF\xBF"), T("-_-_") },
        { T("\0"), T("AA") },
        { T("\xFF\xFF"), T("__8") },
    };
    for (size_t i = 0; i < COUNT(vectors); i++) {
        struct text bytes = vectors[i].bytes, back = { 0 };
        assert_true(text_eq(base64url_encode(*state, (const uint8_t *)bytes.p, bytes.n), vectors[i].digits));
        assert_true(base64url_decode(*state, vectors[i].digits, &back));
        assert_true(text_eq(back, bytes));
        assert_non_null(back.p);
    }
}

static void test_base64url_round_trip(void **state)
{
    uint8_t bytes[300];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(i * 167 + 13);
    for (size_t n = 0; n <= sizeof bytes; n++) {
        struct text back, digits = base64url_encode(*state, bytes, n);
        assert_int_equal(digits.n, (n * 8 + 5) / 6);
        assert_true(base64url_decode(*state, digits, &back));
        assert_int_equal(back.n, n);
        assert_memory_equal(back.p, bytes, n);
    }
}

static void test_base64url_bad(void **state)
{
    const struct text bad[] = {
        T("A"), T("Z"), T("Zm9vA"), T("Zm9vY"), /* one digit says nothing */
        T("Zh"), T("Zv"), T("Zm9"), T("Zm-"),  /* leftover bits */
        T("__"), T("___"), T("AB"),
        T("Zg=="), T("Zm8="), T("="), T("===="), /* padding */
        T("Zm+v"), T("Zm/v"), T("Zm v"), T("Zm9v\n"), T("Zm.v"), T("Zm9\0"), T("Zm9\xC3"), T("Zm@v"),
        T("Zm[v"),
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct text untouched = T("?");
        if (base64url_decode(*state, bad[i], &untouched))
            fail_msg("row %zu", i);
        assert_true(text_eq(untouched, T("?")));
    }
}

/* Exactly one spelling of each byte is accepted: 256 of the 4096 pairs of digits. */
static void test_base64url_is_canonical(void **state)
{
    unsigned good = 0;
    for (unsigned i = 0; i < 65536; i++) {
        char pair[2] = { (char)(i >> 8), (char)(i & 255) };
        struct text ignored;
        good += base64url_decode(*state, (struct text){ pair, 2 }, &ignored);
    }
    assert_int_equal(good, 256);
}

/* RFC 4648 section 10, and the two letters that base64url has not. */
static void test_base64(void **state)
{
    static const char *const rows[][2] = {
        { "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foobar", "Zm9vYmFy" },
        { "\xfb\xff\xbf", "+/+/" }, { "\xff", "/w==" },
    };
    const struct text bad[] = { T("Z"), T("Z==="), T("Zh=="), T("Zg!="), T("Zm9v\n") };
    struct text plain;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct text coded = text_of(rows[i][1]), raw = text_clip(coded, text_find(coded, '='));
        assert_true(text_eq(base64_encode(*state, text_of(rows[i][0])), coded));
        assert_true(base64_decode(*state, coded, &plain) && text_eq(plain, text_of(rows[i][0])));
        assert_true(base64_decode(*state, raw, &plain) && text_eq(plain, text_of(rows[i][0])));
    }
    for (size_t i = 0; i < COUNT(bad); i++)
        if (base64_decode(*state, bad[i], &plain))
            fail_msg("row %zu", i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_byte, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_encode_nothing, arena_setup, arena_teardown),
        cmocka_unit_test(test_decode),
        cmocka_unit_test_setup_teardown(test_base64url_vectors, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_base64url_round_trip, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_base64url_bad, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_base64url_is_canonical, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_base64, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests_name("hex", tests, NULL, NULL);
}
