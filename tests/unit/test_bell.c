/* The bell: whoever listens is woken once, by it or by the time, and never misses what rang while it looked. */
#include "base/bell.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/timers.h"

#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { MANY = 64, ROUNDS = 500 };
static const int64_t never = INT64_C(3600) * 1000000;

static struct bell bell;
static struct timers *timers;
static atomic_int woken[MANY];
static struct listener listeners[MANY];

static void wake(void *cls)
{
    atomic_fetch_add((atomic_int *)cls, 1);
}

static int setup(void **state)
{
    (void)state;
    for (int i = 0; i < MANY; i++)
        atomic_store(&woken[i], 0);
    bell_init(&bell);
    timers = timers_start();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    timers_drain(timers);
    for (int i = 0; i < MANY; i++)
        bell_leave(&listeners[i]);
    timers_free(timers);
    bell_clear(&bell);
    arena_trim();
    return 0;
}

static bool listen_to(int i, uint64_t heard, int64_t after_us)
{
    return bell_listen(&bell, heard, timers, clock_steady_us() + after_us, wake, &woken[i], &listeners[i]);
}

static void wait_for(int i)
{
    for (int n = 0; n < 10000 && !atomic_load(&woken[i]); n++)
        usleep(1000);
    assert_int_equal(atomic_load(&woken[i]), 1);
}

static void test_rings(void **state)
{
    (void)state;
    for (int i = 0; i < MANY; i++)
        assert_true(listen_to(i, 0, never));
    bell_leave(&listeners[7]);
    bell_ring(&bell);
    bell_ring(&bell);
    timers_drain(timers);
    for (int i = 0; i < MANY; i++)
        assert_int_equal(atomic_load(&woken[i]), i != 7);
    assert_int_equal(bell_rung(&bell), 2);
}

static void test_what_rang_before(void **state)
{
    (void)state;
    const uint64_t heard = bell_rung(&bell);
    bell_ring(&bell);
    assert_false(listen_to(0, heard, never));
    assert_int_equal(atomic_load(&woken[0]), 0);
    assert_true(listen_to(0, bell_rung(&bell), never));
    bell_ring(&bell);
    assert_int_equal(atomic_load(&woken[0]), 1);
}

static void test_time(void **state)
{
    (void)state;
    assert_true(listen_to(0, 0, 1000));
    wait_for(0);
    bell_ring(&bell);
    assert_int_equal(atomic_load(&woken[0]), 1);
}

static void test_drained(void **state)
{
    (void)state;
    timers_drain(timers);
    assert_true(listen_to(0, 0, never));
    assert_int_equal(atomic_load(&woken[0]), 1);
}

/* The bell and the time at once: one of them wakes. */
static void test_both_at_once(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        atomic_store(&woken[0], 0);
        assert_true(listen_to(0, bell_rung(&bell), round % 100));
        usleep((unsigned)round % 90);
        bell_ring(&bell);
        wait_for(0);
        bell_leave(&listeners[0]);
        assert_int_equal(atomic_load(&woken[0]), 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rings, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_rang_before, setup, teardown),
        cmocka_unit_test_setup_teardown(test_time, setup, teardown),
        cmocka_unit_test_setup_teardown(test_drained, setup, teardown),
        cmocka_unit_test_setup_teardown(test_both_at_once, setup, teardown),
    };
    return cmocka_run_group_tests_name("bell", tests, NULL, NULL);
}
