/* Store: transactions, savepoints, what changes when, what outlives the process. Each with the database in memory and
 * in a file. */
#include "rig.h"
#include "store/internal.h"
#include "store_rows.h"
#include "router/stored_specs.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* ---- one thread ---------------------------------------------------------------------------------------- */

static void test_commit_and_rollback(void **state)
{
    (void)state;
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_WRITE));
    assert_true(add_row(db, 1));
    assert_int_equal(count_rows(db), 1);
    tx_rollback(db);
    assert_int_equal(rows_now(), 0);
    assert_true(tx_begin(db, TX_WRITE));
    assert_true(add_row(db, 1) && add_row(db, 2));
    assert_true(tx_commit(db));
    assert_int_equal(rows_now(), 2);
    assert_true(tx_begin(db, TX_READ));
    tx_rollback(db);
    assert_null(db_error(db));
}

static int refuse_rollback(void *cls, int action, const char *what, const char *a, const char *b, const char *c)
{
    (void)cls, (void)a, (void)b, (void)c;
    return action == SQLITE_TRANSACTION && strcmp(what, "ROLLBACK") == 0 ? SQLITE_DENY : SQLITE_OK;
}

/* What could not be rolled back is when the next transaction begins: a thread is not lost to the store by it. */
static void test_rollback_fails(void **state)
{
    static const enum tx kinds[] = { TX_READ, TX_WRITE };
    (void)state;
    struct db *db = my_db();
    for (size_t i = 0; i < COUNT(kinds); i++) {
        assert_true(tx_begin(db, kinds[i]));
        sqlite3 *sqlite = db->conn->sqlite;
        assert_true(kinds[i] == TX_READ ? count_rows(db) == 0 : add_row(db, 1));
        sqlite3_set_authorizer(sqlite, refuse_rollback, NULL);
        tx_rollback(db);
        assert_false(sqlite3_get_autocommit(sqlite));
        sqlite3_set_authorizer(sqlite, NULL, NULL);
        assert_true(tx_begin(db, kinds[i]));
        assert_null(db_error(db));
        assert_int_equal(count_rows(db), 0);
        assert_true(tx_commit(db));
        assert_true(sqlite3_get_autocommit(sqlite));
    }
    assert_int_equal(rows_now(), 0);
}

static void test_no_transaction(void **state)
{
    (void)state;
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_NONE));
    assert_true(tx_commit(db));
    tx_rollback(db);
    assert_true(tx_begin(db, TX_NONE));
    assert_true(tx_begin(db, TX_WRITE)); /* nothing had begun */
    assert_true(tx_commit(db));
    assert_true(tx_commit(db));
}

static void begin_twice(void)
{
    tx_begin(my_db(), TX_READ);
    tx_begin(my_db(), TX_READ);
}

static void test_begin_twice(void **state)
{
    (void)state;
    expect_assert(begin_twice, "TX_NONE");
}

static void test_generation(void **state)
{
    (void)state;
    struct db *db = my_db();
    uint64_t before = store_generation(store);
    assert_true(before > 0 && before % 2 == 0);
    assert_int_equal(db_generation(db), before);
    assert_int_equal(rows_now(), 0);
    assert_int_equal(store_generation(store), before);
    assert_true(tx_begin(db, TX_WRITE) && add_row(db, 1));
    tx_rollback(db);
    assert_int_equal(store_generation(store), before);
    for (int64_t i = 0; i < 5; i++) {
        assert_true(tx_begin(db, TX_WRITE) && add_row(db, i));
        assert_int_equal(store_generation(store), before);
        assert_true(tx_commit(db));
        const uint64_t after = store_generation(store);
        assert_true(after != before && after % 2 == 0);
        before = after;
    }
}

static void test_identities(void **state)
{
    (void)state;
    struct db *db = my_db();
    const uint64_t before = identities_now(db);
    assert_int_equal(before % 2, 0);
    assert_true(tx_begin(db, TX_WRITE) && add_row(db, 1) && tx_commit(db)); /* no identity */
    assert_int_equal(identities_now(db), before);
    assert_true(tx_begin(db, TX_WRITE) && insert_person(db, 1));
    assert_int_equal(store_identities_of(db) % 2, 1);
    tx_rollback(db);
    assert_int_equal(identities_now(db), before);
    uint64_t after = before;
    for (uint8_t i = 1; i < 4; i++) { /* also when the statement is not new */
        assert_true(tx_begin(db, TX_WRITE) && insert_person(db, i) && tx_commit(db));
        assert_true(identities_now(db) > after && identities_now(db) % 2 == 0);
        after = identities_now(db);
    }
}

static void test_identities_after_a_transaction(void **state)
{
    (void)state;
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_WRITE) && insert_person(db, 1));
    tx_rollback(db);
    assert_int_equal(store_identities_of(db), identities_now(db));
    assert_true(tx_begin(db, TX_WRITE) && insert_person(db, 1) && tx_commit(db));
    const uint64_t outside = store_identities_of(db);
    assert_int_equal(outside, identities_now(db));
}

/* ---- savepoints ---------------------------------------------------------------------------------------- */

static void test_savepoints(void **state)
{
    (void)state;
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_WRITE));
    for (int64_t i = 0; i < 6; i++) { /* every other one is undone */
        tx_savepoint(db);
        assert_true(add_row(db, 2 * i) && add_row(db, 2 * i + 1));
        if (i % 2)
            tx_rollback_to_savepoint(db);
        else
            tx_release(db);
        assert_int_equal(count_rows(db), 2 * (i / 2 + 1));
    }
    assert_true(tx_commit(db));
    assert_null(db_error(db));
    assert_int_equal(rows_now(), 6);
    assert_true(tx_begin(db, TX_WRITE));
    tx_savepoint(db);
    assert_true(add_row(db, 100));
    tx_release(db);
    tx_rollback(db);
    assert_int_equal(rows_now(), 6);
}

static void test_spaces(void **state)
{
    (void)state;
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_WRITE) && add_row(db, 1) && add_row(db, 2));
    db_use_space(db, 2);
    assert_int_equal(count_rows(db), 0);
    assert_false(add_row(db, 1)); /* there is no such space */
    assert_null(db_error(db));
    db_use_space(db, 1);
    assert_int_equal(count_rows(db), 2);
    assert_true(tx_commit(db));
}

/* ---- the file ------------------------------------------------------------------------------------------ */

static void test_reopen(void **state)
{
    (void)state;
    const struct secret_key key = *store_key_of(my_db());
    assert_true(tx_begin(my_db(), TX_WRITE) && add_row(my_db(), 1) && tx_commit(my_db()));
    assert_true(tx_begin(my_db(), TX_WRITE) && add_row(my_db(), 2));
    tx_rollback(my_db());
    for (int i = 0; i < 3; i++) {
        store_close(store);
        open_store(true);
        assert_int_equal(rows_now(), 1);
        assert_memory_equal(store_key_of(my_db())->b, key.b, sizeof key.b);
    }
}

/* Commits, and leaves something open, and dies on the spot. */
static void write_and_die(void)
{
    char why[256];
    store = store_open(store_path, stored_specs, why, sizeof why);
    struct db *db = store ? my_db() : NULL;
    for (int64_t i = 0; db && i < 50; i++)
        if (!tx_begin(db, TX_WRITE) || !add_row(db, i) || !tx_commit(db))
            _exit(1);
    if (!db || !tx_begin(db, TX_WRITE) || !add_row(db, 1000))
        _exit(1);
    kill(getpid(), SIGKILL);
}

static void test_killed(void **state)
{
    (void)state;
    char errors[300];
    store_close(store);
    const int status = end_of(write_and_die, errors, sizeof errors);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    open_store(true);
    assert_int_equal(rows_now(), 50);
    assert_true(tx_begin(my_db(), TX_WRITE) && add_row(my_db(), 1000) && tx_commit(my_db()));
    assert_int_equal(rows_now(), 51);
}

static struct rlimit limit_files(rlim_t bytes)
{
    struct rlimit before, now;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    now = before;
    now.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &now), 0);
    return before;
}

/* A commit that the disk has no room for: nothing of it is there, and the next one works. */
static void test_commit_fails(void **state)
{
    (void)state;
    char first[300] = "";
    struct db *db = my_db();
    signal(SIGXFSZ, SIG_IGN);
    assert_true(tx_begin(db, TX_WRITE) && add_row(db, 1) && tx_commit(db));
    const uint64_t generation = store_generation(store);
    const struct rlimit before = limit_files(0);
    const bool begun = tx_begin(db, TX_WRITE);
    const bool added = begun && add_row(db, 2);
    const bool committed = begun && tx_commit(db);
    snprintf(first, sizeof first, "%s", db_error(db) ? db_error(db) : "");
    setrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, SIG_DFL);
    assert_true(begun && added);
    assert_false(committed);
    assert_string_not_equal(first, "");
    assert_int_equal(store_generation(store) % 2, 0);
    assert_true(store_generation(store) >= generation);
    assert_int_equal(rows_now(), 1);
    assert_true(tx_begin(db, TX_WRITE) && add_row(db, 3) && tx_commit(db));
    assert_int_equal(rows_now(), 2);
    assert_null(db_error(db));
}

static bool usable(void)
{
    char why[300] = "";
    const bool ok = store_is_usable(store, why, sizeof why);
    assert_int_equal(why[0] == '\0', ok);
    return ok;
}

/* Adds rows, each transaction a hundred, until no more fit; how many there are then. */
static int64_t fill(void)
{
    struct db *db = my_db();
    for (int64_t n = rows_now();; n += 100) {
        assert_true(tx_begin(db, TX_WRITE));
        bool added = true;
        for (int64_t i = 0; added && i < 100; i++)
            added = add_row(db, n + i);
        if (!added || !tx_commit(db)) {
            tx_rollback(db);
            assert_int_equal(db_failure(db), DB_FULL);
            return n;
        }
    }
}

/* What is full stays whole, and when something goes there is room for as much again. */
static void test_full(void **state)
{
    (void)state;
    store_limit(store, 1 << 20);
    const int64_t rows = fill();
    assert_true(rows > 1000);
    assert_string_equal(db_error(my_db()),
                        "the store is full: it may take 1048576 bytes (--store-bytes), in IDEMPOTENCY_INSERT");
    for (int i = 0; i < 3; i++) {
        assert_int_equal(rows_now(), rows);
        assert_true(usable());
        assert_true(tx_begin(my_db(), TX_WRITE));
        store_space_clear(my_db(), 1);
        assert_true(tx_commit(my_db()));
        assert_int_equal(rows_now(), 0);
        assert_int_equal(fill(), rows);
    }
}

static bool write_large(bool commits)
{
    static const char sql[] = "CREATE TABLE IF NOT EXISTS large (b);"
                              "WITH numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT 30)"
                              "INSERT INTO large SELECT zeroblob(1000000) FROM numbers";
    assert_true(tx_begin(my_db(), TX_WRITE));
    assert_int_equal(sqlite3_exec(store->writer.sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
    if (commits)
        return tx_commit(my_db());
    tx_rollback(my_db());
    return true;
}

/* After a large transaction in memory, whatever became of it, another connection writes: to the same rows, within the
 * same limit, and it tells what it changes. */
static void test_another_writer(void **state)
{
    (void)state;
    store_limit(store, 64 << 20);
    for (int commits = 0; commits < 2; commits++) {
        const sqlite3 *before = store->writer.sqlite;
        assert_true(tx_begin(my_db(), TX_WRITE));
        assert_true(add_row(my_db(), commits));
        assert_true(tx_commit(my_db()));
        assert_ptr_equal(store->writer.sqlite, before);
        assert_true(write_large(commits));
        assert_ptr_not_equal(store->writer.sqlite, before);
        assert_int_equal(rows_now(), commits + 1);
        assert_ptr_equal(sqlite3_update_hook(store->writer.sqlite, NULL, NULL), store);
        writer_listen(store);
    }
    assert_true(tx_begin(my_db(), TX_WRITE));
    assert_int_equal(sqlite3_exec(store->writer.sqlite, "INSERT INTO large SELECT b FROM large; INSERT INTO large"
                                  " SELECT b FROM large", NULL, NULL, NULL), SQLITE_FULL);
    tx_rollback(my_db());
}

/* A page in the middle is overwritten: the store says what it met, for good, and that it cannot be used. */
static void test_damaged(void **state)
{
    (void)state;
    static char rubbish[4096 * 64];
    store_limit(store, 1 << 20);
    const int64_t rows = fill();
    store_close(store);
    const int fd = open(store_path, O_WRONLY);
    memset(rubbish, 'x', sizeof rubbish);
    assert_int_equal(pwrite(fd, rubbish, sizeof rubbish, 4096 * 170), sizeof rubbish);
    close(fd);
    open_store(true);
    assert_true(usable());
    assert_true(tx_begin(my_db(), TX_READ));
    assert_int_not_equal(count_rows(my_db()), rows);
    assert_int_equal(db_failure(my_db()), DB_BROKEN);
    tx_rollback(my_db());
    assert_false(usable());
    assert_false(usable());
}

static void test_file_gone(void **state)
{
    (void)state;
    char elsewhere[sizeof store_path + 8];
    snprintf(elsewhere, sizeof elsewhere, "%s.old", store_path);
    assert_true(usable());
    assert_int_equal(rename(store_path, elsewhere), 0);
    assert_false(usable());
    assert_int_equal(rename(elsewhere, store_path), 0);
    assert_true(usable());
}

/* The claim is no lock of SQLite's: both can be had at once, and it ends with the store. */
static void test_claimed(void **state)
{
    (void)state;
    char why[300] = "";
    assert_null(store_open(store_path, stored_specs, why, sizeof why));
    assert_non_null(strstr(why, "another duvo-mock is using it"));
    assert_true(tx_begin(my_db(), TX_WRITE) && add_row(my_db(), 1) && tx_commit(my_db()));
    store_close(store);
    open_store(true);
    assert_int_equal(rows_now(), 1);
}

static void test_key_is_the_files(void **state)
{
    (void)state;
    const struct secret_key first = *store_key_of(my_db());
    store_close(store);
    assert_int_equal(unlink(store_path), 0);
    open_store(true);
    assert_memory_not_equal(store_key_of(my_db())->b, first.b, sizeof first.b);
}

#define TEST(name, setup) { #name "." #setup, name, setup, stop, NULL }
#define BOTH(name) TEST(name, in_memory), TEST(name, in_a_file)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(test_commit_and_rollback),
        BOTH(test_rollback_fails),
        BOTH(test_no_transaction),
        BOTH(test_begin_twice),
        BOTH(test_generation),
        BOTH(test_identities),
        TEST(test_identities_after_a_transaction, in_memory),
        BOTH(test_savepoints),
        BOTH(test_spaces),
        TEST(test_reopen, in_a_file),
        TEST(test_killed, in_a_file),
        TEST(test_commit_fails, in_a_file),
        BOTH(test_full),
        TEST(test_another_writer, in_memory),
        TEST(test_damaged, in_a_file),
        TEST(test_file_gone, in_a_file),
        TEST(test_claimed, in_a_file),
        TEST(test_key_is_the_files, in_a_file),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
