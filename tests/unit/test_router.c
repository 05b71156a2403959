/* Router: the order of checks, refusals before the body, limits, request ids, warnings, headers, preflight. Every
 * request that the rig sends is also checked to leave no transaction and no query open. */
#include "router.h"

#include "limit.h"
#include "rig.h"
#include "routes.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define MINE "6f1d2c3b-4444-4aaa-8bbb-000000000009"  /* of the default fixtures' owner */
#define NOBODY "6f1d2c3b-4444-4aaa-8bbb-000000009999"
#define GOOD "{\"name\":\"x\",\"provider\":\"user\",\"auth_method\":\"url\"}"

static struct rig rig;

static int open_default(void **state)
{
    (void)state;
    rig_open(&rig, NULL);
    return 0;
}

static int open_strict(void **state)
{
    (void)state;
    rig_open(&rig, (const char *const[]){ "--strict", NULL });
    return 0;
}

static int stop(void **state)
{
    (void)state;
    rig_close(&rig);
    return 0;
}

static void expect_header(struct ask ask, unsigned status, const char *name, const char *value)
{
    struct request *rq = rig_ask(&rig, ask);
    const char *got = reply_value(rq, name);
    if (rq->reply.status != status || !got != !value || (got && strcmp(got, value) != 0))
        fail_msg("%s: %u %s: %s", ask.uri, rq->reply.status, name, got ? got : "(none)");
    request_free(rq);
}

#define API(body) "{\"error\":\"" body "\"}"
#define UNAUTHORIZED "{\"error\":\"Unauthorized\",\"message\":"
#define NOT_FOUND(method, uri) "{\"statusCode\":404,\"error\":\"Not Found\",\"message\":\"Route " method ":" uri " not found\"}"

/* ---- the order of checks ------------------------------------------------------------------------------- */

/* Each request is wrong in all that its row and the rows below it are about. */
static void test_order_of_checks(void **state)
{
    (void)state;
    static const char wrong[] = "{\"name\":\"\"";
    rig_expect(&rig, (struct ask){ .method = "PUT", "/v2/teams/x/connections?limit=x", .type = "text/x", .body = wrong }, 404,
               NOT_FOUND("PUT", "/v2/teams/x/connections?limit=x"));
    rig_expect(&rig, (struct ask){ .method = "POST", "/v2/teams/" OTHER_TEAM "/connections", .type = "text/x", .body = wrong },
               401, UNAUTHORIZED "\"Missing Authorization header; send 'Authorization: Bearer <api key>'\"}");
    rig_expect(&rig, (struct ask){ .method = "POST", "/v2/teams/" OTHER_TEAM "/connections", "dv_nobody", "text/x", wrong },
               401, UNAUTHORIZED "\"Invalid API key\"}");
    rig_expect(&rig, (struct ask){ .method = "POST", "/v2/teams/" OTHER_TEAM "/connections", OWNER, "text/x", wrong }, 403,
               "{\"error\":\"Forbidden\",\"message\":\"API key does not belong to this team\"}");
    rig_expect_part(&rig, (struct ask){ .method = "POST", "/v2/teams/" TEAM "/connections", OWNER, "text/x", wrong }, 415,
                    "FST_ERR_CTP_INVALID_MEDIA_TYPE");
    rig_expect_part(&rig, (struct ask){ .method = "PATCH", "/v1/connections/x", OWNER, "application/json", "{\"name\":\"\"}" },
                    400, "params/connection_id Invalid GUID, body/name Too small");
    rig_expect(&rig, (struct ask){ .method = "PATCH", "/v1/connections/" NOBODY, OWNER, "application/json", "{\"name\":\"\"}" },
               400, "{\"error\":\"Bad Request\",\"message\":\"body/name Too small: expected string to have >=1 "
                    "characters\"}");
    rig_expect(&rig, (struct ask){ .method = "PATCH", "/v1/connections/" NOBODY, OWNER, "application/json", "{}" }, 404,
               "{\"error\":\"Not Found\",\"message\":\"Connection not found\"}");
    rig_expect(&rig, (struct ask){ .method = "PATCH", "/v1/connections/" MINE, OWNER, "application/json", "{}" }, 200, NULL);
}

static void test_keys(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        unsigned status;
        const char *part;
    } rows[] = {
        { "Bearer dv_test_owner", 200, "Olivia" },
        { "bEARER dv_test_owner", 200, "Olivia" },
        { " Bearer   dv_test_owner\t", 200, "Olivia" },
        { "", 401, "Malformed" },
        { "Bearer", 401, "Malformed" },
        { "Bearer ", 401, "Malformed" },
        { "dv_test_owner", 401, "Malformed" },
        { "Basic dv_test_owner", 401, "Malformed" },
        { "Bearer dv_test_owner x", 401, "Malformed" },
        { "Bearer dv_test_owner,", 401, "Invalid API key" },
        { "Bearer DV_TEST_OWNER", 401, "Invalid API key" },
        { "Bearer dv_test_owne", 401, "Invalid API key" },
        { "Bearer dv_test_revoked", 401, "revoked" },
        { "Bearer dv_any", 401, "Invalid API key" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct ask ask = { .uri = "/v1/profile", .headers = { { T("authorization"), text_of(rows[i].value) } } };
        rig_expect_part(&rig, ask, rows[i].status, rows[i].part);
        expect_header(ask, rows[i].status, "www-authenticate", rows[i].status == 401 ? "Bearer" : NULL);
    }
}

static void test_any_key(void **state)
{
    (void)state;
    rig_open(&rig, (const char *const[]){ "--any-key", NULL });
    for (int i = 0; i < 2; i++) {
        rig_expect_part(&rig, (struct ask){ .uri = "/v1/profile", .key = "dv_any" }, 200, "Olivia");
        rig_expect_part(&rig, (struct ask){ .uri = "/v1/profile", .key = MEMBER }, 200, "Milo");
        rig_expect_part(&rig, (struct ask){ .uri = "/v1/profile", .key = "any" }, 401, "Invalid API key");
        rig_expect_part(&rig, (struct ask){ .uri = "/v1/profile", .key = "dv_test_revoked" }, 401, "revoked");
    }
    rig_close(&rig);
}

/* Keys that were just seen stay apart, also when the same thread looks them up for writing. */
static void test_keys_in_turn(void **state)
{
    (void)state;
    static const char *const keys[] = { OWNER, OTHER, "dv_nobody", MEMBER, "dv_test_revoked", MANAGER };
    static const unsigned statuses[] = { 200, 404, 401, 404, 401, 404 };
    for (int round = 0; round < 3; round++)
        for (size_t i = 0; i < COUNT(keys); i++) {
            rig_expect(&rig, (struct ask){ .uri = "/v1/connections/" MINE, .key = keys[i] }, statuses[i], NULL);
            rig_expect(&rig, (struct ask){ .method = "PATCH", "/v1/connections/" MINE, keys[i], "application/json", "{}" },
                       statuses[i], NULL);
        }
}

/* ---- routes -------------------------------------------------------------------------------------------- */

static void test_unknown_routes(void **state)
{
    (void)state;
    rig_expect(&rig, (struct ask){ .uri = "/" }, 404, NOT_FOUND("GET", "/"));
    rig_expect(&rig, (struct ask){ .method = "OPTIONS", "/v1/profile" }, 404, NOT_FOUND("OPTIONS", "/v1/profile"));
    rig_expect(&rig, (struct ask){ .method = "GET", "/no\"\xC3\xA4?x=\x01" }, 404, NOT_FOUND("GET", "/no\\\"???x=?"));
    rig_expect(&rig, (struct ask){ .method = "GET", "/v1/connections/%zz?a=b" }, 400,
               "{\"statusCode\":400,\"code\":\"FST_ERR_BAD_URL\",\"error\":\"Bad Request\","
               "\"message\":\"'/v1/connections/%zz?a=b' is not a valid url component\"}");
    rig_expect_part(&rig, (struct ask){ .uri = "/v1/connections/", .key = OWNER }, 400, "params/connection_id Invalid GUID");
    rig_expect_part(&rig, (struct ask){ .uri = "/v1/connections/a%2fcredentials", .key = OWNER }, 400, "Invalid GUID");
}

static void test_head(void **state)
{
    (void)state;
    struct request *get = rig_ask(&rig, (struct ask){ .method = "GET", "/v1/connections?limit=2", OWNER });
    struct request *head = rig_ask(&rig, (struct ask){ .method = "HEAD", "/v1/connections?limit=2", OWNER });
    assert_int_equal(head->reply.status, 200);
    assert_true(text_eq(reply_bytes(&get->reply), reply_bytes(&head->reply)));
    assert_int_equal(get->reply.header_count, head->reply.header_count);
    request_free(get);
    request_free(head);
}

static void test_absolute_form(void **state)
{
    (void)state;
    rig_expect(&rig, (struct ask){ .uri = "http://host:1/v1/profile", .key = OWNER }, 200, NULL);
    rig_expect(&rig, (struct ask){ .uri = "https://host/_mock/health" }, 200, "{\"status\":\"ok\"}");
    rig_expect(&rig, (struct ask){ .uri = "http://host" }, 404, NOT_FOUND("GET", "/"));
    rig_expect(&rig, (struct ask){ .uri = "http://" }, 404, NOT_FOUND("GET", "/"));
}

static void test_own_routes(void **state)
{
    (void)state;
    rig_expect(&rig, (struct ask){ .uri = "/_mock/health" }, 200, "{\"status\":\"ok\"}");
    rig_expect(&rig, (struct ask){ .uri = "/health" }, 200, "{\"status\":\"ok\"}");
    rig_expect(&rig, (struct ask){ .uri = "/_mock/ready" }, 200, "{\"status\":\"ok\"}");
    rig_expect(&rig, (struct ask){ .uri = "/_mock/version" }, 200,
               "{\"name\":\"duvo-mock\",\"version\":\"" DUVO_MOCK_VERSION "\"}");
    rig_expect_part(&rig, (struct ask){ .uri = "/openapi.json" }, 200, "\"openapi\"");
}

/* ---- before the body ----------------------------------------------------------------------------------- */

static void expect_begin(struct ask ask, int64_t length, bool refused, unsigned status)
{
    bool got;
    struct request *rq = rig_begin(&rig, ask, length, &got);
    if (got != refused || (refused && rq->reply.status != status))
        fail_msg("%s with %lld bytes: %d %u", ask.uri, (long long)length, got, rq->reply.status);
    assert_true(!refused || is_json(reply_bytes(&rq->reply)));
    request_free(rq);
}

static void test_refused_early(void **state)
{
    (void)state;
    const struct ask post = { .method = "POST", "/v1/connections", OWNER, "application/json" };
    const struct ask nobody = { .method = "POST", "/v1/connections", .type = "application/json" };
    expect_begin(post, 0, false, 0);
    expect_begin(post, LIMIT_BODY, false, 0);
    expect_begin(post, LIMIT_BODY + 1, true, 413);
    expect_begin(post, INT64_MAX, true, 413);
    expect_begin(post, -1, false, 0);
    expect_begin(nobody, 100, false, 0); /* small ones are read first */
    expect_begin(nobody, LIMIT_BODY, true, 401);
    expect_begin(nobody, LIMIT_BODY + 1, true, 401);
    expect_begin(nobody, -1, true, 401);
    expect_begin((struct ask){ .method = "POST", "/v1/no" }, 10, true, 404);
    expect_begin((struct ask){ .method = "GET", "/_mock/health" }, LIMIT_BODY + 1, true, 413);
    expect_begin((struct ask){ .method = "GET", "/_mock/health" }, LIMIT_BODY, false, 0);
}

/* What comes in after a refusal is counted and dropped, up to a bound. */
static void test_draining(void **state)
{
    (void)state;
    static char zeros[1 << 20];
    bool refused;
    struct request *rq = rig_begin(&rig, (struct ask){ .method = "POST", "/v1/no" }, INT64_MAX, &refused);
    assert_true(refused);
    for (size_t i = 0; i < (LIMIT_BODY + LIMIT_DRAIN) / sizeof zeros; i++)
        assert_true(request_take_body(rq, zeros, sizeof zeros));
    assert_false(request_take_body(rq, zeros, 1));
    assert_int_equal(rq->body.n, 0);
    rig_finish(&rig, rq);
    assert_int_equal(rq->reply.status, 404);
    request_free(rq);
}

/* A body in chunks of exactly so many bytes, all but a few of them blanks. */
static void expect_chunked(size_t n, unsigned status)
{
    char *body = malloc(n);
    assert_non_null(body);
    memset(body, ' ', n);
    memcpy(body, GOOD, strlen(GOOD));
    rig_expect(&rig, (struct ask){ .method = "POST", "/v1/connections", OWNER, "application/json", body, n, .chunked = true },
               status, NULL);
    rig_expect(&rig, (struct ask){ .method = "POST", "/v1/connections", OWNER, "application/json", body, n }, status, NULL);
    free(body);
}

static void test_limit_of_the_body(void **state)
{
    (void)state;
    expect_chunked(strlen(GOOD), 201);
    expect_chunked(LIMIT_BODY, 201);
    expect_chunked(LIMIT_BODY + 1, 413);
    expect_chunked(LIMIT_BODY + LIMIT_DRAIN, 413);
}

/* A read that was answered before is not answered to a request that is refused. */
static void test_limit_of_the_body_of_reads(void **state)
{
    (void)state;
    static char zeros[LIMIT_BODY + 1];
    const struct ask plain = { .uri = "/v1/profile", .key = OWNER };
    struct ask large = plain;
    large.body = zeros;
    large.length = sizeof zeros;
    for (int i = 0; i < 2; i++) {
        rig_expect(&rig, large, 413, NULL);
        large.chunked = true;
        rig_expect(&rig, large, 413, NULL);
        rig_expect(&rig, plain, 200, NULL);
    }
}

static void test_limit_of_the_uri(void **state)
{
    (void)state;
    static char uri[LIMIT_URI + 2];
    static const char path[] = "/_mock/health?x=";
    memset(uri, 'x', LIMIT_URI);
    memcpy(uri, path, sizeof path - 1);
    rig_expect(&rig, (struct ask){ .uri = uri }, 200, NULL);
    uri[LIMIT_URI] = 'x';
    rig_expect(&rig, (struct ask){ .uri = uri }, 414, NULL);
}

static void expect_headers(size_t count, size_t bytes, unsigned status)
{
    bool refused;
    struct request *rq = request_new(&rig.server, T("/_mock/health"));
    char *value = arena_alloc(rq->arena, bytes);
    memset(value, 'v', bytes);
    rq->method = T("GET");
    rq->headers = ARENA_ARRAY(rq->arena, count, struct header);
    rq->header_count = count;
    for (size_t i = 0; i < count; i++)
        rq->headers[i] = (struct header){ T("x"), { value, i ? 0 : bytes - count } };
    refused = router_begin(rq, 0);
    assert_int_equal(refused, status != 200);
    rig_finish(&rig, rq);
    assert_int_equal(rq->reply.status, status);
    request_free(rq);
}

static void test_limits_of_headers(void **state)
{
    (void)state;
    expect_headers(LIMIT_HEADER_COUNT, 1000, 200);
    expect_headers(LIMIT_HEADER_COUNT + 1, 1000, 431);
    expect_headers(10, LIMIT_HEADER_BYTES, 200);
    expect_headers(10, LIMIT_HEADER_BYTES + 1, 431);
}

/* ---- bodies -------------------------------------------------------------------------------------------- */

static void expect_body(const char *type, const char *body, unsigned status, const char *part)
{
    rig_expect_part(&rig, (struct ask){ .method = "POST", "/v1/connections", OWNER, type, body }, status, part);
}

static void test_media_types(void **state)
{
    (void)state;
    expect_body("application/json", GOOD, 201, "\"name\":\"x\"");
    expect_body("Application/JSON; charset=utf-8", GOOD, 201, "\"name\":\"x\"");
    expect_body("application/json;charset=latin1", GOOD, 201, "\"name\":\"x\"");
    expect_body(NULL, GOOD, 415, "FST_ERR_CTP_INVALID_MEDIA_TYPE");
    expect_body("application/xml", GOOD, 415, "FST_ERR_CTP_INVALID_MEDIA_TYPE");
    expect_body("application/jsonx", GOOD, 415, "FST_ERR_CTP_INVALID_MEDIA_TYPE");
    expect_body("text/plain", GOOD, 400, "body/ Invalid input: expected object, received string");
    expect_body("application/json", "", 400, "FST_ERR_CTP_EMPTY_JSON_BODY");
    expect_body(NULL, NULL, 400, "body/ Invalid input: expected object, received null");
    expect_body("text/plain", NULL, 400, "body/ Invalid input: expected object, received null");
}

static void test_bad_json(void **state)
{
    (void)state;
    expect_body("application/json", "{\"name\":", 400, "FST_ERR_CTP_INVALID_JSON_BODY");
    expect_body("application/json", "{\"name\":\"x\",\"name\":\"y\"}", 400, "the same key twice (line 1, column 18)");
    expect_body("application/json", "{\n\"name\":\"\\u0000\"}", 400, "\\\\u0000 is not allowed (line 2, column 15)");
    expect_body("application/json", "[]", 400, "body/ Invalid input: expected object, received array");
    expect_header((struct ask){ .method = "POST", "/v1/connections", OWNER, "application/json", "{\n \"name\" 1}" }, 400,
                  "x-mock-warning", "body is malformed at line 2, column 9");
}

static void test_bodies_nobody_asked_for(void **state)
{
    (void)state;
    rig_expect(&rig, (struct ask){ .method = "GET", "/v1/profile", OWNER, "application/json", "{nonsense" }, 200, NULL);
    rig_expect(&rig, (struct ask){ .method = "DELETE", "/v1/connections/" NOBODY, OWNER, "application/json" }, 404, NULL);
    rig_expect(&rig, (struct ask){ .method = "DELETE", "/v1/connections/" NOBODY, OWNER, "text/x", "x" }, 404, NULL);
}

static void test_strictly(void **state)
{
    (void)state;
    rig_expect_part(&rig, (struct ask){ .method = "DELETE", "/v1/connections/" NOBODY, OWNER, "application/json" }, 400,
                    "FST_ERR_CTP_EMPTY_JSON_BODY");
    rig_expect(&rig, (struct ask){ .method = "DELETE", "/v1/connections/" NOBODY, OWNER }, 404, NULL);
    rig_expect_part(&rig, (struct ask){ .uri = "/v1/connections?x=1", .key = OWNER }, 400,
                    "querystring/x Unrecognized key");
    rig_expect_part(&rig, (struct ask){ .uri = "/v1/profile?x", .key = OWNER }, 400, "querystring/x Unrecognized key");
    expect_body("application/json", "{\"name\":\"x\",\"provider\":\"user\",\"auth_method\":\"url\",\"more\":{}}", 400,
                "body/more Unrecognized key");
    expect_body("application/json", GOOD, 201, "\"name\":\"x\"");
}

/* ---- headers of the reply ------------------------------------------------------------------------------ */

static void expect_id(struct text given, bool taken)
{
    struct request *rq = rig_ask(&rig, (struct ask){ .uri = "/_mock/health", .headers = { { T("X-Request-ID"), given } } });
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
    struct request *first = rig_ask(&rig, (struct ask){ .uri = "/no" }), *second = rig_ask(&rig, (struct ask){ .uri = "/no" });
    assert_false(text_eq(first->id, second->id));
    assert_null(reply_value(first, "x-mock-warning"));
    request_free(first);
    request_free(second);
}

#define CREATE(members) { .method = "POST", "/v1/connections?q=1", OWNER, "application/json", \
                          "{\"name\":\"x\",\"provider\":\"user\",\"auth_method\":\"url\"" members "}" }

static void test_warnings(void **state)
{
    (void)state;
    const char *name = "x-mock-warning";
    expect_header((struct ask){ .uri = "/v1/connections?x=1&limit=5&y", .key = OWNER }, 200, name,
                  "ignored, not documented: querystring/x, querystring/y");
    expect_header((struct ask){ .uri = "/v1/connections?limit=5", .key = OWNER }, 200, name, NULL);
    expect_header((struct ask)CREATE(",\"foo\":1,\"headers\":{\"bar\":{}}"), 201, name,
                  "ignored, not documented: body/headers/bar, body/foo, querystring/q");
    expect_header((struct ask)CREATE(",\"\xC3\xA4\\n\":1"), 201, name,
                  "ignored, not documented: body/???, querystring/q");
    expect_header((struct ask){ .uri = "/_mock/health?x" }, 200, name, "ignored, not documented: querystring/x");
}

/* A reply that is remembered for the next reader has its own warning, and no other's. */
static void test_warnings_of_repeated_reads(void **state)
{
    (void)state;
    const struct header bad = { T("x-request-id"), T("not one") };
    const char *name = "x-mock-warning";
    static const char of_id[] = "x-request-id was ignored: expected 1 to 128 visible ASCII characters";
    for (int i = 0; i < 3; i++) {
        expect_header((struct ask){ .uri = "/v1/profile", .key = OWNER, .headers = { bad } }, 200, name, of_id);
        expect_header((struct ask){ .uri = "/v1/profile", .key = OWNER }, 200, name, NULL);
        expect_header((struct ask){ .uri = "/v1/profile?x", .key = OWNER }, 200, name,
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
    struct request *rq = rig_ask(&rig, (struct ask){ .method = "POST", "/v1/connections", OWNER, "application/json", text.p, text.n });
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

static void test_common_headers(void **state)
{
    (void)state;
    const char *json = "application/json; charset=utf-8";
    expect_header((struct ask){ .uri = "/v1/profile", .key = OWNER }, 200, "content-type", json);
    expect_header((struct ask){ .uri = "/v1/profile" }, 401, "content-type", json);
    expect_header((struct ask){ .uri = "/no" }, 404, "content-type", json);
    expect_header((struct ask){ .uri = "/v1/profile", .key = OWNER }, 200, "x-ratelimit-limit", "300");
    expect_header((struct ask){ .uri = "/v1/profile", .key = OWNER }, 200, "x-ratelimit-remaining", "300");
    expect_header((struct ask){ .uri = "/v1/profile" }, 401, "x-ratelimit-limit", "300");
    expect_header((struct ask){ .uri = "/_mock/health" }, 200, "x-ratelimit-limit", NULL);
    expect_header((struct ask){ .uri = "/v1/profile", .key = OWNER }, 200, "access-control-allow-origin", NULL);
}

static void test_rate_limit(void **state)
{
    (void)state;
    rig_open(&rig, (const char *const[]){ "--rate-limit", "3", NULL });
    const struct ask ask = { .uri = "/v1/profile", .key = OWNER };
    expect_header((struct ask){ .uri = "/v1/profile" }, 401, "x-ratelimit-remaining", "3");
    expect_header(ask, 200, "x-ratelimit-remaining", "2");
    expect_header(ask, 200, "x-ratelimit-remaining", "1"); /* also when it is answered from memory */
    expect_header((struct ask){ .method = "POST", "/v1/connections", OWNER, "application/json", "{}" }, 400,
                  "x-ratelimit-remaining", "0");
    rig_expect(&rig, ask, 429, "{\"statusCode\":429,\"error\":\"Too Many Requests\","
                               "\"message\":\"Rate limit exceeded, retry in 1 minute\"}");
    struct request *rq = rig_ask(&rig, ask);
    const char *after = reply_value(rq, "retry-after");
    assert_int_equal(rq->reply.status, 429);
    assert_non_null(after);
    assert_in_range(strtol(after, NULL, 10), 1, 60);
    request_free(rq);
    expect_header((struct ask){ .uri = "/v1/profile", .key = MEMBER }, 200, "x-ratelimit-remaining", "2");
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
    expect_header((struct ask){ .method = "OPTIONS", "/no", .headers = { ORIGIN, WANTS,
                  { T("access-control-request-headers"), T("x-a, x-b") } } }, 204, "access-control-allow-headers", "x-a, x-b");
    rig_expect(&rig, (struct ask){ .method = "OPTIONS", "/v1/connections", .headers = { ORIGIN } }, 404, NULL);
    rig_expect(&rig, (struct ask){ .method = "OPTIONS", "/v1/connections", .headers = { WANTS } }, 404, NULL);
    rig_expect(&rig, (struct ask){ .method = "OPTIONS", "/v1/connections",
                                   .headers = { { T("Origin"), T("https://evil.example") }, WANTS } }, 404, NULL);
    expect_header((struct ask){ .uri = "/v1/profile", .headers = { ORIGIN } }, 401, "access-control-allow-origin",
                  "https://app.example");
    expect_header((struct ask){ .uri = "/v1/profile", .headers = { { T("Origin"), T("https://app.example.evil") } } },
                  401, "access-control-allow-origin", NULL);
    rig_close(&rig);
}

static void test_preflight_for_any(void **state)
{
    (void)state;
    rig_open(&rig, (const char *const[]){ "--cors=*", NULL });
    const struct ask ask = { .uri = "/v1/profile", .key = OWNER, .headers = { ORIGIN } };
    expect_header(ask, 200, "access-control-allow-origin", "*");
    expect_header(ask, 200, "vary", NULL);
    expect_header((struct ask){ .uri = "/v1/profile", .key = OWNER }, 200, "access-control-allow-origin", NULL);
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
        const struct ask create = { .method = "POST", .uri = "/v1/connections", .key = key, .type = "application/json",
                                    .body = GOOD };
        wrong += !answers(create, 201, "\"name\":\"x\"", id);
        snprintf(uri, sizeof uri, "/v1/connections/%s", id);
        snprintf(patch, sizeof patch, "{\"name\":\"n%d\"}", i);
        snprintf(name, sizeof name, "\"name\":\"n%d\"", i);
        const struct ask get = { .uri = uri, .key = key };
        wrong += !answers(get, 200, "\"name\":\"x\"", NULL) || !answers(get, 200, "\"name\":\"x\"", NULL);
        const struct ask change = { .method = "PATCH", .uri = uri, .key = key, .type = "application/json",
                                    .body = patch };
        wrong += !answers(change, 200, name, NULL);
        wrong += !answers(get, 200, name, NULL) || !answers(get, 200, name, NULL);
        wrong += !answers((struct ask){ .uri = "/v1/connections?limit=1", .key = key }, 200, name, NULL);
        wrong += !answers((struct ask){ .method = "DELETE", .uri = uri, .key = key }, 200, "deleted", NULL);
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
        TEST(test_order_of_checks),
        TEST(test_keys),
        cmocka_unit_test(test_any_key),
        TEST(test_keys_in_turn),
        TEST(test_unknown_routes),
        TEST(test_head),
        TEST(test_absolute_form),
        TEST(test_own_routes),
        TEST(test_refused_early),
        TEST(test_draining),
        TEST(test_limit_of_the_body),
        TEST(test_limit_of_the_body_of_reads),
        TEST(test_limit_of_the_uri),
        TEST(test_limits_of_headers),
        TEST(test_media_types),
        TEST(test_bad_json),
        TEST(test_bodies_nobody_asked_for),
        cmocka_unit_test_setup_teardown(test_strictly, open_strict, stop),
        TEST(test_request_ids),
        TEST(test_warnings),
        TEST(test_warnings_of_repeated_reads),
        TEST(test_long_warnings),
        TEST(test_common_headers),
        cmocka_unit_test(test_rate_limit),
        cmocka_unit_test(test_preflight),
        cmocka_unit_test(test_preflight_for_any),
        TEST(test_threads),
        { "test_threads.in_a_file", test_threads, open_file, stop_file, NULL },
    };
    return cmocka_run_group_tests_name("router", tests, NULL, NULL);
}
