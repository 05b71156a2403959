/* Text: a pointer and a length, the string type of the whole program.
 *
 * The bytes are borrowed: whoever makes a text says how long they live (usually as long as the request's arena, or
 * for ever). `p` is NULL only in the empty text that was never set. A text is not NUL-terminated unless the function
 * that made it says so. */
#ifndef DUVO_BASE_TEXT_H
#define DUVO_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena;

struct text {
    const char *p;
    size_t n;
};

/* A text of a string literal. */
#define T(literal) ((struct text){ "" literal, sizeof(literal) - 1 })
/* For printf: `"%.*s", TEXT_ARG(t)`. Evaluates its argument twice. */
#define TEXT_ARG(t) (int)(t).n, (t).p ? (t).p : ""

static inline struct text text_of(const char *cstr)
{
    return (struct text){ cstr, cstr ? strlen(cstr) : 0 };
}

static inline bool text_eq(struct text a, struct text b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool char_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* ASCII letters compare without regard to case, as in header names and UUIDs. */
bool text_same_nocase(const char *a, const char *b, size_t n);
static inline bool text_eq_nocase(struct text a, struct text b)
{
    return a.n == b.n && text_same_nocase(a.p, b.p, a.n);
}
bool text_starts(struct text t, struct text prefix);
bool text_ends(struct text t, struct text suffix);
/* Its place in a list of names that ends with NULL; -1 when it is none of them. */
int text_index(struct text t, const char *const *names);
int text_index_nocase(struct text t, const char *const *names);
/* Whether it begins with one of a list that ends with NULL. */
bool text_starts_any(struct text t, const char *const *prefixes);
/* Index of the first `c`, or t.n when there is none. */
size_t text_find(struct text t, char c);
bool text_contains(struct text t, struct text part);
/* From byte `from` (clipped to the length) to the end. */
struct text text_from(struct text t, size_t from);
/* Its first `max` bytes at the most. */
struct text text_clip(struct text t, size_t max);
/* Without leading and trailing blanks and tabs. */
struct text text_trim(struct text t);
/* Takes the part before the first `separator` off *rest and returns it; *rest becomes what follows, or the unset
 * text when there was no separator. Loop while rest.p. */
struct text text_cut(struct text *rest, char separator);

/* A NUL-terminated copy in the arena; its text has the same length. */
struct text text_copy(struct arena *arena, struct text t);
const char *text_cstr(struct arena *arena, struct text t);
struct text text_lower(struct arena *arena, struct text t);
/* NUL-terminated in the arena, with ? for each byte that is not printable ASCII: what a client named may be anything,
 * and a header's value must not. */
const char *text_printable(struct arena *arena, struct text t);
/* printf into the arena, NUL-terminated. */
struct text text_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

enum { INT_TEXT_SIZE = 20 };

/* Writes the decimal digits, at most INT_TEXT_SIZE characters and no NUL; how many. */
size_t int_format(int64_t value, char *ret);
/* The same in the arena, NUL-terminated. */
struct text int_text(struct arena *arena, int64_t value);

/* Decimal digits only, no sign, no blanks, at most INT64_MAX; false otherwise and *ret is untouched. */
bool text_to_uint(struct text t, int64_t *ret);
/* Length as JavaScript counts it, in UTF-16 units, because the API's limits are checked there. `t` is valid UTF-8. */
size_t text_utf16_length(struct text t);
#define ASCII_ALNUM "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
/* Only these characters; the empty text, too. */
bool text_is_made_of(struct text t, const char *characters);
/* Only characters from ! to ~; the empty text, too. */
bool text_is_visible_ascii(struct text t);
/* A token of RFC 9110 section 5.6.2, as a header's name is. */
bool text_is_token(struct text t);
/* RFC 3629: no overlong forms, no surrogates, nothing past U+10FFFF. */
bool text_is_utf8(struct text t);

#endif
