/* Specs from JSON: unknown names, open objects, names that differ by case alone, texts that are no JSON. */
#include "spec/spec.h"

#include "base/limit.h"
#include "rig.h"
#include "scratch.h"
#include "spec_things.h"

#include <stdio.h>
#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define assert_text(got, expected) assert_true(text_eq((got), T(expected)))

static struct problems parse(const struct spec *spec, bool strict, struct text json, void *ret)
{
    struct problems problems = problems_new(scratch, strict, T(", "));
    int line = 0, column = 0;
    const enum json_outcome outcome = spec_parse_json(spec, 0, T("body"), json, &problems, ret, &line, &column);
    assert_int_equal(outcome, JSON_OK);
    return problems;
}

/* ---- unknown names ------------------------------------------------------------------------------------- */

static const char strangers[] = "{\"x\":1,\"text\":\"a\",\"y\":null,\"object\":{\"word\":\"\",\"z\":[]},"
                                "\"rows\":[{\"word\":\"\"},{\"word\":\"\",\"Word\":\"\"}],\"TEXT\":\"\"}";

static void test_unknown_names(void **state)
{
    (void)state;
    struct things *t = ARENA_NEW(scratch, struct things);
    const struct problems lenient = parse(&things_spec, false, text_of(strangers), t);
    assert_int_equal(lenient.count, 0);
    assert_int_equal(lenient.unknown_count, 5);
    assert_text(buf_text(&lenient.unknown), "body/object/z, body/rows/1/Word, body/x, body/y, body/TEXT");
    assert_true(t->text.is == VALUE_SET && t->rows.n == 2);
}

static void test_unknown_names_strictly(void **state)
{
    (void)state;
    struct problems strict = parse(&things_spec, true, text_of(strangers), ARENA_NEW(scratch, struct things));
    assert_int_equal(strict.unknown_count, 0);
    assert_int_equal(strict.count, 5);
    assert_text(problems_text(&strict), "body/object/z Unrecognized key, body/rows/1/Word Unrecognized key, "
                                        "body/x Unrecognized key, body/y Unrecognized key, "
                                        "body/TEXT Unrecognized key");
}

static void test_no_unknown_names(void **state)
{
    (void)state;
    struct problems strict = parse(&things_spec, true, T("{\"text\":\"a\",\"object\":{\"word\":\"\"}}"),
                                   ARENA_NEW(scratch, struct things));
    assert_int_equal(strict.count + strict.unknown_count, 0);
}

/* As many as there is room for, each one whole. */
static void test_unknown_names_are_bounded(void **state)
{
    (void)state;
    struct buf json = buf_new(scratch, 1 << 20), whole = buf_new(scratch, 1 << 20);
    for (int i = 0; i < 20000; i++) {
        buf_addf(&json, "%c\"name%d\":0", i ? ',' : '{', i);
        buf_addf(&whole, "%sbody/name%d", i ? ", " : "", i);
    }
    buf_add(&json, T("}"));
    const struct problems lenient = parse(&things_spec, false, buf_text(&json), ARENA_NEW(scratch, struct things));
    const struct text named = buf_text(&lenient.unknown);
    assert_int_equal(lenient.unknown_count, 20000);
    assert_true(lenient.unknown_cut);
    assert_in_range(named.n, LIMIT_WARNING_NAMES - 20, LIMIT_WARNING_NAMES);
    assert_true(text_starts(buf_text(&whole), named));
    assert_true(text_starts(text_from(buf_text(&whole), named.n), T(", ")));
}

static void test_long_unknown_names(void **state)
{
    (void)state;
    struct buf json = buf_new(scratch, 1 << 20);
    buf_add(&json, T("{\""));
    for (int i = 0; i < 100000; i++)
        buf_add_char(&json, 'n');
    buf_add(&json, T("\":0}"));
    const struct problems lenient = parse(&things_spec, false, buf_text(&json), ARENA_NEW(scratch, struct things));
    assert_int_equal(lenient.unknown.n, LIMIT_PROBLEM_PATH);
    assert_false(lenient.unknown_cut);
}

/* ---- open objects -------------------------------------------------------------------------------------- */

struct open {
    struct v_text known, second;
    struct v_map extra;
};

static const struct field open_fields[] = {
    FIELD_TEXT(struct open, known, .max = 3),
    FIELD_TEXT(struct open, second, .flags = ONLY_V2),
};
static const struct spec open_spec = SPEC_WITH(struct open, "Open", open_fields, .open = true,
                                               .extra = offsetof(struct open, extra));

static void test_open(void **state)
{
    (void)state;
    struct open *o = ARENA_NEW(scratch, struct open);
    const struct problems problems =
        parse(&open_spec, true, T("{\"a\":\"1\",\"known\":\"k\",\"\":\"\",\"A\":\"2\"}"), o);
    assert_int_equal(problems.count + problems.unknown_count, 0);
    assert_text(o->known.v, "k");
    assert_true(o->extra.is == VALUE_SET && o->extra.n == 3);
    assert_text(o->extra.v[0].name, "a");
    assert_text(o->extra.v[0].value, "1");
    assert_text(o->extra.v[1].name, "");
    assert_text(o->extra.v[2].name, "A");
    assert_text(o->extra.v[2].value, "2");
}

static void test_open_without_more(void **state)
{
    (void)state;
    struct open *o = ARENA_NEW(scratch, struct open);
    parse(&open_spec, true, T("{\"known\":\"k\"}"), o);
    assert_true(o->extra.is == VALUE_SET && o->extra.n == 0);
}

static void test_open_demands_strings(void **state)
{
    (void)state;
    struct open *o = ARENA_NEW(scratch, struct open);
    struct problems problems =
        parse(&open_spec, false, T("{\"a\":1,\"b\":null,\"c\":\"ok\",\"known\":\"long\",\"d\":{}}"), o);
    assert_text(problems_text(&problems), "body/known Too big: expected string to have <=3 characters, "
                                          "body/a Invalid input: expected string, received number, "
                                          "body/b Invalid input: expected string, received null, "
                                          "body/d Invalid input: expected string, received object");
    assert_int_equal(o->extra.n, 1);
    assert_text(o->extra.v[0].name, "c");
}

/* What this version does not have is one of the others. */
static void test_open_versions(void **state)
{
    (void)state;
    for (unsigned version = 1; version <= 2; version++) {
        struct problems problems = problems_new(scratch, true, T(", "));
        struct open *o = ARENA_NEW(scratch, struct open);
        int line, column;
        spec_parse_json(&open_spec, version, T("body"), T("{\"second\":\"s\"}"), &problems, o, &line, &column);
        assert_int_equal(problems.count, 0);
        assert_int_equal(o->second.is, version == 2 ? VALUE_SET : VALUE_ABSENT);
        assert_int_equal(o->extra.n, version == 1);
    }
}

/* The size of the body is their only bound. */
static void test_open_values_are_long(void **state)
{
    (void)state;
    enum { LENGTH = 500 * 1000 };
    struct buf json = buf_new(scratch, LIMIT_BODY);
    buf_add(&json, T("{\"a\":\""));
    for (int i = 0; i < LENGTH; i++)
        buf_add_char(&json, 'v');
    buf_add(&json, T("\"}"));
    struct open *o = ARENA_NEW(scratch, struct open);
    const struct problems problems = parse(&open_spec, false, buf_text(&json), o);
    assert_int_equal(problems.count, 0);
    assert_int_equal(o->extra.n, 1);
    assert_int_equal(o->extra.v[0].value.n, LENGTH);
}

/* ---- rules of the whole object ------------------------------------------------------------------------- */

static const char *check_longer(struct arena *in, const void *object, struct text *ret_path)
{
    const struct inner *inner = object;
    *ret_path = text_format(in, "n/%lld", (long long)inner->n.v);
    return (size_t)inner->n.v > inner->word.v.n ? "Invalid: longer than the word" : NULL;
}

/* Asked only about an object whose members are right. */
static void test_rules_of_the_object(void **state)
{
    (void)state;
    struct spec ruled = inner_spec;
    ruled.check = check_longer;
    static const char *const rows[][2] = {
        { "{\"word\":\"abc\",\"n\":3}", "" },
        { "{\"word\":\"abc\",\"n\":4}", "body/n/4 Invalid: longer than the word" },
        { "{\"n\":4}", "body/word Invalid input: expected string, received undefined" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct problems problems = parse(&ruled, true, text_of(rows[i][0]), ARENA_NEW(scratch, struct inner));
        assert_true(text_eq(problems_text(&problems), text_of(rows[i][1])));
    }
}

/* ---- names that differ by case alone ------------------------------------------------------------------- */

static void test_case_keys(void **state)
{
    (void)state;
    struct things *t = ARENA_NEW(scratch, struct things);
    struct problems problems = parse(&things_spec, false, T("{\"map\":{\"Ab\":\"1\",\"c\":\"2\",\"AB\":\"3\"}}"), t);
    assert_text(problems_text(&problems), "body/map/AB Duplicate name: letters of either case are the same here");
    assert_int_equal(t->map.n, 2);
    assert_text(t->map.v[0].value, "1");
}

/* Letters past ASCII are not header names; they stay what they are. */
static void test_case_keys_past_ascii(void **state)
{
    (void)state;
    struct things *t = ARENA_NEW(scratch, struct things);
    struct problems problems = parse(&things_spec, false, T("{\"map\":{\"\xC3\xA4\":\"1\",\"\xC3\x84\":\"2\"}}"), t);
    assert_int_equal(problems.count, 0);
    assert_int_equal(t->map.n, 2);
}

/* ---- no JSON ------------------------------------------------------------------------------------------- */

static void expect_outcome(struct text json, enum json_outcome outcome, int line, int column)
{
    static const struct things nothing;
    struct problems problems = problems_new(scratch, true, T(", "));
    struct things *t = ARENA_NEW(scratch, struct things);
    int at_line = 0, at_column = 0;
    const enum json_outcome got =
        spec_parse_json(&things_spec, 0, T("body"), json, &problems, t, &at_line, &at_column);
    if (got != outcome || at_line != line || at_column != column)
        fail_msg("%.*s: %d at %d:%d", TEXT_ARG(json), (int)got, at_line, at_column);
    assert_int_equal(problems.count + problems.unknown_count, 0);
    assert_memory_equal(t, &nothing, sizeof nothing);
}

static void test_malformed(void **state)
{
    (void)state;
    expect_outcome(T(""), JSON_MALFORMED, 1, 0);
    expect_outcome(T(" "), JSON_MALFORMED, 1, 1);
    expect_outcome(T("{"), JSON_MALFORMED, 1, 1);
    expect_outcome(T("{\"text\":}"), JSON_MALFORMED, 1, 9);
    expect_outcome(T("{\"text\":\"a\"}}"), JSON_MALFORMED, 1, 13);
    expect_outcome(T("{\"text\":\"a\"} {}"), JSON_MALFORMED, 1, 14);
    expect_outcome(T("{\n  \"text\": \"a\",\n  \"flag\": tru\n}"), JSON_MALFORMED, 3, 13);
    expect_outcome(T("{\n\n\"text\":\"a\",}"), JSON_MALFORMED, 3, 12);
    expect_outcome(T("{'text':1}"), JSON_MALFORMED, 1, 2);
    expect_outcome(T("{\"text\":\"\n\"}"), JSON_MALFORMED, 1, 9);
    expect_outcome(T("{\"count\":01}"), JSON_MALFORMED, 1, 10);
    expect_outcome(T("{\"count\":NaN}"), JSON_MALFORMED, 1, 12);
    expect_outcome(T("[1,2"), JSON_MALFORMED, 1, 4);
    expect_outcome(T("{\"text\":\"\xFF\"}"), JSON_MALFORMED, 1, 9);
    expect_outcome(T("{\"text\":\"\xC0\x80\"}"), JSON_MALFORMED, 1, 9);
    expect_outcome(T("{\"text\":\"\\ud800\"}"), JSON_MALFORMED, 1, 16);
    expect_outcome(T("\xEF\xBB\xBF{}"), JSON_MALFORMED, 1, 1);
    expect_outcome(T("{}\0"), JSON_MALFORMED, 1, 3);
}

static void test_duplicate_keys(void **state)
{
    (void)state;
    expect_outcome(T("{\"text\":\"a\",\"text\":\"a\"}"), JSON_DUPLICATE_KEY, 1, 18);
    expect_outcome(T("{\"text\":\"a\",\"t\\u0065xt\":\"a\"}"), JSON_DUPLICATE_KEY, 1, 23);
    expect_outcome(T("{\"json\":[{\"a\":\n{\"b\":0,\"b\":0}}]}"), JSON_DUPLICATE_KEY, 2, 10);
    expect_outcome(T("{\"unknown\":0,\"unknown\":0}"), JSON_DUPLICATE_KEY, 1, 22);
}

static void test_nul(void **state)
{
    (void)state;
    expect_outcome(T("{\"text\":\"a\\u0000b\"}"), JSON_NUL, 1, 18);
    expect_outcome(T("{\"a\\u0000\":1}"), JSON_NUL, 1, 10);
    expect_outcome(T("{\"json\":[\n\"\\u0000\"]}"), JSON_NUL, 2, 8);
}

/* Neither a stack overflow nor time without end. */
static void test_deep_nesting(void **state)
{
    (void)state;
    struct buf json = buf_new(scratch, 1 << 20);
    buf_add(&json, T("{\"json\":"));
    for (int i = 0; i < 500000; i++)
        buf_add_char(&json, '[');
    struct problems problems = problems_new(scratch, true, T(", "));
    int line, column;
    assert_int_equal(spec_parse_json(&things_spec, 0, T("body"), buf_text(&json), &problems,
                                     ARENA_NEW(scratch, struct things), &line, &column), JSON_MALFORMED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_unknown_names),
        TEST(test_unknown_names_strictly),
        TEST(test_no_unknown_names),
        TEST(test_unknown_names_are_bounded),
        TEST(test_long_unknown_names),
        TEST(test_open),
        TEST(test_open_without_more),
        TEST(test_open_demands_strings),
        TEST(test_open_versions),
        TEST(test_open_values_are_long),
        TEST(test_rules_of_the_object),
        TEST(test_case_keys),
        TEST(test_case_keys_past_ascii),
        TEST(test_malformed),
        TEST(test_duplicate_keys),
        TEST(test_nul),
        TEST(test_deep_nesting),
    };
    return cmocka_run_group_tests_name("spec_objects", tests, NULL, NULL);
}
