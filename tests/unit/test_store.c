/* Store: transactions, threads that read and write at once, what outlives the process, what changes when. Each with the
 * database in memory and in a file. */
#include "store/query.h"

#include "rig.h"
#include "stored.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static char *folder;
static char path[300];
static struct store *store;

static void open_store(bool durable)
{
    char why[256] = "";
    store = store_open(durable ? path : NULL, stored_specs, why, sizeof why);
    assert_string_equal(why, "");
    assert_non_null(store);
}

/* NULL when the thread gets none. */
static struct db *my_db(void)
{
    char why[256];
    return store_db(store, why, sizeof why);
}

static bool insert_space(void)
{
    QUERY q = query(my_db(), SQL_SPACE_INSERT);
    bind_text(&q, T("default"));
    bind_int(&q, 0);
    return query_try(&q);
}

static void start(bool durable)
{
    assert_true(secret_start());
    folder = folder_new();
    snprintf(path, sizeof path, "%s/state.db", folder);
    open_store(durable);
    assert_true(tx_begin(my_db(), TX_WRITE));
    assert_true(insert_space());
    assert_true(tx_commit(my_db()));
}

static int in_memory(void **state)
{
    (void)state;
    start(false);
    return 0;
}

static int in_a_file(void **state)
{
    (void)state;
    start(true);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    store_close(store);
    folder_remove(folder);
    arena_trim();
    return 0;
}

/* Adds a row whose key is a number. */
static bool add_row(struct db *db, int64_t number)
{
    static const struct secret_hash caller;
    char key[INT_TEXT_SIZE];
    QUERY q = query(db, SQL_IDEMPOTENCY_INSERT);
    bind_hash(&q, &caller);
    bind_text(&q, (struct text){ key, int_format(number, key) });
    bind_text(&q, T("POST"));
    bind_text(&q, T("/"));
    bind_int(&q, number);
    bind_hash(&q, &caller);
    bind_int(&q, 201);
    bind_text(&q, T("{}"));
    return query_try(&q);
}

static int64_t count_rows(struct db *db)
{
    QUERY q = query(db, SQL_IDEMPOTENCY_COUNT);
    return query_row(&q) ? col_int(&q, 0) : -1;
}

/* In a transaction of its own. */
static int64_t rows_now(void)
{
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_READ));
    const int64_t n = count_rows(db);
    assert_true(tx_commit(db));
    return n;
}

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

static bool insert_person(struct db *db, uint8_t n)
{
    const struct uuid id = { { n } };
    QUERY q = query(db, SQL_PERSON_INSERT);
    bind_uuid(&q, &id);
    bind_null(&q);
    bind_text(&q, T("a@b"));
    return query_try(&q);
}

/* As the next transaction sees it. */
static uint64_t identities_now(struct db *db)
{
    assert_true(tx_begin(db, TX_READ));
    const uint64_t n = store_identities_of(db);
    assert_true(tx_commit(db));
    return n;
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

/* ---- threads ------------------------------------------------------------------------------------------- */

enum { WRITERS = 2, READERS = 2, ROUNDS = 300 };

static atomic_bool writing;

static void *write_rows(void *first)
{
    struct db *db = my_db();
    intptr_t wrong = !db;
    for (int64_t i = 0; db && i < ROUNDS; i++) {
        const int64_t number = *(int64_t *)first + 2 * i;
        wrong += !tx_begin(db, TX_WRITE) || !add_row(db, number) || !add_row(db, number + 1) || !tx_commit(db);
    }
    arena_trim();
    return (void *)wrong;
}

/* Rows come in pairs: a reader that sees half of one has looked into a transaction. */
static void *read_rows(void *unused)
{
    (void)unused;
    struct db *db = my_db();
    int64_t before = 0;
    intptr_t wrong = !db;
    while (db && atomic_load(&writing)) {
        wrong += !tx_begin(db, TX_READ);
        const int64_t n = count_rows(db), again = count_rows(db);
        wrong += !tx_commit(db);
        wrong += n < before || n % 2 != 0 || n != again;
        before = n;
    }
    return (void *)wrong;
}

static intptr_t result_of(pthread_t thread)
{
    void *result;
    assert_int_equal(pthread_join(thread, &result), 0);
    return (intptr_t)result;
}

static void test_writers_and_readers(void **state)
{
    (void)state;
    static int64_t firsts[WRITERS] = { 0, 1000000 };
    pthread_t writers[WRITERS], readers[READERS];
    intptr_t wrong = 0;
    atomic_store(&writing, true);
    for (size_t i = 0; i < WRITERS; i++)
        assert_int_equal(pthread_create(&writers[i], NULL, write_rows, &firsts[i]), 0);
    for (size_t i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&readers[i], NULL, read_rows, NULL), 0);
    for (size_t i = 0; i < WRITERS; i++)
        wrong += result_of(writers[i]);
    atomic_store(&writing, false);
    for (size_t i = 0; i < READERS; i++)
        wrong += result_of(readers[i]);
    assert_int_equal(wrong, 0);
    assert_int_equal(rows_now(), 2 * WRITERS * ROUNDS);
}

/* Readers come and go all the while, and no change of an identity goes unnoticed. */
static void test_identities_among_readers(void **state)
{
    (void)state;
    pthread_t readers[READERS];
    struct db *db = my_db();
    uint64_t before = identities_now(db);
    intptr_t unnoticed = 0;
    atomic_store(&writing, true);
    for (size_t i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&readers[i], NULL, read_rows, NULL), 0);
    for (int i = 1; i < 200; i++) {
        unnoticed += !tx_begin(db, TX_WRITE) || !insert_person(db, (uint8_t)i) || !tx_commit(db);
        const uint64_t after = identities_now(db);
        unnoticed += after == before || after % 2 != 0;
        before = after;
    }
    atomic_store(&writing, false);
    for (size_t i = 0; i < READERS; i++)
        unnoticed += result_of(readers[i]);
    assert_int_equal(unnoticed, 0);
}

static atomic_int seen;

static void *read_once(void *unused)
{
    (void)unused;
    struct db *db = my_db();
    intptr_t wrong = !db || !tx_begin(db, TX_READ);
    if (!wrong) {
        atomic_store(&seen, (int)count_rows(db));
        wrong = !tx_commit(db);
    }
    return (void *)wrong;
}

/* How many rows a reader sees while a writer has added one and not committed; -1 when it waits for that. */
static int seen_while_writing(void)
{
    pthread_t reader;
    struct db *db = my_db();
    atomic_store(&seen, -1);
    assert_true(tx_begin(db, TX_WRITE) && add_row(db, 1));
    assert_int_equal(pthread_create(&reader, NULL, read_once, NULL), 0);
    for (int i = 0; i < 100 && atomic_load(&seen) < 0; i++)
        usleep(1000);
    const int meanwhile = atomic_load(&seen);
    assert_true(tx_commit(db));
    assert_int_equal(result_of(reader), 0);
    return meanwhile;
}

static void test_readers_wait_in_memory(void **state)
{
    (void)state;
    assert_int_equal(seen_while_writing(), -1);
    assert_int_equal(atomic_load(&seen), 1);
}

static void test_readers_never_wait_with_a_file(void **state)
{
    (void)state;
    assert_int_equal(seen_while_writing(), 0);
    assert_int_equal(rows_now(), 1);
}

static void *write_one(void *unused)
{
    (void)unused;
    struct db *db = my_db();
    return (void *)(intptr_t)(!db || !tx_begin(db, TX_WRITE) || !add_row(db, 5) || !tx_commit(db));
}

/* A reader's transaction sees one state of the file from its first statement to its end. */
static void test_snapshot(void **state)
{
    (void)state;
    pthread_t writer;
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_READ));
    const int64_t before = count_rows(db);
    assert_int_equal(pthread_create(&writer, NULL, write_one, NULL), 0);
    assert_int_equal(result_of(writer), 0);
    const int64_t after = count_rows(db);
    assert_true(tx_commit(db));
    assert_true(before == 0 && after == 0);
    assert_int_equal(rows_now(), 1);
}

/* ---- several stores ------------------------------------------------------------------------------------ */

static void test_stores_are_apart(void **state)
{
    (void)state;
    struct store *first = store;
    assert_true(tx_begin(my_db(), TX_WRITE) && add_row(my_db(), 1) && tx_commit(my_db()));
    const struct secret_key first_key = *store_key_of(my_db());
    open_store(false);
    assert_int_equal(rows_now(), 0);
    assert_memory_not_equal(store_key_of(my_db())->b, first_key.b, sizeof first_key.b);
    store_close(store);
    store = first;
    assert_int_equal(rows_now(), 1);
}

static atomic_int turn;

static void wait_for_turn(int mine)
{
    while (atomic_load(&turn) != mine)
        usleep(200);
}

/* A thread that lives longer than a store gets a new way into the next one. */
static void *outlive(void *unused)
{
    (void)unused;
    intptr_t wrong = rows_now() != 1;
    atomic_store(&turn, 1);
    wait_for_turn(2);
    wrong += rows_now() != 0;
    return (void *)wrong;
}

static void test_thread_outlives_a_store(void **state)
{
    (void)state;
    pthread_t thread;
    atomic_store(&turn, 0);
    assert_true(tx_begin(my_db(), TX_WRITE) && add_row(my_db(), 1) && tx_commit(my_db()));
    assert_int_equal(pthread_create(&thread, NULL, outlive, NULL), 0);
    wait_for_turn(1);
    store_close(store);
    open_store(false);
    atomic_store(&turn, 2);
    assert_int_equal(result_of(thread), 0);
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
    store = store_open(path, stored_specs, why, sizeof why);
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

static void test_key_is_the_files(void **state)
{
    (void)state;
    const struct secret_key first = *store_key_of(my_db());
    store_close(store);
    assert_int_equal(unlink(path), 0);
    open_store(true);
    assert_memory_not_equal(store_key_of(my_db())->b, first.b, sizeof first.b);
}

#define TEST(name, setup) { #name "." #setup, name, setup, stop, NULL }
#define BOTH(name) TEST(name, in_memory), TEST(name, in_a_file)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(test_commit_and_rollback),
        BOTH(test_no_transaction),
        BOTH(test_begin_twice),
        BOTH(test_generation),
        BOTH(test_identities),
        TEST(test_identities_after_a_transaction, in_memory),
        BOTH(test_savepoints),
        BOTH(test_spaces),
        BOTH(test_writers_and_readers),
        BOTH(test_identities_among_readers),
        TEST(test_readers_wait_in_memory, in_memory),
        TEST(test_readers_never_wait_with_a_file, in_a_file),
        TEST(test_snapshot, in_a_file),
        TEST(test_stores_are_apart, in_memory),
        TEST(test_thread_outlives_a_store, in_memory),
        TEST(test_reopen, in_a_file),
        TEST(test_killed, in_a_file),
        TEST(test_commit_fails, in_a_file),
        TEST(test_key_is_the_files, in_a_file),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
