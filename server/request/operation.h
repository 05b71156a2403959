/* Operations by name: a closed list of what Duvo documents (operations.def), of what this program answers (routes.def),
 * and of former names. */
#ifndef DUVO_REQUEST_OPERATION_H
#define DUVO_REQUEST_OPERATION_H

#include "base/text.h"
#include "request/route.h"

/* Those that Duvo documents, as routes without a handler: under /v1, then under /v2, each in the order of
 * operations.def. A request for one that is not mocked has it in the log, in the journal, for faults and for verify,
 * and gets the 404 of an unknown address. */
extern const struct route documented[];
extern const size_t documented_count;
/* Whether a route answers it, in either version. */
bool documented_is_mocked(const struct route *one);

/* The name that stands for it: an alias becomes the operation's own name, with V1 behind it when the alias had that;
 * any other name stays. The result is the caller's text or in thread-local memory until the next call. */
struct text operation_named(struct text name);
/* Whether the name means that operation of that version: NAME means both versions, NAMEV1 the v1 one. */
bool operation_is(struct text operation, unsigned version, struct text name);
/* Whether `is` is true of any route, mocked or not, that the name means. */
bool operation_any(struct text name, bool (*is)(const struct route *route));
/* Calls `each` with every name that means a route of which `is` is true: those of operations, with V1 behind those of
 * /v1, and the former ones; each once, a text that lasts until `each` returns. */
void operation_names(bool (*is)(const struct route *route), void (*each)(void *cls, struct text name), void *cls);
/* For fields that hold such a name: NULL when there is such an operation, else what is wrong, with the nearest right
 * name; in thread-local memory until the next call. */
const char *operation_check(struct text name);

#endif
