/* Private file: one that its owner alone can read, written whole or not at all. */
#ifndef DUVO_BASE_PRIVATE_FILE_H
#define DUVO_BASE_PRIVATE_FILE_H

#include "base/text.h"

#include <stdbool.h>

/* Makes the file unless there is one of that name, which then stays as it is: of two programs that make it at once, one
 * is the first. False, with errno, when it could do neither. */
bool private_file_make(const char *path, struct text content);

#endif
