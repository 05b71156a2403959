/* A file of an older version, whose hashes only its own key checks: keys, spaces' keys, headers and secrets are as good
 * as before, and each is kept anew when it is seen in plain, after which an export has it. */
#include "api/secrets.h"
#include "base/embed.h"
#include "base/hex.h"
#include "base/json.h"
#include "rig.h"
#include "store/file_format.h"
#include "store/query.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define CONNECTION "6f1d2c3b-4444-4aaa-8bbb-000000000009" /* of the default set: X-API-Key */
#define BUNDLE "6f1d2c3b-cccc-4aaa-8bbb-000000000002"     /* BILLING_TOKEN */
#define HEADER_VALUE "internal-key-for-fixtures"
#define VARIABLE_VALUE "billing-token-for-fixtures"
#define MATCH_HEADER ASK("POST", "/_mock/connections/" CONNECTION "/secrets/match", .type = JSON, \
                         .body = "{\"name\": \"x-api-key\", \"value\": \"" HEADER_VALUE "\"}")
#define MATCH_VARIABLE ASK("POST", "/_mock/credentials/" BUNDLE "/secrets/match", .type = JSON, \
                           .body = "{\"name\": \"BILLING_TOKEN\", \"value\": \"" VARIABLE_VALUE "\"}")

enum { OLDER = 8 }; /* its schema's number: the last without kinds of hashes */

static struct arena *arena;
static char *folder;
static const char *path, *space_key;

/* ---- an older file --------------------------------------------------------------------------------------- */

static void run_sql(sqlite3 *sqlite, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(sqlite, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", sql, why);
}

static struct secret_key file_key(sqlite3 *sqlite)
{
    struct secret_key key;
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_prepare_v2(sqlite, "SELECT hash_key FROM meta", -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    memcpy(key.b, sqlite3_column_blob(stmt, 0), sizeof key.b);
    sqlite3_finalize(stmt);
    return key;
}

static const char *hex_of(struct secret_hash hash)
{
    return text_format(arena, "x'%.*s'", TEXT_ARG(hex_encode(arena, hash.b, sizeof hash.b))).p;
}

static void set_older(sqlite3 *sqlite, const char *table, const char *where, const char *value)
{
    const struct secret_key key = file_key(sqlite);
    run_sql(sqlite, text_format(arena, "UPDATE %s SET hash = %s WHERE %s", table,
                                hex_of(secret_hash(&key, secret_of(text_of(value)))), where).p);
    assert_true(sqlite3_changes(sqlite) > 0);
}

static void set_older_key(sqlite3 *sqlite, const char *table, const char *value)
{
    const struct kept kept = kept_key(secret_of(text_of(value)));
    set_older(sqlite, table, text_format(arena, "hash = %s", hex_of(kept.hash)).p, value);
}

/* An empty file as that version made it. */
static sqlite3 *older_file(const char *name)
{
    sqlite3 *sqlite;
    assert_int_equal(sqlite3_open(name, &sqlite), SQLITE_OK);
    for (size_t i = 0, taken = 0; i < embedded_count && taken < OLDER; i++)
        if (strncmp(embedded_files[i].path, T("schema/store/").p, T("schema/store/").n) == 0) {
            run_sql(sqlite, (const char *)embedded_files[i].start);
            taken++;
        }
    run_sql(sqlite, text_format(arena, "PRAGMA user_version = %d; PRAGMA application_id = %d", OLDER,
                                APPLICATION_ID).p);
    return sqlite;
}

static const char *first_text(sqlite3 *sqlite, const char *sql, const char *table)
{
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_prepare_v2(sqlite, sql, -1, &stmt, NULL), SQLITE_OK);
    sqlite3_bind_text(stmt, 1, table, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    const char *text = (const char *)sqlite3_column_text(stmt, 0);
    text = text ? text_copy(arena, text_of(text)).p : NULL;
    sqlite3_finalize(stmt);
    return text;
}

/* The rows of a table that both have, in the columns that both have; rows that lack one of the older ones stay away. */
static void copy_table(sqlite3 *sqlite, const char *table)
{
    static const char shared[] = "SELECT group_concat('\"' || o.name || '\"') FROM pragma_table_info(?1, 'main') o"
                                 " JOIN pragma_table_info(?1, 'newer') n USING (name)";
    const char *columns = first_text(sqlite, shared, table);
    if (columns)
        run_sql(sqlite, text_format(arena, "DELETE FROM main.%s;"
                                           "INSERT OR IGNORE INTO main.%s (%s) SELECT %s FROM newer.%s",
                                    table, table, columns, columns, table).p);
}

/* Puts an older file into the place of the newest one, with the rows and the hashes that it would have had. */
static void make_older(void)
{
    const char *name = text_format(arena, "%s/older.db", folder).p;
    sqlite3 *sqlite = older_file(name);
    sqlite3_stmt *tables;
    run_sql(sqlite, text_format(arena, "ATTACH '%s' AS newer", path).p);
    assert_int_equal(sqlite3_prepare_v2(sqlite, "SELECT name FROM main.sqlite_schema WHERE type = 'table'"
                                                " ORDER BY rowid", -1, &tables, NULL), SQLITE_OK);
    while (sqlite3_step(tables) == SQLITE_ROW)
        copy_table(sqlite, text_copy(arena, text_of((const char *)sqlite3_column_text(tables, 0))).p);
    sqlite3_finalize(tables);
    run_sql(sqlite, "DETACH newer");
    static const char *const keys[] = { OWNER, MANAGER, MEMBER, OTHER, "dv_test_builder", "dv_test_revoked",
                                        "dv_test_labs" };
    for (size_t i = 0; i < COUNT(keys); i++)
        set_older_key(sqlite, "api_keys", keys[i]);
    set_older_key(sqlite, "space_keys", space_key);
    set_older(sqlite, "connection_headers", "name = 'X-API-Key'", HEADER_VALUE);
    set_older(sqlite, "secret_values", "name = 'BILLING_TOKEN'", VARIABLE_VALUE);
    assert_int_equal(sqlite3_close(sqlite), SQLITE_OK);
    assert_int_equal(rename(name, path), 0);
}

static void open_file(void)
{
    rig_open(&rig, (const char *const[]){ "--db", path, NULL });
}

static int setup(void **state)
{
    (void)state;
    arena = arena_new();
    folder = folder_new();
    path = text_format(arena, "%s/state.db", folder).p;
    open_file();
    struct request *rq = rig_ask(&rig, ASK("POST", "/_mock/spaces", .type = JSON, .body = "{\"name\": \"mine\"}",
                                           .headers = { { T("Host"), T("localhost") } }));
    const struct text reply = reply_bytes(&rq->reply), member = T("\"api_key\":\"");
    assert_int_equal(rq->reply.status, 201);
    struct text rest = { strstr(text_copy(arena, reply).p, member.p) + member.n, 64 };
    space_key = text_copy(arena, text_cut(&rest, '"')).p;
    request_free(rq);
    rig_expect(&rig, ASK("POST", "/_mock/oauth/next", space_key, JSON, "{\"outcome\":\"deny\"}"), 201, NULL);
    rig_close(&rig); /* with rows of its own, as all spaces had them */
    make_older();
    open_file();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    rig_close(&rig);
    folder_remove(folder);
    arena_free(arena);
    return 0;
}

/* ---- what is there --------------------------------------------------------------------------------------- */

/* Of the default space. */
static int count(const char *sql)
{
    sqlite3 *sqlite;
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_open(path, &sqlite), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(sqlite, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    const int n = sqlite3_column_int(stmt, 0);
    sqlite3_finalize(stmt);
    assert_int_equal(sqlite3_close(sqlite), SQLITE_OK);
    return n;
}

#define OLD_KEYS "SELECT count(*) FROM api_keys WHERE space = 1 AND kind = 0"
#define OLD_HEADERS "SELECT count(*) FROM connection_headers WHERE space = 1 AND name = 'X-API-Key' AND salt IS NULL"
#define OLD_VALUES "SELECT count(*) FROM secret_values WHERE space = 1 AND name = 'BILLING_TOKEN' AND salt IS NULL"

static void expect_key(const char *key, unsigned status)
{
    rig_expect(&rig, ASK("GET", "/v1/profile", .key = key), status, NULL);
}

static void expect_export(const char *part, bool has)
{
    struct request *rq = rig_ask(&rig, ASK("GET", "/_mock/fixtures"));
    assert_int_equal(rq->reply.status, 200);
    if (text_contains(reply_bytes(&rq->reply), text_of(part)) != has)
        fail_msg("the export %s %s", has ? "lacks" : "has", part);
    request_free(rq);
}

static void test_keys(void **state)
{
    (void)state;
    const int old = count(OLD_KEYS);
    assert_true(old >= 6);
    for (int i = 0; i < 3; i++) {
        expect_key(OWNER, 200);
        assert_int_equal(count(OLD_KEYS), old - 1);
    }
    expect_key("dv_test_revoked", 401);
    expect_key("dv_test_nobody", 401);
    rig_expect(&rig, ASK("POST", "/v1/connections", .key = MANAGER, .type = JSON, .body = "{}"), 400, NULL);
    assert_int_equal(count(OLD_KEYS), old - 3);
    rig_close(&rig);
    open_file();
    expect_key(OWNER, 200);
    expect_key(MANAGER, 200);
    expect_key(MEMBER, 200);
    assert_int_equal(count(OLD_KEYS), old - 4);
}

/* A read that keeps its key anew has committed something: what was answered before is not answered again. */
static void test_reads_stay_true(void **state)
{
    (void)state;
    rig_expect_part(&rig, ASK("GET", "/v1/connections?limit=1", .key = OWNER), 200, "\"total\":9,");
    rig_expect_part(&rig, ASK("GET", "/v1/connections?limit=1", .key = OWNER), 200, "\"total\":9,");
    rig_expect(&rig, ASK("POST", "/v1/connections", .key = OWNER, .type = JSON,
                         .body = "{\"name\": \"N\", \"provider\": \"user\", \"auth_method\": \"url\"}"), 201, NULL);
    rig_expect_part(&rig, ASK("GET", "/v1/connections?limit=1", .key = OWNER), 200, "\"total\":10,");
    expect_key(MANAGER, 200);
    rig_expect_part(&rig, ASK("GET", "/v1/connections?limit=1", .key = OWNER), 200, "\"total\":10,");
}

static void test_keys_of_spaces(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        rig_expect(&rig, ASK("DELETE", "/v1/connections/" CONNECTION, .key = space_key), i ? 404 : 200, NULL);
        assert_int_equal(count("SELECT count(*) FROM space_keys WHERE kind = 0"), 0);
        rig_expect(&rig, ASK("GET", "/v1/connections/" CONNECTION, .key = OWNER), 200, NULL);
        rig_close(&rig);
        open_file();
    }
    expect_key(space_key, 200);
}

static void test_match(void **state)
{
    (void)state;
    rig_expect(&rig, ASK("POST", "/_mock/connections/" CONNECTION "/secrets/match", .type = JSON,
                         .body = "{\"name\": \"X-API-Key\", \"value\": \"another\"}"), 200, "{\"match\":false}");
    assert_int_equal(count(OLD_HEADERS), 1);
    for (int i = 0; i < 2; i++) {
        rig_expect(&rig, MATCH_HEADER, 200, "{\"match\":true}");
        rig_expect(&rig, MATCH_VARIABLE, 200, "{\"match\":true}");
        assert_int_equal(count(OLD_HEADERS) + count(OLD_VALUES), 0);
    }
    rig_close(&rig);
    open_file();
    rig_expect(&rig, MATCH_HEADER, 200, "{\"match\":true}");
    rig_expect(&rig, MATCH_VARIABLE, 200, "{\"match\":true}");
}

/* The same value again is no change, but is kept anew. */
static void expect_no_change(const char *uri, const char *body)
{
    struct request *rq = rig_ask(&rig, ASK("GET", uri, .key = OWNER));
    assert_int_equal(rq->reply.status, 200);
    const char *before = text_copy(arena, reply_bytes(&rq->reply)).p;
    request_free(rq);
    rig_expect(&rig, ASK("PATCH", uri, .key = OWNER, .type = JSON, .body = body), 200, before);
}

static void test_patch(void **state)
{
    (void)state;
    expect_no_change("/v1/connections/" CONNECTION,
                     "{\"headers\": {\"secret\": {\"X-API-Key\": \"" HEADER_VALUE "\"}}}");
    expect_no_change("/v1/credentials/" BUNDLE, "{\"add_values\": {\"BILLING_TOKEN\": \"" VARIABLE_VALUE "\"}}");
    assert_int_equal(count(OLD_HEADERS) + count(OLD_VALUES), 0);
    rig_expect(&rig, MATCH_HEADER, 200, "{\"match\":true}");
    rig_expect(&rig, MATCH_VARIABLE, 200, "{\"match\":true}");
}

/* What is moved by a rename is checked as before. */
static void test_rename(void **state)
{
    (void)state;
    rig_expect(&rig, ASK("PATCH", "/v1/credentials/" BUNDLE, .key = OWNER, .type = JSON,
                         .body = "{\"rename_keys\": {\"BILLING_TOKEN\": \"MOVED\"}}"), 200, NULL);
    for (int i = 0; i < 2; i++)
        rig_expect(&rig, ASK("POST", "/_mock/credentials/" BUNDLE "/secrets/match", .type = JSON,
                             .body = "{\"name\": \"MOVED\", \"value\": \"" VARIABLE_VALUE "\"}"),
                   200, "{\"match\":true}");
}

static void test_export(void **state)
{
    (void)state;
    expect_export("api_keys: a key of olivia@acme.example in team Acme is left out", true);
    expect_export("connections/" CONNECTION "/header_hashes/X-API-Key is left out", true);
    expect_export("secrets/" BUNDLE "/value_hashes/BILLING_TOKEN is left out", true);
    expect_export("\"key_hash\"", false);
    expect_export("\"X-API-Key\":\"", false);
    expect_key(OWNER, 200);
    expect_key("dv_test_labs", 200); /* hers, as the next */
    expect_key("dv_test_revoked", 401);
    rig_expect(&rig, MATCH_HEADER, 200, NULL);
    rig_expect(&rig, MATCH_VARIABLE, 200, NULL);
    expect_export("\"key_hash\":\"k1:", true);
    expect_export("\"X-API-Key\":\"s1:", true);
    expect_export("\"BILLING_TOKEN\":\"s1:", true);
    expect_export("olivia@acme.example in team", false);
    expect_export("marcus@acme.example in team", true);
    expect_export("header_hashes/X-API-Key is left out", false);
    expect_export("value_hashes/BILLING_TOKEN is left out", false);
}

/* A document brings it in plain. */
static void test_loaded_again(void **state)
{
    (void)state;
    const int old = count(OLD_KEYS);
    const char *key = "{\"api_keys\": [{\"key\": \"" MEMBER "\", \"team_id\": \"" TEAM "\","
                      " \"user_id\": \"6f1d2c3b-1111-4aaa-8bbb-000000000004\"}]}";
    rig_expect(&rig, ASK("POST", "/_mock/fixtures", .type = JSON, .body = key), 201, NULL);
    expect_key(MEMBER, 200);
    assert_int_equal(count(OLD_KEYS), old - 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_keys), TEST(test_reads_stay_true), TEST(test_keys_of_spaces), TEST(test_match), TEST(test_patch),
        TEST(test_rename), TEST(test_export), TEST(test_loaded_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
