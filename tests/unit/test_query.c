/* Queries: every statement against the real schema, values of every kind there and back, spaces. */
#include "store/query.h"

#include "base/random.h"
#include "query_rows.h"
#include "rig.h"
#include "router/stored_specs.h"

#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define assert_text(got, expected) assert_true(text_eq((got), T(expected)))

/* ---- statements ---------------------------------------------------------------------------------------- */

static void test_every_statement(void **state)
{
    (void)state;
    char why[2000] = "";
    assert_true(secret_start());
    struct store *real = store_open(NULL, stored_specs, why, sizeof why);
    if (!real || !store_check_statements(real, why, sizeof why))
        fail_msg("%s", why);
    store_close(real);
}

/* ---- there and back ------------------------------------------------------------------------------------ */

static void test_row(void **state)
{
    (void)state;
    bool constraint;
    struct row row = some_row(7), back = { .id = { .is = VALUE_ABSENT } };
    struct text texts[] = { T("read:all"), T("\xC3\xA4"), T("x") };
    row.slack_team_id = (struct v_texts){ VALUE_SET, COUNT(texts), texts };
    row.length = SET_INT(99);                   /* derived: never bound */
    row.not_stored = SET_TEXT(T("not stored"));
    assert_true(insert_row(&row, &constraint));
    assert_true(read_row(7, &back));
    assert_true(uuid_eq(&back.id.v, &row.id.v) && back.id.is == VALUE_SET);
    assert_true(back.name.is == VALUE_SET && text_eq(back.name.v, row.name.v));
    assert_int_equal(back.organization_id.is, VALUE_NULL);
    assert_int_equal(back.not_stored.is, VALUE_ABSENT);
    assert_true(back.discovery_mode.is == VALUE_SET && back.discovery_mode.v == 1);
    assert_true(back.created_at.is == VALUE_SET && back.created_at.v == INT64_MAX);
    assert_true(back.length.is == VALUE_SET && back.length.v == 15);
    assert_true(back.is_alone.is == VALUE_SET && back.is_alone.v);
    assert_int_equal(back.slack_team_id.n, COUNT(texts));
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_true(text_eq(back.slack_team_id.v[i], texts[i]));
}

/* A stored null of a field that cannot be null reads as absent. */
static void test_null_and_absent(void **state)
{
    (void)state;
    bool constraint;
    struct row row = some_row(1), back = { .id = { .is = VALUE_ABSENT } };
    row.organization_id.is = VALUE_ABSENT;
    assert_true(insert_row(&row, &constraint));
    assert_true(read_row(1, &back));
    assert_int_equal(back.organization_id.is, VALUE_NULL);
    assert_int_equal(back.slack_team_id.is, VALUE_ABSENT);
}

static void test_no_texts(void **state)
{
    (void)state;
    bool constraint;
    struct row row = some_row(1), back = { .id = { .is = VALUE_ABSENT } };
    row.slack_team_id = (struct v_texts){ VALUE_SET, 0, NULL };
    assert_true(insert_row(&row, &constraint));
    assert_true(read_row(1, &back));
    assert_true(back.slack_team_id.is == VALUE_SET && back.slack_team_id.n == 0);
}

/* What was read lives on in the arena. */
static void test_rows_are_copies(void **state)
{
    (void)state;
    bool constraint;
    struct row first = some_row(1), second = some_row(2), back = { .id = { .is = VALUE_ABSENT } }, other = back;
    second.name.v = T("\"another name, rather longer than the first one\"");
    assert_true(insert_row(&first, &constraint) && insert_row(&second, &constraint));
    assert_true(read_row(1, &back));
    assert_true(read_row(2, &other));
    assert_true(text_eq(back.name.v, first.name.v));
    assert_true(text_eq(other.name.v, second.name.v));
}

static void test_hashes_and_texts(void **state)
{
    (void)state;
    struct secret_hash caller, body, back;
    bool found, more;
    struct text reply;
    int64_t status;
    random_bytes(caller.b, sizeof caller.b);
    random_bytes(body.b, sizeof body.b);
    const struct text key = { "k\0'\xC3\xA4", 5 }; /* a text is bytes: nothing ends it, nothing is quoted */
    assert_true(insert_idempotency(&caller, key, &body));
    {
        QUERY q = query(rows_db, SQL_IDEMPOTENCY_GET);
        bind_idempotency(&q, &caller, key);
        bind_int(&q, INT64_MIN);
        found = query_row(&q);
        back = col_hash(&q, 0);
        status = col_int(&q, 1);
        reply = text_copy(rows_arena, col_text(&q, 2));
        more = query_row(&q);
    }
    assert_true(found && !more);
    assert_true(secret_hash_eq(&back, &body));
    assert_int_equal(status, INT64_MIN);
    assert_text(reply, "{}");
    assert_null(db_error(rows_db));
}

static bool insert_person(uint8_t n, struct v_text name)
{
    const struct uuid id = id_of(n);
    QUERY q = query(rows_db, SQL_PERSON_INSERT);
    bind_uuid(&q, &id);
    bind_v_text(&q, name);
    bind_text(&q, T("a@b"));
    return query_try(&q);
}

static void test_v_text(void **state)
{
    (void)state;
    assert_true(insert_person(1, SET_TEXT(T("Olivia"))));
    assert_true(insert_person(2, (struct v_text){ .is = VALUE_NULL }));
    assert_true(insert_person(3, (struct v_text){ .is = VALUE_ABSENT, .v = T("not bound") }));
    assert_false(insert_person(1, SET_TEXT(T("again"))));
}

/* A blob of another length than the column's reads as zeros, and null as nothing. */
static void test_columns_of_another_kind(void **state)
{
    (void)state;
    static const struct uuid zeros;
    static const struct secret_hash no_hash;
    struct uuid name, nothing, right;
    struct secret_hash hash;
    bool constraint, found, nulls[2];
    struct text null_text;
    int64_t null_int;
    struct row row = some_row(1);
    row.name.v = T("fifteen letters");
    assert_true(insert_row(&row, &constraint));
    const struct uuid id = id_of(1);
    {
        QUERY q = query(rows_db, SQL_TEAM_GET); /* id, length, name, organization_id, slack_team_id, … */
        bind_uuid(&q, &id);
        found = query_row(&q);
        right = col_uuid(&q, 0), name = col_uuid(&q, 2), nothing = col_uuid(&q, 3), hash = col_hash(&q, 0);
        nulls[0] = col_is_null(&q, 0), nulls[1] = col_is_null(&q, 3);
        null_text = col_text(&q, 3), null_int = col_int(&q, 3);
    }
    assert_true(found);
    assert_true(uuid_eq(&name, &zeros) && uuid_eq(&nothing, &zeros) && uuid_eq(&right, &id));
    assert_true(secret_hash_eq(&hash, &no_hash));
    assert_true(!nulls[0] && nulls[1]);
    assert_null(null_text.p);
    assert_int_equal(null_text.n + (size_t)null_int, 0);
}

static void test_spaces(void **state)
{
    (void)state;
    bool constraint;
    struct row row = some_row(1);
    assert_true(insert_row(&row, &constraint));
    assert_int_equal(team_count(1), 1);
    assert_int_equal(team_count(2), 0);
    db_use_space(rows_db, 2);
    assert_true(insert_row(&row, &constraint)); /* the same id is another row there */
    row = some_row(2);
    assert_true(insert_row(&row, &constraint));
    assert_int_equal(team_count(1), 1);
    assert_int_equal(team_count(2), 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, query_setup, query_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_statement),
        TEST(test_row),
        TEST(test_null_and_absent),
        TEST(test_no_texts),
        TEST(test_rows_are_copies),
        TEST(test_hashes_and_texts),
        TEST(test_v_text),
        TEST(test_columns_of_another_kind),
        TEST(test_spaces),
    };
    return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
