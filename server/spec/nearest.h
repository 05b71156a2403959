/* Nearest: the right word for an unknown one, by edit distance. */
#ifndef DUVO_SPEC_NEAREST_H
#define DUVO_SPEC_NEAREST_H

#include "base/text.h"

#include <stdbool.h>

struct nearest {
    struct text asked;
    struct text word; /* the nearest so far; unset when none is near enough to be meant */
    size_t distance;
    bool found;       /* the word itself was among those tried */
};

struct nearest nearest_to(struct text asked);
/* Looks at one right word, which has to live as long as the result. Words of more than LIMIT_NEAREST bytes are only
 * compared for being the same. */
void nearest_try(struct nearest *nearest, struct text word);

#endif
