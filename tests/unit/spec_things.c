#include "spec_things.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const char *const choices[] = { "one", "two", "three", NULL };
static const char *const only[] = { "only", NULL };

static const char *refuse_bad(struct text value)
{
    return text_eq(value, T("bad")) ? "Invalid text: bad" : NULL;
}

static const char *refuse_key(struct text key)
{
    return key.n ? NULL : "Invalid key: empty";
}

static const struct field inner_fields[] = {
    FIELD_TEXT(struct inner, word, .flags = REQUIRED),
    FIELD_INT(struct inner, n, .min = 0, .max = 9),
};
const struct spec inner_spec = SPEC(struct inner, "Inner", inner_fields);

#define MAP_RULES .max = 3, .key_max = 4, .value_max = 5, .check = refuse_bad, .check_key = refuse_key
#define FIELDS(f)                                                                                           \
    FIELD_TEXT(struct things, text, .flags = (f), .min = 1, .max = 4, .check = refuse_bad),                 \
    FIELD_URL(struct things, url, .flags = (f), .max = 30),                                                 \
    FIELD_SECRET(struct things, secret, .flags = (f), .max = 8, .check = refuse_bad),                       \
    FIELD_UUID(struct things, uuid, .flags = (f)),                                                          \
    FIELD_TIME(struct things, time, .flags = (f)),                                                          \
    FIELD_INT(struct things, count, .flags = (f), .min = 1, .max = 100),                                    \
    FIELD_INT(struct things, offset, .flags = (f), .max = INT64_C(9007199254740991)),                       \
    FIELD_BOOL(struct things, flag, .flags = (f)),                                                          \
    FIELD_ENUM(struct things, choice, .flags = (f), .names = choices, .alias = "dos", .alias_of = 1),       \
    FIELD_ENUM(struct things, literal, .flags = (f), .names = only),                                        \
    FIELD_JSON(struct things, json, .flags = (f)),                                                          \
    FIELD_TEXTS(struct things, texts, .flags = (f), .min = 1, .max = 3, .value_max = 2),                    \
    FIELD_UUIDS(struct things, uuids, .flags = (f), .max = 2),                                              \
    FIELD_MAP(struct things, map, .flags = CASE_KEYS | (f), MAP_RULES),                                     \
    FIELD_SECRETS(struct things, secrets, .flags = (f), MAP_RULES),                                         \
    FIELD_OBJECT(struct things, object, struct inner, .flags = (f), .sub = &inner_spec),                    \
    FIELD_ROWS(struct things, rows, .flags = (f), .sub = &inner_spec, .max = 2)

static const struct field things_fields[] = { FIELDS(0) };
const struct spec things_spec = SPEC(struct things, "Things", things_fields);

static const struct field needed_fields[] = { FIELDS(REQUIRED | NULLABLE) };
const struct spec needed_spec = SPEC(struct things, "Needed", needed_fields);

struct text things_problems(struct arena *arena, const struct spec *spec, const char *json, void *ret)
{
    struct problems problems = problems_new(arena, false, T(", "));
    int line = 0, column = 0;
    const enum json_outcome outcome =
        spec_parse_json(spec, 0, T("body"), text_of(json), &problems, ret, &line, &column);
    if (outcome != JSON_OK)
        fail_msg("%s: line %d, column %d", json, line, column);
    return problems_text(&problems);
}
