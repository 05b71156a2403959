#include "spec/members.h"

#include "base/arena.h"

#include <jansson.h>

struct search {
    struct arena *arena;
    const char *name, *beside;
    struct named_member *found;
    size_t n, max;
};

static struct text string_in(struct arena *arena, const json_t *value)
{
    if (!json_is_string(value))
        return (struct text){ NULL, 0 };
    return text_copy(arena, (struct text){ json_string_value(value), json_string_length(value) });
}

static void keep_member(struct search *s, const json_t *object)
{
    const json_t *value = json_object_get(object, s->name);
    if (!value || json_is_object(value))
        return;
    if (s->n < s->max)
        s->found[s->n] = (struct named_member){ string_in(s->arena, value),
                                          string_in(s->arena, json_object_get(object, s->beside)) };
    s->n++;
}

/* The parser bounds the depth. */
static void search_value(struct search *s, json_t *value)
{
    const char *name;
    json_t *item;
    size_t i;
    if (json_is_object(value))
        keep_member(s, value);
    json_object_foreach(value, name, item)
        search_value(s, item);
    json_array_foreach(value, i, item)
        search_value(s, item);
}

size_t members_named(struct arena *arena, struct text json, const char *name, const char *beside,
                     struct named_member *ret, size_t max)
{
    struct search s = { .arena = arena, .name = name, .beside = beside, .found = ret, .max = max };
    json_t *value = json_loadb(json.p, json.n, JSON_DECODE_ANY, NULL);
    search_value(&s, value);
    json_decref(value);
    return s.n;
}

bool members_string(struct arena *arena, struct text json, struct text *ret)
{
    const struct text inside = { json.p + 1, json.n - 2 };
    if (json.n < 2 || json.p[0] != '"')
        return false;
    *ret = inside;
    if (text_find(inside, '\\') == inside.n)
        return true;
    json_t *value = json_loadb(json.p, json.n, JSON_DECODE_ANY, NULL);
    *ret = string_in(arena, value);
    json_decref(value);
    return ret->p != NULL;
}
