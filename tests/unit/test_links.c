/* Links: the origin of what is handed out, what is added to a query, and where a browser may be sent. */
#include "space/links.h"

#include "base/limit.h"
#include "rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* ---- the base ------------------------------------------------------------------------------------------ */

/* What a request with that Host makes of it; NULL: it is refused. */
static char *base_of(const struct config *config, const char *host)
{
    const struct server server = { .config = config };
    struct request *rq = request_new(&server, T("/"));
    struct pair header = { T("Host"), text_of(host) };
    struct text base = { NULL, 0 };
    rq->headers = &header;
    rq->header_count = host != NULL;
    const enum err err = links_base(rq, &base);
    assert_int_equal(err, base.p ? OK : ERR_INVALID);
    char *ret = base.p ? strndup(base.p, base.n) : NULL;
    request_free(rq);
    return ret;
}

static void expect_base(const struct config *config, const char *host, const char *expected)
{
    char *base = base_of(config, host);
    if (!base != !expected || (base && strcmp(base, expected) != 0))
        fail_msg("Host `%s`: %s", host ? host : "(none)", base ? base : "(refused)");
    free(base);
}

static void test_base_of_host(void **state)
{
    (void)state;
    static const char *const hosts[] = { "localhost", "127.0.0.1:8787", "[::1]:8787", "mock", "a.b-c.example:80",
                                         "LOCALHOST" };
    const struct config config = { .port = 8787 };
    for (size_t i = 0; i < COUNT(hosts); i++) {
        char expected[100];
        snprintf(expected, sizeof expected, "http://%s", hosts[i]);
        expect_base(&config, hosts[i], expected);
    }
}

static void test_base_of_bad_host(void **state)
{
    (void)state;
    static const char *const hosts[] = { NULL, "", "a/b", "a?b", "a#b", "a@b", "a:b@c", "a b", "a\tb", "a\\b",
                                         ":8787", "a:65536", "a:b", "http://a", "a\"b", "<b>", "a%zz", "[::1", "é" };
    const struct config config = { .port = 8787 };
    char longest[514];
    for (size_t i = 0; i < COUNT(hosts); i++)
        expect_base(&config, hosts[i], NULL);
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    expect_base(&config, longest, NULL);
    char *base = base_of(&config, longest + 1);
    assert_non_null(base);
    free(base);
}

static void test_base_of_public_url(void **state)
{
    (void)state;
    const struct config plain = { .public_url = "https://mock.example" };
    const struct config slash = { .public_url = "https://mock.example/duvo//" };
    expect_base(&plain, "evil.example", "https://mock.example");
    expect_base(&plain, NULL, "https://mock.example");
    expect_base(&slash, "localhost", "https://mock.example/duvo");
}

/* ---- queries ------------------------------------------------------------------------------------------- */

#define TWO ((const struct pair[]){ { T("a"), T("1") }, { T("b"), T("2") } }), 2

static void expect_with(struct text url, const struct pair *params, size_t n, const char *expected)
{
    struct arena *arena = arena_new();
    const struct text got = links_with(arena, url, params, n);
    const bool same = text_eq(got, text_of(expected));
    if (!same)
        print_error("%.*s: %.*s\n", TEXT_ARG(url), TEXT_ARG(got));
    arena_free(arena);
    assert_true(same);
}

static void test_query(void **state)
{
    (void)state;
    static const struct {
        const char *url, *expected;
    } rows[] = {
        { "http://h", "http://h?a=1&b=2" },
        { "http://h/", "http://h/?a=1&b=2" },
        { "http://h/p", "http://h/p?a=1&b=2" },
        { "http://h/p?", "http://h/p?a=1&b=2" },
        { "http://h/p?x", "http://h/p?x&a=1&b=2" },
        { "http://h/p?x=1", "http://h/p?x=1&a=1&b=2" },
        { "http://h/p?x=1&", "http://h/p?x=1&a=1&b=2" },
        { "http://h/p?a=0", "http://h/p?a=1&b=2" },
        { "http://h/p?x=1&%61=0&y&b&a=2&z=#f", "http://h/p?x=1&y&z=&a=1&b=2#f" },
        { "http://h/p?a%zz=0&A=0", "http://h/p?a%zz=0&A=0&a=1&b=2" },
        { "http://h/p#f", "http://h/p?a=1&b=2#f" },
        { "http://h/p#", "http://h/p?a=1&b=2#" },
        { "http://h/p?#f", "http://h/p?a=1&b=2#f" },
        { "http://h/p?x#f", "http://h/p?x&a=1&b=2#f" },
        { "http://h/p#f?x=1", "http://h/p?a=1&b=2#f?x=1" },
        { "http://h/p#f&", "http://h/p?a=1&b=2#f&" },
        { "http://h/p#f#g", "http://h/p?a=1&b=2#f#g" },
        { "http://h/%3F%23?x=%26", "http://h/%3F%23?x=%26&a=1&b=2" },
        { "/p", "/p?a=1&b=2" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_with(text_of(rows[i].url), TWO, rows[i].expected);
}

/* A question mark inside a query is a part of it (RFC 3986 section 3.4): the next pair needs its separator. */
static void test_question_mark_at_the_end_of_a_query(void **state)
{
    (void)state;
    expect_with(T("http://h/p?next=/a?"), TWO, "http://h/p?next=/a?&a=1&b=2");
}

static void test_values_are_encoded(void **state)
{
    (void)state;
    const struct pair params[] = { { T("n m"), T("a&b=c#d?e/f+g %") }, { T("e"), T("") }, { T("é"), T("\r\n") } };
    expect_with(T("/p"), params, COUNT(params), "/p?n%20m=a%26b%3Dc%23d%3Fe%2Ff%2Bg%20%25&e=&%C3%A9=%0D%0A");
}

static void test_nothing_to_add(void **state)
{
    (void)state;
    expect_with(T("http://h/p?x#f"), NULL, 0, "http://h/p?x#f");
    expect_with(T("http://h/p#f"), NULL, 0, "http://h/p#f");
}

/* ---- where a browser may be sent -------------------------------------------------------------------------- */

/* Looks at a copy whose memory ends with the text, so that ASan sees a read too far. */
static const char *checked(const char *check(struct text url), struct text url)
{
    char *copy = malloc(url.n ? url.n : 1);
    assert_non_null(copy);
    if (url.n)
        memcpy(copy, url.p, url.n);
    const char *why = check((struct text){ copy, url.n });
    free(copy);
    return why;
}

static void expect_refused(const char *check(struct text url), struct text url)
{
    const char *why = checked(check, url);
    if (!why)
        fail_msg("`%.*s` is allowed", TEXT_ARG(url));
    assert_non_null(strstr(why, "Invalid URL"));
}

static void expect_allowed(const char *check(struct text url), struct text url)
{
    const char *why = checked(check, url);
    if (why)
        fail_msg("`%.*s`: %s", TEXT_ARG(url), why);
}

static void test_absolute(void **state)
{
    (void)state;
    static const char *const urls[] = {
        "http://localhost:3000/done", "https://app.acme.example", "https://app.acme.example/a?b=c#d",
        "HTTPS://APP.ACME.EXAMPLE/", "http://127.0.0.1/", "http://[::1]:3000/", "http://h:/", "http://h/%2F%2e?q=%5c",
        "http://h/?next=//evil.example", "http://h/@evil.example", "http://h/#@evil.example", "http://h?@evil.example",
        "http://h//evil.example",
    };
    for (size_t i = 0; i < COUNT(urls); i++) {
        expect_allowed(links_check_absolute, text_of(urls[i]));
        expect_allowed(links_check_return, text_of(urls[i]));
    }
}

static void test_path(void **state)
{
    (void)state;
    static const char *const urls[] = {
        "/", "/done", "/done?tab=2#top", "/a//b", "/?next=//evil.example", "/#//evil.example", "/%2F/evil.example",
        "/%5cevil.example", "/.", "/..", "/a/../b", "/:80", "/@evil.example", "/http://evil.example",
    };
    for (size_t i = 0; i < COUNT(urls); i++) {
        expect_allowed(links_check_return, text_of(urls[i]));
        expect_refused(links_check_absolute, text_of(urls[i]));
    }
}

/* Each of them leads somewhere else in some browser, or runs something. */
static void test_tricks(void **state)
{
    (void)state;
    const struct text urls[] = {
        /* another host */
        T("//evil.example"), T("///evil.example"), T("////evil.example"), T("//evil.example@localhost/"),
        T("//"), T("//localhost:3000/"), T("//[::1]/"), T("//%65vil.example"),
        /* slashes that are none */
        T("/\\evil.example"), T("\\/evil.example"), T("\\\\evil.example"), T("/\\/evil.example"),
        T("\\evil.example"), T("http:\\\\evil.example"), T("http:/\\evil.example"),
        T("http://localhost\\@evil.example"), T("http://localhost\\.evil.example/"), T("http://h/a\\b"),
        T("/a\\b"),
        /* what browsers drop */
        T("/\t/evil.example"), T("/\n/evil.example"), T("/\r/evil.example"), T("\t//evil.example"),
        T(" //evil.example"), T(" /done"), T("/done "), T("\x01//evil.example"), T("/\0/evil.example"),
        T("/done\0"), T("\x7f//evil.example"), T("ht\ntp://h/"), T("java\tscript:alert(1)"),
        T(" javascript:alert(1)"), T("http://h\t/"), T("http://h /"), T("/a b"),
        T("http://h/\r\nSet-Cookie: a=1"), T("/\r\n\r\n<script>"),
        /* user information */
        T("http://localhost@evil.example"), T("https://a:b@evil.example/"), T("http://@evil.example/"),
        T("http://localhost:80@evil.example"), T("http://evil.example@localhost/"),
        T("http://a%40b@evil.example/"),
        /* other schemes, and none */
        T("javascript:alert(1)"), T("JAVASCRIPT:alert(1)//http://h/"),
        T("javascript://localhost/%0aalert(1)"), T("data:text/html,x"), T("vbscript:x"),
        T("file:///etc/passwd"), T("ftp://h/"), T("ws://h/"), T("blob:http://h/x"), T("myapp://done"),
        T("about:blank"), T("mailto:a@b"), T("view-source:http://h/"), T("http"), T("http:"), T("http:h"),
        T("http:/h"), T("http://"), T("http:///h"), T("https:evil.example"), T("://h/"), T("h"),
        T("h:3000/done"), T("localhost/done"), T("done"), T("./done"), T("../done"), T("?done"), T("#done"),
        T(""),
        /* letters that look like others */
        T("http://evil。example/"), T("/／evil.example"), T("http://h/é"), T("http://аpple.example/"),
        T("／／evil.example"), T("http://h/\xff"), T("/\xc2\x85/evil.example"), T("/\xe2\x80\xae"),
        /* no URL at all */
        T("http://h:99999/"), T("http://h:a/"), T("http://h:-1/"), T("http://[::1"), T("http://::1/"),
        T("http://[::g]/"), T("http://:80/"), T("http://h/%"), T("http://h/%2"), T("http://h/%zz"), T("/%"),
        T("/%zz"), T("http://h/<b>"), T("http://h/\"x"), T("/\"x"), T("/<b>"), T("/{x}"), T("/a|b"),
        T("/a^b"), T("/`"), T("http://[v1.x]/"),
    };
    for (size_t i = 0; i < COUNT(urls); i++) {
        expect_refused(links_check_return, urls[i]);
        expect_refused(links_check_absolute, urls[i]);
    }
}

/* The caller looks at the length; whatever comes is read to its end. */
static void test_long(void **state)
{
    (void)state;
    char path[LIMIT_RETURN_URL];
    memset(path, 'x', sizeof path);
    path[0] = '/';
    expect_allowed(links_check_return, (struct text){ path, sizeof path });
    path[sizeof path - 1] = '\\';
    expect_refused(links_check_return, (struct text){ path, sizeof path });
    path[sizeof path - 1] = '%';
    expect_refused(links_check_return, (struct text){ path, sizeof path });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_base_of_host),
        cmocka_unit_test(test_base_of_bad_host),
        cmocka_unit_test(test_base_of_public_url),
        cmocka_unit_test(test_query),
        cmocka_unit_test(test_question_mark_at_the_end_of_a_query),
        cmocka_unit_test(test_values_are_encoded),
        cmocka_unit_test(test_nothing_to_add),
        cmocka_unit_test(test_absolute),
        cmocka_unit_test(test_path),
        cmocka_unit_test(test_tricks),
        cmocka_unit_test(test_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
