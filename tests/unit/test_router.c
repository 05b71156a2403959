/* Router: the order of checks, keys, refusals before the body, limits, bodies. Every request that the rig sends is also
 * checked to leave no transaction and no query open. */
#include "router/router.h"

#include "base/limit.h"
#include "rig.h"
#include "router/routes.h"

#include <stdio.h>
#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define MINE "6f1d2c3b-4444-4aaa-8bbb-000000000009"  /* of the default fixtures' owner */
#define NOBODY "6f1d2c3b-4444-4aaa-8bbb-000000009999"
#define GOOD "{\"name\":\"x\",\"provider\":\"user\",\"auth_method\":\"url\"}"


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

#define UNAUTHORIZED "{\"error\":\"Unauthorized\",\"message\":"
#define NOT_FOUND(method, uri) \
    "{\"statusCode\":404,\"error\":\"Not Found\",\"message\":\"Route " method ":" uri " not found\"}"

/* ---- the order of checks ------------------------------------------------------------------------------- */

/* Each request is wrong in all that its row and the rows below it are about. */
static void test_order_of_checks(void **state)
{
    (void)state;
    static const char wrong[] = "{\"name\":\"\"";
    rig_expect(&rig, ASK("PUT", "/v2/teams/x/connections?limit=x", .type = "text/x", .body = wrong), 404,
               NOT_FOUND("PUT", "/v2/teams/x/connections?limit=x"));
    rig_expect(&rig, ASK("POST", "/v2/teams/" OTHER_TEAM "/connections", .type = "text/x", .body = wrong),
               401, UNAUTHORIZED "\"Missing Authorization header; send 'Authorization: Bearer <api key>'\"}");
    rig_expect(&rig, ASK("POST", "/v2/teams/" OTHER_TEAM "/connections", "dv_nobody", "text/x", wrong),
               401, UNAUTHORIZED "\"Invalid API key\"}");
    rig_expect(&rig, ASK("POST", "/v2/teams/" OTHER_TEAM "/connections", OWNER, "text/x", wrong), 403,
               "{\"error\":\"Forbidden\",\"message\":\"API key does not belong to this team\"}");
    rig_expect_part(&rig, ASK("POST", "/v2/teams/" TEAM "/connections", OWNER, "text/x", wrong), 415,
                    "FST_ERR_CTP_INVALID_MEDIA_TYPE");
    rig_expect_part(&rig, ASK("PATCH", "/v1/connections/x", OWNER, JSON, "{\"name\":\"\"}"),
                    400, "params/connection_id Invalid GUID, body/name Too small");
    rig_expect(&rig, ASK("PATCH", "/v1/connections/" NOBODY, OWNER, JSON, "{\"name\":\"\"}"),
               400, "{\"error\":\"Bad Request\",\"message\":\"body/name Too small: expected string to have >=1 "
                    "characters\"}");
    rig_expect(&rig, ASK("PATCH", "/v1/connections/" NOBODY, OWNER, JSON, "{}"), 404,
               "{\"error\":\"Not Found\",\"message\":\"Connection not found\"}");
    rig_expect(&rig, ASK("PATCH", "/v1/connections/" MINE, OWNER, JSON, "{}"), 200, NULL);
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
        rig_expect_header(&rig, ask, rows[i].status, "www-authenticate", rows[i].status == 401 ? "Bearer" : NULL);
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
            rig_expect(&rig, ASK("PATCH", "/v1/connections/" MINE, keys[i], JSON, "{}"),
                       statuses[i], NULL);
        }
}

/* ---- routes -------------------------------------------------------------------------------------------- */

static void test_unknown_routes(void **state)
{
    (void)state;
    rig_expect(&rig, (struct ask){ .uri = "/" }, 404, NOT_FOUND("GET", "/"));
    rig_expect(&rig, ASK("OPTIONS", "/v1/profile"), 404, NOT_FOUND("OPTIONS", "/v1/profile"));
    rig_expect(&rig, ASK("GET", "/no\"\xC3\xA4?x=\x01"), 404, NOT_FOUND("GET", "/no\\\"???x=?"));
    rig_expect(&rig, ASK("GET", "/v1/connections/%zz?a=b"), 400,
               "{\"statusCode\":400,\"code\":\"FST_ERR_BAD_URL\",\"error\":\"Bad Request\","
               "\"message\":\"'/v1/connections/%zz?a=b' is not a valid url component\"}");
    rig_expect_part(&rig, ASK("GET", "/v1/connections/", OWNER), 400, "params/connection_id Invalid GUID");
    rig_expect_part(&rig, (struct ask){ .uri = "/v1/connections/a%2fcredentials", .key = OWNER }, 400, "Invalid GUID");
}

static void test_head(void **state)
{
    (void)state;
    struct request *get = rig_ask(&rig, ASK("GET", "/v1/connections?limit=2", OWNER));
    struct request *head = rig_ask(&rig, ASK("HEAD", "/v1/connections?limit=2", OWNER));
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
    const struct ask post = { .method = "POST", "/v1/connections", OWNER, JSON };
    const struct ask nobody = { .method = "POST", "/v1/connections", .type = JSON };
    expect_begin(post, 0, false, 0);
    expect_begin(post, LIMIT_BODY, false, 0);
    expect_begin(post, LIMIT_BODY + 1, true, 413);
    expect_begin(post, INT64_MAX, true, 413);
    expect_begin(post, -1, false, 0);
    expect_begin(nobody, 100, false, 0); /* small ones are read first */
    expect_begin(nobody, LIMIT_BODY, true, 401);
    expect_begin(nobody, LIMIT_BODY + 1, true, 401);
    expect_begin(nobody, -1, true, 401);
    expect_begin(ASK("POST", "/v1/no"), 10, true, 404);
    expect_begin(ASK("GET", "/_mock/health"), LIMIT_BODY + 1, true, 413);
    expect_begin(ASK("GET", "/_mock/health"), LIMIT_BODY, false, 0);
}

/* Fixtures may be large, a few at a time: the next one has to come again. One of no known length may be large, too. */
static void test_large_bodies(void **state)
{
    (void)state;
    const struct ask load = { .method = "POST", "/_mock/fixtures", .type = JSON };
    const struct ask make = { .method = "POST", "/_mock/spaces", .type = JSON };
    struct request *held[LIMIT_LARGE_BODIES];
    bool refused;
    expect_begin(load, LIMIT_LARGE_BODY, false, 0);
    expect_begin(load, LIMIT_LARGE_BODY + 1, true, 413);
    expect_begin(make, LIMIT_LARGE_BODY, false, 0);
    expect_begin(make, LIMIT_LARGE_BODY + 1, true, 413);
    for (size_t i = 0; i < LIMIT_LARGE_BODIES; i++) {
        held[i] = rig_begin(&rig, i % 2 ? make : load, i % 2 ? -1 : LIMIT_BODY + 1, &refused);
        assert_false(refused);
    }
    expect_begin(load, LIMIT_BODY + 1, true, 503);
    expect_begin(make, -1, true, 503);
    expect_begin(load, LIMIT_BODY, false, 0);
    expect_begin(load, LIMIT_LARGE_BODY + 1, true, 413);
    request_free(held[0]);
    expect_begin(load, LIMIT_BODY + 1, false, 0);
    expect_begin(load, -1, false, 0);
    for (size_t i = 1; i < LIMIT_LARGE_BODIES; i++)
        request_free(held[i]);
}

/* What comes in after a refusal is counted and dropped, up to a bound. */
static void test_draining(void **state)
{
    (void)state;
    static char zeros[1 << 20];
    bool refused;
    struct request *rq = rig_begin(&rig, ASK("POST", "/v1/no"), INT64_MAX, &refused);
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
    rig_expect(&rig, ASK("POST", "/v1/connections", OWNER, JSON, body, n, .chunked = true),
               status, NULL);
    rig_expect(&rig, ASK("POST", "/v1/connections", OWNER, JSON, body, n), status, NULL);
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
    rq->headers = ARENA_ARRAY(rq->arena, count, struct pair);
    rq->header_count = count;
    for (size_t i = 0; i < count; i++)
        rq->headers[i] = (struct pair){ T("x"), { value, i ? 0 : bytes - count } };
    refused = router_begin(rq, 0, 0) != HEAD_TAKEN;
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
    rig_expect_part(&rig, ASK("POST", "/v1/connections", OWNER, type, body), status, part);
}

static void test_media_types(void **state)
{
    (void)state;
    expect_body(JSON, GOOD, 201, "\"name\":\"x\"");
    expect_body("Application/JSON; charset=utf-8", GOOD, 201, "\"name\":\"x\"");
    expect_body("application/json;charset=latin1", GOOD, 201, "\"name\":\"x\"");
    expect_body(NULL, GOOD, 415, "FST_ERR_CTP_INVALID_MEDIA_TYPE");
    expect_body("application/xml", GOOD, 415, "FST_ERR_CTP_INVALID_MEDIA_TYPE");
    expect_body("application/jsonx", GOOD, 415, "FST_ERR_CTP_INVALID_MEDIA_TYPE");
    expect_body("text/plain", GOOD, 400, "body/ Invalid input: expected object, received string");
    expect_body(JSON, "", 400, "{\"error\":\"Bad Request\",\"message\":\"Body cannot be empty");
    expect_body(NULL, NULL, 400, "body/ Invalid input: expected object, received null");
    expect_body("text/plain", NULL, 400, "body/ Invalid input: expected object, received null");
}

static void test_bad_json(void **state)
{
    (void)state;
    expect_body(JSON, "{\"name\":", 400, "{\"error\":\"Bad Request\",\"message\":\"Body is not valid JSON");
    expect_body(JSON, "{\"name\":\"x\",\"name\":\"y\"}", 400, "a duplicate key (line 1, column 18)");
    expect_body(JSON, "{\n\"name\":\"\\u0000\"}", 400, "\\\\u0000 is not allowed (line 2, column 15)");
    expect_body(JSON, "[]", 400, "body/ Invalid input: expected object, received array");
    rig_expect_header(&rig, ASK("POST", "/v1/connections", OWNER, JSON, "{\n \"name\" 1}"), 400,
                  "x-mock-warning", "body is malformed at line 2, column 9");
}

static void test_bodies_nobody_asked_for(void **state)
{
    (void)state;
    rig_expect(&rig, ASK("GET", "/v1/profile", OWNER, JSON, "{nonsense"), 200, NULL);
    rig_expect(&rig, ASK("DELETE", "/v1/connections/" NOBODY, OWNER, JSON), 404, NULL);
    rig_expect(&rig, ASK("DELETE", "/v1/connections/" NOBODY, OWNER, "text/x", "x"), 404, NULL);
}

static void test_strictly(void **state)
{
    (void)state;
    rig_expect_part(&rig, ASK("DELETE", "/v1/connections/" NOBODY, OWNER, JSON), 400,
                    "{\"error\":\"Bad Request\",\"message\":\"Body cannot be empty");
    rig_expect(&rig, ASK("DELETE", "/v1/connections/" NOBODY, OWNER), 404, NULL);
    rig_expect_part(&rig, (struct ask){ .uri = "/v1/connections?x=1", .key = OWNER }, 400,
                    "querystring/x Unrecognized key");
    rig_expect_part(&rig, (struct ask){ .uri = "/v1/profile?x", .key = OWNER }, 400, "querystring/x Unrecognized key");
    expect_body(JSON, "{\"name\":\"x\",\"provider\":\"user\",\"auth_method\":\"url\",\"more\":{}}", 400,
                "body/more Unrecognized key");
    expect_body(JSON, GOOD, 201, "\"name\":\"x\"");
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
        TEST(test_large_bodies),
        TEST(test_draining),
        TEST(test_limit_of_the_body),
        TEST(test_limit_of_the_body_of_reads),
        TEST(test_limit_of_the_uri),
        TEST(test_limits_of_headers),
        TEST(test_media_types),
        TEST(test_bad_json),
        TEST(test_bodies_nobody_asked_for),
        cmocka_unit_test_setup_teardown(test_strictly, open_strict, stop),
    };
    return cmocka_run_group_tests_name("router", tests, NULL, NULL);
}
