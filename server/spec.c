#include "spec.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/uri.h"
#include "limits.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The largest integer that a JavaScript number holds exactly; the API's documented maximum. */
#define SAFE_INTEGER INT64_C(9007199254740991)

/* Where in the input a value stands; printed only when something is wrong with it. */
struct where {
    const struct where *up;
    struct text name;
};

struct parse {
    struct problems *problems;
    unsigned version;
};

static const struct kind {
    const char *expected; /* as the validation library calls the type */
    void (*from_json)(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w);
    void (*from_text)(struct parse *p, const struct field *f, struct text value, void *at, const struct where *w);
} kinds[KIND_COUNT];

static void parse_object(struct parse *p, const struct spec *spec, json_t *value, void *object, const struct where *w);

/* ---- problems ------------------------------------------------------------------------------------------------ */

struct problems problems_new(struct arena *arena, bool strict, struct text separator)
{
    return (struct problems){
        .arena = arena,
        .messages = buf_new(arena, (LIMIT_PROBLEMS + 1) * (LIMIT_PROBLEM_PATH + 400)),
        .unknown = buf_new(arena, LIMIT_WARNING),
        .strict = strict,
        .separator = separator,
    };
}

void problem_add(struct problems *p, struct text path, const char *message)
{
    if (p->count++ >= LIMIT_PROBLEMS)
        return;
    if (p->messages.n)
        buf_add(&p->messages, p->separator);
    buf_add(&p->messages, path);
    buf_add_char(&p->messages, ' ');
    buf_add(&p->messages, text_of(message));
}

struct text problems_text(struct problems *p)
{
    if (p->count > LIMIT_PROBLEMS) {
        buf_add(&p->messages, p->separator);
        buf_addf(&p->messages, "and %u more", p->count - LIMIT_PROBLEMS);
    }
    return buf_text(&p->messages);
}

static void put_path(struct buf *b, const struct where *w)
{
    if (w->up && (w->up->up || w->up->name.n)) { /* a root without a name is not written */
        put_path(b, w->up);
        buf_add_char(b, '/');
    }
    buf_add(b, w->name);
}

/* Cut between characters: a name may be anything that JSON allows. */
static struct text bounded(struct text t, size_t max)
{
    if (t.n <= max)
        return t;
    size_t n = max;
    while (n > 0 && ((unsigned char)t.p[n] & 0xc0) == 0x80)
        n--;
    return (struct text){ t.p, n };
}

static struct text path_of(const struct parse *p, const struct where *w)
{
    struct buf b = buf_new(p->problems->arena, LIMIT_BODY + LIMIT_URI);
    put_path(&b, w);
    if (!w->up)
        buf_add_char(&b, '/');
    return bounded(buf_text(&b), LIMIT_PROBLEM_PATH);
}

static void __attribute__((format(printf, 3, 4))) wrong(struct parse *p, const struct where *w, const char *format, ...)
{
    char message[400];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    problem_add(p->problems, path_of(p, w), message);
}

/* A name that no table knows: reported, and refused by a strict server. Its value is not looked at. */
static void unknown_name(struct parse *p, const struct where *w)
{
    struct problems *ps = p->problems;
    const struct text path = path_of(p, w);
    if (ps->strict) {
        problem_add(ps, path, "Unrecognized key");
        return;
    }
    ps->unknown_count++;
    if (ps->unknown.n)
        buf_add(&ps->unknown, T(", "));
    buf_add(&ps->unknown, path);
}

/* ---- what the validation library says ------------------------------------------------------------------------ */

static const char *received(const json_t *value)
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
        wrong(p, w, "Invalid input: expected \"%s\"", f->names[0]);
        return;
    }
    struct buf b = buf_new(p->problems->arena, 300);
    for (size_t i = 0; f->names[i]; i++)
        buf_addf(&b, "%s\"%s\"", i ? "|" : "", f->names[i]);
    wrong(p, w, "Invalid option: expected one of %.*s", TEXT_ARG(buf_text(&b)));
}

static void wrong_type(struct parse *p, const struct field *f, const char *got, const struct where *w)
{
    if (f->kind == KIND_ENUM)
        wrong_option(p, f, w);
    else
        wrong(p, w, "Invalid input: expected %s, received %s", kinds[f->kind].expected, got);
}

static bool check_size(struct parse *p, int64_t size, int64_t min, int64_t max, const char *what, const char *unit,
                       const struct where *w)
{
    if (min == 0 && max == 0)
        return true;
    if (size < min)
        wrong(p, w, "Too small: expected %s to %s >=%lld%s", what, *unit ? "have" : "be", (long long)min, unit);
    else if (size > max)
        wrong(p, w, "Too big: expected %s to %s <=%lld%s", what, *unit ? "have" : "be", (long long)max, unit);
    return size >= min && size <= max;
}

/* ---- from text: query and path parameters, and defaults ------------------------------------------------------- */

static void text_from_text(struct parse *p, const struct field *f, struct text value, void *at, const struct where *w)
{
    struct v_text *ret = at;
    if (!check_size(p, (int64_t)text_utf16_length(value), f->min, f->max, "string", " characters", w))
        return;
    const char *why = f->check ? f->check(value) : NULL;
    if (why)
        wrong(p, w, "%s", why);
    else
        *ret = SET_TEXT(value);
}

static void url_from_text(struct parse *p, const struct field *f, struct text value, void *at, const struct where *w)
{
    struct uri parts;
    if (!uri_parse_http(value, &parts))
        wrong(p, w, "Invalid URL");
    else
        text_from_text(p, f, value, at, w);
}

static void uuid_from_text(struct parse *p, const struct field *f, struct text value, void *at, const struct where *w)
{
    (void)f;
    struct v_uuid *ret = at;
    if (uuid_parse(value, &ret->v))
        ret->is = VALUE_SET;
    else
        wrong(p, w, "Invalid GUID");
}

static void time_from_text(struct parse *p, const struct field *f, struct text value, void *at, const struct where *w)
{
    (void)f;
    struct v_time *ret = at;
    if (time_parse(value, &ret->v))
        ret->is = VALUE_SET;
    else
        wrong(p, w, "Invalid ISO datetime");
}

static void enum_from_text(struct parse *p, const struct field *f, struct text value, void *at, const struct where *w)
{
    struct v_enum *ret = at;
    for (int i = 0; f->names[i]; i++)
        if (text_eq(value, text_of(f->names[i]))) {
            *ret = (struct v_enum){ VALUE_SET, i };
            return;
        }
    if (p->problems->aliases && f->alias && text_eq(value, text_of(f->alias)))
        *ret = (struct v_enum){ VALUE_SET, f->alias_of };
    else
        wrong_option(p, f, w);
}

static void bool_from_text(struct parse *p, const struct field *f, struct text value, void *at, const struct where *w)
{
    struct v_bool *ret = at;
    if (text_eq(value, T("true")) || text_eq(value, T("false")))
        *ret = SET_BOOL(value.n == 4);
    else
        wrong_type(p, f, "string", w);
}

static void store_number(struct parse *p, const struct field *f, double number, void *at, const struct where *w)
{
    struct v_int *ret = at;
    if (number != floor(number)) {
        wrong(p, w, "Invalid input: expected int, received number");
        return;
    }
    const int64_t max = f->max ? f->max : SAFE_INTEGER;
    if (number < (double)f->min)
        wrong(p, w, "Too small: expected number to be >=%lld", (long long)f->min);
    else if (number > (double)max)
        wrong(p, w, "Too big: expected number to be <=%lld", (long long)max);
    else
        *ret = SET_INT((int64_t)number);
}

/* Coerced as JavaScript's Number() does it: blanks around are dropped and nothing at all is 0. */
static void int_from_text(struct parse *p, const struct field *f, struct text value, void *at, const struct where *w)
{
    const struct text t = text_trim(value);
    double number = 0;
    if (t.n) {
        char digits[64], *end = digits;
        if (t.n < sizeof digits && strspn(text_cstr(p->problems->arena, t), "0123456789+-.eE") == t.n) {
            memcpy(digits, t.p, t.n);
            digits[t.n] = '\0';
            number = strtod(digits, &end);
        }
        if (end != digits + t.n || !isfinite(number)) {
            wrong(p, w, "Invalid input: expected number, received NaN");
            return;
        }
    }
    store_number(p, f, number, at, w);
}

/* ---- from JSON -------------------------------------------------------------------------------------------------- */

static struct text string_of(struct parse *p, const json_t *value)
{
    return text_copy(p->problems->arena, (struct text){ json_string_value(value), json_string_length(value) });
}

/* For every kind that is a string in JSON. */
static void string_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    if (json_is_string(value))
        kinds[f->kind].from_text(p, f, string_of(p, value), at, w);
    else
        wrong_type(p, f, received(value), w);
}

static void secret_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    struct v_secret *ret = at;
    struct v_text plain = { .is = VALUE_ABSENT };
    if (!json_is_string(value)) {
        wrong_type(p, f, received(value), w);
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
        wrong_type(p, f, received(value), w);
}

static void bool_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    struct v_bool *ret = at;
    if (json_is_boolean(value))
        *ret = SET_BOOL(json_is_true(value));
    else
        wrong_type(p, f, received(value), w);
}

static int put_json(const char *bytes, size_t n, void *to)
{
    buf_add_bytes(to, bytes, n);
    return 0;
}

static void json_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    (void)f, (void)w;
    struct v_json *ret = at;
    struct buf b = buf_new(p->problems->arena, LIMIT_FIXTURE);
    json_dump_callback(value, put_json, &b, JSON_ENCODE_ANY | JSON_COMPACT);
    *ret = (struct v_json){ VALUE_SET, buf_text(&b) };
}

static bool array_begins(struct parse *p, const struct field *f, const json_t *value, const struct where *w)
{
    if (json_is_array(value))
        return check_size(p, (int64_t)json_array_size(value), f->min, f->max, "array", " items", w);
    wrong_type(p, f, received(value), w);
    return false;
}

static struct text index_text(struct parse *p, size_t i)
{
    return text_format(p->problems->arena, "%zu", i);
}

/* Each item is read as a field of kind `item`; `store` keeps it. */
static void texts_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    if (!array_begins(p, f, value, w))
        return;
    struct v_texts *ret = at;
    *ret = (struct v_texts){ VALUE_SET, json_array_size(value), NULL };
    ret->v = ARENA_ARRAY(p->problems->arena, ret->n, struct text);
    const struct field item = { .kind = KIND_TEXT, .max = f->value_max, .check = f->check };
    for (size_t i = 0; i < ret->n; i++) {
        const struct where here = { w, index_text(p, i) };
        struct v_text one = { .is = VALUE_ABSENT };
        string_from_json(p, &item, json_array_get(value, i), &one, &here);
        ret->v[i] = one.v;
    }
}

static void uuids_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    if (!array_begins(p, f, value, w))
        return;
    struct v_uuids *ret = at;
    *ret = (struct v_uuids){ VALUE_SET, json_array_size(value), NULL };
    ret->v = ARENA_ARRAY(p->problems->arena, ret->n, struct uuid);
    const struct field item = { .kind = KIND_UUID };
    for (size_t i = 0; i < ret->n; i++) {
        const struct where here = { w, index_text(p, i) };
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

static void pair_from_json(struct parse *p, const struct field *f, struct text name, json_t *value,
                           struct v_map *ret, const struct where *w)
{
    const struct where here = { w, name };
    const struct field item = { .kind = KIND_TEXT, .max = f->value_max, .check = f->check };
    struct v_text one = { .is = VALUE_ABSENT };
    const char *why = f->check_key ? f->check_key(name) : NULL;
    if (why)
        wrong(p, &here, "%s", why);
    else if (f->key_max && text_utf16_length(name) > (size_t)f->key_max)
        wrong(p, &here, "Too big: expected key to have <=%lld characters", (long long)f->key_max);
    else if ((f->flags & CASE_KEYS) && is_repeated(ret->v, ret->n, name))
        wrong(p, &here, "Duplicate name: letters of either case are the same here");
    else
        string_from_json(p, &item, value, &one, &here);
    if (one.is == VALUE_SET)
        ret->v[ret->n++] = (struct pair){ name, one.v };
}

static void map_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    if (!json_is_object(value)) {
        wrong_type(p, f, received(value), w);
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
        pair_from_json(p, f, text_copy(arena, text_of(name)), one, ret, w);
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
        wrong_type(p, f, received(value), w);
        return;
    }
    parse_object(p, f->sub, value, at, w);
    *is = VALUE_SET;
}

static void rows_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    if (!array_begins(p, f, value, w))
        return;
    struct v_rows *ret = at;
    const size_t n = json_array_size(value);
    char *rows = arena_array(p->problems->arena, n, f->sub->size);
    for (size_t i = 0; i < n; i++) {
        const struct where here = { w, index_text(p, i) };
        json_t *one = json_array_get(value, i);
        if (json_is_object(one))
            parse_object(p, f->sub, one, rows + i * f->sub->size, &here);
        else
            wrong(p, &here, "Invalid input: expected object, received %s", received(one));
    }
    *ret = SET_ROWS(n, rows);
}

static const struct kind kinds[KIND_COUNT] = {
    [KIND_TEXT]    = { "string",  string_from_json,  text_from_text },
    [KIND_URL]     = { "string",  string_from_json,  url_from_text },
    [KIND_SECRET]  = { "string",  secret_from_json,  NULL },
    [KIND_UUID]    = { "string",  string_from_json,  uuid_from_text },
    [KIND_TIME]    = { "string",  string_from_json,  time_from_text },
    [KIND_INT]     = { "number",  int_from_json,     int_from_text },
    [KIND_BOOL]    = { "boolean", bool_from_json,    bool_from_text },
    [KIND_ENUM]    = { "string",  string_from_json,  enum_from_text },
    [KIND_JSON]    = { "any",     json_from_json,    NULL },
    [KIND_TEXTS]   = { "array",   texts_from_json,   NULL },
    [KIND_UUIDS]   = { "array",   uuids_from_json,   NULL },
    [KIND_MAP]     = { "record",  map_from_json,     NULL },
    [KIND_SECRETS] = { "record",  secrets_from_json, NULL },
    [KIND_OBJECT]  = { "object",  object_from_json,  NULL },
    [KIND_ROWS]    = { "array",   rows_from_json,    NULL },
};

/* ---- objects ------------------------------------------------------------------------------------------------------ */

static const struct field *find_field(const struct spec *spec, unsigned version, struct text name)
{
    for (size_t i = 0; i < spec->count; i++)
        if (text_eq(text_of(spec->fields[i].name), name))
            return field_exists(&spec->fields[i], version) ? &spec->fields[i] : NULL;
    return NULL;
}

/* A default is the JSON text of a string, a number, true or false, without escapes. */
static void apply_fallback(struct parse *p, const struct field *f, void *at, const struct where *w)
{
    struct text value = text_of(f->fallback);
    if (value.n >= 2 && value.p[0] == '"')
        value = (struct text){ value.p + 1, value.n - 2 };
    if (text_eq(value, T("null")))
        *(enum value_state *)at = VALUE_NULL;
    else
        kinds[f->kind].from_text(p, f, value, at, w);
}

static void missing(struct parse *p, const struct field *f, void *at, const struct where *w)
{
    if (f->fallback)
        apply_fallback(p, f, at, w);
    else if (f->flags & REQUIRED)
        wrong_type(p, f, "undefined", w);
}

static void parse_member(struct parse *p, const struct field *f, json_t *value, void *object, const struct where *w)
{
    const struct where here = { w, text_of(f->name) };
    void *at = field_at(f, object);
    if (!value)
        missing(p, f, at, &here);
    else if (json_is_null(value) && (f->flags & NULLABLE))
        *(enum value_state *)at = VALUE_NULL; /* every value begins with its state */
    else
        kinds[f->kind].from_json(p, f, value, at, &here);
}

/* Members that no field names, of a spec that keeps them; they must be strings. */
static void keep_extra(struct parse *p, const struct spec *spec, struct text name, json_t *value, void *object,
                       const struct where *w)
{
    static const struct field rule = { .kind = KIND_MAP, .value_max = LIMIT_URL };
    struct v_map *extra = (struct v_map *)(void *)((char *)object + spec->extra);
    pair_from_json(p, &rule, name, value, extra, w);
}

static void parse_object(struct parse *p, const struct spec *spec, json_t *value, void *object, const struct where *w)
{
    struct arena *arena = p->problems->arena;
    size_t known = 0;
    for (size_t i = 0; i < spec->count; i++) {
        const struct field *f = &spec->fields[i];
        if (!field_exists(f, p->version))
            continue;
        json_t *member = json_object_get(value, f->name);
        known += member != NULL;
        parse_member(p, f, member, object, w);
    }
    if (spec->open)
        *(struct v_map *)(void *)((char *)object + spec->extra) =
            (struct v_map){ VALUE_SET, 0, ARENA_ARRAY(arena, json_object_size(value), struct pair) };
    if (known == json_object_size(value))
        return;
    const char *name;
    json_t *member;
    json_object_foreach(value, name, member) {
        const struct text copy = text_copy(arena, text_of(name));
        const struct where here = { w, copy };
        if (find_field(spec, p->version, copy))
            continue;
        if (spec->open)
            keep_extra(p, spec, copy, member, object, w);
        else
            unknown_name(p, &here);
    }
}

static enum json_outcome outcome_of(const json_error_t *error)
{
    switch ((int)json_error_code(error)) {
    case json_error_duplicate_key: return JSON_DUPLICATE_KEY;
    case json_error_null_character:
    case json_error_null_byte_in_key: return JSON_NUL;
    default: return JSON_MALFORMED;
    }
}

enum json_outcome spec_parse_json(const struct spec *spec, unsigned version, struct text root, struct text json,
                                  struct problems *problems, void *ret, int *ret_line, int *ret_column)
{
    struct parse p = { problems, version };
    const struct where top = { NULL, root };
    if (!json.p && !spec->optional)
        wrong(&p, &top, "Invalid input: expected object, received null");
    if (!json.p && !spec->optional)
        return JSON_OK;
    const struct text text = json.p ? json : T("{}");
    json_error_t error;
    json_t *value = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!value) {
        *ret_line = error.line;
        *ret_column = error.column;
        return outcome_of(&error);
    }
    if (json_is_object(value))
        parse_object(&p, spec, value, ret, &top);
    else
        wrong(&p, &top, "Invalid input: expected object, received %s", received(value));
    json_decref(value);
    return JSON_OK;
}

/* ---- query and path --------------------------------------------------------------------------------------------- */

struct query_pair {
    struct text name, value;
};

static bool split_query(struct arena *arena, struct text query, struct query_pair *pairs, size_t *ret_n)
{
    size_t n = 0;
    for (struct text rest = query; rest.p;) {
        struct text piece = text_cut(&rest, '&');
        if (!piece.n)
            continue;
        if (n == LIMIT_QUERY_PAIRS)
            return false;
        const struct text name = text_cut(&piece, '=');
        if (!uri_decode(arena, name, true, &pairs[n].name) || !uri_decode(arena, piece, true, &pairs[n].value))
            return false;
        n++;
    }
    *ret_n = n;
    return true;
}

static void parse_query_field(struct parse *p, const struct field *f, const struct query_pair *pairs, size_t n,
                              void *at, const struct where *w)
{
    const struct query_pair *found = NULL;
    size_t times = 0;
    for (size_t i = 0; i < n; i++)
        if (text_eq(pairs[i].name, text_of(f->name))) {
            found = &pairs[i];
            times++;
        }
    if (!found)
        missing(p, f, at, w);
    else if (times > 1) /* a repeated key is an array to the real API */
        wrong_type(p, f, f->kind == KIND_INT ? "NaN" : "array", w);
    else
        kinds[f->kind].from_text(p, f, found->value, at, w);
}

void spec_parse_query(const struct spec *spec, unsigned version, struct text query, struct problems *problems, void *ret)
{
    struct parse p = { problems, version };
    const struct where top = { NULL, T("querystring") };
    struct query_pair pairs[LIMIT_QUERY_PAIRS];
    size_t n = 0;
    if (!split_query(problems->arena, query, pairs, &n)) {
        wrong(&p, &top, "Malformed: expected at most %d parameters with valid percent-encoding", LIMIT_QUERY_PAIRS);
        return;
    }
    for (size_t i = 0; i < spec->count; i++) {
        const struct where here = { &top, text_of(spec->fields[i].name) };
        if (field_exists(&spec->fields[i], version))
            parse_query_field(&p, &spec->fields[i], pairs, n, field_at(&spec->fields[i], ret), &here);
    }
    for (size_t i = 0; i < n; i++) {
        const struct where here = { &top, pairs[i].name };
        if (!find_field(spec, version, pairs[i].name))
            unknown_name(&p, &here);
    }
}

void spec_parse_param(const struct spec *spec, struct text name, struct text value, struct problems *problems, void *ret)
{
    struct parse p = { problems, 0 };
    const struct where top = { NULL, T("params") };
    const struct where here = { &top, name };
    const struct field *f = find_field(spec, 0, name);
    if (!f)
        die("a route's path names a parameter that its table does not");
    kinds[f->kind].from_text(&p, f, value, field_at(f, ret), &here);
}
