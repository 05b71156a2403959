/* First made: of many spaces that come in any order, those that were made first, and in that order. */
#ifndef DUVO_SPACE_FIRST_MADE_H
#define DUVO_SPACE_FIRST_MADE_H

#include "space/space.h"

/* `v` has room for `max`, and is the caller's, as the spaces are; the rest begins as zeros. */
struct first_made {
    struct space **v;
    size_t max, n;
    size_t newest; /* which of v was made last, once it is full */
};

void first_made_add(struct first_made *f, struct space *space);
/* Puts them in order, when all were added. */
void first_made_sort(struct first_made *f);

#endif
