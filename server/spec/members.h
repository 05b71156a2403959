/* Members: those of one name, wherever in a JSON value they stand. */
#ifndef DUVO_SPEC_MEMBERS_H
#define DUVO_SPEC_MEMBERS_H

#include "base/text.h"

/* One of them, as far as it is a string; and a string that stands beside it, in the same object. */
struct named_member {
    struct text value, beside; /* unset: no string */
};

/* The first `max` members `name` with the member `beside` of each, in the arena; those that are objects are names in
 * themselves, and do not count. How many there are. */
size_t members_named(struct arena *arena, struct text json, const char *name, const char *beside,
                     struct named_member *ret, size_t max);
/* The value of a JSON string; false when it is another value. */
bool members_string(struct arena *arena, struct text json, struct text *ret);

#endif
