/* Gone: the names of spaces that were dropped. Such a name does not come back by being used, for ten minutes, so that a
 * client that goes on with a space of a test that is over is told so. The last thousand are known.
 *
 * For one thread at a time: whoever keeps them has a lock. */
#ifndef DUVO_SPACE_GONE_H
#define DUVO_SPACE_GONE_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* All zero: none yet. */
struct gone {
    struct gone_name *names; /* a ring */
    size_t at;
};

/* `name` is that of a space: LIMIT_SPACE_NAME bytes at most. */
void gone_add(struct gone *gone, struct text name);
/* The name may come back. */
void gone_remove(struct gone *gone, struct text name);
bool gone_has(const struct gone *gone, struct text name);
void gone_free(struct gone *gone);

#endif
