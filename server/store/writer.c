/* The writer: the one connection that changes the database. What it begins with, what it tells, and when another one
 * takes its place. */
#include "base/embed.h"
#include "base/limit.h"
#include "base/memory.h"
#include "store/image.h"
#include "store/internal.h"

#include <stdio.h>
#include <sys/stat.h>

/* Pages go to the file in memory at the commit alone: a statement that finds no room there would be left half done. */
static const char in_memory_pragma[] = "PRAGMA cache_spill = OFF; PRAGMA cache_size = -8000";
static const char in_file_pragma[] = "PRAGMA synchronous = NORMAL";
enum { MOST_CACHED = 24 * 1024 * 1024 };

/* ---- what the database begins with ------------------------------------------------------------------------ */

static const char *const images[] = {
    [STORE_EMPTY] = "build/embed/empty.image",
    [STORE_DEFAULT] = "build/embed/default.image",
};

void store_limit(struct store *store, int64_t bytes)
{
    char pragma[64];
    const int64_t most = INT64_C(0xfffffffe); /* that SQLite counts */
    const int64_t pages = bytes / IMAGE_PAGE < most ? bytes / IMAGE_PAGE : most;
    snprintf(pragma, sizeof pragma, "PRAGMA max_page_count = %lld", (long long)pages);
    sqlite3_exec(store->writer.sqlite, pragma, NULL, NULL, NULL);
    store->max_bytes = bytes;
}

static bool copy(sqlite3 *to, sqlite3 *from)
{
    sqlite3_backup *copying = sqlite3_backup_init(to, "main", from, "main");
    const bool copied = copying && sqlite3_backup_step(copying, -1) == SQLITE_DONE;
    return sqlite3_backup_finish(copying) == SQLITE_OK && copied;
}

bool image_copy(struct text image, sqlite3 *sqlite)
{
    struct memory_file *file = memory_file_new();
    sqlite3 *source = NULL;
    const bool copied = file && memory_file_begin_as(file, image) && memory_file_open(file, 0, &source) == SQLITE_OK &&
                        copy(sqlite, source);
    sqlite3_close(source);
    memory_file_free(file);
    memory_was_read(image.p, image.n);
    return copied;
}

/* False with a file that is not new, and in the program that makes the images. */
static bool fill_from(struct store *store, struct text image)
{
    struct stat info;
    if (!image.n)
        return false;
    if (store->memory)
        return memory_file_begin_as(store->memory, image);
    return fstat(store->file.fd, &info) == 0 && file_is_nothing(&info) && image_copy(image, store->writer.sqlite);
}

/* The pragmas come first: they read the schema, which is nothing then. */
bool writer_fill(struct store *store, enum store_image image, char *reterr, size_t reterr_size)
{
    sqlite3 *sqlite = store->writer.sqlite;
    sqlite3_exec(sqlite, store->path ? in_file_pragma : in_memory_pragma, NULL, NULL, NULL);
    if (store->memory)
        store_limit(store, LIMIT_MEMORY_STORE);
    if (fill_from(store, embedded_file(images[image]))) {
        store->begins_as_default = image == STORE_DEFAULT;
        return true;
    }
    if (migrate(sqlite, reterr, reterr_size))
        return true;
    if (sqlite3_errcode(sqlite) == SQLITE_BUSY)
        conn_explain(store, sqlite, reterr, reterr_size);
    return false;
}

/* ---- what it tells ---------------------------------------------------------------------------------------- */

/* SQLite calls it for every row that a statement of the writer adds, changes or removes, by a cascade too; but not for
 * tables without a rowid, nor for a row that REPLACE removes. */
static void note_change(void *cls, int what, const char *schema, const char *table, sqlite3_int64 rowid)
{
    struct store *store = cls;
    (void)schema;
    rare_row(store, table);
    changes_note(store->changes, table, rowid);
    touches_row(store->touches, what == SQLITE_DELETE, table, rowid);
}

void writer_listen(struct store *store)
{
    sqlite3_update_hook(store->writer.sqlite, note_change, store);
    row_keys_listen(store);
}

/* ---- another one ------------------------------------------------------------------------------------------ */

void writer_ends(struct store *store)
{
    int used = 0, most = 0;
    if (store->memory && !sqlite3_db_status(store->writer.sqlite, SQLITE_DBSTATUS_CACHE_USED, &used, &most, 0))
        store->writer_was_large = used > MOST_CACHED;
}

/* A connection is large, with all its statements. */
static void renew(struct store *store)
{
    struct conn fresh = { 0 };
    char why[96];
    if (!conn_open(&fresh, store, why, sizeof why))
        return;
    conn_close(&store->writer);
    store->writer = fresh;
    sqlite3_exec(fresh.sqlite, in_memory_pragma, NULL, NULL, NULL);
    store_limit(store, store->max_bytes);
    writer_listen(store);
}

/* A large transaction in memory has all its pages in the cache, and SQLite never makes the cache's table of pages
 * smaller again: but many a commit to come would walk all of it. */
void writer_ended(struct store *store)
{
    if (store->writer_was_large)
        renew(store);
    store->writer_was_large = false;
}
