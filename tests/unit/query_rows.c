#include "query_rows.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

const char *const row_modes[] = { "open", "closed", NULL };

static const struct field row_fields[] = { ROW_FIELDS };
const struct spec row_insert = SPEC(struct row, "FixtureTeam", row_fields);
const struct spec row_read = SPEC(struct row, "Team", row_fields);

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

static const struct field organization_fields[] = {
    FIELD_UUID(struct organization, id, .column = "id", .flags = 0),
    FIELD_MAP(struct organization, name, .column = "name", .flags = 0),
    FIELD_BOOL(struct organization, sharing, .column = "connections_sharing", .flags = 0),
};
const struct spec organization_insert = SPEC(struct organization, "FixtureOrganization", organization_fields);

static const struct spec *const specs[] = { &row_insert, &row_read, &person_insert, &organization_insert, NULL };

struct arena *rows_arena;
struct store *rows_store;
struct db *rows_db;

static bool insert_space(int64_t space, const char *name)
{
    db_use_space(rows_db, space);
    return query_insert(rows_db, SQL_SPACE_INSERT, NULL, NULL, WITH(text_of(name), 0));
}

int query_setup(void **state)
{
    (void)state;
    char why[256] = "";
    assert_true(secret_start());
    rows_arena = arena_new();
    rows_store = store_open(NULL, specs, why, sizeof why);
    assert_string_equal(why, "");
    rows_db = store_db(rows_store, why, sizeof why);
    assert_non_null(rows_db);
    assert_true(tx_begin(rows_db, TX_WRITE));
    assert_true(insert_space(1, "one") && insert_space(2, "two"));
    db_use_space(rows_db, 1);
    return 0;
}

int query_teardown(void **state)
{
    (void)state;
    tx_rollback(rows_db);
    store_close(rows_store);
    arena_free(rows_arena);
    arena_trim();
    return 0;
}

struct uuid id_of(uint8_t n)
{
    return (struct uuid){ { [15] = n } };
}

struct row some_row(uint8_t n)
{
    return (struct row){
        .id = SET_UUID(id_of(n)),
        .name = { VALUE_SET, T("{\"a\":\"\xC3\xA4\\u0000\"}") },
        .organization_id = { .is = VALUE_NULL },
        .discovery_mode = { VALUE_SET, 1 },
        .created_at = SET_INT(INT64_MAX),
    };
}

bool insert_row(const struct row *row, bool *ret_constraint)
{
    const bool ok = query_insert(rows_db, SQL_TEAM_INSERT, &row_insert, row, NULL);
    *ret_constraint = !ok && !db_error(rows_db);
    return ok;
}

bool read_row(uint8_t n, struct row *ret)
{
    const struct uuid id = id_of(n);
    QUERY q = query_with(rows_db, SQL_TEAM_GET, WITH(&id));
    if (!query_row(&q))
        return false;
    col_row(&q, 0, &row_read, rows_arena, ret);
    assert_false(query_row(&q));
    return true;
}

int64_t team_count(int64_t space)
{
    int64_t n = 0;
    db_use_space(rows_db, space);
    struct row row;
    for (int i = 1; i < 10; i++)
        n += read_row((uint8_t)i, &row);
    db_use_space(rows_db, 1);
    return n;
}

bool insert_idempotency(const struct secret_hash *caller, struct text key, const struct secret_hash *body)
{
    const struct blob reply = { T("{}") };
    const struct text no_target = { NULL, 0 };
    return query_insert(rows_db, SQL_IDEMPOTENCY_INSERT, NULL, NULL,
                        WITH(caller, key, T("POST"), no_target, INT64_MIN + 1, body, INT64_MIN, reply));
}
