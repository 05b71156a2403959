/* Values: how each kind of field is read from JSON and from text, and what is said when it is not right. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/uri.h"
#include "base/limit.h"
#include "spec/nearest.h"
#include "spec/parse.h"

#include <math.h>
#include <stdlib.h>

/* The largest integer that a JavaScript number holds exactly; the API's documented maximum. */
#define SAFE_INTEGER INT64_C(9007199254740991)

/* ---- what the validation library says ------------------------------------------------------------------ */

const char *spec_received(const json_t *value)
{
    if (!value)
        return "undefined";
    switch (json_typeof(value)) {
    case JSON_OBJECT: return "object";
    case JSON_ARRAY: return "array";
    case JSON_STRING: return "string";
    case JSON_INTEGER:
    case JSON_REAL: return "number";
    case JSON_TRUE:
    case JSON_FALSE: return "boolean";
    case JSON_NULL: return "null";
    }
    return "undefined";
}

/* An enum of one is a literal to the library, and has a text of its own. */
static void wrong_option(struct parse *p, const struct field *f, const struct where *w)
{
    if (!f->names[1]) {
        spec_wrong(p, w, "Invalid input: expected \"%s\"", f->names[0]);
        return;
    }
    struct buf b = buf_new(p->problems->arena, LIMIT_PROBLEM_TEXT);
    for (size_t i = 0; f->names[i]; i++)
        buf_addf(&b, "%s\"%s\"", i ? "|" : "", f->names[i]);
    spec_wrong(p, w, "Invalid option: expected one of %.*s", TEXT_ARG(buf_text(&b)));
}

static void wrong_word(struct parse *p, const struct field *f, struct text word, const struct where *w)
{
    struct nearest nearest = nearest_to(word);
    for (size_t i = 0; p->problems->hints && f->names[i]; i++)
        nearest_try(&nearest, text_of(f->names[i]));
    if (nearest.word.n)
        spec_wrong(p, w, "Invalid option: did you mean \"%.*s\"?", TEXT_ARG(nearest.word));
    else
        wrong_option(p, f, w);
}

/* A number that can be one alone is a literal, too. */
static bool is_literal(const struct field *f)
{
    return f->kind == KIND_INT && f->max && f->min == f->max;
}

static const char *expected_of(const struct field *f)
{
    if (f->kind == KIND_JSON && (f->items || f->sub))
        return f->items ? "string or array" : "object";
    return spec_kinds[f->kind].expected;
}

void spec_wrong_type(struct parse *p, const struct field *f, const char *got, const struct where *w)
{
    if (f->kind == KIND_ENUM && !(p->problems->any_word && (f->flags & GROWING)))
        wrong_option(p, f, w);
    else if (is_literal(f))
        spec_wrong(p, w, "Invalid input: expected %lld", (long long)f->min);
    else
        spec_wrong(p, w, "Invalid input: expected %s, received %s", expected_of(f), got);
}

static bool check_size(struct parse *p, int64_t size, int64_t min, int64_t max, const char *what, const char *unit,
                       const struct where *w)
{
    if (min == 0 && max == 0)
        return true;
    if (size < min)
        spec_wrong(p, w, "Too small: expected %s to %s >=%lld%s", what, *unit ? "have" : "be", (long long)min, unit);
    else if (size > max)
        spec_wrong(p, w, "Too big: expected %s to %s <=%lld%s", what, *unit ? "have" : "be", (long long)max, unit);
    return size >= min && size <= max;
}

/* ---- from text: query and path parameters, and defaults ------------------------------------------------ */

static void text_from_text(struct parse *p, const struct field *f, struct text value, void *at, const struct where *w)
{
    struct v_text *ret = at;
    if (f->flags & MAYBE_URL)
        value = uri_to_ascii(p->problems->arena, value);
    if (!check_size(p, (int64_t)text_utf16_length(value), f->min, f->max, "string", " characters", w))
        return;
    const char *why = f->check ? f->check(value) : NULL;
    if (why)
        spec_wrong(p, w, "%s", why);
    else
        *ret = SET_TEXT(value);
}

static void url_from_text(struct parse *p, const struct field *f, struct text value, void *at, const struct where *w)
{
    struct uri parts;
    const struct text url = uri_to_ascii(p->problems->arena, value);
    if (!uri_parse_http(url, &parts))
        spec_wrong(p, w, "Invalid URL");
    else
        text_from_text(p, f, url, at, w);
}

static void uuid_from_text(struct parse *p, const struct field *f, struct text value, void *at, const struct where *w)
{
    struct v_uuid *ret = at;
    const bool strict = (f->flags & STRICT_V1) && p->version == 1;
    if (uuid_parse(value, &ret->v) && (!strict || uuid_is_of_rfc(&ret->v)))
        ret->is = VALUE_SET;
    else
        spec_wrong(p, w, strict ? "Invalid UUID" : "Invalid GUID");
}

static void time_from_text(struct parse *p, const struct field *f, struct text value, void *at, const struct where *w)
{
    (void)f;
    struct v_time *ret = at;
    if (time_parse(value, &ret->v))
        ret->is = VALUE_SET;
    else
        spec_wrong(p, w, "Invalid ISO datetime");
}

static void enum_from_text(struct parse *p, const struct field *f, struct text value, void *at, const struct where *w)
{
    struct v_enum *ret = at;
    const int i = text_index(value, f->names);
    if (i >= 0)
        *ret = (struct v_enum){ VALUE_SET, i };
    else if (p->problems->aliases && f->alias && text_eq(value, text_of(f->alias)))
        *ret = (struct v_enum){ VALUE_SET, f->alias_of };
    else if (p->problems->any_word && (f->flags & GROWING))
        check_size(p, (int64_t)value.n, 1, NO_MAX, "string", " characters", w);
    else
        wrong_word(p, f, value, w);
}

static void bool_from_text(struct parse *p, const struct field *f, struct text value, void *at, const struct where *w)
{
    struct v_bool *ret = at;
    if (text_eq(value, T("true")) || text_eq(value, T("false")))
        *ret = SET_BOOL(value.n == 4);
    else
        spec_wrong_type(p, f, "string", w);
}

static void store_number(struct parse *p, const struct field *f, double number, void *at, const struct where *w)
{
    struct v_int *ret = at;
    if (is_literal(f) && number != (double)f->min) {
        spec_wrong_type(p, f, "number", w);
        return;
    }
    if (number != floor(number)) {
        spec_wrong(p, w, "Invalid input: expected int, received number");
        return;
    }
    const int64_t max = f->max ? f->max : SAFE_INTEGER;
    if (number < (double)f->min)
        spec_wrong(p, w, "Too small: expected number to be >=%lld", (long long)f->min);
    else if (number > (double)max)
        spec_wrong(p, w, "Too big: expected number to be <=%lld", (long long)max);
    else
        *ret = SET_INT((int64_t)number);
}

/* 0x10, 0o20, 0b10000: digits of the base, of which there is at least one. */
static bool read_based(struct text digits, int base, double *ret)
{
    *ret = 0;
    for (size_t i = 0; i < digits.n; i++) {
        static const char known[] = "0123456789abcdef";
        const char *at = digits.p[i] < '0' ? NULL : memchr(known, digits.p[i] | 0x20, (size_t)base);
        if (!at)
            return false;
        *ret = *ret * base + (double)(at - known);
    }
    return digits.n > 0 && isfinite(*ret);
}

static int base_of(struct text t)
{
    const int letter = t.n > 1 && t.p[0] == '0' ? t.p[1] | 0x20 : 0;
    return letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 10;
}

/* All of it, however long; false when it is no finite number. */
static bool read_number(struct parse *p, struct text t, double *ret)
{
    const int base = base_of(t);
    if (base != 10)
        return read_based(text_from(t, 2), base, ret);
    const char *digits = text_cstr(p->problems->arena, t);
    char *end;
    if (strspn(digits, "0123456789+-.eE") != t.n)
        return false;
    *ret = strtod(digits, &end);
    return end == digits + t.n && isfinite(*ret);
}

/* Coerced as JavaScript's Number() does it: blanks around are dropped and nothing at all is 0. */
static void int_from_text(struct parse *p, const struct field *f, struct text value, void *at, const struct where *w)
{
    const struct text t = text_trim(value);
    double number = 0;
    if (t.n && !read_number(p, t, &number))
        spec_wrong(p, w, "Invalid input: expected number, received NaN");
    else
        store_number(p, f, number, at, w);
}

/* ---- from JSON ----------------------------------------------------------------------------------------- */

static struct text string_of(struct parse *p, const json_t *value)
{
    return text_copy(p->problems->arena, text_of_string(value));
}

/* For every kind that is a string in JSON. */
static void string_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    if (json_is_string(value))
        spec_kinds[f->kind].from_text(p, f, string_of(p, value), at, w);
    else
        spec_wrong_type(p, f, spec_received(value), w);
}

static void secret_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    struct v_secret *ret = at;
    struct v_text plain = { .is = VALUE_ABSENT };
    if (!json_is_string(value)) {
        spec_wrong_type(p, f, spec_received(value), w);
        return;
    }
    text_from_text(p, f, string_of(p, value), &plain, w);
    if (plain.is == VALUE_SET)
        *ret = (struct v_secret){ VALUE_SET, secret_of(plain.v) };
}

static void int_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    if (json_is_number(value))
        store_number(p, f, json_number_value(value), at, w);
    else
        spec_wrong_type(p, f, spec_received(value), w);
}

static void bool_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    struct v_bool *ret = at;
    if (json_is_boolean(value))
        *ret = SET_BOOL(json_is_true(value));
    else
        spec_wrong_type(p, f, spec_received(value), w);
}

static int put_json(const char *bytes, size_t n, void *to)
{
    buf_add_bytes(to, bytes, n);
    return 0;
}

/* Real numbers with that many digits. */
static struct text dump_json(struct arena *arena, const json_t *value, size_t digits)
{
    struct buf b = buf_new(arena, LIMIT_FIXTURE);
    json_dump_callback(value, put_json, &b, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(digits));
    return buf_text(&b);
}

static bool is_same_json(struct text json, json_t *value)
{
    json_t *again = json_loadb(json.p, json.n, JSON_DECODE_ANY, NULL);
    const bool same = again && json_equal(again, value);
    json_decref(again);
    return same;
}

/* 15 digits give back what people write, such as 0.1; 17 are needed for what machines write. */
struct text spec_json_text(struct arena *arena, json_t *value)
{
    const struct text written = dump_json(arena, value, 15), exact = dump_json(arena, value, 17);
    return text_eq(written, exact) || is_same_json(written, value) ? written : exact;
}

static void json_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    struct v_json *ret = at;
    const unsigned before = p->problems->count;
    spec_judge_kept(p, f, value, w);
    if (p->problems->count > before)
        return;
    const struct text text = spec_json_text(p->problems->arena, value);
    const char *why = f->check ? f->check(text) : NULL;
    if (why)
        spec_wrong(p, w, "%s", why);
    else if (f->max && text.n > (size_t)f->max)
        spec_wrong(p, w, "Too big: expected JSON to have <=%lld bytes", (long long)f->max);
    if (p->problems->count == before)
        *ret = (struct v_json){ VALUE_SET, text };
}

/* What a fallback says is JSON and right. */
static void json_from_text(struct parse *p, const struct field *f, struct text value, void *at, const struct where *w)
{
    (void)p;
    (void)f;
    (void)w;
    *(struct v_json *)at = (struct v_json){ VALUE_SET, value };
}

bool spec_array_begins(struct parse *p, const struct field *f, const json_t *value, const struct where *w)
{
    if (json_is_array(value))
        return check_size(p, (int64_t)json_array_size(value), f->min, f->max, "array", " items", w);
    spec_wrong_type(p, f, spec_received(value), w);
    return false;
}

struct text spec_index_text(struct parse *p, size_t i)
{
    return text_format(p->problems->arena, "%zu", i);
}

/* Each item is read as a field of kind `item`; `store` keeps it. */
static void texts_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    if (!spec_array_begins(p, f, value, w))
        return;
    struct v_texts *ret = at;
    *ret = (struct v_texts){ VALUE_SET, json_array_size(value), NULL };
    ret->v = ARENA_ARRAY(p->problems->arena, ret->n, struct text);
    const struct field item = { .kind = KIND_TEXT, .min = f->value_min, .max = f->value_max, .check = f->check };
    for (size_t i = 0; i < ret->n; i++) {
        const struct where here = { w, spec_index_text(p, i) };
        struct v_text one = { .is = VALUE_ABSENT };
        string_from_json(p, &item, json_array_get(value, i), &one, &here);
        if (f->names && one.is == VALUE_SET && text_index(one.v, f->names) < 0)
            wrong_option(p, f, &here);
        ret->v[i] = one.v;
    }
}

static void uuids_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    if (!spec_array_begins(p, f, value, w))
        return;
    struct v_uuids *ret = at;
    *ret = (struct v_uuids){ VALUE_SET, json_array_size(value), NULL };
    ret->v = ARENA_ARRAY(p->problems->arena, ret->n, struct uuid);
    const struct field item = { .kind = KIND_UUID };
    for (size_t i = 0; i < ret->n; i++) {
        const struct where here = { w, spec_index_text(p, i) };
        struct v_uuid one = { .is = VALUE_ABSENT };
        string_from_json(p, &item, json_array_get(value, i), &one, &here);
        ret->v[i] = one.v;
    }
}

static bool is_repeated(const struct pair *pairs, size_t n, struct text name)
{
    for (size_t i = 0; i < n; i++)
        if (text_eq_nocase(pairs[i].name, name))
            return true;
    return false;
}

void spec_parse_pair(struct parse *p, const struct field *f, struct text name, json_t *value,
                           struct v_map *ret, const struct where *w)
{
    const struct where here = { w, name };
    const struct field item = { .kind = KIND_TEXT, .min = f->value_min, .max = f->value_max, .check = f->check };
    struct v_text one = { .is = VALUE_ABSENT };
    const char *why = f->check_key ? f->check_key(name) : NULL;
    if (why)
        spec_wrong(p, &here, "%s", why);
    else if (f->key_max && text_utf16_length(name) > (size_t)f->key_max)
        spec_wrong(p, &here, "Too big: expected key to have <=%lld characters", (long long)f->key_max);
    else if ((f->flags & CASE_KEYS) && is_repeated(ret->v, ret->n, name))
        spec_wrong(p, &here, "Duplicate name: letters of either case are the same here");
    else
        string_from_json(p, &item, value, &one, &here);
    if (one.is == VALUE_SET)
        ret->v[ret->n++] = (struct pair){ name, one.v };
}

static void map_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    if (!json_is_object(value)) {
        spec_wrong_type(p, f, spec_received(value), w);
        return;
    }
    if (!check_size(p, (int64_t)json_object_size(value), f->min, f->max, "record", " entries", w))
        return;
    struct arena *arena = p->problems->arena;
    struct v_map *ret = at;
    *ret = (struct v_map){ VALUE_SET, 0, ARENA_ARRAY(arena, json_object_size(value), struct pair) };
    const char *name;
    json_t *one;
    json_object_foreach(value, name, one)
        spec_parse_pair(p, f, text_copy(arena, text_of(name)), one, ret, w);
}

static void secrets_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    struct v_map plain = { .is = VALUE_ABSENT };
    map_from_json(p, f, value, &plain, w);
    struct v_secrets *ret = at;
    *ret = (struct v_secrets){ plain.is, plain.n, ARENA_ARRAY(p->problems->arena, plain.n, struct secret_pair) };
    for (size_t i = 0; i < plain.n; i++)
        ret->v[i] = (struct secret_pair){ plain.v[i].name, secret_of(plain.v[i].value) };
}

static void object_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    enum value_state *is = at;
    if (!json_is_object(value)) {
        spec_wrong_type(p, f, spec_received(value), w);
        return;
    }
    spec_parse_object(p, f->sub, value, at, w);
    *is = VALUE_SET;
}

const struct kind spec_kinds[KIND_COUNT] = {
    [KIND_TEXT]    = { "string",  string_from_json,  text_from_text },
    [KIND_URL]     = { "string",  string_from_json,  url_from_text },
    [KIND_SECRET]  = { "string",  secret_from_json,  NULL },
    [KIND_UUID]    = { "string",  string_from_json,  uuid_from_text },
    [KIND_TIME]    = { "string",  string_from_json,  time_from_text },
    [KIND_INT]     = { "number",  int_from_json,     int_from_text },
    [KIND_BOOL]    = { "boolean", bool_from_json,    bool_from_text },
    [KIND_ENUM]    = { "string",  string_from_json,  enum_from_text },
    [KIND_JSON]    = { "a value", json_from_json,    json_from_text },
    [KIND_TEXTS]   = { "array",   texts_from_json,   NULL },
    [KIND_UUIDS]   = { "array",   uuids_from_json,   NULL },
    [KIND_MAP]     = { "record",  map_from_json,     NULL },
    [KIND_SECRETS] = { "record",  secrets_from_json, NULL },
    [KIND_OBJECT]  = { "object",  object_from_json,  NULL },
    [KIND_ROWS]    = { "array",   spec_rows_from_json, NULL },
    [KIND_SETS]    = { "string, object or array", spec_sets_from_json, NULL },
};
