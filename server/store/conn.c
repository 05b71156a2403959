/* One SQLite connection: how it is opened, and how long it waits for others. */
#include "base/clock.h"
#include "base/limit.h"
#include "store/internal.h"

#include <stdio.h>
#include <unistd.h>

static const char pragmas[] = "PRAGMA foreign_keys = ON;"
                              "PRAGMA temp_store = MEMORY;";
/* What is read of a file opens it in full, with its log, so that it is there whatever the process is short of later.
 * This reads no schema, which takes as long as half a start: each connection does so with its first statement. */
static const char file_pragma[] = "PRAGMA user_version";

void conn_explain(const struct store *store, sqlite3 *sqlite, char *reterr, size_t size)
{
    const int code = sqlite ? sqlite3_errcode(sqlite) & 0xff : SQLITE_NOMEM;
    const char *path = store->path ? store->path : "memory";
    if (code == SQLITE_NOTADB)
        snprintf(reterr, size, "%s is not a SQLite database", path);
    else if (code == SQLITE_BUSY)
        snprintf(reterr, size, "cannot use the database %s: another program has locked it", path);
    else
        snprintf(reterr, size, "cannot use the database %s: %s", path, sqlite ? sqlite3_errmsg(sqlite) : "no memory");
}

/* SQLite asks it, for the n-th time, whether to try again. */
static int wait_for_lock(void *cls, int n)
{
    struct conn *conn = cls;
    const int64_t now = clock_steady_us();
    if (n == 0)
        conn->until_us = (conn->wants_since_us ? conn->wants_since_us : now) + (int64_t)LIMIT_LOCK_MS * 1000;
    if (conn->store->stopping || now >= conn->until_us)
        return 0;
    usleep(n < 10 ? 1000 : 10000);
    return 1;
}

/* The write-ahead log is copied into the file by a thread of its own: see checkpoint.c. */
static bool is_set_up(const struct conn *conn)
{
    sqlite3_wal_autocheckpoint(conn->sqlite, 0);
    return sqlite3_exec(conn->sqlite, pragmas, NULL, NULL, NULL) == SQLITE_OK &&
           (conn->store->memory || sqlite3_exec(conn->sqlite, file_pragma, NULL, NULL, NULL) == SQLITE_OK);
}

bool conn_open(struct conn *conn, const struct store *store, char *reterr, size_t reterr_size)
{
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = store->memory ? memory_file_open(store->memory, flags, &conn->sqlite)
                                   : sqlite3_open_v2(store->path, &conn->sqlite, flags | SQLITE_OPEN_READWRITE, NULL);
    if (code == SQLITE_OK) { /* a file was made when it was claimed, and is never made anew */
        conn->store = store;
        sqlite3_busy_handler(conn->sqlite, wait_for_lock, conn);
        if (is_set_up(conn))
            return true;
    }
    conn_explain(store, conn->sqlite, reterr, reterr_size);
    sqlite3_close(conn->sqlite);
    conn->sqlite = NULL;
    return false;
}

int64_t conn_version(struct conn *conn)
{
    int64_t version = -1;
    if (conn->store->memory)
        return 0; /* no other program knows it */
    if (!conn->data_version)
        sqlite3_prepare_v3(conn->sqlite, "PRAGMA data_version", -1, SQLITE_PREPARE_PERSISTENT, &conn->data_version,
                           NULL);
    if (conn->data_version && sqlite3_step(conn->data_version) == SQLITE_ROW)
        version = sqlite3_column_int64(conn->data_version, 0);
    sqlite3_reset(conn->data_version);
    return version;
}

void conn_close(struct conn *conn)
{
    space_tables_free(conn->space_tables);
    for (size_t i = 0; i < SQL_COUNT; i++)
        sqlite3_finalize(conn->statements[i]);
    for (size_t i = 0; i < 3; i++)
        sqlite3_finalize(conn->begin[i]);
    sqlite3_finalize(conn->data_version);
    sqlite3_finalize(conn->commit);
    sqlite3_finalize(conn->rollback);
    sqlite3_finalize(conn->savepoint);
    sqlite3_finalize(conn->release);
    sqlite3_finalize(conn->rollback_to);
    sqlite3_close(conn->sqlite);
}
