/* Images: a store that begins as one has what the schema's statements and the fixtures make, to the last row. */
#include "store/store.h"

#include "base/embed.h"
#include "fixtures/read.h"
#include "fixtures/sections.h"
#include "rig.h"
#include "router/stored_specs.h"
#include "space/space.h"
#include "spec/write.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { TABLES_MAX = 64 };

static struct arena *arena;
static char *folder;

static int setup(void **state)
{
    (void)state;
    assert_true(secret_start());
    arena = arena_new();
    folder = folder_new();
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

/* ---- two stores ------------------------------------------------------------------------------------------- */

static const char *path_of(const char *name)
{
    return text_format(arena, "%s/%s", folder, name).p;
}

static struct db *db_of(struct store *store)
{
    char why[256] = "";
    struct db *db = store_db(store, why, sizeof why);
    assert_string_equal(why, "");
    return db;
}

static struct store *open_as(const char *path, enum store_image image)
{
    char why[256] = "";
    struct store *store = store_open_as(path, image, stored_specs, why, sizeof why);
    assert_string_equal(why, "");
    assert_non_null(store);
    return store;
}

/* What a start with a file makes, in which is what `default` is made of. */
static struct store *open_loaded(const char *path)
{
    struct fixture_report report = { .errors = { NULL, 0 } };
    const char *document = file_write(arena, folder, "default.json", embedded_file("fixtures/default.json"));
    const struct config_list names = { .n = 1, .v = { document } };
    struct store *store = open_as(path, STORE_EMPTY);
    assert_false(store_begins_as_default(store));
    const struct fixture_set *set = fixtures_read(arena, &names, &report.errors);
    if (!set || !fixtures_load(arena, set, db_of(store), &report))
        fail_msg("%.*s", TEXT_ARG(report.errors));
    return store;
}

/* ---- every row of them ------------------------------------------------------------------------------------ */

/* The first column of every row; how many. */
static size_t list(sqlite3 *sqlite, const char *sql, const char **ret, size_t max)
{
    sqlite3_stmt *stmt;
    size_t n = 0;
    if (sqlite3_prepare_v2(sqlite, sql, -1, &stmt, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(sqlite));
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        assert_true(n < max);
        const char *text = (const char *)sqlite3_column_text(stmt, 0);
        ret[n++] = text_copy(arena, text_of(text ? text : "NULL")).p;
    }
    assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
    return n;
}

static const char *only(sqlite3 *sqlite, const char *sql)
{
    const char *row[1];
    assert_int_equal(list(sqlite, sql, row, 1), 1);
    return row[0];
}

/* The columns of a table as `t`, with the place in their order for numbers that count time, and without when spaces
 * were made. */
static const char *comparable(sqlite3 *sqlite, const char *database, const char *table)
{
    const char *place = text_format(arena, "(SELECT count(*) FROM %s.%s o WHERE o.space = t.space AND o.seq <= t.seq)",
                                    database, table).p;
    return only(sqlite, text_format(arena, "SELECT group_concat(iif(name = 'seq', '%s', 't.' || name))"
                                    " FROM pragma_table_info('%s') WHERE '%s' <> 'spaces' OR name <> 'created_at'",
                                    place, table, table).p);
}

static int64_t rows_missing(sqlite3 *sqlite, const char *table, const char *from, const char *in)
{
    const char *sql = text_format(arena, "SELECT count(*) FROM (SELECT %s FROM %s.%s t EXCEPT SELECT %s FROM %s.%s t)",
                                  comparable(sqlite, from, table), from, table, comparable(sqlite, in, table), in,
                                  table).p;
    return strtoll(only(sqlite, sql), NULL, 10);
}

static void expect_same_table(sqlite3 *sqlite, const char *table)
{
    if (rows_missing(sqlite, table, "main", "loaded") || rows_missing(sqlite, table, "loaded", "main"))
        fail_msg("the image has other rows of %s than the fixtures", table);
}

/* Every table but the one with the file's own key. */
static void expect_same_rows(const char *image, const char *loaded)
{
    sqlite3 *sqlite;
    const char *names[TABLES_MAX];
    assert_int_equal(sqlite3_open(image, &sqlite), SQLITE_OK);
    assert_string_equal(only(sqlite, "PRAGMA integrity_check"), "ok");
    assert_string_equal(only(sqlite, "SELECT count(*) FROM pragma_foreign_key_check"), "0");
    const char *attach = text_format(arena, "ATTACH '%s' AS loaded", loaded).p;
    assert_int_equal(sqlite3_exec(sqlite, attach, NULL, NULL, NULL), SQLITE_OK);
    const size_t n = list(sqlite, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'meta'", names,
                          TABLES_MAX);
    assert_true(n > 30);
    for (size_t i = 0; i < n; i++)
        expect_same_table(sqlite, names[i]);
    assert_string_equal(only(sqlite, "SELECT count(*) > 10 FROM connections WHERE space = 1"), "1");
    assert_int_equal(sqlite3_close(sqlite), SQLITE_OK);
}

static void test_rows(void **state)
{
    (void)state;
    struct store *image = open_as(path_of("image.db"), STORE_DEFAULT), *loaded = open_loaded(path_of("loaded.db"));
    assert_true(store_begins_as_default(image));
    store_close(image);
    store_close(loaded);
    expect_same_rows(path_of("image.db"), path_of("loaded.db"));
}

/* ---- exports ----------------------------------------------------------------------------------------------- */

static struct text exported(struct store *store, int64_t space)
{
    struct db *db = db_of(store);
    struct buf out = buf_new(arena, 1 << 24);
    struct json j = jw_new(&out);
    db_use_space(db, space);
    assert_true(tx_begin(db, TX_READ));
    spec_write(&j, &fixture_document, 0, fixtures_exported(arena, db));
    tx_rollback(db);
    assert_false(out.full);
    return buf_text(&out);
}

static void test_export(void **state)
{
    (void)state;
    struct store *loaded = open_loaded(NULL);
    const struct text expected = exported(loaded, SPACE_DEFAULT);
    const char *const paths[] = { NULL, path_of("image.db") };
    assert_true(text_contains(expected, T("Gmail - olivia@acme.example")));
    for (size_t i = 0; i < COUNT(paths); i++) {
        struct store *image = open_as(paths[i], STORE_DEFAULT);
        assert_true(store_begins_as_default(image));
        assert_true(text_eq(exported(image, SPACE_TEMPLATE), expected));
        assert_true(text_eq(exported(image, SPACE_DEFAULT), expected));
        store_close(image);
    }
    store_close(loaded);
}

/* ---- when it is taken -------------------------------------------------------------------------------------- */

/* Where something is already, it stays. */
static void test_only_new(void **state)
{
    (void)state;
    const char *path = path_of("state.db");
    assert_true(store_is_to_be_made(NULL));
    assert_true(store_is_to_be_made(":memory:"));
    assert_true(store_is_to_be_made(path));
    store_close(open_as(path, STORE_EMPTY));
    assert_false(store_is_to_be_made(path));
    assert_false(store_is_to_be_made(folder));
    struct store *store = open_as(path, STORE_DEFAULT);
    assert_false(store_begins_as_default(store));
    store_close(store);
    assert_true(store_is_to_be_made(file_write(arena, folder, "empty.db", T(""))));
}

/* Each store has a key of its own, for hashes and for seals. */
static void test_keys(void **state)
{
    (void)state;
    const char *const paths[] = { NULL, NULL, path_of("one.db"), path_of("two.db") };
    struct secret_key keys[2 * COUNT(paths)];
    for (size_t i = 0; i < COUNT(paths); i++) {
        struct store *store = open_as(paths[i], STORE_DEFAULT);
        keys[2 * i] = *store_key(store);
        keys[2 * i + 1] = *store_seal_key_of(db_of(store));
        store_close(store);
    }
    for (size_t i = 0; i < COUNT(keys); i++)
        for (size_t k = 0; k < i; k++)
            assert_memory_not_equal(keys[i].b, keys[k].b, sizeof keys[i].b);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_rows),
        TEST(test_export),
        TEST(test_only_new),
        TEST(test_keys),
    };
    return cmocka_run_group_tests_name("image", tests, NULL, NULL);
}
