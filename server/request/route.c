#include "request/route.h"

const char *const method_names[METHOD_COUNT] = { "GET", "POST", "PUT", "PATCH", "DELETE" };

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

bool route_is_idempotent(const struct route *route)
{
    return route->method != METHOD_GET && (route->tx == TX_WRITE || route->errors & E_LATE) &&
           route->auth == AUTH_KEY;
}

/* `flags` 0: those that follow from what else the row says. */
size_t route_error_statuses(const struct route *route, unsigned *ret, size_t max)
{
    const bool key = route->auth == AUTH_KEY;
    const struct {
        unsigned status, flags;
        bool follows;
    } rules[] = {
        { 400, 0, true },       { 401, 0, key },        { 403, E_403, false },
        { 404, E_404, false },  { 409, E_409, route_is_idempotent(route) },
        { 413, E_BODY, false }, { 415, E_BODY, false }, { 422, E_422, false },
        { 429, 0, key },        { 500, 0, true },       { 503, E_503, false },
    };
    size_t n = 0;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (n < max && (rules[i].follows || route->errors & rules[i].flags))
            ret[n++] = rules[i].status;
    return n;
}

bool route_is_page(const struct route *route)
{
    return route && route->out && route->out->media && text_starts(text_of(route->out->media), T("text/html"));
}
