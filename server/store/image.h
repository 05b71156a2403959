/* Images: whole databases that the build has made (schema/image.c) and put into the binary, because a copy is there in
 * a fraction of the time that its statements and documents take. Most of a small database is zeros, which are left out:
 *
 *     size of the database, { place in it, how many bytes, these bytes }…     numbers: 4 bytes, the lowest first */
#ifndef DUVO_STORE_IMAGE_H
#define DUVO_STORE_IMAGE_H

#include <sqlite3.h>
#include <stdbool.h>

enum { IMAGE_NUMBER_SIZE = 4 };

/* Makes the database, in which nothing is yet, a copy of the image that is embedded under that name. In memory
 * (SQLite's "memdb") the bytes are put where they belong; a file gets them in one transaction, so that it has all or
 * nothing. False when it could not; then nothing is in it still. */
bool image_take(sqlite3 *sqlite, const char *name, bool in_memory);

#endif
