/* Files: read whole, and made readable for their owner alone. */
#ifndef DUVO_BASE_FILE_H
#define DUVO_BASE_FILE_H

#include "base/text.h"

#include <stdbool.h>

/* The file in the arena, NUL-terminated. False, with errno, when it cannot be read; EFBIG when it has more than `max`
 * bytes, of which *ret then has the first. */
bool file_read(struct arena *arena, const char *path, size_t max, struct text *ret);

/* Makes the file, whole or not at all; an existing file of that name stays as it is, so that of two programs at
 * once one wins. False, with errno, when neither was possible. */
bool file_make_private(const char *path, struct text content);

#endif
