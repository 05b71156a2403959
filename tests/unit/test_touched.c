/* What was written into a space since it was like another one is known, or known not to be known. */
#include "rig.h"
#include "store_rows.h"

#include <sqlite3.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { BASELINE = -1, SPACE = 2 };

static void insert_space(struct db *db, int64_t id)
{
    db_use_space(db, id);
    assert_true(query_insert(db, SQL_SPACE_INSERT, NULL, NULL, WITH(id == SPACE ? T("space") : T("baseline"), 0, 0)));
}

/* The space is like the baseline. */
static void make_spaces(void)
{
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_WRITE));
    insert_space(db, BASELINE);
    assert_true(add_row(db, 1) && insert_person(db, 1));
    insert_space(db, SPACE);
    store_space_copy(db, BASELINE, SPACE);
    assert_true(tx_commit(db));
}

static void begin(void)
{
    assert_true(tx_begin(my_db(), TX_WRITE));
    db_use_space(my_db(), SPACE);
}

static void match(void)
{
    store_space_match(my_db(), BASELINE, SPACE);
    assert_null(db_error(my_db()));
}

static void expect_rows(int64_t n)
{
    begin();
    assert_int_equal(count_rows(my_db()), n);
    tx_rollback(my_db());
}

static void test_what_was_written_goes(void **state)
{
    (void)state;
    make_spaces();
    for (int i = 0; i < 3; i++) {
        begin();
        assert_true(add_row(my_db(), 2) && add_row(my_db(), 3));
        assert_true(tx_commit(my_db()));
        expect_rows(3);
        begin();
        match();
        assert_true(tx_commit(my_db()));
        expect_rows(1);
    }
}

static void test_what_is_rolled_back(void **state)
{
    (void)state;
    make_spaces();
    begin();
    assert_true(add_row(my_db(), 2));
    assert_true(tx_commit(my_db()));
    begin();
    match();
    tx_rollback(my_db()); /* the row is there again */
    expect_rows(2);
    begin();
    tx_savepoint(my_db());
    match();
    tx_rollback_to_savepoint(my_db());
    assert_int_equal(count_rows(my_db()), 2);
    match();
    assert_true(tx_commit(my_db()));
    expect_rows(1);
}

/* A request that resets and one that writes, in one transaction. */
static void test_written_behind_a_match(void **state)
{
    (void)state;
    make_spaces();
    begin();
    match();
    assert_true(add_row(my_db(), 2));
    assert_true(tx_commit(my_db()));
    begin();
    match();
    assert_true(tx_commit(my_db()));
    expect_rows(1);
}

/* What it is to be like has changed meanwhile. */
static void test_another_baseline(void **state)
{
    (void)state;
    make_spaces();
    begin();
    db_use_space(my_db(), BASELINE);
    assert_true(add_row(my_db(), 2));
    assert_true(tx_commit(my_db()));
    begin();
    match();
    assert_true(tx_commit(my_db()));
    expect_rows(2);
    begin();
    store_space_clear(my_db(), BASELINE);
    match();
    assert_true(tx_commit(my_db()));
    expect_rows(0);
}

/* Another program writes to the file: what is known is too little. */
static void test_written_by_others(void **state)
{
    (void)state;
    make_spaces();
    begin();
    match();
    assert_true(tx_commit(my_db()));
    sqlite3 *other;
    assert_int_equal(sqlite3_open(store_path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "DELETE FROM people WHERE space = 2", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_changes(other), 1);
    assert_int_equal(sqlite3_close(other), SQLITE_OK);
    begin();
    match();
    assert_true(tx_commit(my_db()));
    begin();
    assert_false(insert_person(my_db(), 1)); /* is there again */
    tx_rollback(my_db());
}

static void test_cleared(void **state)
{
    (void)state;
    make_spaces();
    begin();
    store_space_clear(my_db(), SPACE);
    assert_true(tx_commit(my_db()));
    begin();
    match();
    assert_true(tx_commit(my_db()));
    expect_rows(1);
}

#define IN(where, test) { #test ", " #where, test, where, stop, NULL }
#define IN_BOTH(test) IN(in_memory, test), IN(in_a_file, test)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_BOTH(test_what_was_written_goes),
        IN_BOTH(test_what_is_rolled_back),
        IN_BOTH(test_written_behind_a_match),
        IN_BOTH(test_another_baseline),
        IN(in_a_file, test_written_by_others),
        IN_BOTH(test_cleared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
