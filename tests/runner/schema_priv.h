/* What schema.c and schema_lint.c share: the keywords. */
#ifndef RUNNER_SCHEMA_PRIV_H
#define RUNNER_SCHEMA_PRIV_H

#include "schema.h"

struct keyword;

struct check {
    json_t *root, *schema; /* the document, and the schema at work */
    const struct keyword *keyword;
    struct text at; /* pointer into the value */
    struct text *out;
    unsigned problems, depth;
};

/* What kind of value a keyword must have, and so how it is linted. */
enum operand {
    OPERAND_TYPE,
    OPERAND_MAP,
    OPERAND_NAMES,
    OPERAND_SCHEMA,
    OPERAND_LIST,
    OPERAND_VALUES,
    OPERAND_PATTERN,
    OPERAND_FORMAT,
    OPERAND_COUNT,
    OPERAND_NUMBER,
    OPERAND_REF,
    OPERAND_STRING,
    OPERAND_BOOLEAN,
    OPERAND_ANYTHING
};

struct keyword {
    const char *name;
    enum operand operand;
    /* NULL for what says nothing about the value. */
    void (*check)(struct check *c, json_t *operand, json_t *value);
    /* Of a bound: what is counted, false when the keyword does not concern such a value. */
    bool (*measure)(const json_t *value, double *ret_n);
    bool least;
};

const struct keyword *keyword_find(const char *name);
bool type_known(const char *name);
bool format_known(const char *name);

#endif
