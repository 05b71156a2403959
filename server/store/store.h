/* Store: SQLite behind transactions, a list of statements and rows of specs. The only user of sqlite3.h; it knows no
 * HTTP.
 *
 * Layout. Every thread reads through a connection of its own, opened on first use; all write through one, whose page
 * cache therefore never has to be thrown away because another connection has committed. Without a file the database
 * lives in memory (memory_file.h), and one reader-writer lock keeps readers and writers apart. With a file it is in WAL
 * mode: readers never wait, and writers queue on a lock rather than on SQLite's polling. Every write transaction begins
 * IMMEDIATE.
 *
 * Durability. With a file, what was committed survives the end of the process, however it ends (WAL with
 * synchronous=NORMAL: the operating system has it). After a power cut the newest commits can be missing, never half
 * there.
 *
 * Errors. Whatever SQLite refuses that was not expected makes the connection `failed` until the transaction ends; the
 * caller of the transaction asks once (db_error, db_failure). A broken constraint is not a failure: the statement's
 * function says so. */
#ifndef DUVO_STORE_STORE_H
#define DUVO_STORE_STORE_H

#include "base/secret.h"
#include "base/text.h"
#include "spec/spec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;
struct db;

enum tx { TX_NONE, TX_READ, TX_WRITE };

/* What a store begins as that is made now: without a row, or with the template and the default space that a start with
 * the built-in fixtures `default` makes. */
enum store_image { STORE_EMPTY, STORE_DEFAULT };

/* Opens the database at `path`, or an ephemeral one when it is NULL, and brings it to the newest schema. A file is
 * claimed: no other process can open it meanwhile. `specs` ends
 * with NULL and are those that statements name in braces. On failure NULL, with one line in reterr; a file that is no
 * database, or another program's, or of a newer version, is left as it was. */
struct store *store_open(const char *path, const struct spec *const specs[], char *reterr, size_t reterr_size);
/* The same, as `image` where nothing is there yet; store_open makes an empty one. */
struct store *store_open_as(const char *path, enum store_image image, const struct spec *const specs[], char *reterr,
                            size_t reterr_size);
/* Whether opening it would make it. */
bool store_is_to_be_made(const char *path);
/* Whether it was made when it was opened, as STORE_DEFAULT, so that nothing else is in it. */
bool store_begins_as_default(const struct store *store);
/* How large the database may become; before it is used. What does not fit is refused, and what is there stays whole. A
 * database in memory has LIMIT_MEMORY_STORE from the beginning, and never more; a file has no limit of its own. */
void store_limit(struct store *store, int64_t bytes);
/* Opens what so many threads will need to read, so that they find it there whatever the process is short of later;
 * memory alone is taken when it is used. */
bool store_prepare_threads(struct store *store, unsigned threads, char *reterr, size_t reterr_size);
/* From now on nobody waits for another program's lock. */
void store_stop_waiting(struct store *store);
/* How many sealed secrets of the database cannot be opened: its key is not the one that they were sealed with. */
int64_t store_lost_secrets(struct store *store);
/* No other thread may be using it; NULL is accepted. */
void store_close(struct store *store);

/* The calling thread's way into the store; NULL, with a line in reterr, when it cannot be opened. It is the thread's
 * until that ends, and then the next one's. */
struct db *store_db(struct store *store, char *reterr, size_t reterr_size);
/* Every statement of the list against the real schema; false with the first error. For tests. */
bool store_check_statements(struct store *store, char *reterr, size_t reterr_size);

/* The key of every keyed hash in its database. */
const struct secret_key *store_key_of(const struct db *db);
const struct secret_key *store_key(const struct store *store);

/* The key that secrets are sealed with. It is kept beside the database, in FILE.key, or with the process. */
const struct secret_key *store_seal_key_of(const struct db *db);

/* The space that statements work on from now on. */
void db_use_space(struct db *db, int64_t space);
int64_t db_space(const struct db *db);

/* Since when the caller of the next transaction has wanted it: it waits for another program's lock for LIMIT_LOCK_MS
 * from then on. So those that wait behind each other wait together. 0 is from its beginning on, 1 not at all. */
void db_wait_since(struct db *db, int64_t steady_us);
/* False when it could not begin; then there is nothing to end. TX_NONE begins nothing. */
bool tx_begin(struct db *db, enum tx tx);
/* Ends what was begun: false when the commit failed (the transaction is rolled back then). Asserts that no query is
 * left open. */
bool tx_commit(struct db *db);
void tx_rollback(struct db *db);
/* Inside a TX_WRITE: what comes after can be kept, or undone, without the rest. One at a time. */
void tx_savepoint(struct db *db);
void tx_release(struct db *db);
void tx_rollback_to_savepoint(struct db *db);

/* Ends every query that work has left behind which ended for want of memory. */
void db_drop_queries(struct db *db);

/* Whoever is to learn of commits: fn(cls, space) is called after a commit in which that space was announced, once for
 * each, in the thread that has committed and without a lock of the store's; what is rolled back is announced to nobody.
 * Before the store is used by others; NULL ends it, when they no longer do. */
void store_listen(struct store *store, void (*fn)(void *cls, int64_t space), void *cls);
/* Inside a TX_WRITE: announces the space that statements work on. */
void db_announce(struct db *db);
/* Calls it at once, of a space that nobody could find yet when it was committed. */
void store_tell(const struct store *store, int64_t space);

/* Inside a TX_WRITE: `to`, which has no rows of its own, shows those of `from`, which must stay as they are for as long
 * as it does: until the first statement that writes in `to`, which copies them before. It costs nothing until then. Not
 * for the template, the default space and snapshots. */
void store_space_share(struct db *db, int64_t from, int64_t to);
/* The space whose rows the space shows, which most often is itself. */
int64_t store_space_shown(struct db *db, int64_t space);

/* Inside a TX_WRITE: copies every row of one space into another, which has none; removes every row of a space, but not
 * the space. Whatever tables there are. */
void store_space_copy(struct db *db, int64_t from, int64_t to);
void store_space_clear(struct db *db, int64_t space);
/* The same as clearing `to` and copying `from`, at the price of a look at each row and of what is different. */
void store_space_match(struct db *db, int64_t from, int64_t to);

/* A number above 0 that is another one after every commit: even while the data stands still, odd while a commit is
 * under way. Two equal even readings mean that no transaction committed between them. */
uint64_t store_generation(const struct store *store);
uint64_t db_generation(const struct db *db);

/* The same of the keys, people, teams and roles alone: what was read of them between two equal even readings holds for
 * as long as the number stays. Odd, too, for a transaction that has changed some itself. */
uint64_t store_identities_of(const struct db *db);

/* What a failure is to whoever asked. DB_FULL: more does not fit, and all that was there stays. DB_LOCKED: another
 * program has the file. DB_BROKEN: the database cannot be used as it is. DB_FAILED: anything else, such as a wrong
 * statement. */
enum db_failure { DB_OK, DB_FULL, DB_LOCKED, DB_BROKEN, DB_FAILED };

/* What went wrong in this transaction: the reason, then the statement by its name in sql.def. NULL when nothing did. */
const char *db_error(const struct db *db);
enum db_failure db_failure(const struct db *db);

/* Whether the store can be used, full or not; outside of a transaction. False with one line in reterr: it is damaged,
 * its disk fails, or its file is no longer where it was. */
bool store_is_usable(struct store *store, char *reterr, size_t reterr_size);

#endif
