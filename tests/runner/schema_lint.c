/* The description itself: every keyword known, and of a form that schema.c really checks. */
#include "json_diff.h"
#include "ere.h"
#include "schema_priv.h"

#include <string.h>

struct lint {
    json_t *root;
    struct text *at, *out;
};

static void problem(const struct lint *l, const char *what)
{
    text_addf(l->out, "#%s: %s\n", text_str(l->at), what);
}

static bool names_valid(json_t *list, bool (*known)(const char *name))
{
    size_t i;
    json_t *name;
    json_array_foreach (list, i, name)
        if (!json_is_string(name) || (known != NULL && !known(json_string_value(name))))
            return false;
    return json_is_array(list) && json_array_size(list) > 0;
}

static void type_lint(const struct lint *l, json_t *v)
{
    if (!(json_is_string(v) && type_known(json_string_value(v))) && !names_valid(v, type_known))
        problem(l, "is not a type or a list of types");
}

static void schema_walk(const struct lint *l, json_t *schema);

static void map_lint(const struct lint *l, json_t *v)
{
    const char *name;
    json_t *part;
    if (!json_is_object(v))
        problem(l, "is not an object of schemas");
    json_object_foreach (v, name, part) {
        size_t at = l->at->len;
        pointer_push(l->at, name);
        schema_walk(l, part);
        text_cut(l->at, at);
    }
}

static void names_lint(const struct lint *l, json_t *v)
{
    if (!names_valid(v, NULL) && !(json_is_array(v) && json_array_size(v) == 0))
        problem(l, "is not a list of names");
}

static void list_lint(const struct lint *l, json_t *v)
{
    size_t i;
    json_t *part;
    if (json_array_size(v) == 0)
        problem(l, "is not a list of schemas");
    json_array_foreach (v, i, part) {
        size_t at = l->at->len;
        pointer_push_index(l->at, i);
        schema_walk(l, part);
        text_cut(l->at, at);
    }
}

/* Only additionalProperties may be true or false: elsewhere a boolean would be no check at all. */
static void sub_schema_lint(const struct lint *l, json_t *v)
{
    static const char additional[] = "/additionalProperties";
    size_t len = sizeof additional - 1, at = l->at->len;
    if (json_is_boolean(v) && at >= len && strcmp(text_str(l->at) + at - len, additional) == 0)
        return;
    schema_walk(l, v);
}

static void values_lint(const struct lint *l, json_t *v)
{
    if (json_array_size(v) == 0)
        problem(l, "is not a list of values");
}

static void pattern_lint(const struct lint *l, json_t *v)
{
    const char *reason = json_is_string(v) ? ere_check(json_string_value(v)) : "not a string";
    if (reason != NULL)
        problem(l, reason);
}

static void format_lint(const struct lint *l, json_t *v)
{
    if (!json_is_string(v) || !format_known(json_string_value(v)))
        problem(l, "is not a format that can be checked");
}

static void count_lint(const struct lint *l, json_t *v)
{
    if (!json_is_integer(v) || json_integer_value(v) < 0)
        problem(l, "is not a count");
}

static void number_lint(const struct lint *l, json_t *v)
{
    if (!json_is_number(v))
        problem(l, "is not a number");
}

static void ref_lint(const struct lint *l, json_t *v)
{
    if (!json_is_object(schema_resolve(l->root, json_string_value(v))))
        problem(l, "leads nowhere");
}

static void string_lint(const struct lint *l, json_t *v)
{
    if (!json_is_string(v))
        problem(l, "is not a string");
}

static void boolean_lint(const struct lint *l, json_t *v)
{
    if (!json_is_boolean(v))
        problem(l, "is not true or false");
}

static void anything_lint(const struct lint *l, json_t *v)
{
    (void)l;
    (void)v;
}

static void (*const operand_lint[])(const struct lint *l, json_t *v) = {
    [OPERAND_TYPE] = type_lint,         [OPERAND_MAP] = map_lint,           [OPERAND_NAMES] = names_lint,
    [OPERAND_SCHEMA] = sub_schema_lint, [OPERAND_LIST] = list_lint,         [OPERAND_VALUES] = values_lint,
    [OPERAND_PATTERN] = pattern_lint,   [OPERAND_FORMAT] = format_lint,     [OPERAND_COUNT] = count_lint,
    [OPERAND_NUMBER] = number_lint,     [OPERAND_REF] = ref_lint,           [OPERAND_STRING] = string_lint,
    [OPERAND_BOOLEAN] = boolean_lint,   [OPERAND_ANYTHING] = anything_lint,
};

static void schema_walk(const struct lint *l, json_t *schema)
{
    const char *name;
    json_t *operand;
    if (!json_is_object(schema))
        problem(l, "is not a schema object");
    json_object_foreach (schema, name, operand) {
        const struct keyword *keyword = keyword_find(name);
        size_t at = l->at->len;
        pointer_push(l->at, name);
        if (keyword == NULL)
            problem(l, "is a keyword that the test runner does not know");
        else
            operand_lint[keyword->operand](l, operand);
        text_cut(l->at, at);
    }
}

void schema_lint(json_t *root, json_t *schema, struct text *at, struct text *ret_problems)
{
    struct lint l = { .root = root, .at = at, .out = ret_problems };
    schema_walk(&l, schema);
}
