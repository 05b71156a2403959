/* A move knows every kind of row that hangs on an agent or a queue: a new table needs a line in api/move_rows.def. */
#include "api/move.h"
#include "rig.h"
#include "store/internal.h"
#include "router/stored_specs.h"

#include <sqlite3.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static bool is_known(const char *table)
{
    for (size_t i = 0; i < move_row_count; i++)
        if (strcmp(move_rows[i].table, table) == 0)
            return true;
    return false;
}

static bool has_table(sqlite3 *sqlite, const char *table)
{
    return sqlite3_table_column_metadata(sqlite, NULL, table, NULL, NULL, NULL, NULL, NULL, NULL) == SQLITE_OK;
}

/* Tables with a column that names an agent, or what hangs on one. */
static void check_tables(sqlite3 *sqlite)
{
    static const char sql[] =
        "SELECT DISTINCT t.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'"
        " AND c.name IN ('agent_id', 'build_id', 'slot_id', 'queue_id', 'run_id')";
    sqlite3_stmt *stmt = NULL;
    size_t n = 0;
    assert_int_equal(sqlite3_prepare_v2(sqlite, sql, -1, &stmt, NULL), SQLITE_OK);
    for (; sqlite3_step(stmt) == SQLITE_ROW; n++) {
        const char *table = (const char *)sqlite3_column_text(stmt, 0);
        if (!is_known(table))
            fail_msg("api/move_rows.def says nothing of %s", table);
    }
    sqlite3_finalize(stmt);
    assert_true(n > 10);
}

static void test_every_table(void **state)
{
    char why[2000] = "";
    (void)state;
    assert_true(secret_start());
    struct store *store = store_open(NULL, stored_specs, why, sizeof why);
    assert_non_null(store);
    struct db *db = store_db(store, why, sizeof why);
    assert_non_null(db);
    check_tables(db->conn->sqlite);
    for (size_t i = 0; i < move_row_count; i++)
        if (!has_table(db->conn->sqlite, move_rows[i].table))
            fail_msg("api/move_rows.def names %s, which is no table", move_rows[i].table);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_table),
    };
    return cmocka_run_group_tests_name("move_rows", tests, NULL, NULL);
}
