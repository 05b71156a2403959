/* A form of the console without memory: whatever fails, it is answered, what came of it is told or the form is refused,
 * and the next one goes well. */
#include "base/arena.h"
#include "base/limit.h"
#include "base/memory.h"
#include "control/told.h"
#include "rig.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define TYPE "application/x-www-form-urlencoded"
#define FORM(fields) ASK("POST", "/_mock/?tab=fixtures", .type = TYPE, .body = (fields),                               \
                         .headers = { { T("Host"), T("localhost") }, { T("Sec-Fetch-Site"), T("same-origin") } })

/* What was told of it; false: nothing. */
static bool take_told(struct request *rq, struct told *ret)
{
    const struct text back = text_of(reply_value(rq, "location")), mark = T("&told=");
    for (size_t i = 0; i + mark.n < back.n; i++)
        if (text_starts(text_from(back, i), mark))
            return told_take(rq, text_from(back, i + mark.n), ret);
    return false;
}

/* The form, of which the n-th allocation of that kind fails. Whether all went well. */
static bool goes_well(struct ask form, void (*fail_from)(unsigned n), unsigned n)
{
    bool refused;
    struct told told = { .failed = false };
    struct request *rq = rig_begin(&rig, form, (int64_t)strlen(form.body), &refused);
    assert_false(refused);
    arena_trim();
    fail_from(n);
    request_take_body(rq, form.body, strlen(form.body));
    rig_run(rq);
    fail_from(0);
    assert_true(rq->reply.status == 303 || rq->reply.status == 503);
    const bool is_told = rq->reply.status == 303 && take_told(rq, &told);
    if (is_told && told.failed)
        assert_true(text_starts(told.text, T("503 ")));
    else if (is_told)
        assert_true(text_eq(told.text, T("200 done")));
    request_free(rq);
    return is_told && !told.failed;
}

static void expect_end(struct ask form, void (*fail_from)(unsigned n), unsigned least)
{
    unsigned n = 1;
    while (n < 2000 && !goes_well(form, fail_from, n)) {
        assert_true(goes_well(FORM("~call=GET /_mock/clock"), fail_from, 0));
        n++;
    }
    assert_true(n > least && n < 2000);
}

static const char two[] = "~first=PUT /_mock/snapshots/undo&~call=POST /_mock/reset&only=data&to=empty";

static void test_memory(void **state)
{
    (void)state;
    expect_end(FORM("~call=PUT /_mock/clock&action=freeze"), memory_fail_from, 3);
    expect_end(FORM(two), memory_fail_from, 5);
}

/* What is told can be done without: the way back leads to the tab all the same. */
static void test_spare_memory(void **state)
{
    (void)state;
    expect_end(FORM("~call=PUT /_mock/clock&action=freeze"), memory_spare_fail_from, 1);
}

static void test_nothing_to_tell(void **state)
{
    (void)state;
    bool refused;
    const struct ask form = FORM("~call=GET /_mock/version");
    struct request *rq = rig_begin(&rig, form, (int64_t)strlen(form.body), &refused);
    request_take_body(rq, form.body, strlen(form.body));
    memory_spare_fail_from(1);
    rig_run(rq);
    memory_spare_fail_from(0);
    assert_int_equal(rq->reply.status, 303);
    assert_string_equal(reply_value(rq, "location"), "?tab=fixtures");
    request_free(rq);
}

/* A HEAD that finds no memory for its copy takes nothing. */
static void test_head(void **state)
{
    (void)state;
    struct request *rq = request_new(&rig.server, T("/_mock/"));
    struct told told = { T("done"), T("answer"), true };
    const struct text id = told_keep(rq, &told);
    rq->method = T("HEAD");
    memory_spare_fail_from(1);
    assert_false(told_take(rq, id, &told));
    memory_spare_fail_from(0);
    assert_true(told_take(rq, id, &told));
    rq->method = T("GET");
    told = (struct told){ .failed = false };
    assert_true(told_take(rq, id, &told));
    assert_true(text_eq(told.text, T("done")) && text_eq(told.answer, T("answer")) && told.failed);
    assert_false(told_take(rq, id, &told));
    request_free(rq);
}

static struct text keep(struct request *rq, int64_t space)
{
    rq->space = space;
    return told_keep(rq, &(struct told){ T("done"), T(""), false });
}

static bool is_told(struct request *rq, int64_t space, struct text id)
{
    struct told told;
    rq->space = space;
    return told_take(rq, id, &told);
}

/* A space's forms take the places of its own outcomes, and of another's only when there is no place left. */
static void test_places(void **state)
{
    (void)state;
    enum { FULL = LIMIT_TOLD_ALL / LIMIT_TOLD, MANY = 3 * LIMIT_TOLD };
    struct request *rq = request_new(&rig.server, T("/_mock/"));
    struct text last[MANY], oldest[FULL];
    const struct text other = keep(rq, 99);
    for (size_t i = 0; i < MANY; i++)
        last[i] = keep(rq, 100);
    assert_true(is_told(rq, 99, other));
    for (size_t i = 0; i < MANY; i++)
        assert_int_equal(is_told(rq, 100, last[i]), i >= MANY - LIMIT_TOLD);
    for (size_t i = 0; i < FULL; i++) {
        oldest[i] = keep(rq, 200 + (int64_t)i);
        for (size_t more = 1; more < LIMIT_TOLD; more++)
            keep(rq, 200 + (int64_t)i);
    }
    const struct text new_one = keep(rq, 99);
    assert_true(is_told(rq, 99, new_one));
    for (size_t i = 0; i < FULL; i++)
        assert_int_equal(is_told(rq, 200 + (int64_t)i, oldest[i]), i > 0);
    request_free(rq);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_spare_memory),
        cmocka_unit_test(test_nothing_to_tell),
        cmocka_unit_test(test_head),
        cmocka_unit_test(test_places),
    };
    return cmocka_run_group_tests_name("forms that are sent", tests, rig_setup, rig_teardown);
}
