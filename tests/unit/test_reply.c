/* Replies and errors: every error has all it needs, its body is one of the two envelopes, headers are bounded. */
#include "request/reply.h"

#include "base/limit.h"
#include "rig.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct arena *arena;
static struct reply reply;

static int setup(void **state)
{
    (void)state;
    arena = arena_new();
    reply = (struct reply){ .body = buf_new(arena, LIMIT_REPLY) };
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    arena_trim();
    return 0;
}

static void test_every_error(void **state)
{
    (void)state;
    for (int i = OK + 1; i < ERR_COUNT; i++) {
        const struct error_kind *kind = error_kind((enum err)i);
        assert_in_range(kind->status, 400, 599);
        assert_true(strlen(status_phrase(kind->status)) > 3);
        assert_true(strlen(kind->message) > 3 && strlen(kind->message) < LIMIT_MESSAGE);
        assert_true(!kind->code || strcmp(kind->code, "-") == 0 || strncmp(kind->code, "FST_ERR_", 8) == 0);
    }
    assert_int_equal(error_kind(OK)->status, 200);
}

static void test_phrases(void **state)
{
    (void)state;
    static const struct {
        unsigned status;
        const char *phrase;
    } rows[] = {
        { 200, "OK" }, { 201, "Created" }, { 400, "Bad Request" }, { 401, "Unauthorized" }, { 403, "Forbidden" },
        { 404, "Not Found" }, { 409, "Conflict" }, { 413, "Payload Too Large" }, { 415, "Unsupported Media Type" },
        { 429, "Too Many Requests" }, { 431, "Request Header Fields Too Large" }, { 500, "Internal Server Error" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(status_phrase(rows[i].status), rows[i].phrase);
}

static void test_unknown_phrase(void **state)
{
    (void)state;
    assert_string_equal(status_phrase(418), "Error"); /* one that only a fault has */
}

static void expect(enum err err, struct text message, unsigned status, const char *body)
{
    reply_error(&reply, err, message);
    const struct text got = reply_bytes(&reply);
    assert_int_equal(reply.status, status);
    if (!text_eq(got, text_of(body)))
        fail_msg("%.*s", TEXT_ARG(got));
}

static const struct text none = { NULL, 0 };

/* The bodies of duvo-api.md, section 3.1. */
static void test_envelopes(void **state)
{
    (void)state;
    expect(ERR_CONNECTION_NOT_FOUND, none, 404, "{\"error\":\"Not Found\",\"message\":\"Connection not found\"}");
    expect(ERR_INVALID, T("body/name Too small: expected string to have >=1 characters"), 400,
           "{\"error\":\"Bad Request\",\"message\":\"body/name Too small: expected string to have >=1 characters\"}");
    expect(ERR_BODY_TOO_LARGE, none, 413,
           "{\"statusCode\":413,\"code\":\"FST_ERR_CTP_BODY_TOO_LARGE\",\"error\":\"Payload Too Large\","
           "\"message\":\"Request body is too large\"}");
    expect(ERR_MEDIA_TYPE, none, 415,
           "{\"statusCode\":415,\"code\":\"FST_ERR_CTP_INVALID_MEDIA_TYPE\",\"error\":\"Unsupported Media Type\","
           "\"message\":\"Unsupported Media Type\"}");
    expect(ERR_RATE_LIMITED, none, 429, "{\"statusCode\":429,\"error\":\"Too Many Requests\","
                                        "\"message\":\"Rate limit exceeded, retry in 1 minute\"}");
    expect(ERR_INVALID_JSON, none, 400,
           "{\"statusCode\":400,\"code\":\"FST_ERR_CTP_INVALID_JSON_BODY\",\"error\":\"Bad Request\","
           "\"message\":\"Body is not valid JSON but content-type is set to 'application/json'\"}");
    expect(ERR_ROUTE_NOT_FOUND, T("Route PUT:/v1/connections not found"), 404,
           "{\"statusCode\":404,\"error\":\"Not Found\",\"message\":\"Route PUT:/v1/connections not found\"}");
}

static void test_messages_are_escaped(void **state)
{
    (void)state;
    expect(ERR_INVALID, T("body/\"\n\\\xC3\xA4 x"), 400,
           "{\"error\":\"Bad Request\",\"message\":\"body/\\\"\\n\\\\\xC3\xA4 x\"}");
    expect(ERR_INVALID, T(""), 400, "{\"error\":\"Bad Request\",\"message\":\"\"}");
}

/* Nothing stays of what a handler had begun. */
static void test_replaces_what_was_there(void **state)
{
    (void)state;
    static const int object = 1;
    reply.status = 201;
    reply.object = &object;
    reply.raw = T("{\"half\":");
    reply.content_type = NULL;
    buf_add(&reply.body, T("{\"also\":"));
    expect(ERR_CONNECTION_NOT_FOUND, none, 404, "{\"error\":\"Not Found\",\"message\":\"Connection not found\"}");
    assert_null(reply.object);
    assert_string_equal(reply.content_type, "application/json; charset=utf-8");
}

/* A reply that had no room is answered with an error, which has. */
static void test_after_a_body_that_did_not_fit(void **state)
{
    (void)state;
    reply.body = buf_new(arena, 300);
    for (int i = 0; i < 100; i++)
        buf_add(&reply.body, T("0123456789"));
    assert_true(reply.body.full);
    expect(ERR_CONNECTION_NOT_FOUND, none, 404, "{\"error\":\"Not Found\",\"message\":\"Connection not found\"}");
}

static void test_bytes(void **state)
{
    (void)state;
    assert_true(text_eq(reply_bytes(&reply), T("")));
    assert_non_null(reply_bytes(&reply).p);
    buf_add(&reply.body, T("body"));
    assert_true(text_eq(reply_bytes(&reply), T("body")));
    reply.raw = T("raw");
    assert_true(text_eq(reply_bytes(&reply), T("raw")));
    reply.raw = T("");
    assert_true(text_eq(reply_bytes(&reply), T("")));
}

static void test_headers(void **state)
{
    (void)state;
    for (size_t i = 0; i < REPLY_HEADERS; i++)
        reply_header(&reply, "x-name", "value");
    assert_int_equal(reply.header_count, REPLY_HEADERS);
    assert_string_equal(reply.headers[REPLY_HEADERS - 1].name.p, "x-name");
    assert_string_equal(reply.headers[REPLY_HEADERS - 1].value.p, "value");
}

static void one_header_more(void)
{
    for (size_t i = 0; i <= REPLY_HEADERS; i++)
        reply_header(&reply, "x-name", "value");
}

static void test_too_many_headers(void **state)
{
    (void)state;
    expect_death(one_header_more, "REPLY_HEADERS");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_every_error),
        TEST(test_phrases),
        TEST(test_unknown_phrase),
        TEST(test_envelopes),
        TEST(test_messages_are_escaped),
        TEST(test_replaces_what_was_there),
        TEST(test_after_a_body_that_did_not_fit),
        TEST(test_bytes),
        TEST(test_headers),
        TEST(test_too_many_headers),
    };
    return cmocka_run_group_tests_name("reply", tests, NULL, NULL);
}
