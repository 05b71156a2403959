/* What the two halves of spec.c share; nobody else includes it. */
#ifndef DUVO_SPEC_PARSE_H
#define DUVO_SPEC_PARSE_H

#include "spec/spec.h"

#include <jansson.h>

/* Where in the input a value stands; printed only when something is wrong with it. */
struct where {
    const struct where *up;
    struct text name;
};

struct parse {
    struct problems *problems;
    unsigned version;
    bool commented;     /* inside an object of a spec that is `commented` */
};

/* How a value of a kind is read. `at` is the member of the struct, absent so far; a value that is wrong is reported and
 * leaves it so. */
struct kind {
    const char *expected; /* as the validation library calls the type */
    void (*from_json)(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w);
    void (*from_text)(struct parse *p, const struct field *f, struct text value, void *at, const struct where *w);
};

extern const struct kind spec_kinds[KIND_COUNT];

/* Of a string; as long-lived as the value. */
static inline struct text text_of_string(const json_t *value)
{
    return (struct text){ json_string_value(value), json_string_length(value) };
}

/* spec.c */
void spec_wrong(struct parse *p, const struct where *w, const char *format, ...) __attribute__((format(printf, 3, 4)));
void spec_parse_object(struct parse *p, const struct spec *spec, json_t *value, void *object, const struct where *w);
/* Calls take with the tree of a text that is known to be JSON. */
void spec_with_tree(struct text json, void (*take)(void *cls, json_t *value), void *cls);

/* values.c */
const char *spec_received(const json_t *value);
void spec_wrong_type(struct parse *p, const struct field *f, const char *got, const struct where *w);
void spec_parse_pair(struct parse *p, const struct field *f, struct text name, json_t *value, struct v_map *ret,
                     const struct where *w);
/* Whether it is an array of a right size; when not, that is reported. */
bool spec_array_begins(struct parse *p, const struct field *f, const json_t *value, const struct where *w);
/* Compact, with numbers as people write them. */
struct text spec_json_text(struct arena *arena, json_t *value);
/* The name of an array's item. */
struct text spec_index_text(struct parse *p, size_t i);

/* kept.c: judges the value of a KIND_JSON, and fills in defaults. */
void spec_judge_kept(struct parse *p, const struct field *f, json_t *value, const struct where *w);

/* rows.c */
void spec_rows_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w);
void spec_sets_from_json(struct parse *p, const struct field *f, json_t *value, void *at, const struct where *w);

#endif
