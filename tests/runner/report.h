/*
 * report: what is wrong with one test, as the text that its worker hands back.
 *
 * report_fail() counts a failure of one line of the data file; notes and dumps after it explain it.
 */
#ifndef RUNNER_REPORT_H
#define RUNNER_REPORT_H

#include "text.h"

struct report {
    struct text out;
    unsigned failures;
};

/* line 0: the failure belongs to no line. */
__attribute__((format(printf, 3, 4))) void report_fail(struct report *r, int line, const char *format, ...);
__attribute__((format(printf, 2, 3))) void report_note(struct report *r, const char *format, ...);
/* Each line of `lines` becomes a note. */
void report_notes(struct report *r, const struct text *lines);
/* Bytes under a title, line by line; odd bytes are escaped, the middle of a long dump is left out. */
void report_dump(struct report *r, const char *title, const char *bytes, size_t len);

#endif
