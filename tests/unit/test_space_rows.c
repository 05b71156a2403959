/* Whole spaces, copied and cleared: that no table, column or row is forgotten is read from sqlite_schema itself. */
#include "rig_file.h"
#include "space/space.h"
#include "store/internal.h"
#include "store/query.h"
#include "store/touched.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { OTHER_SPACE = 77, TABLES_MAX = 64 };

/* ---- looking at the file ----------------------------------------------------------------------------------- */

/* Every table that has a column `space`. */
static size_t tables(const char **ret)
{
    return file_list("SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN (SELECT m.name FROM"
                     " sqlite_schema m, pragma_table_info(m.name) c WHERE c.name = 'space') ORDER BY name",
                     ret, TABLES_MAX);
}

static int64_t rows_of(const char *table, int64_t space)
{
    return file_number(text_format(arena, "SELECT count(*) FROM %s WHERE space = %d", table, (int)space).p);
}

static const char *columns_of(const char *table)
{
    const char *columns[1];
    assert_int_equal(file_list(text_format(arena, "SELECT group_concat(name) FROM pragma_table_info('%s')"
                                                  " WHERE name <> 'space'", table).p, columns, 1), 1);
    return columns[0];
}

/* Rows of one space that the other does not have, in every column. */
static int64_t rows_missing(const char *table, int64_t from, int64_t in)
{
    const char *columns = columns_of(table);
    return file_number(text_format(arena, "SELECT count(*) FROM (SELECT %s FROM %s WHERE space = %d"
                                          " EXCEPT SELECT %s FROM %s WHERE space = %d)",
                                   columns, table, (int)from, columns, table, (int)in).p);
}

/* The names of tables in which the two differ; none is NULL. */
static const char *first_difference(int64_t a, int64_t b)
{
    const char *names[TABLES_MAX];
    const size_t n = tables(names);
    for (size_t i = 0; i < n; i++)
        if (rows_of(names[i], a) != rows_of(names[i], b) || rows_missing(names[i], a, b) ||
            rows_missing(names[i], b, a))
            return names[i];
    return NULL;
}

static const char *first_with_rows(int64_t space)
{
    const char *names[TABLES_MAX];
    const size_t n = tables(names);
    for (size_t i = 0; i < n; i++)
        if (rows_of(names[i], space))
            return names[i];
    return NULL;
}

/* ---- filling ----------------------------------------------------------------------------------------------- */

static const char *copy_of_reply(struct ask ask, unsigned status)
{
    struct request *rq = rig_ask(&rig, ask);
    const char *body = text_copy(arena, reply_bytes(&rq->reply)).p;
    assert_int_equal(rq->reply.status, status);
    request_free(rq);
    return body;
}

/* What stands between the two. */
static const char *between(const char *in, const char *before, char after)
{
    const char *start = strstr(in, before);
    assert_non_null(start);
    start += strlen(before);
    const char *stop = strchr(start, after);
    assert_non_null(stop);
    return text_copy(arena, (struct text){ start, (size_t)(stop - start) }).p;
}

#define NEW_CONNECTION "{\"name\":\"Tools\",\"provider\":\"user\",\"auth_method\":\"headers\"," \
                       "\"headers\":{\"plaintext\":{\"X-A\":\"1\"},\"secret\":{\"X-B\":\"2\"}}}"

/* Rows of every kind in the default space. */
static void fill(void)
{
    const struct pair host = { T("Host"), T("localhost") };
    copy_of_reply(ASK("POST", "/v1/connections", OWNER, JSON, NEW_CONNECTION,
                      .headers = { { T("Idempotency-Key"), T("one") } }), 201);
    copy_of_reply(ASK("POST", "/v1/integrations/custom", OWNER, JSON,
                      "{\"name\":\"Mine\",\"auth_method\":\"oauth\",\"server_url\":\"https://mine.example/mcp\","
                      "\"oauth_client_id\":\"a\",\"oauth_client_secret\":\"b\"}"), 201);
    copy_of_reply(ASK("POST", "/v1/connections/composio/start", OWNER, JSON, .headers = { host }, .body =
                      "{\"auth_config_id\":\"ac_slack\",\"callback_url\":\"http://localhost:3000/c\"}"), 200);
    copy_of_reply(ASK("POST", "/v2/teams/6f1d2c3b-2222-4aaa-8bbb-000000000002/browser-agent/credentials/"
                      "6f1d2c3b-1111-4aaa-8bbb-000000000001", OWNER, JSON,
                      "{\"domain\":\"a\",\"password\":\"b\"}"), 201);
    copy_of_reply(ASK("POST", "/v2/artifacts", OWNER, JSON,
                      "{\"message\":\"M\",\"connection_ids\":[\"6f1d2c3b-4444-4aaa-8bbb-000000000001\"]}"), 201);
    const char *reply = copy_of_reply(ASK("POST", "/v1/connections/oauth/native/gmail/start", OWNER, JSON, "{}",
                                          .headers = { host }), 200);
    copy_of_reply(ASK("GET", between(reply, "http://localhost", '"'), .headers = { host }), 302);
    copy_of_reply(ASK("POST", "/_mock/oauth/next", NULL, JSON, "{\"outcome\":\"deny\"}"), 201);
    copy_of_reply(ASK("POST", "/_mock/runs/next", NULL, JSON,
                      "{\"steps\":[{\"human_request\":{\"title\":\"A\"}}]}"), 201);
    copy_of_reply(ASK("POST", "/v2/teams/6f1d2c3b-2222-4aaa-8bbb-000000000002/runs", OWNER, JSON,
                      "{\"agent_id\":\"6f1d2c3b-5555-4aaa-8bbb-000000000001\",\"message\":\"M\"}"), 201);
    copy_of_reply(ASK("POST", "/_mock/runs/next", NULL, JSON, "{\"steps\":[]}"), 201); /* before it, the run asks */
    copy_of_reply(ASK("POST", "/v2/queues/6f1d2c3b-9999-4aaa-8bbb-000000000002/cases", OWNER, JSON,
                      "{\"case\":{\"title\":\"C\"}}"), 201);
    /* What takes a real client of an MCP server. */
    file_run(
        "INSERT INTO id_counts VALUES (1, 'connection', 7);"
        "INSERT INTO mcp_sessions VALUES (1, zeroblob(32), '/s', '2025-11-25', 0);"
        "INSERT INTO mcp_clients VALUES (1, 'oauth', 'c', 'C', 'http://localhost/', 'code', 's', 'none', NULL, 0);"
        "INSERT INTO mcp_tokens VALUES (1, zeroblob(32), 'access', zeroblob(16), 'oauth', 'c', 'r', 'a', 's', NULL,"
        " 0, 0);"
        "INSERT INTO mcp_flows (space, flow_id, server_url, name, type, iss_expected, token_endpoint, scope,"
        " client_auth, verifier) SELECT 1, id, 'u', 'n', 't', 0, 'e', 's', 'none', x'00' FROM oauth_flows"
        " WHERE space = 1 LIMIT 1;"
        "INSERT INTO secrets (space, id, seq, team_id, created_by, name, created_at, updated_at)"
        " SELECT 1, x'0000000000000000000000000000000c', 1, id, zeroblob(16), 'S', 0, 0 FROM teams WHERE space = 1"
        " LIMIT 1;"
        "INSERT INTO secret_values VALUES (1, x'0000000000000000000000000000000c', 'A', 0, zeroblob(32), NULL);"
        "INSERT INTO folders (space, id, team_id, name, created_at, updated_at)"
        " SELECT 1, x'00000000000000000000000000000007', id, 'F', 0, 0 FROM teams WHERE space = 1 LIMIT 1;"
        "INSERT INTO agents (space, id, seq, team_id, name, folder_id, created_at, updated_at)"
        " SELECT 1, x'00000000000000000000000000000005', 1, team_id, 'A', id, 0, 0 FROM folders WHERE space = 1"
        " AND name = 'F';"
        "INSERT INTO build_secrets SELECT 1, id, x'0000000000000000000000000000000c', 1 FROM builds WHERE space = 1"
        " LIMIT 1;"
        "INSERT INTO suggestions (space, id, seq, agent_id, type, payload, status, generated_by, title, description,"
        " dedup_key, source_run_ids, created_at, updated_at) SELECT 1, x'0000000000000000000000000000000d', 1, id,"
        " 'connection_remove', '{\"slug\":\"slack\"}', 'pending', 'eval', 'T', 'D', 'K', zeroblob(16), 0, 0 FROM agents"
        " WHERE space = 1 LIMIT 1;"
        "INSERT INTO build_logins SELECT 1, b.id, l.id, 1 FROM builds b, logins l WHERE b.space = 1 AND l.space = 1;"
        "INSERT INTO schedules (space, id, seq, agent_id, user_id, enabled, frequency, timezone,"
        " consecutive_missing_connection_failures, created_at, updated_at)"
        " SELECT 1, x'0000000000000000000000000000000b', 1, id, zeroblob(16), 1, 'hourly', 'UTC', 0, 0, 0 FROM agents"
        " WHERE space = 1 LIMIT 1;"
        "INSERT INTO organization_members SELECT 1, o.id, p.id, 'admin' FROM organizations o, people p"
        " WHERE o.space = 1 AND p.space = 1;"
        "INSERT INTO agent_pins SELECT 1, id, zeroblob(16), 0 FROM agents WHERE space = 1;"
        "INSERT INTO builds (space, id, agent_id, revision_number, name, status, created_at, updated_at)"
        " SELECT 1, x'00000000000000000000000000000006', id, 1, 'B', 'live', 0, 0 FROM agents WHERE space = 1"
        " AND name = 'A';"
        "INSERT INTO event_counts VALUES (1, 'run.started', 1000);"
        "INSERT INTO webhooks VALUES (1, x'0000000000000000000000000000000d', 1, 'http://localhost/', NULL, 'standard',"
        " NULL, 0, 0, 0);"
        "INSERT INTO webhook_deliveries VALUES (1, zeroblob(16), 1, x'0000000000000000000000000000000d', NULL,"
        " zeroblob(16), 'run.started', zeroblob(16), zeroblob(16), '{}', 'failed', '[]', 1, NULL, 0, 0)");
}

/* Every table has rows to lose: a new one needs a line in fill. */
static void test_fill(void **state)
{
    (void)state;
    const char *names[TABLES_MAX];
    fill();
    const size_t n = tables(names);
    assert_true(n >= 16);
    for (size_t i = 0; i < n; i++)
        if (!rows_of(names[i], SPACE_DEFAULT))
            fail_msg("%s is empty", names[i]);
}

/* A table without a column `space` is no part of a space. */
static void test_other_tables(void **state)
{
    (void)state;
    static const char *const wanted[] = { "meta", "space_keys", "spaces" };
    const char *names[TABLES_MAX];
    const size_t n = file_list("SELECT name FROM sqlite_schema m WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                               " AND NOT EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'space')"
                               " ORDER BY name", names, TABLES_MAX);
    assert_int_equal(n, COUNT(wanted));
    for (size_t i = 0; i < n; i++)
        assert_string_equal(names[i], wanted[i]);
}

/* ---- copy and clear ---------------------------------------------------------------------------------------- */

static void insert_space(struct db *db, int64_t id)
{
    db_use_space(db, id);
    query_change(db, SQL_SPACE_INSERT, WITH(T("other"), 0, 0));
}

static void copy_default(void)
{
    struct db *db = rig_db(&rig);
    assert_true(tx_begin(db, TX_WRITE));
    insert_space(db, OTHER_SPACE);
    store_space_copy(db, SPACE_DEFAULT, OTHER_SPACE);
    assert_null(db_error(db));
    assert_true(tx_commit(db));
}

static void clear(int64_t space)
{
    struct db *db = rig_db(&rig);
    assert_true(tx_begin(db, TX_WRITE));
    store_space_clear(db, space);
    assert_null(db_error(db));
    assert_true(tx_commit(db));
}

static void test_copy(void **state)
{
    (void)state;
    fill();
    copy_default();
    assert_ptr_equal(first_difference(SPACE_DEFAULT, OTHER_SPACE), NULL);
    assert_string_equal(first_difference(SPACE_TEMPLATE, OTHER_SPACE), "agent_pins"); /* it would be seen */
}

static void test_clear(void **state)
{
    (void)state;
    fill();
    copy_default();
    clear(SPACE_DEFAULT);
    assert_ptr_equal(first_with_rows(SPACE_DEFAULT), NULL);
    assert_int_equal(rows_of("connections", OTHER_SPACE), 15);
    clear(OTHER_SPACE);
    assert_ptr_equal(first_with_rows(OTHER_SPACE), NULL);
    assert_int_equal(rows_of("connections", SPACE_TEMPLATE), 14);
    assert_int_equal(file_number("SELECT count(*) FROM spaces"), 3); /* the spaces themselves stay */
    clear(OTHER_SPACE);                                              /* nothing is no failure */
}

/* ---- match ------------------------------------------------------------------------------------------------- */

static void match(int64_t from, int64_t to)
{
    struct db *db = rig_db(&rig);
    assert_true(tx_begin(db, TX_WRITE));
    store_space_match(db, from, to);
    assert_ptr_equal(db_error(db), NULL);
    assert_true(tx_commit(db));
}

/* Whatever was done to the default space, it is as the other again. */
static void expect_mended(const char *sql)
{
    file_run(sql);
    match(OTHER_SPACE, SPACE_DEFAULT);
    const char *table = first_difference(OTHER_SPACE, SPACE_DEFAULT);
    if (table)
        fail_msg("%s: %s is different", sql, table);
}

static const char *const done[] = {
    "",
    "UPDATE connections SET name = name || 'x', updated_at = updated_at + 1 WHERE space = 1",
    "UPDATE connections SET user_id = NULL, oauth_scopes = NULL, broken_at = 7 WHERE space = 1",
    "UPDATE connection_headers SET name = lower(name) WHERE space = 1",
    "UPDATE connection_headers SET value = NULL, hash = zeroblob(32) WHERE space = 1 AND value IS NOT NULL",
    "UPDATE connection_headers SET salt = zeroblob(16) WHERE space = 1 AND salt IS NULL",
    "UPDATE custom_integrations SET name = 'x' WHERE space = 1 AND name = 'Mine';" /* they change places */
    "UPDATE custom_integrations SET name = 'Mine' WHERE space = 1 AND name = 'Internal Tools';"
    "UPDATE custom_integrations SET name = 'Internal Tools' WHERE space = 1 AND name = 'x'",
    "UPDATE organizations SET name = name || 'x' WHERE space = 1",
    "INSERT INTO organizations (space, id, name, connections_sharing) VALUES (1, zeroblob(16), 'x', 1);"
    "UPDATE teams SET organization_id = zeroblob(16) WHERE space = 1",
    "UPDATE folders SET name = 'G' WHERE space = 1",
    "INSERT INTO folders (space, id, team_id, parent_folder_id, name, created_at, updated_at)"
    " SELECT 1, x'00000000000000000000000000000008', team_id, id, 'H', 0, 0 FROM folders WHERE space = 1 LIMIT 1;"
    "UPDATE agents SET folder_id = x'00000000000000000000000000000008' WHERE space = 1",
    "UPDATE teams SET name = name || 'x' WHERE space = 1",
    "UPDATE api_keys SET revoked = 1 - revoked WHERE space = 1",
    "UPDATE builds SET status = 'draft', revision_number = revision_number + 100 WHERE space = 1",
    "UPDATE oauth_flows SET state = randomblob(32) WHERE space = 1",
    "UPDATE id_counts SET n = 8 WHERE space = 1; INSERT INTO id_counts VALUES (1, 'more', 1)",
    "DELETE FROM people WHERE space = 1; DELETE FROM teams WHERE space = 1",
};

static void test_match(void **state)
{
    (void)state;
    const char *names[TABLES_MAX];
    fill();
    copy_default();
    for (size_t i = 0; i < COUNT(done); i++)
        expect_mended(done[i]);
    expect_mended("UPDATE connections SET id = randomblob(16) WHERE space = 1 AND NOT has_headers");
    assert_int_equal(file_number("SELECT count(*) FROM connection_headers WHERE space = 1"
                                 " AND name = 'X-A' COLLATE BINARY"), 1);
    const size_t n = tables(names);
    for (size_t i = 0; i < n; i++)
        expect_mended(text_format(arena, "DELETE FROM %s WHERE space = 1", names[i]).p);
    clear(SPACE_DEFAULT);
    match(OTHER_SPACE, SPACE_DEFAULT);
    assert_ptr_equal(first_difference(OTHER_SPACE, SPACE_DEFAULT), NULL);
    match(SPACE_TEMPLATE, SPACE_DEFAULT);
    assert_ptr_equal(first_difference(SPACE_TEMPLATE, SPACE_DEFAULT), NULL);
    match(12345, SPACE_DEFAULT); /* like one that is empty */
    assert_ptr_equal(first_with_rows(SPACE_DEFAULT), NULL);
}

/* By the store's own writer, whose changes it notes. False when rows refer to others in a way that forbids it. */
static bool run_noted(const char *sql)
{
    struct db *db = rig_db(&rig);
    assert_true(tx_begin(db, TX_WRITE));
    db_use_space(db, SPACE_DEFAULT);
    touched_note(db, UINT64_MAX);
    const bool ran = sqlite3_exec(db->conn->sqlite, sql, NULL, NULL, NULL) == SQLITE_OK;
    const struct touched *touched = touched_since(db, SPACE_DEFAULT, OTHER_SPACE);
    assert_true(touched && !touched->too_many && (!row_keys_are_told() || touched->unkeyed != UINT64_MAX));
    if (!ran)
        tx_rollback(db);
    return ran && tx_commit(db);
}

static bool mends_noted(const char *sql)
{
    const bool ran = run_noted(sql);
    match(OTHER_SPACE, SPACE_DEFAULT);
    const char *table = first_difference(OTHER_SPACE, SPACE_DEFAULT);
    if (table)
        fail_msg("%s: %s is different", sql, table);
    return ran;
}

/* Where it is known what was done, that alone is looked at: one after another, and several before one match. */
static void test_match_of_what_is_known(void **state)
{
    (void)state;
    const char *names[TABLES_MAX];
    fill();
    copy_default();
    match(OTHER_SPACE, SPACE_DEFAULT);
    for (size_t i = 0; i < COUNT(done); i++)
        assert_true(mends_noted(done[i]));
    const size_t n = tables(names);
    size_t ran = 0;
    for (size_t i = 0; i < n; i++)
        ran += mends_noted(text_format(arena, "DELETE FROM %s WHERE space = 1", names[i]).p);
    assert_true(ran > n - n / 4);
    for (size_t i = 0; i < COUNT(done); i++)
        run_noted(done[i]);
    mends_noted("DELETE FROM connections WHERE space = 1 AND id < (SELECT max(id) FROM connections WHERE space = 1)");
}

static void test_rolled_back(void **state)
{
    (void)state;
    fill();
    copy_default();
    struct db *db = rig_db(&rig);
    assert_true(tx_begin(db, TX_WRITE));
    store_space_clear(db, SPACE_DEFAULT);
    tx_rollback(db);
    assert_ptr_equal(first_difference(SPACE_DEFAULT, OTHER_SPACE), NULL);
}

/* Onto rows that are there already, and into a space that is none. */
static void test_copy_that_fails(void **state)
{
    (void)state;
    struct db *db = rig_db(&rig);
    assert_true(tx_begin(db, TX_WRITE));
    store_space_copy(db, SPACE_TEMPLATE, SPACE_DEFAULT);
    assert_non_null(db_error(db));
    tx_rollback(db);
    assert_true(tx_begin(db, TX_WRITE));
    store_space_copy(db, SPACE_TEMPLATE, 12345);
    assert_false(!db_error(db) && tx_commit(db));
    tx_rollback(db);
    assert_ptr_equal(first_difference(SPACE_TEMPLATE, SPACE_DEFAULT), NULL);
    assert_ptr_equal(first_with_rows(12345), NULL);
}

/* Keys are among what is copied and cleared: what was found of them before holds no longer. */
static void test_identities(void **state)
{
    (void)state;
    struct db *db = rig_db(&rig);
    assert_true(tx_begin(db, TX_READ));
    const uint64_t before = store_identities_of(db);
    assert_true(tx_commit(db));
    copy_default();
    assert_true(tx_begin(db, TX_READ));
    const uint64_t copied = store_identities_of(db);
    assert_true(tx_commit(db));
    clear(OTHER_SPACE);
    assert_true(tx_begin(db, TX_READ));
    const uint64_t cleared = store_identities_of(db);
    assert_true(tx_commit(db));
    assert_true(before < copied && copied < cleared);
}

/* ---- what is made of it -------------------------------------------------------------------------------------- */

static void test_start(void **state)
{
    (void)state;
    assert_ptr_equal(first_difference(SPACE_TEMPLATE, SPACE_DEFAULT), NULL);
}

static void test_reset(void **state)
{
    (void)state;
    fill();
    rig_expect_part(&rig, ASK("POST", "/_mock/reset"), 200, "\"connections\":14");
    assert_ptr_equal(first_difference(SPACE_TEMPLATE, SPACE_DEFAULT), NULL);
}

/* What a snapshot leaves out. */
static void forget_what_happened(int64_t space)
{
    const char *sql = text_format(arena, "DELETE FROM webhook_deliveries WHERE space = %d; DELETE FROM event_counts"
                                         " WHERE space = %d", (int)space, (int)space).p;
    file_run(sql);
}

static void test_snapshot(void **state)
{
    (void)state;
    fill();
    copy_default();
    forget_what_happened(OTHER_SPACE);
    rig_expect_part(&rig, ASK("PUT", "/_mock/snapshots/mine"), 200, "\"connections\":15");
    const int64_t id = file_number("SELECT id FROM spaces WHERE owner = 1");
    assert_ptr_equal(first_difference(id, OTHER_SPACE), NULL);
    rig_expect_part(&rig, ASK("POST", "/_mock/reset", NULL, JSON, "{\"to\":\"empty\"}"), 200, "\"connections\":0");
    assert_non_null(first_difference(SPACE_DEFAULT, OTHER_SPACE));
    rig_expect_part(&rig, ASK("POST", "/_mock/snapshots/mine/restore"), 200, "\"connections\":15");
    assert_ptr_equal(first_difference(SPACE_DEFAULT, OTHER_SPACE), NULL);
    rig_expect(&rig, ASK("DELETE", "/_mock/snapshots/mine"), 200, NULL);
    assert_ptr_equal(first_with_rows(id), NULL);
    assert_int_equal(file_number("SELECT count(*) FROM spaces WHERE owner <> 0"), 0);
}

static void test_drop(void **state)
{
    (void)state;
    rig_expect(&rig, ASK("POST", "/_mock/spaces", NULL, JSON, "{\"name\":\"a\"}",
                         .headers = { { T("Host"), T("localhost") } }), 201, NULL);
    const int64_t id = file_number("SELECT id FROM spaces WHERE name = 'a'");
    assert_int_equal(file_number("SELECT rows_of FROM spaces WHERE name = 'a'"), SPACE_TEMPLATE);
    rig_expect(&rig, ASK("PUT", "/_mock/s/a/_mock/snapshots/mine"), 200, NULL);
    const int64_t snapshot = file_number("SELECT id FROM spaces WHERE name = 'mine'");
    assert_ptr_equal(first_difference(SPACE_TEMPLATE, snapshot), NULL);
    assert_ptr_equal(first_difference(SPACE_TEMPLATE, id), NULL); /* whose schedules are planned anew: a write */
    rig_expect(&rig, ASK("DELETE", "/_mock/spaces/a"), 200, NULL);
    assert_ptr_equal(first_with_rows(id), NULL);
    assert_ptr_equal(first_with_rows(snapshot), NULL);
    assert_int_equal(file_number("SELECT count(*) FROM spaces"), 2);
    assert_int_equal(file_number("SELECT count(*) FROM space_keys"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_fill, rig_file_setup, rig_file_teardown),
        cmocka_unit_test_setup_teardown(test_other_tables, rig_file_setup, rig_file_teardown),
        cmocka_unit_test_setup_teardown(test_copy, rig_file_setup, rig_file_teardown),
        cmocka_unit_test_setup_teardown(test_clear, rig_file_setup, rig_file_teardown),
        cmocka_unit_test_setup_teardown(test_match, rig_file_setup, rig_file_teardown),
        cmocka_unit_test_setup_teardown(test_match_of_what_is_known, rig_file_setup, rig_file_teardown),
        cmocka_unit_test_setup_teardown(test_rolled_back, rig_file_setup, rig_file_teardown),
        cmocka_unit_test_setup_teardown(test_copy_that_fails, rig_file_setup, rig_file_teardown),
        cmocka_unit_test_setup_teardown(test_identities, rig_file_setup, rig_file_teardown),
        cmocka_unit_test_setup_teardown(test_start, rig_file_setup, rig_file_teardown),
        cmocka_unit_test_setup_teardown(test_reset, rig_file_setup, rig_file_teardown),
        cmocka_unit_test_setup_teardown(test_snapshot, rig_file_setup, rig_file_teardown),
        cmocka_unit_test_setup_teardown(test_drop, rig_file_setup, rig_file_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
