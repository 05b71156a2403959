/* Inboxes: the bounds in bytes, to the byte, and what each inbox counts. */
#include "space/inbox.h"

#include "base/limit.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct inboxes *inboxes;

static int start(void **state)
{
    inboxes = inboxes_new();
    return arena_setup(state);
}

static int end(void **state)
{
    inboxes_free(inboxes);
    return arena_teardown(state);
}

/* A message of so many bytes in all. */
static bool send_bytes(struct text name, size_t bytes)
{
    static char body[LIMIT_INBOX_BYTES + 1];
    static struct pair header = { { "name", 4 }, { "value", 5 } };
    const struct inbox_message message = {
        .uri = T("/x"), .headers = &header, .header_count = 1, .body = { body, bytes - 11 },
    };
    return inboxes_add(inboxes, name, &message);
}

static struct inbox_view look(struct text name)
{
    return inboxes_read(inboxes, scratch, name, LIMIT_INBOX_MESSAGES);
}

static void test_bytes(void **state)
{
    (void)state;
    assert_true(send_bytes(T("a"), LIMIT_INBOX_BYTES - 100));
    assert_true(send_bytes(T("b"), 100)); /* the last byte */
    assert_int_equal(look(T("a")).total, 1);
    assert_true(send_bytes(T("b"), 11)); /* one too many: the oldest of all goes */
    assert_int_equal(look(T("a")).total, 0);
    assert_int_equal(look(T("a")).dropped, 1);
    assert_int_equal(look(T("b")).total, 2);
    assert_int_equal(look(T("b")).dropped, 0);
}

static void test_one_byte_past(void **state)
{
    (void)state;
    assert_true(send_bytes(T("a"), LIMIT_INBOX_BYTES - 11));
    assert_true(send_bytes(T("a"), 11));
    assert_int_equal(look(T("a")).total, 2);
    assert_true(send_bytes(T("a"), 11));
    assert_int_equal(look(T("a")).total, 2);
    assert_int_equal(look(T("a")).dropped, 1);
    inboxes_clear(inboxes, T("a"));
    assert_true(send_bytes(T("a"), LIMIT_INBOX_BYTES)); /* what went made room */
    assert_int_equal(look(T("a")).total, 1);
    assert_int_equal(look(T("a")).dropped, 0);
    assert_true(send_bytes(T("a"), LIMIT_INBOX_BYTES + 1)); /* it cannot be held at all */
    assert_int_equal(look(T("a")).total, 0);
    assert_int_equal(look(T("a")).dropped, 2);
}

static void test_what_is_read(void **state)
{
    (void)state;
    assert_int_equal(look(T("none")).total, 0);
    for (size_t i = 1; i <= 3; i++)
        assert_true(send_bytes(T("a"), 11 + i));
    const struct inbox_view view = inboxes_read(inboxes, scratch, T("a"), 2);
    assert_int_equal(view.n, 2);
    assert_int_equal(view.total, 3);
    assert_int_equal(view.messages[0].body.n, 2);
    assert_int_equal(view.messages[1].body.n, 3);
    assert_true(text_eq(view.messages[1].uri, T("/x")));
    assert_true(text_eq(view.messages[1].headers[0].value, T("value")));
}

static void test_bell(void **state)
{
    (void)state;
    const uint64_t before = bell_rung(inboxes_bell(inboxes));
    assert_true(send_bytes(T("a"), 11));
    assert_int_equal(bell_rung(inboxes_bell(inboxes)), before + 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_bytes), TEST(test_one_byte_past), TEST(test_what_is_read), TEST(test_bell),
    };
    return cmocka_run_group_tests_name("inbox", tests, NULL, NULL);
}
