/* How SQLite runs the statements: none goes through all that a space has of something, but those whose work it is, and
 * none that adds a row makes a table for that, which is as much work as the row; none changes the key of a row that
 * has a rowid. */
#include "rig.h"
#include "store/internal.h"
#include "router/stored_specs.h"

#include <sqlite3.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* A prefix of names, and why these may. */
static const struct exemption {
    const char *prefix, *why;
} exempt[] = {
    { "EXPORT_", "all is asked for" },
    { "META_SEALED", "all is asked for, at the start" },
    { "SPACE_", "all is counted, or goes" },
    { "SNAPSHOT_INSERT", "it is new, and there is nothing of it" },
    { "CONSENT_QUEUE_", "there are 1,000 at most, and all are asked for" },
    { "RUN_SCRIPT_", "there are 1,000 at most, and they are asked for in their order" },
    { "EVENT_", "the newest is asked for, or what is older goes, by the index" },
    { "WEBHOOK_", "there are 100 at most" },
    { "DELIVERY_GIVE_UP", "what is older goes, by the index" },
    { "DELIVERY_SPACES", "all is asked for, at the start" },
    { "DELIVERY_NEXT_DUE", "the first is asked for, by the index" },
    { "RUN_NEXT_DUE", "the first is asked for, by the index" },
    { "DELIVERY_PRUNE", "what is older goes, by the index" },
    { "DELIVERY_COUNT", "there are 21,000 at most, and all are counted" },
    { "DELIVERY_LIST", "a page, by the index" },
    { "GRANT_RELEASE", "there are 10,000 at most, and people renew connections" },
    { "IDEMPOTENCY_", "there are 10,000 at most, and they are counted by their index" },
    { "INTEGRATION_", "the catalog is a page or two, and all of it is asked for" },
    { "CATALOG_FIND", "the catalog is a page or two" },
    { "PROVIDER_", "there are some twenty" },
    { "AUTH_CONFIG_OF_APP", "there are a few" },
    { "MOVE_USES", "the catalog is a page or two, and there are a few auth configs" },
    { "DASHBOARD_CONNECTIONS", "the catalog is a page or two" },
    { "MCP_BINDING_LIST", "all are asked for" },
    { "KEY_ANY", "only with --any-key" },
    { "CONNECTION_NEWEST", "a page of the console" },
    { "RUN_NEWEST", "a page of the console" },
    { "TRIGGER_NEWEST", "a page of the console" },
    { "FLOW_NEWEST", "a page of the console" },
    { "ACCOUNT_NEWEST", "a page of the console" },
    { "DELIVERY_NEWEST", "a page of the console" },
    { "CHOICE_", "the first fifty are asked for" },
};

/* The same of tables that are made. */
static const struct exemption making[] = {
    { "MEMBER_", "somebody joins a team, once" },
    { "CUSTOM_INTEGRATION_INSERT", "there are a few, and teams keep them" },
    { "ID_COUNT", "the number is what it is asked for" },
};

static bool begins_as(const char *name, const struct exemption *exemptions, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strncmp(name, exemptions[i].prefix, strlen(exemptions[i].prefix)) == 0)
            return true;
    return false;
}

static bool is_exempt(const char *name)
{
    if (begins_as(name, exempt, COUNT(exempt)))
        return true;
    const char *end = strrchr(name, '_');
    return strcmp(end, "_DROP") == 0 || strcmp(end, "_ALL") == 0; /* the oldest of all; all */
}

static void check_plan(sqlite3 *sqlite, const char *name, const char *text)
{
    sqlite3_stmt *stmt = NULL;
    char *explain = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", text);
    assert_int_equal(sqlite3_prepare_v2(sqlite, explain, -1, &stmt, NULL), SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(stmt, 3);
        if (strstr(step, "(space=?)"))
            fail_msg("%s goes through the whole space: %s", name, step);
    }
    sqlite3_finalize(stmt);
    sqlite3_free(explain);
}

/* Such as a check that has IN, in the table or in an index of it. */
static void check_program(sqlite3 *sqlite, const char *name, const char *text)
{
    sqlite3_stmt *stmt = NULL;
    char *explain = sqlite3_mprintf("EXPLAIN %s", text);
    assert_int_equal(sqlite3_prepare_v2(sqlite, explain, -1, &stmt, NULL), SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW)
        if (strcmp((const char *)sqlite3_column_text(stmt, 1), "OpenEphemeral") == 0)
            fail_msg("%s makes a table for each row", name);
    sqlite3_finalize(stmt);
    sqlite3_free(explain);
}

static const struct {
    const char *name, *text;
} all[] = {
#define SQL(name, text) { #name, text },
#include "store/sql.def"
#undef SQL
};

static struct store *store;

static struct db *open_store(void)
{
    char why[2000] = "";
    assert_true(secret_start());
    store = store_open(NULL, stored_specs, why, sizeof why);
    assert_non_null(store);
    struct db *db = store_db(store, why, sizeof why);
    assert_non_null(db);
    return db;
}

static void test_plans(void **state)
{
    (void)state;
    struct db *db = open_store();
    for (size_t i = 0; i < COUNT(all); i++) {
        char *text = sql_expand(store, all[i].text);
        assert_non_null(text);
        if (!is_exempt(all[i].name))
            check_plan(db->conn->sqlite, all[i].name, text);
        if (strncmp(text, "INSERT", 6) == 0 && strstr(text, " VALUES (") &&
            !begins_as(all[i].name, making, COUNT(making)))
            check_program(db->conn->sqlite, all[i].name, text);
        sqlite3_free(text);
    }
    store_close(store);
}

/* ---- keys ------------------------------------------------------------------------------------------------ */

/* The tables that have rowids, with the columns of their keys. */
static char *keys[256];
static size_t key_count, columns_seen;

static void read_keys(sqlite3 *sqlite)
{
    sqlite3_stmt *stmt = NULL;
    static const char text[] =
        "SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'"
        " AND instr(t.sql, 'WITHOUT ROWID') = 0 AND c.pk"
        " AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE name = 'space')";
    assert_int_equal(sqlite3_prepare_v2(sqlite, text, -1, &stmt, NULL), SQLITE_OK);
    for (key_count = 0; sqlite3_step(stmt) == SQLITE_ROW; key_count++) {
        assert_true(key_count < COUNT(keys));
        keys[key_count] = sqlite3_mprintf("%s", sqlite3_column_text(stmt, 0));
    }
    sqlite3_finalize(stmt);
}

static int refuse_keys(void *cls, int action, const char *table, const char *column, const char *schema, const char *by)
{
    char name[200];
    (void)cls, (void)schema, (void)by;
    if (action != SQLITE_UPDATE)
        return SQLITE_OK;
    columns_seen++;
    snprintf(name, sizeof name, "%s.%s", table, column);
    for (size_t i = 0; i < key_count; i++)
        if (strcmp(name, keys[i]) == 0)
            return SQLITE_DENY;
    return SQLITE_OK;
}

/* The whole row that is found by its id, the first of its columns: the id is written as it was. */
static bool writes_same_key(const char *text)
{
    static const char columns[] = " SET (id, ", values[] = ") = (?2, ", end[] = "WHERE space = ?1 AND id = ?2";
    const size_t size = strlen(text);
    return strstr(text, columns) && strstr(text, values) && size > strlen(end) &&
           strcmp(text + size - strlen(end), end) == 0;
}

/* A reset knows what to bring back by the keys of the rows that went: see touched.h. */
static void test_keys_stay(void **state)
{
    (void)state;
    struct db *db = open_store();
    sqlite3 *sqlite = db->conn->sqlite;
    read_keys(sqlite);
    assert_true(key_count > 20);
    sqlite3_set_authorizer(sqlite, refuse_keys, NULL);
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(sqlite, "UPDATE connections SET id = ?1", -1, &stmt, NULL), SQLITE_AUTH);
    for (size_t i = 0; i < COUNT(all); i++) {
        char *text = sql_expand(store, all[i].text);
        const int code = sqlite3_prepare_v2(sqlite, text, -1, &stmt, NULL);
        if (code != SQLITE_OK && !writes_same_key(text))
            fail_msg("%s: %s", all[i].name, sqlite3_errmsg(sqlite));
        sqlite3_finalize(stmt);
        sqlite3_free(text);
    }
    assert_true(columns_seen > 100);
    sqlite3_set_authorizer(sqlite, NULL, NULL);
    while (key_count)
        sqlite3_free(keys[--key_count]);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plans),
        cmocka_unit_test(test_keys_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
