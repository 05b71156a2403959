/*
 * pattern: the placeholders of the data files.
 *
 *   {{uuid}} {{time}} {{int}} {{any}}   match in expectations      {{name=uuid}} …   also captures
 *   {{name}}                            the captured value         {{repeat:S:N}}    S, N times
 *
 * {{any}} matches as little as it can, {{int}} as much as it can. Functions that can meet a malformed or
 * unknown placeholder add the reason to ret_why; a plain mismatch adds nothing.
 */
#ifndef RUNNER_PATTERN_H
#define RUNNER_PATTERN_H

#include "vars.h"

enum hole_kind { HOLE_UUID, HOLE_TIME, HOLE_INT, HOLE_ANY, HOLE_VALUE, HOLE_REPEAT };

struct hole {
    enum hole_kind kind;
    char *name;   /* captured under, or value of; NULL: neither */
    char *repeat; /* HOLE_REPEAT */
    long long count;
};

/* Also understands \r \n \t \0 \xHH \\ and drops a line end behind a last backslash. */
#define PATTERN_ESCAPES 1U

/* Writes s with its values and repetitions filled in. {{int}} and its like are an error here. */
bool pattern_expand(const char *s, size_t len, unsigned flags, const struct vars *vars, struct text *out,
                    struct text *ret_why);

/* Whether the whole of bytes matches; captures only when it does. */
bool pattern_match(const char *pattern, const char *bytes, size_t len, struct vars *vars,
                   struct text *ret_why);

/* Whether some part of bytes matches. */
bool pattern_found(const char *pattern, const char *bytes, size_t len, struct vars *vars,
                   struct text *ret_why);

/* The hole when s is exactly one placeholder. */
bool pattern_is_hole(const char *s, struct hole *ret_hole);

/* Whether something can be captured under that name, or a column of a table have it. */
bool pattern_name_valid(const char *name);

/* Whether a piece of text has the form that uuid, time and int ask for. */
bool pattern_kind_fits(enum hole_kind kind, const char *bytes, size_t len);

/* Whether s contains a backslash escape that PATTERN_ESCAPES doesn't know; ret_why says which. */
bool pattern_escapes_valid(const char *s, struct text *ret_why);

#endif
