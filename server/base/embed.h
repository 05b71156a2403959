/* Files that the build put into the binary: the store's SQL, the built-in fixtures and the pages.
 *
 * The table is made by server/base/embed.sh and sorted by path. An entry without a path, which does not count,
 * follows the last one. */
#ifndef DUVO_BASE_EMBED_H
#define DUVO_BASE_EMBED_H

#include "base/text.h"

struct embedded {
    const char *path;                  /* relative to the repository root, such as "fixtures/default.json" */
    const unsigned char *start, *end;  /* the bytes; a NUL, which does not count, stands at *end */
};

extern const struct embedded embedded_files[];
extern const size_t embedded_count;

/* The bytes of the file with that path; unset when there is none. */
struct text embedded_file(const char *path);

#endif
