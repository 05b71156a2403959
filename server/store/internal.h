/* What the store's own files share; nobody else includes it. */
#ifndef DUVO_STORE_INTERNAL_H
#define DUVO_STORE_INTERNAL_H

#include "store/query.h"
#include "store/store.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

struct store {
    char *uri;    /* what every connection opens */
    bool durable; /* there is a file */
    const struct spec *const *specs;
    struct secret_key key;
    pthread_rwlock_t lock; /* see store.h */
    atomic_uint_fast64_t generation;
    pthread_mutex_t list_lock;
    struct db *list; /* every connection, for the end */
};

struct db {
    struct store *store;
    struct db *next;
    sqlite3 *sqlite;
    int64_t space;
    enum tx tx;
    int open_queries;
    bool locked;
    bool failed;
    char error[256];
    sqlite3_stmt *begin[3], *commit, *rollback;
    sqlite3_stmt *statements[SQL_COUNT];
};

/* Keeps the first thing that went wrong. */
void db_fail(struct db *db, const char *doing);
/* The text of a statement with its {Spec} parts replaced, in memory the caller frees with sqlite3_free. */
char *sql_expand(const struct store *store, const char *text);
/* Applies the embedded schema/store/NNN_*.sql that the file does not have yet. */
bool migrate(sqlite3 *sqlite, char *reterr, size_t reterr_size);

#endif
