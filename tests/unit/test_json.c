/* JSON writer: escapes, commas, nesting, numbers, pretty documents, full buffers, calls out of order. */
#include "base/json.h"

#include "rig.h"

#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* One document under way. */
struct sheet {
    struct arena *arena;
    struct buf out;
    struct json j;
};

static void sheet_open(struct sheet *s)
{
    s->arena = arena_new();
    s->out = buf_new(s->arena, 1 << 20);
    s->j = jw_new(&s->out);
}

static void sheet_close(struct sheet *s)
{
    arena_free(s->arena);
    arena_trim();
}

static void sheet_is(const struct sheet *s, const char *expected)
{
    char got[1000];
    snprintf(got, sizeof got, "%.*s", TEXT_ARG(buf_text(&s->out)));
    assert_string_equal(got, expected);
}

/* What the writer makes of one text. */
static struct text written(struct sheet *s, struct text value)
{
    const size_t start = s->out.n;
    s->j = jw_new(&s->out);
    jw_text(&s->j, value);
    return text_from(buf_text(&s->out), start);
}

static void expected_escape(unsigned char c, char *ret, size_t room)
{
    static const char letters[] = "\bb\tt\nn\ff\rr\"\"\\\\";
    const char *known = c ? strchr(letters, c) : NULL;
    if (known && (known - letters) % 2 == 0)
        snprintf(ret, room, "\"\\%c\"", known[1]);
    else if (c < 0x20 || c == 0x7f)
        snprintf(ret, room, "\"\\u%04x\"", c);
    else
        snprintf(ret, room, "\"%c\"", c);
}

static void test_every_ascii_character(void **state)
{
    (void)state;
    struct sheet s;
    sheet_open(&s);
    for (int i = 0; i < 0x80; i++) {
        char expected[16];
        const char c = (char)i;
        expected_escape((unsigned char)i, expected, sizeof expected);
        assert_true(text_eq(written(&s, (struct text){ &c, 1 }), text_of(expected)));
    }
    sheet_close(&s);
}

/* An independent reader gets every byte back. */
static void test_read_back(void **state)
{
    (void)state;
    struct sheet s;
    char every[0x80];
    for (size_t i = 0; i < sizeof every; i++)
        every[i] = (char)i;
    const struct text rows[] = {
        { every, sizeof every }, T("\"\"\\\\\"\\"), T("\0\0"), T("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"),
        T("\xE2\x80\xA8\xE2\x80\xA9"), T("</script>"), T("a\x7F\x1F\0b"),
    };
    sheet_open(&s);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct text back = string_of_json(s.arena, written(&s, rows[i]));
        assert_true(text_eq(back, rows[i]));
    }
    sheet_close(&s);
}

static void test_texts(void **state)
{
    (void)state;
    static const struct {
        struct text in;
        const char *out;
    } rows[] = {
        { { "", 0 }, "\"\"" },
        { { NULL, 0 }, "\"\"" },
        { { "abc", 2 }, "\"ab\"" },
        { { "\xC3\xA4/\xF0\x9F\x98\x80", 7 }, "\"\xC3\xA4/\xF0\x9F\x98\x80\"" },
        { { "a\nb\"c\\d\x7F" "e\0f", 11 }, "\"a\\nb\\\"c\\\\d\\u007fe\\u0000f\"" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sheet s;
        sheet_open(&s);
        jw_text(&s.j, rows[i].in);
        sheet_is(&s, rows[i].out);
        sheet_close(&s);
    }
}

static void test_long_text(void **state)
{
    (void)state;
    struct sheet s;
    sheet_open(&s);
    char *p = arena_raw(s.arena, 50000);
    memset(p, 1, 50000);
    const struct text text = written(&s, (struct text){ p, 50000 });
    assert_int_equal(text.n, 300002);
    for (size_t i = 1; i < text.n - 1; i += 6)
        assert_memory_equal(text.p + i, "\\u0001", 6);
    sheet_close(&s);
}

static void test_numbers(void **state)
{
    (void)state;
    struct sheet s;
    sheet_open(&s);
    jw_array(&s.j);
    static const int64_t rows[] = { 0, 1, -1, 9, 10, 99, 100, INT64_C(9007199254740991), INT64_MAX, INT64_MIN,
                                    INT64_MIN + 1 };
    for (size_t i = 0; i < COUNT(rows); i++)
        jw_int(&s.j, rows[i]);
    jw_array_end(&s.j);
    sheet_is(&s, "[0,1,-1,9,10,99,100,9007199254740991,9223372036854775807,-9223372036854775808,"
                 "-9223372036854775807]");
    sheet_close(&s);
}

static void test_other_values(void **state)
{
    (void)state;
    struct sheet s;
    struct uuid id;
    assert_true(uuid_parse(T("6F1D2C3B-1111-4AAA-8BBB-00000000000F"), &id));
    sheet_open(&s);
    jw_array(&s.j);
    jw_bool(&s.j, true);
    jw_bool(&s.j, false);
    jw_null(&s.j);
    jw_uuid(&s.j, &id);
    jw_time(&s.j, 0);
    jw_time(&s.j, -1);
    jw_raw(&s.j, T("{\"a\": [1]}"));
    jw_array_end(&s.j);
    sheet_is(&s, "[true,false,null,\"6f1d2c3b-1111-4aaa-8bbb-00000000000f\",\"1970-01-01T00:00:00.000Z\","
                 "\"1969-12-31T23:59:59.999Z\",{\"a\": [1]}]");
    sheet_close(&s);
}

static void write_nested(struct json *j)
{
    jw_object(j);
    jw_put_text(j, T("a"), T("x"));
    jw_key(j, T("b"));
    jw_array(j);
    jw_int(j, 1);
    jw_array(j);
    jw_array_end(j);
    jw_object(j);
    jw_object_end(j);
    jw_object(j);
    jw_put_int(j, T("c"), -7);
    jw_put_bool(j, T("d"), true);
    jw_object_end(j);
    jw_null(j);
    jw_array_end(j);
    jw_raw_key(j, T("\"e\":"));
    jw_null(j);
    jw_key(j, T("f \"\n"));
    jw_object(j);
    jw_object_end(j);
    jw_object_end(j);
}

static void test_commas_and_nesting(void **state)
{
    (void)state;
    struct sheet s;
    sheet_open(&s);
    write_nested(&s.j);
    sheet_is(&s, "{\"a\":\"x\",\"b\":[1,[],{},{\"c\":-7,\"d\":true},null],\"e\":null,\"f \\\"\\n\":{}}");
    assert_int_equal(s.j.depth, 0);
    sheet_close(&s);
}

static void test_pretty(void **state)
{
    (void)state;
    struct sheet s;
    sheet_open(&s);
    s.j.pretty = true;
    write_nested(&s.j);
    sheet_is(&s, "{\n"
                 "  \"a\": \"x\",\n"
                 "  \"b\": [\n"
                 "    1,\n"
                 "    [],\n"
                 "    {},\n"
                 "    {\n"
                 "      \"c\": -7,\n"
                 "      \"d\": true\n"
                 "    },\n"
                 "    null\n"
                 "  ],\n"
                 "  \"e\": null,\n"
                 "  \"f \\\"\\n\": {}\n"
                 "}");
    sheet_close(&s);
}

static void test_pretty_alone(void **state)
{
    (void)state;
    struct sheet s;
    sheet_open(&s);
    s.j.pretty = true;
    jw_array(&s.j);
    jw_array_end(&s.j);
    sheet_is(&s, "[]");
    sheet_close(&s);
    sheet_open(&s);
    s.j.pretty = true;
    jw_text(&s.j, T("x"));
    sheet_is(&s, "\"x\"");
    sheet_close(&s);
}

static void test_deepest(void **state)
{
    (void)state;
    struct sheet s;
    char expected[2 * JSON_DEPTH + 1];
    memset(expected, '[', JSON_DEPTH);
    memset(expected + JSON_DEPTH, ']', JSON_DEPTH);
    expected[2 * JSON_DEPTH] = '\0';
    sheet_open(&s);
    for (int i = 0; i < JSON_DEPTH; i++)
        jw_array(&s.j);
    for (int i = 0; i < JSON_DEPTH; i++)
        jw_array_end(&s.j);
    sheet_is(&s, expected);
    sheet_close(&s);
}

/* Whatever the maximum: never more than that, what is there is a prefix, and `full` says so. */
static void test_full(void **state)
{
    (void)state;
    struct sheet whole;
    sheet_open(&whole);
    write_nested(&whole.j);
    const struct text all = buf_text(&whole.out);
    for (size_t max = 0; max < all.n + 20; max++) {
        struct sheet s;
        sheet_open(&s);
        s.out = buf_new(s.arena, max);
        write_nested(&s.j);
        assert_true(s.out.n <= max);
        assert_true(text_starts(all, buf_text(&s.out)));
        assert_true(s.out.full || text_eq(buf_text(&s.out), all));
        assert_true(max >= all.n || s.out.full);
        sheet_close(&s);
    }
    sheet_close(&whole);
}

/* ---- calls out of order -------------------------------------------------------------------------------- */

static struct sheet wrong;

static void two_keys(void)
{
    jw_object(&wrong.j);
    jw_key(&wrong.j, T("a"));
    jw_key(&wrong.j, T("b"));
}

static void two_keys_one_raw(void)
{
    jw_object(&wrong.j);
    jw_key(&wrong.j, T("a"));
    jw_raw_key(&wrong.j, T("\"b\":"));
}

static void key_outside(void)
{
    jw_key(&wrong.j, T("a"));
}

static void raw_key_outside(void)
{
    jw_raw_key(&wrong.j, T("\"a\":"));
}

static void end_too_many(void)
{
    jw_object(&wrong.j);
    jw_object_end(&wrong.j);
    jw_object_end(&wrong.j);
}

static void array_end_first(void)
{
    jw_array_end(&wrong.j);
}

static void key_without_value(void)
{
    jw_object(&wrong.j);
    jw_key(&wrong.j, T("a"));
    jw_object_end(&wrong.j);
}

static void too_deep(void)
{
    for (int i = 0; i <= JSON_DEPTH; i++)
        jw_array(&wrong.j);
}

static void value_without_key(void)
{
    jw_object(&wrong.j);
    jw_int(&wrong.j, 1);
}

static void key_in_array(void)
{
    jw_array(&wrong.j);
    jw_put_int(&wrong.j, T("a"), 1);
}

static void object_ends_as_array(void)
{
    jw_object(&wrong.j);
    jw_array_end(&wrong.j);
}

static void expect_misuse(void (*const *rows)(void), size_t n)
{
    for (size_t i = 0; i < n; i++) {
        sheet_open(&wrong);
        expect_death(rows[i], "out of order");
        sheet_close(&wrong);
    }
}

static void test_misuse(void **state)
{
    (void)state;
    static void (*const rows[])(void) = { two_keys, two_keys_one_raw, key_outside, raw_key_outside, end_too_many,
                                          array_end_first, key_without_value, too_deep };
    expect_misuse(rows, COUNT(rows));
}

static void test_misuse_of_the_level(void **state)
{
    (void)state;
    static void (*const rows[])(void) = { value_without_key, key_in_array, object_ends_as_array };
    expect_misuse(rows, COUNT(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_ascii_character),
        cmocka_unit_test(test_read_back),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_long_text),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_other_values),
        cmocka_unit_test(test_commas_and_nesting),
        cmocka_unit_test(test_pretty),
        cmocka_unit_test(test_pretty_alone),
        cmocka_unit_test(test_deepest),
        cmocka_unit_test(test_full),
        cmocka_unit_test(test_misuse),
        cmocka_unit_test(test_misuse_of_the_level),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
