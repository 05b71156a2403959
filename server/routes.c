#include "routes.h"

#include "api/handlers.h"
#include "base/uri.h"
#include "limit.h"

#include <string.h>

const char *const method_names[METHOD_COUNT] = { "GET", "POST", "PUT", "PATCH", "DELETE" };

#define ROLE_LOWEST ROLE_CLARITY_MEMBER

const struct route routes[] = {
#define ROUTE(m, p, op, a, r, t, in_path, in_query, in_body, answer, ok, handle, errs, title, text)                   \
    { .method = METHOD_##m, .path = (p), .operation = #op, .summary = (title), .doc = (text), .auth = AUTH_##a,        \
      .role = ROLE_##r, .tx = TX_##t, .path_in = (in_path), .query = (in_query), .body = (in_body), .out = (answer),   \
      .success = (ok), .fn = (handle), .errors = (errs),                                                               \
      .version = (p)[1] == 'v' && (p)[3] == '/' ? (unsigned)(p)[2] - '0' : 0 },
#include "routes.def"
#undef ROUTE
};

const size_t route_count = sizeof routes / sizeof routes[0];

struct text route_piece(struct text *rest, bool *ret_param)
{
    struct text piece = text_cut(rest, '/');
    *ret_param = piece.n > 1 && piece.p[0] == '{';
    return *ret_param ? (struct text){ piece.p + 1, piece.n - 2 } : piece;
}

/* How well a route fits: 0 not at all; else larger is better, an earlier literal segment counting most. */
static unsigned fit(const struct route *route, const struct text *segments, size_t n)
{
    unsigned score = 1;
    struct text rest = text_of(route->path + 1);
    for (size_t i = 0; i < n; i++) {
        bool param;
        if (!rest.p)
            return 0;
        const struct text piece = route_piece(&rest, &param);
        if (!param && !text_eq(piece, segments[i]))
            return 0;
        score = score * 2 + !param;
    }
    return rest.p ? 0 : score;
}

static bool same_method(struct text method, enum method of)
{
    const struct text asked = text_eq(method, T("HEAD")) ? T("GET") : method;
    return text_eq(asked, text_of(method_names[of]));
}

static bool take_params(const struct route *route, const struct text *segments, size_t n, struct arena *arena,
                        struct text **ret_params)
{
    struct text *params = ARENA_ARRAY(arena, n, struct text);
    struct text rest = text_of(route->path + 1);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        bool param;
        route_piece(&rest, &param);
        if (param && !uri_decode(arena, segments[i], false, &params[count++]))
            return false;
    }
    *ret_params = params;
    return true;
}

enum route_match route_find(struct text method, struct text path, struct arena *arena, const struct route **ret,
                            struct text **ret_params)
{
    struct text segments[LIMIT_SEGMENTS], rest = text_from(path, 1), ignored;
    size_t n = 0;
    if (!path.n || path.p[0] != '/')
        return ROUTE_UNKNOWN;
    if (!uri_decode(arena, path, false, &ignored))
        return ROUTE_BAD_ESCAPE;
    for (; rest.p && n < LIMIT_SEGMENTS; n++)
        segments[n] = text_cut(&rest, '/');
    const struct route *best = NULL;
    unsigned best_score = 0;
    for (size_t i = 0; i < route_count && !rest.p; i++) {
        const unsigned score = same_method(method, routes[i].method) ? fit(&routes[i], segments, n) : 0;
        if (score > best_score) {
            best = &routes[i];
            best_score = score;
        }
    }
    if (!best)
        return ROUTE_UNKNOWN;
    *ret = best;
    return take_params(best, segments, n, arena, ret_params) ? ROUTE_FOUND : ROUTE_BAD_ESCAPE;
}
