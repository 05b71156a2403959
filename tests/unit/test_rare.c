/* That a space has no rows of a rare kind is known for as long as it is true, and no longer. */
#include "store/rare.h"

#include "rig.h"
#include "store/internal.h"
#include "store_rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* Two spaces of one place in what is remembered. */
enum { SPACE = 2, LIKE_IT = SPACE + RARE_PLACES };

#define WEBHOOK(space, id)                                                                                    \
    "INSERT INTO webhooks (space, id, seq, url, scheme, paused, created_at, updated_at)"                      \
    " VALUES (" space ", x'000102030405060708090a0b0c0d0e" id "', 1, 'http://x/', 'standard', 0, 0, 0)"

static void run(const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(my_db()->conn->sqlite, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s", why);
}

static void begin(int64_t space)
{
    assert_true(tx_begin(my_db(), TX_WRITE));
    db_use_space(my_db(), space);
}

static void expect(int64_t space, bool may_be)
{
    db_use_space(my_db(), space);
    for (int i = 0; i < 2; i++) /* looked for, and remembered */
        assert_int_equal(rare_may_be(my_db(), RARE_WEBHOOKS), may_be);
}

static void make_spaces(void)
{
    begin(SPACE);
    assert_true(query_insert(my_db(), SQL_SPACE_INSERT, NULL, NULL, WITH(T("one"), 0, 0)));
    db_use_space(my_db(), LIKE_IT);
    assert_true(query_insert(my_db(), SQL_SPACE_INSERT, NULL, NULL, WITH(T("two"), 0, 0)));
    expect(SPACE, false);
    expect(LIKE_IT, false);
    assert_true(tx_commit(my_db()));
}

static void test_what_is_added(void **state)
{
    (void)state;
    make_spaces();
    begin(SPACE);
    expect(SPACE, false);
    run(WEBHOOK("2", "01"));
    expect(SPACE, true);
    expect(LIKE_IT, false);
    assert_true(tx_commit(my_db()));
    begin(SPACE);
    expect(SPACE, true);
    run("DELETE FROM webhooks WHERE space = 2");
    expect(SPACE, false);
    assert_true(tx_commit(my_db()));
}

/* Also what a space has by way of another one. */
static void test_what_is_copied(void **state)
{
    (void)state;
    make_spaces();
    begin(LIKE_IT);
    run(WEBHOOK("18", "01"));
    expect(SPACE, false);
    store_space_share(my_db(), LIKE_IT, SPACE);
    expect(SPACE, true);
    assert_true(tx_commit(my_db()));
    begin(SPACE);
    expect(SPACE, true);
    query_change(my_db(), SQL_WEBHOOK_DELETE_ALL, NULL); /* has rows of its own from now on */
    expect(SPACE, false);
    expect(LIKE_IT, true);
    store_space_match(my_db(), LIKE_IT, SPACE);
    expect(SPACE, true);
    assert_true(tx_commit(my_db()));
}

/* What was found in between was never so. */
static void test_what_is_undone(void **state)
{
    (void)state;
    make_spaces();
    begin(SPACE);
    run(WEBHOOK("2", "01"));
    assert_true(tx_commit(my_db()));
    begin(SPACE);
    run("DELETE FROM webhooks WHERE space = 2");
    expect(SPACE, false);
    tx_rollback(my_db());
    begin(SPACE);
    expect(SPACE, true);
    tx_savepoint(my_db());
    run("DELETE FROM webhooks WHERE space = 2");
    expect(SPACE, false);
    tx_rollback_to_savepoint(my_db());
    expect(SPACE, true);
    assert_true(tx_commit(my_db()));
}

static void test_what_others_write(void **state)
{
    (void)state;
    sqlite3 *other;
    make_spaces();
    begin(SPACE);
    expect(SPACE, false);
    assert_true(tx_commit(my_db()));
    assert_int_equal(sqlite3_open(store_path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, WEBHOOK("2", "01"), NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(other), SQLITE_OK);
    begin(SPACE);
    expect(SPACE, true);
    assert_true(tx_commit(my_db()));
}

/* A read sees what a later write may have changed, and remembers nothing. */
static void test_reads_look(void **state)
{
    (void)state;
    make_spaces();
    assert_true(tx_begin(my_db(), TX_READ));
    assert_true(rare_may_be(my_db(), RARE_WEBHOOKS));
    assert_true(tx_commit(my_db()));
}

/* SQLite tells of no changes to other tables. */
static void test_tables_have_rowids(void **state)
{
    (void)state;
    static const char *const looks[] = {
#define RARE(name, table, any) "SELECT rowid FROM " table,
#include "store/rare.def"
#undef RARE
    };
    begin(SPACE);
    for (size_t i = 0; i < COUNT(looks); i++)
        run(looks[i]);
    assert_true(tx_commit(my_db()));
}

#define IN_BOTH(name) \
    cmocka_unit_test_setup_teardown(name, in_memory, stop), cmocka_unit_test_setup_teardown(name, in_a_file, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_BOTH(test_what_is_added),
        IN_BOTH(test_what_is_copied),
        IN_BOTH(test_what_is_undone),
        cmocka_unit_test_setup_teardown(test_what_others_write, in_a_file, stop),
        IN_BOTH(test_reads_look),
        IN_BOTH(test_tables_have_rowids),
    };
    return cmocka_run_group_tests_name("rare", tests, NULL, NULL);
}
