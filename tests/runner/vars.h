/*
 * vars: what one data file has captured, by name, besides the built-in port, dir and root.
 *
 * A value keeps its JSON type, so that a captured number is later compared as a number.
 */
#ifndef RUNNER_VARS_H
#define RUNNER_VARS_H

#include "text.h"

#include <jansson.h>

struct vars {
    json_t *values; /* an object */
};

void vars_init(struct vars *vars, const char *dir);
void vars_free(struct vars *vars);
/* Takes over the reference. */
void vars_set(struct vars *vars, const char *name, json_t *value);
/* Borrowed; NULL when there is no such value. */
json_t *vars_get(const struct vars *vars, const char *name);
/* The value as it stands inside a longer text. */
bool vars_add_text(const struct vars *vars, const char *name, struct text *out);

#endif
