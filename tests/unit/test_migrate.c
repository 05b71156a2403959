/* Which files a store opens, what it makes of them, and that it leaves every other file as it was. */
#include "store/store.h"

#include "base/embed.h"
#include "rig.h"
#include "store/image.h"
#include "store/internal.h"
#include "router/stored_specs.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { OURS = 0x6475766f };

static struct arena *arena;
static char *folder;
static const char *path;

static int setup(void **state)
{
    (void)state;
    assert_true(secret_start());
    arena = arena_new();
    folder = folder_new();
    path = text_format(arena, "%s/state.db", folder).p;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    folder_remove(folder);
    arena_free(arena);
    arena_trim();
    return 0;
}

static sqlite3 *open_sqlite(void)
{
    sqlite3 *sqlite;
    assert_int_equal(sqlite3_open(path, &sqlite), SQLITE_OK);
    return sqlite;
}

/* Makes the file with these statements. */
static void make_file(const char *sql)
{
    sqlite3 *sqlite = open_sqlite();
    assert_int_equal(sqlite3_exec(sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(sqlite), SQLITE_OK);
}

static struct text ask_file(const char *sql)
{
    sqlite3 *sqlite = open_sqlite();
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_prepare_v2(sqlite, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    const char *text = (const char *)sqlite3_column_text(stmt, 0);
    const struct text answer = text_copy(arena, text_of(text ? text : "NULL"));
    sqlite3_finalize(stmt);
    assert_int_equal(sqlite3_close(sqlite), SQLITE_OK);
    return answer;
}

/* The schema's number: how many files it has. */
static int newest(void)
{
    int n = 0;
    for (size_t i = 0; i < embedded_count; i++)
        n += strncmp(embedded_files[i].path, "schema/store/", 13) == 0;
    assert_true(n > 0);
    return n;
}

static void expect_opens(void)
{
    char why[256] = "";
    struct store *store = store_open(path, stored_specs, why, sizeof why);
    assert_string_equal(why, "");
    assert_non_null(store);
    assert_true(store_check_statements(store, why, sizeof why));
    store_close(store);
    assert_true(text_eq(ask_file("PRAGMA user_version"), text_format(arena, "%d", newest())));
    assert_true(text_eq(ask_file("PRAGMA application_id"), text_format(arena, "%d", OURS)));
    assert_true(text_eq(ask_file("PRAGMA journal_mode"), T("wal")));
    assert_true(text_eq(ask_file("PRAGMA integrity_check"), T("ok")));
    assert_true(text_eq(ask_file("SELECT count(*) FROM meta"), T("1")));
}

static struct text refusal(void)
{
    char why[1000] = "";
    struct store *store = store_open(path, stored_specs, why, sizeof why);
    assert_null(store);
    assert_null(strchr(why, '\n'));
    return text_copy(arena, text_of(why));
}

/* Refused with these words, and not a byte of it or beside it is another one. */
static void expect_left_alone(const char *words)
{
    const struct text before = file_content(arena, path);
    for (int i = 0; i < 2; i++) {
        const struct text why = refusal();
        if (!text_contains(why, text_of(words)) || !text_contains(why, text_of(path)))
            fail_msg("%.*s", TEXT_ARG(why));
        assert_true(text_eq(file_content(arena, path), before));
        assert_int_not_equal(access(text_format(arena, "%s-wal", path).p, F_OK), 0);
        assert_int_not_equal(access(text_format(arena, "%s-journal", path).p, F_OK), 0);
    }
}

static void test_fresh(void **state)
{
    (void)state;
    expect_opens();
}

static void test_empty_file(void **state)
{
    (void)state;
    file_write(arena, folder, "state.db", T(""));
    expect_opens();
}

static void test_existing(void **state)
{
    (void)state;
    expect_opens();
    make_file("INSERT INTO spaces (id, owner, name, created_at) VALUES (7, 0, 'seven', 0)");
    const struct text key = ask_file("SELECT hex(hash_key) FROM meta");
    const struct text schema = ask_file("SELECT group_concat(sql) FROM sqlite_schema");
    for (int i = 0; i < 2; i++) {
        expect_opens();
        assert_true(text_eq(ask_file("SELECT name FROM spaces WHERE id = 7"), T("seven")));
        assert_true(text_eq(ask_file("SELECT hex(hash_key) FROM meta"), key));
        assert_true(text_eq(ask_file("SELECT group_concat(sql) FROM sqlite_schema"), schema));
    }
}

/* Makes the file as the first schema files leave it. */
static void make_older(int version, const char *rows)
{
    int applied = 0;
    for (size_t i = 0; i < embedded_count && applied < version; i++)
        if (strncmp(embedded_files[i].path, "schema/store/", 13) == 0) {
            make_file((const char *)embedded_files[i].start);
            applied++;
        }
    make_file(rows);
    make_file(text_format(arena, "PRAGMA user_version = %d; PRAGMA application_id = %d", version, OURS).p);
}

/* A file that the first schema files were applied to gets the rest. */
static void test_older(void **state)
{
    (void)state;
    for (int version = 0; version < newest(); version++) {
        unlink(path);
        make_older(version, "");
        expect_opens();
    }
}

/* What the first files know, in the words of the tenth. */
#define ID(last) "x'000000000000000000000000000000" last "'"
static const char rows_of_ten[] =
    "INSERT INTO spaces (id, owner, name, created_at) VALUES (1, 0, 'default', 0);"
    "INSERT INTO teams (space, id, name, discovery_mode, created_at)"
    " VALUES (1, " ID("01") ", 'Acme', 'open', 0), (1, " ID("02") ", 'Labs', 'by hand', 0);"
    "INSERT INTO organizations (space, id, name, connections_sharing) VALUES (1, " ID("03") ", 'Acme', 1);"
    "INSERT INTO agents (space, id, seq, team_id, name, created_by, created_at, updated_at)"
    " VALUES (1, " ID("0a") ", 1, " ID("01") ", 'A', " ID("0b") ", 5, 5);"
    "INSERT INTO builds (space, id, agent_id, revision_number, name, status, created_at, updated_at)"
    " VALUES (1, " ID("0c") ", " ID("0a") ", 1, 'B', 'live', 5, 5);"
    "INSERT INTO integrations (space, id, seq, name, type, provider, created_at, updated_at)"
    " VALUES (1, " ID("0d") ", 1, 'Consumer', 'case-queue-consumer', 'default', 0, 0);"
    "INSERT INTO slots (space, id, build_id, integration_id, position, created_at)"
    " VALUES (1, " ID("0e") ", " ID("0c") ", " ID("0d") ", 1, 5);"
    "INSERT INTO queues (space, id, team_id, name, created_at)"
    " VALUES (1, " ID("0f") ", " ID("01") ", 'Q', 5);"
    "INSERT INTO slot_queues (space, slot_id, queue_id) VALUES (1, " ID("0e") ", " ID("0f") ");"
    "INSERT INTO connections (space, id, seq, team_id, name, type, provider, has_headers, has_oauth_tokens, created_at,"
    " updated_at) VALUES (1, " ID("10") ", 1, " ID("01") ", 'C', 'slack', 'composio', 0, 0, 5, 5);"
    "INSERT INTO triggers (space, id, agent_id, connection_id, user_id, kind, created_at)"
    " SELECT 1, value, " ID("0a") ", " ID("10") ", " ID("0b") ", k, 9"
    " FROM (SELECT " ID("11") " AS value, 'slack_mention' AS k UNION ALL SELECT " ID("12") ", 'slack_channel'"
    " UNION ALL SELECT " ID("13") ", 'teams_mention')";

#undef ID

/* Triggers keep what they listen to; the link that started an agent is a case trigger; and a connection takes its
 * triggers along as before. */
static void test_older_rows(void **state)
{
    (void)state;
    make_older(10, rows_of_ten);
    expect_opens();
    assert_true(text_eq(ask_file("SELECT group_concat(integration_slug || ' ' || trigger_type || enabled || updated_at)"
                                 " FROM (SELECT * FROM triggers ORDER BY seq)"),
                        T("slack mention19,slack channel19,msteams mention19")));
    assert_true(text_eq(ask_file("SELECT agent_id = id AND hex(queue_id) LIKE '%0F' AND hex(user_id) LIKE '%0B'"
                                 " AND enabled AND created_at = 5 FROM case_triggers"), T("1")));
    assert_true(text_eq(ask_file("SELECT count(*) FROM trigger_types WHERE space = 1"), T("5")));
    assert_true(text_eq(ask_file("SELECT group_concat(discovery_mode) FROM (SELECT * FROM teams ORDER BY id)"),
                        T("auto,request")));
    assert_true(text_eq(ask_file("SELECT discovery_mode || created_at FROM organizations"),
                        T("request1767225600000")));
    make_file("DELETE FROM connections");
    assert_true(text_eq(ask_file("SELECT count(*) FROM triggers"), T("0")));
}

/* Events that were rows are counted, and so are those that were forgotten; headers stay with their connections, and go
 * with them as before. */
static void test_older_events(void **state)
{
    (void)state;
    make_older(19, "INSERT INTO spaces (id, owner, name, created_at) VALUES (1, 0, 'a', 0), (2, 0, 'b', 0);"
                   "INSERT INTO events VALUES (1, 1, 'run.started'), (1, 2, 'run.failed'), (1, 3, 'run.started'),"
                   " (2, 65, 'run.failed');"
                   "INSERT INTO teams (space, id, name, discovery_mode, created_at)"
                   " VALUES (1, zeroblob(16), 'Acme', 'auto', 0);"
                   "INSERT INTO connections (space, id, seq, team_id, name, type, provider, has_headers,"
                   " has_oauth_tokens, created_at, updated_at)"
                   " SELECT 1, value, 1, zeroblob(16), 'C', 'custom_mcp', 'user', 1, 0, 5, 5 FROM"
                   " (SELECT zeroblob(16) AS value UNION ALL SELECT x'00000000000000000000000000000001');"
                   "INSERT INTO connection_headers SELECT 1, id, 'X-A', 1, hex(id), NULL, NULL FROM connections;");
    expect_opens();
    assert_true(text_eq(ask_file("SELECT group_concat(space || type || n) FROM (SELECT * FROM event_counts"
                                 " ORDER BY space, type)"), T("1run.failed1,1run.started2,264,2run.failed1")));
    assert_true(text_eq(ask_file("SELECT count(*) FROM connection_headers WHERE value = hex(connection_id)"), T("2")));
    make_file("DELETE FROM connections WHERE id = zeroblob(16)");
    assert_true(text_eq(ask_file("SELECT group_concat(value) FROM connection_headers"),
                        T("00000000000000000000000000000001")));
}

/* Runs stay as they are, and those of cases that are under way are found as before, by another index. */
static void test_older_runs(void **state)
{
    (void)state;
    make_older(21, "INSERT INTO spaces (id, owner, name, created_at) VALUES (1, 0, 'a', 0);"
                   "INSERT INTO teams (space, id, name, discovery_mode, created_at)"
                   " VALUES (1, zeroblob(16), 'Acme', 'auto', 0);"
                   "INSERT INTO agents (space, id, seq, team_id, name, created_at, updated_at)"
                   " VALUES (1, zeroblob(16), 1, zeroblob(16), 'A', 0, 0);"
                   "INSERT INTO runs (space, id, seq, team_id, agent_id, build_id, run_number, title, source, status,"
                   " human_in_the_loop_enabled, scripted, steps, next_step, created_at, updated_at)"
                   " SELECT 1, randomblob(16), key, zeroblob(16), zeroblob(16), zeroblob(16), key, value ->> 1,"
                   " value ->> 0, value ->> 1, 0, 0, '[]', 0, 0, 0 FROM json_each('[[\"case\", \"running\"],"
                   " [\"case\", \"waiting\"], [\"case\", \"completed\"], [\"api\", \"pending\"]]')");
    expect_opens();
    assert_true(text_eq(ask_file("SELECT group_concat(title) FROM (SELECT title FROM runs INDEXED BY runs_at_cases"
                                 " WHERE space = 1 AND agent_id = zeroblob(16) AND source = 'case' AND"
                                 " (status = 'pending' OR status = 'running' OR status = 'waiting') ORDER BY seq)"),
                        T("running,waiting")));
    assert_true(text_eq(ask_file("SELECT count(*) FROM runs"), T("4")));
    assert_true(text_eq(ask_file("SELECT count(*) FROM sqlite_schema WHERE name = 'runs_active'"), T("0")));
}

static void test_newer(void **state)
{
    (void)state;
    expect_opens();
    make_file("PRAGMA journal_mode = DELETE");
    static const char *const pragmas[] = { "PRAGMA user_version = 999", "PRAGMA user_version = 1000",
                                           "PRAGMA user_version = 2147483647" };
    for (size_t i = 0; i < COUNT(pragmas); i++) {
        make_file(pragmas[i]);
        expect_left_alone("newer duvo-mock");
    }
    make_file(text_format(arena, "PRAGMA user_version = %d", newest() + 1).p);
    expect_left_alone("newer duvo-mock");
    make_file(text_format(arena, "PRAGMA user_version = %d", newest()).p);
    expect_opens();
}

/* Also when it keeps a write-ahead log. */
static void test_newer_with_a_log(void **state)
{
    (void)state;
    expect_opens();
    make_file("PRAGMA user_version = 999");
    assert_true(text_eq(ask_file("PRAGMA journal_mode"), T("wal")));
    expect_left_alone("newer duvo-mock");
}

static void test_other_program(void **state)
{
    (void)state;
    make_file("CREATE TABLE songs (id INTEGER PRIMARY KEY, title TEXT); INSERT INTO songs VALUES (1, 'x')");
    expect_left_alone("another program");
    make_file("PRAGMA application_id = 12345; PRAGMA user_version = 1");
    expect_left_alone("another program");
    make_file("PRAGMA application_id = 0; PRAGMA user_version = 999");
    expect_left_alone("another program");
    assert_true(text_eq(ask_file("SELECT title FROM songs"), T("x")));
}

static void test_no_database(void **state)
{
    (void)state;
    const struct text rows[] = {
        T("just text, and not a database at all"),
        T("SQLite format 3"),
        T("SQLite format 4\0 and something else behind it, longer than a header of a hundred bytes is, so that it "
          "is read"),
        T("\0\0\0"),
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        file_write(arena, folder, "state.db", rows[i]);
        expect_left_alone("not a SQLite database");
    }
}

static void test_broken_database(void **state)
{
    (void)state;
    expect_opens();
    const struct text whole = file_content(arena, path);
    assert_true(whole.n > 8192);
    char *p = arena_raw(arena, whole.n);
    memcpy(p, whole.p, whole.n);
    memset(p + 100, 0xee, 3000); /* the first page, behind the header */
    file_write(arena, folder, "state.db", (struct text){ p, whole.n });
    const struct text why = refusal();
    assert_true(text_contains(why, text_of(path)));
    file_write(arena, folder, "state.db", (struct text){ whole.p, 5000 }); /* cut */
    assert_true(text_contains(refusal(), text_of(path)));
}

static void test_no_file(void **state)
{
    (void)state;
    const char *const paths[] = { folder, text_format(arena, "%s/no/folder.db", folder).p };
    const char *const reasons[] = { "it is a folder", "there is no folder" };
    for (size_t i = 0; i < COUNT(paths); i++) {
        path = paths[i];
        const struct text why = refusal();
        if (!text_contains(why, text_of(path)) || !text_contains(why, text_of(reasons[i])))
            fail_msg("%.*s", TEXT_ARG(why));
    }
}

/* All that tells two empty databases apart: tables in the order in which they were made, and so the indices of each. */
static struct text shape_of(sqlite3 *sqlite)
{
    static const char sql[] =
        "SELECT group_concat(one, char(10)) || char(10) || (SELECT user_version FROM pragma_user_version) || ' '"
        " || (SELECT application_id FROM pragma_application_id)"
        " FROM (SELECT type || ' ' || tbl_name || ' ' || coalesce(sql, name) AS one FROM sqlite_schema ORDER BY type,"
        " iif(type = 'table', '', tbl_name), rowid)";
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(sqlite, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    const struct text shape = text_copy(arena, text_of((const char *)sqlite3_column_text(stmt, 0)));
    sqlite3_finalize(stmt);
    return shape;
}

/* What the build has made of the schema's statements is what they make now. */
static void test_image(void **state)
{
    (void)state;
    char why[256];
    sqlite3 *made = NULL, *taken = NULL;
    assert_int_equal(sqlite3_open(":memory:", &made), SQLITE_OK);
    assert_int_equal(sqlite3_open(":memory:", &taken), SQLITE_OK);
    assert_true(migrate(made, why, sizeof why));
    assert_true(image_copy(embedded_file("build/embed/empty.image"), taken));
    const struct text shape = shape_of(taken);
    assert_true(text_contains(shape, T("CREATE TABLE connections")));
    assert_string_equal(shape.p, shape_of(made).p);
    assert_true(migrate(taken, why, sizeof why));
    assert_string_equal(shape_of(taken).p, shape.p);
    sqlite3_close(made);
    sqlite3_close(taken);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_image),
        TEST(test_fresh),
        TEST(test_empty_file),
        TEST(test_existing),
        TEST(test_older),
        TEST(test_older_rows),
        TEST(test_older_events),
        TEST(test_older_runs),
        TEST(test_newer),
        TEST(test_newer_with_a_log),
        TEST(test_other_program),
        TEST(test_no_database),
        TEST(test_broken_database),
        TEST(test_no_file),
    };
    return cmocka_run_group_tests_name("migrate", tests, NULL, NULL);
}
