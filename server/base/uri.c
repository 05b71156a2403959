#include "base/uri.h"

#include "base/arena.h"
#include "base/hex.h"

#include <uriparser/Uri.h>

enum { PORT_MAX = 65535 };

static struct text text_of_range(UriTextRangeA range)
{
    if (!range.first)
        return (struct text){ 0 };
    return (struct text){ range.first, (size_t)(range.afterLast - range.first) };
}

/* An empty port is the scheme's own, by the grammar. */
static bool is_port(struct text port)
{
    int64_t number = 0;
    return port.n == 0 || (text_to_uint(port, &number) && number <= PORT_MAX);
}

static bool is_http(const struct uri *uri)
{
    return text_eq_nocase(uri->scheme, T("http")) || text_eq_nocase(uri->scheme, T("https"));
}

/* From the end of the authority to the query or fragment; uriparser has it only in pieces. */
static struct text path_of(struct text t, const struct uri *uri, bool bracketed)
{
    struct text last = uri->port.p ? uri->port : uri->host;
    const char *from = last.p + last.n + (bracketed && !uri->port.p ? 1 : 0);
    struct text rest = text_from(t, (size_t)(from - t.p));
    size_t query = text_find(rest, '?'), fragment = text_find(rest, '#');
    size_t n = query < fragment ? query : fragment;
    return n ? (struct text){ rest.p, n } : (struct text){ 0 };
}

static bool uri_take(struct text t, const UriUriA *parsed, struct uri *ret)
{
    struct uri uri = {
        .scheme = text_of_range(parsed->scheme),
        .userinfo = text_of_range(parsed->userInfo),
        .host = text_of_range(parsed->hostText),
        .port = text_of_range(parsed->portText),
        .query = text_of_range(parsed->query),
        .fragment = text_of_range(parsed->fragment),
    };
    /* RFC 3986 also reserves bracketed addresses of future versions: there are none, and without their
     * brackets they would look like names. */
    if (!is_http(&uri) || uri.host.n == 0 || !is_port(uri.port) || parsed->hostData.ipFuture.first)
        return false;
    uri.path = path_of(t, &uri, parsed->hostData.ip6 != NULL);
    *ret = uri;
    return true;
}

bool uri_parse_http(struct text t, struct uri *ret)
{
    /* The grammar has no backslashes, blanks, control or non-ASCII characters, and no broken escapes. */
    UriUriA parsed;
    if (t.n == 0 || uriParseSingleUriExA(&parsed, t.p, t.p + t.n, NULL) != URI_SUCCESS)
        return false;
    bool ok = uri_take(t, &parsed, ret);
    uriFreeUriMembersA(&parsed);
    return ok;
}

int uri_escaped_byte(struct text t, size_t at)
{
    uint8_t byte;
    const bool room = at < t.n && t.n - at >= 3;
    return room && t.p[at] == '%' && hex_decode((struct text){ t.p + at + 1, 2 }, &byte, 1) ? byte : -1;
}

static bool unescape(struct arena *arena, struct text t, bool plus_is_blank, struct text *ret)
{
    char *p = arena_raw(arena, t.n);
    size_t n = 0;
    for (size_t i = 0; i < t.n; i++) {
        if (t.p[i] == '%') {
            const int byte = uri_escaped_byte(t, i);
            if (byte < 0)
                return false;
            p[n++] = (char)byte;
            i += 2;
        } else {
            p[n++] = plus_is_blank && t.p[i] == '+' ? ' ' : t.p[i];
        }
    }
    *ret = (struct text){ p, n };
    return true;
}

bool uri_decode(struct arena *arena, struct text t, bool plus_is_blank, struct text *ret)
{
    struct text decoded = t;
    bool as_is = text_find(t, '%') == t.n && (!plus_is_blank || text_find(t, '+') == t.n);
    if (!as_is && !unescape(arena, t, plus_is_blank, &decoded))
        return false;
    if (text_find(decoded, '\0') < decoded.n || !text_is_utf8(decoded))
        return false;
    *ret = decoded;
    return true;
}

bool uri_is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

void uri_put_encoded(struct buf *b, struct text t)
{
    for (size_t i = 0; i < t.n; i++) {
        if (uri_is_unreserved(t.p[i]))
            buf_add_char(b, t.p[i]);
        else
            buf_addf(b, "%%%02X", (unsigned char)t.p[i]);
    }
}
