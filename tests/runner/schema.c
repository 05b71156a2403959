#include "schema.h"

#include "json_diff.h"
#include "ere.h"
#include "schema_priv.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { DEPTH_MAX = 100 };

static void value_check(struct check *c, json_t *schema, json_t *value);

__attribute__((format(printf, 2, 3))) static void problem(struct check *c, const char *format, ...)
{
    char reason[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(reason, sizeof reason, format, args);
    va_end(args);
    c->problems++;
    text_addf(c->out, "%s: %s\n", c->at.len == 0 ? "/" : text_str(&c->at), reason);
}

/* 1.0 is an integer too. */
static bool is_integer(const json_t *v)
{
    double d = json_number_value(v);
    return json_is_integer(v) || (json_is_real(v) && d > -9e15 && d < 9e15 && (double)(long long)d == d);
}

static const char *type_name(const json_t *v)
{
    static const char *const names[] = {
        [JSON_OBJECT] = "object",   [JSON_ARRAY] = "array", [JSON_STRING] = "string",
        [JSON_INTEGER] = "integer", [JSON_REAL] = "number", [JSON_TRUE] = "boolean",
        [JSON_FALSE] = "boolean",   [JSON_NULL] = "null",
    };
    return names[json_typeof(v)];
}

bool type_known(const char *name)
{
    static const char *const types[] = {
        "object", "array", "string", "integer", "number", "boolean", "null"
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i], name) == 0)
            return true;
    return false;
}

static bool type_fits(const char *type, const json_t *value)
{
    if (strcmp(type, "integer") == 0)
        return is_integer(value);
    if (strcmp(type, "number") == 0)
        return json_is_number(value);
    return strcmp(type, type_name(value)) == 0;
}

static void type_check(struct check *c, json_t *operand, json_t *value)
{
    struct text wanted = { 0 };
    size_t i;
    json_t *type;
    if (json_is_string(operand) && type_fits(json_string_value(operand), value))
        return;
    json_array_foreach (operand, i, type)
        if (type_fits(json_string_value(type), value))
            return;
    json_add_short(operand, &wanted);
    problem(c, "is of type %s, not %s", type_name(value), text_str(&wanted));
    text_free(&wanted);
}

static void properties_check(struct check *c, json_t *operand, json_t *value)
{
    const char *name;
    json_t *member;
    json_object_foreach (operand, name, member) {
        json_t *part = json_object_get(value, name);
        size_t at = c->at.len;
        pointer_push(&c->at, name);
        if (part != NULL)
            value_check(c, member, part);
        text_cut(&c->at, at);
    }
}

static void required_check(struct check *c, json_t *operand, json_t *value)
{
    size_t i;
    json_t *name;
    if (!json_is_object(value))
        return;
    json_array_foreach (operand, i, name)
        if (json_object_get(value, json_string_value(name)) == NULL)
            problem(c, "lacks the required member \"%s\"", json_string_value(name));
}

static void additional_check(struct check *c, json_t *operand, json_t *value)
{
    const char *name;
    json_t *part;
    json_t *known = json_object_get(c->schema, "properties");
    json_object_foreach (value, name, part) {
        if (json_object_get(known, name) != NULL)
            continue;
        size_t at = c->at.len;
        pointer_push(&c->at, name);
        if (json_is_false(operand))
            problem(c, "is not a documented member");
        else
            value_check(c, operand, part);
        text_cut(&c->at, at);
    }
}

static void property_names_check(struct check *c, json_t *operand, json_t *value)
{
    const char *name;
    json_t *part;
    json_object_foreach (value, name, part) {
        json_t *text = json_string(name);
        value_check(c, operand, text);
        json_decref(text);
    }
}

static void items_check(struct check *c, json_t *operand, json_t *value)
{
    size_t i;
    json_t *part;
    json_array_foreach (value, i, part) {
        size_t at = c->at.len;
        pointer_push_index(&c->at, i);
        value_check(c, operand, part);
        text_cut(&c->at, at);
    }
}

static void not_one_of(struct check *c, const char *what, json_t *operand, json_t *value)
{
    struct text wanted = { 0 }, got = { 0 };
    json_add_short(operand, &wanted);
    json_add_short(value, &got);
    problem(c, "%s is not %s %s", text_str(&got), what, text_str(&wanted));
    text_free(&wanted);
    text_free(&got);
}

static void enum_check(struct check *c, json_t *operand, json_t *value)
{
    size_t i;
    json_t *allowed;
    json_array_foreach (operand, i, allowed)
        if (json_equal(allowed, value))
            return;
    not_one_of(c, "one of", operand, value);
}

static void const_check(struct check *c, json_t *operand, json_t *value)
{
    if (!json_equal(operand, value))
        not_one_of(c, "the constant", operand, value);
}

static void pattern_check(struct check *c, json_t *operand, json_t *value)
{
    if (json_is_string(value) && !ere_matches(json_string_value(operand), json_string_value(value)))
        problem(c, "\"%.200s\" does not match the pattern %s", json_string_value(value),
                json_string_value(operand));
}

static const struct {
    const char *name, *pattern;
} formats[] = {
    { "uuid", "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$" },
    { "date-time",
      "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?"
      "(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)$" },
    { "uri", "^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#@!$&'()*+,;=%[\\]-]+$" },
};

static const char *format_pattern(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0)
            return formats[i].pattern;
    return NULL;
}

bool format_known(const char *name)
{
    return format_pattern(name) != NULL;
}

static void format_check(struct check *c, json_t *operand, json_t *value)
{
    const char *pattern = format_pattern(json_string_value(operand));
    if (pattern != NULL && json_is_string(value) && !ere_matches(pattern, json_string_value(value)))
        problem(c, "\"%.200s\" is not a %s", json_string_value(value), json_string_value(operand));
}

/* The length that a schema speaks of: characters, not bytes. */
static json_int_t string_characters(const json_t *value)
{
    json_int_t n = 0;
    for (const char *s = json_string_value(value); *s != '\0'; s++)
        n += ((unsigned char)*s & 0xc0U) != 0x80U;
    return n;
}

static bool measure_length(const json_t *value, double *ret_n)
{
    *ret_n = (double)(json_is_string(value) ? string_characters(value) : 0);
    return json_is_string(value);
}

static bool measure_number(const json_t *value, double *ret_n)
{
    *ret_n = json_number_value(value);
    return json_is_number(value);
}

static bool measure_items(const json_t *value, double *ret_n)
{
    *ret_n = (double)json_array_size(value);
    return json_is_array(value);
}

static bool measure_properties(const json_t *value, double *ret_n)
{
    *ret_n = (double)json_object_size(value);
    return json_is_object(value);
}

static void bound_check(struct check *c, json_t *operand, json_t *value)
{
    double limit = json_number_value(operand), n;
    if (c->keyword->measure(value, &n) && (c->keyword->least ? n < limit : n > limit))
        problem(c, "%.17g breaks %s %.17g", n, c->keyword->name, limit);
}

/* All values here come out of replies. */
static void write_only_check(struct check *c, json_t *operand, json_t *value)
{
    (void)value;
    if (json_is_true(operand))
        problem(c, "is for requests only (writeOnly)");
}

/* How many alternatives fit; ret_nearest gets the problems of the one that has the fewest. */
static unsigned alternatives_fitting(struct check *c, json_t *operand, json_t *value,
                                     struct text *ret_nearest)
{
    unsigned fitting = 0, fewest = 0;
    size_t i;
    json_t *alternative;
    json_array_foreach (operand, i, alternative) {
        struct text out = { 0 };
        struct check inner = { .root = c->root, .at = c->at, .out = &out, .depth = c->depth };
        value_check(&inner, alternative, value);
        c->at = inner.at;
        fitting += inner.problems == 0;
        if (i == 0 || inner.problems < fewest) {
            text_reset(ret_nearest);
            text_add(ret_nearest, text_str(&out), out.len);
            fewest = inner.problems;
        }
        text_free(&out);
    }
    return fitting;
}

static void any_of_check(struct check *c, json_t *operand, json_t *value)
{
    struct text nearest = { 0 };
    if (alternatives_fitting(c, operand, value, &nearest) == 0) {
        problem(c, "fits none of %zu alternatives; the nearest says:", json_array_size(operand));
        text_add(c->out, text_str(&nearest), nearest.len);
    }
    text_free(&nearest);
}

static void one_of_check(struct check *c, json_t *operand, json_t *value)
{
    struct text nearest = { 0 };
    unsigned fitting = alternatives_fitting(c, operand, value, &nearest);
    if (fitting != 1)
        problem(c, "fits %u of %zu alternatives, not exactly one", fitting, json_array_size(operand));
    if (fitting == 0)
        text_add(c->out, text_str(&nearest), nearest.len);
    text_free(&nearest);
}

static void ref_check(struct check *c, json_t *operand, json_t *value)
{
    json_t *target = schema_resolve(c->root, json_string_value(operand));
    c->depth++;
    if (target == NULL || c->depth > DEPTH_MAX)
        problem(c, "%s leads nowhere", json_string_value(operand));
    else
        value_check(c, target, value);
    c->depth--;
}

static const struct keyword keywords[] = {
    { "type", OPERAND_TYPE, type_check, NULL, false },
    { "properties", OPERAND_MAP, properties_check, NULL, false },
    { "required", OPERAND_NAMES, required_check, NULL, false },
    { "additionalProperties", OPERAND_SCHEMA, additional_check, NULL, false },
    { "propertyNames", OPERAND_SCHEMA, property_names_check, NULL, false },
    { "items", OPERAND_SCHEMA, items_check, NULL, false },
    { "enum", OPERAND_VALUES, enum_check, NULL, false },
    { "const", OPERAND_ANYTHING, const_check, NULL, false },
    { "pattern", OPERAND_PATTERN, pattern_check, NULL, false },
    { "format", OPERAND_FORMAT, format_check, NULL, false },
    { "minLength", OPERAND_COUNT, bound_check, measure_length, true },
    { "maxLength", OPERAND_COUNT, bound_check, measure_length, false },
    { "minimum", OPERAND_NUMBER, bound_check, measure_number, true },
    { "maximum", OPERAND_NUMBER, bound_check, measure_number, false },
    { "minItems", OPERAND_COUNT, bound_check, measure_items, true },
    { "maxItems", OPERAND_COUNT, bound_check, measure_items, false },
    { "minProperties", OPERAND_COUNT, bound_check, measure_properties, true },
    { "maxProperties", OPERAND_COUNT, bound_check, measure_properties, false },
    { "writeOnly", OPERAND_BOOLEAN, write_only_check, NULL, false },
    { "anyOf", OPERAND_LIST, any_of_check, NULL, false },
    { "oneOf", OPERAND_LIST, one_of_check, NULL, false },
    { "$ref", OPERAND_REF, ref_check, NULL, false },
    { "default", OPERAND_ANYTHING, NULL, NULL, false },
    { "description", OPERAND_STRING, NULL, NULL, false },
    { "examples", OPERAND_ANYTHING, NULL, NULL, false },
};

const struct keyword *keyword_find(const char *name)
{
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (strcmp(keywords[i].name, name) == 0)
            return &keywords[i];
    return NULL;
}

static void value_check(struct check *c, json_t *schema, json_t *value)
{
    json_t *outer = c->schema;
    const char *name;
    json_t *operand;
    json_object_foreach (schema, name, operand) {
        c->schema = schema;
        c->keyword = keyword_find(name);
        if (c->keyword == NULL)
            problem(c, "the schema has an unknown keyword %s", name);
        else if (c->keyword->check != NULL)
            c->keyword->check(c, operand, value);
    }
    c->schema = outer;
}

bool schema_valid(json_t *root, json_t *schema, json_t *value, struct text *ret_problems)
{
    struct check c = { .root = root, .out = ret_problems };
    value_check(&c, schema, value);
    text_free(&c.at);
    return c.problems == 0;
}

/* One step of a JSON pointer, with ~0 and ~1. */
static void pointer_step(const char *s, size_t len, struct text *out)
{
    for (size_t i = 0; i < len; i++) {
        bool escaped = s[i] == '~' && i + 1 < len && (s[i + 1] == '0' || s[i + 1] == '1');
        text_add_char(out, !escaped ? s[i] : s[i + 1] == '0' ? '~' : '/');
        i += escaped;
    }
}

json_t *schema_resolve(json_t *root, const char *ref)
{
    if (ref == NULL || !str_starts(ref, "#/"))
        return NULL;
    json_t *at = root;
    struct text step = { 0 };
    const char *s = ref + 1;
    while (at != NULL && *s == '/') {
        size_t len = strcspn(++s, "/");
        text_reset(&step);
        pointer_step(s, len, &step);
        at = json_object_get(at, text_str(&step));
        s += len;
    }
    text_free(&step);
    return at;
}
