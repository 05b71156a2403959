/* JSON-RPC: what is written, and what is taken for a message. */
#include "mcp/client/rpc.h"

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
    const struct rpc_message *messages;
    struct text why = { 0 };
    size_t n;
    if (!rpc_parse(scratch, text_of(json), &messages, &n, &why))
        fail_msg("%s: %.*s", json, TEXT_ARG(why));
    assert_int_equal(n, 1);
    return messages;
}

static void test_answer_to(void **state)
{
    (void)state;
    assert_text(rpc_answer_to(scratch, read_one("{\"id\":\"a\",\"method\":\"ping\"}")),
                "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":{}}");
    assert_text(rpc_answer_to(scratch, read_one("{\"id\":3,\"method\":\"roots/list\"}")),
                "{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}");
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
    const struct rpc_message *messages;
    struct text why;
    size_t n;
    assert_true(rpc_parse(scratch, T("\n[{\"method\":\"n\"},{\"id\":2,\"result\":{}}]"), &messages, &n, &why));
    assert_int_equal(n, 2);
    assert_true(rpc_answers(&messages[1], 2));
    assert_true(rpc_parse(scratch, T("[]"), &messages, &n, &why));
    assert_int_equal(n, 0);
    assert_false(rpc_parse(scratch, T("[1]"), &messages, &n, &why));
    assert_false(rpc_parse(scratch, T("[{}]"), &messages, &n, &why));
    assert_false(rpc_parse(scratch, T("[{\"method\":\"n\"}"), &messages, &n, &why));
}

static void test_unreadable(void **state)
{
    (void)state;
    static const char *const all[][2] = {
        { "", "not valid JSON" },
        { "<html>", "not valid JSON (line 1, column 1)" },
        { "{\"id\":1,\n\"result\":}", "not valid JSON (line 2," },
        { "{\"id\":1,\"id\":2}", "a key twice" },
        { "{\"id\":1,\"method\":\"\\u0000\"}", "NUL character" },
        { "1", "expected object, received number" },
        { "null", "expected object, received null" },
        { "{}", "not a JSON-RPC message" },
        { "{\"id\":1}", "not a JSON-RPC message" },
        { "{\"error\":\"no\"}", "error Invalid input: expected object, received string" },
        { "{\"error\":{\"code\":\"x\",\"message\":1}}",
          "error/code Invalid input: expected number, received string" },
        { "{\"error\":{\"code\":1.5,\"message\":\"\"}}", "error/code Invalid input: expected int" },
        { "{\"error\":{}}", "error/message" },
        { "{\"method\":1}", "method Invalid input" },
    };
    for (size_t i = 0; i < COUNT(all); i++) {
        const struct rpc_message *messages;
        struct text why = { 0 };
        size_t n;
        const bool read = rpc_parse(scratch, text_of(all[i][0]), &messages, &n, &why);
        if (read || !text_contains(why, text_of(all[i][1])))
            fail_msg("%s: %.*s", all[i][0], TEXT_ARG(why));
    }
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
        TEST(test_write), TEST(test_answer_to),  TEST(test_read),
        TEST(test_batch), TEST(test_unreadable), TEST(test_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
