/* Specs from JSON: what the values become, defaults, versions, open objects, unknown names, texts that are no JSON. */
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

static const struct things *parsed(const struct spec *spec, const char *json)
{
    struct things *things = ARENA_NEW(scratch, struct things);
    const struct text got = things_problems(scratch, spec, json, things);
    if (got.n)
        fail_msg("%s: %.*s", json, TEXT_ARG(got));
    return things;
}

#define assert_text(got, expected) assert_true(text_eq((got), T(expected)))

/* ---- every kind ---------------------------------------------------------------------------------------- */

static const char everything[] =
    "{\"text\":\"a\xC3\xA4\\n\",\"url\":\"http://h:1/p?q\",\"secret\":\"hush\","
    "\"uuid\":\"6F1D2C3B-1111-4AAA-8BBB-00000000000F\",\"time\":\"2026-05-01T09:30:00.5Z\",\"count\":7,\"flag\":true,"
    "\"choice\":\"three\",\"literal\":\"only\",\"json\":{\"b\":[1,true,null,\"\xC3\xA9\\u0041\"],\"a\":{}},"
    "\"texts\":[\"x\",\"\",\"yz\"],\"uuids\":[\"6f1d2c3b-1111-4aaa-8bbb-000000000001\"],"
    "\"map\":{\"k\":\"v\",\"a\":\"\"},\"secrets\":{\"s\":\"hush\",\"t\":\"\"},\"object\":{\"word\":\"w\",\"n\":9},"
    "\"rows\":[{\"word\":\"r0\"},{\"word\":\"r1\",\"n\":0}]}";

static void check_plain(const struct things *t)
{
    char id[UUID_TEXT_SIZE];
    uuid_format(&t->uuid.v, id);
    assert_text(t->text.v, "a\xC3\xA4\n");
    assert_text(t->url.v, "http://h:1/p?q");
    assert_memory_equal(id, "6f1d2c3b-1111-4aaa-8bbb-00000000000f", sizeof id);
    assert_int_equal(t->time.v, INT64_C(1777627800500));
    assert_int_equal(t->count.v, 7);
    assert_int_equal(t->offset.is, VALUE_ABSENT);
    assert_true(t->flag.is == VALUE_SET && t->flag.v);
    assert_true(t->choice.is == VALUE_SET && t->choice.v == 2);
    assert_true(t->literal.is == VALUE_SET && t->literal.v == 0);
    assert_text(t->json.v, "{\"b\":[1,true,null,\"\xC3\xA9" "A\"],\"a\":{}}");
}

static void check_lists(const struct things *t)
{
    assert_int_equal(t->texts.n, 3);
    assert_text(t->texts.v[0], "x");
    assert_text(t->texts.v[1], "");
    assert_text(t->texts.v[2], "yz");
    assert_int_equal(t->uuids.n, 1);
    assert_int_equal(t->uuids.v[0].b[15], 1);
    assert_int_equal(t->map.n, 2);
    assert_text(t->map.v[0].name, "k");
    assert_text(t->map.v[0].value, "v");
    assert_text(t->map.v[1].name, "a");
    assert_text(t->map.v[1].value, "");
}

static bool is_secret(struct secret secret, struct text value)
{
    static const struct secret_key key;
    const struct secret_hash a = secret_hash(&key, secret), b = secret_hash(&key, secret_of(value));
    return secret_hash_eq(&a, &b);
}

static void check_nested(const struct things *t)
{
    const struct inner *rows = t->rows.v;
    assert_true(t->object.is == VALUE_SET);
    assert_text(t->object.word.v, "w");
    assert_int_equal(t->object.n.v, 9);
    assert_true(t->rows.is == VALUE_SET && t->rows.n == 2);
    assert_text(rows[0].word.v, "r0");
    assert_int_equal(rows[0].n.is, VALUE_ABSENT);
    assert_text(rows[1].word.v, "r1");
    assert_true(rows[1].n.is == VALUE_SET && rows[1].n.v == 0);
}

static void test_every_kind(void **state)
{
    (void)state;
    const struct things *t = parsed(&things_spec, everything);
    check_plain(t);
    check_lists(t);
    check_nested(t);
    assert_true(is_secret(t->secret.v, T("hush")));
    assert_int_equal(t->secrets.n, 2);
    assert_text(t->secrets.v[0].name, "s");
    assert_true(is_secret(t->secrets.v[0].value, T("hush")));
    assert_true(secret_is_empty(t->secrets.v[1].value));
}

/* The input may go as soon as it was parsed. */
static void test_values_are_copies(void **state)
{
    (void)state;
    char *copy = strdup(everything);
    const struct things *t = parsed(&things_spec, copy);
    memset(copy, '#', strlen(copy));
    free(copy);
    check_plain(t);
    check_lists(t);
    check_nested(t);
    assert_true(is_secret(t->secret.v, T("hush")));
}

static void test_absent(void **state)
{
    (void)state;
    static const struct things nothing;
    const struct things *t = parsed(&things_spec, "{}");
    assert_memory_equal(t, &nothing, sizeof nothing);
}

static void test_null(void **state)
{
    (void)state;
    struct buf json = buf_new(scratch, 1000);
    for (size_t i = 0; i < needed_spec.count; i++)
        buf_addf(&json, "%c\"%s\":null", i ? ',' : '{', needed_spec.fields[i].name);
    buf_add(&json, T("}"));
    buf_add_char(&json, '\0');
    const struct things *t = parsed(&needed_spec, buf_text(&json).p);
    for (size_t i = 0; i < needed_spec.count; i++)
        assert_int_equal(*(const enum value_state *)field_in(&needed_spec.fields[i], t), VALUE_NULL);
}

/* A wrong value leaves its member absent. */
static void test_wrong_value_is_absent(void **state)
{
    (void)state;
    struct things *t = ARENA_NEW(scratch, struct things);
    assert_true(things_problems(scratch, &things_spec, "{\"text\":\"\",\"count\":0,\"uuid\":\"x\",\"choice\":\"x\","
                                                     "\"time\":\"x\",\"flag\":1,\"secret\":\"123456789\"}", t).n > 0);
    static const struct things nothing;
    assert_memory_equal(&t->choice.is, &nothing.choice.is, sizeof t->choice.is);
    assert_int_equal(t->text.is | t->count.is | t->uuid.is | t->time.is | t->flag.is | t->secret.is, VALUE_ABSENT);
}

/* ---- numbers ------------------------------------------------------------------------------------------- */

static void expect_offset(const char *number, int64_t value)
{
    char json[100];
    snprintf(json, sizeof json, "{\"offset\":%s}", number);
    const struct things *t = parsed(&things_spec, json);
    assert_int_equal(t->offset.is, VALUE_SET);
    assert_int_equal(t->offset.v, value);
}

static void expect_wrong_offset(const char *number, const char *message)
{
    char json[100];
    snprintf(json, sizeof json, "{\"offset\":%s}", number);
    struct things *t = ARENA_NEW(scratch, struct things);
    const struct text got = things_problems(scratch, &things_spec, json, t);
    if (!text_eq(got, text_of(message)))
        fail_msg("%s: %.*s", json, TEXT_ARG(got));
    assert_int_equal(t->offset.is, VALUE_ABSENT);
}

static void test_whole_numbers(void **state)
{
    (void)state;
    expect_offset("0", 0);
    expect_offset("-0", 0);
    expect_offset("-0.0", 0);
    expect_offset("1.0", 1);
    expect_offset("1e2", 100);
    expect_offset("1E+2", 100);
    expect_offset("100e-2", 1);
    expect_offset("1.5e1", 15);
    expect_offset("9007199254740990", INT64_C(9007199254740990));
    expect_offset("9007199254740991", INT64_C(9007199254740991));
    expect_offset("9007199254740991.0", INT64_C(9007199254740991));
    expect_offset("9.007199254740991e15", INT64_C(9007199254740991));
}

#define NO_INT "body/offset Invalid input: expected int, received number"
#define TOO_BIG "body/offset Too big: expected number to be <=9007199254740991"
#define TOO_SMALL "body/offset Too small: expected number to be >=0"

static void test_other_numbers(void **state)
{
    (void)state;
    expect_wrong_offset("1.5", NO_INT);
    expect_wrong_offset("0.1", NO_INT);
    expect_wrong_offset("1e-1", NO_INT);
    expect_wrong_offset("-1.5", NO_INT);
    expect_wrong_offset("4503599627370495.5", NO_INT);
    expect_wrong_offset("9007199254740992", TOO_BIG);
    expect_wrong_offset("9007199254740993", TOO_BIG);
    expect_wrong_offset("9007199254740992.0", TOO_BIG);
    expect_wrong_offset("1e18", TOO_BIG);
    expect_wrong_offset("1e300", TOO_BIG);
    expect_wrong_offset("9223372036854775807", TOO_BIG);
    expect_wrong_offset("-1", TOO_SMALL);
    expect_wrong_offset("-9223372036854775808", TOO_SMALL);
    expect_wrong_offset("-1e300", TOO_SMALL);
}

static void test_integers_past_64_bits(void **state)
{
    (void)state;
    expect_wrong_offset("9223372036854775808", TOO_BIG);
    expect_wrong_offset("100000000000000000000", TOO_BIG);
    expect_wrong_offset("-9223372036854775809", TOO_SMALL);
}

/* ---- defaults, versions -------------------------------------------------------------------------------- */

static const char *const sizes[] = { "small", "large", NULL };

struct defaults {
    struct v_text text;
    struct v_int number;
    struct v_bool on, off;
    struct v_enum size;
    struct v_time time;
    struct v_uuid id;
    struct v_text nothing;
};

#define D struct defaults
static const struct field default_fields[] = {
    FIELD_TEXT(D, text, .fallback = "\"plain\"", .max = 5),
    FIELD_INT(D, number, .fallback = "100", .min = 1, .max = 100),
    FIELD_BOOL(D, on, .fallback = "true"),
    FIELD_BOOL(D, off, .fallback = "false"),
    FIELD_ENUM(D, size, .fallback = "\"large\"", .names = sizes),
    FIELD_TIME(D, time, .fallback = "\"2026-01-01T00:00:00.000Z\""),
    FIELD_UUID(D, id, .fallback = "\"6f1d2c3b-1111-4aaa-8bbb-000000000001\""),
    FIELD_TEXT(D, nothing, .flags = NULLABLE, .fallback = "null"),
};
#undef D
static const struct spec defaults_spec = SPEC(struct defaults, "Defaults", default_fields);

static void test_defaults(void **state)
{
    (void)state;
    struct defaults *d = ARENA_NEW(scratch, struct defaults);
    assert_int_equal(things_problems(scratch, &defaults_spec, "{}", d).n, 0);
    assert_text(d->text.v, "plain");
    assert_true(d->text.is == VALUE_SET && d->size.is == VALUE_SET && d->id.is == VALUE_SET);
    assert_true(d->number.is == VALUE_SET && d->number.v == 100);
    assert_true(d->on.is == VALUE_SET && d->on.v && d->off.is == VALUE_SET && !d->off.v);
    assert_int_equal(d->size.v, 1);
    assert_int_equal(d->time.v, INT64_C(1767225600000));
    assert_int_equal(d->id.v.b[15], 1);
    assert_int_equal(d->nothing.is, VALUE_NULL);
}

static void test_values_beat_defaults(void **state)
{
    (void)state;
    struct defaults *d = ARENA_NEW(scratch, struct defaults);
    assert_int_equal(things_problems(scratch, &defaults_spec,
                                     "{\"text\":\"\",\"number\":1,\"on\":false,\"size\":\"small\",\"nothing\":\"x\"}",
                                     d).n, 0);
    assert_true(d->text.is == VALUE_SET && d->text.v.n == 0);
    assert_int_equal(d->number.v, 1);
    assert_false(d->on.v);
    assert_int_equal(d->size.v, 0);
    assert_text(d->nothing.v, "x");
    const struct text got = things_problems(scratch, &defaults_spec, "{\"text\":null,\"number\":null}",
                                            ARENA_NEW(scratch, struct defaults));
    assert_text(got, "body/text Invalid input: expected string, received null, "
                     "body/number Invalid input: expected number, received null");
}

struct versioned {
    struct v_text both, one, two;
};

static const struct field versioned_fields[] = {
    FIELD_TEXT(struct versioned, both, .flags = REQUIRED),
    FIELD_TEXT(struct versioned, one, .flags = REQUIRED | ONLY_V1),
    FIELD_TEXT(struct versioned, two, .flags = REQUIRED | ONLY_V2),
};
static const struct spec versioned_spec = SPEC(struct versioned, "Versioned", versioned_fields);

static struct text in_version(unsigned version, const char *json, struct text *ret_unknown)
{
    struct problems problems = problems_new(scratch, false, T(", "));
    int line, column;
    struct versioned *v = ARENA_NEW(scratch, struct versioned);
    assert_int_equal(spec_parse_json(&versioned_spec, version, T("body"), text_of(json), &problems, v, &line, &column),
                     JSON_OK);
    assert_true(version != 1 || v->two.is == VALUE_ABSENT);
    assert_true(version != 2 || v->one.is == VALUE_ABSENT);
    *ret_unknown = buf_text(&problems.unknown);
    return problems_text(&problems);
}

/* To a version, what only the other one has does not exist. */
static void test_versions(void **state)
{
    (void)state;
    static const char all[] = "{\"one\":\"1\",\"two\":\"2\",\"both\":\"b\"}";
    static const char missing[] = "body/%s Invalid input: expected string, received undefined";
    struct text unknown;
    assert_int_equal(in_version(1, all, &unknown).n, 0);
    assert_text(unknown, "body/two");
    assert_int_equal(in_version(2, all, &unknown).n, 0);
    assert_text(unknown, "body/one");
    assert_int_equal(in_version(0, all, &unknown).n, 0);
    assert_int_equal(unknown.n, 0);
    assert_true(text_eq(in_version(1, "{\"both\":\"\"}", &unknown), text_format(scratch, missing, "one")));
    assert_true(text_eq(in_version(2, "{\"both\":\"\"}", &unknown), text_format(scratch, missing, "two")));
}

static void test_aliases(void **state)
{
    (void)state;
    for (int taken = 0; taken < 2; taken++) {
        struct problems problems = problems_new(scratch, false, T(", "));
        struct things *t = ARENA_NEW(scratch, struct things);
        int line, column;
        problems.aliases = taken;
        spec_parse_json(&things_spec, 0, T("body"), T("{\"choice\":\"dos\"}"), &problems, t, &line, &column);
        assert_int_equal(problems.count, !taken);
        assert_int_equal(t->choice.is, taken ? VALUE_SET : VALUE_ABSENT);
        assert_int_equal(t->choice.v, taken);
    }
}

/* Numbers come back as people wrote them, and always as the same numbers. */
static void test_json_numbers(void **state)
{
    (void)state;
    static const char *const numbers[][2] = {
        { "0.1", "0.1" }, { "1.10", "1.1" }, { "-2.5e-7", "-2.5e-7" }, { "1.0", "1.0" }, { "7", "7" },
        { "0.30000000000000004", "0.30000000000000004" }, { "1.7976931348623157e308", "1.7976931348623157e308" },
        { "9007199254740993", "9007199254740993" }, { "[0.1,{\"a\":0.7}]", "[0.1,{\"a\":0.7}]" },
    };
    for (size_t i = 0; i < COUNT(numbers); i++) {
        char json[100];
        snprintf(json, sizeof json, "{\"json\":%s}", numbers[i][0]);
        const struct text got = parsed(&things_spec, json)->json.v;
        if (!text_eq(got, text_of(numbers[i][1])))
            fail_msg("%s: %.*s", json, TEXT_ARG(got));
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_every_kind),
        TEST(test_json_numbers),
        TEST(test_values_are_copies),
        TEST(test_absent),
        TEST(test_null),
        TEST(test_wrong_value_is_absent),
        TEST(test_whole_numbers),
        TEST(test_other_numbers),
        TEST(test_integers_past_64_bits),
        TEST(test_defaults),
        TEST(test_values_beat_defaults),
        TEST(test_versions),
        TEST(test_aliases),
    };
    return cmocka_run_group_tests_name("spec_values", tests, NULL, NULL);
}
