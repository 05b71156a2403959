/* Operations by name: a closed list of what Duvo documents (operations.def), of what this program answers (routes.def),
 * and of former names. */
#ifndef DUVO_REQUEST_OPERATION_H
#define DUVO_REQUEST_OPERATION_H

#include "base/text.h"

/* One that Duvo documents. */
struct operation {
    const char *method, *path, *name; /* path: under /v2, with its parameters in braces */
};
extern const struct operation documented_operations[];
extern const size_t documented_operation_count;

/* The name that stands for it: an alias becomes the operation's own name, with V1 behind it when the alias had that;
 * any other name stays. The result is the caller's text or in thread-local memory until the next call. */
struct text operation_named(struct text name);
/* For fields that hold such a name (NAME of both versions, NAMEV1 of the v1 one): NULL when requests can have it, else
 * what is wrong, with the nearest right name; in thread-local memory until the next call. A documented operation that
 * is not mocked is wrong, too: what waits for one would wait in vain, or count none and be content. */
const char *operation_check(struct text name);

#endif
