/* A space that an older version has worked on may have forgotten events: whatever depends on them is unknown. */
#include "rig_file.h"
#include "store/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* So many of a kind; those without one are forgotten. */
static void happen(struct text type, int times)
{
    struct db *db = rig_db(&rig);
    db_use_space(db, 1);
    assert_true(tx_begin(db, TX_WRITE));
    for (int i = 0; i < times; i++)
        if (query_change(db, SQL_EVENT_HAPPENS, WITH(type)) == 0)
            query_change(db, SQL_EVENT_BEGINS, WITH(type));
    assert_true(tx_commit(db));
}

static void expect_verdict(const char *count, unsigned status, const char *part)
{
    const char *body = text_format(arena, "{\"match\":{\"event\":\"run.failed\"},\"count\":%s}", count).p;
    rig_expect_part(&rig, ASK("POST", "/_mock/verify", NULL, JSON, body), status, part);
}

#define UNKNOWN "but of all events the oldest 3 are forgotten, so the answer is unknown"

static void test_forgotten(void **state)
{
    (void)state;
    happen(T("run.failed"), 2);
    expect_verdict("2", 200, "2");
    expect_verdict("3", 422, "but 2 happened");
    happen(T(""), 3);
    expect_verdict("2", 409, UNKNOWN);
    expect_verdict("0", 422, "run.failed (2)"); /* more of them would not make it right */
    expect_verdict("{\"min\":2}", 200, "2");
    expect_verdict("{\"max\":1}", 422, "but 2 happened; these did: run.failed (2)\"");
    expect_verdict("3", 409, UNKNOWN);
}

static void test_from_the_beginning(void **state)
{
    (void)state;
    happen(T(""), 3);
    expect_verdict("0", 409, UNKNOWN);
    rig_expect(&rig, ASK("POST", "/_mock/reset"), 200, NULL);
    expect_verdict("0", 200, "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_forgotten, rig_file_setup, rig_file_teardown),
        cmocka_unit_test_setup_teardown(test_from_the_beginning, rig_file_setup, rig_file_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
