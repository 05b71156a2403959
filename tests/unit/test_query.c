/* Queries: every statement, values of every kind there and back, broken constraints, failures, misuse. */
#include "store/query.h"

#include "base/random.h"
#include "rig.h"
#include "stored.h"

#include <stdio.h>
#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* ---- a store with specs of our own --------------------------------------------------------------------- */

static const char *const modes[] = { "open", "closed", NULL };

/* The columns of a team, read as other kinds than the server reads them. */
struct row {
    struct v_uuid id, organization_id;
    struct v_json name;
    struct v_texts slack_team_id;
    struct v_enum discovery_mode;
    struct v_int created_at;
    struct v_int length;    /* of the name */
    struct v_bool is_alone; /* in no organization */
    struct v_text not_stored;
};

#define R struct row
#define ROW_FIELDS                                                                            \
    FIELD_UUID(R, id, .column = "id", .flags = REQUIRED),                                     \
    FIELD_INT(R, length, .column = "length(name)", .flags = DERIVED),                         \
    FIELD_JSON(R, name, .column = "name", .flags = REQUIRED),                                 \
    FIELD_UUID(R, organization_id, .column = "organization_id", .flags = NULLABLE),           \
    FIELD_TEXT(R, not_stored, .flags = NULLABLE),                                             \
    FIELD_TEXTS(R, slack_team_id, .column = "slack_team_id", .flags = 0),                     \
    FIELD_BOOL(R, is_alone, .column = "organization_id IS NULL", .flags = DERIVED),           \
    FIELD_ENUM(R, discovery_mode, .column = "discovery_mode", .names = modes),                \
    FIELD_INT(R, created_at, .column = "created_at", .flags = 0)
static const struct field row_fields[] = { ROW_FIELDS };
static const struct spec insert_spec = SPEC(R, "FixtureTeam", row_fields);
static const struct spec read_spec = SPEC(R, "Team", row_fields);

struct person {
    struct v_uuid id;
    struct v_text name, email;
};

static const struct field person_fields[] = {
    FIELD_UUID(struct person, id, .column = "id", .flags = 0),
    FIELD_TEXT(struct person, name, .column = "name", .flags = NULLABLE),
    FIELD_TEXT(struct person, email, .column = "email", .flags = 0),
};
static const struct spec person_insert = SPEC(struct person, "FixturePerson", person_fields);

struct organization {
    struct v_uuid id;
    struct v_map name;
    struct v_bool sharing;
};

static const struct field organization_fields[] = {
    FIELD_UUID(struct organization, id, .column = "id", .flags = 0),
    FIELD_MAP(struct organization, name, .column = "name", .flags = 0),
    FIELD_BOOL(struct organization, sharing, .column = "connections_sharing", .flags = 0),
};
static const struct spec organization_insert = SPEC(struct organization, "FixtureOrganization", organization_fields);

static const struct spec *const specs[] = { &insert_spec, &read_spec, &person_insert, &organization_insert, NULL };

static struct arena *arena;
static struct store *store;
static struct db *db;

static bool insert_space(int64_t space, const char *name)
{
    db_use_space(db, space);
    QUERY q = query(db, SQL_SPACE_INSERT);
    bind_text(&q, text_of(name));
    bind_int(&q, 0);
    return query_try(&q);
}

static int setup(void **state)
{
    (void)state;
    char why[256] = "";
    assert_true(secret_start());
    arena = arena_new();
    store = store_open(NULL, specs, why, sizeof why);
    assert_string_equal(why, "");
    db = store_db(store, why, sizeof why);
    assert_non_null(db);
    assert_true(tx_begin(db, TX_WRITE));
    assert_true(insert_space(1, "one") && insert_space(2, "two"));
    db_use_space(db, 1);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    tx_rollback(db);
    store_close(store);
    arena_free(arena);
    arena_trim();
    return 0;
}

static struct uuid id_of(uint8_t n)
{
    return (struct uuid){ { [15] = n } };
}

/* A team that the table takes. */
static struct row some_row(uint8_t n)
{
    return (struct row){
        .id = SET_UUID(id_of(n)),
        .name = { VALUE_SET, T("{\"a\":\"\xC3\xA4\\u0000\"}") },
        .organization_id = { .is = VALUE_NULL },
        .discovery_mode = { VALUE_SET, 1 },
        .created_at = SET_INT(INT64_MAX),
    };
}

static bool insert_row(const struct row *row, bool *ret_constraint)
{
    QUERY q = query(db, SQL_TEAM_INSERT);
    bind_row(&q, &insert_spec, row);
    const bool ok = query_try(&q);
    *ret_constraint = q.constraint;
    return ok;
}

static bool read_row(uint8_t n, struct row *ret)
{
    const struct uuid id = id_of(n);
    QUERY q = query(db, SQL_TEAM_GET);
    bind_uuid(&q, &id);
    if (!query_row(&q))
        return false;
    col_row(&q, 0, &read_spec, arena, ret);
    assert_false(query_row(&q));
    return true;
}

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

/* The check would tell. */
static void test_a_spec_that_is_missing(void **state)
{
    (void)state;
    char why[2000] = "";
    assert_false(store_check_statements(store, why, sizeof why));
    assert_non_null(strstr(why, "{"));
    assert_null(db_error(db));
    {
        QUERY q = query(db, SQL_PROFILE_GET);
        const struct uuid id = id_of(1);
        bind_uuid(&q, &id);
        assert_false(query_row(&q));
        assert_false(query_try(&q));
        assert_false(q.constraint);
    }
    assert_non_null(db_error(db));
    assert_false(tx_commit(db));
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

static void bind_idempotency(struct query *q, const struct secret_hash *caller, struct text key)
{
    bind_hash(q, caller);
    bind_text(q, key);
    bind_text(q, T("POST"));
    bind_text(q, (struct text){ NULL, 0 });
}

static bool insert_idempotency(const struct secret_hash *caller, struct text key, const struct secret_hash *body)
{
    QUERY q = query(db, SQL_IDEMPOTENCY_INSERT);
    bind_idempotency(&q, caller, key);
    bind_int(&q, INT64_MIN + 1);
    bind_hash(&q, body);
    bind_int(&q, INT64_MIN);
    bind_text(&q, T("{}"));
    return query_try(&q) && query_changes(&q) == 1;
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
        QUERY q = query(db, SQL_IDEMPOTENCY_GET);
        bind_idempotency(&q, &caller, key);
        bind_int(&q, INT64_MIN);
        found = query_row(&q);
        back = col_hash(&q, 0);
        status = col_int(&q, 1);
        reply = text_copy(arena, col_text(&q, 2));
        more = query_row(&q);
    }
    assert_true(found && !more);
    assert_true(secret_hash_eq(&back, &body));
    assert_int_equal(status, INT64_MIN);
    assert_text(reply, "{}");
    assert_null(db_error(db));
}

static bool insert_person(uint8_t n, struct v_text name)
{
    const struct uuid id = id_of(n);
    QUERY q = query(db, SQL_PERSON_INSERT);
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
        QUERY q = query(db, SQL_TEAM_GET); /* id, length, name, organization_id, slack_team_id, … */
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

static int64_t team_count(int64_t space)
{
    int64_t n = 0;
    db_use_space(db, space);
    struct row row;
    for (int i = 1; i < 10; i++)
        n += read_row((uint8_t)i, &row);
    db_use_space(db, 1);
    return n;
}

static void test_spaces(void **state)
{
    (void)state;
    bool constraint;
    struct row row = some_row(1);
    assert_true(insert_row(&row, &constraint));
    assert_int_equal(team_count(1), 1);
    assert_int_equal(team_count(2), 0);
    db_use_space(db, 2);
    assert_true(insert_row(&row, &constraint)); /* the same id is another row there */
    row = some_row(2);
    assert_true(insert_row(&row, &constraint));
    assert_int_equal(team_count(1), 1);
    assert_int_equal(team_count(2), 2);
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
    assert_null(db_error(db));
    row = some_row(2);
    assert_true(insert_row(&row, &constraint));
    assert_false(constraint);
    assert_int_equal(team_count(1), 2);
    assert_true(tx_commit(db));
}

/* The first failure is told, and nothing is kept. */
static void test_failure_sticks(void **state)
{
    (void)state;
    bool constraint;
    const struct row row = some_row(1);
    assert_true(tx_commit(db) && tx_begin(db, TX_WRITE));
    {
        QUERY q = query(db, SQL_SPACE_GET);
        bind_int(&q, 5); /* it has no second parameter */
    }
    const char *first = db_error(db);
    assert_non_null(first);
    char copy[300];
    snprintf(copy, sizeof copy, "%s", first);
    assert_true(insert_row(&row, &constraint));
    {
        QUERY q = query(db, SQL_PROFILE_GET);
        assert_false(query_row(&q));
    }
    assert_string_equal(db_error(db), copy);
    assert_false(tx_commit(db));
    assert_true(tx_begin(db, TX_WRITE));
    assert_null(db_error(db));
    assert_int_equal(team_count(1), 0);
    assert_true(insert_row(&row, &constraint));
}

static int64_t changes_of_nothing(void)
{
    const struct uuid id = id_of(5);
    QUERY q = query(db, SQL_HEADER_CLEAR);
    bind_uuid(&q, &id);
    return query_try(&q) ? query_changes(&q) : -1;
}

static void test_changes(void **state)
{
    (void)state;
    static const struct secret_hash hash;
    assert_true(insert_idempotency(&hash, T("k"), &hash));
    assert_int_equal(changes_of_nothing(), 0);
}

/* ---- misuse -------------------------------------------------------------------------------------------- */

static void use_twice(void)
{
    QUERY outer = query(db, SQL_SPACE_GET);
    query_row(&outer);
    QUERY inner = query(db, SQL_SPACE_GET);
    query_row(&inner);
}

static bool nest_others(void)
{
    QUERY outer = query(db, SQL_SPACE_GET);
    const bool first = query_row(&outer);
    QUERY inner = query(db, SQL_META_KEY);
    return first && query_row(&inner);
}

static bool space_exists(void)
{
    QUERY q = query(db, SQL_SPACE_GET);
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
    struct query q = query(db, SQL_SPACE_GET);
    query_row(&q);
    tx_commit(db);
}

static void test_query_left_open(void **state)
{
    (void)state;
    expect_assert(leave_open, "open_queries");
}

static void bind_map_column(void)
{
    const struct organization o = { .id = SET_UUID(id_of(1)), .name = { .is = VALUE_SET } };
    QUERY q = query(db, SQL_ORGANIZATION_INSERT);
    bind_row(&q, &organization_insert, &o);
}

static void read_unknown_name(void)
{
    struct row row = some_row(1);
    static const char *const other_modes[] = { "secret", "hidden", NULL };
    struct field fields[] = { ROW_FIELDS };
    for (size_t i = 0; i < COUNT(fields); i++)
        if (fields[i].kind == KIND_ENUM)
            fields[i].names = other_modes;
    struct spec other = insert_spec;
    other.fields = fields;
    QUERY q = query(db, SQL_TEAM_INSERT);
    bind_row(&q, &other, &row);
    query_run(&q);
    query_end(&q);
    read_row(1, &row);
}

static void test_specs_that_cannot_be(void **state)
{
    (void)state;
    expect_death(bind_map_column, "no column type");
    expect_death(read_unknown_name, "does not know");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_statement),
        TEST(test_a_spec_that_is_missing),
        TEST(test_row),
        TEST(test_null_and_absent),
        TEST(test_no_texts),
        TEST(test_rows_are_copies),
        TEST(test_hashes_and_texts),
        TEST(test_v_text),
        TEST(test_columns_of_another_kind),
        TEST(test_spaces),
        TEST(test_broken_constraints),
        TEST(test_failure_sticks),
        TEST(test_changes),
        TEST(test_nested_use),
        TEST(test_query_left_open),
        TEST(test_specs_that_cannot_be),
    };
    return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
