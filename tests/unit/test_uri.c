/* URI: what a server may be asked to call, its parts, and percent-decoding. */
#include "base/uri.h"

#include "scratch.h"

#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Parses a copy whose memory ends with the text, so that ASan sees a read too far. */
static bool parse(struct text t, char **ret_copy, struct uri *ret)
{
    *ret_copy = malloc(t.n ? t.n : 1);
    assert_non_null(*ret_copy);
    if (t.n)
        memcpy(*ret_copy, t.p, t.n);
    return uri_parse_http((struct text){ *ret_copy, t.n }, ret);
}

static bool accepts(struct text t)
{
    char *copy;
    struct uri uri;
    bool ok = parse(t, &copy, &uri);
    free(copy);
    return ok;
}

/* A part, its name and whether it is set, as in ` host=example.com`. */
static size_t show(char *to, size_t room, const char *name, struct text part)
{
    return part.p ? (size_t)snprintf(to, room, " %s=%.*s", name, TEXT_ARG(part)) : 0;
}

static const char *parts(const struct uri *uri, char *ret, size_t room)
{
    const struct {
        const char *name;
        struct text part;
    } rows[] = {
        { "scheme", uri->scheme }, { "user", uri->userinfo }, { "host", uri->host }, { "port", uri->port },
        { "path", uri->path }, { "query", uri->query }, { "fragment", uri->fragment },
    };
    size_t n = 0;
    ret[0] = '\0';
    for (size_t i = 0; i < COUNT(rows); i++)
        n += show(ret + n, room - n, rows[i].name, rows[i].part);
    return ret;
}

static void test_parts(void **state)
{
    (void)state;
    static const struct {
        const char *in, *parts;
    } rows[] = {
        { "http://host", " scheme=http host=host" },
        { "http://host/", " scheme=http host=host path=/" },
        { "HTTP://EXAMPLE.com", " scheme=HTTP host=EXAMPLE.com" },
        { "hTTpS://h/a/b%2Fc//d/../e;f=1", " scheme=hTTpS host=h path=/a/b%2Fc//d/../e;f=1" },
        { "https://user:pw@host/", " scheme=https user=user:pw host=host path=/" },
        { "https://host:80@x/", " scheme=https user=host:80 host=x path=/" },
        { "https://@host", " scheme=https user= host=host" },
        { "http://host?x", " scheme=http host=host query=x" },
        { "http://host#f", " scheme=http host=host fragment=f" },
        { "http://host?", " scheme=http host=host query=" },
        { "http://host#", " scheme=http host=host fragment=" },
        { "http://host/?#", " scheme=http host=host path=/ query= fragment=" },
        { "http://host/p?a=/b?c#d?e/f", " scheme=http host=host path=/p query=a=/b?c fragment=d?e/f" },
        { "http://host/#a?b", " scheme=http host=host path=/ fragment=a?b" },
        { "http://h:0/", " scheme=http host=h port=0 path=/" },
        { "http://h:65535", " scheme=http host=h port=65535" },
        { "http://h:00080?q", " scheme=http host=h port=00080 query=q" },
        { "https://host:/", " scheme=https host=host port= path=/" },
        { "https://host:", " scheme=https host=host port=" },
        { "https://[::1]:8080/x?y#z", " scheme=https host=::1 port=8080 path=/x query=y fragment=z" },
        { "https://[::1]", " scheme=https host=::1" },
        { "https://[::1]/x", " scheme=https host=::1 path=/x" },
        { "https://[::1]:/x", " scheme=https host=::1 port= path=/x" },
        { "https://[::ffff:1.2.3.4]?q", " scheme=https host=::ffff:1.2.3.4 query=q" },
        { "https://u@[2001:DB8::]#f", " scheme=https user=u host=2001:DB8:: fragment=f" },
        { "http://127.0.0.1:8787/v1", " scheme=http host=127.0.0.1 port=8787 path=/v1" },
        { "http://a_b-c.~!$&'()*+,;=/", " scheme=http host=a_b-c.~!$&'()*+,;= path=/" },
        { "http://h/%41%c3%A4?%20#%23", " scheme=http host=h path=/%41%c3%A4 query=%20 fragment=%23" },
    };
    for (size_t i = 0; i < 2 * COUNT(rows); i++) { /* each again, which may be remembered */
        char *copy, got[300];
        struct uri uri;
        assert_true(parse(text_of(rows[i / 2].in), &copy, &uri));
        assert_string_equal(parts(&uri, got, sizeof got), rows[i / 2].parts);
        free(copy);
    }
}

static void test_refused(void **state)
{
    (void)state;
    const struct text rows[] = {
        { NULL, 0 }, T(""), T("http"), T("http:"), T("http:/"), T("http:a"), T("http:/host/x"), T("http://"),
        T("http:///x"), T("http://?x"), T("http://#x"), T("http://:80"), T("http://:80/"), T("http://:"),
        T("http://user@/"), T("http://user@:80/"), T("//host/x"), T("/x"), T("x"), T("host/x"),
        T("host:80/x"), T("?x"), T("#x"), T("://host/"), T("ftp://host/"), T("httpx://host/"),
        T("xhttp://host/"), T("htt://host/"), T("javascript://host/%0aalert(1)"), T("file:///etc/passwd"),
        T("data:text/html,x"), T("mailto:a@b"), T("urn:http://host/"), T("https://a\\@evil"),
        T("https://a\\"), T("https:\\\\host\\"), T("https://host/a\\b"), T("https://host/?a\\b"),
        T("https://host:65536/"), T("https://host:99999/"), T("https://host:99999999999999999999999999/"),
        T("https://host:-1/"), T("https://host:+80/"), T("https://host:8a/"), T("https://host:80:81/"),
        T("https://exa mple.com"), T("https://host/a b"), T("https://host/?a b"), T("https://host/#a b"),
        T(" https://host/"), T("https://host/ "), T("https ://host/"), T("http://%zz/"), T("http://%/"),
        T("http://%4/"), T("http://h/%"), T("http://h/%4"), T("http://h/%4g"), T("http://h/?%"),
        T("http://h/?%g4"), T("http://h/#%4"), T("http://u%4@h/"), T("http://h/%%41"),
        T("http://\xC3\xA4.example/"), T("http://h/\xC3\xA4"), T("http://h/?\xC3\xA4"),
        T("http://h/#\xC3\xA4"), T("http://\xFF/"), T("http://h/\x7F"), T("http://h/a\nb"),
        T("http://h/\r\nx: y"), T("http://h/a\tb"), T("http://h\0.evil/"), T("http://h/\0"),
        T("http://h/\x1F"), T("\thttp://h/"), T("http://h/\n"), T("http://h/\x80"), T("http://h/\xC2\xA0"),
        T("http://a@b@c/"), T("http://[::1"), T("http://::1/"), T("http://[::1]x/"), T("http://[]/"),
        T("http://[g::]/"), T("http://[1:2:3:4:5:6:7:8:9]/"), T("http://[fe80::1%25eth0]/"),
        T("http://[v1.a]/"), T("http://[127.0.0.1]/"), T("http://h]/"), T("http://h[/"), T("http://h/<"),
        T("http://h/\""), T("http://h/`"), T("http://h/{x}"), T("http://h/a|b"), T("http://h/a^b"),
        T("http://h/?a[]=1"), T("http://h/##"),
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (accepts(rows[i]))
            fail_msg("accepted: %.*s", TEXT_ARG(rows[i]));
    }
}

static void test_refused_leaves_result_alone(void **state)
{
    (void)state;
    struct uri uri = { .host = T("before") };
    assert_false(uri_parse_http(T("https://host:65536/"), &uri));
    assert_false(uri_parse_http(T("https://a\\@evil"), &uri));
    assert_true(text_eq(uri.host, T("before")));
    assert_null(uri.scheme.p);
}

/* In every place of a good one: nothing but printable ASCII without blank and backslash ever gets through. */
static void test_every_byte(void **state)
{
    (void)state;
    static const char good[] = "http://u@h.x:1/p?q#f";
    for (size_t at = 0; at < sizeof good - 1; at++) {
        for (int c = 0; c < 256; c++) {
            char text[sizeof good];
            memcpy(text, good, sizeof good);
            text[at] = (char)c;
            bool plain = c > ' ' && c < 127 && c != '\\' && c != '%';
            if (!plain && accepts((struct text){ text, sizeof good - 1 }))
                fail_msg("accepted byte %d at %zu", c, at);
        }
    }
    assert_true(accepts(text_of(good)));
}

static void test_parts_point_into_the_text(void **state)
{
    (void)state;
    struct text t = T("https://u@host:81/p?q#f");
    struct uri uri;
    assert_true(uri_parse_http(t, &uri));
    assert_ptr_equal(uri.scheme.p, t.p);
    assert_ptr_equal(uri.userinfo.p, t.p + 8);
    assert_ptr_equal(uri.host.p, t.p + 10);
    assert_ptr_equal(uri.port.p, t.p + 15);
    assert_ptr_equal(uri.path.p, t.p + 17);
    assert_ptr_equal(uri.query.p, t.p + 20);
    assert_ptr_equal(uri.fragment.p, t.p + 22);
}

/* The text that is given, where it was taken apart before, too. */
static void test_parts_of_the_same_again(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        char t[] = "https://[::1]:81/p";
        struct uri uri;
        assert_true(uri_parse_http(text_of(t), &uri));
        assert_ptr_equal(uri.scheme.p, t);
        assert_null(uri.userinfo.p);
        assert_ptr_equal(uri.host.p, t + 9);
        assert_ptr_equal(uri.port.p, t + 14);
        assert_ptr_equal(uri.path.p, t + 16);
        assert_null(uri.query.p);
        assert_null(uri.fragment.p);
        assert_true(i == 0 || accepts(T("http://another/"))); /* it is the last one once, and once it is not */
        assert_false(accepts(T("https://[::1]:81/p\\")));
    }
}

/* `head` and then `part` until there are `n` bytes. */
static struct text repeated(struct arena *arena, struct text head, struct text part, size_t n)
{
    char *p = arena_raw(arena, n);
    memcpy(p, head.p, head.n);
    for (size_t i = head.n; i < n; i++)
        p[i] = part.p[(i - head.n) % part.n];
    return (struct text){ p, n };
}

static void test_long(void **state)
{
    static const size_t sizes[] = { 2000, 8192, 1024 * 1024 };
    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct uri uri;
        assert_true(uri_parse_http(repeated(*state, T("https://h"), T("/a"), sizes[i]), &uri));
        assert_int_equal(uri.path.n, sizes[i] - 9);
        assert_true(uri_parse_http(repeated(*state, T("https://h?"), T("a=b&"), sizes[i]), &uri));
        assert_int_equal(uri.query.n, sizes[i] - 10);
        assert_true(uri_parse_http(repeated(*state, T("https://"), T("a."), sizes[i]), &uri));
        assert_int_equal(uri.host.n, sizes[i] - 8);
        assert_false(uri_parse_http(repeated(*state, T("https://h:"), T("1"), sizes[i]), &uri));
    }
}

static void test_decode(void **state)
{
    const struct {
        struct text in;
        bool plus_is_blank;
        struct text out;
    } rows[] = {
        { T(""), false, T("") },
        { T("abc"), false, T("abc") },
        { T("a%20b"), false, T("a b") },
        { T("%41%42"), false, T("AB") },
        { T("%2f%2F%2e%2E"), false, T("//..") },
        { T("%c3%a4\xC3\xA4"), false, T("\xC3\xA4\xC3\xA4") },
        { T("%F0%9f%98%80"), false, T("\xF0\x9F\x98\x80") },
        { T("%2500"), false, T("%00") },
        { T("%25"), false, T("%") },
        { T("a+b"), false, T("a+b") },
        { T("a+b"), true, T("a b") },
        { T("+%2B+"), true, T(" + ") },
        { T("%2B+"), false, T("++") },
        { T("%01%7f"), false, T("\x01\x7F") },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text out = T("?");
        assert_true(uri_decode(*state, rows[i].in, rows[i].plus_is_blank, &out));
        assert_true(text_eq(out, rows[i].out));
    }
}

static void test_decode_refused(void **state)
{
    const struct text rows[] = {
        T("%"), T("a%"), T("%4"), T("a%4"), T("%4g"), T("%g4"), T("%%41"), T("% 41"), T("%-1"), T("%0x41"),
        T("%00"), T("a%00b"), T("a\0b"), T("\0"),
        T("%ff"), T("%c3"), T("%c3%28"), T("%c0%80"), T("%c0%af"), T("%ed%a0%80"), T("%f4%90%80%80"),
        T("%80"), T("\xFF"), T("\xC3%41"), T("\xC0\xAF"),
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text out = T("before");
        if (uri_decode(*state, rows[i], i % 2, &out))
            fail_msg("row %zu", i);
        assert_true(text_eq(out, T("before")));
    }
}

static void test_decode_copies_only_what_changed(void **state)
{
    struct text in = T("a+b"), out;
    assert_true(uri_decode(*state, in, false, &out));
    assert_ptr_equal(out.p, in.p);
    assert_true(uri_decode(*state, in, true, &out));
    assert_ptr_not_equal(out.p, in.p);
    assert_true(uri_decode(*state, (struct text){ 0 }, true, &out));
    assert_int_equal(out.n, 0);
}

/* The text's memory ends where it does; ASan would see a look behind a cut escape. */
static void test_decode_reads_no_further(void **state)
{
    char *bytes = malloc(3);
    assert_non_null(bytes);
    memcpy(bytes, "%41", 3);
    struct text out;
    assert_true(uri_decode(*state, (struct text){ bytes, 3 }, false, &out));
    bytes = realloc(bytes, 2);
    assert_non_null(bytes);
    assert_false(uri_decode(*state, (struct text){ bytes, 2 }, false, &out));
    free(bytes);
}

/* What it says decides who is told the token of this process: a name that only looks like an address must not pass. */
static void test_loopback(void **state)
{
    (void)state;
    static const char *const here[] = { "localhost", "LocalHost", "a.localhost", "127.0.0.1", "127.0.0.2", "127.1",
                                        "::1", "[::1]" };
    static const char *const elsewhere[] = { "127.evil.example", "127.0.0.1.evil.example", "evil.example",
                                             "localhost.evil.example", "evillocalhost", ".localhost", "128.0.0.1",
                                             "10.0.0.1", "::", "::2", "[::2]", "" };
    for (size_t i = 0; i < COUNT(here); i++)
        if (!uri_host_is_loopback(text_of(here[i])))
            fail_msg("%s", here[i]);
    for (size_t i = 0; i < COUNT(elsewhere); i++)
        if (uri_host_is_loopback(text_of(elsewhere[i])))
            fail_msg("%s", elsewhere[i]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_refused_leaves_result_alone),
        cmocka_unit_test(test_every_byte),
        cmocka_unit_test(test_parts_point_into_the_text),
        cmocka_unit_test(test_parts_of_the_same_again),
        TEST(test_long),
        TEST(test_decode),
        TEST(test_decode_refused),
        TEST(test_decode_copies_only_what_changed),
        TEST(test_decode_reads_no_further),
        TEST(test_loopback),
    };
    return cmocka_run_group_tests_name("uri", tests, NULL, NULL);
}
