/* What the store's own files share; nobody else includes it. */
#ifndef DUVO_STORE_INTERNAL_H
#define DUVO_STORE_INTERNAL_H

#include "base/fair_lock.h"
#include "store/file.h"
#include "store/listed.h"
#include "store/memory_file.h"
#include "store/query.h"
#include "store/store.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

/* What a statement does, learned when it is prepared. */
struct effects {
    bool identities; /* changes some */
    unsigned joined; /* bits of enum listed: changes what their rows show of others */
};

struct statement_kind {
    struct effects effects;
    bool is_of_space;  /* it names ?1 */
    bool is_of_spaces; /* of the table of spaces: what it binds is the space itself, whosever rows that shows */
    bool writes;
    const struct space_tables *tables; /* of a space, that it may write to: */
    uint64_t written;                  /* see space_tables.h */
};

/* One SQLite connection with what was prepared on it. */
struct conn {
    sqlite3 *sqlite; /* NULL: not opened yet */
    const struct store *store;
    int64_t wants_since_us, until_us; /* how long it waits for another program's lock */
    sqlite3_stmt *begin[3], *commit, *rollback, *savepoint, *release, *rollback_to;
    sqlite3_stmt *statements[SQL_COUNT];
    struct statement_kind kinds[SQL_COUNT];
    struct space_tables *space_tables; /* made on first use */
    sqlite3_stmt *data_version;
};

/* See rare.h. Bits of enum rare: those that the space was asked about, and of them those that it has none of. */
struct rare_known {
    int64_t space;
    unsigned asked, none;
};
enum { RARE_PLACES = 16 };

struct store {
    char *path;                 /* of the file; NULL: */
    struct memory_file *memory; /* the database is in memory, here; NULL when there is a file */
    bool begins_as_default;
    struct file file;
    atomic_bool stopping; /* nobody waits any more */
    const struct spec *const *specs;
    struct secret_key key, seal_key;
    struct fair_lock lock; /* see store.h */
    struct conn writer;    /* whose page cache is always true; used with the lock held for writing */
    bool writer_was_large; /* see writer.c */
    atomic_uint_fast64_t generation;
    pthread_mutex_t writing; /* with a file: taken instead of `lock`, and spun on for a moment */
    atomic_uint_fast64_t identities;
    void (*listen)(void *cls, int64_t space); /* store_listen; or NULL */
    void *listen_cls;
    struct checkpointer *checkpointer; /* with a file */
    pthread_mutex_t list_lock;
    struct db *list; /* every thread's, for the end */
    struct db *spare; /* of them, those that no thread has */
    int64_t max_bytes; /* 0: no limit but the disk's */
    pthread_mutex_t health_lock;
    struct changes *changes; /* kept for readers, or not at all */
    struct row_texts *texts;
    struct orders *orders;
    struct touches *touches; /* NULL for want of memory */
    struct rare_known rare[RARE_PLACES]; /* with the write lock held, */
    int64_t rare_version;                /* of this conn_version */
    char broken[200]; /* why the last that was tried could not be done; empty when it could */
    bool damaged;     /* for good */
};

/* Spaces that one transaction can announce: the write queue has no more requests in one. */
enum { ANNOUNCED = 64 };

struct db {
    struct store *store;
    struct db *next, *next_spare;
    int64_t wants_since_us; /* db_wait_since */
    struct conn reader;
    struct conn *conn; /* the one in use: the thread's own, or the store's writer */
    int64_t space;
    bool rows_known;   /* of `space`, in this transaction: */
    int64_t rows;      /* the space that has its rows */
    uint64_t rows_in;  /* the generation of which that is true; 0: of this transaction alone */
    enum tx tx;
    bool begin_due;    /* of a read, which may need no statement: it has run none yet, nor BEGIN */
    uint64_t began_in; /* the generation before a read could see anything */
    int open_queries;
    bool locked;
    struct effects effects; /* of the transaction's statements */
    size_t announced_count;
    int64_t announced[ANNOUNCED];
    bool rare_holds; /* in this transaction: what is known of rare rows is not older than another program's changes */
    enum db_failure failure;
    char error[256];
};

/* SQLite takes its memory as pieces.c says. Before it is used; refused, and harmless, once it is. */
void pieces_use(void);

/* Opens one more connection to the store's database, with the lock held where that is in memory. */
bool conn_open(struct conn *conn, const struct store *store, char *reterr, size_t reterr_size);
void conn_close(struct conn *conn);
/* Of its database: another number once another program has written to the file. -1 when that cannot be told. */
int64_t conn_version(struct conn *conn);
/* One line on why it cannot be used. */
void conn_explain(const struct store *store, sqlite3 *sqlite, char *reterr, size_t reterr_size);

/* Makes the database in a file, in which nothing is yet, a copy of the image, in one transaction, so that it has all or
 * nothing. False when it could not; then nothing is in it still. */
bool image_copy(struct text image, sqlite3 *sqlite);
/* The writer, which is open: what a new database begins with, or what is left to be changed in the tables of an older
 * one. False with one line in reterr, or without where another program has locked it. */
bool writer_fill(struct store *store, enum store_image image, char *reterr, size_t reterr_size);
/* From now on it tells what it changes: changes.c, rare.h and touched.h. */
void writer_listen(struct store *store);
/* A write transaction is about to end, and has ended: after a large one another connection takes the writer's place. */
void writer_ends(struct store *store);
void writer_ended(struct store *store);

/* What threads have of stores is no longer theirs: when one is opened, and before one is closed. */
void threads_forget(void);

/* Rows that a write transaction changes, with the store's write lock held; see changes.c. All that is kept for readers
 * is there or not at all: without memory for it they read the rows themselves, and each of these accepts NULL. */
struct row_change {
    enum listed listed;
    int64_t rowid;
};
struct changes *changes_new(void);
void changes_free(struct changes *changes);
void changes_note(struct changes *changes, const char *table, int64_t rowid);
/* While the commit keeps the generation odd. `joined`: see struct effects. */
void changes_committed(struct store *store, unsigned joined);
void changes_forget(struct changes *changes);
/* Which rows show something of that table, and of that column of it unless it is NULL: bits of enum listed. */
unsigned joined_to(const char *table, const char *column);

/* See row_texts.h and orders.h; what is dropped is so by a commit, as above. */
struct row_texts *row_texts_new(void);
void row_texts_free(struct row_texts *texts);
void row_texts_drop(struct row_texts *texts, const struct row_change *changes, size_t n);
void row_texts_drop_kinds(struct row_texts *texts, unsigned bits);
struct orders *orders_new(void);
void orders_free(struct orders *orders);
void orders_note(struct orders *orders, const struct row_change *changes, size_t n);
void orders_forget(struct orders *orders);

/* See touched.h. NULL for want of memory, which all of these accept. */
struct touches *touches_new(void);
void touches_free(struct touches *touches);
void touches_row(struct touches *touches, bool deletes, const char *table, int64_t rowid);
/* A row of the table is about to be changed: the column whose value touches_key is to be told next, -1 for none. */
int touches_ask_key(struct touches *touches, bool deletes, const char *table);
/* NULL, or another size than that of an id: it cannot be told. */
void touches_key(struct touches *touches, const void *id, size_t size);
/* A write transaction has ended; or what it did since its savepoint is undone. */
void touches_committed(struct touches *touches);
void touches_rolled_back(struct touches *touches);

/* See rare.h: a row of the writer's has changed; a write transaction, or a part of it, is undone. */
void rare_row(struct store *store, const char *table);
void rare_undone(struct store *store);

/* Whether this SQLite was built to tell of keys before rows change; and has the writer's told to store->touches. */
bool row_keys_are_told(void);
void row_keys_listen(struct store *store);

/* A thread that copies the write-ahead log into the file while nobody waits for it. */
struct checkpointer *checkpointer_start(struct store *store, char *reterr, size_t reterr_size);
/* The hook that SQLite calls after every commit of the writer, with the number of pages in the log. */
int checkpointer_note(void *checkpointer, sqlite3 *sqlite, const char *schema, int pages);
/* NULL is accepted. */
void checkpointer_stop(struct checkpointer *checkpointer);

/* Reads the sealing key of the database at `path` from beside it, or makes one there. */
bool seal_key_load(const char *path, struct secret_key *ret, char *reterr, size_t reterr_size);

/* The space whose rows a statement is to bind. One that writes gives the space rows of its own before. */
int64_t rows_to_bind(struct db *db, bool writes);
/* What is known of it is so no longer; a transaction begins, in which it may still be. */
void rows_forget(struct db *db);
void rows_recall(struct db *db);

/* The space shows its own rows, of which there are none if it has shown others until now: whether it has. */
bool space_own(struct db *db, int64_t space);
/* Like store_space_copy, from a space with rows of its own; what is seen in the other one stays the same. */
void space_rows_copy(struct db *db, int64_t from, int64_t to);
/* NULL is accepted. */
void space_tables_free(struct space_tables *tables);

/* Keeps the first thing that went wrong, and what the statement is called that met it. */
void db_fail(struct db *db, const char *statement);
/* Begins what tx_begin left to the first statement of a read. */
void tx_begin_due(struct db *db);
/* After a write was committed. */
void db_succeeded(struct db *db);
/* The text of a statement with its {Spec} parts replaced, in memory the caller frees with sqlite3_free. */
char *sql_expand(const struct store *store, const char *text);
/* Applies the embedded schema/store/NNN_*.sql that the file does not have yet. Without a line in reterr when the file
 * is locked. */
bool migrate(sqlite3 *sqlite, char *reterr, size_t reterr_size);

#endif
