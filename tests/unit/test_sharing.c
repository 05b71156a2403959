/* Spaces that show the rows of another one, until something is written into them. */
#include "rig.h"
#include "store_rows.h"

#include <pthread.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { SHOWN = 1, ONE = 2, TWO = 3 };

/* The first has two rows, which the others show. */
static void make_spaces(void)
{
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_WRITE));
    db_use_space(db, SHOWN);
    if (!query_finds(db, SQL_SPACE_GET, NULL))
        assert_true(query_insert(db, SQL_SPACE_INSERT, NULL, NULL, WITH(T("shown"), 0, 0)));
    assert_true(add_row(db, 1) && add_row(db, 2));
    for (int64_t id = ONE; id <= TWO; id++) {
        db_use_space(db, id);
        assert_true(query_insert(db, SQL_SPACE_INSERT, NULL, NULL, WITH(id == ONE ? T("one") : T("two"), 0, 0)));
        store_space_share(db, SHOWN, id);
    }
    assert_true(tx_commit(db));
}

/* In a transaction that has begun. */
static int64_t rows_in(struct db *db, int64_t space)
{
    db_use_space(db, space);
    return count_rows(db);
}

static void expect_now(int64_t shown, int64_t one, int64_t two)
{
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_READ));
    assert_int_equal(rows_in(db, SHOWN), shown);
    assert_int_equal(rows_in(db, ONE), one);
    assert_int_equal(rows_in(db, TWO), two);
    assert_true(tx_commit(db));
}

static void expect_shown_by_one(bool shows)
{
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_READ));
    assert_int_equal(store_space_shown(db, ONE), shows ? SHOWN : ONE);
    assert_true(tx_commit(db));
}

static void write_into(int64_t space, int64_t row)
{
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_WRITE));
    db_use_space(db, space);
    assert_true(add_row(db, row));
    assert_true(tx_commit(db));
}

static void test_first_write(void **state)
{
    (void)state;
    make_spaces();
    expect_now(2, 2, 2);
    expect_shown_by_one(true);
    write_into(ONE, 3);
    expect_now(2, 3, 2);
    expect_shown_by_one(false);
    write_into(ONE, 4);
    expect_now(2, 4, 2);
}

/* A write that changes no row is one, too: nobody knows before. */
static void test_write_without_effect(void **state)
{
    (void)state;
    make_spaces();
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_WRITE));
    db_use_space(db, ONE);
    assert_int_equal(query_change(db, SQL_IDEMPOTENCY_EXPIRE, WITH(0)), 0);
    assert_int_equal(count_rows(db), 2);
    assert_true(tx_commit(db));
    expect_now(2, 2, 2);
    expect_shown_by_one(false);
}

static void test_rolled_back(void **state)
{
    (void)state;
    make_spaces();
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_WRITE));
    tx_savepoint(db);
    db_use_space(db, ONE);
    assert_true(add_row(db, 3));
    assert_int_equal(count_rows(db), 3);
    tx_rollback_to_savepoint(db);
    assert_int_equal(count_rows(db), 2);
    assert_int_equal(store_space_shown(db, ONE), SHOWN);
    assert_true(add_row(db, 3));
    tx_rollback(db);
    expect_now(2, 2, 2);
    expect_shown_by_one(true);
    write_into(ONE, 3);
    expect_now(2, 3, 2);
}

/* Several spaces in one transaction, as the write queue has them. */
static void test_in_turn(void **state)
{
    (void)state;
    make_spaces();
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_WRITE));
    for (int64_t row = 10; row < 14; row++) {
        assert_int_equal(rows_in(db, ONE), 2 + row - 10);
        assert_true(add_row(db, row));
        assert_int_equal(rows_in(db, TWO), 2);
    }
    assert_true(tx_commit(db));
    expect_now(2, 6, 2);
}

static void test_clear_and_copy(void **state)
{
    (void)state;
    make_spaces();
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_WRITE));
    store_space_clear(db, ONE);
    assert_int_equal(rows_in(db, ONE), 0);
    store_space_copy(db, TWO, ONE); /* what it shows */
    assert_int_equal(rows_in(db, ONE), 2);
    store_space_match(db, ONE, TWO);
    assert_true(tx_commit(db));
    write_into(TWO, 9);
    expect_now(2, 2, 3);
}

/* Rows of its own that it is to be like: after that it shows none. */
static void test_match(void **state)
{
    (void)state;
    make_spaces();
    write_into(ONE, 3);
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_WRITE));
    store_space_match(db, TWO, ONE);
    assert_true(tx_commit(db));
    expect_now(2, 2, 2);
    expect_shown_by_one(false);
}

/* ---- threads --------------------------------------------------------------------------------------------- */

static void *write_elsewhere(void *cls)
{
    (void)cls;
    write_into(ONE, 3);
    return NULL;
}

static void write_in_another_thread(void)
{
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, write_elsewhere, NULL), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
}

/* What a reader knows of a space is forgotten with the next commit. */
static void test_known_by_a_reader(void **state)
{
    (void)state;
    make_spaces();
    expect_now(2, 2, 2);
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_READ));
    assert_int_equal(rows_in(db, ONE), 2);
    assert_true(tx_commit(db));
    write_in_another_thread();
    assert_true(tx_begin(db, TX_READ));
    assert_int_equal(count_rows(db), 3);
    assert_true(tx_commit(db));
}

/* With a file a reader goes on with what it has begun with. */
static void test_during_a_read(void **state)
{
    (void)state;
    make_spaces();
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_READ));
    assert_int_equal(rows_in(db, ONE), 2);
    write_in_another_thread();
    assert_int_equal(rows_in(db, ONE), 2);
    assert_int_equal(rows_in(db, TWO), 2);
    assert_int_equal(rows_in(db, ONE), 2);
    assert_true(tx_commit(db));
    expect_now(2, 3, 2);
}

/* Many spaces come to have rows of their own while others read them: each reader sees whole spaces. */
static void *read_often(void *cls)
{
    (void)cls;
    for (int i = 0; i < 1500; i++) {
        struct db *db = my_db();
        assert_true(tx_begin(db, TX_READ));
        const int64_t before = rows_in(db, ONE);
        assert_true(before == 2 || before == 3);
        assert_int_equal(rows_in(db, TWO), 2);
        assert_int_equal(rows_in(db, ONE), before);
        assert_true(tx_commit(db));
    }
    return NULL;
}

/* In one transaction a space is what it was when that began, whatever is written into it and taken back meanwhile. */
static void test_reads_meanwhile(void **state)
{
    (void)state;
    pthread_t readers[2];
    make_spaces();
    for (size_t i = 0; i < COUNT(readers); i++)
        assert_int_equal(pthread_create(&readers[i], NULL, read_often, NULL), 0);
    for (int i = 0; i < 250; i++) {
        struct db *db = my_db();
        write_into(ONE, 3);
        assert_true(tx_begin(db, TX_WRITE));
        store_space_clear(db, ONE);
        store_space_share(db, SHOWN, ONE);
        assert_true(tx_commit(db));
    }
    for (size_t i = 0; i < COUNT(readers); i++)
        assert_int_equal(pthread_join(readers[i], NULL), 0);
    expect_now(2, 2, 2);
}

/* ---- statements ------------------------------------------------------------------------------------------ */

/* What is asked of a space itself is not asked of the one whose rows it shows. */
static void test_of_the_space_itself(void **state)
{
    (void)state;
    make_spaces();
    struct db *db = my_db();
    struct arena *arena = arena_new();
    assert_true(tx_begin(db, TX_WRITE));
    db_use_space(db, ONE);
    assert_true(text_eq(query_text(db, SQL_SPACE_GET, NULL, arena), T("one")));
    query_change(db, SQL_SNAPSHOT_INSERT, WITH(T("mine"), 0));
    assert_int_equal(query_number(db, SQL_SNAPSHOT_COUNT, NULL), 1);
    query_change(db, SQL_SPACE_KEY_INSERT, WITH(&(struct secret_hash){ { 1 } }, 1, (int64_t)ONE));
    assert_int_equal(store_space_shown(db, ONE), SHOWN);
    query_change(db, SQL_SPACE_DELETE, NULL);
    assert_true(tx_commit(db));
    expect_now(2, 0, 2);
    arena_free(arena);
}

#define IN(where, test) { #test ", " #where, test, where, stop, NULL }
#define IN_BOTH(test) IN(in_memory, test), IN(in_a_file, test)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_BOTH(test_first_write),
        IN_BOTH(test_write_without_effect),
        IN_BOTH(test_rolled_back),
        IN_BOTH(test_in_turn),
        IN_BOTH(test_clear_and_copy),
        IN_BOTH(test_match),
        IN_BOTH(test_known_by_a_reader),
        IN(in_a_file, test_during_a_read),
        IN_BOTH(test_reads_meanwhile),
        IN_BOTH(test_of_the_space_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
