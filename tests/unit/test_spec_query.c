/* Specs from text: query strings and path parameters. */
#include "spec/spec.h"

#include "base/limit.h"
#include "rig.h"
#include "scratch.h"

#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const char *const orders[] = { "up", "down", NULL };
static const char *const only[] = { "only", NULL };

struct asked {
    struct v_text type;
    struct v_int limit, offset, from;
    struct v_bool flag;
    struct v_enum order, literal;
    struct v_uuid id;
    struct v_time time;
    struct v_text url, needed, one, two;
};

#define A struct asked
static const struct field asked_fields[] = {
    FIELD_TEXT(A, type, .max = 4),
    FIELD_INT(A, limit, .fallback = "100", .min = 1, .max = 100),
    FIELD_INT(A, offset, .fallback = "0", .max = INT64_C(9007199254740991)),
    FIELD_INT(A, from, .min = -5, .max = 5),
    FIELD_BOOL(A, flag, .flags = 0),
    FIELD_ENUM(A, order, .names = orders),
    FIELD_ENUM(A, literal, .names = only),
    FIELD_UUID(A, id, .flags = 0),
    FIELD_TIME(A, time, .flags = 0),
    FIELD_URL(A, url, .max = 100),
    FIELD_TEXT(A, one, .flags = ONLY_V1),
    FIELD_TEXT(A, two, .flags = ONLY_V2),
};
static const struct spec asked_spec = SPEC(A, "Asked", asked_fields);

static const struct field needed_fields[] = {
    FIELD_TEXT(A, needed, .flags = REQUIRED),
    FIELD_ENUM(A, order, .flags = REQUIRED, .names = orders),
};
static const struct spec needed_spec = SPEC(A, "Needed", needed_fields);
#undef A

/* What was wrong, and what was unknown in *ret_unknown. */
static struct text messages_of(const struct spec *spec, struct text query, struct asked *ret, struct text *ret_unknown)
{
    struct problems problems = problems_new(scratch, false, T(", "));
    spec_parse_query(spec, 1, query, &problems, ret);
    *ret_unknown = buf_text(&problems.unknown);
    return problems_text(&problems);
}

static const struct asked *asked(const char *query)
{
    struct text unknown;
    struct asked *ret = ARENA_NEW(scratch, struct asked);
    const struct text got = messages_of(&asked_spec, text_of(query), ret, &unknown);
    if (got.n || unknown.n)
        fail_msg("%s: %.*s / %.*s", query, TEXT_ARG(got), TEXT_ARG(unknown));
    return ret;
}

static void expect(const char *query, const char *messages)
{
    struct text unknown;
    const struct text got = messages_of(&asked_spec, text_of(query), ARENA_NEW(scratch, struct asked), &unknown);
    if (!text_eq(got, text_of(messages)))
        fail_msg("%s: %.*s\nexpected: %s", query, TEXT_ARG(got), messages);
}

#define assert_text(got, expected) assert_true(text_eq((got), T(expected)))

static void test_defaults(void **state)
{
    (void)state;
    static const char *const rows[] = { NULL, "", "&", "&&&" };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct asked *a = asked(rows[i]);
        assert_true(a->limit.is == VALUE_SET && a->limit.v == 100);
        assert_true(a->offset.is == VALUE_SET && a->offset.v == 0);
        assert_int_equal(a->type.is | a->from.is | a->flag.is | a->order.is | a->id.is | a->time.is, VALUE_ABSENT);
    }
}

static void test_every_kind(void **state)
{
    (void)state;
    const struct asked *a = asked("type=ab&limit=5&offset=9007199254740991&flag=true&order=down&literal=only"
                                  "&id=6F1D2C3B-1111-4AAA-8BBB-00000000000F&time=2026-05-01T09:30:00.500Z"
                                  "&url=https://h/?a=b&from=-5&one=1");
    assert_text(a->type.v, "ab");
    assert_int_equal(a->limit.v, 5);
    assert_int_equal(a->offset.v, INT64_C(9007199254740991));
    assert_int_equal(a->from.v, -5);
    assert_true(a->flag.is == VALUE_SET && a->flag.v);
    assert_true(a->order.is == VALUE_SET && a->order.v == 1);
    assert_true(a->literal.is == VALUE_SET && a->literal.v == 0);
    assert_int_equal(a->id.v.b[15], 15);
    assert_int_equal(a->time.v, INT64_C(1777627800500));
    assert_text(a->url.v, "https://h/?a=b");
    assert_text(a->one.v, "1");
    const struct asked *off = asked("flag=false&type=");
    assert_true(off->flag.is == VALUE_SET && !off->flag.v);
    assert_true(off->type.is == VALUE_SET && off->type.v.n == 0);
}

static void test_escapes(void **state)
{
    (void)state;
    assert_text(asked("type=a%20b")->type.v, "a b");
    assert_text(asked("type=a+b")->type.v, "a b");
    assert_text(asked("type=a%2Bb")->type.v, "a+b");
    assert_text(asked("type=%26%3D%23")->type.v, "&=#");
    assert_text(asked("type=%c3%A4")->type.v, "\xC3\xA4");
    assert_text(asked("type=a=b=")->type.v, "a=b=");
    assert_text(asked("%74%79pe=a")->type.v, "a");
    assert_text(asked("type")->type.v, "");
    assert_int_equal(asked("&limit=7&&type=a&")->limit.v, 7);
}

#define BROKEN "querystring/ Malformed: expected at most 64 parameters with valid percent-encoding"

static void test_broken_escapes(void **state)
{
    (void)state;
    static const char *const rows[] = { "type=%", "type=%4", "type=%zz", "%", "x=%00", "x%00=", "type=%ff", "a=%c3",
                                        "limit=5&x=%gg" };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect(rows[i], BROKEN);
    expect("type=%25", "");
}

#define ZEROS "0000000000000000000000000000000000000000"

/* As JavaScript's Number() takes them. */
static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *query;
        int64_t limit;
    } rows[] = {
        { "limit=1", 1 }, { "limit=100", 100 }, { "limit=+7+", 7 }, { "limit=%207", 7 }, { "limit=%097%09", 7 },
        { "limit=%2B7", 7 }, { "limit=007", 7 }, { "limit=1e1", 10 }, { "limit=1E%2B1", 10 }, { "limit=50.0", 50 },
        { "limit=5.", 5 }, { "limit=.1e2", 10 },
        { "limit=" ZEROS ZEROS "7", 7 }, { "limit=7." ZEROS ZEROS ZEROS, 7 },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(asked(rows[i].query)->limit.v, rows[i].limit);
    assert_int_equal(asked("offset=-0")->offset.v, 0);
    assert_int_equal(asked("offset=")->offset.v, 0);
    assert_int_equal(asked("offset")->offset.v, 0);
    assert_int_equal(asked("offset=+")->offset.v, 0);
}

#define NAN_MESSAGE(name) "querystring/" name " Invalid input: expected number, received NaN"

static void test_wrong_numbers(void **state)
{
    (void)state;
    static const char *const nan[] = { "x", "5x", "--5", "1e", "e5", ".", "-", "5+5", "1,5", "NaN", "nan", "1_0",
                                       "0b2", "0x", "-0x1", "1e400", "-1e400", "\xC2\xA0" };
    for (size_t i = 0; i < COUNT(nan); i++) {
        char query[64];
        snprintf(query, sizeof query, "limit=%s", nan[i]);
        expect(query, NAN_MESSAGE("limit"));
    }
    expect("limit=" ZEROS ZEROS "x", NAN_MESSAGE("limit"));
    expect("limit=0", "querystring/limit Too small: expected number to be >=1");
    expect("limit=", "querystring/limit Too small: expected number to be >=1");
    expect("limit", "querystring/limit Too small: expected number to be >=1");
    expect("limit=101", "querystring/limit Too big: expected number to be <=100");
    expect("limit=1e300", "querystring/limit Too big: expected number to be <=100");
    expect("limit=1.5", "querystring/limit Invalid input: expected int, received number");
    expect("limit=0.5", "querystring/limit Invalid input: expected int, received number");
    expect("offset=-1", "querystring/offset Too small: expected number to be >=0");
    expect("offset=9007199254740992", "querystring/offset Too big: expected number to be <=9007199254740991");
    expect("from=-6", "querystring/from Too small: expected number to be >=-5");
}

static void test_wrong_values(void **state)
{
    (void)state;
    expect("type=abcde", "querystring/type Too big: expected string to have <=4 characters");
    expect("type=%F0%9F%98%80%F0%9F%98%80", "");
    expect("type=%F0%9F%98%80%F0%9F%98%80a", "querystring/type Too big: expected string to have <=4 characters");
    expect("flag=1", "querystring/flag Invalid input: expected boolean, received string");
    expect("flag=True", "querystring/flag Invalid input: expected boolean, received string");
    expect("flag=", "querystring/flag Invalid input: expected boolean, received string");
    expect("order=sideways", "querystring/order Invalid option: expected one of \"up\"|\"down\"");
    expect("literal=x", "querystring/literal Invalid input: expected \"only\"");
    expect("id=x", "querystring/id Invalid GUID");
    expect("time=x", "querystring/time Invalid ISO datetime");
    expect("url=x", "querystring/url Invalid URL");
    expect("limit=x&id=x&type=abcde", "querystring/type Too big: expected string to have <=4 characters, "
                                      NAN_MESSAGE("limit") ", querystring/id Invalid GUID");
}

/* A repeated key is an array to the real API. */
static void test_repeats(void **state)
{
    (void)state;
    expect("type=a&type=b", "querystring/type Invalid input: expected string, received array");
    expect("type=a&type=a", "querystring/type Invalid input: expected string, received array");
    expect("type=a&%74ype", "querystring/type Invalid input: expected string, received array");
    expect("limit=5&limit=5", NAN_MESSAGE("limit"));
    expect("limit&limit", NAN_MESSAGE("limit"));
    expect("flag=true&flag=true", "querystring/flag Invalid input: expected boolean, received array");
    expect("order=up&order=up", "querystring/order Invalid option: expected one of \"up\"|\"down\"");
    expect("id=x&id=x&id=x", "querystring/id Invalid input: expected string, received array");
}

static void test_missing(void **state)
{
    (void)state;
    struct text unknown;
    struct asked *a = ARENA_NEW(scratch, struct asked);
    assert_text(messages_of(&needed_spec, T("x=1"), a, &unknown),
                "querystring/needed Invalid input: expected string, received undefined, "
                "querystring/order Invalid option: expected one of \"up\"|\"down\"");
    assert_text(unknown, "querystring/x");
    assert_int_equal(messages_of(&needed_spec, T("needed&order=up"), a, &unknown).n, 0);
    assert_int_equal(unknown.n, 0);
}

static void test_unknown(void **state)
{
    (void)state;
    struct text unknown;
    struct asked *a = ARENA_NEW(scratch, struct asked);
    assert_int_equal(messages_of(&asked_spec, T("x=1&limit=5&Limit=6&x=2&y&=z&two=2"), a, &unknown).n, 0);
    assert_text(unknown, "querystring/x, querystring/Limit, querystring/x, querystring/y, querystring/, "
                         "querystring/two");
    assert_int_equal(a->limit.v, 5);
    struct problems strict = problems_new(scratch, true, T(", "));
    spec_parse_query(&asked_spec, 2, T("one=1&two=2&x%2Fy"), &strict, a);
    assert_text(problems_text(&strict), "querystring/one Unrecognized key, querystring/x/y Unrecognized key");
}

/* `n` parameters, the last of which is the limit. */
static struct text many(int n)
{
    struct buf query = buf_new(scratch, 1 << 16);
    for (int i = 1; i < n; i++)
        buf_addf(&query, "p%d=%d&&", i, i);
    buf_add(&query, T("limit=7"));
    return buf_text(&query);
}

static void test_limit_of_parameters(void **state)
{
    (void)state;
    struct text unknown;
    struct asked *a = ARENA_NEW(scratch, struct asked);
    assert_int_equal(messages_of(&asked_spec, many(LIMIT_QUERY_PAIRS), a, &unknown).n, 0);
    assert_int_equal(a->limit.v, 7);
    assert_text(messages_of(&asked_spec, many(LIMIT_QUERY_PAIRS + 1), a, &unknown), BROKEN);
    assert_int_equal(unknown.n, 0);
}

/* ---- path parameters ----------------------------------------------------------------------------------- */

struct path {
    struct v_uuid connection_id;
    struct v_text team;
};

static const struct field path_fields[] = {
    FIELD_UUID(struct path, connection_id, .flags = REQUIRED),
    FIELD_TEXT(struct path, team, .flags = REQUIRED, .min = 1, .max = 5),
};
static const struct spec path_spec = SPEC(struct path, "Path", path_fields);

static void test_params(void **state)
{
    (void)state;
    struct problems problems = problems_new(scratch, false, T(", "));
    struct path *path = ARENA_NEW(scratch, struct path);
    spec_parse_param(&path_spec, 0, T("connection_id"), T("6F1D2C3B-1111-4AAA-8BBB-00000000000F"), &problems, path);
    spec_parse_param(&path_spec, 0, T("team"), T("a/b"), &problems, path);
    assert_int_equal(problems.count, 0);
    assert_true(path->connection_id.is == VALUE_SET && path->connection_id.v.b[15] == 15);
    assert_text(path->team.v, "a/b");
}

static void test_wrong_params(void **state)
{
    (void)state;
    static const char *const ids[] = { "", "x", "6f1d2c3b-1111-4aaa-8bbb-00000000000", "{connection_id}",
                                       "6f1d2c3b-1111-4aaa-8bbb-00000000000f ", "6f1d2c3b11114aaa8bbb00000000000f" };
    for (size_t i = 0; i < COUNT(ids); i++) {
        struct problems problems = problems_new(scratch, false, T(", "));
        struct path *path = ARENA_NEW(scratch, struct path);
        spec_parse_param(&path_spec, 0, T("connection_id"), text_of(ids[i]), &problems, path);
        spec_parse_param(&path_spec, 0, T("team"), T(""), &problems, path);
        assert_text(problems_text(&problems), "params/connection_id Invalid GUID, "
                                              "params/team Too small: expected string to have >=1 characters");
        assert_int_equal(path->connection_id.is | path->team.is, VALUE_ABSENT);
    }
}

static void unknown_param(void)
{
    struct problems problems = problems_new(scratch, false, T(", "));
    spec_parse_param(&path_spec, 0, T("stranger"), T("x"), &problems, ARENA_NEW(scratch, struct path));
}

static void test_unknown_param(void **state)
{
    (void)state;
    expect_death(unknown_param, "names a parameter that its table does not");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_defaults),
        TEST(test_every_kind),
        TEST(test_escapes),
        TEST(test_broken_escapes),
        TEST(test_numbers),
        TEST(test_wrong_numbers),
        TEST(test_wrong_values),
        TEST(test_repeats),
        TEST(test_missing),
        TEST(test_unknown),
        TEST(test_limit_of_parameters),
        TEST(test_params),
        TEST(test_wrong_params),
        TEST(test_unknown_param),
    };
    return cmocka_run_group_tests_name("spec_query", tests, NULL, NULL);
}
