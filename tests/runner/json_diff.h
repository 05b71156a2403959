/*
 * json_diff: an expected JSON value, with its placeholders and "*" members, against the value that came.
 *
 * Every difference becomes one line in ret_diff, "body /pointer: expected …, got …". Captures on the way.
 */
#ifndef RUNNER_JSON_DIFF_H
#define RUNNER_JSON_DIFF_H

#include "vars.h"

bool json_diff(json_t *expected, json_t *got, struct vars *vars, struct text *ret_diff);

/* Adds one level to a JSON pointer. */
void pointer_push(struct text *pointer, const char *key);
void pointer_push_index(struct text *pointer, size_t index);

/* The value on one line, cut when it is long. */
void json_add_short(const json_t *value, struct text *out);

#endif
