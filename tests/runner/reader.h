/*
 * reader: the lines of a data file, and the way to say what is wrong with one of them.
 */
#ifndef RUNNER_READER_H
#define RUNNER_READER_H

#include "report.h"

/* Where a line comes from that a @table or a @setup has made. */
struct origin {
    int line;          /* of the data file */
    const char *label; /* the row or the set-up, for messages; "": the line stands in the file as it is */
};

struct reader {
    struct lines lines;
    struct origin *origins; /* of the lines; NULL: all stand in the file */
    size_t at; /* the next line */
    struct report *report;
    bool broken;
};

/* False, and reported, when the file cannot be read or holds a carriage return or NUL. */
bool reader_open(struct reader *rd, const char *path, struct report *report);
/* The next line without moving on; NULL at the end. */
char *reader_peek(const struct reader *rd);
/* The next line; its number is then reader_line(). */
char *reader_next(struct reader *rd);
/* The number of the line that reader_next() gave last. */
int reader_line(const struct reader *rd);
/* The origin's label of that line. */
const char *reader_label(const struct reader *rd);
void reader_skip_blank(struct reader *rd);
/* Reports a mistake in the data file; always false. The first one ends the reading. */
__attribute__((format(printf, 3, 4))) bool reader_fail(struct reader *rd, int line, const char *format, ...);
/* The lines up to one that says `end`, with line ends; reports a missing end. */
bool reader_block(struct reader *rd, struct text *ret_block);
/* The comment that a data file must begin with; gives its first line. */
bool reader_summary(struct reader *rd, const char **ret_summary);

#endif
