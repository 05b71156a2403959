/* Row texts that are found by ids: by those who may see the row, where it is, for as long as it is so. */
#include "store/row_texts.h"

#include "base/arena.h"
#include "base/limit.h"
#include "rig.h"
#include "space/space.h"
#include "store/query.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define ONE "6f1d2c3b-4444-4aaa-8bbb-000000000001"

static struct arena *arena;

static int setup(void **state)
{
    arena = arena_new();
    return rig_setup(state);
}

static int teardown(void **state)
{
    arena_free(arena);
    return rig_teardown(state);
}

static struct uuid id_of(const char *text)
{
    struct uuid id;
    assert_true(uuid_parse(text_of(text), &id));
    return id;
}

#define TEAM_OF_OTHERS "6f1d2c3b-2222-4aaa-8bbb-000000000003"
#define PERSON "6f1d2c3b-1111-4aaa-8bbb-000000000001"
#define COLLEAGUE "6f1d2c3b-1111-4aaa-8bbb-000000000002"

static int64_t rowid_of_one(void)
{
    const struct uuid id = id_of(ONE), team = id_of(TEAM), person = id_of(PERSON);
    const int64_t rowid = query_number(rig_db(&rig), SQL_CONNECTION_GET, WITH(&id, &team, &person, true));
    assert_true(rowid > 0);
    return rowid;
}

/* Who finds a row's text that PERSON of TEAM, which shares, has seen. */
static const struct {
    const char *id, *team, *person;
    bool sharing;
    unsigned version;
    int64_t space;
    bool finds_personal, finds_shared;
} askers[] = {
    { ONE, TEAM, PERSON, true, 1, SPACE_DEFAULT, true, true },
    { ONE, TEAM, PERSON, false, 1, SPACE_DEFAULT, true, false },
    { ONE, TEAM, COLLEAGUE, true, 1, SPACE_DEFAULT, false, true },
    { ONE, TEAM, COLLEAGUE, false, 1, SPACE_DEFAULT, false, false },
    { ONE, TEAM_OF_OTHERS, PERSON, true, 1, SPACE_DEFAULT, false, false },
    { "6f1d2c3b-4444-4aaa-8bbb-000000000002", TEAM, PERSON, true, 1, SPACE_DEFAULT, false, false },
    { ONE, TEAM, PERSON, true, 2, SPACE_DEFAULT, false, false },
    { ONE, TEAM, PERSON, true, 1, SPACE_TEMPLATE, false, false },
};

static bool finds(size_t i)
{
    struct db *db = rig_db(&rig);
    const struct row_asked asked = { id_of(askers[i].id), id_of(askers[i].team), id_of(askers[i].person),
                                     askers[i].sharing };
    struct buf out = buf_new(arena, LIMIT_REPLY);
    db_use_space(db, askers[i].space);
    const bool found = row_text_find(db, LISTED_CONNECTIONS, &asked, askers[i].version, &out);
    db_use_space(db, SPACE_DEFAULT);
    assert_int_equal(found, text_eq(buf_text(&out), T("{}")));
    return found;
}

static void test_who_finds(void **state)
{
    (void)state;
    struct db *db = rig_db(&rig);
    const struct row_asked asked = { id_of(ONE), id_of(TEAM), id_of(PERSON), true };
    for (int personal = 0; personal <= 1; personal++) {
        db_use_space(db, SPACE_DEFAULT);
        assert_true(tx_begin(db, TX_READ));
        const int64_t rowid = rowid_of_one();
        row_text_keep_found(db, LISTED_CONNECTIONS, rowid, &asked, personal, 1, T("{}"));
        for (size_t i = 0; i < COUNT(askers); i++)
            assert_int_equal(finds(i), personal ? askers[i].finds_personal : askers[i].finds_shared);
        struct buf out = buf_new(arena, LIMIT_REPLY);
        assert_true(row_text_take(db, LISTED_CONNECTIONS, rowid, 1, &out)); /* by pages, too */
        assert_true(tx_commit(db));
    }
    assert_true(tx_begin(db, TX_WRITE));
    assert_false(finds(0));
    tx_rollback(db);
    rig_expect(&rig, ASK("PATCH", "/v1/connections/" ONE, OWNER, JSON, "{\"name\":\"other\"}"), 200, NULL);
    assert_true(tx_begin(db, TX_READ));
    assert_false(finds(0));
    row_text_keep(db, LISTED_CONNECTIONS, rowid_of_one(), 1, T("{}"));
    assert_false(finds(0)); /* whose it is was not told */
    assert_true(tx_commit(db));
}

/* A page tells nothing of whose a row is, not even where all is zeros. */
static void test_page_names_nobody(void **state)
{
    (void)state;
    struct db *db = rig_db(&rig);
    const struct row_asked asked = { .sharing = true };
    struct buf out = buf_new(arena, LIMIT_REPLY);
    db_use_space(db, SPACE_TEMPLATE);
    assert_true(tx_begin(db, TX_READ));
    row_text_keep_found(db, LISTED_CONNECTIONS, 1, &asked, false, 1, T("{}"));
    assert_true(row_text_find(db, LISTED_CONNECTIONS, &asked, 1, &out));
    row_text_keep(db, LISTED_CONNECTIONS, 1, 1, T("[]"));
    assert_false(row_text_find(db, LISTED_CONNECTIONS, &asked, 1, &out));
    assert_true(tx_commit(db));
    db_use_space(db, SPACE_DEFAULT);
}

/* More than one post has signs for: some are found still, each with its own text. */
static void test_many_found(void **state)
{
    enum { MANY = 100000 };
    (void)state;
    struct db *db = rig_db(&rig);
    struct row_asked asked = { id_of(ONE), id_of(TEAM), id_of(PERSON), true };
    char text[20];
    size_t found = 0;
    assert_true(tx_begin(db, TX_READ));
    for (int pass = 0; pass <= 1; pass++)
        for (int32_t i = 1; i <= MANY; i++) {
            struct buf out = buf_new(arena, LIMIT_REPLY);
            const struct text own = { text, (size_t)snprintf(text, sizeof text, "%d", (int)i) };
            memcpy(asked.id.b, &i, sizeof i);
            if (pass == 0)
                row_text_keep_found(db, LISTED_CONNECTIONS, i, &asked, true, 1, own);
            else if (row_text_find(db, LISTED_CONNECTIONS, &asked, 1, &out))
                found += text_eq(buf_text(&out), own) ? 1 : MANY;
        }
    assert_true(tx_commit(db));
    assert_in_range(found, MANY * 9 / 10, MANY);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_who_finds),
        TEST(test_page_names_nobody),
        TEST(test_many_found),
    };
    return cmocka_run_group_tests_name("row_texts_by_id", tests, NULL, NULL);
}
