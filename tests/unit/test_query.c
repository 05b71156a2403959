/* Queries: every statement against the real schema, values of every kind there and back, spaces. */
#include "store/query.h"

#include "base/random.h"
#include "query_rows.h"
#include "rig.h"
#include "router/stored_specs.h"

#include <stdio.h>
#include <string.h>

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

static bool is_named(const char *name, const char *part)
{
    static const char *const all[] = {
#define SQL(statement, text) text,
#include "store/sql.def"
#undef SQL
    };
    char braced[128];
    snprintf(braced, sizeof braced, "{%s%s}", name, part);
    for (size_t i = 0; i < COUNT(all); i++)
        if (strstr(all[i], braced))
            return true;
    return false;
}

/* A spec that statements do not name could not be missed, and two of a name would hide one another. One of a section
 * whose rows are stored by way of another spec has no columns. */
static void test_every_spec(void **state)
{
    (void)state;
    for (size_t i = 0; stored_specs[i]; i++) {
        const struct spec *spec = stored_specs[i];
        bool has_column = false;
        for (size_t k = 0; k < spec->count; k++)
            has_column |= spec->fields[k].column != NULL;
        if (has_column && !is_named(spec->name, "") && !is_named(spec->name, "=") && !is_named(spec->name, "?"))
            fail_msg("no statement names {%s}", spec->name);
        for (size_t k = 0; k < i; k++)
            if (strcmp(stored_specs[k]->name, spec->name) == 0)
                fail_msg("two specs are named {%s}", spec->name);
    }
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
        const struct text no_target = { NULL, 0 };
        QUERY q = query_with(rows_db, SQL_IDEMPOTENCY_GET, WITH(&caller, key, T("POST"), no_target, INT64_MIN));
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
    return query_insert(rows_db, SQL_PERSON_INSERT, NULL, NULL, WITH(&id, name, T("a@b")));
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
        /* id, length, name, organization_id, slack_team_id, … */
        QUERY q = query_with(rows_db, SQL_TEAM_GET, WITH(&id));
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

/* ---- in one call ------------------------------------------------------------------------------------------- */

static void test_found_and_changed(void **state)
{
    (void)state;
    bool constraint;
    const struct uuid one = id_of(1), two = id_of(2);
    const struct row row = some_row(1);
    struct secret_hash session;
    random_bytes(session.b, sizeof session.b);
    assert_true(insert_row(&row, &constraint));
    assert_true(query_finds(rows_db, SQL_TEAM_GET, WITH(&one)));
    assert_false(query_finds(rows_db, SQL_TEAM_GET, WITH(&two)));
    assert_int_equal(query_number(rows_db, SQL_IDEMPOTENCY_COUNT, NULL), 0);
    assert_int_equal(query_number(rows_db, SQL_MCP_SESSION_GET, WITH(&session, T("/a"))), 0); /* no row */
    assert_int_equal(query_change(rows_db, SQL_MCP_SESSION_INSERT, WITH(&session, T("/a"), T("12"), 7)), 1);
    assert_int_equal(query_number(rows_db, SQL_MCP_SESSION_GET, WITH(&session, T("/a"))), 12);
    assert_int_equal(query_change(rows_db, SQL_MCP_SESSION_DELETE, WITH(&session)), 1);
    assert_int_equal(query_change(rows_db, SQL_MCP_SESSION_DELETE, WITH(&session)), 0);
    assert_null(db_error(rows_db));
}

/* Of each type; the most that there can be; null for what is not set. */
static void test_parameters(void **state)
{
    (void)state;
    const struct uuid one = id_of(1);
    const struct secret_hash hash = { { 0 } };
    const struct v_uuid set = SET_UUID(one), unset = { .is = VALUE_ABSENT, .v = one };
    const struct v_text no_text = { .is = VALUE_NULL, .v = T("x") };
    const struct param *all = WITH(&one, set, unset, T("a"), SET_TEXT(T("b")), no_text, (int64_t)INT64_MAX, &hash);
    const struct secret_hash *no_hash = NULL;
    const struct v_int number = SET_INT(7), no_number = { .is = VALUE_NULL, .v = 7 };
    const struct blob blob = { T("c") }, no_blob = { { NULL, 0 } };
    const struct param *more = WITH(hash, no_hash, number, no_number, blob, no_blob);
    static const int kinds[] = { PARAM_UUID, PARAM_UUID, PARAM_NULL, PARAM_TEXT, PARAM_TEXT, PARAM_NULL, PARAM_INT,
                                 PARAM_HASH, PARAM_END };
    static const int more_kinds[] = { PARAM_HASH, PARAM_NULL, PARAM_INT, PARAM_NULL, PARAM_BLOB, PARAM_NULL,
                                      PARAM_END };
    for (size_t i = 0; i < COUNT(kinds); i++)
        assert_int_equal(all[i].kind, kinds[i]);
    for (size_t i = 0; i < COUNT(more_kinds); i++)
        assert_int_equal(more[i].kind, more_kinds[i]);
    assert_true(uuid_eq(&all[0].uuid, &one) && uuid_eq(&all[1].uuid, &one));
    assert_true(text_eq(all[3].text, T("a")) && text_eq(all[4].text, T("b")));
    assert_true(all[6].i == INT64_MAX && secret_hash_eq(&all[7].hash, &hash) && WITH(true)->i == 1);
    assert_int_equal(query_change(rows_db, SQL_PERSON_INSERT, WITH(set, no_text, T("a@b"))), 1);
}

/* Unset without a row, and in the arena with one. */
static void test_text(void **state)
{
    (void)state;
    const struct text none = query_text(rows_db, SQL_SNAPSHOT_FIND, WITH(T("none")), rows_arena);
    const struct text name = query_text(rows_db, SQL_SPACE_GET, NULL, rows_arena);
    assert_null(none.p);
    db_use_space(rows_db, 2);
    assert_text(query_text(rows_db, SQL_SPACE_GET, NULL, rows_arena), "two");
    assert_text(name, "one");
}

/* The first time, and then every 64th. */
static void test_prune(void **state)
{
    (void)state;
    static const struct secret_hash hash;
    int64_t found[66];
    for (size_t i = 0; i < COUNT(found); i++) {
        assert_true(insert_idempotency(&hash, T("k"), &hash));
        query_prune(rows_db, SQL_IDEMPOTENCY_EXPIRE, INT64_MAX);
        found[i] = query_number(rows_db, SQL_IDEMPOTENCY_COUNT, NULL);
    }
    for (size_t i = 0; i < COUNT(found); i++)
        assert_int_equal(found[i], i % 64 ? 1 : 0);
}

static void test_insert_and_get(void **state)
{
    (void)state;
    const struct uuid one = id_of(1), two = id_of(2);
    struct row row = some_row(1), back = { .id = { .is = VALUE_ABSENT } };
    assert_true(query_insert(rows_db, SQL_TEAM_INSERT, &row_insert, &row, NULL));
    assert_false(query_insert(rows_db, SQL_TEAM_INSERT, &row_insert, &row, NULL));
    assert_true(query_get(rows_db, SQL_TEAM_GET, WITH(&one), &row_read, rows_arena, &back));
    assert_true(text_eq(back.name.v, row.name.v));
    assert_false(query_get(rows_db, SQL_TEAM_GET, WITH(&two), &row_read, rows_arena, &back));
    assert_null(db_error(rows_db));
}

/* More than there was room for at first; texts are allocated in between, so that the array has to move. */
static void test_all(void **state)
{
    (void)state;
    enum { ROWS = 20 };
    struct text one = T("x");
    size_t n = 1;
    query_all(rows_db, SQL_EXPORT_TEAMS, NULL, &row_insert, rows_arena, &n);
    assert_int_equal(n, 0);
    for (uint8_t i = 0; i < ROWS; i++) {
        struct row row = some_row(i);
        if (i % 2)
            row.slack_team_id = (struct v_texts){ VALUE_SET, 1, &one };
        assert_true(query_insert(rows_db, SQL_TEAM_INSERT, &row_insert, &row, NULL));
    }
    const struct row *rows = query_all(rows_db, SQL_EXPORT_TEAMS, NULL, &row_insert, rows_arena, &n);
    assert_int_equal(n, ROWS);
    for (uint8_t i = 0; i < ROWS; i++) {
        const struct uuid id = id_of(i);
        assert_true(uuid_eq(&rows[i].id.v, &id));
        assert_int_equal(rows[i].slack_team_id.is, i % 2 ? VALUE_SET : VALUE_ABSENT);
        assert_int_equal(rows[i].not_stored.is, VALUE_ABSENT);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, query_setup, query_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_statement),
        cmocka_unit_test(test_every_spec),
        TEST(test_row),
        TEST(test_null_and_absent),
        TEST(test_no_texts),
        TEST(test_rows_are_copies),
        TEST(test_hashes_and_texts),
        TEST(test_v_text),
        TEST(test_columns_of_another_kind),
        TEST(test_spaces),
        TEST(test_found_and_changed),
        TEST(test_parameters),
        TEST(test_text),
        TEST(test_prune),
        TEST(test_insert_and_get),
        TEST(test_all),
    };
    return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
