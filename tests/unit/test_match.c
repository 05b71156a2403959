/* Match: stars and what they stand for, members that all have to hold, and matches that were kept as JSON. */
#include "space/match.h"

#include "base/limit.h"
#include "rig.h"
#include "scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>


static int setup(void **state)
{
    rig_open(&rig, NULL);
    return arena_setup(state);
}

static int teardown(void **state)
{
    arena_teardown(state);
    rig_close(&rig);
    return 0;
}

/* A request of an operation with a path, and the headers that a test gives it. */
static struct request *request_with(const struct pair *headers, size_t n)
{
    struct request *rq = request_new(&rig.server, T("/"));
    rq->headers = ARENA_ARRAY(rq->arena, n + 1, struct pair);
    for (size_t i = 0; i < n; i++)
        rq->headers[i] = headers[i];
    rq->header_count = n;
    return rq;
}

static struct match_subject subject_of(const struct request *rq, const char *path)
{
    struct match_subject subject = match_subject_of(rq);
    subject.operation = T("authorize");
    subject.method = T("GET");
    subject.path = text_of(path);
    return subject;
}

/* ---- stars ----------------------------------------------------------------------------------------------- */

/* The pattern is a copy that ends with the text, so that ASan sees a read too far. */
static bool path_fits(const struct request *rq, const char *pattern, const char *path)
{
    const size_t n = strlen(pattern);
    char *copy = malloc(n ? n : 1);
    assert_non_null(copy);
    memcpy(copy, pattern, n);
    const struct match match = { .is = VALUE_SET, .path = SET_TEXT(((struct text){ copy, n })) };
    const struct match_subject subject = subject_of(rq, path);
    const bool holds = match_holds(&match, &subject);
    free(copy);
    return holds;
}

static void test_stars(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *path;
        bool fits;
    } rows[] = {
        { "/a", "/a", true },
        { "/a", "/A", false },
        { "/a", "/ab", false },
        { "/ab", "/a", false },
        { "", "", true },
        { "", "/", false },
        { "*", "", true },
        { "*", "/any/thing", true },
        { "**", "", true },
        { "**", "x", true },
        { "/a*", "/a", true },
        { "/a*", "/a/b/c", true },
        { "/a*", "/b", false },
        { "*c", "/a/b/c", true },
        { "*c", "/a/c/b", false },
        { "*/b/*", "/a/b/c", true },
        { "*/b/*", "/a/bc", false },
        { "/a*c", "/ac", true },
        { "/a*c", "/abcbc", true },
        { "/a*c", "/abcb", false },
        { "/a*b*c", "/aXbYbZc", true },
        { "/a*b*c", "/aXcYb", false },
        { "*ab", "aab", true },
        { "*aab", "aaaab", true },
        { "a*a", "a", false },
        { "a*a", "aa", true },
        { "*a*", "bbb", false },
        { "/a?", "/ab", false },
        { "/a.", "/ab", false },
        { "[ab]", "a", false },
        { "\\*", "*", false },
        { "\\*", "\\x", true },
        { "/*/connections/*", "/v1/connections/", true },
        { "/*/connections/*", "/v1/connections", false },
    };
    struct request *rq = request_with(NULL, 0);
    for (size_t i = 0; i < COUNT(rows); i++)
        if (path_fits(rq, rows[i].pattern, rows[i].path) != rows[i].fits)
            fail_msg("`%s` and `%s`: expected %d", rows[i].pattern, rows[i].path, rows[i].fits);
    request_free(rq);
}

/* What would take a naive search longer than the world will last. */
static void test_many_stars(void **state)
{
    (void)state;
    char pattern[LIMIT_URL + 1], path[LIMIT_URL + 1];
    for (size_t i = 0; i < LIMIT_URL; i++) {
        pattern[i] = i % 2 ? '*' : 'a';
        path[i] = 'a';
    }
    pattern[LIMIT_URL] = path[LIMIT_URL] = '\0';
    struct request *rq = request_with(NULL, 0);
    assert_true(path_fits(rq, pattern, path));
    pattern[LIMIT_URL - 1] = 'b';
    assert_false(path_fits(rq, pattern, path));
    request_free(rq);
}

/* A naive matcher without stars, to which all short patterns over a small alphabet are compared. */
static bool naive(const char *p, const char *t)
{
    if (!*p)
        return !*t;
    if (*p == '*')
        return naive(p + 1, t) || (*t && naive(p, t + 1));
    return *p == *t && naive(p + 1, t + 1);
}

/* The n-th text of up to 5 of the letters. */
static void spell(unsigned n, const char *letters, char *ret)
{
    const unsigned base = (unsigned)strlen(letters);
    for (; n; n = (n - 1) / base)
        *ret++ = letters[(n - 1) % base];
    *ret = '\0';
}

static void test_all_short_ones(void **state)
{
    (void)state;
    char pattern[16], path[16];
    struct request *rq = request_with(NULL, 0);
    for (unsigned p = 0; p < 363; p++) /* up to 5 of 3 letters */
        for (unsigned t = 0; t < 63; t++) { /* up to 5 of 2 letters */
            spell(p, "ab*", pattern);
            spell(t, "ab", path);
            if (path_fits(rq, pattern, path) != naive(pattern, path))
                fail_msg("`%s` and `%s`", pattern, path);
        }
    request_free(rq);
}

/* ---- members ----------------------------------------------------------------------------------------------- */

static void test_every_member_has_to_hold(void **state)
{
    (void)state;
    static const struct {
        struct match match;
        bool holds;
    } rows[] = {
        { { .is = VALUE_ABSENT }, true },
        { { .is = VALUE_SET }, true },
        { { .operation = { VALUE_SET, { "authorize", 9 } } }, true },
        { { .operation = { VALUE_SET, { "Authorize", 9 } } }, false },
        { { .operation = { VALUE_SET, { "auth*", 5 } } }, false },
        { { .operation = { VALUE_SET, { "connectComposio", 15 } } }, false },
        { { .method = { VALUE_SET, { "GET", 3 } } }, true },
        { { .method = { VALUE_SET, { "get", 3 } } }, true },
        { { .method = { VALUE_SET, { "POST", 4 } } }, false },
        { { .method = { VALUE_SET, { "*", 1 } } }, false },
        { { .path = { VALUE_SET, { "/x/*", 4 } } }, true },
        { { .operation = { VALUE_SET, { "authorize", 9 } }, .method = { VALUE_SET, { "GET", 3 } },
            .path = { VALUE_SET, { "/x/y", 4 } } }, true },
        { { .operation = { VALUE_SET, { "other", 5 } }, .method = { VALUE_SET, { "GET", 3 } },
            .path = { VALUE_SET, { "/x/y", 4 } } }, false },
        { { .operation = { VALUE_SET, { "authorize", 9 } }, .method = { VALUE_SET, { "PUT", 3 } },
            .path = { VALUE_SET, { "/x/y", 4 } } }, false },
        { { .operation = { VALUE_SET, { "authorize", 9 } }, .method = { VALUE_SET, { "GET", 3 } },
            .path = { VALUE_SET, { "/x/z", 4 } } }, false },
    };
    struct request *rq = request_with(NULL, 0);
    const struct match_subject subject = subject_of(rq, "/x/y");
    for (size_t i = 0; i < COUNT(rows); i++)
        if (match_holds(&rows[i].match, &subject) != rows[i].holds)
            fail_msg("row %zu: expected %d", i, rows[i].holds);
    request_free(rq);
}

static bool headers_hold(const struct request *rq, struct pair *wanted, size_t n)
{
    const struct match match = { .is = VALUE_SET, .header = { VALUE_SET, n, wanted } };
    const struct match_subject subject = subject_of(rq, "/");
    return match_holds(&match, &subject);
}

static void test_headers(void **state)
{
    (void)state;
    const struct pair sent[] = { { T("User-Agent"), T("sdk/1.2 (linux)") }, { T("X-Empty"), T("") } };
    struct request *rq = request_with(sent, COUNT(sent));
    struct {
        struct pair wanted[2];
        size_t n;
        bool holds;
    } rows[] = {
        { { { T(""), T("") } }, 0, true },
        { { { T("user-agent"), T("sdk/*") } }, 1, true },
        { { { T("USER-AGENT"), T("*linux*") } }, 1, true },
        { { { T("user-agent"), T("sdk/1.2 (linux)") } }, 1, true },
        { { { T("user-agent"), T("SDK/*") } }, 1, false },
        { { { T("user-agent"), T("sdk") } }, 1, false },
        { { { T("user-agent"), T("") } }, 1, false },
        { { { T("x-empty"), T("") } }, 1, true },
        { { { T("x-empty"), T("*") } }, 1, true },
        { { { T("x-missing"), T("*") } }, 1, false },
        { { { T("x-missing"), T("") } }, 1, false },
        { { { T("user-agent"), T("sdk/*") }, { T("x-empty"), T("") } }, 2, true },
        { { { T("user-agent"), T("sdk/*") }, { T("x-missing"), T("*") } }, 2, false },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (headers_hold(rq, rows[i].wanted, rows[i].n) != rows[i].holds)
            fail_msg("row %zu: expected %d", i, rows[i].holds);
    request_free(rq);
}

/* ---- a request as it is --------------------------------------------------------------------------------- */

static void test_subject(void **state)
{
    (void)state;
    static const struct {
        const char *method, *uri, *operation, *path;
    } rows[] = {
        { "GET", "/_mock/oauth/authorize/gmail?state=x%2Fy", "authorize", "/_mock/oauth/authorize/gmail" },
        { "GET", "/_mock/composio/connect/ca_1", "connectComposio", "/_mock/composio/connect/ca_1" },
        { "POST", "/v1/connections/composio/start?", "startComposio", "/v1/connections/composio/start" },
        { "HEAD", "/v1/connections?a=/b?c", "listConnections", "/v1/connections" },
        { "GET", "/nowhere", "", "/nowhere" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct request *rq = rig_ask(&rig, ASK(rows[i].method, rows[i].uri, OWNER));
        const struct match_subject subject = match_subject_of(rq);
        assert_true(text_eq(subject.operation, text_of(rows[i].operation)));
        assert_true(text_eq(subject.method, text_of(rows[i].method)));
        assert_true(text_eq(subject.path, text_of(rows[i].path)));
        assert_int_equal(subject.header_count, rq->header_count);
        request_free(rq);
    }
}

/* ---- kept as JSON ---------------------------------------------------------------------------------------- */

static void test_json(void **state)
{
    (void)state;
    struct pair header[] = { { T("X-\"Quoted\""), T("a\\*\n\xc3\xa9") } };
    const struct match all = {
        .is = VALUE_SET,
        .operation = SET_TEXT(T("authorize")),
        .method = SET_TEXT(T("get")),
        .path = SET_TEXT(T("/x/*")),
        .header = { VALUE_SET, 1, header },
    };
    const struct pair sent[] = { { T("x-\"quoted\""), T("a\\anything\n\xc3\xa9") } };
    struct request *rq = request_with(sent, 1), *other = request_with(NULL, 0);
    const struct match_subject subject = subject_of(rq, "/x/y"), stranger = subject_of(other, "/x/y");
    const struct text json = match_json(scratch, &all);
    assert_true(is_json(json));
    assert_true(match_json_holds(scratch, json, &subject));
    assert_false(match_json_holds(scratch, json, &stranger));
    request_free(rq);
    request_free(other);
}

static void test_json_of_nothing(void **state)
{
    (void)state;
    const struct match nothing = { .is = VALUE_ABSENT };
    struct request *rq = request_with(NULL, 0);
    const struct match_subject subject = subject_of(rq, "/");
    const struct text json = match_json(scratch, &nothing);
    assert_true(text_eq(json, T("{}")));
    assert_true(match_json_holds(scratch, json, &subject));
    request_free(rq);
}

/* What cannot be understood is for nobody, rather than for all. */
static void test_json_that_is_none(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "", "{", "[]", "null", "\"*\"", "{\"path\":1}", "{\"path\":\"\"}", "{\"path\":\"*\",\"path\":\"*\"}",
        "{\"header\":[]}", "{\"header\":{\"a\":1}}", "{\"method\":null}",
    };
    struct request *rq = request_with(NULL, 0);
    const struct match_subject subject = subject_of(rq, "/");
    for (size_t i = 0; i < COUNT(texts); i++)
        if (match_json_holds(scratch, text_of(texts[i]), &subject))
            fail_msg("%s holds", texts[i]);
    request_free(rq);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_stars),
        TEST(test_many_stars),
        TEST(test_all_short_ones),
        TEST(test_every_member_has_to_hold),
        TEST(test_headers),
        TEST(test_subject),
        TEST(test_json),
        TEST(test_json_of_nothing),
        TEST(test_json_that_is_none),
    };
    return cmocka_run_group_tests_name("match", tests, NULL, NULL);
}
