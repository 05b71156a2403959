/* Failures: what SQLite says, put into a reason and a kind; and whether the store as a whole can be used. */
#include "store/file_format.h"
#include "store/internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* ---- one failure ------------------------------------------------------------------------------------------ */

/* Of a commit that failed SQLite keeps the operating system's reason with the file: the log, where there is one. */
static int system_error(sqlite3 *sqlite)
{
    sqlite3_file *file = NULL;
    int number = sqlite3_system_errno(sqlite);
    if (number)
        return number;
    sqlite3_file_control(sqlite, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
    if (file && file->pMethods && file->pMethods->xFileControl)
        file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &number);
    return number;
}

static bool is_no_room(int system)
{
    return system == ENOSPC || system == EDQUOT || system == EFBIG;
}

static enum db_failure failure_kind_of(int code, int system)
{
    if (code == SQLITE_IOERR_NOMEM)
        return DB_FULL;
    switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_NOMEM: return DB_FULL;
    case SQLITE_IOERR: return is_no_room(system) ? DB_FULL : DB_BROKEN;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return DB_LOCKED;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY: return DB_BROKEN;
    default: return DB_FAILED;
    }
}

/* SQLite's word for it, and the operating system's where that knows more. */
static void explain(const struct db *db, int code, int system, char *ret, size_t size)
{
    sqlite3 *sqlite = db->conn->sqlite;
    const bool outside = ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN) && system != 0;
    if ((code & 0xff) == SQLITE_FULL && db->store->max_bytes)
        snprintf(ret, size, "the store is full: it may take %lld bytes (--store-bytes)",
                 (long long)db->store->max_bytes);
    else if ((code & 0xff) == SQLITE_FULL)
        snprintf(ret, size, "the disk of the database is full");
    else if ((code & 0xff) == SQLITE_BUSY)
        snprintf(ret, size, "the database is locked by another program");
    else
        snprintf(ret, size, "%s%s%s%s", sqlite3_errmsg(sqlite), outside ? " (" : "", outside ? strerror(system) : "",
                 outside ? ")" : "");
}

static void note_broken(struct store *store, int code, const char *why)
{
    pthread_mutex_lock(&store->health_lock);
    if (!store->damaged)
        snprintf(store->broken, sizeof store->broken, "%s", why);
    store->damaged |= (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
    pthread_mutex_unlock(&store->health_lock);
}

void db_fail(struct db *db, const char *statement)
{
    char why[160];
    if (db->failure)
        return;
    const int code = sqlite3_extended_errcode(db->conn->sqlite), system = system_error(db->conn->sqlite);
    db->failure = failure_kind_of(code, system);
    explain(db, code, system, why, sizeof why);
    snprintf(db->error, sizeof db->error, "%s, in %s", why, statement);
    if (db->failure == DB_BROKEN)
        note_broken(db->store, code, why);
}

const char *db_error(const struct db *db)
{
    return db->failure ? db->error : NULL;
}

enum db_failure db_failure(const struct db *db)
{
    return db->failure;
}

/* ---- the store as a whole --------------------------------------------------------------------------------- */

void db_succeeded(struct db *db)
{
    struct store *store = db->store;
    pthread_mutex_lock(&store->health_lock);
    if (!store->damaged)
        store->broken[0] = '\0';
    pthread_mutex_unlock(&store->health_lock);
}

/* Whether something is wrong, and what. */
static bool is_broken(struct store *store, char *reterr, size_t reterr_size)
{
    pthread_mutex_lock(&store->health_lock);
    const bool broken = store->broken[0] != '\0';
    if (broken)
        snprintf(reterr, reterr_size, "%s", store->broken);
    pthread_mutex_unlock(&store->health_lock);
    return broken;
}

/* A page is read or written, and nothing is changed by that. */
static bool try_it(struct db *db, enum tx tx, const char *pragma)
{
    if (!tx_begin(db, tx))
        return false;
    if (sqlite3_exec(db->conn->sqlite, pragma, NULL, NULL, NULL) != SQLITE_OK)
        db_fail(db, "PRAGMA");
    return tx_commit(db);
}

bool store_is_usable(struct store *store, char *reterr, size_t reterr_size)
{
    char again[48];
    if (!file_is_there(&store->file, store->path, reterr, reterr_size))
        return false;
    struct db *db = store_db(store, reterr, reterr_size);
    if (!db)
        return false;
    snprintf(again, sizeof again, "PRAGMA application_id = %d", APPLICATION_ID);
    if (is_broken(store, reterr, reterr_size))
        try_it(db, TX_WRITE, again); /* it may have been a passing trouble */
    else if (!try_it(db, TX_READ, "SELECT 1 FROM spaces LIMIT 1") && db_failure(db) != DB_LOCKED)
        snprintf(reterr, reterr_size, "%s", db_error(db));
    else
        return true;
    return !db_error(db) && !is_broken(store, reterr, reterr_size);
}
