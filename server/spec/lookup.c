#include "spec/lookup.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/limit.h"
#include "base/memory.h"
#include "spec/parse.h"

/* A value that is looked into. It goes at the end of that, and also when memory runs out meanwhile. */
struct loaded {
    json_t *value;
    struct memory_hold hold;
};

static void give_back_json(void *value)
{
    json_decref(value);
}

/* NULL when it is no JSON. */
static json_t *load_json(struct loaded *loaded, struct text json)
{
    loaded->value = json.n ? json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL) : NULL;
    memory_hold(&loaded->hold, give_back_json, loaded->value);
    return loaded->value;
}

static void drop_json(const struct loaded *loaded)
{
    memory_let_go(&loaded->hold);
    json_decref(loaded->value);
}

/* jansson must be returned to, whatever happens. */
struct dumping {
    struct buf out;
    const char *p;
    size_t n;
    bool failed;
};

static void add_dumped(void *cls)
{
    struct dumping *d = cls;
    buf_add_bytes(&d->out, d->p, d->n);
}

static int put_bytes(const char *p, size_t n, void *cls)
{
    struct dumping *d = cls;
    d->p = p;
    d->n = n;
    d->failed |= !memory_try(add_dumped, d);
    return d->failed ? -1 : 0;
}

static struct text text_of_value(struct arena *arena, const json_t *value)
{
    struct dumping d = { .out = buf_new(arena, LIMIT_REPLY) };
    json_dump_callback(value, put_bytes, &d, JSON_ENCODE_ANY | JSON_COMPACT);
    if (d.failed)
        memory_out();
    return buf_text(&d.out);
}

/* ---- redaction ------------------------------------------------------------------------------------------- */

struct redaction {
    struct json j;
    struct arena *arena;
    const struct redactor *redactor;
    int depth; /* of JSON in texts */
};

enum { MOST_DEPTH = 4 };

static void put(struct redaction *r, const struct spec *spec, const struct field *f, bool secret, json_t *value);

static const struct field *field_named(const struct spec *spec, struct text name)
{
    for (size_t i = 0; spec && i < spec->count; i++)
        if (text_eq(text_of(spec->fields[i].name), name))
            return &spec->fields[i];
    return NULL;
}

/* A plain value that no table calls a secret may still be called one by its name; a `key` of a table is whose it is
 * (struct match), or what it is filed under. */
static bool is_secret(const struct field *f, struct text name)
{
    if (f && f->kind == KIND_SECRET)
        return true;
    if (f && f->flags & LINK)
        return false;
    if (f && text_eq(name, T("key")))
        return false;
    return redact_is_secret_name(name) && (!f || f->kind == KIND_TEXT || f->kind == KIND_URL);
}

/* Whether the field's object holds secrets: then what is put where they belong, but in the wrong way, is one too. */
static bool holds_secrets(const struct field *f)
{
    if (f && f->kind == KIND_SECRETS)
        return true;
    for (size_t i = 0; f && f->kind == KIND_OBJECT && i < f->sub->count; i++)
        if (f->sub->fields[i].kind == KIND_SECRETS || f->sub->fields[i].kind == KIND_SECRET)
            return true;
    return false;
}

static void put_members(struct redaction *r, const struct spec *spec, const struct field *of, bool secret,
                        json_t *object)
{
    const char *key;
    json_t *value;
    jw_object(&r->j);
    json_object_foreach(object, key, value) {
        const struct text name = text_of(key);
        const struct field *f = field_named(spec, name);
        const bool map = of && (of->kind == KIND_SECRETS || of->kind == KIND_MAP);
        const bool masked = secret || (!f && holds_secrets(of)) || is_secret(f, name);
        jw_key(&r->j, name);
        put(r, f ? f->sub : NULL, map ? NULL : f, masked, value);
    }
    jw_object_end(&r->j);
}

static void put_items(struct redaction *r, const struct spec *spec, bool secret, json_t *array)
{
    size_t i;
    json_t *value;
    jw_array(&r->j);
    json_array_foreach(array, i, value)
        put(r, spec, NULL, secret, value);
    jw_array_end(&r->j);
}

/* Numbers as jansson writes them. */
static void put_scalar(struct redaction *r, json_t *value)
{
    jw_raw(&r->j, text_of_value(r->arena, value));
}

/* A text may be JSON itself, as what a tool answers often is. */
static void put_redacted_text(struct redaction *r, struct text t)
{
    struct buf b = buf_new(r->arena, t.n * 8 + LIMIT_URI);
    struct redaction inner = { jw_new(&b), r->arena, r->redactor, r->depth + 1 };
    const bool looks_so = t.n && (t.p[0] == '{' || t.p[0] == '[') && inner.depth < MOST_DEPTH;
    struct loaded loaded;
    json_t *value = load_json(&loaded, looks_so ? t : T(""));
    if (value)
        put(&inner, NULL, NULL, false, value);
    jw_text(&r->j, value ? buf_text(&b) : redact_text(r->redactor, r->arena, t));
    drop_json(&loaded);
}

/* The writer goes no deeper; nobody would read what is there. */
static bool put_too_deep(struct redaction *r, const json_t *value)
{
    if (r->j.depth < JSON_DEPTH || (!json_is_object(value) && !json_is_array(value)))
        return false;
    jw_text(&r->j, T("[nested too deeply]"));
    return true;
}

static void put(struct redaction *r, const struct spec *spec, const struct field *f, bool secret, json_t *value)
{
    if (put_too_deep(r, value))
        return;
    secret |= !json_is_object(value) && holds_secrets(f);
    if (json_is_object(value))
        put_members(r, spec, f, secret, value);
    else if (json_is_array(value))
        put_items(r, spec, secret, value);
    else if (secret && (json_is_string(value) || json_is_number(value)))
        jw_text(&r->j, redact_mask(r->redactor, r->arena, text_of_string(value)));
    else if (json_is_string(value) && f && f->flags & LINK)
        jw_text(&r->j, text_of_string(value));
    else if (json_is_string(value))
        put_redacted_text(r, text_of_string(value));
    else
        put_scalar(r, value);
}

/* Outside of any object nothing has a name: it may be anything. */
static void put_whole(struct redaction *r, const struct spec *spec, json_t *value)
{
    size_t i;
    json_t *item;
    if (!json_is_array(value)) {
        put(r, spec, NULL, !json_is_object(value), value);
        return;
    }
    if (put_too_deep(r, value))
        return;
    jw_array(&r->j);
    json_array_foreach(value, i, item)
        put_whole(r, spec, item);
    jw_array_end(&r->j);
}

bool spec_json_redact(struct buf *out, const struct spec *spec, struct text json, const struct redactor *redactor)
{
    struct loaded loaded;
    json_t *value = load_json(&loaded, json);
    struct redaction r = { jw_new(out), out->arena, redactor, 0 };
    if (value)
        put_whole(&r, spec && spec->bare ? spec->fields[0].sub : spec, value);
    drop_json(&loaded);
    return value != NULL;
}

/* ---- looking into ---------------------------------------------------------------------------------------- */

/* RFC 6901 section 4: ~1 is a slash, ~0 a tilde. */
static struct text unescaped(struct arena *arena, struct text token)
{
    struct buf b = buf_new(arena, token.n + 1);
    for (size_t i = 0; i < token.n; i++) {
        const bool escape = token.p[i] == '~' && i + 1 < token.n;
        buf_add_char(&b, escape ? (token.p[i + 1] == '1' ? '/' : '~') : token.p[i]);
        i += escape;
    }
    return text_copy(arena, buf_text(&b));
}

static json_t *step(struct arena *arena, json_t *value, struct text token)
{
    int64_t index;
    if (json_is_object(value))
        return json_object_get(value, unescaped(arena, token).p);
    return json_is_array(value) && text_to_uint(token, &index) ? json_array_get(value, (size_t)index) : NULL;
}

bool spec_json_at(struct arena *arena, struct text json, struct text pointer, struct text *ret)
{
    struct loaded whole;
    json_t *value = load_json(&whole, json);
    struct text rest = pointer;
    const bool rooted = !pointer.n || pointer.p[0] == '/';
    text_cut(&rest, '/');
    while (value && rest.p)
        value = step(arena, value, text_cut(&rest, '/'));
    const bool found = value && rooted;
    if (found)
        *ret = text_of_value(arena, value);
    drop_json(&whole);
    return found;
}

struct text spec_json_string(struct arena *arena, struct text json)
{
    struct loaded loaded;
    const json_t *value = load_json(&loaded, json);
    const struct text text = json_is_string(value) ? text_copy(arena, text_of_string(value)) : (struct text){ NULL, 0 };
    drop_json(&loaded);
    return text;
}

bool spec_json_equal(struct text a, struct text b)
{
    struct loaded first, second;
    const json_t *x = load_json(&first, a), *y = load_json(&second, b);
    const bool numbers = json_is_number(x) && json_is_number(y);
    const bool equal = x && y && (numbers ? json_number_value(x) == json_number_value(y) : json_equal(x, y) == 1);
    drop_json(&second);
    drop_json(&first);
    return equal;
}

bool spec_json_members(struct arena *arena, struct text json,
                       void (*see)(void *cls, struct text name, struct text value), void *cls)
{
    struct loaded loaded;
    json_t *object = load_json(&loaded, json), *value;
    const char *name;
    const bool is_object = json_is_object(object);
    json_object_foreach(object, name, value)
        see(cls, text_copy(arena, text_of(name)), text_of_value(arena, value));
    drop_json(&loaded);
    return is_object;
}

bool spec_json_items(struct arena *arena, struct text json, void (*see)(void *cls, struct text value), void *cls)
{
    struct loaded loaded;
    json_t *array = load_json(&loaded, json), *value;
    const bool is_array = json_is_array(array);
    size_t i;
    json_array_foreach(array, i, value)
        see(cls, text_of_value(arena, value));
    drop_json(&loaded);
    return is_array;
}
