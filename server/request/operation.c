#include "request/operation.h"

#include "spec/nearest.h"

#include <stdio.h>
#include <string.h>

/* ---- the list -------------------------------------------------------------------------------------------- */

#define PATH_1_BOTH(path) "/v1" path
#define PATH_1_TEAM(path) "/v1" path
#define PATH_2_BOTH(path) "/v2" path
#define PATH_2_TEAM(path) "/v2/teams/{teamId}" path
#define ROW(v, m, where, p, name)                                                                                      \
    { .method = METHOD_##m, .version = v, .path = PATH_##v##_##where(p), .operation = name },

const struct route documented[] = {
#define ALIAS(name, operation)
#define OPERATION(method, where, path, name) ROW(1, method, where, path, #name)
#define UNNAMED(method, where, path)         ROW(1, method, where, path, #method " " PATH_2_##where(path))
#include "request/operations.def"
#undef OPERATION
#undef UNNAMED
#define OPERATION(method, where, path, name) ROW(2, method, where, path, #name)
#define UNNAMED(method, where, path)         ROW(2, method, where, path, #method " " PATH_2_##where(path))
#include "request/operations.def"
#undef OPERATION
#undef UNNAMED
#undef ALIAS
};
const size_t documented_count = sizeof documented / sizeof documented[0];

static const struct alias {
    const char *name, *operation;
} aliases[] = {
#define OPERATION(method, where, path, name)
#define UNNAMED(method, where, path)
#define ALIAS(name, operation) { #name, #operation },
#include "request/operations.def"
#undef OPERATION
#undef UNNAMED
#undef ALIAS
};
static const size_t alias_count = sizeof aliases / sizeof aliases[0];

/* Whether the route is what a documented operation without a name is called by: its method and address. */
static bool has_address(const struct route *route, const char *address)
{
    const size_t n = strlen(method_names[route->method]);
    return strncmp(address, method_names[route->method], n) == 0 && address[n] == ' ' &&
           strcmp(address + n + 1, route->path) == 0;
}

bool documented_is_mocked(const struct route *one)
{
    const bool is_unnamed = strchr(one->operation, ' ') != NULL;
    for (size_t i = 0; i < route_count; i++)
        if (is_unnamed ? has_address(&routes[i], one->operation) : strcmp(routes[i].operation, one->operation) == 0)
            return true;
    return false;
}

/* ---- names ----------------------------------------------------------------------------------------------- */

/* The name without the V1 that may stand behind it. */
static struct text stem_of(struct text name)
{
    return name.n > 2 && text_eq(text_from(name, name.n - 2), T("V1")) ? text_clip(name, name.n - 2) : name;
}

struct text operation_named(struct text name)
{
    static _Thread_local char buffer[128];
    const struct text stem = stem_of(name);
    for (size_t i = 0; i < alias_count; i++)
        if (text_eq(stem, text_of(aliases[i].name))) {
            snprintf(buffer, sizeof buffer, "%s%s", aliases[i].operation, stem.n < name.n ? "V1" : "");
            return text_of(buffer);
        }
    return name;
}

static bool is_meant(struct text operation, unsigned version, struct text named)
{
    return text_eq(operation, named) ||
           (version == 1 && named.n == operation.n + 2 && text_eq(operation, stem_of(named)));
}

bool operation_is(struct text operation, unsigned version, struct text name)
{
    return is_meant(operation, version, operation_named(name));
}

bool operation_any(struct text name, bool (*is)(const struct route *route))
{
    const struct text named = operation_named(name);
    for (size_t i = 0; i < route_count; i++)
        if (is_meant(text_of(routes[i].operation), routes[i].version, named) && is(&routes[i]))
            return true;
    for (size_t i = 0; i < documented_count; i++)
        if (is_meant(text_of(documented[i].operation), documented[i].version, named) &&
            !documented_is_mocked(&documented[i]) && is(&documented[i]))
            return true;
    return false;
}

/* ---- all of them ----------------------------------------------------------------------------------------- */

/* The i-th name without a V1: of what is documented, of what is routed, then the former ones. NULL behind the last. */
static const char *nth_name(size_t i)
{
    if (i < documented_count)
        return documented[i].operation;
    if (i < documented_count + route_count)
        return routes[i - documented_count].operation;
    const size_t alias = i - documented_count - route_count;
    return alias < alias_count ? aliases[alias].name : NULL;
}

static bool has_come_before(size_t i)
{
    for (size_t before = 0; before < i; before++)
        if (strcmp(nth_name(before), nth_name(i)) == 0)
            return true;
    return false;
}

void operation_names(bool (*is)(const struct route *route), void (*each)(void *cls, struct text name), void *cls)
{
    static const char *const versions[] = { "", "V1" };
    char name[128];
    for (size_t i = 0; nth_name(i); i++)
        for (size_t v = 0; v < 2 && !has_come_before(i); v++) {
            snprintf(name, sizeof name, "%s%s", nth_name(i), versions[v]);
            if (operation_any(text_of(name), is))
                each(cls, text_of(name));
        }
}

/* ---- the check ------------------------------------------------------------------------------------------- */

static void try_all(struct nearest *nearest)
{
    for (size_t i = 0; i < documented_count; i++)
        nearest_try(nearest, text_of(documented[i].operation));
    for (size_t i = 0; i < route_count; i++)
        nearest_try(nearest, text_of(routes[i].operation));
    for (size_t i = 0; i < alias_count; i++)
        nearest_try(nearest, text_of(aliases[i].name));
}

static bool is_there(const struct route *route)
{
    return route != NULL;
}

const char *operation_check(struct text name)
{
    static _Thread_local char message[200];
    const struct text stem = stem_of(name);
    struct nearest nearest = nearest_to(stem);
    if (operation_any(name, is_there))
        return NULL;
    try_all(&nearest);
    if (nearest.found)
        snprintf(message, sizeof message, "%.*s is not an operation of /v1: leave out the V1", TEXT_ARG(stem));
    else if (nearest.word.n)
        snprintf(message, sizeof message, "Unknown operation: did you mean \"%.*s\"?", TEXT_ARG(nearest.word));
    else
        return "Unknown operation: expected an operationId of the contract, as in \"createConnection\"";
    return message;
}
