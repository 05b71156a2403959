/* Rows of objects in a request, and sets of such rows: names of built-in ones and objects, one or several. */
#include "base/arena.h"
#include "base/limit.h"
#include "spec/parse.h"

/* ---- rows ---------------------------------------------------------------------------------------------- */

/* How many of them are worth being read: none after very many that are no complete objects, lest a short
 * text of empty ones becomes a large array of rows. */
static size_t rows_to_read(const struct spec *spec, const json_t *value)
{
    const size_t n = json_array_size(value);
    size_t least = 0, broken = 0, i = 0;
    for (size_t k = 0; k < spec->count; k++)
        least += (spec->fields[k].flags & REQUIRED) && !spec->fields[k].fallback;
    for (; i < n && broken <= 100 * LIMIT_PROBLEMS; i++)
        broken += json_object_size(json_array_get(value, i)) < least;
    return i;
}

static uint64_t fields_in(const struct spec *spec, const json_t *object)
{
    uint64_t given = 0;
    for (size_t i = 0; i < spec->count; i++)
        given |= (uint64_t)(json_object_get(object, spec->fields[i].name) != NULL) << i;
    return given;
}

void spec_rows_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    if (!spec_array_begins(p, f, value, w))
        return;
    struct v_rows *ret = at;
    const size_t n = rows_to_read(f->sub, value);
    char *rows = arena_array(p->problems->arena, n, f->sub->size);
    uint64_t *given = ARENA_ARRAY(p->problems->arena, n, uint64_t);
    for (size_t i = 0; i < n; i++) {
        const struct where here = { w, spec_index_text(p, i) };
        json_t *one = json_array_get(value, i);
        given[i] = fields_in(f->sub, one);
        if (json_is_object(one))
            spec_parse_object(p, f->sub, one, rows + i * f->sub->size, &here);
        else
            spec_wrong(p, &here, "Invalid input: expected object, received %s", spec_received(one));
    }
    *ret = (struct v_rows){ VALUE_SET, n, rows, given, NULL };
}

/* ---- sets ---------------------------------------------------------------------------------------------- */

/* Reports what is wrong with it. */
static void set_from_json(struct parse *p, const struct field *f, json_t *value, struct set *ret,
                          const struct where *w)
{
    const struct field name = { .kind = KIND_ENUM, .names = f->names };
    struct v_enum named = { .is = VALUE_ABSENT };
    if (json_is_object(value)) {
        void *object = arena_alloc(p->problems->arena, f->sub->size);
        spec_parse_object(p, f->sub, value, object, w);
        ret->object = object;
    } else if (json_is_string(value)) {
        spec_kinds[KIND_ENUM].from_text(p, &name, text_of_string(value), &named, w);
        ret->name = text_of(f->names[named.v]);
    } else {
        spec_wrong(p, w, "Invalid input: expected string or object, received %s", spec_received(value));
    }
}

void spec_sets_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w)
{
    const bool several = json_is_array(value), one = json_is_object(value) || json_is_string(value);
    if (!several && !one)
        spec_wrong_type(p, f, spec_received(value), w);
    if (!one && !(several && spec_array_begins(p, f, value, w)))
        return;
    const size_t n = several ? json_array_size(value) : 1;
    struct set *sets = ARENA_ARRAY(p->problems->arena, n, struct set);
    for (size_t i = 0; i < n; i++) {
        const struct where here = { w, spec_index_text(p, i) };
        set_from_json(p, f, several ? json_array_get(value, i) : value, &sets[i], several ? &here : w);
    }
    *(struct v_sets *)at = (struct v_sets){ VALUE_SET, several, n, sets };
}
