/* Kept JSON: shown as a closed table has it, and changed member by member. */
#include "spec/kept.h"

#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* ---- tables ---------------------------------------------------------------------------------------------- */

struct point {
    enum value_state is;
    struct v_int x;
    struct v_text label;
};

static const struct field point_fields[] = {
    FIELD_INT(struct point, x, .flags = REQUIRED, .max = 100),
    FIELD_TEXT(struct point, label, .flags = NULLABLE),
};
static const struct spec point_spec = SPEC(struct point, "Point", point_fields);

struct shape {
    enum value_state is;
    struct v_enum kind;
    struct v_int r;
    struct v_rows corners;
};

static const char *const circle[] = { "circle", NULL };
static const char *const polygon[] = { "polygon", NULL };
static const struct field circle_fields[] = {
    FIELD_ENUM(struct shape, kind, .flags = REQUIRED, .names = circle),
    FIELD_INT(struct shape, r, .flags = REQUIRED, .max = 100),
};
static const struct field polygon_fields[] = {
    FIELD_ENUM(struct shape, kind, .flags = REQUIRED, .names = polygon),
    FIELD_ROWS(struct shape, corners, .sub = &point_spec),
};
static const struct spec circle_spec = SPEC(struct shape, "Circle", circle_fields);
static const struct spec polygon_spec = SPEC(struct shape, "Polygon", polygon_fields);
static const struct spec *const shapes[] = { &circle_spec, &polygon_spec, NULL };
static const struct spec shape_spec = { .name = "Shape", .size = sizeof(struct shape), .variants = shapes };

struct options {
    enum value_state is;
    struct v_bool fill;
};

static const struct field options_fields[] = { FIELD_BOOL(struct options, fill, .flags = NULLABLE) };
static const struct spec options_spec = SPEC_WITH(struct options, "Options", options_fields, .loose = true);

struct drawing {
    struct point at;
    struct v_json shapes;
    struct v_texts tags;
    struct options options;
};

static const struct field drawing_fields[] = {
    FIELD_OBJECT(struct drawing, at, struct point, .sub = &point_spec),
    FIELD_JSON(struct drawing, shapes, .items = &shape_spec),
    FIELD_TEXTS(struct drawing, tags, .flags = NULLABLE, .fallback = "[]"),
    FIELD_OBJECT(struct drawing, options, struct options, .sub = &options_spec),
};
static const struct spec drawing_spec = SPEC(struct drawing, "Drawing", drawing_fields);

/* ---- showing --------------------------------------------------------------------------------------------- */

static void expect_text(struct text got, const char *expected)
{
    assert_string_equal(text_cstr(scratch, got), expected);
}

static const struct {
    const char *kept, *shown;
} shown_rows[] = {
    { "{}", "{\"tags\":[]}" },
    { "{\"tags\":null,\"own\":1}", "{\"tags\":null}" },
    { "{\"tags\":[\"a\",1]}", "{}" },
    { "{\"tags\":[],\"at\":{\"x\":1,\"y\":2,\"label\":null}}", "{\"tags\":[],\"at\":{\"x\":1,\"label\":null}}" },
    { "{\"tags\":[],\"at\":{\"x\":\"1\",\"label\":7}}", "{\"tags\":[],\"at\":{}}" },
    { "{\"tags\":[],\"at\":{\"x\":101}}", "{\"tags\":[],\"at\":{}}" },
    { "{\"tags\":[],\"at\":[]}", "{\"tags\":[]}" },
    { "{\"tags\":[],\"at\":null}", "{\"tags\":[]}" },
    { "{\"tags\":[],\"options\":{\"fill\":1,\"a\":{\"b\":null},\"c\":0.1}}",
      "{\"tags\":[],\"options\":{\"a\":{\"b\":null},\"c\":0.1}}" },
    { "{\"tags\":[],\"shapes\":\"none\"}", "{\"tags\":[],\"shapes\":\"none\"}" },
    { "{\"tags\":[],\"shapes\":5}", "{\"tags\":[]}" },
    { "{\"tags\":[],\"shapes\":[{\"kind\":\"circle\",\"r\":1,\"corners\":[]}]}",
      "{\"tags\":[],\"shapes\":[{\"kind\":\"circle\",\"r\":1}]}" },
    { "{\"tags\":[],\"shapes\":[{\"kind\":\"polygon\",\"corners\":[{\"x\":1,\"z\":1}],\"r\":1}]}",
      "{\"tags\":[],\"shapes\":[{\"kind\":\"polygon\",\"corners\":[{\"x\":1}]}]}" },
    { "{\"tags\":[],\"shapes\":[{\"kind\":\"circle\",\"r\":1},{\"kind\":\"circle\"}]}", "{\"tags\":[]}" },
    { "{\"tags\":[],\"shapes\":[{\"kind\":\"star\"}]}", "{\"tags\":[]}" },
};

static void test_shown(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shown_rows / sizeof shown_rows[0]; i++)
        expect_text(spec_show_kept(scratch, &drawing_spec, text_of(shown_rows[i].kept)), shown_rows[i].shown);
}

/* The one whose word it has; else the last. */
static void test_shown_variant(void **state)
{
    (void)state;
    expect_text(spec_show_kept(scratch, &shape_spec, T("{\"kind\":\"circle\",\"r\":1,\"corners\":[]}")),
                "{\"kind\":\"circle\",\"r\":1}");
    expect_text(spec_show_kept(scratch, &shape_spec, T("{\"kind\":\"star\",\"r\":1,\"corners\":[]}")),
                "{\"corners\":[]}");
    expect_text(spec_show_kept(scratch, &shape_spec, T("{\"kind\":5,\"r\":1}")), "{}");
}

/* ---- changing -------------------------------------------------------------------------------------------- */

static const struct {
    const char *kept, *over, *result;
} over_rows[] = {
    { "{}", "{}", "{}" },
    { "{\"a\":1}", "{\"b\":2}", "{\"a\":1,\"b\":2}" },
    { "{\"a\":{\"b\":1,\"c\":2}}", "{\"a\":{\"b\":{\"d\":3}}}", "{\"a\":{\"b\":{\"d\":3},\"c\":2}}" },
    { "{\"a\":[1,2]}", "{\"a\":[3]}", "{\"a\":[3]}" },
    { "{\"a\":[{\"b\":1}]}", "{\"a\":[{\"c\":null}]}", "{\"a\":[{\"c\":null}]}" },
    { "{\"a\":5}", "{\"a\":{\"b\":null,\"c\":1}}", "{\"a\":{\"c\":1}}" },
    { "{\"a\":{\"b\":1}}", "{\"a\":5}", "{\"a\":5}" },
    { "{\"a\":1}", "{\"a\":null,\"b\":null}", "{}" },
    { "{\"tags\":[]}", "{\"tags\":null}", "{\"tags\":null}" },
    { "{}", "{\"tags\":null}", "{\"tags\":null}" },
    { "{\"at\":{\"x\":1}}", "{\"at\":{\"x\":null,\"label\":null}}", "{\"at\":{\"label\":null}}" },
    { "{\"at\":{\"x\":1}}", "{\"at\":null}", "{}" },
    { "{\"options\":{}}", "{\"options\":{\"fill\":null,\"own\":null}}", "{\"options\":{\"fill\":null}}" },
    { "{\"a\":9007199254740993}", "{\"b\":0.1}", "{\"a\":9007199254740993,\"b\":0.1}" },
    { "{\"a\":\"\xc3\xbc\"}", "{\"\xc3\xbc\":\"\\u0001\"}", "{\"a\":\"\xc3\xbc\",\"\xc3\xbc\":\"\\u0001\"}" },
};

static void test_laid_over(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof over_rows / sizeof over_rows[0]; i++)
        expect_text(spec_lay_over(scratch, &drawing_spec, text_of(over_rows[i].kept), text_of(over_rows[i].over)),
                    over_rows[i].result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shown),
        cmocka_unit_test(test_shown_variant),
        cmocka_unit_test(test_laid_over),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
