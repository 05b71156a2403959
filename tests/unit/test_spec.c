/* Specs from JSON: what is said about a wrong value of every kind, and how objects are judged. */
#include "spec/spec.h"

#include "api/handlers.h"
#include "base/limit.h"
#include "rig.h"
#include "scratch.h"
#include "spec_things.h"

#include <stdio.h>
#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void expect(const struct spec *spec, const char *json, const char *messages)
{
    void *object = arena_alloc(scratch, spec->size);
    const struct text got = things_problems(scratch, spec, json, object);
    if (!text_eq(got, text_of(messages)))
        fail_msg("%s: %.*s\nexpected: %s", json, TEXT_ARG(got), messages);
}

#define WRONG(path, expected, received) "body/" path " Invalid input: expected " expected ", received " received

/* ---- one value ----------------------------------------------------------------------------------------- */

static void test_wrong_types(void **state)
{
    (void)state;
    static const char *const fields[][2] = {
        { "text", "string" }, { "url", "string" }, { "secret", "string" }, { "uuid", "string" }, { "time", "string" },
        { "count", "number" }, { "flag", "boolean" }, { "texts", "array" }, { "uuids", "array" }, { "map", "record" },
        { "secrets", "record" }, { "object", "object" }, { "rows", "array" },
    };
    static const char *const values[][2] = {
        { "\"\"", "string" }, { "1", "number" }, { "1.5", "number" }, { "true", "boolean" }, { "false", "boolean" },
        { "null", "null" }, { "[]", "array" }, { "{}", "object" },
    };
    for (size_t i = 0; i < COUNT(fields); i++)
        for (size_t k = 0; k < COUNT(values); k++) {
            char json[64], message[128];
            const char *record = strcmp(fields[i][1], "record") == 0 ? "object" : fields[i][1];
            if (strcmp(values[k][1], record) == 0)
                continue;
            snprintf(json, sizeof json, "{\"%s\":%s}", fields[i][0], values[k][0]);
            snprintf(message, sizeof message, "body/%s Invalid input: expected %s, received %s", fields[i][0],
                     fields[i][1], values[k][1]);
            expect(&things_spec, json, message);
        }
}

static void test_enums(void **state)
{
    (void)state;
    static const char *const values[] = { "\"\"", "\"ONE\"", "\"on\"", "\"dos\"", "1", "null", "[]", "{}", "true" };
    for (size_t i = 0; i < COUNT(values); i++) {
        char json[64];
        snprintf(json, sizeof json, "{\"choice\":%s}", values[i]);
        expect(&things_spec, json, "body/choice Invalid option: expected one of \"one\"|\"two\"|\"three\"");
        snprintf(json, sizeof json, "{\"literal\":%s}", values[i]);
        expect(&things_spec, json, "body/literal Invalid input: expected \"only\"");
    }
}

static void test_wrong_values(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "{\"text\":\"\"}", "body/text Too small: expected string to have >=1 characters" },
        { "{\"text\":\"abcde\"}", "body/text Too big: expected string to have <=4 characters" },
        { "{\"text\":\"bad\"}", "body/text Invalid text: bad" },
        { "{\"url\":\"\"}", "body/url Invalid URL" },
        { "{\"url\":\"/x\"}", "body/url Invalid URL" },
        { "{\"url\":\"ftp://h/\"}", "body/url Invalid URL" },
        { "{\"url\":\"https://h/123456789012345678901\"}",
          "body/url Too big: expected string to have <=30 characters" },
        { "{\"secret\":\"123456789\"}", "body/secret Too big: expected string to have <=8 characters" },
        { "{\"secret\":\"bad\"}", "body/secret Invalid text: bad" },
        { "{\"uuid\":\"\"}", "body/uuid Invalid GUID" },
        { "{\"uuid\":\"6f1d2c3b-1111-4aaa-8bbb-00000000000g\"}", "body/uuid Invalid GUID" },
        { "{\"time\":\"\"}", "body/time Invalid ISO datetime" },
        { "{\"time\":\"2026-02-30T00:00:00Z\"}", "body/time Invalid ISO datetime" },
        { "{\"time\":\"2026-02-03\"}", "body/time Invalid ISO datetime" },
        { "{\"count\":0}", "body/count Too small: expected number to be >=1" },
        { "{\"count\":-7}", "body/count Too small: expected number to be >=1" },
        { "{\"count\":101}", "body/count Too big: expected number to be <=100" },
        { "{\"texts\":[]}", "body/texts Too small: expected array to have >=1 items" },
        { "{\"texts\":[\"\",\"\",\"\",\"\"]}", "body/texts Too big: expected array to have <=3 items" },
        { "{\"texts\":[\"ab\",\"abc\"]}", "body/texts/1 Too big: expected string to have <=2 characters" },
        { "{\"texts\":[\"a\",null,{}]}", WRONG("texts/1", "string", "null") ", " WRONG("texts/2", "string", "object") },
        { "{\"uuids\":[\"x\",1]}", "body/uuids/0 Invalid GUID, " WRONG("uuids/1", "string", "number") },
        { "{\"uuids\":[1,1,1]}", "body/uuids Too big: expected array to have <=2 items" },
        { "{\"map\":{\"a\":\"\",\"b\":\"\",\"c\":\"\",\"d\":\"\"}}",
          "body/map Too big: expected record to have <=3 entries" },
        { "{\"map\":{\"a\":1}}", WRONG("map/a", "string", "number") },
        { "{\"map\":{\"a\":\"123456\"}}", "body/map/a Too big: expected string to have <=5 characters" },
        { "{\"map\":{\"abcde\":\"\"}}", "body/map/abcde Too big: expected key to have <=4 characters" },
        { "{\"map\":{\"\":\"\"}}", "body/map/ Invalid key: empty" },
        { "{\"map\":{\"a\":\"bad\"}}", "body/map/a Invalid text: bad" },
        { "{\"map\":{\"Ab\":\"1\",\"aB\":\"2\"}}",
          "body/map/aB Duplicate name: letters of either case are the same here" },
        { "{\"secrets\":{\"a\":null}}", WRONG("secrets/a", "string", "null") },
        { "{\"secrets\":{\"a\":\"123456\"}}", "body/secrets/a Too big: expected string to have <=5 characters" },
        { "{\"object\":{\"n\":1.5}}",
          WRONG("object/word", "string", "undefined") ", " WRONG("object/n", "int", "number") },
        { "{\"rows\":[{},{},{}]}", "body/rows Too big: expected array to have <=2 items" },
        { "{\"rows\":[[],null]}", WRONG("rows/0", "object", "array") ", " WRONG("rows/1", "object", "null") },
        { "{\"rows\":[{\"word\":\"\"},{\"word\":7,\"n\":10}]}",
          WRONG("rows/1/word", "string", "number") ", body/rows/1/n Too big: expected number to be <=9" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect(&things_spec, rows[i][0], rows[i][1]);
}

static void test_right_values(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "{}", "{\"text\":\"a\"}", "{\"text\":\"abcd\"}", "{\"url\":\"https://h/12345678901234567890\"}",
        "{\"secret\":\"\"}", "{\"secret\":\"12345678\"}", "{\"count\":1}", "{\"count\":100}", "{\"texts\":[\"\"]}",
        "{\"texts\":[\"ab\",\"ab\",\"ab\"]}", "{\"uuids\":[]}", "{\"map\":{}}", "{\"map\":{\"abcd\":\"12345\"}}",
        "{\"map\":{\"a\":\"\",\"b\":\"\",\"c\":\"\"}}", "{\"secrets\":{\"Ab\":\"1\",\"aB\":\"2\"}}",
        "{\"object\":{\"word\":\"\"}}", "{\"rows\":[]}", "{\"rows\":[{\"word\":\"\"},{\"word\":\"\"}]}",
        "{\"choice\":\"three\",\"literal\":\"only\"}", "{\"json\":null}",
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect(&things_spec, rows[i], "");
}

/* The API counts as JavaScript does. */
static void test_lengths_in_utf16(void **state)
{
    (void)state;
    static const char tight[] = "body/text Too big: expected string to have <=4 characters";
    expect(&things_spec, "{\"text\":\"\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\"}", "");
    expect(&things_spec, "{\"text\":\"\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\"}", "");
    expect(&things_spec, "{\"text\":\"\xF0\x9F\x98\x80\\ud83d\\ude00\"}", "");
    expect(&things_spec, "{\"text\":\"\xF0\x9F\x98\x80\xF0\x9F\x98\x80" "a\"}", tight);
    expect(&things_spec, "{\"text\":\"\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\"}", tight);
    expect(&things_spec, "{\"map\":{\"\xF0\x9F\x98\x80\xF0\x9F\x98\x80\":\"\xF0\x9F\x98\x80\xF0\x9F\x98\x80\"}}", "");
    expect(&things_spec, "{\"map\":{\"\xF0\x9F\x98\x80\xF0\x9F\x98\x80" "a\":\"\"}}",
           "body/map/\xF0\x9F\x98\x80\xF0\x9F\x98\x80" "a Too big: expected key to have <=4 characters");
}

/* What a secret holds is in no message. */
static void test_secrets_stay_out_of_messages(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "{\"secret\":\"hush-hush-hush\"}", "{\"secrets\":{\"a\":\"hush-hush\"}}", "{\"secrets\":{\"b\":[\"hush\"]}}",
        "{\"secret\":{\"x\":\"hush\"}}", "{\"secrets\":\"hush\"}",
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct things *things = ARENA_NEW(scratch, struct things);
        const struct text got = things_problems(scratch, &things_spec, rows[i], things);
        assert_true(got.n > 0);
        assert_false(text_contains(got, T("hush")));
    }
}

/* ---- objects ------------------------------------------------------------------------------------------- */

static void test_missing(void **state)
{
    (void)state;
    expect(&needed_spec, "{}",
           WRONG("text", "string", "undefined") ", " WRONG("url", "string", "undefined") ", "
           WRONG("secret", "string", "undefined") ", " WRONG("uuid", "string", "undefined") ", "
           WRONG("time", "string", "undefined") ", " WRONG("count", "number", "undefined") ", "
           WRONG("offset", "number", "undefined") ", " WRONG("flag", "boolean", "undefined") ", "
           "body/choice Invalid option: expected one of \"one\"|\"two\"|\"three\", "
           "body/literal Invalid input: expected \"only\", " WRONG("json", "a value", "undefined") ", "
           WRONG("texts", "array", "undefined") ", " WRONG("uuids", "array", "undefined") ", "
           WRONG("map", "record", "undefined") ", " WRONG("secrets", "record", "undefined") ", "
           WRONG("object", "object", "undefined") ", " WRONG("rows", "array", "undefined"));
}

/* The text that the API's documentation has for it. */
static void test_documented_message(void **state)
{
    (void)state;
    expect(&connection_create, "{}",
           "body/name Invalid input: expected string, received undefined, "
           "body/provider Invalid input: expected \"user\", "
           "body/auth_method Invalid option: expected one of \"url\"|\"apikey\"|\"headers\"|\"oauth\"");
    expect(&connection_create, "{\"auth_method\":\"url\",\"provider\":\"user\",\"name\":\"\"}",
           "body/name Too small: expected string to have >=1 characters");
    expect(&connection_create,
           "{\"auth_method\":\"url\",\"provider\":\"user\",\"name\":\"x\",\"headers\":{\"secret\":{\"A\":1}}}",
           "body/headers/secret/A Invalid input: expected string, received number");
}

/* In the order of the table, whatever the order of the text. */
static void test_order(void **state)
{
    (void)state;
    expect(&things_spec, "{\"rows\":1,\"flag\":1,\"text\":1}",
           WRONG("text", "string", "number") ", " WRONG("flag", "boolean", "number") ", "
           WRONG("rows", "array", "number"));
}

static struct text root_message(const struct spec *spec, struct text root, struct text json)
{
    struct problems problems = problems_new(scratch, false, T(", "));
    int line = 0, column = 0;
    void *object = arena_alloc(scratch, spec->size);
    assert_int_equal(spec_parse_json(spec, 0, root, json, &problems, object, &line, &column), JSON_OK);
    return problems_text(&problems);
}

static void test_root(void **state)
{
    (void)state;
    static const struct {
        const char *root, *json, *message;
    } rows[] = {
        { "body", "[]", "body/ Invalid input: expected object, received array" },
        { "body", "\"{}\"", "body/ Invalid input: expected object, received string" },
        { "body", "5", "body/ Invalid input: expected object, received number" },
        { "body", " null ", "body/ Invalid input: expected object, received null" },
        { "body", "false", "body/ Invalid input: expected object, received boolean" },
        { "body", NULL, "body/ Invalid input: expected object, received null" },
        { "", "[]", "/ Invalid input: expected object, received array" },
        { "", "{\"text\":5,\"object\":{},\"rows\":[{}]}",
          "text Invalid input: expected string, received number, "
          "object/word Invalid input: expected string, received undefined, "
          "rows/0/word Invalid input: expected string, received undefined" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct text got = root_message(&things_spec, text_of(rows[i].root), text_of(rows[i].json));
        if (!text_eq(got, text_of(rows[i].message)))
            fail_msg("row %zu: %.*s", i, TEXT_ARG(got));
    }
}

static void test_no_body_where_it_is_optional(void **state)
{
    (void)state;
    struct spec optional = things_spec;
    optional.optional = true;
    assert_int_equal(root_message(&optional, T("body"), (struct text){ NULL, 0 }).n, 0);
}

/* ---- how many ------------------------------------------------------------------------------------------ */

static struct text many_wrong(size_t n)
{
    static const struct field field = FIELD_TEXTS(struct things, texts, .flags = 0);
    static const struct spec spec = { .name = "Many", .fields = &field, .count = 1, .size = sizeof(struct things) };
    struct buf json = buf_new(scratch, 1 << 16);
    buf_add(&json, T("{\"texts\":[0"));
    for (size_t i = 1; i < n; i++)
        buf_add(&json, T(",0"));
    buf_add(&json, T("]}"));
    buf_add_char(&json, '\0');
    return things_problems(scratch, &spec, buf_text(&json).p, ARENA_NEW(scratch, struct things));
}

static void test_limit_of_problems(void **state)
{
    (void)state;
    const struct text all = many_wrong(LIMIT_PROBLEMS), one_more = many_wrong(LIMIT_PROBLEMS + 1);
    assert_true(text_ends(all, text_format(scratch, "body/texts/%d Invalid input: expected string, received number",
                                           LIMIT_PROBLEMS - 1)));
    assert_true(text_starts(one_more, all));
    assert_true(text_eq(text_from(one_more, all.n), T(", and 1 more")));
    const struct text thousand = many_wrong(1000);
    assert_true(text_eq(text_from(thousand, all.n), text_format(scratch, ", and %d more", 1000 - LIMIT_PROBLEMS)));
}

/* Even when every one is as long as can be. */
static void test_longest_problems(void **state)
{
    (void)state;
    struct problems problems = problems_new(scratch, false, T("\n"));
    char path[LIMIT_PROBLEM_PATH + 1], message[400];
    memset(path, 'p', sizeof path - 1);
    memset(message, 'm', sizeof message - 1);
    path[sizeof path - 1] = message[sizeof message - 1] = '\0';
    for (int i = 0; i <= LIMIT_PROBLEMS; i++)
        problem_add(&problems, text_of(path), message);
    const struct text text = problems_text(&problems);
    assert_true(text_ends(text, T("m\nand 1 more")));
    assert_int_equal(text.n, LIMIT_PROBLEMS * (sizeof path + sizeof message) - 1 + strlen("\nand 1 more"));
}

/* A path that a client made is cut, between characters. */
static void test_long_paths(void **state)
{
    (void)state;
    for (size_t letters = 0; letters < 4; letters++) {
        struct buf json = buf_new(scratch, 1 << 16);
        buf_add(&json, T("{\"secrets\":{\""));
        for (size_t i = 0; i < letters; i++)
            buf_add_char(&json, 'a');
        for (size_t i = 0; i < 300; i++)
            buf_add(&json, T("\xF0\x9F\x98\x80"));
        buf_add(&json, T("\":\"\"}}"));
        buf_add_char(&json, '\0');
        const struct text got =
            things_problems(scratch, &things_spec, buf_text(&json).p, ARENA_NEW(scratch, struct things));
        assert_true(text_starts(got, T("body/secrets/")));
        assert_true(text_ends(got, T(" Too big: expected key to have <=4 characters")));
        const size_t path = got.n - strlen(" Too big: expected key to have <=4 characters");
        assert_in_range(path, LIMIT_PROBLEM_PATH - 3, LIMIT_PROBLEM_PATH);
        assert_true(text_is_utf8(got));
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_wrong_types),
        TEST(test_enums),
        TEST(test_wrong_values),
        TEST(test_right_values),
        TEST(test_lengths_in_utf16),
        TEST(test_secrets_stay_out_of_messages),
        TEST(test_missing),
        TEST(test_documented_message),
        TEST(test_order),
        TEST(test_root),
        TEST(test_no_body_where_it_is_optional),
        TEST(test_limit_of_problems),
        TEST(test_longest_problems),
        TEST(test_long_paths),
    };
    return cmocka_run_group_tests_name("spec", tests, NULL, NULL);
}
