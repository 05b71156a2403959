#include "spec/kept.h"

#include "base/arena.h"
#include "base/limit.h"
#include "spec/parse.h"

/* NULL when its word is none of theirs. */
static const struct spec *named_variant(const struct spec *spec, const json_t *object)
{
    const char *word = json_string_value(json_object_get(object, spec->variants[0]->fields[0].name));
    for (size_t i = 0; word && spec->variants[i]; i++)
        if (text_eq(text_of(word), text_of(spec->variants[i]->fields[0].names[0])))
            return spec->variants[i];
    return NULL;
}

/* ---- judging --------------------------------------------------------------------------------------------- */

static void fill_defaults(const struct spec *spec, unsigned version, json_t *object)
{
    for (size_t i = 0; i < spec->count; i++) {
        const struct field *f = &spec->fields[i];
        if (f->fallback && field_exists(f, version) && !json_object_get(object, f->name))
            json_object_set_new(object, f->name, json_loads(f->fallback, JSON_DECODE_ANY, NULL));
    }
}

static void fill_all_defaults(const struct spec *spec, unsigned version, json_t *object)
{
    fill_defaults(spec, version, object);
    for (size_t i = 0; i < spec->count; i++) {
        const struct field *f = &spec->fields[i];
        json_t *member = json_object_get(object, f->name);
        if (f->kind == KIND_OBJECT && json_is_object(member) && field_exists(f, version))
            fill_all_defaults(f->sub, version, member);
    }
}

static void judge_item(struct parse *p, const struct spec *spec, json_t *item, const struct where *w)
{
    if (!json_is_object(item)) {
        spec_wrong(p, w, "Invalid input: expected object, received %s", spec_received(item));
        return;
    }
    const struct spec *one = spec->variants ? named_variant(spec, item) : spec;
    const struct where type = { w, text_of(spec->variants ? spec->variants[0]->fields[0].name : "") };
    if (one)
        spec_parse_object(p, one, item, arena_alloc(p->problems->arena, one->size), w);
    else
        spec_wrong(p, &type, "Invalid input");
}

/* After very many that are wrong the others are not looked at (LIMIT_PROBLEMS are named). */
static void judge_items(struct parse *p, const struct spec *spec, json_t *array, const struct where *w)
{
    for (size_t i = 0; i < json_array_size(array) && p->problems->count <= 100 * LIMIT_PROBLEMS; i++) {
        const struct where here = { w, spec_index_text(p, i) };
        judge_item(p, spec, json_array_get(array, i), &here);
    }
}

void spec_judge_kept(struct parse *p, const struct field *f, json_t *value, const struct where *w)
{
    if (f->sub && json_is_object(value)) {
        fill_all_defaults(f->sub, p->version, value);
        spec_parse_object(p, f->sub, value, arena_alloc(p->problems->arena, f->sub->size), w);
    } else if (f->sub) {
        spec_wrong_type(p, f, spec_received(value), w);
    } else if (f->items && json_is_array(value)) {
        judge_items(p, f->items, value, w);
    } else if (f->items && !json_is_string(value)) {
        spec_wrong(p, w, "Invalid input: expected string or array, received %s", spec_received(value));
    }
}

/* ---- showing --------------------------------------------------------------------------------------------- */

/* The table of an object that is not refused as a whole; NULL: the value is judged as one. */
static const struct spec *table_of(const struct field *f)
{
    return f->kind == KIND_OBJECT || f->kind == KIND_JSON ? f->sub : NULL;
}

static const struct spec *shown_variant(const struct spec *spec, const json_t *object)
{
    if (!spec->variants)
        return spec;
    const struct spec *named = named_variant(spec, object);
    for (size_t i = 0; !named && spec->variants[i]; i++)
        if (!spec->variants[i + 1])
            named = spec->variants[i];
    return named;
}

static bool is_refused(struct arena *arena, const struct field *f, json_t *value)
{
    struct problems problems = problems_new(arena, false, T(", "));
    struct parse p = { .problems = &problems };
    const struct where top = { NULL, T("") };
    union { struct v_text text; struct v_rows rows; struct v_map map; struct v_sets sets; struct v_uuid id; } at = {
        .rows = { .is = VALUE_ABSENT } };
    if (json_is_null(value))
        return !(f->flags & NULLABLE);
    spec_kinds[f->kind].from_json(&p, f, value, &at, &top);
    return problems.count > 0;
}

static void show_object(struct arena *arena, const struct spec *spec, json_t *object);

/* Of items that were judged. */
static void show_items(struct arena *arena, const struct spec *spec, json_t *array)
{
    size_t i;
    json_t *item;
    json_array_foreach(array, i, item)
        show_object(arena, spec, item);
}

static bool show_member(struct arena *arena, const struct field *f, json_t *value)
{
    const struct spec *table = table_of(f), *items = f->kind == KIND_ROWS ? f->sub : f->items;
    if (table && json_is_object(value)) {
        show_object(arena, table, value);
        return true;
    }
    if (is_refused(arena, f, value))
        return false;
    if (items && json_is_array(value))
        show_items(arena, items, value);
    return true;
}

static void show_object(struct arena *arena, const struct spec *any, json_t *object)
{
    const struct spec *spec = shown_variant(any, object);
    const char *name;
    json_t *value;
    void *next;
    fill_defaults(spec, 0, object);
    json_object_foreach_safe(object, next, name, value) {
        const struct field *f = spec_find_field(spec, 0, text_of(name));
        if (f ? !show_member(arena, f, value) : !spec->loose)
            json_object_del(object, name);
    }
}

struct work {
    struct arena *arena;
    const struct spec *spec;
    struct text result;
};

static void show(void *cls, json_t *value)
{
    struct work *work = cls;
    show_object(work->arena, work->spec, value);
    work->result = spec_json_text(work->arena, value);
}

struct text spec_show_kept(struct arena *arena, const struct spec *spec, struct text json)
{
    struct work work = { arena, spec, json };
    spec_with_tree(json, show, &work);
    return work.result;
}

/* ---- changing -------------------------------------------------------------------------------------------- */

/* `spec` NULL: an object that no table names. */
static void lay_over(const struct spec *any, json_t *object, json_t *over)
{
    const struct spec *spec = any ? shown_variant(any, object) : NULL;
    const char *name;
    json_t *value;
    json_object_foreach(over, name, value) {
        const struct field *f = spec ? spec_find_field(spec, 0, text_of(name)) : NULL;
        if (json_is_object(value) && !json_is_object(json_object_get(object, name)))
            json_object_set_new(object, name, json_object());
        if (json_is_object(value))
            lay_over(f ? table_of(f) : NULL, json_object_get(object, name), value);
        else if (json_is_null(value) && !(f && (f->flags & NULLABLE)))
            json_object_del(object, name);
        else
            json_object_set(object, name, value);
    }
}

static void lay(void *cls, json_t *both)
{
    struct work *work = cls;
    json_t *object = json_array_get(both, 0);
    lay_over(work->spec, object, json_array_get(both, 1));
    work->result = spec_json_text(work->arena, object);
}

struct text spec_lay_over(struct arena *arena, const struct spec *spec, struct text json, struct text over)
{
    struct work work = { arena, spec, json };
    spec_with_tree(text_format(arena, "[%.*s,%.*s]", TEXT_ARG(json), TEXT_ARG(over)), lay, &work);
    return work.result;
}
