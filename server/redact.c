#include "redact.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hex.h"
#include "limit.h"

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

/* Puts the URL up to its query; `//user:password@host` loses what stands before the last @ (WHATWG URL 4.4). */
static void put_place(struct buf *b, const struct redactor *redactor, struct text place)
{
    size_t start = 0;
    while (start + 2 < place.n && memcmp(place.p + start, "://", 3) != 0)
        start++;
    const struct text after = text_from(place, start + 3);
    const struct text authority = { after.p, text_find(after, '/') };
    size_t at = authority.n;
    while (at > 0 && authority.p[at - 1] != '@')
        at--;
    if (start + 2 >= place.n || at == 0) {
        put_printable(b, place);
        return;
    }
    put_printable(b, (struct text){ place.p, start + 3 });
    put_mask(b, redactor, text_clip(after, at - 1));
    put_printable(b, text_from(after, at - 1));
}

/* A value that is itself a URL with an @ may hold user information. */
static bool may_hold_user(struct text value)
{
    const bool at = text_find(value, '@') < value.n || text_contains(value, T("%40"));
    return at && (text_contains(value, T("//")) || text_contains(value, T("%2F%2F")) ||
                  text_contains(value, T("%2f%2f")));
}

static void put_url(struct buf *b, const struct redactor *redactor, struct text url)
{
    struct text rest = url;
    put_place(b, redactor, text_cut(&rest, '?'));
    for (char separator = '?'; rest.p; separator = '&') {
        struct text pair = text_cut(&rest, '&');
        const struct text name = text_cut(&pair, '=');
        buf_add_char(b, separator);
        put_printable(b, name);
        if (!pair.p)
            continue;
        buf_add_char(b, '=');
        if (redact_is_secret_name(name) || may_hold_user(pair))
            put_mask(b, redactor, pair);
        else
            put_printable(b, pair);
    }
}

void redact_put_url(struct buf *b, struct text url)
{
    put_url(b, &plain, url);
}

struct text redact_url_with(const struct redactor *redactor, struct arena *arena, struct text url)
{
    struct buf b = buf_new(arena, url.n * 12 + LIMIT_URI); /* a mask is longer than most that it stands for */
    put_url(&b, redactor, url);
    return buf_text(&b);
}

struct text redact_url(struct arena *arena, struct text url)
{
    return redact_url_with(&plain, arena, url);
}
