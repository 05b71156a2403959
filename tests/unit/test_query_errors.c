/* Queries: broken constraints, failures that stick, misuse. */
#include "store/query.h"

#include "query_rows.h"
#include "rig.h"

#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* The check would tell. */
static void test_a_spec_that_is_missing(void **state)
{
    (void)state;
    char why[2000] = "";
    assert_false(store_check_statements(rows_store, why, sizeof why));
    assert_non_null(strstr(why, "{"));
    assert_null(db_error(rows_db));
    {
        const struct uuid id = id_of(1);
        QUERY q = query_with(rows_db, SQL_PROFILE_GET, WITH(&id));
        assert_false(query_row(&q));
    }
    assert_non_null(db_error(rows_db));
    assert_false(tx_commit(rows_db));
}

/* ---- constraints and failures -------------------------------------------------------------------------- */

static void test_broken_constraints(void **state)
{
    (void)state;
    bool constraint;
    struct row row = some_row(1);
    assert_true(insert_row(&row, &constraint));
    assert_false(constraint);
    assert_false(insert_row(&row, &constraint)); /* the same id */
    assert_true(constraint);
    row = some_row(2);
    row.organization_id = SET_UUID(id_of(9)); /* there is none */
    assert_false(insert_row(&row, &constraint));
    assert_true(constraint);
    row = some_row(2);
    row.name.is = VALUE_NULL;
    assert_false(insert_row(&row, &constraint));
    assert_true(constraint);
    row = some_row(2);
    row.discovery_mode.is = VALUE_ABSENT;
    assert_false(insert_row(&row, &constraint));
    assert_true(constraint);
    assert_null(db_error(rows_db));
    row = some_row(2);
    assert_true(insert_row(&row, &constraint));
    assert_false(constraint);
    assert_int_equal(team_count(1), 2);
    assert_true(tx_commit(rows_db));
}

/* Of a statement that cannot break one, as its caller says. */
static void test_unexpected_constraint(void **state)
{
    (void)state;
    const struct row row = some_row(1);
    bool constraint;
    assert_true(insert_row(&row, &constraint));
    assert_null(db_error(rows_db));
    query_store(rows_db, SQL_TEAM_INSERT, &row_insert, &row, NULL);
    assert_non_null(db_error(rows_db));
    assert_non_null(strstr(db_error(rows_db), "UNIQUE"));
    assert_false(tx_commit(rows_db));
}

/* The first failure is told, and nothing is kept. */
static void test_failure_sticks(void **state)
{
    (void)state;
    bool constraint;
    const struct row row = some_row(1);
    assert_true(tx_commit(rows_db) && tx_begin(rows_db, TX_WRITE));
    query_finds(rows_db, SQL_SPACE_GET, WITH(5)); /* it has no second parameter */
    const char *first = db_error(rows_db);
    assert_non_null(first);
    char copy[300];
    snprintf(copy, sizeof copy, "%s", first);
    assert_true(insert_row(&row, &constraint));
    assert_false(query_finds(rows_db, SQL_PROFILE_GET, NULL));
    assert_string_equal(db_error(rows_db), copy);
    assert_false(tx_commit(rows_db));
    assert_true(tx_begin(rows_db, TX_WRITE));
    assert_null(db_error(rows_db));
    assert_int_equal(team_count(1), 0);
    assert_true(insert_row(&row, &constraint));
}

static void test_changes(void **state)
{
    (void)state;
    static const struct secret_hash hash;
    assert_true(insert_idempotency(&hash, T("k"), &hash));
    const struct uuid id = id_of(5);
    assert_int_equal(query_change(rows_db, SQL_HEADER_CLEAR, WITH(&id)), 0);
}

/* ---- misuse -------------------------------------------------------------------------------------------- */

static void use_twice(void)
{
    QUERY outer = query(rows_db, SQL_SPACE_GET);
    query_row(&outer);
    QUERY inner = query(rows_db, SQL_SPACE_GET);
    query_row(&inner);
}

static bool nest_others(void)
{
    QUERY outer = query(rows_db, SQL_SPACE_GET);
    const bool first = query_row(&outer);
    QUERY inner = query(rows_db, SQL_SPACE_LIST);
    return first && query_row(&inner);
}

static bool space_exists(void)
{
    QUERY q = query(rows_db, SQL_SPACE_GET);
    return query_row(&q);
}

static void test_nested_use(void **state)
{
    (void)state;
    expect_assert(use_twice, "busy");
    assert_true(nest_others());
    assert_true(space_exists() && space_exists()); /* one after the other is fine */
}

static void leave_open(void)
{
    struct query q = query(rows_db, SQL_SPACE_GET);
    query_row(&q);
    tx_commit(rows_db);
}

static void test_query_left_open(void **state)
{
    (void)state;
    expect_assert(leave_open, "open_queries");
}

static void bind_map_column(void)
{
    const struct organization o = { .id = SET_UUID(id_of(1)), .name = { .is = VALUE_SET } };
    query_insert(rows_db, SQL_ORGANIZATION_INSERT, &organization_insert, &o, NULL);
}

static void read_unknown_name(void)
{
    struct row row = some_row(1);
    static const char *const other_modes[] = { "secret", "hidden", NULL };
    struct field fields[] = { ROW_FIELDS };
    for (size_t i = 0; i < COUNT(fields); i++)
        if (fields[i].kind == KIND_ENUM)
            fields[i].names = other_modes;
    struct spec other = row_insert;
    other.fields = fields;
    query_store(rows_db, SQL_TEAM_INSERT, &other, &row, NULL);
    read_row(1, &row);
}

static void test_specs_that_cannot_be(void **state)
{
    (void)state;
    expect_death(bind_map_column, "no column type");
    expect_death(read_unknown_name, "does not know");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, query_setup, query_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_spec_that_is_missing),
        TEST(test_broken_constraints),
        TEST(test_unexpected_constraint),
        TEST(test_failure_sticks),
        TEST(test_changes),
        TEST(test_nested_use),
        TEST(test_query_left_open),
        TEST(test_specs_that_cannot_be),
    };
    return cmocka_run_group_tests_name("query_errors", tests, NULL, NULL);
}
