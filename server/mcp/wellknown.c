#include "mcp/wellknown.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/uri.h"

static struct text text_before(struct text whole, const char *end)
{
    return text_clip(whole, (size_t)(end - whole.p));
}

/* Parts of a URL that was checked before; of any other, all unset. */
static struct uri checked_parts(struct text url)
{
    struct uri parts = { .scheme.p = NULL };
    uri_parse_http(url, &parts);
    return parts;
}

struct text url_origin(struct text url)
{
    const struct uri parts = checked_parts(url);
    const char *end = url.p + url.n;
    if (parts.fragment.p)
        end = parts.fragment.p - 1;
    if (parts.query.p)
        end = parts.query.p - 1;
    if (parts.path.p)
        end = parts.path.p;
    return text_before(url, end);
}

/* The path without the slash at its end. */
static struct text path_without_slash(const struct uri *parts)
{
    return text_ends(parts->path, T("/")) ? text_clip(parts->path, parts->path.n - 1) : parts->path;
}

static bool is_default_port(const struct uri *parts)
{
    const struct uri without = { .scheme = parts->scheme };
    return text_eq(uri_port(parts), uri_port(&without));
}

struct text url_canonical(struct arena *arena, struct text url)
{
    const struct uri parts = checked_parts(url);
    const bool bracketed = text_find(parts.host, ':') < parts.host.n;
    struct buf b = buf_new(arena, url.n + 1);
    buf_add(&b, text_lower(arena, parts.scheme));
    buf_add(&b, bracketed ? T("://[") : T("://"));
    buf_add(&b, text_lower(arena, parts.host));
    buf_add(&b, bracketed ? T("]") : T(""));
    if (!is_default_port(&parts)) {
        buf_add_char(&b, ':');
        buf_add(&b, parts.port);
    }
    if (!text_eq(parts.path, T("/")))
        buf_add(&b, parts.path);
    if (parts.query.p) {
        buf_add_char(&b, '?');
        buf_add(&b, parts.query);
    }
    return buf_text(&b);
}

bool url_is_loopback(struct text url)
{
    const struct text host = checked_parts(url).host;
    return text_eq_nocase(host, T("localhost")) || text_eq(host, T("127.0.0.1")) || text_eq(host, T("::1"));
}

bool url_is_insecure(struct text url)
{
    return !text_eq_nocase(checked_parts(url).scheme, T("https")) && !url_is_loopback(url);
}

/* ---- well-known URLs ----------------------------------------------------------------------------------- */

static void add_url(struct arena *arena, struct wellknown *w, struct text origin, struct text a, struct text b)
{
    w->urls[w->n++] = text_format(arena, "%.*s%.*s%.*s", TEXT_ARG(origin), TEXT_ARG(a), TEXT_ARG(b));
}

struct wellknown wellknown_resource(struct arena *arena, struct text resource)
{
    const struct text segment = T("/.well-known/oauth-protected-resource");
    const struct uri parts = checked_parts(resource);
    const struct text origin = url_origin(resource), path = path_without_slash(&parts);
    struct wellknown w = { .n = 0 };
    if (parts.query.p)
        add_url(arena, &w, origin, segment, text_format(arena, "%.*s?%.*s", TEXT_ARG(path), TEXT_ARG(parts.query)));
    else if (path.n)
        add_url(arena, &w, origin, segment, path);
    add_url(arena, &w, origin, segment, T(""));
    return w;
}

struct wellknown wellknown_issuer(struct arena *arena, struct text issuer)
{
    const struct text oauth = T("/.well-known/oauth-authorization-server");
    const struct text openid = T("/.well-known/openid-configuration");
    const struct uri parts = checked_parts(issuer);
    const struct text origin = url_origin(issuer), path = path_without_slash(&parts);
    struct wellknown w = { .n = 0 };
    add_url(arena, &w, origin, oauth, path);
    add_url(arena, &w, origin, openid, path);
    if (path.n)
        add_url(arena, &w, origin, path, openid);
    return w;
}

/* ---- identifiers --------------------------------------------------------------------------------------- */

enum resource_match resource_match(struct arena *arena, struct text server, struct text resource)
{
    const struct text ours = url_canonical(arena, server), theirs = url_canonical(arena, resource);
    const struct uri our = checked_parts(ours), their = checked_parts(theirs);
    if (text_eq(ours, theirs))
        return MATCH_EXACT;
    const struct text path = path_without_slash(&our), above = path_without_slash(&their);
    const bool below = text_starts(path, above) && (path.n == above.n || path.p[above.n] == '/');
    return below && text_eq(url_origin(ours), url_origin(theirs)) ? MATCH_PREFIX : MATCH_MISMATCH;
}

bool issuer_eq(struct text a, struct text b)
{
    const struct text longer = a.n > b.n ? a : b, shorter = a.n > b.n ? b : a;
    return text_eq(a, b) || (longer.n == shorter.n + 1 && text_starts(longer, shorter) &&
                             text_eq(checked_parts(longer).path, T("/")) && text_ends(longer, T("/")));
}
