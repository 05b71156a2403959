/*
 * expand: the lines of a .http file with those in them that a @table or a @setup stands for.
 *
 * An expansion goes through the lines of a reader, puts others in the place of some, and gives them all back to
 * the reader, each with its origin.
 */
#ifndef RUNNER_EXPAND_H
#define RUNNER_EXPAND_H

#include "reader.h"

struct expansion {
    struct reader *rd;
    struct lines lines;
    struct origin *origins;
    size_t cap;
    bool in_request; /* between the title of a step and the reply that it must get: nothing is a directive there */
};

/* Adds a line as it is; the reader has just given it. */
void expansion_add(struct expansion *x, char *s);
/* Adds a line that a row or a set-up has made. */
void expansion_add_made(struct expansion *x, char *s, struct origin origin);
/* Whether s is a line `@word …` outside of a request; keeps account of the lines seen. */
bool expansion_directive(struct expansion *x, const char *s, const char *word);
/* The reader begins again, with the lines added. */
void expansion_end(struct expansion *x);

/* Texts that lines name as {{name}}. */
struct values {
    struct strings names, texts;
    bool *used; /* of each name: some line names it */
};

/* The line with its values; NULL when it named nothing but values that are empty: such a line is left out. */
char *values_fill_in(const struct values *v, const char *line);
/* The first name that no line used; NULL when all were. */
const char *values_unused(const struct values *v);

#endif
