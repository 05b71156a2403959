/* The keys of rows that are changed, which SQLite's update hook does not tell: it has the rowid alone, which says
 * nothing once the row is gone, and is not called for tables without one. The hook that has them is not built into
 * every SQLite; without it a reset looks at more rows than it has to. */
#include "store/internal.h"

#ifndef SQLITE_ENABLE_PREUPDATE_HOOK
void *sqlite3_preupdate_hook(sqlite3 *sqlite,
                             void (*fn)(void *cls, sqlite3 *sqlite, int what, const char *schema, const char *table,
                                        sqlite3_int64 before, sqlite3_int64 after), void *cls) __attribute__((weak));
int sqlite3_preupdate_old(sqlite3 *sqlite, int column, sqlite3_value **ret) __attribute__((weak));
int sqlite3_preupdate_new(sqlite3 *sqlite, int column, sqlite3_value **ret) __attribute__((weak));
#endif

static void tell(struct touches *touches, int (*ask)(sqlite3 *sqlite, int column, sqlite3_value **ret), sqlite3 *sqlite,
                 int column)
{
    sqlite3_value *value = NULL;
    const bool is_blob = ask(sqlite, column, &value) == SQLITE_OK && sqlite3_value_type(value) == SQLITE_BLOB;
    const void *id = is_blob ? sqlite3_value_blob(value) : NULL;
    touches_key(touches, id, id ? (size_t)sqlite3_value_bytes(value) : 0);
}

static void note_keys(void *cls, sqlite3 *sqlite, int what, const char *schema, const char *table, sqlite3_int64 before,
                      sqlite3_int64 after)
{
    struct touches *touches = cls;
    const int column = touches_ask_key(touches, what == SQLITE_DELETE, table);
    (void)schema, (void)before, (void)after;
    if (column >= 0 && what != SQLITE_INSERT)
        tell(touches, sqlite3_preupdate_old, sqlite, column);
    if (column >= 0 && what != SQLITE_DELETE)
        tell(touches, sqlite3_preupdate_new, sqlite, column);
}

bool row_keys_are_told(void)
{
    return sqlite3_preupdate_hook && sqlite3_preupdate_old && sqlite3_preupdate_new;
}

void row_keys_listen(struct store *store)
{
    if (row_keys_are_told() && store->touches)
        sqlite3_preupdate_hook(store->writer.sqlite, note_keys, store->touches);
}
