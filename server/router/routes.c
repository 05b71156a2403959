#include "router/routes.h"

#include "api/handlers.h"
#include "base/memory.h"
#include "base/uri.h"
#include "base/limit.h"
#include "pages/page.h"
#include "request/operation.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* ---- the table ------------------------------------------------------------------------------------------ */

/* THE RULE for paths: what a row makes in each version, by its column `where`. What follows the prefix is the path and
 * the rest of the row. */
#define IN_V1_BOTH(...) { .version = 1, .path = "/v1" __VA_ARGS__ },
#define IN_V1_TEAM(...) { .version = 1, .path = "/v1" __VA_ARGS__ },
#define IN_V1_V1(...)   { .version = 1, .path = "/v1" __VA_ARGS__ },
#define IN_V1_V2(...)
#define IN_V1_ROOT(...)

#define IN_V2_BOTH(...) { .version = 2, .path = "/v2" __VA_ARGS__ },
#define IN_V2_TEAM(...) { .version = 2, .path_in = &any_team_path, .path = "/v2/teams/{teamId}" __VA_ARGS__ },
#define IN_V2_V1(...)
#define IN_V2_V2(...)   { .version = 2, .path = "/v2" __VA_ARGS__ },
#define IN_V2_ROOT(...)

#define IN_NONE_BOTH(...)
#define IN_NONE_TEAM(...)
#define IN_NONE_V1(...)
#define IN_NONE_V2(...)
#define IN_NONE_ROOT(p, ...) { .version = VERSION_OF(p), .path = p, __VA_ARGS__ },
#define VERSION_OF(p)        ((p)[1] == 'v' && (p)[3] == '/' ? (unsigned)(p)[2] - '0' : 0)

#define WHO_OPEN    .auth = AUTH_NONE, .role = ROLE_LOWEST
#define WHO_KEY     .auth = AUTH_KEY, .role = ROLE_LOWEST
#define WHO_BUILDER .auth = AUTH_KEY, .role = ROLE_BUILDER
#define WHO_MANAGER .auth = AUTH_KEY, .role = ROLE_MANAGER

#define IN_PATH(name)  .path_in = &name,
#define IN_QUERY(name) .query = &name,
#define IN_BODY(name)  .body = &name,
#define OUT(name)      .out = &name,
#define REFUSAL(name)  .refusal = &name,
#define MAY(name)      .may = name,
#define ALSO(flags)    .also = flags,
#define NOTHING

#define ROUTE(m, where, p, op, who, t, handle, ok, parts, title, text)                                                 \
    IN_VERSION(where)(p, .method = METHOD_##m, .operation = #op, WHO_##who, .tx = TX_##t, .fn = handle, .success = ok, \
                      parts .summary = title, .doc = text)

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverride-init" /* IN_PATH comes after the team's */

/* The rows of /v1, of /v2, and all others: the order of the documents. */
const struct route routes[] = {
#define IN_VERSION(where) IN_V1_##where
#define V1_V2(v1, v2)     v1
#include "request/routes.def"
#undef IN_VERSION
#undef V1_V2
#define IN_VERSION(where) IN_V2_##where
#define V1_V2(v1, v2)     v2
#include "request/routes.def"
#undef IN_VERSION
#undef V1_V2
#define IN_VERSION(where) IN_NONE_##where
#define V1_V2(v1, v2)
#include "request/routes.def"
};

#pragma GCC diagnostic pop

const size_t route_count = sizeof routes / sizeof routes[0];

/* ---- the index ------------------------------------------------------------------------------------------ */

/* A segment of a path, with what tells it from most others in one comparison. */
struct segment {
    struct text text;
    uint64_t begins; /* its first bytes */
};

static struct segment segment_of(struct text text)
{
    struct segment s = { text, 0 };
    if (text.n >= sizeof s.begins)
        memcpy(&s.begins, text.p, sizeof s.begins);
    else if (text.n)
        memcpy(&s.begins, text.p, text.n);
    return s;
}

static bool segment_eq(const struct segment *a, const struct segment *b)
{
    return a->begins == b->begins && a->text.n == b->text.n &&
           (a->text.n <= sizeof a->begins || memcmp(a->text.p, b->text.p, a->text.n) == 0);
}

/* A route's path in pieces. */
struct pieces {
    const struct route *route;
    size_t n;
    struct segment v[LIMIT_SEGMENTS];
    unsigned params; /* bit i: piece i is a parameter */
    bool has_rest;   /* the last piece is {*}, and stands for one segment or more */
    struct pieces *next; /* of the same chain */
};

/* Chains by method and number of pieces, in the order in which they are to be tried: an earlier literal wins. Those
 * with a rest have a chain of their own, and their turn when no other fits. */
static struct pieces *chains[METHOD_COUNT][LIMIT_SEGMENTS + 1], *rests[METHOD_COUNT];

static struct pieces split(const struct route *route)
{
    struct pieces p = { .route = route };
    struct text rest = text_of(route->path + 1);
    for (; rest.p; p.n++) {
        bool param;
        if (p.n == LIMIT_SEGMENTS)
            die("a route with more segments than LIMIT_SEGMENTS");
        p.v[p.n] = segment_of(route_piece(&rest, &param));
        p.params |= (unsigned)param << p.n;
        p.has_rest = param && text_eq(p.v[p.n].text, T("*"));
    }
    return p;
}

/* Whether the lowest piece in which they differ is a literal in `a`. */
static bool goes_before(const struct pieces *a, const struct pieces *b)
{
    const unsigned differ = a->params ^ b->params;
    return differ && !(a->params & (differ & -differ));
}

static void add(struct pieces *p, const struct route *route)
{
    *p = split(route);
    struct pieces **at = p->has_rest ? &rests[route->method] : &chains[route->method][p->n];
    while (*at && !goes_before(p, *at))
        at = &(*at)->next;
    p->next = *at;
    *at = p;
}

/* What is documented and not mocked stands beside what is. */
static void build_index(void)
{
    struct pieces *p = calloc(route_count + documented_count, sizeof *p);
    if (!p)
        die("no memory for the table of routes");
    for (size_t i = 0; i < route_count; i++)
        add(p++, &routes[i]);
    for (size_t i = 0; i < documented_count; i++)
        if (!documented_is_mocked(&documented[i]))
            add(p++, &documented[i]);
}

static bool pieces_fit(const struct pieces *p, const struct segment *segments, size_t n)
{
    for (size_t i = 0; i < p->n; i++)
        if (i >= n || (!(p->params >> i & 1) && !segment_eq(&p->v[i], &segments[i])))
            return false;
    return true;
}

static const struct pieces *find_in(const struct pieces *p, const struct segment *segments, size_t n)
{
    while (p && !pieces_fit(p, segments, n))
        p = p->next;
    return p;
}

/* `more`: the path has more segments than these. */
static const struct pieces *find_pieces(enum method method, const struct segment *segments, size_t n, bool more)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, build_index);
    const struct pieces *found = more ? NULL : find_in(chains[method][n], segments, n);
    return found ? found : find_in(rests[method], segments, n);
}

/* ---- finding -------------------------------------------------------------------------------------------- */

/* HEAD is answered as GET. */
static bool find_method(struct text method, enum method *ret)
{
    const int i = text_index(text_eq(method, T("HEAD")) ? T("GET") : method, method_names);
    if (i >= 0)
        *ret = (enum method)i;
    return i >= 0;
}

static bool take_params(const struct pieces *p, const struct segment *segments, struct arena *arena,
                        struct text **ret_params)
{
    struct text *params = ARENA_ARRAY(arena, p->n, struct text);
    size_t count = 0;
    for (size_t i = 0; i < p->n; i++)
        if ((p->params >> i & 1) && !uri_decode(arena, segments[i].text, false, &params[count++]))
            return false;
    *ret_params = params;
    return true;
}

/* The first of them; true in *ret_more when there are others. */
static size_t take_segments(struct text path, struct segment *ret, bool *ret_more)
{
    struct text rest = text_from(path, 1);
    size_t n = 0;
    for (; rest.p && n < LIMIT_SEGMENTS; n++)
        ret[n] = segment_of(text_cut(&rest, '/'));
    *ret_more = rest.p != NULL;
    return n;
}

enum route_match route_find(struct text method, struct text path, struct arena *arena, const struct route **ret,
                            struct text **ret_params)
{
    struct segment segments[LIMIT_SEGMENTS];
    struct text ignored;
    enum method asked;
    bool more;
    if (!path.n || path.p[0] != '/')
        return ROUTE_UNKNOWN;
    if (!uri_decode(arena, path, false, &ignored))
        return ROUTE_BAD_ESCAPE;
    const size_t n = take_segments(path, segments, &more);
    const struct pieces *found = find_method(method, &asked) ? find_pieces(asked, segments, n, more) : NULL;
    if (!found)
        return ROUTE_UNKNOWN;
    *ret = found->route;
    if (!found->route->fn)
        return ROUTE_UNMOCKED;
    return take_params(found, segments, arena, ret_params) ? ROUTE_FOUND : ROUTE_BAD_ESCAPE;
}

bool route_is_found(struct text path, enum method method)
{
    struct segment segments[LIMIT_SEGMENTS];
    bool more;
    const size_t n = take_segments(path, segments, &more);
    return find_pieces(method, segments, n, more) != NULL;
}
