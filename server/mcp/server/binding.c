#include "mcp/server/binding.h"

#include "base/limit.h"
#include "mcp/server/preset.h"
#include "mcp/wellknown.h"
#include "space/links.h"
#include "store/query.h"

static const char *check_preset(struct text name)
{
    return preset_find(name) ? NULL : "Invalid preset: no built-in MCP server has this name";
}

static const struct field binding_fields[] = {
    FIELD_URL(struct mcp_binding, url, .column = "url", .flags = REQUIRED, .max = LIMIT_URL,
              .check = links_check_user, .doc = "URL bound to the server",
              .example = "\"https://mcp.internal.acme.com\""),
    FIELD_TEXT(struct mcp_binding, preset, .column = "preset", .flags = REQUIRED, .max = LIMIT_SLUG,
               .check = check_preset, .doc = "Built-in MCP server", .example = "\"oauth\""),
};
const struct spec mcp_binding_spec = SPEC(struct mcp_binding, "FixtureMcpBinding", binding_fields);

/* ---- URLs ------------------------------------------------------------------------------------------------ */

static struct text without_slash(struct text url)
{
    while (text_ends(url, T("/")))
        url.n--;
    return url;
}

bool mcp_same_resource(struct text a, struct text b)
{
    return text_eq(text_ends(a, T("/")) ? text_clip(a, a.n - 1) : a, text_ends(b, T("/")) ? text_clip(b, b.n - 1) : b);
}

struct text mcp_well_known(struct arena *arena, struct text url, struct text name)
{
    const struct text origin = url_origin(url), path = without_slash(text_from(url, origin.n));
    return text_format(arena, "%.*s/.well-known/%.*s%.*s", TEXT_ARG(origin), TEXT_ARG(name), TEXT_ARG(path));
}

/* What follows `bound` in the URL, query included, when it is the URL itself or something below it. */
static bool is_below(struct text url, struct text bound, struct text *ret_rest)
{
    const struct text root = without_slash(bound), rest = text_from(url, root.n);
    if (!text_starts(url, root) || (rest.n && rest.p[0] != '/' && rest.p[0] != '?'))
        return false;
    *ret_rest = text_starts(rest, T("/?")) || text_eq(rest, T("/")) ? text_from(rest, 1) : rest;
    return true;
}

/* Scheme and host in small letters (RFC 3986 section 6.2.2.1). */
static struct text normal_url(struct arena *arena, struct text url)
{
    const struct text origin = url_origin(url);
    return text_format(arena, "%.*s%.*s", TEXT_ARG(text_lower(arena, origin)), TEXT_ARG(text_from(url, origin.n)));
}

/* Where on the mock a URL is served that the binding covers. The well-known places come first: those of a bound origin
 * are below it, too. */
static bool path_under(struct arena *arena, const struct mcp_binding *binding, struct text url, struct text *ret)
{
    const struct text place = mcp_well_known(arena, binding->url.v, T("oauth-protected-resource"));
    struct text rest;
    if (is_below(url, place, &rest) && (!rest.n || rest.p[0] == '?'))
        *ret = text_format(arena, "/.well-known/oauth-protected-resource" MCP_PATH "%.*s%.*s",
                           TEXT_ARG(binding->preset.v), TEXT_ARG(rest));
    else if (is_below(url, binding->url.v, &rest))
        *ret = text_format(arena, MCP_PATH "%.*s%.*s", TEXT_ARG(binding->preset.v), TEXT_ARG(rest));
    else
        return false;
    return true;
}

/* ---- finding ------------------------------------------------------------------------------------------- */

/* The first that covers the URL, the longest bound URL first. */
static bool find_binding(struct request *rq, struct text url, struct mcp_binding *ret, struct text *ret_path)
{
    QUERY q = query(rq->db, SQL_MCP_BINDING_LIST);
    while (query_row(&q)) {
        *ret = (struct mcp_binding){ .url = { .is = VALUE_ABSENT } };
        col_row(&q, 0, &mcp_binding_spec, rq->arena, ret);
        ret->url.v = normal_url(rq->arena, ret->url.v);
        if (path_under(rq->arena, ret, normal_url(rq->arena, url), ret_path))
            return true;
    }
    return false;
}

bool mcp_binding_find(struct request *rq, struct text url, struct text *ret_preset)
{
    struct mcp_binding binding;
    struct text path;
    if (!find_binding(rq, url, &binding, &path))
        return false;
    *ret_preset = binding.preset.v;
    return true;
}

bool mcp_binding_path(struct request *rq, struct text url, struct text *ret_path)
{
    struct mcp_binding binding;
    return find_binding(rq, url, &binding, ret_path);
}

struct text mcp_binding_meant(struct request *rq, struct text preset)
{
    const struct text as = links_told(rq, T("x-mock-as"));
    struct mcp_binding binding;
    struct text path;
    if (as.p && find_binding(rq, as, &binding, &path) && text_eq(binding.preset.v, preset))
        return binding.url.v;
    return (struct text){ NULL, 0 };
}

bool mcp_binding_is(struct request *rq, struct text url, struct text preset)
{
    struct mcp_binding binding;
    struct text path;
    return find_binding(rq, url, &binding, &path) && text_eq(binding.preset.v, preset) &&
           mcp_same_resource(binding.url.v, url);
}
