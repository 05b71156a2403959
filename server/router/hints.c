#include "router/hints.h"

#include "base/limit.h"
#include "request/operation.h"
#include "spec/nearest.h"

/* ---- what was asked for ---------------------------------------------------------------------------------- */

/* A path below version and team, which are where they are most often forgotten, doubled or exchanged. */
struct asked {
    enum method method;
    bool has_method;  /* one that routes have */
    unsigned version; /* 0: the path names none */
    size_t n;
    struct text v[LIMIT_SEGMENTS];
};

/* What an address takes along when it is copied out of a text. */
static struct text without_trailing_things(struct text path)
{
    static const char *const things[] = { "/", ".", ",", ";", ":", ")", "]", ">", "'", "\"", "%20", "%0A", "%0D", "%22",
                                          ".json" };
    for (size_t i = 0; i < sizeof things / sizeof things[0]; i++)
        if (text_ends(path, text_of(things[i])))
            return without_trailing_things(text_clip(path, path.n - strlen(things[i])));
    return path;
}

/* The number of `v1`, `V2`, or of a version that there is not; 0: it is none. */
static unsigned version_of(struct text segment)
{
    const bool is = segment.n == 2 && (segment.p[0] == 'v' || segment.p[0] == 'V') && segment.p[1] > '0' &&
                    segment.p[1] <= '9';
    return is ? (unsigned)(segment.p[1] - '0') : 0;
}

static void drop_first(struct asked *asked, size_t count)
{
    asked->n -= count;
    memmove(asked->v, asked->v + count, asked->n * sizeof asked->v[0]);
}

/* False when it is longer than any. */
static bool take_path(struct text path, struct asked *ret)
{
    for (struct text rest = without_trailing_things(path); rest.p;) {
        const struct text segment = text_cut(&rest, '/');
        const unsigned version = version_of(segment);
        if (version) {
            ret->version = version;
            ret->n = 0; /* what is before it is a base URL's */
        } else if (segment.n && ret->n == LIMIT_SEGMENTS) {
            return false;
        } else if (segment.n) {
            ret->v[ret->n++] = segment;
        }
    }
    if (ret->n > 2 && text_eq_nocase(ret->v[0], T("teams")))
        drop_first(ret, 2);
    return ret->n > 0;
}

static struct asked asked_of(const struct request *rq)
{
    struct asked asked = { .n = 0 };
    for (int i = 0; i < METHOD_COUNT; i++)
        if (text_eq_nocase(rq->method, text_of(method_names[i])) ||
            (i == METHOD_GET && text_eq_nocase(rq->method, T("HEAD")))) {
            asked.method = (enum method)i;
            asked.has_method = true;
        }
    if (!take_path(text_clip(rq->target, text_find(rq->target, '?')), &asked))
        asked.n = 0;
    return asked;
}

/* ---- what is near ---------------------------------------------------------------------------------------- */

enum { MOST_SLIPS = 2, FAR = 1000 };

static size_t slips_in(struct text segment, struct text literal)
{
    struct nearest nearest = nearest_to(segment);
    nearest_try(&nearest, literal);
    return nearest.word.n && nearest.distance <= MOST_SLIPS ? nearest.distance : FAR;
}

/* How far the path is from a route's: the slips in one of its words, of which the case is none; or FAR. */
static size_t distance(const struct asked *asked, const struct route *route)
{
    struct text rest = text_from(text_of(route_resource(route)), 1), wrong = { NULL, 0 }, right = { NULL, 0 };
    size_t n = 0;
    if (!route->version && asked->n && !text_eq_nocase(asked->v[0], T("_mock")) && text_starts(rest, T("_mock/")))
        rest = text_from(rest, sizeof "_mock/" - 1);
    for (; rest.p && n < asked->n; n++) {
        bool param;
        const struct text piece = route_piece(&rest, &param);
        if (param && text_eq(piece, T("*")))
            n = asked->n - 1;
        if (param || text_eq_nocase(piece, asked->v[n]))
            continue;
        if (wrong.p)
            return FAR;
        wrong = asked->v[n];
        right = piece;
    }
    if (rest.p || n != asked->n)
        return FAR;
    return wrong.p ? slips_in(wrong, right) : 0;
}

struct guess {
    const struct route *route;
    size_t distance; /* with what else differs */
};

static void try_route(const struct asked *asked, const struct route *route, struct guess *guess)
{
    size_t far = 8 * distance(asked, route);
    far += !asked->has_method || asked->method != route->method ? 4 : 0;
    far += asked->version && asked->version != route->version ? 2 : 0;
    far += !route->fn;
    if (far < guess->distance && (route->fn || !documented_is_mocked(route)))
        *guess = (struct guess){ route, far };
}

static struct guess guess(const struct asked *asked)
{
    struct guess guess = { NULL, 8 * FAR };
    for (size_t i = 0; i < route_count; i++)
        try_route(asked, &routes[i], &guess);
    for (size_t i = 0; i < documented_count; i++)
        try_route(asked, &documented[i], &guess);
    return guess;
}

/* ---- what is said ---------------------------------------------------------------------------------------- */

/* All methods of an address, when the one that was sent is none of them. */
static void put_methods(struct buf *b, const struct asked *asked, const struct route *route)
{
    const size_t start = b->n;
    if (asked->has_method && asked->method == route->method) {
        buf_add(b, text_of(method_names[route->method]));
        return;
    }
    for (size_t i = 0; i < route_count; i++)
        if (text_eq(text_of(routes[i].path), text_of(route->path)))
            buf_addf(b, "%s%s", b->n > start ? " or " : "", method_names[routes[i].method]);
    if (b->n == start)
        buf_add(b, text_of(method_names[route->method]));
}

static struct text near_miss(struct request *rq)
{
    const struct asked asked = asked_of(rq);
    const struct guess near = asked.n ? guess(&asked) : (struct guess){ .route = NULL };
    struct buf b = buf_new(rq->arena, LIMIT_WARNING);
    if (!near.route || text_eq(rq->method, T("OPTIONS")))
        return (struct text){ NULL, 0 };
    buf_add(&b, T("no such address: did you mean "));
    put_methods(&b, &asked, near.route);
    buf_addf(&b, " %s%s", near.route->path, near.route->fn ? "?" : "? It is documented by Duvo but not mocked");
    return buf_text(&b);
}

enum err hints_not_found(struct request *rq)
{
    rq->hint = rq->route ? text_format(rq->arena, "%s is documented by Duvo but not mocked; a fault with a body can "
                                                  "stand in", rq->route->operation)
                         : near_miss(rq);
    rq->message = text_format(rq->arena, "Route %s:%s not found", text_printable(rq->arena, rq->method),
                              text_printable(rq->arena, rq->uri));
    return ERR_ROUTE_NOT_FOUND;
}

/* What stands there when a template was not filled in, or with nothing. */
static const char *placeholder_of(struct text value)
{
    static const char *const nothing[] = { "undefined", "null", "None", "nil", NULL };
    const int found = value.n <= sizeof "undefined" - 1 ? text_index(value, nothing) : -1;
    if (found >= 0)
        return nothing[found];
    if (!value.n)
        return "nothing";
    const bool braces = text_starts(value, T("{")) && text_ends(value, T("}"));
    return braces || (value.n > 1 && value.p[0] == ':') ? "a placeholder" : NULL;
}

void hints_placeholder(struct request *rq)
{
    struct text rest = text_of(rq->route->path + 1);
    for (size_t n = 0; rest.p && rq->version;) {
        bool param;
        const struct text name = route_piece(&rest, &param);
        const char *placeholder = param ? placeholder_of(rq->params[n++]) : NULL;
        if (placeholder)
            rq->hint = text_format(rq->arena, "the path has %s in the place of {%.*s}", placeholder, TEXT_ARG(name));
    }
}
