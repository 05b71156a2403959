#include "control/guard.h"

#include "base/uri.h"
#include "cli/config.h"
#include "request/server.h"

/* ---- hosts ----------------------------------------------------------------------------------------------- */

/* uriparser has found it to be a host; digits and dots alone are an IPv4 address, a colon means IPv6. */
static bool is_address(struct text host)
{
    bool digits = host.n > 0;
    for (size_t i = 0; i < host.n; i++)
        digits &= (host.p[i] >= '0' && host.p[i] <= '9') || host.p[i] == '.';
    return digits || text_find(host, ':') < host.n;
}

static bool is_local_name(struct text host)
{
    const struct text suffix = T(".localhost"); /* RFC 6761 section 6.3 */
    const struct text end = host.n > suffix.n ? text_from(host, host.n - suffix.n) : host;
    return text_find(host, '.') == host.n || text_eq_nocase(end, suffix);
}

/* `*.example.com` is every name below it. */
static bool is_listed(const struct config_list *list, struct text host)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct text one = text_of(list->v[i]);
        const bool below = text_starts(one, T("*."));
        const struct text suffix = text_from(one, below);
        if (!below && text_eq_nocase(one, host))
            return true;
        if (below && host.n > suffix.n && text_eq_nocase(text_from(host, host.n - suffix.n), suffix))
            return true;
    }
    return false;
}

static bool is_trusted(const struct request *rq, struct text url)
{
    const struct config *config = rq->server->config;
    struct uri uri, ours;
    if (!uri_parse_http(url, &uri) || uri.userinfo.p)
        return false;
    return is_address(uri.host) || is_local_name(uri.host) || is_listed(&config->allowed_hosts, uri.host) ||
           (config->public_url && uri_parse_http(text_of(config->public_url), &ours) &&
            text_eq_nocase(ours.host, uri.host));
}

static enum err check_hosts(const struct request *rq)
{
    const struct text host = request_header(rq, T("host")), origin = request_header(rq, T("origin"));
    if (host.p && !is_trusted(rq, text_format(rq->arena, "http://%.*s", TEXT_ARG(host))))
        return ERR_FOREIGN_HOST;
    return origin.p && !is_trusted(rq, origin) ? ERR_FOREIGN_HOST : OK;
}

bool guard_covers(struct text target)
{
    return text_starts(target, T("/_mock/"));
}

/* ---- the token ------------------------------------------------------------------------------------------- */

bool guard_wants_token(struct text target)
{
    static const char *const open[] = { "/_mock/health", "/_mock/ready", "/_mock/ca.pem", "/_mock/console.js",
                                        "/_mock/oauth/authorize/",
                                        "/_mock/oauth/result/", "/_mock/composio/connect/", "/_mock/mcp/" };
    for (size_t i = 0; i < sizeof open / sizeof open[0]; i++)
        if (text_starts(target, text_of(open[i])))
            return false;
    return true;
}

static enum err check_token(const struct request *rq)
{
    const struct text wanted = text_of(rq->server->config->admin_token);
    const struct secret_key *key = store_key(rq->server->store);
    struct text token;
    if (!wanted.p || !guard_wants_token(rq->target))
        return OK;
    if (bearer_token(rq, &token) != OK)
        return ERR_NO_ADMIN_TOKEN;
    const struct secret_hash a = secret_hash(key, secret_of(wanted)), b = secret_hash(key, secret_of(token));
    return secret_hash_eq(&a, &b) ? OK : ERR_BAD_ADMIN_TOKEN;
}

enum err guard_check(const struct request *rq)
{
    if (!guard_covers(rq->target))
        return OK;
    const enum err err = check_hosts(rq);
    return err == OK ? check_token(rq) : err;
}
