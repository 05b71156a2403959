/* How SQLite runs the statements: none goes through all that a space has of something, but those whose work it is, and
 * none that adds a row makes a table for that, which is as much work as the row. */
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

static void test_plans(void **state)
{
    static const struct {
        const char *name, *text;
    } all[] = {
#define SQL(name, text) { #name, text },
#include "store/sql.def"
#undef SQL
    };
    char why[2000] = "";
    (void)state;
    assert_true(secret_start());
    struct store *store = store_open(NULL, stored_specs, why, sizeof why);
    assert_non_null(store);
    struct db *db = store_db(store, why, sizeof why);
    assert_non_null(db);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plans),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
