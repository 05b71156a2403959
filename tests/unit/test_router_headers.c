/* Router: request ids, warnings, the headers of every reply, rate limit and CORS, reads that come again, threads. */
#include "router/router.h"

#include "base/limit.h"
#include "rig.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define GOOD "{\"name\":\"x\",\"provider\":\"user\",\"auth_method\":\"url\"}"


static int open_default(void **state)
{
    (void)state;
    rig_open(&rig, NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    rig_close(&rig);
    return 0;
}

/* ---- headers of the reply ------------------------------------------------------------------------------ */

static void expect_id(struct text given, bool taken)
{
    struct request *rq = rig_ask(&rig, ASK("GET", "/_mock/health", .headers = { { T("X-Request-ID"), given } }));
    const char *got = reply_value(rq, "x-request-id"), *warning = reply_value(rq, "x-mock-warning");
    assert_non_null(got);
    assert_int_equal(text_eq(text_of(got), given), taken);
    assert_int_equal(warning == NULL, taken);
    struct uuid id;
    assert_true(taken || uuid_parse(text_of(got), &id));
    assert_true(text_eq(rq->id, text_of(got)));
    request_free(rq);
}

static void test_request_ids(void **state)
{
    (void)state;
    char longest[LIMIT_REQUEST_ID + 1];
    memset(longest, 'i', sizeof longest);
    expect_id(T("a"), true);
    expect_id(T("!~\"\\{}"), true);
    expect_id((struct text){ longest, LIMIT_REQUEST_ID }, true);
    expect_id((struct text){ longest, LIMIT_REQUEST_ID + 1 }, false);
    expect_id(T(""), false);
    expect_id(T("a b"), false);
    expect_id(T("a\tb"), false);
    expect_id(T("\xC3\xA4"), false);
    expect_id(T("a\x7F"), false);
    struct request *first = rig_ask(&rig, ASK("GET", "/no")), *second = rig_ask(&rig, ASK("GET", "/no"));
    assert_false(text_eq(first->id, second->id));
    assert_null(reply_value(first, "x-mock-warning"));
    request_free(first);
    request_free(second);
}

#define CREATE(members) { .method = "POST", "/v1/connections?q=1", OWNER, JSON, \
                          "{\"name\":\"x\",\"provider\":\"user\",\"auth_method\":\"url\"" members "}" }

static void test_warnings(void **state)
{
    (void)state;
    const char *name = "x-mock-warning";
    rig_expect_header(&rig, (struct ask){ .uri = "/v1/connections?x=1&limit=5&y", .key = OWNER }, 200, name,
                  "ignored, not documented: querystring/x, querystring/y");
    rig_expect_header(&rig, (struct ask){ .uri = "/v1/connections?limit=5", .key = OWNER }, 200, name, NULL);
    rig_expect_header(&rig, (struct ask)CREATE(",\"foo\":1,\"headers\":{\"bar\":{}}"), 201, name,
                  "ignored, not documented: body/headers/bar, body/foo, querystring/q");
    rig_expect_header(&rig, (struct ask)CREATE(",\"\xC3\xA4\\n\":1"), 201, name,
                  "ignored, not documented: body/???, querystring/q");
    rig_expect_header(&rig, (struct ask){ .uri = "/_mock/health?x" }, 200, name,
                      "ignored, not documented: querystring/x");
}

/* A reply that is remembered for the next reader has its own warning, and no other's. */
static void test_warnings_of_repeated_reads(void **state)
{
    (void)state;
    const struct pair bad = { T("x-request-id"), T("not one") };
    const char *name = "x-mock-warning";
    static const char of_id[] = "x-request-id was ignored: expected 1 to 128 visible ASCII characters";
    for (int i = 0; i < 3; i++) {
        rig_expect_header(&rig, (struct ask){ .uri = "/v1/profile", .key = OWNER, .headers = { bad } }, 200, name,
                          of_id);
        rig_expect_header(&rig, (struct ask){ .uri = "/v1/profile", .key = OWNER }, 200, name, NULL);
        rig_expect_header(&rig, (struct ask){ .uri = "/v1/profile?x", .key = OWNER }, 200, name,
                      "ignored, not documented: querystring/x");
    }
    struct request *rq = rig_ask(&rig, (struct ask){ .uri = "/v1/profile?x", .key = OWNER, .headers = { bad } });
    assert_non_null(strstr(reply_value(rq, name), of_id));
    assert_non_null(strstr(reply_value(rq, name), "querystring/x"));
    request_free(rq);
}

/* Long and strange names: the header stays one line of printable ASCII within its limit. */
static void test_long_warnings(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buf body = buf_new(arena, LIMIT_BODY);
    buf_add(&body, T("{\"name\":\"x\",\"provider\":\"user\",\"auth_method\":\"url\""));
    for (int i = 0; i < 200; i++)
        buf_addf(&body, ",\"\xC3\xA4 %d\\r\\n\":0", i);
    buf_add(&body, T("}"));
    const struct text text = buf_text(&body);
    struct request *rq = rig_ask(&rig, ASK("POST", "/v1/connections", OWNER, JSON, text.p, text.n));
    const char *warning = reply_value(rq, "x-mock-warning");
    assert_int_equal(rq->reply.status, 201);
    assert_non_null(warning);
    for (const char *c = warning; *c; c++)
        assert_in_range(*c, ' ', '~');
    assert_null(strstr(warning, ", ,"));
    assert_true(text_ends(text_of(warning), T(", and more")));
    assert_in_range(strlen(warning), LIMIT_WARNING / 2, LIMIT_WARNING);
    request_free(rq);
    arena_free(arena);
}

/* More different reads than are remembered, each with its own reply, however often it comes. */
static void test_many_reads(void **state)
{
    (void)state;
    for (int i = 0; i < 12000; i++) {
        char uri[100], part[50];
        snprintf(uri, sizeof uri, "/v1/connections?limit=3&offset=%d", i * 7 % 6000);
        snprintf(part, sizeof part, "\"limit\":3,\"offset\":%d}", i * 7 % 6000);
        rig_expect_part(&rig, (struct ask){ .uri = uri, .key = OWNER }, 200, part);
    }
}

static void test_common_headers(void **state)
{
    (void)state;
    const char *json = "application/json; charset=utf-8";
    rig_expect_header(&rig, (struct ask){ .uri = "/v1/profile", .key = OWNER }, 200, "content-type", json);
    rig_expect_header(&rig, (struct ask){ .uri = "/v1/profile" }, 401, "content-type", json);
    rig_expect_header(&rig, (struct ask){ .uri = "/no" }, 404, "content-type", json);
    rig_expect_header(&rig, (struct ask){ .uri = "/v1/profile", .key = OWNER }, 200, "x-ratelimit-limit", "300");
    rig_expect_header(&rig, (struct ask){ .uri = "/v1/profile", .key = OWNER }, 200, "x-ratelimit-remaining", "300");
    rig_expect_header(&rig, (struct ask){ .uri = "/v1/profile" }, 401, "x-ratelimit-limit", "300");
    rig_expect_header(&rig, (struct ask){ .uri = "/_mock/health" }, 200, "x-ratelimit-limit", NULL);
    const struct ask elsewhere = { .uri = "/v1/profile", .key = OWNER };
    rig_expect_header(&rig, elsewhere, 200, "access-control-allow-origin", NULL);
}

static void test_rate_limit(void **state)
{
    (void)state;
    rig_open(&rig, (const char *const[]){ "--rate-limit", "3", NULL });
    const struct ask ask = { .uri = "/v1/profile", .key = OWNER };
    rig_expect_header(&rig, (struct ask){ .uri = "/v1/profile" }, 401, "x-ratelimit-remaining", "3");
    rig_expect_header(&rig, ask, 200, "x-ratelimit-remaining", "2");
    rig_expect_header(&rig, ask, 200, "x-ratelimit-remaining", "1"); /* also when it is answered from memory */
    rig_expect_header(&rig, ASK("POST", "/v1/connections", OWNER, JSON, "{}"), 400,
                  "x-ratelimit-remaining", "0");
    rig_expect(&rig, ask, 429, "{\"statusCode\":429,\"error\":\"Too Many Requests\","
                               "\"message\":\"Rate limit exceeded, retry in 1 minute\"}");
    struct request *rq = rig_ask(&rig, ask);
    const char *after = reply_value(rq, "retry-after");
    assert_int_equal(rq->reply.status, 429);
    assert_non_null(after);
    assert_in_range(strtol(after, NULL, 10), 1, 60);
    request_free(rq);
    rig_expect_header(&rig, (struct ask){ .uri = "/v1/profile", .key = MEMBER }, 200, "x-ratelimit-remaining", "2");
    rig_expect(&rig, (struct ask){ .uri = "/_mock/health" }, 200, NULL);
    rig_close(&rig);
}

/* ---- CORS ---------------------------------------------------------------------------------------------- */

#define ORIGIN { T("Origin"), T("https://app.example") }
#define WANTS { T("Access-Control-Request-Method"), T("PATCH") }

static void test_preflight(void **state)
{
    (void)state;
    rig_open(&rig, (const char *const[]){ "--cors", "https://app.example", NULL });
    const struct ask ask = { .method = "OPTIONS", "/v1/connections", .headers = { ORIGIN, WANTS } };
    struct request *rq = rig_ask(&rig, ask);
    assert_int_equal(rq->reply.status, 204);
    assert_int_equal(reply_bytes(&rq->reply).n, 0);
    assert_null(reply_value(rq, "content-type"));
    assert_string_equal(reply_value(rq, "access-control-allow-origin"), "https://app.example");
    assert_string_equal(reply_value(rq, "access-control-allow-headers"), "authorization, content-type");
    assert_non_null(strstr(reply_value(rq, "access-control-allow-methods"), "PATCH"));
    assert_string_equal(reply_value(rq, "vary"), "origin");
    request_free(rq);
    const struct pair wanted = { T("access-control-request-headers"), T("x-a, x-b") };
    rig_expect_header(&rig, ASK("OPTIONS", "/no", .headers = { ORIGIN, WANTS, wanted }), 204,
                      "access-control-allow-headers",
                  "x-a, x-b");
    rig_expect(&rig, ASK("OPTIONS", "/v1/connections", .headers = { ORIGIN }), 404, NULL);
    rig_expect(&rig, ASK("OPTIONS", "/v1/connections", .headers = { WANTS }), 404, NULL);
    rig_expect(&rig, ASK("OPTIONS", "/v1/connections",
                                   .headers = { { T("Origin"), T("https://evil.example") }, WANTS }), 404, NULL);
    rig_expect_header(&rig, (struct ask){ .uri = "/v1/profile", .headers = { ORIGIN } }, 401,
                      "access-control-allow-origin",
                  "https://app.example");
    rig_expect_header(&rig, (struct ask){ .uri = "/v1/profile", .headers = { { T("Origin"),
                      T("https://app.example.evil") } } },
                  401, "access-control-allow-origin", NULL);
    rig_close(&rig);
}

static void test_preflight_for_any(void **state)
{
    (void)state;
    rig_open(&rig, (const char *const[]){ "--cors=*", NULL });
    const struct ask ask = { .uri = "/v1/profile", .key = OWNER, .headers = { ORIGIN } };
    rig_expect_header(&rig, ask, 200, "access-control-allow-origin", "*");
    rig_expect_header(&rig, ask, 200, "vary", NULL);
    const struct ask elsewhere = { .uri = "/v1/profile", .key = OWNER };
    rig_expect_header(&rig, elsewhere, 200, "access-control-allow-origin", NULL);
    rig_close(&rig);
}

/* ---- threads ------------------------------------------------------------------------------------------- */

enum { THREADS = 3, ROUNDS = 60 };

/* Sends it; whether the reply has that status and that part. The id that is in it goes to `ret_id`. */
static bool answers(struct ask ask, unsigned status, const char *part, char *ret_id)
{
    struct request *rq = rig_ask(&rig, ask);
    const struct text body = reply_bytes(&rq->reply);
    const bool ok = rq->reply.status == status && text_contains(body, text_of(part));
    if (ret_id && body.n > 43)
        snprintf(ret_id, UUID_TEXT_SIZE + 1, "%.*s", UUID_TEXT_SIZE, body.p + strlen("{\"id\":\""));
    request_free(rq);
    return ok;
}

/* Whoever has changed something reads what it has become, however often it was read before. */
static void *change_and_read(void *key)
{
    intptr_t wrong = 0;
    for (int i = 0; i < ROUNDS; i++) {
        char id[UUID_TEXT_SIZE + 1] = "", uri[100], patch[50], name[50];
        const struct ask create = { .method = "POST", .uri = "/v1/connections", .key = key, .type = JSON,
                                    .body = GOOD };
        wrong += !answers(create, 201, "\"name\":\"x\"", id);
        snprintf(uri, sizeof uri, "/v1/connections/%s", id);
        snprintf(patch, sizeof patch, "{\"name\":\"n%d\"}", i);
        snprintf(name, sizeof name, "\"name\":\"n%d\"", i);
        const struct ask get = { .uri = uri, .key = key };
        wrong += !answers(get, 200, "\"name\":\"x\"", NULL) || !answers(get, 200, "\"name\":\"x\"", NULL);
        const struct ask change = { .method = "PATCH", .uri = uri, .key = key, .type = JSON,
                                    .body = patch };
        wrong += !answers(change, 200, name, NULL);
        wrong += !answers(get, 200, name, NULL) || !answers(get, 200, name, NULL);
        wrong += !answers((struct ask){ .uri = "/v1/connections?limit=1", .key = key }, 200, name, NULL);
        wrong += !answers(ASK("DELETE", .uri = uri, .key = key), 200, "deleted", NULL);
        wrong += !answers(get, 404, "not found", NULL);
    }
    arena_trim();
    return (void *)wrong;
}

static void test_threads(void **state)
{
    (void)state;
    static char keys[THREADS][20] = { OWNER, MANAGER, MEMBER };
    pthread_t threads[THREADS];
    intptr_t wrong = 0;
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, change_and_read, keys[i]), 0);
    for (size_t i = 0; i < THREADS; i++) {
        void *result;
        assert_int_equal(pthread_join(threads[i], &result), 0);
        wrong += (intptr_t)result;
    }
    assert_int_equal(wrong, 0);
}

static char *folder;

static int open_file(void **state)
{
    (void)state;
    static char path[300];
    folder = folder_new();
    snprintf(path, sizeof path, "%s/state.db", folder);
    rig_open(&rig, (const char *const[]){ "--db", path, NULL });
    return 0;
}

static int stop_file(void **state)
{
    stop(state);
    folder_remove(folder);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_default, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_request_ids),
        TEST(test_warnings),
        TEST(test_warnings_of_repeated_reads),
        TEST(test_long_warnings),
        TEST(test_many_reads),
        TEST(test_common_headers),
        cmocka_unit_test(test_rate_limit),
        cmocka_unit_test(test_preflight),
        cmocka_unit_test(test_preflight_for_any),
        TEST(test_threads),
        { "test_threads.in_a_file", test_threads, open_file, stop_file, NULL },
    };
    return cmocka_run_group_tests_name("router_headers", tests, NULL, NULL);
}
