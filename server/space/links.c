#include "space/links.h"

#include "base/arena.h"
#include "base/uri.h"
#include "cli/config.h"
#include "base/limit.h"
#include "request/server.h"
#include "space/directory.h"

#include <stdio.h>

/* ---- the base ------------------------------------------------------------------------------------------ */

/* RFC 9110 section 7.2: an authority and nothing else. */
static bool is_host(struct arena *arena, struct text host)
{
    struct uri uri;
    return host.n <= LIMIT_HOST && uri_parse_http(text_format(arena, "http://%.*s", TEXT_ARG(host)), &uri) &&
           !uri.path.n && !uri.query.p && !uri.fragment.p && !uri.userinfo.p;
}

struct text links_in_space(const struct request *rq, struct text origin)
{
    if (!rq->home || space_is_default(rq->home))
        return text_copy(rq->arena, origin);
    return text_format(rq->arena, "%.*s/_mock/s/%.*s", TEXT_ARG(origin), TEXT_ARG(space_name(rq->home)));
}

struct text links_told(const struct request *rq, struct text header)
{
    return rq->origin == ORIGIN_SELF ? request_header(rq, header) : (struct text){ NULL, 0 };
}

/* What this process itself says when it calls itself on somebody's behalf (mcp/client/trip.c). */
static bool told_origin(const struct request *rq, struct text *ret)
{
    const struct text told = links_told(rq, T("x-mock-base"));
    struct uri uri;
    if (!told.n || told.n > LIMIT_URL || !text_is_visible_ascii(told) || !uri_parse_http(told, &uri) ||
        uri.userinfo.p || uri.query.p || uri.fragment.p)
        return false;
    *ret = told;
    return true;
}

enum err links_origin(struct request *rq, struct text *ret)
{
    const struct text host = request_header(rq, T("host"));
    if (rq->config->public_url)
        *ret = text_of(rq->config->public_url);
    else if (!told_origin(rq, ret) && host.n && is_host(rq->arena, host))
        *ret = text_format(rq->arena, "%s://%.*s", server_scheme(rq->server), TEXT_ARG(host));
    else if (!told_origin(rq, ret))
        return fail(rq, ERR_INVALID, "headers/host Invalid host");
    while (text_ends(*ret, T("/")))
        ret->n--;
    return OK;
}

enum err links_base(struct request *rq, struct text *ret)
{
    struct text origin;
    const enum err err = links_origin(rq, &origin);
    if (err == OK)
        *ret = links_in_space(rq, origin);
    return err;
}

/* Who reaches the mock by its public name is told that, be its port or scheme what they may behind a proxy. */
static bool asks_publicly(const struct request *rq, struct text host)
{
    struct uri ours;
    return rq->config->public_url && uri_parse_http(text_of(rq->config->public_url), &ours) &&
           text_eq_nocase(text_clip(host, text_find(host, ':')), ours.host);
}

/* Of its own calls those that stand for another URL (x-mock-as) go on from there. */
enum err links_asked(struct request *rq, struct text *ret)
{
    const struct text host = request_header(rq, T("host"));
    if (links_told(rq, T("x-mock-as")).p || !host.n || !is_host(rq->arena, host) || asks_publicly(rq, host))
        return links_base(rq, ret);
    *ret = links_in_space(rq, text_format(rq->arena, "%s://%.*s", server_scheme(rq->server), TEXT_ARG(host)));
    return OK;
}

/* ---- queries ------------------------------------------------------------------------------------------- */

/* A name that cannot be decoded is nobody's. */
static bool is_replaced(struct arena *arena, struct text raw, const char *const *names, const struct pair *params,
                        size_t n)
{
    struct text name;
    if (!uri_decode(arena, raw, true, &name))
        return false;
    for (size_t i = 0; i < n; i++)
        if (text_eq(name, params[i].name))
            return true;
    return names && text_index(name, names) >= 0;
}

/* The URL without what its query has of the names, and of the parameters' names. */
static struct text without(struct arena *arena, struct text url, const char *const *names, const struct pair *params,
                           size_t n)
{
    const size_t end = text_find(url, '#'), mark = text_find(text_clip(url, end), '?');
    struct buf b = buf_new(arena, url.n + 1);
    bool dropped = false;
    if (mark == end)
        return url;
    buf_add(&b, text_clip(url, mark));
    for (struct text rest = text_from(text_clip(url, end), mark + 1); rest.p;) {
        const struct text one = text_cut(&rest, '&');
        struct text value = one;
        if (is_replaced(arena, text_cut(&value, '='), names, params, n)) {
            dropped = true;
            continue;
        }
        buf_add_char(&b, b.n == mark ? '?' : '&');
        buf_add(&b, one);
    }
    buf_add(&b, text_from(url, end));
    return dropped ? buf_text(&b) : url;
}

struct text links_with(struct arena *arena, struct text url, const struct pair *params, size_t n)
{
    return links_answer(arena, url, NULL, params, n);
}

struct text links_answer(struct arena *arena, struct text given, const char *const *names, const struct pair *params,
                         size_t n)
{
    const struct text url = without(arena, given, names, params, n);
    const size_t end = text_find(url, '#');
    const struct text before = { url.p, end };
    size_t room = url.n + 1;
    for (size_t i = 0; i < n; i++)
        room += 3 * (params[i].name.n + params[i].value.n) + 2;
    struct buf b = buf_new(arena, room);
    buf_add(&b, before);
    const size_t mark = text_find(before, '?');
    bool query = mark < before.n, separated = mark + 1 == before.n || (query && text_ends(before, T("&")));
    for (size_t i = 0; i < n; i++) {
        if (!separated)
            buf_add_char(&b, query ? '&' : '?');
        query = true;
        separated = false;
        uri_put_encoded(&b, params[i].name);
        buf_add_char(&b, '=');
        uri_put_encoded(&b, params[i].value);
    }
    buf_add(&b, text_from(url, end));
    return buf_text(&b);
}

/* ---- where a browser may be sent -------------------------------------------------------------------------- */

static const char odd_characters[] =
    "Invalid URL: blanks, backslashes, control and non-ASCII characters are not allowed";

static bool has_odd_characters(struct text url)
{
    return !text_is_visible_ascii(url) || text_find(url, '\\') < url.n;
}

const char *links_check_user(struct text url)
{
    struct uri uri;
    return uri_parse_http(url, &uri) && uri.userinfo.p ? "Invalid URL: user information is not allowed" : NULL;
}

const char *links_check_absolute(struct text url)
{
    struct uri uri;
    if (has_odd_characters(url))
        return odd_characters;
    return uri_parse_http(url, &uri) ? links_check_user(url) : "Invalid URL";
}

/* In a reference, `//host` is a host of its own (RFC 3986 section 4.2). */
const char *links_check_return(struct text url)
{
    struct uri uri;
    if (!text_starts(url, T("/")))
        return links_check_absolute(url);
    if (has_odd_characters(url))
        return odd_characters;
    if (text_starts(url, T("//")))
        return "Invalid URL: a path begins with a single slash";
    char absolute[sizeof "http://h" + LIMIT_RETURN_URL];
    const int n = snprintf(absolute, sizeof absolute, "http://h%.*s", TEXT_ARG(url));
    if (n < 0 || (size_t)n >= sizeof absolute || !uri_parse_http((struct text){ absolute, (size_t)n }, &uri))
        return "Invalid URL";
    return NULL;
}
