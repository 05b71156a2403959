/* Writing objects of a spec: what is left out, what never comes out, the same rows twice, there and back again. */
#include "spec/write.h"

#include "rig.h"
#include "scratch.h"
#include "spec_things.h"

#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct text written(const struct spec *spec, unsigned version, bool pretty, const void *object)
{
    struct buf *out = ARENA_NEW(scratch, struct buf);
    *out = buf_new(scratch, 1 << 20);
    struct json j = jw_new(out);
    j.pretty = pretty;
    spec_write(&j, spec, version, object);
    assert_true(is_json(buf_text(out)));
    assert_int_equal(j.depth, 0);
    return buf_text(out);
}

static void expect(const struct spec *spec, unsigned version, const void *object, const char *json)
{
    const struct text got = written(spec, version, false, object);
    if (!text_eq(got, text_of(json)))
        fail_msg("%.*s\nexpected: %s", TEXT_ARG(got), json);
}

static void *parsed(const struct spec *spec, const char *json)
{
    void *object = arena_alloc(scratch, spec->size);
    const struct text got = things_problems(scratch, spec, json, object);
    if (got.n)
        fail_msg("%s: %.*s", json, TEXT_ARG(got));
    return object;
}

/* ---- every kind ---------------------------------------------------------------------------------------- */

static const char sent[] =
    "{\"rows\":[{\"word\":\"r0\"},{\"word\":\"r1\",\"n\":0}],\"text\":\"a\xC3\xA4\\n\\\"\",\"url\":\"http://h:1/p?q\","
    "\"secret\":\"hush\",\"uuid\":\"6F1D2C3B-1111-4AAA-8BBB-00000000000F\",\"time\":\"2026-05-01T09:30:00.5Z\","
    "\"count\":7.0,\"offset\":9007199254740991,\"flag\":false,\"choice\":\"three\",\"literal\":\"only\","
    "\"json\": {\"b\": [1, true, null, \"x\"], \"a\": {}}, \"texts\":[\"x\",\"\",\"yz\"],"
    "\"uuids\":[\"6f1d2c3b-1111-4aaa-8bbb-000000000001\",\"6f1d2c3b-1111-4aaa-8bbb-000000000002\"],"
    "\"map\":{\"k\":\"v\",\"\\u0001\":\"\"},\"secrets\":{\"s\":\"hush\",\"t\":\"\"},"
    "\"object\":{\"n\":9,\"word\":\"w\"}}";
static const char answered[] =
    "{\"text\":\"a\xC3\xA4\\n\\\"\",\"url\":\"http://h:1/p?q\",\"uuid\":\"6f1d2c3b-1111-4aaa-8bbb-00000000000f\","
    "\"time\":\"2026-05-01T09:30:00.500Z\",\"count\":7,\"offset\":9007199254740991,\"flag\":false,"
    "\"choice\":\"three\",\"literal\":\"only\",\"json\":{\"b\":[1,true,null,\"x\"],\"a\":{}},"
    "\"texts\":[\"x\",\"\",\"yz\"],"
    "\"uuids\":[\"6f1d2c3b-1111-4aaa-8bbb-000000000001\",\"6f1d2c3b-1111-4aaa-8bbb-000000000002\"],"
    "\"map\":{\"k\":\"v\",\"\\u0001\":\"\"},\"object\":{\"word\":\"w\",\"n\":9},"
    "\"rows\":[{\"word\":\"r0\"},{\"word\":\"r1\",\"n\":0}]}";

static void test_there_and_back(void **state)
{
    (void)state;
    expect(&things_spec, 0, parsed(&things_spec, sent), answered);
    expect(&things_spec, 0, parsed(&things_spec, answered), answered);
}

static void test_secrets_have_no_way_out(void **state)
{
    (void)state;
    const void *object = parsed(&things_spec, sent);
    for (unsigned version = 0; version < 3; version++)
        for (int pretty = 0; pretty < 2; pretty++)
            assert_false(text_contains(written(&things_spec, version, pretty, object), T("hush")));
    assert_false(text_contains(written(&things_spec, 0, false, object), T("secret")));
}

static void test_absent(void **state)
{
    (void)state;
    expect(&things_spec, 0, ARENA_NEW(scratch, struct things), "{}");
    struct things *t = ARENA_NEW(scratch, struct things);
    t->count = SET_INT(INT64_MIN);
    expect(&things_spec, 0, t, "{\"count\":-9223372036854775808}");
    t->rows = SET_ROWS(0, NULL);
    t->texts.is = t->uuids.is = t->map.is = VALUE_SET;
    expect(&things_spec, 0, t,
           "{\"count\":-9223372036854775808,\"texts\":[],\"uuids\":[],\"map\":{},\"rows\":[]}");
}

/* Of every field but the secret ones, which do not even tell that they are null. */
static void test_null(void **state)
{
    (void)state;
    struct things *t = ARENA_NEW(scratch, struct things);
    for (size_t i = 0; i < things_spec.count; i++)
        *(enum value_state *)field_at(&things_spec.fields[i], t) = VALUE_NULL;
    expect(&things_spec, 0, t,
           "{\"text\":null,\"url\":null,\"uuid\":null,\"time\":null,\"count\":null,\"offset\":null,\"flag\":null,"
           "\"choice\":null,\"literal\":null,\"json\":null,\"texts\":null,\"uuids\":null,\"map\":null,"
           "\"object\":null,\"rows\":null}");
}

static void test_pretty(void **state)
{
    (void)state;
    struct inner *inner = ARENA_NEW(scratch, struct inner);
    inner->word = SET_TEXT(T("w"));
    inner->n = SET_INT(1);
    const struct text got = written(&inner_spec, 0, true, inner);
    assert_true(text_eq(got, T("{\n  \"word\": \"w\",\n  \"n\": 1\n}")));
}

/* ---- versions ------------------------------------------------------------------------------------------ */

struct leaf {
    enum value_state is;
    struct v_int both, one, two;
};

static const struct field leaf_fields[] = {
    FIELD_INT(struct leaf, one, .flags = ONLY_V1),
    FIELD_INT(struct leaf, both, .flags = REQUIRED),
    FIELD_INT(struct leaf, two, .flags = ONLY_V2),
};
static const struct spec leaf_spec = SPEC(struct leaf, "Leaf", leaf_fields);

struct tree {
    struct leaf leaf;
    struct v_rows leaves, first;
};

static const struct field tree_fields[] = {
    FIELD_OBJECT(struct tree, leaf, struct leaf, .sub = &leaf_spec),
    FIELD_ROWS(struct tree, first, .flags = ONLY_V1, .sub = &leaf_spec),
    FIELD_ROWS(struct tree, leaves, .sub = &leaf_spec),
};
static const struct spec tree_spec = SPEC(struct tree, "Tree", tree_fields);

static void test_versions(void **state)
{
    (void)state;
    static const struct leaf leaf = { VALUE_SET, { VALUE_SET, 0 }, { VALUE_SET, 1 }, { VALUE_SET, 2 } };
    const struct tree tree = { leaf, SET_ROWS(1, &leaf), SET_ROWS(1, &leaf) };
    expect(&tree_spec, 1, &tree, "{\"leaf\":{\"one\":1,\"both\":0},\"first\":[{\"one\":1,\"both\":0}],"
                                 "\"leaves\":[{\"one\":1,\"both\":0}]}");
    expect(&tree_spec, 2, &tree, "{\"leaf\":{\"both\":0,\"two\":2},\"leaves\":[{\"both\":0,\"two\":2}]}");
    expect(&tree_spec, 0, &tree, "{\"leaf\":{\"one\":1,\"both\":0,\"two\":2},"
                                 "\"first\":[{\"one\":1,\"both\":0,\"two\":2}],"
                                 "\"leaves\":[{\"one\":1,\"both\":0,\"two\":2}]}");
}

/* ---- the same rows under two names --------------------------------------------------------------------- */

struct twice {
    struct v_rows connections, integrations, others;
    struct v_int total;
};

#define W struct twice
static const struct field twice_fields[] = {
    FIELD_ROWS(W, connections, .sub = &inner_spec),
    FIELD_ROWS(W, integrations, .sub = &inner_spec),
    FIELD_INT(W, total, .flags = REQUIRED),
    FIELD_ROWS(W, others, .sub = &inner_spec),
};
#undef W
static const struct spec twice_spec = SPEC(struct twice, "Twice", twice_fields);

static struct inner *some_rows(size_t n)
{
    struct inner *rows = ARENA_ARRAY(scratch, n, struct inner);
    for (size_t i = 0; i < n; i++) {
        rows[i].word = SET_TEXT(text_format(scratch, "row \"%zu\"", i));
        rows[i].n = SET_INT((int64_t)i);
    }
    return rows;
}

static void test_same_rows_twice(void **state)
{
    (void)state;
    for (size_t n = 0; n < 300; n += 1 + n / 2)
        for (int pretty = 0; pretty < 2; pretty++) {
            const struct twice twice = { .connections = SET_ROWS(n, some_rows(n)), .total = SET_INT(7) };
            struct twice both = twice;
            both.integrations = both.others = twice.connections; /* rendered once */
            const struct text once = written(&twice_spec, 0, pretty, &both);
            both.integrations.v = some_rows(n); /* equal rows elsewhere: rendered again */
            both.others.v = some_rows(n);
            assert_true(text_eq(once, written(&twice_spec, 0, pretty, &both)));
        }
}

static void test_fewer_of_the_same_rows(void **state)
{
    (void)state;
    const struct inner *rows = some_rows(2);
    const struct twice twice = { .connections = SET_ROWS(2, rows), .integrations = SET_ROWS(1, rows),
                                 .total = SET_INT(2) };
    expect(&twice_spec, 0, &twice,
           "{\"connections\":[{\"word\":\"row \\\"0\\\"\",\"n\":0},{\"word\":\"row \\\"1\\\"\",\"n\":1}],"
           "\"integrations\":[{\"word\":\"row \\\"0\\\"\",\"n\":0}],\"total\":2}");
}

static void test_full(void **state)
{
    (void)state;
    const struct inner *rows = some_rows(3);
    const struct twice twice = { .connections = SET_ROWS(3, rows), .integrations = SET_ROWS(3, rows),
                                 .total = SET_INT(2) };
    const struct text whole = written(&twice_spec, 0, false, &twice);
    for (size_t max = 0; max < whole.n; max++) {
        struct buf out = buf_new(scratch, max);
        struct json j = jw_new(&out);
        spec_write(&j, &twice_spec, 0, &twice);
        assert_true(out.full && out.n <= max);
        assert_true(text_starts(whole, buf_text(&out)));
    }
}

/* ---- bare ---------------------------------------------------------------------------------------------- */

struct bare_list {
    struct v_rows rows;
};

static const struct field bare_fields[] = {
    FIELD_ROWS(struct bare_list, rows, .flags = REQUIRED, .sub = &inner_spec),
};
static const struct spec bare_spec = SPEC_WITH(struct bare_list, "BareList", bare_fields, .bare = true);

static void test_bare(void **state)
{
    (void)state;
    const struct inner two[] = { { .word = SET_TEXT(T("a")) }, { .word = SET_TEXT(T("b")) } };
    expect(&bare_spec, 0, &(struct bare_list){ SET_ROWS(2, two) }, "[{\"word\":\"a\"},{\"word\":\"b\"}]");
    expect(&bare_spec, 0, &(struct bare_list){ SET_ROWS(0, NULL) }, "[]");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_there_and_back),
        TEST(test_secrets_have_no_way_out),
        TEST(test_absent),
        TEST(test_null),
        TEST(test_pretty),
        TEST(test_versions),
        TEST(test_same_rows_twice),
        TEST(test_fewer_of_the_same_rows),
        TEST(test_full),
        TEST(test_bare),
    };
    return cmocka_run_group_tests_name("spec_write", tests, NULL, NULL);
}
