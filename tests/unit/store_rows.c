#include "store_rows.h"

#include "rig.h"
#include "router/stored_specs.h"

#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

struct store *store;
char store_path[300];
static char *folder;

void open_store(bool durable)
{
    char why[256] = "";
    store = store_open(durable ? store_path : NULL, stored_specs, why, sizeof why);
    assert_string_equal(why, "");
    assert_non_null(store);
}

struct db *my_db(void)
{
    char why[256];
    return store_db(store, why, sizeof why);
}

static bool insert_space(void)
{
    return query_insert(my_db(), SQL_SPACE_INSERT, NULL, NULL, WITH(T("default"), 0));
}

static void start(bool durable)
{
    assert_true(secret_start());
    folder = folder_new();
    snprintf(store_path, sizeof store_path, "%s/state.db", folder);
    open_store(durable);
    assert_true(tx_begin(my_db(), TX_WRITE));
    assert_true(insert_space());
    assert_true(tx_commit(my_db()));
}

int in_memory(void **state)
{
    (void)state;
    start(false);
    return 0;
}

int in_a_file(void **state)
{
    (void)state;
    start(true);
    return 0;
}

int stop(void **state)
{
    (void)state;
    store_close(store);
    folder_remove(folder);
    arena_trim();
    return 0;
}

bool add_row(struct db *db, int64_t number)
{
    static const struct secret_hash caller;
    char key[INT_TEXT_SIZE];
    const struct text name = { key, int_format(number, key) };
    const struct blob reply = { T("{}") };
    return query_insert(db, SQL_IDEMPOTENCY_INSERT, NULL, NULL,
                        WITH(&caller, name, T("POST"), T("/"), number, &caller, 201, reply));
}

int64_t count_rows(struct db *db)
{
    QUERY q = query(db, SQL_IDEMPOTENCY_COUNT);
    return query_row(&q) ? col_int(&q, 0) : -1;
}

int64_t rows_now(void)
{
    struct db *db = my_db();
    assert_true(tx_begin(db, TX_READ));
    const int64_t n = count_rows(db);
    assert_true(tx_commit(db));
    return n;
}

bool insert_person(struct db *db, uint8_t n)
{
    const struct uuid id = { { n } };
    const struct v_text no_name = { .is = VALUE_NULL };
    return query_insert(db, SQL_PERSON_INSERT, NULL, NULL, WITH(&id, no_name, T("a@b")));
}

uint64_t identities_now(struct db *db)
{
    assert_true(tx_begin(db, TX_READ));
    const uint64_t n = store_identities_of(db);
    assert_true(tx_commit(db));
    return n;
}
