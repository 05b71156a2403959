/* Whatever is of a connection goes with it, in whichever way that goes, and nothing of another one. The tables are read
 * from sqlite_schema, so that none can be forgotten. */
#include "rig_file.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { TABLES_MAX = 16 };

#define GMAIL "6f1d2c3b-4444-4aaa-8bbb-000000000001"
#define GMAIL_BYTES "x'6f1d2c3b44444aaa8bbb000000000001'"

/* Every table that has a column `connection_id`; flows that have made a connection say so for good. */
static size_t tables_of_connections(const char **ret)
{
    static const char sql[] =
        "SELECT m.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'"
        " AND c.name = 'connection_id' AND m.name NOT IN ('oauth_flows', 'oauth_codes', 'composio_accounts')";
    return file_list(sql, ret, TABLES_MAX);
}

/* Each connection of the space has something in each table. */
static const char rows_for_each[] =
    "INSERT INTO connection_headers SELECT space, id, 'X-Planted', 9, 'v', NULL, NULL FROM connections WHERE space = 1;"
    "INSERT INTO pins SELECT c.space, c.id, s.id, zeroblob(16), 0 FROM connections c JOIN (SELECT id FROM slots"
    " WHERE space = 1 LIMIT 1) s WHERE c.space = 1;"
    "INSERT INTO triggers (space, id, seq, agent_id, connection_id, user_id, integration_slug, trigger_type,"
    " filter_config, enabled, consecutive_missing_connection_failures, created_at, updated_at)"
    " SELECT c.space, c.id, 100 + c.seq, a.id, c.id, zeroblob(16), 'slack', 'mention', '{}', 1, 0, 0, 0"
    " FROM connections c JOIN (SELECT id FROM agents WHERE space = 1 LIMIT 1) a WHERE c.space = 1;"
    "INSERT INTO dashboards (space, id, seq, team_id, created_by_user_id, html_code_present, status, visibility,"
    " publish_permission, created_at, updated_at) SELECT 1, zeroblob(16), 1, id, zeroblob(16), 0, 'completed',"
    " 'private', 'owner', 0, 0 FROM teams WHERE space = 1 LIMIT 1;"
    "INSERT INTO dashboard_connections SELECT space, zeroblob(16), id, seq, 0 FROM connections WHERE space = 1";

/* How many rows the statement counts over all tables, `%s` being the table. */
static void expect_none(const char *sql, const char *what)
{
    const char *names[TABLES_MAX];
    const size_t n = tables_of_connections(names);
    for (size_t i = 0; i < n; i++) {
        const char *end = strstr(sql, "%s");
        if (file_number(text_format(arena, "%.*s%s%s", (int)(end - sql), sql, names[i], end + 2).p))
            fail_msg("%s: %s", names[i], what);
    }
}

#define WITHOUT "SELECT count(*) FROM connections c WHERE space = 1 AND NOT EXISTS" \
                " (SELECT 1 FROM %s d WHERE d.space = 1 AND d.connection_id = c.id)"

static void expect_no_orphans(void)
{
    expect_none("SELECT count(*) FROM %s d WHERE NOT EXISTS (SELECT 1 FROM connections c WHERE c.space = d.space"
                " AND c.id = d.connection_id)", "it has rows of connections that are gone");
    assert_int_equal(file_number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

/* And all that is there has kept what is its own. */
static void expect_whole(void)
{
    expect_no_orphans();
    expect_none(WITHOUT, "it has lost rows of connections that are there");
}

static void fill(void)
{
    const char *names[TABLES_MAX];
    assert_int_equal(tables_of_connections(names), 4);
    file_run(rows_for_each);
    expect_whole();
}

static int64_t connections(void)
{
    return file_number("SELECT count(*) FROM connections WHERE space = 1");
}

static void test_deletion(void **state)
{
    (void)state;
    fill();
    const int64_t before = connections();
    rig_expect(&rig, ASK("DELETE", "/v1/connections/" GMAIL, OWNER), 200, NULL);
    assert_int_equal(connections(), before - 1);
    assert_int_equal(file_number("SELECT count(*) FROM connections WHERE space = 1 AND id = " GMAIL_BYTES), 0);
    expect_whole();
}

static void test_custom_integration(void **state)
{
    (void)state;
    fill();
    const int64_t before = connections();
    assert_int_equal(file_number("SELECT count(*) FROM custom_integrations WHERE space = 1"), 1);
    const int64_t made = file_number("SELECT count(*) FROM connections WHERE space = 1"
                                " AND custom_integration_id IS NOT NULL");
    assert_true(made > 0);
    rig_expect(&rig, ASK("DELETE", "/v1/integrations/custom/6f1d2c3b-3333-4aaa-8bbb-000000000001", OWNER), 200, NULL);
    assert_int_equal(connections(), before - made);
    expect_whole();
}

/* No endpoint takes a team away. */
static void test_team(void **state)
{
    (void)state;
    fill();
    const int64_t before = connections();
    file_run("PRAGMA foreign_keys = ON; DELETE FROM teams WHERE space = 1 AND id ="
        " (SELECT team_id FROM connections WHERE space = 1 AND id = " GMAIL_BYTES ")");
    assert_true(connections() > 0 && connections() < before);
    expect_no_orphans();
}

static void test_reset(void **state)
{
    (void)state;
    fill();
    rig_expect(&rig, ASK("POST", "/_mock/reset", NULL, JSON, "{\"to\":\"empty\"}"), 200, NULL);
    assert_int_equal(connections(), 0);
    expect_whole();
}

/* Of another space nothing goes. */
static void test_space(void **state)
{
    (void)state;
    const struct pair host = { T("Host"), T("localhost") };
    rig_expect(&rig, ASK("POST", "/_mock/spaces", NULL, JSON, "{\"name\":\"other\"}", .headers = { host }), 201,
               NULL);
    fill();
    rig_expect(&rig, ASK("DELETE", "/_mock/spaces/other"), 200, NULL);
    expect_whole();
    assert_true(file_number("SELECT count(*) FROM connection_headers WHERE space = 1 AND name = 'X-Planted'") > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_deletion, rig_file_setup, rig_file_teardown),
        cmocka_unit_test_setup_teardown(test_custom_integration, rig_file_setup, rig_file_teardown),
        cmocka_unit_test_setup_teardown(test_team, rig_file_setup, rig_file_teardown),
        cmocka_unit_test_setup_teardown(test_reset, rig_file_setup, rig_file_teardown),
        cmocka_unit_test_setup_teardown(test_space, rig_file_setup, rig_file_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
