/* Files: read whole, and made so that their owner alone can read them. */
#ifndef DUVO_BASE_FILE_H
#define DUVO_BASE_FILE_H

#include "base/text.h"

#include <stdbool.h>

/* The file in the arena, NUL-terminated. False, with errno, when it cannot be read; EFBIG when it has more than `max`
 * bytes, of which *ret then has the first. */
bool file_read(struct arena *arena, const char *path, size_t max, struct text *ret);

/* Makes the file, whole or not at all, unless there is one of that name, which then stays as it is: of two programs
 * that make it at once, one is the first. False, with errno, when it could do neither. */
bool file_make_private(const char *path, struct text content);

#endif
