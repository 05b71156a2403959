#include "base/uri.h"

#include "base/arena.h"
#include "base/hex.h"
#include "base/idn.h"
#include "base/last_text.h"

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
static struct text path_behind(struct text t, const struct uri *uri, bool bracketed)
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
    uri.path = path_behind(t, &uri, parsed->hostData.ip6 != NULL);
    *ret = uri;
    return true;
}

/* The last one that this thread has taken apart: clients name the same URL again and again, and each is looked at more
 * than once. None is kept that has user information, a query or a fragment, where secrets stand. */
static _Thread_local struct {
    struct last_text text;
    struct part {
        size_t at, n;
    } scheme, host, port, path;
} last;

static struct part part_of(struct text t, struct text piece)
{
    return piece.p ? (struct part){ (size_t)(piece.p - t.p), piece.n } : (struct part){ t.n + 1, 0 };
}

static struct text piece_of(struct text t, struct part part)
{
    return part.at <= t.n ? (struct text){ t.p + part.at, part.n } : (struct text){ 0 };
}

static void keep(struct text t, const struct uri *uri)
{
    if (uri->userinfo.p || uri->query.p || uri->fragment.p || !last_text_keep(&last.text, t))
        return;
    last.scheme = part_of(t, uri->scheme);
    last.host = part_of(t, uri->host);
    last.port = part_of(t, uri->port);
    last.path = part_of(t, uri->path);
}

static bool recall(struct text t, struct uri *ret)
{
    if (!last_text_is(&last.text, t))
        return false;
    *ret = (struct uri){
        .scheme = piece_of(t, last.scheme),
        .host = piece_of(t, last.host),
        .port = piece_of(t, last.port),
        .path = piece_of(t, last.path),
    };
    return true;
}

bool uri_parse_http(struct text t, struct uri *ret)
{
    /* The grammar has no backslashes, blanks, control or non-ASCII characters, and no broken escapes. */
    UriUriA parsed;
    if (recall(t, ret))
        return true;
    if (t.n == 0 || uriParseSingleUriExA(&parsed, t.p, t.p + t.n, NULL) != URI_SUCCESS)
        return false;
    bool ok = uri_take(t, &parsed, ret);
    uriFreeUriMembersA(&parsed);
    if (ok)
        keep(t, ret);
    return ok;
}

/* ---- other letters than ASCII's ------------------------------------------------------------------------- */

/* Where the host of a reference ends; 0 when it has none. */
static size_t authority_end(struct text t)
{
    size_t at = text_find(t, ':');
    at = text_starts(t, T("//")) ? 0 : text_starts(text_from(t, at), T("://")) ? at + 1 : t.n;
    if (at == t.n)
        return 0;
    for (at += 2; at < t.n && !strchr("/?#", t.p[at]); at++)
        ;
    return at;
}

static bool is_ascii(struct text t)
{
    for (size_t i = 0; i < t.n; i++)
        if ((unsigned char)t.p[i] >= 0x80)
            return false;
    return true;
}

/* The host of an authority that is not all ASCII: between the slashes or the user information, and the port. */
static struct text find_host(struct text authority)
{
    size_t from = text_find(authority, '/') + 2, at = text_find(authority, '@');
    if (at < authority.n)
        from = at + 1;
    const struct text rest = text_from(authority, from);
    return text_clip(rest, text_find(rest, ':'));
}

/* Its first bytes, up to the path. */
static struct text encode_authority(struct arena *arena, struct text authority)
{
    struct text host;
    if (is_ascii(authority))
        return authority;
    const struct text said = find_host(authority);
    if (!idn_to_ascii(arena, said, &host))
        return authority;
    const struct text behind = text_from(authority, (size_t)(said.p - authority.p) + said.n);
    return text_format(arena, "%.*s%.*s%.*s", (int)(said.p - authority.p), authority.p, TEXT_ARG(host),
                       TEXT_ARG(behind));
}

/* With an escape for each byte that is not ASCII; blanks as browsers have them. */
static void put_behind(struct buf *b, struct text t, bool blanks)
{
    const size_t query = text_find(t, '?');
    for (size_t i = 0; i < t.n; i++) {
        const unsigned char c = (unsigned char)t.p[i];
        if (c < 0x80 && (c != ' ' || !blanks))
            buf_add_char(b, t.p[i]);
        else if (c == ' ' && i > query)
            buf_add_char(b, '+');
        else
            buf_addf(b, "%%%02X", c);
    }
}

static struct text encode(struct arena *arena, struct text t, bool blanks)
{
    const size_t end = authority_end(t);
    const struct text authority = encode_authority(arena, text_clip(t, end)), behind = text_from(t, end);
    struct buf b = buf_new(arena, authority.n + 3 * behind.n + 1);
    buf_add(&b, authority);
    put_behind(&b, behind, blanks);
    return buf_text(&b);
}

struct text uri_to_ascii(struct arena *arena, struct text t)
{
    return is_ascii(t) || !text_is_utf8(t) ? t : encode(arena, t, false);
}

/* ---- references ------------------------------------------------------------------------------------------ */

/* A parsed reference, which must outlive it. */
static bool parse_reference(struct text t, UriUriA *ret)
{
    return uriParseSingleUriExA(ret, t.p, t.p + t.n, NULL) == URI_SUCCESS;
}

static bool write_uri(struct arena *arena, const UriUriA *uri, struct text *ret)
{
    int n = 0;
    if (uriToStringCharsRequiredA(uri, &n) != URI_SUCCESS)
        return false;
    char *p = arena_raw(arena, (size_t)n + 1);
    const bool ok = uriToStringA(p, uri, n + 1, NULL) == URI_SUCCESS;
    *ret = (struct text){ p, ok ? (size_t)n : 0 };
    return ok;
}

static bool join(struct arena *arena, struct text base, struct text reference, struct text *ret)
{
    UriUriA from, to, whole;
    if (!parse_reference(base, &from))
        return false;
    bool ok = parse_reference(reference, &to);
    if (ok) {
        ok = uriAddBaseUriA(&whole, &to, &from) == URI_SUCCESS;
        ok = ok && write_uri(arena, &whole, ret);
        uriFreeUriMembersA(&whole);
        uriFreeUriMembersA(&to);
    }
    uriFreeUriMembersA(&from);
    return ok;
}

static struct text with_path(struct arena *arena, struct text t, const struct uri *parts)
{
    const size_t end = authority_end(t);
    return parts->path.n ? t : text_format(arena, "%.*s/%s", (int)end, t.p, t.p + end);
}

bool uri_resolve(struct arena *arena, struct text base, struct text reference, struct text *ret)
{
    const struct text document = text_clip(base, text_find(base, '#'));
    const struct text said = text_starts(reference, T("#")) ? T("") : encode(arena, reference, true);
    struct text whole;
    struct uri parts;
    if (!uri_parse_http(document, &parts) || !join(arena, document, said, &whole) ||
        !uri_parse_http(whole, &parts) || parts.userinfo.p)
        return false;
    *ret = with_path(arena, whole, &parts);
    return true;
}

/* ---- origins --------------------------------------------------------------------------------------------- */

struct text uri_port(const struct uri *uri)
{
    if (uri->port.n)
        return uri->port;
    return text_eq_nocase(uri->scheme, T("https")) ? T("443") : T("80");
}

bool uri_same_origin(struct text a, struct text b)
{
    struct uri one, other;
    return uri_parse_http(a, &one) && uri_parse_http(b, &other) && text_eq_nocase(one.scheme, other.scheme) &&
           text_eq_nocase(one.host, other.host) && text_eq(uri_port(&one), uri_port(&other));
}

bool uri_host_is_below(struct text host, struct text domain)
{
    return host.n > domain.n && text_eq_nocase(text_from(host, host.n - domain.n), domain);
}

static bool host_matches(struct text one, struct text host)
{
    if (text_starts(one, T("*.")))
        return uri_host_is_below(host, text_from(one, 1));
    if (text_starts(one, T("[")) && text_ends(one, T("]")))
        one = (struct text){ one.p + 1, one.n - 2 };
    return text_eq_nocase(one, host);
}

bool uri_host_is_listed(const char *const *list, size_t n, struct text host)
{
    for (size_t i = 0; i < n; i++)
        if (host_matches(text_of(list[i]), host))
            return true;
    return false;
}

bool uri_host_is_address(struct text host)
{
    bool digits = host.n > 0;
    for (size_t i = 0; i < host.n; i++)
        digits &= (host.p[i] >= '0' && host.p[i] <= '9') || host.p[i] == '.';
    return digits || text_find(host, ':') < host.n;
}

bool uri_host_is_loopback(struct text host)
{
    return text_eq_nocase(host, T("localhost")) || uri_host_is_below(host, T(".localhost")) ||
           text_eq(host, T("::1")) || text_eq(host, T("[::1]")) ||
           (text_starts(host, T("127.")) && uri_host_is_address(host));
}

/* ---- percent-encoding ------------------------------------------------------------------------------------ */

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
