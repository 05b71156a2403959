#include "control/guard.h"

#include "base/last_text.h"
#include "base/uri.h"
#include "cli/config.h"
#include "request/server.h"
#include "space/hosts.h"

enum { MOST_SHOWN = 200 }; /* of a name, in a message */

/* ---- hosts ----------------------------------------------------------------------------------------------- */

/* Programs that are pointed here by a name of the vendor. */
static bool is_vendor(struct text host)
{
    return text_eq_nocase(host, T("api.duvo.ai")) || text_eq_nocase(host, T("platform.duvo.ai"));
}

static bool may_ask(const struct request *rq, struct text host)
{
    return host_is_ours(rq, host) || (request_is_api(rq) && is_vendor(host));
}

static struct text target_path(const struct request *rq)
{
    return text_clip(rq->target, text_find(rq->target, '?'));
}

/* The API is as closed as the control plane where only this machine can reach it: then a foreign name is DNS rebinding.
 * What orchestrators ask answers to any name. */
static bool wants_known_host(const struct request *rq)
{
    static const char *const any[] = { "/_mock/health", "/_mock/ready", "/_mock/version", NULL };
    if (text_index(target_path(rq), any) >= 0)
        return false;
    return guard_covers(rq->target) || (request_is_api(rq) && uri_host_is_loopback(text_of(rq->server->config->host)));
}

/* A Host that anybody may send, as it came. */
static _Thread_local struct last_text passed;

static enum err check_host(struct request *rq)
{
    const struct text host = request_header(rq, T("host"));
    struct uri uri;
    if (!host.p || last_text_is(&passed, host) || !wants_known_host(rq))
        return OK;
    const char *const who = request_is_api(rq) ? "API" : "control plane";
    if (!uri_parse_http(text_format(rq->arena, "http://%.*s", TEXT_ARG(host)), &uri) || uri.userinfo.p)
        return request_is_api(rq) ? OK /* no browser sends it; where a link is made of it, it is refused */
                                  : fail(rq, ERR_FOREIGN_HOST, "The control plane does not answer to this Host: "
                                                               "expected a name or an address");
    const struct text name = text_clip(host_without_dot(uri.host), MOST_SHOWN);
    if (host_is_nobodys(host_without_dot(uri.host)))
        last_text_keep(&passed, host);
    return may_ask(rq, host_without_dot(uri.host))
               ? OK
               : fail(rq, ERR_FOREIGN_HOST, "The %s does not answer to the Host %.*s; if it is yours, start with "
                                            "--allowed-hosts %.*s", who, TEXT_ARG(name), TEXT_ARG(name));
}

/* ---- origins ---------------------------------------------------------------------------------------------- */

/* The scheme is left to whoever ends TLS before us. */
static bool is_own_origin(const struct request *rq, struct text origin)
{
    const struct text host = request_header(rq, T("host"));
    const struct text authority = text_from(origin, text_starts(origin, T("https://")) ? 8 : 7);
    return host.n && text_eq_nocase(authority, host);
}

bool guard_trusts_origin(const struct request *rq)
{
    const struct text origin = request_header(rq, T("origin"));
    struct uri uri;
    if (!origin.p || !uri_parse_http(origin, &uri) || uri.userinfo.p)
        return false;
    const struct text host = host_without_dot(uri.host);
    return text_eq_nocase(host, T("localhost")) || uri_host_is_below(host, T(".localhost")) ||
           text_eq(host, T("127.0.0.1")) || text_eq(host, T("::1")) || text_eq(host, T("[::1]")) ||
           host_is_named(rq, host) || is_own_origin(rq, origin);
}

static bool is_unsafe(const struct request *rq)
{
    return !text_eq(rq->method, T("GET")) && !text_eq(rq->method, T("HEAD")) && !text_eq(rq->method, T("OPTIONS"));
}

static enum err check_origin(struct request *rq, bool shared)
{
    const struct text origin = request_header(rq, T("origin"));
    if (shared || guard_trusts_origin(rq))
        return OK;
    if (origin.p)
        return fail(rq, ERR_FOREIGN_HOST, "The control plane does not answer to a page of the Origin %.*s; if it is "
                                          "yours, start with --allowed-hosts and its host",
                    TEXT_ARG(text_clip(origin, MOST_SHOWN)));
    return is_unsafe(rq) && text_eq_nocase(request_header(rq, T("sec-fetch-site")), T("cross-site"))
               ? fail(rq, ERR_FOREIGN_HOST, "The control plane does not answer to a page of another site "
                                            "(Sec-Fetch-Site: cross-site); see --allowed-hosts")
               : OK;
}

/* Of an Origin or a Referer. */
static bool is_page_of_ours(const struct request *rq, struct text url)
{
    struct uri uri;
    if (!url.p || !uri_parse_http(url, &uri) || uri.userinfo.p)
        return false;
    const size_t scheme = text_find(url, ':') + sizeof "://" - 1;
    const struct text origin = text_clip(url, scheme + text_find(text_from(url, scheme), '/'));
    return is_own_origin(rq, origin) || host_is_named(rq, host_without_dot(uri.host));
}

enum err guard_check_form(struct request *rq)
{
    const struct text site = request_header(rq, T("sec-fetch-site")), origin = request_header(rq, T("origin"));
    const bool ours = site.p ? text_eq_nocase(site, T("same-origin"))
                             : is_page_of_ours(rq, origin.p ? origin : request_header(rq, T("referer")));
    if (ours)
        return OK;
    return fail(rq, ERR_FOREIGN_HOST, "A form of the console is taken from the console's own page alone, as "
                                      "Sec-Fetch-Site, Origin or Referer names it; anything else sends the call "
                                      "itself, as JSON");
}

bool guard_covers(struct text target)
{
    return text_starts(target, T("/_mock/"));
}

/* ---- the token ------------------------------------------------------------------------------------------- */

bool guard_wants_token(struct text method, struct text target)
{
    static const char *const open[] = { "/_mock/health", "/_mock/ready", "/_mock/ca.pem", "/_mock/console.js",
                                        "/_mock/console/",
                                        "/_mock/oauth/authorize/",
                                        "/_mock/oauth/result/", "/_mock/composio/connect/", "/_mock/mcp/", NULL };
    const bool sends = text_eq(method, T("POST")) && text_starts(target, T("/_mock/inbox/"));
    return !sends && !text_starts_any(target, open);
}

static enum err check_token(const struct request *rq)
{
    const struct text wanted = text_of(rq->server->config->admin_token);
    struct text token;
    if (!wanted.p || !guard_wants_token(rq->method, rq->target))
        return OK;
    if (bearer_token(rq, &token) != OK)
        return ERR_NO_ADMIN_TOKEN;
    const bool right = secret_eq(store_key(rq->server->store), secret_of(wanted), secret_of(token));
    return right ? OK : ERR_BAD_ADMIN_TOKEN;
}

enum err guard_check(struct request *rq, bool shared)
{
    enum err err = check_host(rq);
    if (err != OK || !guard_covers(rq->target))
        return err;
    err = check_origin(rq, shared);
    return err == OK ? check_token(rq) : err;
}
