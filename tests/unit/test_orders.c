/* Orders: pages of lists from what is kept in memory, against SQLite's own, after writes of every kind and while others
 * write. */
#include "store/orders.h"

#include "rig.h"
#include "store/internal.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { ROWS = 700, WRITES = 300, PAGE = 100, SPACES = 3, READERS = 3, ROUNDS = 40, MOST = 20000 };


static const char *const teams[] = {
    "x'6f1d2c3b22224aaa8bbb000000000002'", "x'6f1d2c3b22224aaa8bbb000000000003'",
};
static const char *const people[] = {
    "x'00000000000000000000000000000001'", "x'00000000000000000000000000000002'", "NULL",
};
static const char *const types[] = { "gmail", "slack" };

static char *folder;
static uint64_t seed;

static int open_rig(const char *const *args)
{
    rig_open(&rig, args);
    seed = 42;
    return 0;
}

static int open_default(void **state)
{
    (void)state;
    return open_rig(NULL);
}

static int open_file(void **state)
{
    (void)state;
    static char path[300];
    folder = folder_new();
    snprintf(path, sizeof path, "%s/state.db", folder);
    return open_rig((const char *const[]){ "--db", path, NULL });
}

static int stop(void **state)
{
    (void)state;
    rig_close(&rig);
    if (folder)
        folder_remove(folder);
    folder = NULL;
    return 0;
}

/* The same numbers in every run (splitmix64). */
static size_t any(size_t n)
{
    uint64_t z = seed += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (size_t)((z ^ z >> 31) % n);
}

static int number(size_t n)
{
    return (int)any(n);
}

/* ---- writes ---------------------------------------------------------------------------------------------- */

static void run_sql(struct db *db, char *text)
{
    char *why = NULL;
    if (sqlite3_exec(db->conn->sqlite, text, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", text, why);
    sqlite3_free(text);
}

/* Rows of the same instant and out of order are as frequent as others. A space that has no such team gets none. */
static void insert(struct db *db, size_t space)
{
    run_sql(db, sqlite3_mprintf("INSERT INTO connections (space, id, seq, team_id, user_id, name, type, provider,"
                                " has_headers, has_oauth_tokens, created_at, updated_at) SELECT space, randomblob(16),"
                                " %d, id, %s, 'x', '%s', 'user', 0, 0, %d, 0 FROM teams WHERE space = %d AND id = %s",
                                number(1000), people[any(COUNT(people))], types[any(2)], number(300), (int)space,
                                teams[any(2)]));
}

/* One of the rows, whichever. */
static void change_some(struct db *db, char *what)
{
    run_sql(db, sqlite3_mprintf("%s WHERE rowid = (SELECT rowid FROM connections WHERE rowid >= %d"
                                " ORDER BY rowid LIMIT 1)", what, 1 + number(2 * ROWS)));
    sqlite3_free(what);
}

static void write_row(struct db *db)
{
    static const char set[] = "UPDATE connections SET ";
    switch (any(8)) {
    case 0: insert(db, 1 + any(SPACES)); return;
    case 1: change_some(db, sqlite3_mprintf("DELETE FROM connections")); return;
    case 2: change_some(db, sqlite3_mprintf("%suser_id = %s", set, people[any(COUNT(people))])); return;
    case 3: change_some(db, sqlite3_mprintf("%screated_at = %d, seq = %d", set, number(300),
                                            number(1000))); return;
    case 4: change_some(db, sqlite3_mprintf("%stype = '%s'", set, types[any(2)])); return;
    case 5: change_some(db, sqlite3_mprintf("%steam_id = coalesce((SELECT id FROM teams t WHERE t.id = %s"
                                            " AND t.space = connections.space), team_id)", set, teams[any(2)])); return;
    case 6: change_some(db, sqlite3_mprintf("%sname = 'y'", set)); return;
    default: insert(db, 1); return;
    }
}

static void renew_space(struct db *db, size_t space)
{
    db_use_space(db, (int64_t)space);
    query_change(db, SQL_SPACE_DELETE, NULL);
    assert_true(query_insert(db, SQL_SPACE_INSERT, NULL, NULL, WITH(space == 2 ? T("two") : T("three"), 0)));
    db_use_space(db, 1);
    if (any(3))
        store_space_copy(db, 1, (int64_t)space);
}

/* Most change a row or a few; others a space, more rows than are told apart, or all of a team by a cascade. */
static void write_any(struct db *db)
{
    const size_t what = any(60);
    assert_true(tx_begin(db, TX_WRITE));
    if (what <= 2)
        renew_space(db, 2 + any(2));
    else if (what == 3)
        store_space_clear(db, 3);
    else if (what == 4)
        store_space_match(db, 1, 2);
    else if (what == 5)
        for (size_t i = 0; i < 200; i++)
            insert(db, 1);
    else if (what == 6)
        run_sql(db, sqlite3_mprintf("DELETE FROM connections WHERE space = 1 AND rowid %% 2"));
    else if (what == 7)
        run_sql(db, sqlite3_mprintf("DELETE FROM teams WHERE space = 2 AND id = %s", teams[1]));
    else
        for (size_t i = any(4); i < 4; i++)
            write_row(db);
    if (any(10) == 0)
        tx_rollback(db);
    else
        assert_true(tx_commit(db));
}

static void begin_with_rows(struct db *db)
{
    db_use_space(db, 1);
    assert_true(tx_begin(db, TX_WRITE));
    for (size_t space = 2; space <= SPACES; space++)
        renew_space(db, space);
    for (size_t i = 0; i < ROWS; i++)
        insert(db, 1);
    assert_int_equal(sqlite3_changes64(db->conn->sqlite), 1);
    assert_true(tx_commit(db));
}

/* ---- reads ----------------------------------------------------------------------------------------------- */

/* A list, and the page of it that is asked for. */
struct asked {
    size_t space, team, person;
    size_t shown; /* the space whose rows it shows; 0: its own */
    bool shared; /* and what is nobody's */
    const char *type; /* or NULL */
    int64_t limit, offset;
};

static struct asked ask_any(void)
{
    struct asked a = { .space = 1 + (any(3) ? 0 : any(SPACES)), .team = any(2), .person = any(COUNT(people)),
                       .type = any(2) ? types[any(2)] : NULL, .limit = (int64_t)(1 + any(PAGE)) };
    a.shared = a.person < 2 && any(2);
    a.offset = any(4) ? (int64_t)any(ROWS / 2) : 0;
    return a;
}

static size_t rows_of_sql(struct db *db, const struct asked *a, int64_t *ret)
{
    sqlite3_stmt *stmt = NULL;
    size_t n = 0;
    char *type = a->type ? sqlite3_mprintf(" AND type = '%s'", a->type) : NULL;
    char *text = sqlite3_mprintf("SELECT rowid FROM connections WHERE space = %d AND team_id = %s"
                                 " AND (user_id IS %s%s)%s"
                                 " ORDER BY created_at DESC, seq DESC, rowid DESC",
                                 (int)(a->shown ? a->shown : a->space),
                                 teams[a->team], people[a->person], a->shared ? " OR user_id IS NULL" : "",
                                 type ? type : "");
    assert_int_equal(sqlite3_prepare_v2(db->conn->sqlite, text, -1, &stmt, NULL), SQLITE_OK);
    while (n < MOST && sqlite3_step(stmt) == SQLITE_ROW)
        ret[n++] = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    sqlite3_free(text);
    sqlite3_free(type);
    return n;
}

static bool page_of(struct db *db, const struct asked *a, struct order_page *ret)
{
    const struct uuid team = { { 0x6f, 0x1d, 0x2c, 0x3b, 0x22, 0x22, 0x4a, 0xaa, 0x8b, 0xbb,
                                 [15] = (uint8_t)(2 + a->team) } };
    const struct v_uuid nobody = { .is = VALUE_NULL };
    const struct uuid person = { { [15] = (uint8_t)(1 + a->person) } };
    const struct v_uuid who = a->person == 2 ? nobody : SET_UUID(person);
    const struct text type = text_of(a->type ? a->type : "");
    const struct param *own = a->type ? WITH(&team, who, type) : WITH(&team, who);
    const struct param *shared = a->type ? WITH(&team, nobody, type) : WITH(&team, nobody);
    const struct order_lists lists = { { own, a->shared ? shared : NULL } };
    db_use_space(db, (int64_t)a->space);
    const bool known = orders_page(db, a->type ? ORDER_CONNECTIONS_OF_TYPE : ORDER_CONNECTIONS, &lists, a->limit,
                                   a->offset, ret);
    db_use_space(db, 1);
    return known;
}

/* Whether the page is the one of the snapshot, or is not known. */
static bool is_right(struct db *db, const struct asked *a, bool *ret_known)
{
    int64_t rowids[PAGE], *rows = calloc(MOST, sizeof *rows);
    struct order_page page = { .rowids = rowids };
    assert_non_null(rows);
    *ret_known = page_of(db, a, &page);
    const size_t total = rows_of_sql(db, a, rows), from = (size_t)a->offset < total ? (size_t)a->offset : total;
    const size_t n = total - from < (size_t)a->limit ? total - from : (size_t)a->limit;
    const bool right = page.total == (int64_t)total && page.n == n &&
                       memcmp(rowids, rows + from, n * sizeof *rows) == 0;
    free(rows);
    return right || !*ret_known;
}

static void test_writes(void **state)
{
    (void)state;
    struct db *db = rig_db(&rig);
    begin_with_rows(db);
    for (size_t i = 0; i < WRITES; i++) {
        write_any(db);
        assert_true(tx_begin(db, TX_READ));
        for (size_t k = any(8); k > 0; k--) {
            bool known;
            const struct asked a = ask_any();
            if (!is_right(db, &a, &known) || !known)
                fail_msg("write %zu: space %zu, team %zu, person %zu%s, type %s, %lld from %lld: %s", i, a.space,
                         a.team, a.person, a.shared ? " and shared" : "", a.type ? a.type : "any", (long long)a.limit,
                         (long long)a.offset, known ? "another page" : "not known");
        }
        assert_true(tx_commit(db));
    }
}

/* What a transaction that writes has done itself is in no list that is kept. */
static void test_writer(void **state)
{
    (void)state;
    struct db *db = rig_db(&rig);
    bool known;
    begin_with_rows(db);
    assert_true(tx_begin(db, TX_WRITE));
    insert(db, 1);
    assert_true(is_right(db, &(struct asked){ .space = 1, .limit = PAGE }, &known));
    assert_false(known);
    tx_rollback(db);
}

static void expect_page(struct db *db, const struct asked *a)
{
    bool known;
    assert_true(tx_begin(db, TX_READ));
    assert_true(is_right(db, a, &known) && known);
    assert_true(tx_commit(db));
}

/* A space shows rows of another one until something is written into it: then it has as many of its own. */
static void test_shown(void **state)
{
    (void)state;
    struct db *db = rig_db(&rig);
    begin_with_rows(db);
    assert_true(tx_begin(db, TX_WRITE));
    store_space_clear(db, 2);
    store_space_copy(db, 1, 2);
    store_space_clear(db, 3);
    store_space_share(db, 2, 3);
    assert_true(tx_commit(db));
    expect_page(db, &(struct asked){ .space = 3, .shown = 2, .limit = PAGE });
    assert_true(tx_begin(db, TX_WRITE));
    db_use_space(db, 3);
    query_change(db, SQL_IDEMPOTENCY_EXPIRE, WITH(0));
    db_use_space(db, 1);
    insert(db, 3);
    assert_true(tx_commit(db));
    expect_page(db, &(struct asked){ .space = 3, .limit = PAGE });
    expect_page(db, &(struct asked){ .space = 2, .limit = PAGE });
    expect_page(db, &(struct asked){ .space = 3, .limit = PAGE });
}

/* More rows than are told apart. */
static void test_many(void **state)
{
    (void)state;
    struct db *db = rig_db(&rig);
    const struct asked a = { .space = 1, .shared = true, .limit = PAGE };
    bool known;
    begin_with_rows(db);
    for (int i = 0; i < 2; i++) {
        assert_true(tx_begin(db, TX_READ));
        assert_true(is_right(db, &a, &known) && known);
        assert_true(tx_commit(db));
        assert_true(tx_begin(db, TX_WRITE));
        for (size_t k = 0; k < 5000; k++)
            insert(db, 1);
        assert_true(tx_commit(db));
    }
}

/* ---- what happens meanwhile --------------------------------------------------------------------------------- */

static struct db *db_here(void)
{
    char why[256];
    struct db *db = store_db(rig.server.store, why, sizeof why);
    assert_non_null(db);
    db_use_space(db, 1);
    return db;
}

/* Rows come, go and change hands between the lists of two people, and a reader asks for one of these. */
static void *write_and_read(void *cls)
{
    struct db *db = db_here();
    const struct asked a = { .space = 1, .person = 0, .limit = PAGE };
    bool known = false, *ret_right = cls;
    assert_true(tx_begin(db, TX_WRITE));
    for (size_t i = 0; i < 20; i++) {
        insert(db, 1);
        for (size_t from = 0; from < 2; from++)
            run_sql(db, sqlite3_mprintf("UPDATE connections SET user_id = %s WHERE rowid = (SELECT rowid"
                                        " FROM connections WHERE space = 1 AND user_id = %s ORDER BY random()"
                                        " LIMIT 1)", people[1 - from], people[from]));
        change_some(db, sqlite3_mprintf("DELETE FROM connections"));
    }
    assert_true(tx_commit(db));
    assert_true(tx_begin(db, TX_READ));
    *ret_right = is_right(db, &a, &known) && known;
    assert_true(tx_commit(db));
    return NULL;
}

static bool write_elsewhere(void)
{
    pthread_t thread;
    bool right = false;
    assert_int_equal(pthread_create(&thread, NULL, write_and_read, &right), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    return right;
}

/* A page is of the snapshot that all else is read of, or not known. */
static void test_snapshot(void **state)
{
    (void)state;
    struct db *db = rig_db(&rig);
    const struct asked a = { .space = 1, .person = 0, .limit = PAGE };
    int64_t rowids[PAGE], rows[ROWS];
    struct order_page page = { .rowids = rowids };
    bool known;
    begin_with_rows(db);
    for (int i = 0; i < 3; i++) { /* the list is kept from the second time on */
        assert_true(tx_begin(db, TX_READ));
        assert_true(page_of(db, &a, &page));
        assert_true(write_elsewhere());
        assert_int_equal(rows_of_sql(db, &a, rows), page.total);
        assert_memory_equal(rows, rowids, page.n * sizeof rows[0]);
        assert_true(is_right(db, &a, &known));
        assert_false(known);
        assert_true(tx_commit(db));
    }
}

/* Called when a statement of this thread begins. */
static int begins(unsigned what, void *cls, void *stmt, void *text)
{
    int *times = cls;
    (void)what, (void)stmt;
    if (strstr(text, "AND user_id IS ?3 ORDER BY") && (*times)++ == 0)
        assert_true(write_elsewhere());
    return 0;
}

static bool lists(struct db *db, size_t person)
{
    bool known;
    assert_true(tx_begin(db, TX_READ));
    assert_true(is_right(db, &(struct asked){ .space = 1, .person = person, .limit = PAGE }, &known));
    assert_true(tx_commit(db));
    return known;
}

/* Others write while a list is read that is to be kept, the first one or a later one, and learn of it before it is. */
static void test_reading(void **state)
{
    (void)state;
    struct db *db = rig_db(&rig);
    for (int is_first = 0; is_first < 2; is_first++) {
        int times = 0;
        begin_with_rows(db);
        assert_true(is_first || lists(db, 0));
        sqlite3_trace_v2(db->reader.sqlite, SQLITE_TRACE_STMT, begins, &times);
        assert_false(lists(db, 1)); /* a commit came between */
        assert_true(lists(db, 1) && lists(db, 0) && lists(db, 1));
        assert_int_equal(times, 1); /* it was kept */
        sqlite3_trace_v2(db->reader.sqlite, 0, NULL, NULL);
        orders_forget(rig.server.store->orders);
    }
}

/* ---- threads --------------------------------------------------------------------------------------------- */

static atomic_bool written;

static void *read_pages(void *number)
{
    intptr_t wrong = 0, known_pages = 0;
    struct db *db = db_here();
    for (size_t i = (size_t)(intptr_t)number; !written || !known_pages; i += 7) {
        const struct asked a = { .space = 1 + i % 5 / 4, .team = i % 2, .person = i % 3, .shared = i % 3 < 2 && i % 4,
                                 .type = i % 8 ? NULL : types[0], .limit = (int64_t)(1 + i % PAGE),
                                 .offset = (int64_t)(i % 50) };
        bool known = false;
        if (!tx_begin(db, TX_READ))
            continue;
        wrong += !is_right(db, &a, &known);
        known_pages += known;
        tx_commit(db);
    }
    return (void *)wrong;
}

static void test_threads(void **state)
{
    (void)state;
    struct db *db = rig_db(&rig);
    pthread_t threads[READERS];
    begin_with_rows(db);
    written = false;
    for (intptr_t i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_pages, (void *)i), 0);
    for (size_t i = 0; i < ROUNDS; i++)
        write_any(db);
    written = true;
    for (size_t i = 0; i < READERS; i++) {
        void *wrong;
        assert_int_equal(pthread_join(threads[i], &wrong), 0);
        assert_int_equal((intptr_t)wrong, 0);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_default, stop)
#define IN_A_FILE(name) { #name ".in_a_file", name, open_file, stop, NULL }

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_writes),
        IN_A_FILE(test_writes),
        TEST(test_writer),
        TEST(test_shown),
        TEST(test_many),
        IN_A_FILE(test_snapshot),
        IN_A_FILE(test_reading),
        TEST(test_threads),
        IN_A_FILE(test_threads),
    };
    return cmocka_run_group_tests_name("orders", tests, NULL, NULL);
}
