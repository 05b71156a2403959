#include "router/routes.h"

#include "api/handlers.h"
#include "base/uri.h"
#include "base/limit.h"
#include "pages/page.h"

#include <pthread.h>
#include <string.h>

#define ROLE_LOWEST ROLE_CLARITY_MEMBER

const struct route routes[] = {
#define ROUTE(m, p, op, a, r, t, in_path, in_query, in_body, answer, ok, handle, errs, title, text)                   \
    { .method = METHOD_##m, .path = (p), .operation = #op, .summary = (title), .doc = (text), .auth = AUTH_##a,        \
      .role = ROLE_##r, .tx = TX_##t, .path_in = (in_path), .query = (in_query), .body = (in_body), .out = (answer),   \
      .success = (ok), .fn = (handle), .errors = (errs),                                                               \
      .version = (p)[1] == 'v' && (p)[3] == '/' ? (unsigned)(p)[2] - '0' : 0 },
#include "router/routes.def"
#undef ROUTE
};

const size_t route_count = sizeof routes / sizeof routes[0];

/* ---- the index ------------------------------------------------------------------------------------------ */

/* A route's path in pieces. */
struct pieces {
    const struct route *route;
    size_t n;
    struct text v[LIMIT_SEGMENTS];
    unsigned params; /* bit i: piece i is a parameter */
    struct pieces *next; /* of the same method and number of pieces */
};

/* Chains by method and number of pieces, in the order in which they are to be tried: an earlier literal wins. */
static struct pieces *chains[METHOD_COUNT][LIMIT_SEGMENTS + 1];

static struct pieces split(const struct route *route)
{
    struct pieces p = { .route = route };
    struct text rest = text_of(route->path + 1);
    for (; rest.p; p.n++) {
        bool param;
        if (p.n == LIMIT_SEGMENTS)
            die("a route with more segments than LIMIT_SEGMENTS");
        p.v[p.n] = route_piece(&rest, &param);
        p.params |= (unsigned)param << p.n;
    }
    return p;
}

/* Whether the lowest piece in which they differ is a literal in `a`. */
static bool goes_before(const struct pieces *a, const struct pieces *b)
{
    const unsigned differ = a->params ^ b->params;
    return differ && !(a->params & (differ & -differ));
}

static void build_index(void)
{
    static struct pieces all[sizeof routes / sizeof routes[0]];
    for (size_t i = 0; i < route_count; i++) {
        all[i] = split(&routes[i]);
        struct pieces **at = &chains[routes[i].method][all[i].n];
        while (*at && !goes_before(&all[i], *at))
            at = &(*at)->next;
        all[i].next = *at;
        *at = &all[i];
    }
}

static bool fits(const struct pieces *p, const struct text *segments)
{
    for (size_t i = 0; i < p->n; i++)
        if (!(p->params >> i & 1) && !text_eq(p->v[i], segments[i]))
            return false;
    return true;
}

static const struct pieces *find_pieces(enum method method, const struct text *segments, size_t n)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, build_index);
    const struct pieces *p = chains[method][n];
    while (p && !fits(p, segments))
        p = p->next;
    return p;
}

/* ---- finding -------------------------------------------------------------------------------------------- */

/* HEAD is answered as GET. */
static bool find_method(struct text method, enum method *ret)
{
    const struct text asked = text_eq(method, T("HEAD")) ? T("GET") : method;
    for (int i = 0; i < METHOD_COUNT; i++)
        if (text_eq(asked, text_of(method_names[i]))) {
            *ret = (enum method)i;
            return true;
        }
    return false;
}

static bool take_params(const struct pieces *p, const struct text *segments, struct arena *arena,
                        struct text **ret_params)
{
    struct text *params = ARENA_ARRAY(arena, p->n, struct text);
    size_t count = 0;
    for (size_t i = 0; i < p->n; i++)
        if ((p->params >> i & 1) && !uri_decode(arena, segments[i], false, &params[count++]))
            return false;
    *ret_params = params;
    return true;
}

enum route_match route_find(struct text method, struct text path, struct arena *arena, const struct route **ret,
                            struct text **ret_params)
{
    struct text segments[LIMIT_SEGMENTS], rest = text_from(path, 1), ignored;
    enum method asked;
    size_t n = 0;
    if (!path.n || path.p[0] != '/')
        return ROUTE_UNKNOWN;
    if (!uri_decode(arena, path, false, &ignored))
        return ROUTE_BAD_ESCAPE;
    for (; rest.p && n < LIMIT_SEGMENTS; n++)
        segments[n] = text_cut(&rest, '/');
    const struct pieces *found = !rest.p && find_method(method, &asked) ? find_pieces(asked, segments, n) : NULL;
    if (!found)
        return ROUTE_UNKNOWN;
    *ret = found->route;
    return take_params(found, segments, arena, ret_params) ? ROUTE_FOUND : ROUTE_BAD_ESCAPE;
}
