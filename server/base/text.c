#include "base/text.h"

#include "base/arena.h"
#include "base/eight.h"
#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>

static char char_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* All eight characters in lower case: the carries of the additions tell which are from A to Z. */
static uint64_t eight_lower(const char *p)
{
    const uint64_t each = EIGHT_EACH, ascii = 0x7f * each, eight = eight_at(p);
    const uint64_t from_a = (eight & ascii) + (0x80 - 'A') * each, past_z = (eight & ascii) + (0x7f - 'Z') * each;
    return eight | ((~eight & from_a & ~past_z & ~ascii) >> 2);
}

bool text_same_nocase(const char *a, const char *b, size_t n)
{
    size_t i = 0;
    for (; n - i >= sizeof(uint64_t); i += sizeof(uint64_t))
        if (eight_lower(a + i) != eight_lower(b + i))
            return false;
    for (; i < n; i++)
        if (char_lower(a[i]) != char_lower(b[i]))
            return false;
    return true;
}

bool text_starts(struct text t, struct text prefix)
{
    return t.n >= prefix.n && text_eq((struct text){ t.p, prefix.n }, prefix);
}

bool text_ends(struct text t, struct text suffix)
{
    return t.n >= suffix.n && text_eq(text_from(t, t.n - suffix.n), suffix);
}

int text_index(struct text t, const char *const *names)
{
    for (int i = 0; names[i]; i++)
        if (text_eq(t, text_of(names[i])))
            return i;
    return -1;
}

int text_index_nocase(struct text t, const char *const *names)
{
    for (int i = 0; names[i]; i++)
        if (text_eq_nocase(t, text_of(names[i])))
            return i;
    return -1;
}

bool text_starts_any(struct text t, const char *const *prefixes)
{
    for (; *prefixes; prefixes++)
        if (text_starts(t, text_of(*prefixes)))
            return true;
    return false;
}

size_t text_find(struct text t, char c)
{
    const char *hit = t.n ? memchr(t.p, c, t.n) : NULL;
    return hit ? (size_t)(hit - t.p) : t.n;
}

bool text_contains(struct text t, struct text part)
{
    return part.n == 0 || (t.n >= part.n && memmem(t.p, t.n, part.p, part.n));
}

struct text text_from(struct text t, size_t from)
{
    if (from > t.n)
        from = t.n;
    return from ? (struct text){ t.p + from, t.n - from } : t;
}

struct text text_trim(struct text t)
{
    while (t.n && char_is_blank(t.p[t.n - 1]))
        t.n--;
    while (t.n && char_is_blank(*t.p))
        t = text_from(t, 1);
    return t;
}

struct text text_cut(struct text *rest, char separator)
{
    struct text all = *rest;
    size_t at = text_find(all, separator);
    *rest = at < all.n ? text_from(all, at + 1) : (struct text){ 0 };
    return (struct text){ all.p, at };
}

/* A place for `n` characters that already has its NUL. */
static char *cstr_new(struct arena *arena, size_t n)
{
    char *p = arena_raw(arena, n + 1);
    p[n] = '\0';
    return p;
}

struct text text_copy(struct arena *arena, struct text t)
{
    char *p = cstr_new(arena, t.n);
    if (t.n)
        memcpy(p, t.p, t.n);
    return (struct text){ p, t.n };
}

const char *text_cstr(struct arena *arena, struct text t)
{
    return text_copy(arena, t).p;
}

const char *text_printable(struct arena *arena, struct text t)
{
    char *p = arena_raw(arena, t.n + 1);
    for (size_t i = 0; i < t.n; i++)
        p[i] = t.p[i] >= 0x20 && t.p[i] < 0x7f ? t.p[i] : '?';
    p[t.n] = '\0';
    return p;
}

struct text text_lower(struct arena *arena, struct text t)
{
    char *p = cstr_new(arena, t.n);
    for (size_t i = 0; i < t.n; i++)
        p[i] = char_lower(t.p[i]);
    return (struct text){ p, t.n };
}

struct text text_format(struct arena *arena, const char *format, ...)
{
    char small[256];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(small, sizeof small, format, args);
    if (n < 0)
        die("text_format: bad format");
    char *p = cstr_new(arena, (size_t)n);
    if ((size_t)n < sizeof small)
        memcpy(p, small, (size_t)n);
    else
        vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    va_end(args);
    return (struct text){ p, (size_t)n };
}

bool text_to_uint(struct text t, int64_t *ret)
{
    int64_t value = 0;
    for (size_t i = 0; i < t.n; i++) {
        if (t.p[i] < '0' || t.p[i] > '9')
            return false;
        int digit = t.p[i] - '0';
        if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, digit, &value))
            return false;
    }
    if (t.n == 0)
        return false;
    *ret = value;
    return true;
}

/* How many of the first bytes are ASCII for certain, counted in eights. */
static size_t ascii_run(const char *p, size_t n)
{
    size_t i = 0;
    while (n - i >= sizeof(uint64_t) && !eight_has_high(eight_at(p + i)))
        i += sizeof(uint64_t);
    return i;
}

size_t text_utf16_length(struct text t)
{
    size_t units = ascii_run(t.p, t.n);
    for (size_t i = units; i < t.n; i++) {
        uint8_t byte = (uint8_t)t.p[i];
        /* One unit for each character's first byte; a four-byte character is a surrogate pair. */
        units += (size_t)((byte & 0xC0) != 0x80) + (size_t)(byte >= 0xF0);
    }
    return units;
}

/* Bytes of the well-formed character at `s`, or 0. The second byte's bounds are RFC 3629's (section 4). */
static size_t utf8_char(const uint8_t *s, size_t n)
{
    uint8_t lead = s[0];
    if (lead < 0x80)
        return 1;
    size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || length > n)
        return 0;
    uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    }
    return length;
}

bool text_is_utf8(struct text t)
{
    while (t.n) {
        t = text_from(t, ascii_run(t.p, t.n));
        if (!t.n)
            break;
        size_t length = utf8_char((const uint8_t *)t.p, t.n);
        if (!length)
            return false;
        t = text_from(t, length);
    }
    return true;
}

size_t int_format(int64_t value, char *ret)
{
    char digits[INT_TEXT_SIZE];
    size_t n = 0;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        digits[sizeof digits - ++n] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0)
        digits[sizeof digits - ++n] = '-';
    memcpy(ret, digits + sizeof digits - n, n);
    return n;
}

struct text int_text(struct arena *arena, int64_t value)
{
    char *p = arena_raw(arena, INT_TEXT_SIZE + 1);
    const size_t n = int_format(value, p);
    p[n] = '\0';
    return (struct text){ p, n };
}

bool text_is_made_of(struct text t, const char *characters)
{
    const size_t n = strlen(characters);
    for (size_t i = 0; i < t.n; i++)
        if (!memchr(characters, t.p[i], n))
            return false;
    return true;
}

/* Letters, digits and !#$%&'*+-.^_`|~, a bit for each: every header's name is asked. */
bool text_is_token(struct text t)
{
    static const uint64_t allowed[] = { UINT64_C(0x03ff6cfa00000000), UINT64_C(0x57ffffffc7fffffe) };
    for (size_t i = 0; i < t.n; i++) {
        const unsigned char c = (unsigned char)t.p[i];
        if (c >= 128 || !(allowed[c / 64] >> c % 64 & 1))
            return false;
    }
    return t.n > 0;
}

bool text_is_visible_ascii(struct text t)
{
    for (size_t i = 0; i < t.n; i++)
        if (t.p[i] <= ' ' || t.p[i] >= 0x7f)
            return false;
    return true;
}

struct text text_clip(struct text t, size_t max)
{
    return (struct text){ t.p, t.n < max ? t.n : max };
}
