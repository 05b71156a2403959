#include "base/mend.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hex.h"

#include <math.h>
#include <stdlib.h>

enum found { FOUND_MARK, FOUND_SURROGATE, FOUND_NUL, FOUND_BYTES, FOUND_CONTROL, FOUND_NUMBER, FOUND_COUNT };

static const char *const names[] = {
    [FOUND_MARK] = "a byte order mark",     [FOUND_SURROGATE] = "lone surrogates",
    [FOUND_NUL] = "NUL characters",         [FOUND_BYTES] = "bad UTF-8",
    [FOUND_CONTROL] = "control characters", [FOUND_NUMBER] = "numbers that are too large",
};

struct mending {
    struct arena *arena;
    struct text rest;
    struct buf out;
    bool found[FOUND_COUNT];
};

#define REPLACEMENT "\\ufffd"
#define LARGEST "1.7976931348623157e308"

static void take(struct mending *m, size_t n)
{
    buf_add(&m->out, text_clip(m->rest, n));
    m->rest = text_from(m->rest, n);
}

static void replace(struct mending *m, size_t n, struct text by, enum found what)
{
    buf_add(&m->out, by);
    m->rest = text_from(m->rest, n);
    m->found[what] = true;
}

static void escape(struct mending *m, unsigned char c)
{
    buf_addf(&m->out, "\\u%04x", c);
    replace(m, 1, T(""), FOUND_CONTROL);
}

/* Of `\uXXXX`; -1: it is none. */
static int unit_at(struct text t)
{
    enum { LENGTH = 6 };
    int unit = 0;
    if (t.n < LENGTH || t.p[0] != '\\' || t.p[1] != 'u')
        return -1;
    for (size_t i = 2; i < LENGTH; i++) {
        const unsigned digit = hex_digit(t.p[i]);
        if (digit > 15)
            return -1;
        unit = unit * 16 + (int)digit;
    }
    return unit;
}

static void mend_escape(struct mending *m)
{
    enum { LENGTH = 6 };
    const int unit = unit_at(m->rest), next = unit < 0 ? -1 : unit_at(text_from(m->rest, LENGTH));
    const bool is_pair = unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000;
    if (unit < 0)
        take(m, 2);
    else if (unit == 0)
        replace(m, LENGTH, T(REPLACEMENT), FOUND_NUL);
    else if (unit >= 0xd800 && unit < 0xe000 && !is_pair)
        replace(m, LENGTH, T(REPLACEMENT), FOUND_SURROGATE);
    else
        take(m, is_pair ? 2 * LENGTH : LENGTH);
}

/* Bytes of the well-formed character that the text begins with, or 0. */
static size_t char_length(struct text t)
{
    for (size_t n = 1; n <= 4 && n <= t.n; n++)
        if (text_is_utf8(text_clip(t, n)))
            return n;
    return 0;
}

static void mend_character(struct mending *m)
{
    const unsigned char c = (unsigned char)m->rest.p[0];
    const size_t length = c < 0x80 ? 1 : char_length(m->rest);
    if (c == '\\')
        mend_escape(m);
    else if (c == 0)
        replace(m, 1, T(REPLACEMENT), FOUND_NUL);
    else if (c < 0x20)
        escape(m, c);
    else if (length)
        take(m, length);
    else
        replace(m, 1, T(REPLACEMENT), FOUND_BYTES);
}

static void mend_string(struct mending *m)
{
    take(m, 1);
    while (m->rest.n && m->rest.p[0] != '"')
        mend_character(m);
    take(m, 1);
}

static bool is_numeral(char c)
{
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/* Shorter ones without an exponent are no larger than a double can be. */
static bool may_be_large(struct text numeral)
{
    enum { DIGITS = 300 };
    return numeral.n > DIGITS || text_find(numeral, 'e') < numeral.n || text_find(numeral, 'E') < numeral.n;
}

static void mend_number(struct mending *m)
{
    size_t n = 0;
    while (n < m->rest.n && is_numeral(m->rest.p[n]))
        n++;
    const struct text numeral = text_clip(m->rest, n);
    const double value = may_be_large(numeral) ? strtod(text_cstr(m->arena, numeral), NULL) : 0;
    if (isinf(value))
        replace(m, n, value < 0 ? T("-" LARGEST) : T(LARGEST), FOUND_NUMBER);
    else
        take(m, n);
}

static struct text what_was_found(const struct mending *m)
{
    struct buf b = buf_new(m->arena, 200);
    for (int i = 0; i < FOUND_COUNT; i++)
        if (m->found[i])
            buf_addf(&b, "%s%s", b.n ? ", " : "", names[i]);
    return buf_text(&b);
}

struct text mend_json(struct arena *arena, struct text json, struct text *ret_what)
{
    struct mending m = { .arena = arena, .rest = json, .out = buf_new(arena, json.n * (sizeof REPLACEMENT - 1) + 1) };
    if (text_starts(json, T("\xef\xbb\xbf")))
        replace(&m, 3, T(""), FOUND_MARK);
    while (m.rest.n) {
        const char c = m.rest.p[0];
        if (c == '"')
            mend_string(&m);
        else if (c == '-' || (c >= '0' && c <= '9'))
            mend_number(&m);
        else
            take(&m, 1);
    }
    *ret_what = what_was_found(&m);
    return ret_what->n ? buf_text(&m.out) : json;
}
