/* Row texts: rows as JSON straight from their columns, kept for as long as no commit changes them, and taken by readers
 * of that very commit alone; threads that read pages while others write. */
#include "store/row_texts.h"

#include "api/connections.h"
#include "api/handlers.h"
#include "base/arena.h"
#include "base/limit.h"
#include "rig.h"
#include "spec/write.h"
#include "store/query.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define ONE "6f1d2c3b-4444-4aaa-8bbb-000000000001"

enum { ROWS = 40, THREADS = 3, ROUNDS = 40 };

static struct arena *arena;
static char *folder;

static int open_default(void **state)
{
    (void)state;
    rig_open(&rig, NULL);
    arena = arena_new();
    return 0;
}

static int open_file(void **state)
{
    (void)state;
    static char path[300];
    folder = folder_new();
    snprintf(path, sizeof path, "%s/state.db", folder);
    rig_open(&rig, (const char *const[]){ "--db", path, NULL });
    arena = arena_new();
    return 0;
}

static int stop(void **state)
{
    (void)state;
    arena_free(arena);
    rig_close(&rig);
    return 0;
}

static int stop_file(void **state)
{
    stop(state);
    folder_remove(folder);
    return 0;
}

/* ---- the text of a row ----------------------------------------------------------------------------------- */

static struct text text_of_row(int64_t rowid, unsigned version)
{
    struct buf out = buf_new(arena, LIMIT_REPLY);
    QUERY q = query_with(rig_db(&rig), SQL_CONNECTION_AT, WITH(rowid));
    if (query_row(&q))
        col_json(&q, 1, &connection_spec, version, &out);
    return buf_text(&out);
}

/* As the general writer has it. */
static struct text text_of_struct(int64_t rowid, unsigned version)
{
    struct connection *c = ARENA_NEW(arena, struct connection);
    struct buf out = buf_new(arena, LIMIT_REPLY);
    struct json j = jw_new(&out);
    QUERY q = query_with(rig_db(&rig), SQL_CONNECTION_AT, WITH(rowid));
    if (query_row(&q)) {
        col_row(&q, 1, &connection_spec, arena, c);
        spec_write(&j, &connection_spec, version, c);
    }
    return buf_text(&out);
}

static void test_same_text(void **state)
{
    (void)state;
    size_t n = 0;
    rig_expect(&rig, ASK("PATCH", "/v1/connections/" ONE, OWNER, JSON,
                         "{\"name\":\"\\\"q\\\\\\n\\u0001\\u007f\xC3\xA4 and 16 plain bytes \\\"\"}"), 200, NULL);
    assert_true(tx_begin(rig_db(&rig), TX_READ));
    for (int64_t rowid = 1; rowid < ROWS; rowid++)
        for (unsigned version = 1; version <= 2; version++) {
            const struct text text = text_of_row(rowid, version);
            assert_true(text_eq(text, text_of_struct(rowid, version)));
            n += text.n > 0;
        }
    assert_true(tx_commit(rig_db(&rig)));
    assert_true(n >= 20);
}

/* ---- kept and taken -------------------------------------------------------------------------------------- */

/* The row of ONE. */
static int64_t first_rowid(void)
{
    for (int64_t rowid = 1; rowid < ROWS; rowid++)
        if (text_contains(text_of_row(rowid, 1), T("\"id\":\"" ONE "\"")))
            return rowid;
    fail();
    return 0;
}

static bool is_kept(int64_t rowid, unsigned version)
{
    struct buf out = buf_new(arena, LIMIT_REPLY);
    return row_text_take(rig_db(&rig), LISTED_CONNECTIONS, rowid, version, &out) && text_eq(buf_text(&out), T("{}"));
}

static int64_t keep_both(void)
{
    assert_true(tx_begin(rig_db(&rig), TX_READ));
    const int64_t rowid = first_rowid();
    for (int64_t i = rowid; i <= rowid + 1; i++)
        for (unsigned version = 1; version <= 2; version++)
            row_text_keep(rig_db(&rig), LISTED_CONNECTIONS, i, version, T("{}"));
    assert_true(is_kept(rowid, 1) && is_kept(rowid, 2) && is_kept(rowid + 1, 1) && is_kept(rowid + 1, 2));
    assert_true(tx_commit(rig_db(&rig)));
    return rowid;
}

/* How many of the row's two texts are kept. */
static int count_row(int64_t rowid)
{
    assert_true(tx_begin(rig_db(&rig), TX_READ));
    const int n = is_kept(rowid, 1) + is_kept(rowid, 2);
    assert_true(tx_commit(rig_db(&rig)));
    return n;
}

/* The same, and its neighbour's. */
static int count_kept(int64_t rowid)
{
    return count_row(rowid) + count_row(rowid + 1);
}

static void test_writes(void **state)
{
    (void)state;
    const struct {
        struct ask ask;
        unsigned status;
        int left;
    } writes[] = {
        { ASK("PATCH", "/v1/connections/" ONE, OWNER, JSON, "{\"name\":\"other\"}"), 200, 2 },
        { ASK("PATCH", "/v1/connections/" ONE, OWNER, JSON, "{\"shared\":true}"), 200, 2 },
        { ASK("POST", "/_mock/connections/" ONE "/transition", NULL, JSON, "{\"to\":\"expired\"}"), 200, 2 },
        { ASK("PATCH", "/v1/connections/" ONE, OWNER, JSON, "{\"name\":\"\"}"), 400, 4 },
        { ASK("PATCH", "/v1/connections/" ONE, OTHER, JSON, "{\"name\":\"theirs\"}"), 404, 4 },
        { ASK("POST", "/v1/connections", OWNER, JSON,
            "{\"name\":\"x\",\"provider\":\"user\",\"auth_method\":\"url\"}"), 201, 4 },
        { ASK("DELETE", "/v1/connections/" ONE, OWNER), 200, 2 },
    };
    for (size_t i = 0; i < COUNT(writes); i++) {
        const int64_t rowid = keep_both();
        rig_expect(&rig, writes[i].ask, writes[i].status, NULL);
        assert_int_equal(count_kept(rowid), writes[i].left);
    }
    rig_expect(&rig, ASK("POST", "/_mock/reset", .type = JSON, .body = "{}"), 200, NULL);
    const int64_t rowid = keep_both();
    rig_expect(&rig, ASK("POST", "/_mock/reset", .type = JSON, .body = "{\"to\":\"empty\"}"), 200, NULL);
    assert_int_equal(count_row(rowid), 0);
}

/* A connection goes with its team, and with its space, in a statement that does not name it. */
static void test_cascade(void **state)
{
    (void)state;
    const int64_t rowid = keep_both();
    struct db *db = rig_db(&rig);
    assert_true(tx_begin(db, TX_WRITE));
    assert_true(query_change(db, SQL_SPACE_DELETE, NULL) == 1);
    assert_true(tx_commit(db));
    assert_int_equal(count_kept(rowid), 0);
}

static void test_rollback(void **state)
{
    (void)state;
    const int64_t rowid = keep_both();
    struct db *db = rig_db(&rig);
    assert_true(tx_begin(db, TX_WRITE));
    assert_false(is_kept(rowid, 1)); /* what this transaction itself has written is nowhere yet */
    row_text_keep(db, LISTED_CONNECTIONS, rowid, 1, T("[]"));
    query_change(db, SQL_CONNECTION_DELETE_ALL, NULL);
    tx_rollback(db);
    assert_int_equal(count_kept(rowid), 4);
}

static void *patch_name(void *name)
{
    char body[100];
    snprintf(body, sizeof body, "{\"name\":\"%s\"}", (const char *)name);
    rig_expect(&rig, ASK("PATCH", "/v1/connections/" ONE, OWNER, JSON, body), 200, NULL);
    arena_trim();
    return NULL;
}

static void write_elsewhere(const char *name)
{
    pthread_t thread;
    char word[20];
    snprintf(word, sizeof word, "%s", name);
    assert_int_equal(pthread_create(&thread, NULL, patch_name, word), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
}

/* With a file a commit does not wait for a reader, who goes on to see what was there before. */
static void test_snapshot(void **state)
{
    (void)state;
    const int64_t rowid = keep_both();
    struct db *db = rig_db(&rig);
    assert_true(tx_begin(db, TX_READ));
    assert_true(is_kept(rowid + 1, 1) && row_texts_hold(db));
    assert_true(text_contains(text_of_row(rowid, 1), T(ONE)));
    write_elsewhere("later");
    assert_false(row_texts_hold(db));
    assert_false(is_kept(rowid + 1, 1));
    assert_false(text_contains(text_of_row(rowid, 1), T("later")));
    row_text_keep(db, LISTED_CONNECTIONS, rowid, 1, T("{}")); /* of before the commit */
    assert_true(tx_commit(db));
    assert_int_equal(count_kept(rowid), 2);
}

/* ---- bounds ---------------------------------------------------------------------------------------------- */

static void test_bounds(void **state)
{
    (void)state;
    enum { LARGE = LIMIT_ROW_TEXT, MANY = 2 * LIMIT_ROW_TEXTS / LARGE };
    char *bytes = arena_alloc(arena, LARGE + 1);
    struct db *db = rig_db(&rig);
    struct buf out = buf_new(arena, LARGE);
    memset(bytes, ' ', LARGE + 1);
    assert_true(tx_begin(db, TX_READ));
    row_text_keep(db, LISTED_CONNECTIONS, 1, 1, (struct text){ bytes, LARGE + 1 });
    assert_false(row_text_take(db, LISTED_CONNECTIONS, 1, 1, &out));
    for (int64_t rowid = 1; rowid <= MANY; rowid++)
        row_text_keep(db, LISTED_CONNECTIONS, rowid, 1, (struct text){ bytes, LARGE });
    assert_false(row_text_take(db, LISTED_CONNECTIONS, 1, 1, &out)); /* LIMIT_ROW_TEXTS is full of later ones */
    assert_true(row_text_take(db, LISTED_CONNECTIONS, MANY, 1, &out));
    assert_int_equal(out.n, LARGE);
    assert_false(row_text_take(db, LISTED_CONNECTIONS, MANY, 1, &out)); /* the buffer is full */
    assert_true(out.full);
    assert_true(tx_commit(db));
}

/* ---- threads --------------------------------------------------------------------------------------------- */

static bool answers(struct ask ask, const char *part)
{
    struct request *rq = rig_ask(&rig, ask);
    const bool ok = rq->reply.status == 200 && text_contains(reply_bytes(&rq->reply), text_of(part));
    request_free(rq);
    return ok;
}

/* Each writes to a connection of its own, and reads the pages that others' are on. */
static void *write_and_list(void *id)
{
    static const char *const lists[] = { "/v1/connections?limit=50", "/v2/teams/" TEAM "/connections?limit=50" };
    intptr_t wrong = 0;
    for (int i = 0; i < ROUNDS; i++) {
        char uri[100], body[50], name[50];
        snprintf(uri, sizeof uri, "/v1/connections/%s", (const char *)id);
        snprintf(body, sizeof body, "{\"name\":\"%.4s %d\"}", (const char *)id + UUID_TEXT_SIZE - 4, i);
        snprintf(name, sizeof name, "\"name\":\"%.4s %d\"", (const char *)id + UUID_TEXT_SIZE - 4, i);
        wrong += !answers(ASK("PATCH", uri, OWNER, JSON, body), name);
        for (size_t k = 0; k < 2 * COUNT(lists); k++)
            wrong += !answers((struct ask){ .uri = lists[k % COUNT(lists)], .key = OWNER }, name);
        wrong += !answers((struct ask){ .uri = uri, .key = OWNER }, name);
    }
    arena_trim();
    return (void *)wrong;
}

static void test_threads(void **state)
{
    (void)state;
    static char ids[THREADS][UUID_TEXT_SIZE + 1] = { ONE, "6f1d2c3b-4444-4aaa-8bbb-000000000002",
                                                     "6f1d2c3b-4444-4aaa-8bbb-000000000003" };
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, write_and_list, ids[i]), 0);
    for (size_t i = 0; i < THREADS; i++) {
        void *wrong;
        assert_int_equal(pthread_join(threads[i], &wrong), 0);
        assert_int_equal((intptr_t)wrong, 0);
    }
}

/* A row as the transaction sees it, which is in the arena. */
static struct text seen_text(struct arena *own, int64_t rowid)
{
    struct buf out = buf_new(own, LIMIT_REPLY);
    QUERY q = query_with(rig_db(&rig), SQL_CONNECTION_AT, WITH(rowid));
    if (query_row(&q))
        col_json(&q, 1, &connection_spec, 1, &out);
    return buf_text(&out);
}

static atomic_bool over;
static int64_t read_rowid;

/* Whoever finds no text keeps its own. */
static void *take_or_keep(void *unused)
{
    (void)unused;
    intptr_t wrong = 0;
    while (!atomic_load(&over)) {
        struct arena *own = arena_new();
        struct buf out = buf_new(own, LIMIT_REPLY);
        assert_true(tx_begin(rig_db(&rig), TX_READ));
        const struct text seen = seen_text(own, read_rowid);
        for (int i = 0; i < 200; i++) {
            out.n = 0;
            if (row_text_take(rig_db(&rig), LISTED_CONNECTIONS, read_rowid, 1, &out))
                wrong += !text_eq(buf_text(&out), seen);
            else
                row_text_keep(rig_db(&rig), LISTED_CONNECTIONS, read_rowid, 1, seen);
        }
        assert_true(tx_commit(rig_db(&rig)));
        arena_free(own);
    }
    arena_trim();
    return (void *)wrong;
}

/* What a later commit has made of a row, and others have kept meanwhile, is nothing for whoever still sees the one
 * before. */
static void test_texts_of_later_commits(void **state)
{
    enum { READERS = 6, WRITES = 1500 };
    pthread_t threads[READERS];
    (void)state;
    read_rowid = keep_both();
    atomic_store(&over, false);
    write_elsewhere("first");
    for (size_t i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, take_or_keep, NULL), 0);
    char name[20];
    for (int i = 0; i < WRITES; i++) {
        snprintf(name, sizeof name, "n%d", i);
        patch_name(name);
    }
    atomic_store(&over, true);
    for (size_t i = 0; i < READERS; i++) {
        void *wrong;
        assert_int_equal(pthread_join(threads[i], &wrong), 0);
        assert_int_equal((intptr_t)wrong, 0);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_default, stop)
#define IN_A_FILE(name) { #name ".in_a_file", name, open_file, stop_file, NULL }

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_same_text),
        TEST(test_writes),
        IN_A_FILE(test_writes),
        TEST(test_cascade),
        TEST(test_rollback),
        IN_A_FILE(test_rollback),
        IN_A_FILE(test_snapshot),
        TEST(test_bounds),
        TEST(test_threads),
        IN_A_FILE(test_threads),
        IN_A_FILE(test_texts_of_later_commits),
    };
    return cmocka_run_group_tests_name("row_texts", tests, NULL, NULL);
}
