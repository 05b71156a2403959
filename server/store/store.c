#include "store/store.h"

#include "base/clock.h"
#include "base/limit.h"
#include "base/memory.h"
#include "base/random.h"
#include "store/image.h"
#include "store/internal.h"

#include <assert.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_durable(const char *path)
{
    return path && strcmp(path, ":memory:") != 0;
}

static bool cannot_use(const struct db *db, char *reterr, size_t size)
{
    const char *path = db->store->path ? db->store->path : "in memory";
    snprintf(reterr, size, "cannot use the database %s: %s", path,
             db->failure == DB_LOCKED ? "another program has locked it" : db_error(db));
    return false;
}

/* The key is made with the file and never changes. In memory nobody reads it again. */
static bool load_key(struct store *store, char *reterr, size_t reterr_size)
{
    if (store->memory) {
        store->key = secret_key_new();
        return true;
    }
    struct db *db = store_db(store, reterr, reterr_size);
    if (!db)
        return false;
    if (!tx_begin(db, TX_WRITE))
        return cannot_use(db, reterr, reterr_size);
    {
        QUERY q = query(db, SQL_META_KEY);
        if (query_row(&q)) {
            const struct secret_hash key = col_hash(&q, 0);
            memcpy(store->key.b, key.b, sizeof store->key.b);
        } else {
            store->key = secret_key_new();
            const struct text key = { (const char *)store->key.b, sizeof store->key.b };
            query_change(db, SQL_META_INSERT, WITH((struct blob){ key }));
        }
    }
    return tx_commit(db) || cannot_use(db, reterr, reterr_size);
}

bool store_is_to_be_made(const char *path)
{
    struct stat info;
    return !is_durable(path) || (stat(path, &info) == 0 ? file_is_nothing(&info) : errno == ENOENT);
}

static bool prepare_file(struct store *store, enum store_image image, char *reterr, size_t reterr_size)
{
    sqlite3 *sqlite = store->writer.sqlite;
    if (!writer_fill(store, image, reterr, reterr_size))
        return false;
    /* The writer keeps more pages than a reader: ids are random, so that every row goes to another page. */
    static const char with_file[] = "PRAGMA journal_mode = WAL; PRAGMA cache_size = -16000;";
    if (store->path && sqlite3_exec(sqlite, with_file, NULL, NULL, NULL) != SQLITE_OK) {
        conn_explain(store, sqlite, reterr, reterr_size);
        return false;
    }
    if (!load_key(store, reterr, reterr_size))
        return false;
    store->seal_key = secret_key_new();
    if (store->memory)
        return true;
    if (!seal_key_load(store->path, &store->seal_key, reterr, reterr_size))
        return false;
    store->checkpointer = checkpointer_start(store, reterr, reterr_size);
    if (store->checkpointer)
        sqlite3_wal_hook(store->writer.sqlite, checkpointer_note, store->checkpointer);
    return store->checkpointer != NULL;
}

/* Debian's SQLite takes names that begin with "file:" for URIs. */
static char *name_for_sqlite(const char *path)
{
    char *name;
    if (asprintf(&name, "%s%s", strncmp(path, "file:", 5) == 0 ? "./" : "", path) < 0)
        die("no memory for a path");
    return name;
}

/* One that is spun on for a moment before it is slept on: musl's are all so. */
static void init_spinning(pthread_mutex_t *mutex)
{
    pthread_mutexattr_t kind;
    pthread_mutexattr_init(&kind);
#ifdef __GLIBC__
    pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_ADAPTIVE_NP);
#endif
    pthread_mutex_init(mutex, &kind);
    pthread_mutexattr_destroy(&kind);
}

struct store *store_open(const char *path, const struct spec *const specs[], char *reterr, size_t reterr_size)
{
    return store_open_as(path, STORE_EMPTY, specs, reterr, reterr_size);
}

struct store *store_open_as(const char *path, enum store_image image, const struct spec *const specs[], char *reterr,
                            size_t reterr_size)
{
    /* Refused, and harmless, once SQLite is running. Nobody asks for the statistics. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    pieces_use();
    struct store *store = calloc(1, sizeof *store);
    if (!store)
        die("no memory for the store");
    store->generation = 2;
    store->specs = specs;
    if (is_durable(path))
        store->path = name_for_sqlite(path);
    else if (!(store->memory = memory_file_new()))
        die("no memory for the store");
    fair_lock_init(&store->lock);
    pthread_mutex_init(&store->list_lock, NULL);
    pthread_mutex_init(&store->health_lock, NULL);
    init_spinning(&store->writing);
    threads_forget();
    store->file.fd = -1;
    if (store->path && !file_claim(store->path, &store->file, reterr, reterr_size)) {
        store_close(store);
        return NULL;
    }
    store->touches = touches_new();
    store->changes = changes_new();
    if (store->changes) {
        store->texts = row_texts_new();
        store->orders = orders_new();
    }
    if (conn_open(&store->writer, store, reterr, reterr_size) && prepare_file(store, image, reterr, reterr_size)) {
        writer_listen(store);
        return store;
    }
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
    threads_forget(); /* one that ends now has nothing to give back */
    for (struct db *db = store->list, *next; db; db = next) {
        next = db->next;
        conn_close(&db->reader);
        free(db);
    }
    conn_close(&store->writer);
    row_texts_free(store->texts);
    touches_free(store->touches);
    orders_free(store->orders);
    changes_free(store->changes);
    file_release(&store->file);
    fair_lock_destroy(&store->lock);
    pthread_mutex_destroy(&store->list_lock);
    pthread_mutex_destroy(&store->health_lock);
    pthread_mutex_destroy(&store->writing);
    memory_file_free(store->memory);
    free(store->path);
    free(store);
}

bool store_begins_as_default(const struct store *store)
{
    return store->begins_as_default;
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
            snprintf(reterr, reterr_size, "%s, in %s", text ? sqlite3_errmsg(db->conn->sqlite) : texts[i],
                     sql_names[i]);
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
    if (space != db->space)
        rows_forget(db);
    db->space = space;
}

int64_t db_space(const struct db *db)
{
    return db->space;
}

static bool run_text(struct db *db, sqlite3_stmt **stmt, const char *text)
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
    if (store->memory && tx == TX_WRITE)
        fair_lock_write(&store->lock);
    else if (store->memory)
        fair_lock_read(&store->lock);
    else if (tx == TX_WRITE)
        pthread_mutex_lock(&store->writing);
    db->locked = tx == TX_WRITE || store->memory;
    db->conn = tx == TX_WRITE ? &db->store->writer : &db->reader;
}

static void tx_over(struct db *db)
{
    assert(db->open_queries == 0);
    if (db->tx == TX_WRITE) {
        changes_forget(db->store->changes);
        touches_rolled_back(db->store->touches); /* of what was not committed */
        writer_ended(db->store);
    }
    if (db->locked && db->store->path)
        pthread_mutex_unlock(&db->store->writing);
    else if (db->locked)
        fair_lock_release(&db->store->lock);
    db->locked = false;
    db->rare_holds = false;
    db->effects = (struct effects){ .joined = 0 };
    db->announced_count = 0;
    db->tx = TX_NONE;
    db->begin_due = false;
    db->conn = &db->reader;
}

static bool end(struct db *db, sqlite3_stmt **stmt, const char *text)
{
    if (db->tx == TX_WRITE)
        writer_ends(db->store);
    return run_text(db, stmt, text);
}

void db_wait_since(struct db *db, int64_t steady_us)
{
    db->wants_since_us = steady_us;
}

/* In memory there are no other programs: nobody has to wait longer than until a new connection has looked around. */
static int64_t wanted_since(struct db *db)
{
    const int64_t since_us = db->wants_since_us ? db->wants_since_us : clock_steady_us();
    db->wants_since_us = 0;
    return db->store->path ? since_us : 0;
}

bool tx_begin(struct db *db, enum tx tx)
{
    assert(db->tx == TX_NONE && db->open_queries == 0);
    db->failure = DB_OK;
    if (tx == TX_NONE)
        return true;
    const int64_t since_us = wanted_since(db);
    take_lock(db, tx);
    db->conn->wants_since_us = since_us;
    db->tx = tx;
    db->began_in = store_generation(db->store);
    if (!sqlite3_get_autocommit(db->conn->sqlite))
        run_text(db, &db->conn->rollback, "ROLLBACK"); /* the last one could not be rolled back */
    rows_recall(db);
    db->begin_due = tx == TX_READ;
    if (tx == TX_READ || run_text(db, &db->conn->begin[tx], "BEGIN IMMEDIATE"))
        return true;
    tx_over(db);
    return false;
}

void tx_begin_due(struct db *db)
{
    db->begin_due = false;
    run_text(db, &db->conn->begin[TX_READ], "BEGIN");
}

uint64_t store_generation(const struct store *store)
{
    return atomic_load(&store->generation);
}

uint64_t db_generation(const struct db *db)
{
    return store_generation(db->store);
}

uint64_t store_identities_of(const struct db *db)
{
    return atomic_load(&db->store->identities) + db->effects.identities;
}

static bool commit(struct db *db)
{
    const bool writes = db->tx == TX_WRITE; /* then this thread has the lock, and no other one counts */
    if (writes)
        atomic_fetch_add(&db->store->generation, 1);
    atomic_fetch_add(&db->store->identities, db->effects.identities);
    const bool ok = db->begin_due || end(db, &db->conn->commit, "COMMIT");
    if (writes)
        changes_committed(db->store, db->effects.joined);
    if (writes && ok)
        touches_committed(db->store->touches);
    atomic_fetch_add(&db->store->identities, db->effects.identities);
    if (writes)
        atomic_fetch_add(&db->store->generation, 1);
    if (writes && ok)
        db_succeeded(db);
    return ok;
}

void store_listen(struct store *store, void (*fn)(void *cls, int64_t space), void *cls)
{
    store->listen = fn;
    store->listen_cls = cls;
}

void db_announce(struct db *db)
{
    for (size_t i = 0; i < db->announced_count; i++)
        if (db->announced[i] == db->space)
            return;
    if (db->announced_count < ANNOUNCED)
        db->announced[db->announced_count++] = db->space;
}

void store_tell(const struct store *store, int64_t space)
{
    if (store->listen)
        store->listen(store->listen_cls, space);
}

static void tell(const struct db *db, size_t announced)
{
    for (size_t i = 0; i < announced; i++)
        store_tell(db->store, db->announced[i]);
}

bool tx_commit(struct db *db)
{
    const size_t announced = db->announced_count;
    if (db->tx == TX_NONE)
        return true;
    if (db->failure || !commit(db)) {
        tx_rollback(db);
        return false;
    }
    tx_over(db);
    tell(db, announced);
    return true;
}

void tx_rollback(struct db *db)
{
    if (db->tx == TX_NONE)
        return;
    if (db->tx == TX_WRITE)
        rare_undone(db->store);
    /* SQLite may have rolled back by itself, on a full disk for instance. */
    if (!sqlite3_get_autocommit(db->conn->sqlite))
        end(db, &db->conn->rollback, "ROLLBACK");
    tx_over(db);
}

void tx_savepoint(struct db *db)
{
    run_text(db, &db->conn->savepoint, "SAVEPOINT one");
}

void tx_release(struct db *db)
{
    run_text(db, &db->conn->release, "RELEASE one");
}

void tx_rollback_to_savepoint(struct db *db)
{
    run_text(db, &db->conn->rollback_to, "ROLLBACK TO one");
    touches_rolled_back(db->store->touches);
    rare_undone(db->store);
    rows_forget(db);
    tx_release(db);
}

void db_drop_queries(struct db *db)
{
    for (sqlite3_stmt *stmt = sqlite3_next_stmt(db->conn->sqlite, NULL); stmt;
         stmt = sqlite3_next_stmt(db->conn->sqlite, stmt))
        sqlite3_reset(stmt);
    db->open_queries = 0;
}
