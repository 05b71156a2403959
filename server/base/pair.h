/* Pair: a name and its value, as header fields, parameters of a query and members of a form are. */
#ifndef DUVO_BASE_PAIR_H
#define DUVO_BASE_PAIR_H

#include "base/text.h"

struct pair {
    struct text name, value;
};

/* The value of the first header field of that name, in any case (RFC 9110 section 5.1); the unset text without one. */
struct text header_find(const struct pair *headers, size_t n, struct text name);
/* Takes the first `name=value` off a query or form, as it is written there. Loop while rest->p. */
struct pair query_cut(struct text *rest);

#endif
