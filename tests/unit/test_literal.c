/* JSON and texts as they stand in programs and in a shell. */
#include "contract/literal.h"

#include "scratch.h"

#include "base/arena.h"
#include "base/shell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void check(struct arena *arena, const char *json, enum literal language, unsigned depth, const char *expected)
{
    struct buf b = buf_new(arena, 1000);
    literal_put(&b, text_of(json), language, depth);
    assert_string_equal(text_cstr(arena, buf_text(&b)), expected);
}

static void test_layout(void **state)
{
    check(*state, "{\"a\":[1,{}],\"b\":[ ]}", LITERAL_JAVASCRIPT, 0,
          "{\n    \"a\": [\n        1,\n        {}\n    ],\n    \"b\": []\n}");
    check(*state, " { \"a\" :\n2 } ", LITERAL_JAVASCRIPT, 1, "{\n        \"a\": 2\n    }");
    check(*state, "-1.5e3", LITERAL_PYTHON, 1, "-1.5e3");
    check(*state, "\"text\"", LITERAL_JAVASCRIPT, 0, "\"text\"");
}

static void test_words(void **state)
{
    check(*state, "[true,false,null,\"true\"]", LITERAL_PYTHON, 0,
          "[\n    True,\n    False,\n    None,\n    \"true\"\n]");
    check(*state, "[true,null]", LITERAL_JAVASCRIPT, 0, "[\n    true,\n    null\n]");
}

/* What means something outside of a string means nothing in it. */
static void test_strings(void **state)
{
    check(*state, "\"a\\\"{,:null}\\\\\"", LITERAL_PYTHON, 0, "\"a\\\"{,:null}\\\\\"");
    check(*state, "\"cut off \\", LITERAL_PYTHON, 0, "\"cut off \\");
}

static void test_members(void **state)
{
    struct buf b = buf_new(*state, 1000);
    literal_put_members(&b, *state, T("{\"a\": {\"b\": null}, \"c\": \"d\"}"));
    assert_string_equal(text_cstr(*state, buf_text(&b)), "\n    a={\n        \"b\": None\n    },\n    c=\"d\",");
}

static void test_shell(void **state)
{
    struct buf b = buf_new(*state, 1000), form = buf_new(*state, 1000);
    shell_put_in_quotes(&b, T("it's $HOME"));
    assert_string_equal(text_cstr(*state, buf_text(&b)), "it'\\''s $HOME");
    literal_put_form(&form, *state, T("{\"a\": \"it's\", \"b\": [\"1\", \"2\"], \"c\": 3}"));
    assert_string_equal(text_cstr(*state, buf_text(&form)),
                        " \\\n  --data-urlencode 'a=it'\\''s' \\\n  --data-urlencode 'b=1' \\\n  --data-urlencode 'b=2'"
                        " \\\n  --data-urlencode 'c=3'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_layout, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_words, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_strings, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_members, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_shell, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests_name("literal", tests, NULL, NULL);
}
