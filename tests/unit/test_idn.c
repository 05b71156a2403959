/* IDN: names of hosts in other letters, as DNS has them. */
#include "base/idn.h"
#include "base/uri.h"

#include "rig.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

struct row {
    const char *said, *ascii; /* NULL: none */
};

static const struct row names[] = {
    { "plain.example", "plain.example" },
    { "PLAIN.Example", "plain.example" },
    { "bücher.example", "xn--bcher-kva.example" },
    { "BÜCHER.example", "xn--bcher-kva.example" },
    { "straße.de", "xn--strae-oqa.de" },
    { "ẞ.de", "xn--zca.de" },
    { "münchen-ost.de", "xn--mnchen-ost-9db.de" },
    { "Ÿ.fr", "xn--wda.fr" },
    { "Ěl.cz", "xn--l-4ia.cz" },
    { "ΕΛΛΆΔΑ.gr", "xn--hxakic4aa.gr" },
    { "ПРИМЕР.испытание", "xn--e1afmkfd.xn--80akhbyknj4f" },
    { "例え。テスト", "xn--r8jz45g.xn--zckzah" },
    { "bücher.example.", "xn--bcher-kva.example." },
    { "xn--bcher-kva.example", "xn--bcher-kva.example" },
    /* RFC 3492 section 7.1, those without punctuation. */
    { "他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye" },
    { "pročprostěnemluvíčesky", "xn--proprostnemluvesky-uyb24dma41a" },
    { "почемужеонинеговорятпорусски", "xn--b1abfaaepdrnnbgefbadotcwatmq2g4l" },
    { "TạisaohọkhôngthểchỉnóitiếngViệt", "xn--tisaohkhngthchnitingvit-kjcr8268qyxafd2f1b9g" },
    { "3年b組金八先生", "xn--3b-ww4c5e180e575a65lsy2b" },
    { "안녕하세요", "xn--o70b841ad5c9qb763b" },
    /* What is not guessed at. */
    { "bu\xcc\x88" "cher.example", NULL },
    { "ｂücher.example", NULL },
    { "bü cher.example", NULL },
    { "bü/cher", NULL },
    { "bü\\cher", NULL },
    { "bü%63her", NULL },
    { "bü\xe2\x80\x8b" "cher.example", NULL },
    { "\xff.example", NULL },
};

static void test_names(void **state)
{
    for (size_t i = 0; i < COUNT(names); i++) {
        struct text got = T("none");
        const bool ok = idn_to_ascii(*state, text_of(names[i].said), &got);
        if (ok != (names[i].ascii != NULL) || (ok && !text_eq(got, text_of(names[i].ascii))))
            fail_msg("%s: %.*s", names[i].said, TEXT_ARG(got));
    }
}

/* RFC 1035 section 2.3.4: 63 bytes in a label, 253 in a name. */
static void test_lengths(void **state)
{
    static const struct {
        size_t labels, letters;
        bool ok;
    } rows[] = { { 1, 63, true }, { 1, 64, false }, { 4, 62, true }, { 4, 63, false }, { 1, 0, true } };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf b = buf_new(*state, 1000);
        struct text got;
        for (size_t label = 0; label < rows[i].labels; label++) {
            buf_add(&b, label ? T(".") : T(""));
            for (size_t letter = 0; letter < rows[i].letters; letter++)
                buf_add_char(&b, 'a');
        }
        if (idn_to_ascii(*state, buf_text(&b), &got) != rows[i].ok)
            fail_msg("row %zu", i);
    }
    assert_true(idn_to_ascii(*state, T("ääääääääääääääääääääääääääääääääääääääää.example"), &(struct text){ 0 }));
}

static const struct row urls[] = {
    { "https://bücher.example", "https://xn--bcher-kva.example" },
    { "https://Bücher.example:8443/a?b#c", "https://xn--bcher-kva.example:8443/a?b#c" },
    { "HTTP://ü.example/straße?q=ä#ö", "HTTP://xn--tda.example/stra%C3%9Fe?q=%C3%A4#%C3%B6" },
    { "https://plain.example/ü", "https://plain.example/%C3%BC" },
    { "https://a:b@bücher.example/", "https://a:b@xn--bcher-kva.example/" },
    { "/pfad/ü?x=ä", "/pfad/%C3%BC?x=%C3%A4" },
    { "//bücher.example/", "//xn--bcher-kva.example/" },
    /* The rules of URLs refuse these. */
    { "https://bü cher.example/", "https://bü cher.example/" },
    { "https://ü@bücher.example/", "https://ü@xn--bcher-kva.example/" },
    { "https://ü\\@evil.example/", "https://ü\\@evil.example/" },
    { "https://[ü]/", "https://[ü]/" },
};

static void test_urls(void **state)
{
    for (size_t i = 0; i < COUNT(urls); i++) {
        const struct text got = uri_to_ascii(*state, text_of(urls[i].said));
        if (!text_eq(got, text_of(urls[i].ascii)))
            fail_msg("%s: %.*s", urls[i].said, TEXT_ARG(got));
    }
    const struct text plain = T("https://plain.example/ ");
    assert_ptr_equal(uri_to_ascii(*state, plain).p, plain.p);
}

/* A redirect and a relative reference, too. */
static void test_references(void **state)
{
    static const struct row rows[] = {
        { "https://bücher.example/ä b?c d", "https://xn--bcher-kva.example/%C3%A4%20b?c+d" },
        { "//bücher.example", "https://xn--bcher-kva.example/" },
        { "ü", "https://a.example/%C3%BC" },
        { "https://ｂücher.example/", NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text got = { 0 };
        const bool ok = uri_resolve(*state, T("https://a.example/x"), text_of(rows[i].said), &got);
        if (ok != (rows[i].ascii != NULL) || (ok && !text_eq(got, text_of(rows[i].ascii))))
            fail_msg("%s: %.*s", rows[i].said, TEXT_ARG(got));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_names, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_lengths, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_urls, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_references, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests_name("idn", tests, NULL, NULL);
}
