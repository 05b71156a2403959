#include "space/hosts.h"

#include "base/uri.h"
#include "cli/config.h"
#include "request/server.h"

#include <unistd.h>

/* The name that multicast DNS gives this machine (RFC 6762). */
static bool is_this_machine(struct text host)
{
    char name[256];
    const struct text local = T(".local");
    if (!uri_host_is_below(host, local) || gethostname(name, sizeof name) != 0)
        return false;
    name[sizeof name - 1] = '\0';
    struct text rest = text_of(name);
    return text_eq_nocase(text_clip(host, host.n - local.n), text_cut(&rest, '.'));
}

/* RFC 6761, `.internal` (ICANN 2024), Kubernetes. */
bool host_is_nobodys(struct text host)
{
    static const char *const suffixes[] = { ".localhost", ".test", ".internal", ".svc", ".svc.cluster.local" };
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
        if (uri_host_is_below(host, text_of(suffixes[i])))
            return true;
    return uri_host_is_address(host) || text_find(host, '.') == host.n;
}

/* As it is looked up: a dot at the end says that the name is whole. */
struct text host_without_dot(struct text host)
{
    return host.n > 1 && text_ends(host, T(".")) ? text_clip(host, host.n - 1) : host;
}

/* A host of --allowed-hosts or --public-url. */
bool host_is_named(const struct request *rq, struct text host)
{
    const struct config *config = rq->server->config;
    struct uri ours;
    return uri_host_is_listed(config->allowed_hosts.v, config->allowed_hosts.n, host) ||
           (config->public_url && uri_parse_http(text_of(config->public_url), &ours) &&
            text_eq_nocase(ours.host, host));
}

bool host_is_ours(const struct request *rq, struct text host)
{
    return host_is_nobodys(host) || is_this_machine(host) || host_is_named(rq, host);
}
