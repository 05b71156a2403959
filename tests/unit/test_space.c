/* Space: its name, its time to live, its clock and its settings, in one thread and in many. */
#include "space/space.h"

#include "base/clock.h"
#include "passing.h"
#include "rig.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const struct config config = { .rate_limit = 5, .v1_list_keys = LIST_KEYS_CONNECTIONS };
static struct space *space;

static int setup(void **state)
{
    (void)state;
    time_stands();
    space = space_new(7, T("worker-1"), &config);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    space_release(space);
    time_runs();
    return 0;
}

/* ---- name and life --------------------------------------------------------------------------------------- */

static void test_name(void **state)
{
    (void)state;
    char longest[64], name[] = "gone";
    memset(longest, 'x', sizeof longest);
    struct space *a = space_new(SPACE_DEFAULT, (struct text){ longest, sizeof longest }, &config);
    struct space *b = space_new(2, (struct text){ name, 4 }, &config);
    memset(name, '-', 4); /* it is a copy */
    assert_int_equal(space_id(space), 7);
    assert_true(text_eq(space_name(space), T("worker-1")));
    assert_false(space_is_default(space));
    assert_true(space_is_default(a));
    assert_true(text_eq(space_name(a), (struct text){ longest, sizeof longest }));
    assert_true(text_eq(space_name(b), T("gone")));
    space_release(a);
    space_release(b);
    space_release(NULL);
}

/* The last hold frees it: what the leak checker looks at. */
static void test_holds(void **state)
{
    (void)state;
    struct space *a = space_new(2, T("a"), &config);
    assert_ptr_equal(space_hold(a), a);
    space_release(a);
    assert_true(text_eq(space_name(a), T("a")));
    space_release(a);
}

static void test_ttl(void **state)
{
    (void)state;
    assert_int_equal(space_ttl(space), 0);
    assert_false(space_is_idle(space));
    space_touch(space);
    assert_false(space_is_idle(space)); /* 0 is never */
    space_set_ttl(space, 100);
    assert_int_equal(space_ttl(space), 100);
    assert_false(space_is_idle(space));
    time_passes(99);
    assert_false(space_is_idle(space));
    space_touch(space);
    time_passes(99);
    assert_false(space_is_idle(space));
    time_passes(1);
    assert_true(space_is_idle(space));
    space_touch(space);
    assert_false(space_is_idle(space));
    time_passes(110);
    space_set_ttl(space, 0);
    assert_false(space_is_idle(space));
}

/* The time to live is real time, wherever the space's clock stands. */
static void test_ttl_and_clock(void **state)
{
    (void)state;
    space_set_ttl(space, 60000);
    space_clock_set(space, clock_real_ms() + 3600000);
    assert_false(space_is_idle(space));
    space_set_ttl(space, 1);
    space_clock_freeze_at(space, 0);
    time_passes(1);
    assert_true(space_is_idle(space));
}

/* ---- the clock ------------------------------------------------------------------------------------------- */

static void assert_clock(enum clock_mode mode, int64_t now)
{
    const struct clock_state got = space_clock(space);
    assert_int_equal(got.mode, mode);
    assert_int_equal(got.now, now);
    assert_int_equal(clock_real_ms() + got.offset_ms, now);
    assert_int_equal(space_now(space), now);
}

static void test_clock_runs(void **state)
{
    (void)state;
    assert_int_equal(space_now(space), clock_real_ms());
    time_passes(5);
    assert_int_equal(space_now(space), clock_real_ms());
    assert_int_equal(space_clock(space).offset_ms, 0);
    assert_int_equal(space_clock(space).mode, CLOCK_RUNNING);
}

static void test_clock_freezes(void **state)
{
    (void)state;
    space_clock_freeze_at(space, 1000);
    time_passes(5);
    assert_clock(CLOCK_FROZEN, 1000);
    space_clock_freeze_at(space, -5);
    assert_clock(CLOCK_FROZEN, -5);
}

static void test_clock_is_set(void **state)
{
    (void)state;
    space_clock_set(space, 5000000);
    assert_clock(CLOCK_RUNNING, 5000000);
    time_passes(5);
    assert_clock(CLOCK_RUNNING, 5000005);
    space_clock_freeze_at(space, 1000);
    space_clock_set(space, 2000);
    assert_clock(CLOCK_FROZEN, 2000);
}

static void test_clock_resumes(void **state)
{
    (void)state;
    space_clock_resume(space); /* no change */
    assert_int_equal(space_clock(space).offset_ms, 0);
    space_clock_freeze_at(space, 7000000);
    time_passes(5);
    space_clock_resume(space);
    assert_clock(CLOCK_RUNNING, 7000000);
    time_passes(5);
    space_clock_resume(space);
    assert_clock(CLOCK_RUNNING, 7000005);
}

static void test_clock_is_reset(void **state)
{
    (void)state;
    space_clock_freeze_at(space, 1000);
    space_clock_reset(space);
    assert_int_equal(space_clock(space).offset_ms, 0);
    space_clock_set(space, 1000);
    space_clock_reset(space);
    assert_int_equal(space_clock(space).offset_ms, 0);
    assert_int_equal(space_clock(space).mode, CLOCK_RUNNING);
}

static void test_clock_advances(void **state)
{
    (void)state;
    const int64_t last = clock_real_ms() + 10000;
    assert_true(space_clock_advance(space, 10000, last));
    assert_clock(CLOCK_RUNNING, last);
    assert_false(space_clock_advance(space, 1, last));
    assert_clock(CLOCK_RUNNING, last);
    assert_true(space_clock_advance(space, 0, last));
    space_clock_freeze_at(space, 1000);
    assert_true(space_clock_advance(space, 500, last));
    assert_clock(CLOCK_FROZEN, 1500);
    assert_false(space_clock_advance(space, last - 1499, last));
    assert_clock(CLOCK_FROZEN, 1500);
}

static void advance(void)
{
    assert_true(space_clock_advance(space, 600000, INT64_MAX));
}

static void advance_twice(void)
{
    advance();
    advance();
}

static void resume(void)
{
    advance();
    space_clock_resume(space);
}

static void set_to_the_time(void)
{
    space_clock_set(space, clock_real_ms() + 8); /* of the look in it */
}

static void reset(void)
{
    advance();
    space_clock_reset(space);
}

/* A millisecond that passes between two looks at the machine's clock is in no difference. */
static void test_clock_is_exact(void **state)
{
    (void)state;
    static const struct {
        void (*change)(void);
        int64_t offset_ms;
    } changes[] = {
        { advance, 600000 }, { advance_twice, 1200000 }, { resume, 600000 }, { set_to_the_time, 1 }, { reset, 0 },
    };
    time_passes_with_looks(7);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        space_clock_reset(space);
        assert_int_equal(space_clock(space).offset_ms, 0);
        changes[i].change();
        assert_int_equal(space_clock(space).offset_ms, changes[i].offset_ms);
        assert_int_equal(space_clock(space).offset_ms, changes[i].offset_ms);
    }
    time_passes_with_looks(0);
}

/* ---- settings -------------------------------------------------------------------------------------------- */

static void set_seed(struct settings *settings, const void *cls)
{
    settings->has_seed = true;
    settings->seed = *(const int64_t *)cls;
    settings->config.rate_limit = *(const int64_t *)cls;
}

static void assert_settings(bool has_seed, int64_t seed, int64_t rate_limit)
{
    const struct settings *now = space_settings(space);
    assert_int_equal(now->has_seed, has_seed);
    assert_int_equal(now->seed, seed);
    assert_int_equal(now->config.rate_limit, rate_limit);
    assert_int_equal(now->config.v1_list_keys, LIST_KEYS_CONNECTIONS);
    settings_release(now);
}

static void test_settings(void **state)
{
    (void)state;
    const int64_t seed = 42, other = 43;
    assert_settings(false, 0, 5);
    space_change_settings(space, set_seed, &seed);
    assert_settings(true, 42, 42);
    space_change_settings(space, set_seed, &other);
    assert_settings(true, 43, 43);
    space_reset_settings(space);
    assert_settings(false, 0, 5);
    assert_int_equal(config.rate_limit, 5);
    settings_release(NULL);
}

/* Whoever holds a version has it as it was, even when the space is gone. */
static void test_settings_never_change(void **state)
{
    (void)state;
    const int64_t seed = 42, other = 43;
    struct space *mine = space_new(3, T("mine"), &config);
    const struct settings *first = space_settings(mine);
    space_change_settings(mine, set_seed, &seed);
    const struct settings *second = space_settings(mine), *again = space_settings(mine);
    assert_ptr_equal(second, again);
    space_change_settings(mine, set_seed, &other);
    space_release(mine);
    assert_false(first->has_seed);
    assert_int_equal(second->seed, 42);
    settings_release(first);
    settings_release(second);
    assert_int_equal(again->seed, 42);
    settings_release(again);
}

/* ---- threads --------------------------------------------------------------------------------------------- */

enum { THREADS = 4, ROUNDS = 2000 };

/* The two members are always changed together. */
static intptr_t look(void)
{
    const struct settings *now = space_settings(space);
    const bool whole = now->has_seed ? now->seed == now->config.rate_limit : now->config.rate_limit == 5;
    settings_release(now);
    const struct clock_state clock = space_clock(space);
    return !whole || (clock.mode == CLOCK_FROZEN && clock.now != 1000);
}

static void *use(void *unused)
{
    (void)unused;
    intptr_t wrong = 0;
    for (int64_t i = 0; i < ROUNDS; i++) {
        struct space *held = space_hold(space);
        if (i % 16 == 0)
            space_change_settings(held, set_seed, &i);
        if (i % 64 == 0)
            space_reset_settings(held);
        if (i % 8 == 0)
            space_clock_freeze_at(held, 1000);
        if (i % 32 == 0)
            space_clock_reset(held);
        space_set_ttl(held, 3600000);
        wrong += look() || space_is_idle(held) || space_now(held) < 1000;
        space_release(held);
    }
    return (void *)wrong;
}

static void test_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    intptr_t wrong = 0;
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, use, NULL), 0);
    for (size_t i = 0; i < THREADS; i++) {
        void *result;
        assert_int_equal(pthread_join(threads[i], &result), 0);
        wrong += (intptr_t)result;
    }
    assert_int_equal(wrong, 0);
}

static void *advance_often(void *unused)
{
    (void)unused;
    for (int i = 0; i < ROUNDS; i++)
        space_clock_advance(space, 1, INT64_MAX);
    return NULL;
}

/* Of clients that advance the clock at once none is forgotten. */
static void test_threads_advance(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    space_clock_freeze_at(space, 1000);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, advance_often, NULL), 0);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_clock(CLOCK_FROZEN, 1000 + THREADS * ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_name, setup, teardown),
        cmocka_unit_test_setup_teardown(test_holds, setup, teardown),
        cmocka_unit_test_setup_teardown(test_ttl, setup, teardown),
        cmocka_unit_test_setup_teardown(test_ttl_and_clock, setup, teardown),
        cmocka_unit_test_setup_teardown(test_clock_runs, setup, teardown),
        cmocka_unit_test_setup_teardown(test_clock_freezes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_clock_is_set, setup, teardown),
        cmocka_unit_test_setup_teardown(test_clock_resumes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_clock_is_reset, setup, teardown),
        cmocka_unit_test_setup_teardown(test_clock_advances, setup, teardown),
        cmocka_unit_test_setup_teardown(test_clock_is_exact, setup, teardown),
        cmocka_unit_test_setup_teardown(test_settings, setup, teardown),
        cmocka_unit_test_setup_teardown(test_settings_never_change, setup, teardown),
        cmocka_unit_test_setup_teardown(test_threads, setup, teardown),
        cmocka_unit_test_setup_teardown(test_threads_advance, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
