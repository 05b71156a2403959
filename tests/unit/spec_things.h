/* A spec with a field of every kind, for the tests of reading and writing specs. */
#ifndef DUVO_TEST_SPEC_THINGS_H
#define DUVO_TEST_SPEC_THINGS_H

#include "spec/spec.h"

struct inner {
    enum value_state is;
    struct v_text word;
    struct v_int n;
};

struct things {
    struct v_text text, url;
    struct v_secret secret;
    struct v_uuid uuid;
    struct v_time time;
    struct v_int count, offset;
    struct v_bool flag;
    struct v_enum choice, literal;
    struct v_json json;
    struct v_texts texts;
    struct v_uuids uuids;
    struct v_map map;
    struct v_secrets secrets;
    struct inner object;
    struct v_rows rows;
};

/* Rows of `rows`. */
extern const struct spec inner_spec;
/* Everything may be left out, nothing may be null. */
extern const struct spec things_spec;
/* Everything must be there and may be null. */
extern const struct spec needed_spec;

/* Parses under the root "body" and demands that the text is JSON. */
struct text things_problems(struct arena *arena, const struct spec *spec, const char *json, void *ret);

#endif
