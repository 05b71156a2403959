/* What a watched space is told of, in the order in which it happened. */
#include "control/feed_state.h"

#include "rig.h"
#include "scratch.h"
#include "space/directory.h"
#include "space/journal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct space *space;
static struct feed_state *feed;
static struct buf told;

static int setup(void **state)
{
    rig_open(&rig, NULL);
    space = spaces_default(rig.server.spaces);
    feed = feed_state_new();
    return arena_setup(state);
}

static int teardown(void **state)
{
    arena_teardown(state);
    feed_state_free(feed);
    space_release(space);
    rig_close(&rig);
    return 0;
}

/* The change of each event about requests. */
static void note(void *cls, struct text json)
{
    static const char *const changes[] = { "new", "deleted" };
    (void)cls;
    if (!text_contains(json, T("\"kind\":\"request\"")))
        return;
    for (size_t i = 0; i < COUNT(changes); i++)
        if (text_contains(json, text_format(scratch, "\"change\":\"%s\"", changes[i])))
            buf_addf(&told, " %s", changes[i]);
}

static void expect_told(const char *expected)
{
    told = buf_new(scratch, 1000);
    feed_state_compare(feed, &rig.server, space, note, NULL);
    buf_add_char(&told, '\0');
    assert_string_equal(told.p, expected);
}

static void come(void)
{
    rig_expect(&rig, ASK("GET", "/v1/profile", OWNER), 200, NULL);
}

/* Whoever removes what the reader has of the one, and adds the other, has what the journal has. */
static void test_requests_after_a_removal(void **state)
{
    (void)state;
    journal_remove(space_journal(space), NULL, NULL);
    expect_told("");
    come();
    expect_told(" new");
    come();
    journal_remove(space_journal(space), NULL, NULL);
    come();
    come();
    expect_told(" deleted new new");
    expect_told("");
    journal_remove(space_journal(space), NULL, NULL);
    expect_told(" deleted");
    expect_told("");
    come();
    expect_told(" new");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_requests_after_a_removal, setup, teardown),
    };
    return cmocka_run_group_tests_name("feed_state", tests, NULL, NULL);
}
