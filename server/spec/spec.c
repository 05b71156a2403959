#include "spec/spec.h"

#include "base/arena.h"
#include "base/limit.h"
#include "base/memory.h"
#include "base/uri.h"
#include "spec/nearest.h"
#include "spec/parse.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- problems ------------------------------------------------------------------------------------------ */

struct problems problems_new(struct arena *arena, bool strict, struct text separator)
{
    return (struct problems){
        .arena = arena,
        .messages = buf_new(arena, (LIMIT_PROBLEMS + 1) * (LIMIT_PROBLEM_PATH + LIMIT_PROBLEM_TEXT)),
        .unknown = buf_new(arena, LIMIT_WARNING_NAMES),
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

static void put_where(struct buf *b, const struct where *w)
{
    if (w->up && (w->up->up || w->up->name.n)) { /* a root without a name is not written */
        put_where(b, w->up);
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
    put_where(&b, w);
    if (!w->up)
        buf_add_char(&b, '/');
    return bounded(buf_text(&b), LIMIT_PROBLEM_PATH);
}

void spec_wrong(struct parse *p, const struct where *w, const char *format, ...)
{
    char message[LIMIT_PROBLEM_TEXT];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    problem_add(p->problems, path_of(p, w), message);
}

static void refuse_name(struct parse *p, const struct spec *spec, const struct where *w)
{
    struct nearest nearest = nearest_to(w->name);
    for (size_t i = 0; p->problems->hints && i < spec->count; i++)
        if (field_exists(&spec->fields[i], p->version))
            nearest_try(&nearest, text_of(spec->fields[i].name));
    if (nearest.word.n)
        spec_wrong(p, w, "Unrecognized key: did you mean \"%.*s\"?", TEXT_ARG(nearest.word));
    else
        spec_wrong(p, w, "Unrecognized key");
}

/* A name that no table knows: reported, and refused where that is strict. Its value is not looked at. */
static void unknown_name(struct parse *p, const struct spec *spec, const struct where *w)
{
    struct problems *ps = p->problems;
    if (ps->strict) {
        refuse_name(p, spec, w);
        return;
    }
    const struct text path = path_of(p, w);
    ps->unknown_count++;
    ps->unknown_cut |= ps->unknown.n + path.n + 2 > ps->unknown.max;
    if (ps->unknown_cut)
        return;
    if (ps->unknown.n)
        buf_add(&ps->unknown, T(", "));
    buf_add(&ps->unknown, path);
}

/* ---- objects ------------------------------------------------------------------------------------------- */

const struct field *spec_find_field(const struct spec *spec, unsigned version, struct text name)
{
    for (size_t i = 0; i < spec->count; i++)
        if (text_eq(text_of(spec->fields[i].name), name))
            return field_exists(&spec->fields[i], version) ? &spec->fields[i] : NULL;
    return NULL;
}

/* A default is the JSON text of a string without escapes, a number, true or false; of KIND_JSON whatever is right. */
static void apply_fallback(struct parse *p, const struct field *f, void *at, const struct where *w)
{
    struct text value = text_of(f->fallback);
    if (value.n >= 2 && value.p[0] == '"')
        value = (struct text){ value.p + 1, value.n - 2 };
    if (text_eq(value, T("null")))
        *(enum value_state *)at = VALUE_NULL;
    else
        spec_kinds[f->kind].from_text(p, f, value, at, w);
}

static void missing(struct parse *p, const struct field *f, void *at, const struct where *w)
{
    if (f->fallback)
        apply_fallback(p, f, at, w);
    else if (f->flags & REQUIRED)
        spec_wrong_type(p, f, "undefined", w);
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
        spec_kinds[f->kind].from_json(p, f, value, at, &here);
}

/* Members that no field names, of a spec that keeps them; they must be strings. */
static void keep_extra(struct parse *p, const struct spec *spec, struct text name, json_t *value, void *object,
                       const struct where *w)
{
    static const struct field rule = { .kind = KIND_MAP };
    struct v_map *extra = (struct v_map *)(void *)((char *)object + spec->extra);
    spec_parse_pair(p, &rule, name, value, extra, w);
}

static void check_members(struct parse *p, const struct spec *spec, const void *object, const struct where *w)
{
    struct text path;
    const char *why = spec->check(p->problems->arena, object, &path);
    const struct where here = { w, path };
    if (why)
        spec_wrong(p, &here, "%s", why);
}

static bool is_comment(const struct parse *p, const struct spec *spec, struct text name)
{
    return (p->commented && text_eq(name, T("_comment"))) || (spec->commented && text_eq(name, T("$schema")));
}

/* Members that no field names. */
static void parse_others(struct parse *p, const struct spec *spec, json_t *value, void *object, const struct where *w)
{
    const char *name;
    json_t *member;
    json_object_foreach(value, name, member) {
        const struct text copy = text_copy(p->problems->arena, text_of(name));
        const struct where here = { w, copy };
        if (spec_find_field(spec, p->version, copy) || is_comment(p, spec, copy))
            continue;
        if (spec->open)
            keep_extra(p, spec, copy, member, object, w);
        else if (!spec->loose)
            unknown_name(p, spec, &here);
    }
}

void spec_parse_object(struct parse *p, const struct spec *spec, json_t *value, void *object, const struct where *w)
{
    struct arena *arena = p->problems->arena;
    const unsigned before = p->problems->count;
    const bool commented = p->commented;
    size_t known = 0;
    p->commented |= spec->commented;
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
    if (spec->check && p->problems->count == before)
        check_members(p, spec, object, w);
    if (known < json_object_size(value))
        parse_others(p, spec, value, object, w);
    p->commented = commented;
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

/* jansson makes many small pieces, all of which are dropped before spec_parse_json returns: they come from an
 * arena. Whoever else uses jansson in this process gets what malloc gives. */
static _Thread_local struct arena *pieces;
static _Thread_local size_t pieces_left; /* bytes */
static _Thread_local bool pieces_spent;

/* Not every part of jansson bears an allocation that fails, so that none is seen to. */
static void *take_piece(size_t size)
{
    if (!pieces)
        return malloc(size);
    pieces_spent |= size > pieces_left;
    if (pieces_spent)
        memory_out();
    pieces_left -= size;
    return arena_raw(pieces, size);
}

static void drop_piece(void *piece)
{
    if (!pieces)
        free(piece);
}

static void use_pieces(void)
{
    json_set_alloc_funcs(take_piece, drop_piece);
}

/* One reading: what spec_parse_json was called with, and what comes of it. */
struct reading {
    const struct spec *spec;
    unsigned version;
    struct text root, json;
    struct problems *problems;
    void *object;
    enum json_outcome outcome;
    int line, column;
    void (*take)(void *cls, json_t *value); /* unless NULL: in the place of all this */
    void *cls;
};

static void parse_value(const struct reading *r, json_t *value, const struct where *top)
{
    if (r->take) {
        r->take(r->cls, value);
        return;
    }
    struct parse p = { .problems = r->problems, .version = r->version };
    if (json_is_object(value))
        spec_parse_object(&p, r->spec, value, r->object, top);
    else
        spec_wrong(&p, top, "Invalid input: expected object, received %s", spec_received(value));
}

static void parse_document(void *cls)
{
    struct reading *r = cls;
    const struct where top = { NULL, r->root };
    const struct text text = r->json.p ? r->json : r->spec->optional ? T("{}") : T("null");
    const size_t flags = (r->problems->duplicates ? 0 : JSON_REJECT_DUPLICATES) | JSON_DECODE_ANY;
    json_error_t error;
    json_t *value = json_loadb(text.p, text.n, flags, &error);
    if (!value && json_error_code(&error) == json_error_numeric_overflow) /* past 64 bits; JSON knows no limit */
        value = json_loadb(text.p, text.n, flags | JSON_DECODE_INT_AS_REAL, &error);
    if (value) {
        parse_value(r, value, &top);
        json_decref(value);
        return;
    }
    r->outcome = outcome_of(&error);
    r->line = error.line;
    r->column = error.column;
}

/* False for want of memory; r->outcome says whether that is the text's fault. */
static bool parse_from_pieces(struct reading *r, struct arena *arena)
{
    struct arena *outer = pieces; /* a spec's own check may parse, too */
    const size_t outer_left = pieces_left;
    pieces = arena;
    pieces_left = r->json.n > LIMIT_LARGE_BODY ? SIZE_MAX : LIMIT_JSON_TREE;
    pieces_spent = false;
    const bool done = memory_try(parse_document, r);
    if (pieces_spent)
        r->outcome = JSON_TOO_LARGE;
    pieces = outer;
    pieces_left = outer_left;
    pieces_spent = false;
    return done;
}

static void run_reading(struct reading *r)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    static pthread_mutex_t large = PTHREAD_MUTEX_INITIALIZER; /* one at a time: they need much memory */
    pthread_once(&once, use_pieces);
    struct arena *arena = arena_new();
    const bool is_large = !pieces && r->json.n > LIMIT_BODY;
    if (is_large)
        pthread_mutex_lock(&large);
    const bool done = parse_from_pieces(r, arena);
    arena_free(arena);
    if (is_large)
        pthread_mutex_unlock(&large);
    if (!done && r->outcome != JSON_TOO_LARGE)
        memory_out();
}

enum json_outcome spec_parse_json(const struct spec *spec, unsigned version, struct text root, struct text json,
                                  struct problems *problems, void *ret, int *ret_line, int *ret_column)
{
    struct reading r = { spec, version, root, json, problems, ret, JSON_OK, 0, 0, NULL, NULL };
    run_reading(&r);
    *ret_line = r.line;
    *ret_column = r.column;
    return r.outcome;
}

void spec_with_tree(struct text json, void (*take)(void *cls, json_t *value), void *cls)
{
    struct problems none = { .arena = NULL };
    struct reading r = { .json = json, .problems = &none, .outcome = JSON_OK, .take = take, .cls = cls };
    run_reading(&r);
}

/* ---- query and path ------------------------------------------------------------------------------------ */

static bool split_query(struct arena *arena, struct text query, struct pair *pairs, size_t *ret_n)
{
    size_t n = 0;
    for (struct text rest = query; rest.p;) {
        const struct pair one = query_cut(&rest);
        if (!one.name.n && !one.value.p)
            continue;
        if (n == LIMIT_QUERY_PAIRS || !uri_decode(arena, one.name, true, &pairs[n].name) ||
            !uri_decode(arena, one.value, true, &pairs[n].value))
            return false;
        n++;
    }
    *ret_n = n;
    return true;
}

/* A repeated parameter of OAuth that may be: each of its values. */
static void keep_values(struct arena *arena, const struct pair *pairs, size_t n, const struct field *f,
                        struct v_texts *ret)
{
    *ret = (struct v_texts){ VALUE_SET, 0, ARENA_ARRAY(arena, n, struct text) };
    for (size_t i = 0; i < n; i++)
        if (pairs[i].value.n && text_eq(pairs[i].name, text_of(f->name)))
            ret->v[ret->n++] = pairs[i].value;
}

static void note_repeated(struct arena *arena, const struct spec *spec, const struct field *f, void *object)
{
    struct v_texts *repeated = (struct v_texts *)(void *)((char *)object + spec->repeated);
    if (repeated->is != VALUE_SET)
        *repeated = (struct v_texts){ VALUE_SET, 0, ARENA_ARRAY(arena, spec->count, struct text) };
    repeated->v[repeated->n++] = text_of(f->name);
}

static void parse_oauth_field(struct parse *p, const struct spec *spec, const struct field *f, const struct pair *pairs,
                              size_t n, void *object, const struct where *w)
{
    const struct pair *first = NULL;
    size_t times = 0;
    for (size_t i = n; i-- > 0;)
        if (pairs[i].value.n && text_eq(pairs[i].name, text_of(f->name))) {
            first = &pairs[i];
            times++;
        }
    if (times && f->kind == KIND_TEXTS)
        keep_values(p->problems->arena, pairs, n, f, field_at(f, object));
    else if (times)
        spec_kinds[f->kind].from_text(p, f, first->value, field_at(f, object), w);
    if (times > 1 && f->kind != KIND_TEXTS)
        note_repeated(p->problems->arena, spec, f, object);
}

static void parse_query_field(struct parse *p, const struct field *f, const struct pair *pairs, size_t n,
                              void *at, const struct where *w)
{
    const struct pair *found = NULL;
    size_t times = 0;
    for (size_t i = 0; i < n; i++)
        if (text_eq(pairs[i].name, text_of(f->name))) {
            found = &pairs[i];
            times++;
        }
    if (!found)
        missing(p, f, at, w);
    else if (times > 1) /* a repeated key is an array to the real API */
        spec_wrong_type(p, f, f->kind == KIND_INT ? "NaN" : "array", w);
    else
        spec_kinds[f->kind].from_text(p, f, found->value, at, w);
}

void spec_parse_query(const struct spec *spec, unsigned version, struct text query, struct problems *problems,
                      void *ret)
{
    struct parse p = { .problems = problems, .version = version };
    const struct where top = { NULL, T("querystring") };
    struct pair pairs[LIMIT_QUERY_PAIRS];
    size_t n = 0;
    if (!split_query(problems->arena, query, pairs, &n)) {
        spec_wrong(&p, &top, "Malformed: expected at most %d parameters with valid percent-encoding",
                   LIMIT_QUERY_PAIRS);
        return;
    }
    for (size_t i = 0; i < spec->count; i++) {
        const struct where here = { &top, text_of(spec->fields[i].name) };
        if (field_exists(&spec->fields[i], version) && spec->oauth)
            parse_oauth_field(&p, spec, &spec->fields[i], pairs, n, ret, &here);
        else if (field_exists(&spec->fields[i], version))
            parse_query_field(&p, &spec->fields[i], pairs, n, field_at(&spec->fields[i], ret), &here);
    }
    for (size_t i = 0; i < n; i++) {
        const struct where here = { &top, pairs[i].name };
        if (!spec->open && !spec_find_field(spec, version, pairs[i].name))
            unknown_name(&p, spec, &here);
    }
}

void spec_parse_param(const struct spec *spec, unsigned version, struct text name, struct text value,
                      struct problems *problems, void *ret)
{
    struct parse p = { .problems = problems, .version = version };
    const struct where top = { NULL, T("params") };
    const struct where here = { &top, name };
    const struct field *f = spec_find_field(spec, 0, name);
    if (!f)
        die("a route's path names a parameter that its table does not");
    spec_kinds[f->kind].from_text(&p, f, value, field_at(f, ret), &here);
}
