/*
 * text: byte strings that grow, numbers, lists of words, lines and whole files.
 *
 * A struct text owns its bytes; it may hold NUL bytes, and text_str() is always NUL terminated. Zeroed memory
 * is an empty text. Free it with text_free().
 *
 * keep_*() memory lives until the process ends, which for a worker is the end of one data file: right for
 * what is parsed from that file, wrong for requests and replies. Running out of memory ends the process.
 */
#ifndef RUNNER_TEXT_H
#define RUNNER_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct text {
    char *data;
    size_t len, cap;
};

void text_add(struct text *t, const void *bytes, size_t len);
void text_add_char(struct text *t, char c);
void text_add_str(struct text *t, const char *s);
__attribute__((format(printf, 2, 3))) void text_addf(struct text *t, const char *format, ...);
const char *text_str(const struct text *t);
void text_reset(struct text *t);
void text_cut(struct text *t, size_t len);
void text_drop_front(struct text *t, size_t len);
void text_free(struct text *t);

void *keep_alloc(size_t size);
char *keep_copy(const char *bytes, size_t len);
char *keep_str(const char *s);
__attribute__((format(printf, 1, 2))) char *keep_f(const char *format, ...);

/* Words in kept memory; `at` ends with NULL, so that it serves as argv or environ. */
struct strings {
    char **at;
    size_t count, cap;
};

void strings_add(struct strings *list, char *word);
/* Splits at blanks; '…' and "…" keep blanks together. False when a quote is not closed. */
bool strings_split(struct strings *list, const char *s);

/* A decimal number between min and max, and nothing else. */
bool number_parse(const char *s, long long min, long long max, long long *ret_number);

struct line {
    char *s; /* without its line end */
    size_t len;
};

struct lines {
    struct line *at;
    size_t count;
};

/* Splits into kept memory; a last line without a line end counts, an empty rest does not. */
struct lines lines_split(const char *bytes, size_t len);

bool file_read(const char *path, struct text *t);
bool file_write(const char *path, const char *bytes, size_t len);

bool str_starts(const char *s, const char *prefix);
/* The rest of s after prefix and the blanks behind it; NULL when s does not begin with that word. */
char *str_after(char *s, const char *prefix);
/* The blanks at both ends are cut off, in place. */
char *str_trim(char *s);

#endif
