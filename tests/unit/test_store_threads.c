/* Store: threads that read and write at once, and that outlive a store. */
#include "rig.h"
#include "store_rows.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

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

#define TEST(name, setup) { #name "." #setup, name, setup, stop, NULL }
#define BOTH(name) TEST(name, in_memory), TEST(name, in_a_file)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(test_writers_and_readers),
        BOTH(test_identities_among_readers),
        TEST(test_readers_wait_in_memory, in_memory),
        TEST(test_readers_never_wait_with_a_file, in_a_file),
        TEST(test_snapshot, in_a_file),
        TEST(test_stores_are_apart, in_memory),
        TEST(test_thread_outlives_a_store, in_memory),
    };
    return cmocka_run_group_tests_name("store_threads", tests, NULL, NULL);
}
