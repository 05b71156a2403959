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
    QUERY q = query(my_db(), SQL_SPACE_INSERT);
    bind_text(&q, T("default"));
    bind_int(&q, 0);
    return query_try(&q);
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
    QUERY q = query(db, SQL_IDEMPOTENCY_INSERT);
    bind_hash(&q, &caller);
    bind_text(&q, (struct text){ key, int_format(number, key) });
    bind_text(&q, T("POST"));
    bind_text(&q, T("/"));
    bind_int(&q, number);
    bind_hash(&q, &caller);
    bind_int(&q, 201);
    bind_blob(&q, T("{}"));
    return query_try(&q);
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
    QUERY q = query(db, SQL_PERSON_INSERT);
    bind_uuid(&q, &id);
    bind_null(&q);
    bind_text(&q, T("a@b"));
    return query_try(&q);
}

uint64_t identities_now(struct db *db)
{
    assert_true(tx_begin(db, TX_READ));
    const uint64_t n = store_identities_of(db);
    assert_true(tx_commit(db));
    return n;
}
