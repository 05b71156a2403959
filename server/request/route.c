#include "request/route.h"

#include <string.h>

const char *const method_names[] = { "GET", "POST", "PUT", "PATCH", "DELETE", NULL };

struct text route_piece(struct text *rest, bool *ret_param)
{
    struct text piece = text_cut(rest, '/');
    *ret_param = piece.n > 1 && piece.p[0] == '{';
    return *ret_param ? (struct text){ piece.p + 1, piece.n - 2 } : piece;
}

unsigned route_shapes(const struct route *route)
{
    return route->version ? route->version : 2;
}

const char *route_resource(const struct route *route)
{
    static const char team[] = "/teams/{teamId}";
    const char *path = route->version ? route->path + strlen("/v1") : route->path;
    return strncmp(path, team, strlen(team)) == 0 && path[strlen(team)] ? path + strlen(team) : path;
}

bool route_writes(const struct route *route)
{
    return route->tx == TX_WRITE || route->also & E_LATE;
}

bool route_is_idempotent(const struct route *route)
{
    return route->method != METHOD_GET && route_writes(route) && route->auth == AUTH_KEY;
}

/* Whether the path has a parameter: that of the team, or any other. */
static bool has_param(const struct route *route, bool team)
{
    bool param, found = false;
    for (struct text rest = text_of(route->path + 1); rest.p;) {
        const struct text name = route_piece(&rest, &param);
        found |= param && text_eq(name, T("teamId")) == team;
    }
    return found;
}

const unsigned error_statuses[] = { 400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 429, 500, 502, 503, 507, 0 };

bool route_declares(const struct route *route, unsigned status)
{
    const unsigned also = route->also;
    const bool key = route->auth == AUTH_KEY;
    const struct {
        unsigned status;
        bool declared;
    } rules[] = {
        { 400, true },
        { 401, key },
        { 403, also & E_403 || route->role > ROLE_LOWEST || has_param(route, true) },
        { 404, also & E_404 || (has_param(route, false) && !(also & E_NO_404)) },
        { 409, also & E_409 || route_is_idempotent(route) },
        { 413, route->body },
        { 415, route->body },
        { 422, also & E_422 },
        { 429, key && !(also & E_MCP) }, /* what it calls is counted instead */
        { 500, true },
        { 502, also & E_502 },
        { 503, also & E_503 },
        { 507, route_writes(route) || also & E_CLOCK },
    };
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (rules[i].status == status)
            return rules[i].declared;
    return false;
}

bool route_shapes_400(const struct route *route)
{
    return route->version && !(route->also & E_NO_400);
}

bool route_is_page(const struct route *route)
{
    return route && route->out && route->out->media && text_starts(text_of(route->out->media), T("text/html"));
}

bool route_refuses_unknown(const struct route *route)
{
    static const char *const lenient[] = {
        "/_mock/oauth/authorize/", "/_mock/composio/connect/", "/_mock/mcp/", "/_mock/health", "/_mock/ready",
        "/_mock/version", "/_mock/console", NULL,
    };
    const struct text path = text_of(route->path);
    const bool takes_all = route->body && route->body->raw; /* it is sent what others make */
    return text_starts(path, T("/_mock/")) && !takes_all && !text_starts_any(path, lenient) && !route_is_page(route);
}

bool request_as_write(struct request *rq)
{
    if (rq->route->tx == TX_WRITE || rq->writes)
        return false;
    rq->writes = true;
    rq->way = WAY_NOW;
    return true;
}
