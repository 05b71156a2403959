/* A file in memory: what a store has instead of one on the disk. Its pages never move, so that SQLite reads them where
 * they are: a reader has no copies of its own, which each commit would make worthless, and no lock is taken for a page.
 *
 * It can begin as an image. Then each page is put together when it is first read: a start has nothing to do, and of
 * what nobody asks for nothing is in memory.
 *
 * Who reads and who writes is kept apart by others (the store's lock): of several threads at once none may write, and
 * SQLite's locks do nothing here. To undo a transaction takes no memory, so one that finds none left can be undone. */
#ifndef DUVO_STORE_MEMORY_FILE_H
#define DUVO_STORE_MEMORY_FILE_H

#include "base/text.h"

#include <sqlite3.h>
#include <stdbool.h>

struct memory_file;

/* Empty, and nobody else's. NULL for want of memory. */
struct memory_file *memory_file_new(void);
/* After the last connection to it is closed. NULL is accepted. */
void memory_file_free(struct memory_file *file);
/* Opens a connection, with flags for sqlite3_open_v2 beside its own; SQLite's code. */
int memory_file_open(struct memory_file *file, int flags, sqlite3 **ret);
/* The file, still empty, has the image's pages; the image stays where it is. False for want of memory. */
bool memory_file_begin_as(struct memory_file *file, struct text image);

#endif
