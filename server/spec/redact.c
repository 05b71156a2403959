#include "spec/redact.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hex.h"
#include "base/uri.h"
#include "base/limit.h"

#include <string.h>

enum { FINGERPRINT = 8 }; /* digits: enough to tell values of one test apart, too few to find one */

static const struct redactor plain = { NULL };

static void put_mask(struct buf *b, const struct redactor *redactor, struct text value)
{
    char digits[2 * SECRET_HASH_SIZE];
    buf_add(b, T("[redacted"));
    if (redactor->key) {
        const struct secret_hash hash = secret_hash(redactor->key, secret_of(value));
        hex_encode(hash.b, sizeof hash.b, digits);
        buf_add_char(b, ':');
        buf_add_bytes(b, digits, FINGERPRINT);
    }
    buf_add_char(b, ']');
}

struct text redact_mask(const struct redactor *redactor, struct arena *arena, struct text value)
{
    struct buf b = buf_new(arena, 64);
    put_mask(&b, redactor, value);
    return buf_text(&b);
}

/* The next character of a name that may be percent-escaped, in lower case. */
static char take_lower(struct text name, size_t *at)
{
    const size_t i = *at;
    char c = name.p[i];
    const bool escaped = c == '%' && i + 2 < name.n && hex_digit(name.p[i + 1]) >= 0 && hex_digit(name.p[i + 2]) >= 0;
    if (escaped)
        c = (char)(hex_digit(name.p[i + 1]) * 16 + hex_digit(name.p[i + 2]));
    *at += escaped ? 3 : 1;
    return (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

static bool has_secret_word(struct text lower)
{
    static const char *const words[] = { "token", "secret", "password", "passwd", "authorization", "apikey", "api_key",
                                         "api-key", "cookie", "credential", "code", "state", "verifier", "signature",
                                         "assertion" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_contains(lower, text_of(words[i])))
            return true;
    return false;
}

/* Looked at through a window that moves on by less than the longest word. */
bool redact_is_secret_name(struct text name)
{
    enum { WINDOW = 64, LONGEST = 16 };
    char lower[WINDOW];
    size_t n = 0;
    for (size_t i = 0; i < name.n;) {
        lower[n++] = take_lower(name, &i);
        if (n < WINDOW && i < name.n)
            continue;
        if (has_secret_word((struct text){ lower, n }))
            return true;
        memmove(lower, lower + n - (n < LONGEST ? n : LONGEST), n < LONGEST ? n : LONGEST);
        n = n < LONGEST ? n : LONGEST;
    }
    return false;
}

static bool is_printable(unsigned char c)
{
    return c > 0x20 && c < 0x7f && c != '"' && c != '\\';
}

static void put_printable(struct buf *b, struct text t)
{
    for (size_t i = 0, run; i < t.n; i = run + 1) {
        for (run = i; run < t.n && is_printable((unsigned char)t.p[run]);)
            run++;
        buf_add_bytes(b, t.p + i, run - i);
        if (run < t.n)
            buf_addf(b, "%%%02X", (unsigned char)t.p[run]);
    }
}

/* A value may hold a URL of its own, escaped: one with user information, or with a parameter that speaks. */
static bool hides_secret(struct arena *arena, struct text value)
{
    struct text decoded;
    for (int depth = 0; text_find(value, '%') < value.n && depth < 4; depth++) {
        if (!uri_decode(arena, value, false, &decoded))
            return true; /* nobody can tell */
        value = decoded;
        for (size_t i = 0; i < value.n; i++) {
            const struct text rest = text_from(value, i + 1);
            const size_t equals = text_find(rest, '=');
            const bool starts = value.p[i] == '?' || value.p[i] == '&' || value.p[i] == '#';
            if (starts && equals < rest.n && redact_is_secret_name(text_clip(rest, equals)))
                return true;
        }
        if (text_contains(value, T("//")) && text_find(value, '@') < value.n)
            return true;
    }
    return false;
}

/* What is being looked at: a URL, all of it, or a text in which there may be some. */
struct scan {
    struct buf *b;
    const struct redactor *redactor;
    struct text t;
    bool is_url;
};

static void put_plain(const struct scan *s, size_t from, size_t to)
{
    const struct text part = text_clip(text_from(s->t, from), to - from);
    if (s->is_url)
        put_printable(s->b, part);
    else
        buf_add(s->b, part);
}

/* Where the first of `ends` is; in a text also where a blank is. */
static size_t find_end(const struct scan *s, size_t from, const char *ends)
{
    size_t i = from;
    while (i < s->t.n && !(s->t.p[i] && strchr(ends, s->t.p[i])) && (s->is_url || (unsigned char)s->t.p[i] > ' '))
        i++;
    return i;
}

/* At a separator: puts it, and the parameter behind it when that is secret. Where to go on. */
static size_t put_parameter(const struct scan *s, size_t at)
{
    const size_t equals = find_end(s, at + 1, "=?&#");
    put_plain(s, at, at + 1);
    if (equals >= s->t.n || s->t.p[equals] != '=')
        return at + 1;
    const size_t end = find_end(s, equals + 1, "&#");
    const struct text name = text_clip(text_from(s->t, at + 1), equals - at - 1);
    const struct text value = text_clip(text_from(s->t, equals + 1), end - equals - 1);
    if (!redact_is_secret_name(name) && !hides_secret(s->b->arena, value))
        return at + 1;
    put_plain(s, at + 1, equals + 1);
    put_mask(s->b, s->redactor, value);
    return end;
}

/* At `//`: puts it, and what stands before the last @ of the authority masked (WHATWG URL 4.4). */
static size_t put_authority(const struct scan *s, size_t at)
{
    const size_t start = at + 2, end = find_end(s, start, "/?#");
    size_t mark = end;
    while (mark > start && s->t.p[mark - 1] != '@')
        mark--;
    put_plain(s, at, start);
    if (mark == start)
        return start;
    put_mask(s->b, s->redactor, text_clip(text_from(s->t, start), mark - 1 - start));
    return mark - 1;
}

static void put_scanned(struct buf *b, const struct redactor *redactor, struct text t, bool is_url)
{
    const struct scan s = { b, redactor, t, is_url };
    size_t done = 0;
    for (size_t i = 0; i < t.n;) {
        const bool parameter = t.p[i] == '?' || t.p[i] == '&' || t.p[i] == '#';
        const bool authority = t.p[i] == '/' && i + 1 < t.n && t.p[i + 1] == '/';
        if (!parameter && !authority) {
            i++;
            continue;
        }
        put_plain(&s, done, i);
        i = done = parameter ? put_parameter(&s, i) : put_authority(&s, i);
    }
    put_plain(&s, done, t.n);
}

struct text redact_text(const struct redactor *redactor, struct arena *arena, struct text t)
{
    struct buf b = buf_new(arena, t.n * 8 + LIMIT_URI);
    put_scanned(&b, redactor, t, false);
    return buf_text(&b);
}

void redact_put_url(struct buf *b, struct text url)
{
    put_scanned(b, &plain, url, true);
}

struct text redact_url_with(const struct redactor *redactor, struct arena *arena, struct text url)
{
    struct buf b = buf_new(arena, url.n * 12 + LIMIT_URI); /* a mask is longer than most that it stands for */
    put_scanned(&b, redactor, url, true);
    return buf_text(&b);
}

struct text redact_url(struct arena *arena, struct text url)
{
    return redact_url_with(&plain, arena, url);
}
