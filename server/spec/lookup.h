/* JSON as it came, by what the field tables know of it: redacted for people, and looked into by JSON pointers. */
#ifndef DUVO_SPEC_LOOKUP_H
#define DUVO_SPEC_LOOKUP_H

#include "spec/redact.h"
#include "spec/spec.h"

/* Appends `json` with every secret masked: what the spec (may be NULL) calls one, and strings whose name does or that
 * hold one in a URL. False, and nothing is appended, when it is no JSON. */
bool spec_json_redact(struct buf *out, const struct spec *spec, struct text json, const struct redactor *redactor);

/* The value that the pointer (RFC 6901) leads to, as JSON text in the arena; false when there is none. */
bool spec_json_at(struct arena *arena, struct text json, struct text pointer, struct text *ret);
/* The text that a JSON string stands for; unset when it is none. */
struct text spec_json_string(struct arena *arena, struct text json);
/* Whether two JSON texts are the same value; an integer is the same as a real of its value. */
bool spec_json_equal(struct text a, struct text b);

/* Calls see(cls, name, value) for each member of a JSON object; false when it is none. Values are JSON text. */
bool spec_json_members(struct arena *arena, struct text json,
                       void (*see)(void *cls, struct text name, struct text value), void *cls);
/* Calls see(cls, value) for each item of a JSON array; false when it is none. */
bool spec_json_items(struct arena *arena, struct text json, void (*see)(void *cls, struct text value), void *cls);

#endif
