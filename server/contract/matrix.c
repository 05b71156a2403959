#include "contract/contract.h"

#include "base/arena.h"
#include "contract/replies.h"
#include "fixtures/sections.h"
#include "request/operation.h"
#include "request/route.h"

#include <string.h>

enum { MATRIX_MAX = 1 << 20 };

struct family {
    const char *title, *part;
    uint64_t sections; /* bit i: section i */
};

static const struct family families[] = {
#define S(name) | UINT64_C(1) << SECTION_##name
#define FAMILY(title, part, sections) { (title), (part), 0 sections },
#include "contract/matrix.def"
#undef FAMILY
#undef S
};

enum { FAMILIES = sizeof families / sizeof families[0] };

_Static_assert(SECTION_COUNT <= 64, "a family's sections are bits of one number");

static const struct family *family_of(const struct route *route)
{
    const struct family *family = families;
    while (!strstr(route_resource(route), family->part)) /* the last one's is in every path */
        family++;
    return family;
}

/* ---- cells ------------------------------------------------------------------------------------------------- */

static void put_sections(struct buf *b, const struct family *family)
{
    const size_t start = b->n;
    for (int i = 0; i < SECTION_COUNT; i++)
        if (family->sections & UINT64_C(1) << i)
            buf_addf(b, "%s`%s`", b->n > start ? ", " : "", section_kinds[i].name);
    if (b->n == start)
        buf_add(b, T("–"));
}

/* What it does to the state. */
static const char *effect(const struct route *route)
{
    if (route->also & E_503)
        return route->also & E_LATE ? "calls the server, then writes" : "calls the server";
    return route->tx == TX_WRITE ? "writes" : route->tx == TX_READ ? "reads" : "–";
}

static void put_specs(struct buf *b, const struct route *route)
{
    const struct spec *const specs[] = { route->path_in, route->query, route->body };
    const size_t start = b->n;
    for (size_t i = 0; i < 3; i++)
        if (specs[i])
            buf_addf(b, "%s`%s`", b->n > start ? ", " : "", specs[i]->name);
    if (b->n == start)
        buf_add(b, T("–"));
}

static void put_statuses(struct buf *b, const struct route *route)
{
    const size_t start = b->n;
    for (const unsigned *status = error_statuses; *status; status++)
        if (replies_name_error(route, *status))
            buf_addf(b, "%s%u", b->n > start ? " " : "", *status);
}

/* ---- tables ------------------------------------------------------------------------------------------------ */

static bool is_first_of_title(size_t family)
{
    for (size_t i = 0; i < family; i++)
        if (strcmp(families[i].title, families[family].title) == 0)
            return false;
    return true;
}

static size_t count_routes(const char *title, unsigned version)
{
    size_t n = 0;
    for (size_t i = 0; i < route_count; i++)
        n += routes[i].version == version && strcmp(family_of(&routes[i])->title, title) == 0;
    return n;
}

static void put_families(struct buf *b)
{
    buf_add(b, T("| family | `/v1` | `/v2` | fixture sections |\n|---|---|---|---|\n"));
    for (size_t i = 0; i < FAMILIES; i++) {
        const char *title = families[i].title;
        const size_t v1 = count_routes(title, 1), v2 = count_routes(title, 2);
        if (!is_first_of_title(i) || v1 + v2 == 0)
            continue;
        buf_addf(b, "| %s | %zu | %zu | ", title, v1, v2);
        put_sections(b, &families[i]);
        buf_add(b, T(" |\n"));
    }
}

/* The same operation of the other version: the first that has its name. */
static const struct route *find_twin(const char *operation, unsigned version)
{
    for (size_t i = 0; i < route_count; i++)
        if (routes[i].version == version && strcmp(routes[i].operation, operation) == 0)
            return &routes[i];
    return NULL;
}

static void put_route_path(struct buf *b, const struct route *route)
{
    if (route)
        buf_addf(b, " | `%s %s`", method_names[route->method], route->path);
    else
        buf_add(b, T(" | –"));
}

/* What both versions of an operation take differs in details alone; the older one's row says it for both. */
static void put_operation(struct buf *b, const struct route *route)
{
    buf_addf(b, "| %s", route->operation);
    put_route_path(b, find_twin(route->operation, 1));
    put_route_path(b, find_twin(route->operation, 2));
    buf_addf(b, " | %s | ", effect(route));
    put_specs(b, route);
    buf_add(b, T(" | "));
    put_statuses(b, route);
    buf_add(b, T(" | "));
    put_sections(b, family_of(route));
    buf_add(b, T(" |\n"));
}

static void put_operations(struct buf *b)
{
    buf_add(b, T("| operation | `/v1` | `/v2` | state | validated by | errors | fixture sections |\n"
                 "|---|---|---|---|---|---|---|\n"));
    for (size_t i = 0; i < route_count; i++) {
        const struct route *route = &routes[i];
        if (route->version == 1 || (route->version == 2 && !find_twin(route->operation, 1)))
            put_operation(b, route);
    }
}

static void put_unmocked(struct buf *b)
{
    const size_t half = documented_count / 2; /* of /v1, then the same of /v2 */
    buf_add(b, T("| operation | `/v1` | `/v2` |\n|---|---|---|\n"));
    for (size_t i = 0; i < half; i++) {
        if (documented_is_mocked(&documented[i]))
            continue;
        buf_addf(b, "| %s", strchr(documented[i].operation, ' ') ? "–" : documented[i].operation);
        put_route_path(b, &documented[i]);
        put_route_path(b, &documented[half + i]);
        buf_add(b, T(" |\n"));
    }
}

struct text matrix_unmocked(struct arena *arena)
{
    struct buf b = buf_new(arena, MATRIX_MAX);
    put_unmocked(&b);
    return buf_text(&b);
}

struct text matrix_families(struct arena *arena)
{
    struct buf b = buf_new(arena, MATRIX_MAX);
    put_families(&b);
    return buf_text(&b);
}

struct text matrix_operations(struct arena *arena)
{
    struct buf b = buf_new(arena, MATRIX_MAX);
    put_operations(&b);
    return buf_text(&b);
}

struct text matrix_text(struct arena *arena)
{
    struct buf b = buf_new(arena, MATRIX_MAX);
    put_families(&b);
    buf_add_char(&b, '\n');
    put_operations(&b);
    return buf_text(&b);
}
