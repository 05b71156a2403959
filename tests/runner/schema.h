/*
 * schema: JSON values checked against the JSON Schema dialect of the API description.
 *
 * Only the keywords in schema.c's table exist. schema_lint() reports every other keyword, and every value of
 * a keyword that could not be checked, so that no check is skipped in silence.
 */
#ifndef RUNNER_SCHEMA_H
#define RUNNER_SCHEMA_H

#include "text.h"

#include <jansson.h>

/* Where a value breaks the schema, ret_problems gets a line "/pointer: reason". $ref starts from root. */
bool schema_valid(json_t *root, json_t *schema, json_t *value, struct text *ret_problems);

/* Adds one line per problem of the schema itself; `at` is its JSON pointer in the document. */
void schema_lint(json_t *root, json_t *schema, struct text *at, struct text *ret_problems);

/* The target of "#/…"; NULL when it does not exist. */
json_t *schema_resolve(json_t *root, const char *ref);

#endif
