#include "store/store.h"

#include "base/arena.h"
#include "base/random.h"
#include "store/internal.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* This thread's connection, and which store it is of: tests open several stores one after the other. */
static _Thread_local struct db *mine;
static _Thread_local unsigned long mine_generation;
static atomic_ulong generation;

/* The write-ahead log is copied into the file by a thread of its own: see checkpoint.c. */
static const char pragmas[] = "PRAGMA foreign_keys = ON;"
                              "PRAGMA temp_store = MEMORY;"
                              "PRAGMA synchronous = NORMAL;"
                              "PRAGMA wal_autocheckpoint = 0;";

static void explain(char *reterr, size_t size, const struct store *store, sqlite3 *sqlite)
{
    const int code = sqlite ? sqlite3_errcode(sqlite) : SQLITE_NOMEM;
    const char *path = store->durable ? store->uri : "memory";
    if (code == SQLITE_NOTADB)
        snprintf(reterr, size, "%s is not a SQLite database", path);
    else
        snprintf(reterr, size, "cannot use the database %s: %s", path, sqlite ? sqlite3_errmsg(sqlite) : "no memory");
}

bool conn_open(struct conn *conn, const struct store *store, char *reterr, size_t reterr_size)
{
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(store->uri, &conn->sqlite, flags, store->durable ? NULL : "memdb");
    if (code == SQLITE_OK) {
        sqlite3_busy_timeout(conn->sqlite, 5000); /* for other processes that look into the file */
        if (sqlite3_exec(conn->sqlite, pragmas, NULL, NULL, NULL) == SQLITE_OK)
            return true;
    }
    explain(reterr, reterr_size, store, conn->sqlite);
    sqlite3_close(conn->sqlite);
    conn->sqlite = NULL;
    return false;
}

void conn_close(struct conn *conn)
{
    space_tables_free(conn->space_tables);
    for (size_t i = 0; i < SQL_COUNT; i++)
        sqlite3_finalize(conn->statements[i]);
    for (size_t i = 0; i < 3; i++)
        sqlite3_finalize(conn->begin[i]);
    sqlite3_finalize(conn->commit);
    sqlite3_finalize(conn->rollback);
    sqlite3_finalize(conn->savepoint);
    sqlite3_finalize(conn->release);
    sqlite3_finalize(conn->rollback_to);
    sqlite3_close(conn->sqlite);
}

static struct db *db_new(struct store *store)
{
    struct db *db = calloc(1, sizeof *db);
    if (!db)
        die("no memory for a database connection");
    db->store = store;
    db->conn = &db->reader;
    db->space = 1;
    pthread_mutex_lock(&store->list_lock);
    db->next = store->list;
    store->list = db;
    pthread_mutex_unlock(&store->list_lock);
    return db;
}

struct db *store_db(struct store *store, char *reterr, size_t reterr_size)
{
    if (!mine || mine_generation != generation || mine->store != store) {
        mine = db_new(store);
        mine_generation = generation;
    }
    const bool ready = mine->reader.sqlite || conn_open(&mine->reader, store, reterr, reterr_size);
    return ready ? mine : NULL;
}

/* The key is made with the file and never changes. */
static bool load_key(struct store *store, char *reterr, size_t reterr_size)
{
    struct db *db = store_db(store, reterr, reterr_size);
    if (!db || !tx_begin(db, TX_WRITE))
        return false;
    {
        QUERY q = query(db, SQL_META_KEY);
        if (query_row(&q)) {
            const struct secret_hash key = col_hash(&q, 0);
            memcpy(store->key.b, key.b, sizeof store->key.b);
        } else {
            store->key = secret_key_new();
            struct secret_hash key;
            memcpy(key.b, store->key.b, sizeof key.b);
            QUERY insert = query(db, SQL_META_INSERT);
            bind_hash(&insert, &key);
            query_run(&insert);
        }
    }
    if (!db_error(db) && tx_commit(db))
        return true;
    snprintf(reterr, reterr_size, "cannot prepare the database: %s", db_error(db) ? db_error(db) : "commit failed");
    return false;
}

static bool prepare_file(struct store *store, char *reterr, size_t reterr_size)
{
    sqlite3 *sqlite = store->writer.sqlite;
    /* Without the image the statements do the same. */
    if (!store->durable)
        store_take_image(sqlite);
    if (!migrate(sqlite, reterr, reterr_size))
        return false;
    /* The writer keeps more pages than a reader: ids are random, so that every row goes to another page. */
    static const char with_file[] = "PRAGMA journal_mode = WAL; PRAGMA cache_size = -16000;";
    if (store->durable && sqlite3_exec(sqlite, with_file, NULL, NULL, NULL) != SQLITE_OK) {
        explain(reterr, reterr_size, store, sqlite);
        return false;
    }
    if (!load_key(store, reterr, reterr_size))
        return false;
    store->seal_key = secret_key_new();
    if (!store->durable)
        return true;
    if (!seal_key_load(store->uri, &store->seal_key, reterr, reterr_size))
        return false;
    store->checkpointer = checkpointer_start(store, reterr, reterr_size);
    if (store->checkpointer)
        sqlite3_wal_hook(store->writer.sqlite, checkpointer_note, store->checkpointer);
    return store->checkpointer != NULL;
}

/* In memory, a name that begins with a slash is shared by the connections of this process. Of a file, Debian's SQLite
 * takes names that begin with "file:" for URIs. */
static char *name_for_sqlite(const char *path)
{
    static atomic_uint serial;
    char *name;
    const int done = path ? asprintf(&name, "%s%s", strncmp(path, "file:", 5) == 0 ? "./" : "", path)
                          : asprintf(&name, "/duvo-mock-%u", serial++);
    if (done < 0)
        die("no memory for a path");
    return name;
}

struct store *store_open(const char *path, const struct spec *const specs[], char *reterr, size_t reterr_size)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* nobody asks; refused, and harmless, once SQLite is running */
    struct store *store = calloc(1, sizeof *store);
    if (!store)
        die("no memory for the store");
    store->durable = path && strcmp(path, ":memory:") != 0;
    store->generation = 2;
    store->specs = specs;
    store->uri = name_for_sqlite(store->durable ? path : NULL);
    pthread_rwlockattr_t fair;
    pthread_rwlockattr_init(&fair);
    pthread_rwlockattr_setkind_np(&fair, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    pthread_rwlock_init(&store->lock, &fair);
    pthread_rwlockattr_destroy(&fair);
    pthread_mutex_init(&store->list_lock, NULL);
    pthread_mutexattr_t spinning;
    pthread_mutexattr_init(&spinning);
    pthread_mutexattr_settype(&spinning, PTHREAD_MUTEX_ADAPTIVE_NP);
    pthread_mutex_init(&store->writing, &spinning);
    pthread_mutexattr_destroy(&spinning);
    generation++;
    if (conn_open(&store->writer, store, reterr, reterr_size) && prepare_file(store, reterr, reterr_size))
        return store;
    store_close(store);
    return NULL;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    if (store->checkpointer)
        sqlite3_wal_hook(store->writer.sqlite, NULL, NULL);
    checkpointer_stop(store->checkpointer);
    for (struct db *db = store->list, *next; db; db = next) {
        next = db->next;
        conn_close(&db->reader);
        free(db);
    }
    conn_close(&store->writer);
    mine = NULL;
    pthread_rwlock_destroy(&store->lock);
    pthread_mutex_destroy(&store->list_lock);
    pthread_mutex_destroy(&store->writing);
    free(store->uri);
    free(store);
}

const struct secret_key *store_key_of(const struct db *db)
{
    return &db->store->key;
}

const struct secret_key *store_key(const struct store *store)
{
    return &store->key;
}

const struct secret_key *store_seal_key_of(const struct db *db)
{
    return &db->store->seal_key;
}

bool store_check_statements(struct store *store, char *reterr, size_t reterr_size)
{
    static const char *const texts[] = {
#define SQL(name, text) text,
#include "store/sql.def"
#undef SQL
    };
    struct db *db = store_db(store, reterr, reterr_size);
    for (size_t i = 0; db && i < SQL_COUNT; i++) {
        char *text = sql_expand(store, texts[i]);
        sqlite3_stmt *stmt = NULL;
        const bool ok = text && sqlite3_prepare_v2(db->conn->sqlite, text, -1, &stmt, NULL) == SQLITE_OK;
        if (!ok)
            snprintf(reterr, reterr_size, "%s: %s", text ? text : texts[i], sqlite3_errmsg(db->conn->sqlite));
        sqlite3_finalize(stmt);
        sqlite3_free(text);
        if (!ok)
            return false;
    }
    return db != NULL;
}

/* ---- transactions -------------------------------------------------------------------------------------- */

void db_use_space(struct db *db, int64_t space)
{
    db->space = space;
}

int64_t db_space(const struct db *db)
{
    return db->space;
}

const char *db_error(const struct db *db)
{
    return db->failed ? db->error : NULL;
}

void db_fail(struct db *db, const char *doing)
{
    if (!db->failed)
        snprintf(db->error, sizeof db->error, "%s: %s", doing, sqlite3_errmsg(db->conn->sqlite));
    db->failed = true;
}

static bool run(struct db *db, sqlite3_stmt **stmt, const char *text)
{
    if (!*stmt && sqlite3_prepare_v3(db->conn->sqlite, text, -1, SQLITE_PREPARE_PERSISTENT, stmt, NULL) != SQLITE_OK) {
        db_fail(db, text);
        return false;
    }
    const bool ok = sqlite3_step(*stmt) == SQLITE_DONE;
    if (!ok)
        db_fail(db, text);
    sqlite3_reset(*stmt);
    return ok;
}

static void take_lock(struct db *db, enum tx tx)
{
    struct store *store = db->store;
    if (!store->durable && tx == TX_WRITE)
        pthread_rwlock_wrlock(&store->lock);
    else if (!store->durable)
        pthread_rwlock_rdlock(&store->lock);
    else if (tx == TX_WRITE)
        pthread_mutex_lock(&store->writing);
    db->locked = tx == TX_WRITE || !store->durable;
    db->conn = tx == TX_WRITE ? &db->store->writer : &db->reader;
}

static void tx_over(struct db *db)
{
    assert(db->open_queries == 0);
    if (db->locked && db->store->durable)
        pthread_mutex_unlock(&db->store->writing);
    else if (db->locked)
        pthread_rwlock_unlock(&db->store->lock);
    db->locked = false;
    db->identities_changed = false;
    db->tx = TX_NONE;
    db->conn = &db->reader;
}

bool tx_begin(struct db *db, enum tx tx)
{
    static const char *const begin[] = { [TX_READ] = "BEGIN", [TX_WRITE] = "BEGIN IMMEDIATE" };
    assert(db->tx == TX_NONE && db->open_queries == 0);
    db->failed = false;
    if (tx == TX_NONE)
        return true;
    take_lock(db, tx);
    db->tx = tx;
    if (run(db, &db->conn->begin[tx], begin[tx]))
        return true;
    tx_over(db);
    return false;
}

uint64_t store_generation(const struct store *store)
{
    return atomic_load(&store->generation);
}

void store_touch(struct store *store)
{
    atomic_fetch_add(&store->identities, 2);
    atomic_fetch_add(&store->generation, 2);
}

uint64_t db_generation(const struct db *db)
{
    return store_generation(db->store);
}

uint64_t store_identities_of(const struct db *db)
{
    return atomic_load(&db->store->identities) + db->identities_changed;
}

static bool commit(struct db *db)
{
    const bool writes = db->tx == TX_WRITE; /* then this thread has the lock, and no other one counts */
    if (writes)
        atomic_fetch_add(&db->store->generation, 1);
    atomic_fetch_add(&db->store->identities, db->identities_changed);
    const bool ok = run(db, &db->conn->commit, "COMMIT");
    atomic_fetch_add(&db->store->identities, db->identities_changed);
    if (writes)
        atomic_fetch_add(&db->store->generation, 1);
    return ok;
}

bool tx_commit(struct db *db)
{
    if (db->tx == TX_NONE)
        return true;
    if (db->failed || !commit(db)) {
        tx_rollback(db);
        return false;
    }
    tx_over(db);
    return true;
}

void tx_rollback(struct db *db)
{
    if (db->tx == TX_NONE)
        return;
    /* SQLite may have rolled back by itself, on a full disk for instance. */
    if (!sqlite3_get_autocommit(db->conn->sqlite))
        run(db, &db->conn->rollback, "ROLLBACK");
    tx_over(db);
}

void tx_savepoint(struct db *db)
{
    run(db, &db->conn->savepoint, "SAVEPOINT one");
}

void tx_release(struct db *db)
{
    run(db, &db->conn->release, "RELEASE one");
}

void tx_rollback_to_savepoint(struct db *db)
{
    run(db, &db->conn->rollback_to, "ROLLBACK TO one");
    tx_release(db);
}
