#include "json_diff.h"

#include "pattern.h"

#include <stdlib.h>
#include <string.h>

enum { SHORT_MAX = 160, DIFFERENCES_MAX = 20 };

struct diff {
    struct text at;
    struct vars *vars;
    struct text *out;
    unsigned count;
};

void pointer_push(struct text *pointer, const char *key)
{
    text_add_char(pointer, '/');
    for (; *key != '\0'; key++) {
        if (*key == '~' || *key == '/')
            text_add_str(pointer, *key == '~' ? "~0" : "~1");
        else
            text_add_char(pointer, *key);
    }
}

void pointer_push_index(struct text *pointer, size_t index)
{
    text_addf(pointer, "/%zu", index);
}

void json_add_short(const json_t *value, struct text *out)
{
    char *dump = json_dumps(value, JSON_ENCODE_ANY);
    size_t len = dump == NULL ? 0 : strlen(dump);
    bool cut = len > SHORT_MAX;
    text_add(out, dump == NULL ? "" : dump, cut ? SHORT_MAX : len);
    text_add_str(out, cut ? "…" : "");
    free(dump);
}

static void difference(struct diff *d, const char *what, const json_t *expected, const json_t *got)
{
    if (++d->count > DIFFERENCES_MAX)
        return;
    text_addf(d->out, "body %s:%s%s", d->at.len == 0 ? "(whole)" : text_str(&d->at), *what == '\0' ? "" : " ",
              what);
    if (expected != NULL) {
        text_add_str(d->out, " expected ");
        json_add_short(expected, d->out);
    }
    if (got != NULL) {
        text_add_str(d->out, expected != NULL ? ", got " : " ");
        json_add_short(got, d->out);
    }
    text_add_char(d->out, '\n');
}

static void value_diff(struct diff *d, json_t *expected, json_t *got);

/* A string that is one placeholder stands for a value of any JSON type; false when it is something else. */
static bool hole_diff(struct diff *d, json_t *expected, json_t *got)
{
    struct hole hole;
    if (!pattern_is_hole(json_string_value(expected), &hole) || hole.kind == HOLE_REPEAT)
        return false;
    json_t *value = hole.kind == HOLE_VALUE ? vars_get(d->vars, hole.name) : NULL;
    bool fits = hole.kind == HOLE_ANY;
    if (hole.kind == HOLE_VALUE)
        fits = value != NULL && json_equal(value, got);
    else if (hole.kind == HOLE_INT)
        fits = json_is_integer(got);
    else if (json_is_string(got) && !fits)
        fits = pattern_kind_fits(hole.kind, json_string_value(got), json_string_length(got));
    if (!fits && hole.kind == HOLE_VALUE)
        difference(d, value == NULL ? "never captured:" : "captured value:", value == NULL ? expected : value,
                   got);
    else if (!fits)
        difference(d, "", expected, got);
    else if (hole.kind != HOLE_VALUE && hole.name != NULL)
        vars_set(d->vars, hole.name, json_deep_copy(got));
    return true;
}

static void string_diff(struct diff *d, json_t *expected, json_t *got)
{
    if (hole_diff(d, expected, got))
        return;
    struct text why = { 0 };
    if (!json_is_string(got) || !pattern_match(json_string_value(expected), json_string_value(got),
                                               json_string_length(got), d->vars, &why))
        difference(d, text_str(&why), expected, got);
    text_free(&why);
}

static bool is_star(const json_t *value)
{
    return json_is_string(value) && strcmp(json_string_value(value), "*") == 0;
}

/* Member names may hold captured values. */
static void member_diff(struct diff *d, const char *name, json_t *expected, json_t *got, json_t *seen)
{
    struct text key = { 0 }, why = { 0 };
    size_t at = d->at.len;
    if (!pattern_expand(name, strlen(name), 0, d->vars, &key, &why))
        difference(d, text_str(&why), NULL, NULL);
    pointer_push(&d->at, text_str(&key));
    json_t *value = json_object_get(got, text_str(&key));
    if (value == NULL)
        difference(d, "missing,", expected, NULL);
    else
        value_diff(d, expected, value);
    json_object_set_new(seen, text_str(&key), json_true());
    text_cut(&d->at, at);
    text_free(&key);
    text_free(&why);
}

static void object_diff(struct diff *d, json_t *expected, json_t *got)
{
    const char *name;
    json_t *value;
    json_t *seen = json_object();
    bool open = is_star(json_object_get(expected, "*"));
    json_object_foreach (expected, name, value)
        if (strcmp(name, "*") != 0 || !open)
            member_diff(d, name, value, got, seen);
    json_object_foreach (got, name, value) {
        size_t at = d->at.len;
        pointer_push(&d->at, name);
        if (!open && json_object_get(seen, name) == NULL)
            difference(d, "not expected:", NULL, value);
        text_cut(&d->at, at);
    }
    json_decref(seen);
}

static void array_diff(struct diff *d, json_t *expected, json_t *got)
{
    size_t count = json_array_size(expected), came = json_array_size(got);
    bool open = count > 0 && is_star(json_array_get(expected, count - 1));
    count -= open;
    for (size_t i = 0; i < count || (i < came && !open); i++) {
        size_t at = d->at.len;
        pointer_push_index(&d->at, i);
        if (i >= came)
            difference(d, "missing,", json_array_get(expected, i), NULL);
        else if (i >= count)
            difference(d, "not expected:", NULL, json_array_get(got, i));
        else
            value_diff(d, json_array_get(expected, i), json_array_get(got, i));
        text_cut(&d->at, at);
    }
}

static void value_diff(struct diff *d, json_t *expected, json_t *got)
{
    if (json_is_string(expected))
        string_diff(d, expected, got);
    else if (json_is_object(expected) && json_is_object(got))
        object_diff(d, expected, got);
    else if (json_is_array(expected) && json_is_array(got))
        array_diff(d, expected, got);
    else if (!json_equal(expected, got))
        difference(d, "", expected, got);
}

bool json_diff(json_t *expected, json_t *got, struct vars *vars, struct text *ret_diff)
{
    struct diff d = { .vars = vars, .out = ret_diff };
    value_diff(&d, expected, got);
    if (d.count > DIFFERENCES_MAX)
        text_addf(ret_diff, "body: %u more differences\n", d.count - DIFFERENCES_MAX);
    text_free(&d.at);
    return d.count == 0;
}
