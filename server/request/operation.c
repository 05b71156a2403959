#include "request/operation.h"

#include "request/route.h"
#include "spec/nearest.h"

#include <stdio.h>

const struct operation documented_operations[] = {
#define OPERATION(method, path, name) { #method, path, #name },
#define UNNAMED(method, path)         { #method, path, #method " " path },
#define ALIAS(name, operation)
#include "request/operations.def"
#undef OPERATION
#undef UNNAMED
#undef ALIAS
};
const size_t documented_operation_count = sizeof documented_operations / sizeof documented_operations[0];

static const struct alias {
    const char *name, *operation;
} aliases[] = {
#define OPERATION(method, path, name)
#define UNNAMED(method, path)
#define ALIAS(name, operation) { #name, #operation },
#include "request/operations.def"
#undef OPERATION
#undef UNNAMED
#undef ALIAS
};
static const size_t alias_count = sizeof aliases / sizeof aliases[0];

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

static void try_all(struct nearest *nearest)
{
    for (size_t i = 0; i < documented_operation_count; i++)
        nearest_try(nearest, text_of(documented_operations[i].name));
    for (size_t i = 0; i < route_count; i++)
        nearest_try(nearest, text_of(routes[i].operation));
    for (size_t i = 0; i < alias_count; i++)
        nearest_try(nearest, text_of(aliases[i].name));
}

/* Whether any request can have it. */
static bool is_answered(struct text name)
{
    const struct text meant = operation_named(name);
    for (size_t i = 0; i < route_count; i++)
        if (text_eq(stem_of(meant), text_of(routes[i].operation)) || text_eq(meant, text_of(routes[i].operation)))
            return true;
    return false;
}

const char *operation_check(struct text name)
{
    static _Thread_local char message[200];
    struct nearest nearest = nearest_to(stem_of(name));
    try_all(&nearest);
    if (nearest.found && is_answered(name))
        return NULL;
    if (nearest.found)
        return "This operation is documented by Duvo but not mocked: no request has it; match its path instead";
    if (!nearest.word.n)
        return "Unknown operation: expected an operationId of the contract, as in \"createConnection\"";
    snprintf(message, sizeof message, "Unknown operation: did you mean \"%.*s\"?", TEXT_ARG(nearest.word));
    return message;
}
