/* JSON-RPC: what is written, and what is taken for a message. */
#include "base/limit.h"
#include "mcp/rpc.h"

#include "rig.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define assert_text(got, expected) \
    do { \
        const struct text got_ = (got); \
        if (!text_eq(got_, T(expected))) \
            fail_msg("%.*s\nexpected: %s", TEXT_ARG(got_), expected); \
    } while (0)

static void test_write(void **state)
{
    (void)state;
    assert_text(rpc_request(scratch, 7, T("a\"b"), (struct text){ 0 }),
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"a\\\"b\"}");
    assert_text(rpc_request(scratch, 1, T("m"), T("{\"x\":1}")),
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"x\":1}}");
    assert_text(rpc_notification(scratch, T("n")), "{\"jsonrpc\":\"2.0\",\"method\":\"n\"}");
}

static const struct rpc_message *read_one(const char *json)
{
    struct rpc_body body;
    if (!rpc_parse(scratch, false, T(""), text_of(json), &body))
        fail_msg("%s: %.*s", json, TEXT_ARG(read_why(scratch, &body.read)));
    assert_int_equal(body.n, 1);
    assert_false(body.is_batch);
    return body.messages;
}

static void test_error(void **state)
{
    (void)state;
    const struct rpc_message *m = read_one("{\"id\":\"a\",\"error\":{\"code\":-1,\"message\":\"no\",\"data\":[1]}}");
    assert_text(rpc_error_text(scratch, m->id.v, &m->error),
                "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"error\":{\"code\":-1,\"message\":\"no\",\"data\":[1]}}");
    m = read_one("{\"error\":{\"code\":2,\"message\":\"no\",\"data\":null}}");
    assert_text(rpc_error_text(scratch, (struct text){ 0 }, &m->error),
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":2,\"message\":\"no\"}}");
}

static void test_read(void **state)
{
    (void)state;
    const struct rpc_message *m = read_one(" {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"b\":[1],\"a\":null}}");
    assert_text(m->result.v, "{\"b\":[1],\"a\":null}");
    assert_text(m->id.v, "1");
    m = read_one("{\"id\":null,\"error\":{\"code\":-32700,\"message\":\"Parse error\",\"data\":{\"x\":1}}}");
    assert_int_equal(m->error.is, VALUE_SET);
    assert_int_equal(m->error.code.v, -32700);
    assert_text(m->error.message.v, "Parse error");
    assert_text(m->error.data.v, "{\"x\":1}");
    assert_text(read_one("{\"method\":\"n\"}")->method.v, "n");
    assert_text(read_one("{\"id\":1,\"result\":null,\"error\":null}")->result.v, "null");
}

static void test_batch(void **state)
{
    (void)state;
    static const char *const none[] = { "[]", "[1]", "[{\"method\":\"n\"}", "[{\"method\":\"n\"}],\"x\":[1]" };
    struct rpc_body body;
    assert_true(rpc_parse(scratch, false, T(""), T("\n[{\"method\":\"n\"},{\"id\":2,\"result\":{}}]"), &body));
    assert_int_equal(body.n, 2);
    assert_true(body.is_batch);
    assert_true(rpc_answers(&body.messages[1], 2));
    for (size_t i = 0; i < COUNT(none); i++)
        if (rpc_parse(scratch, false, T(""), text_of(none[i]), &body))
            fail_msg("%s", none[i]);
}

static bool read_batch_of(size_t n)
{
    struct buf b = buf_new(scratch, 10000);
    struct rpc_body body;
    for (size_t i = 0; i < n; i++)
        buf_addf(&b, "%c{\"method\":\"n\"}", i ? ',' : '[');
    buf_add_char(&b, ']');
    return rpc_parse(scratch, false, T(""), buf_text(&b), &body) && body.n == n;
}

static void test_batch_limit(void **state)
{
    (void)state;
    assert_true(read_batch_of(LIMIT_BATCH));
    assert_false(read_batch_of(LIMIT_BATCH + 1));
}

struct refused {
    const char *json, *why;
};

static void expect_refused(bool strict, const struct refused *all, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct rpc_body body;
        const bool read = rpc_parse(scratch, strict, T("message"), text_of(all[i].json), &body);
        const struct text why = read_why(scratch, &body.read);
        if (read || !text_contains(why, text_of(all[i].why)))
            fail_msg("%s: %.*s", all[i].json, TEXT_ARG(why));
    }
}

/* Whoever has sent it. */
static void test_unreadable(void **state)
{
    (void)state;
    static const struct refused all[] = {
        { "", "not valid JSON" },
        { "<html>", "not valid JSON (line 1, column 1)" },
        { "{\"id\":1,\n\"result\":}", "not valid JSON (line 2," },
        { "1", "expected object, received number" },
        { "null", "expected object, received null" },
        { "{\"jsonrpc\":\"2.0\",\"error\":\"no\"}", "message/error Invalid input: expected object, received string" },
        { "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":\"x\",\"message\":1}}",
          "error/code Invalid input: expected number, received string" },
        { "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":1.5,\"message\":\"\"}}", "error/code Invalid input: expected int" },
        { "{\"jsonrpc\":\"2.0\",\"error\":{}}", "error/message" },
        { "{\"jsonrpc\":\"2.0\",\"method\":1}", "method Invalid input" },
    };
    expect_refused(false, all, COUNT(all));
    expect_refused(true, all, COUNT(all));
}

/* What other people's servers may leave out, or be careless about, and clients of the built-in ones may not. */
static void test_strict(void **state)
{
    (void)state;
    static const struct refused all[] = {
        { "{}", "message/jsonrpc Invalid input: expected string, received undefined" },
        { "{\"jsonrpc\":2}", "message/jsonrpc Invalid input: expected string, received number" },
        { "[{\"jsonrpc\":\"2.0\"},{\"id\":1}]", "message/messages/1/jsonrpc" },
        { "{\"id\":1,\"id\":2}", "a duplicate key" },
        { "{\"id\":1,\"method\":\"\\u0000\"}", "NUL character" },
        { "{\"id\":1,\"method\":\"\\udc00\"}", "not valid JSON" },
        { "{\"id\":1,\"method\":\"\xff\"}", "not valid JSON" },
    };
    struct rpc_body body;
    expect_refused(true, all, COUNT(all));
    for (size_t i = 0; i < COUNT(all); i++)
        if (!rpc_parse(scratch, false, T(""), text_of(all[i].json), &body))
            fail_msg("%s", all[i].json);
}

static void test_kinds(void **state)
{
    (void)state;
    assert_true(rpc_is_request(read_one("{\"id\":1,\"method\":\"m\"}")));
    assert_false(rpc_is_request(read_one("{\"method\":\"m\"}")));
    assert_false(rpc_is_request(read_one("{\"id\":null,\"method\":\"m\"}")));
    assert_false(rpc_is_request(read_one("{\"id\":1,\"result\":{}}")));
    assert_true(rpc_is_response(read_one("{\"id\":1,\"result\":null}")));
    assert_true(rpc_is_response(read_one("{\"error\":{\"code\":1,\"message\":\"\"}}")));
    assert_false(rpc_is_response(read_one("{\"id\":1,\"error\":null}")));
    assert_false(rpc_is_response(read_one("{\"id\":1,\"method\":\"m\"}")));
}

static void test_answers(void **state)
{
    (void)state;
    assert_true(rpc_answers(read_one("{\"id\":12,\"result\":1}"), 12));
    assert_true(rpc_answers(read_one("{\"id\":\"12\",\"result\":1}"), 12));
    static const char *const others[] = {
        "{\"id\":1,\"result\":1}",           "{\"id\":\"012\",\"result\":1}", "{\"id\":null,\"result\":1}",
        "{\"result\":1}",                    "{\"id\":12.0,\"result\":1}",    "{\"id\":[12],\"result\":1}",
        "{\"id\":12,\"method\":\"ping\"}",
    };
    for (size_t i = 0; i < COUNT(others); i++)
        if (rpc_answers(read_one(others[i]), 12))
            fail_msg("%s", others[i]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_write),       TEST(test_error),      TEST(test_read),   TEST(test_batch), TEST(test_batch_limit),
        TEST(test_unreadable),  TEST(test_strict),     TEST(test_kinds),  TEST(test_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
