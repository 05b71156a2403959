#include "redact.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hex.h"
#include "limit.h"

static const char mask[] = "[redacted]";

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

bool redact_is_secret_name(struct text name)
{
    static const char *const words[] = { "token", "secret", "password", "passwd", "authorization", "apikey", "api_key",
                                         "api-key", "cookie", "credential", "code", "verifier", "signature",
                                         "assertion" };
    char lower[64];
    size_t n = 0;
    for (size_t i = 0; i < name.n && n < sizeof lower; n++)
        lower[n] = take_lower(name, &i);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_contains((struct text){ lower, n }, text_of(words[i])))
            return true;
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

/* `//user:password@host` loses what stands before the @. */
static struct text put_authority(struct buf *b, struct text url)
{
    size_t start = 0;
    while (start + 2 < url.n && memcmp(url.p + start, "://", 3) != 0)
        start++;
    if (start + 2 >= url.n)
        return url;
    const struct text after = text_from(url, start + 3);
    const struct text authority = { after.p, text_find(after, '/') };
    const size_t at = text_find(authority, '@');
    if (at == authority.n)
        return url;
    put_printable(b, (struct text){ url.p, start + 3 });
    buf_add(b, text_of(mask));
    return text_from(after, at);
}

void redact_put_url(struct buf *b, struct text url)
{
    struct text rest = put_authority(b, url);
    put_printable(b, text_cut(&rest, '?'));
    for (char separator = '?'; rest.p; separator = '&') {
        struct text pair = text_cut(&rest, '&');
        const struct text name = text_cut(&pair, '=');
        buf_add_char(b, separator);
        put_printable(b, name);
        if (!pair.p)
            continue;
        buf_add_char(b, '=');
        if (redact_is_secret_name(name))
            buf_add(b, text_of(mask));
        else
            put_printable(b, pair);
    }
}

struct text redact_url(struct arena *arena, struct text url)
{
    struct buf b = buf_new(arena, url.n * 3 + LIMIT_URI);
    redact_put_url(&b, url);
    return buf_text(&b);
}
