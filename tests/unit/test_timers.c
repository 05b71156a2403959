/* Timers: order, never too early, draining, and many threads that add at once. */
#include "base/timers.h"

#include "base/clock.h"
#include "rig.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { MANY = 1000, THREADS = 4 };

static struct timers *timers;

/* What was called, in the order of the calls. */
static struct called {
    int number;
    int64_t at_us;
    pthread_t in;
} called[MANY];
static atomic_int called_count;

struct call {
    int number;
    int64_t due_us;
};

static void note(void *cls)
{
    const struct call *call = cls;
    const int i = atomic_load(&called_count);
    if (i < MANY)
        called[i] = (struct called){ call->number, clock_steady_us(), pthread_self() };
    atomic_fetch_add(&called_count, 1);
}

static int setup(void **state)
{
    (void)state;
    atomic_store(&called_count, 0);
    timers = timers_start();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    timers_drain(timers);
    timers_free(timers);
    arena_trim();
    return 0;
}

/* Up to ten seconds. */
static void wait_for(int count)
{
    for (int i = 0; i < 10000 && atomic_load(&called_count) < count; i++)
        usleep(1000);
    assert_int_equal(atomic_load(&called_count), count);
}

static void test_nothing(void **state)
{
    (void)state; /* no thread, nothing to wait for */
    timers_free(NULL);
}

static void test_one(void **state)
{
    (void)state;
    static struct call call;
    call = (struct call){ 1, clock_steady_us() + 30000 };
    timers_add(timers, call.due_us, note, &call);
    assert_int_equal(atomic_load(&called_count), 0);
    wait_for(1);
    assert_true(called[0].at_us >= call.due_us);
    assert_false(pthread_equal(called[0].in, pthread_self()));
}

static void test_past(void **state)
{
    (void)state;
    static struct call call;
    call = (struct call){ 1, clock_steady_us() - 1000000 };
    timers_add(timers, call.due_us, note, &call);
    wait_for(1);
}

/* Added in any order, called in the order of their times; one that is added later can be the first. */
static void test_order(void **state)
{
    (void)state;
    static struct call calls[MANY];
    const int64_t start = clock_steady_us() + 150000;
    for (int i = 0; i < MANY; i++)
        calls[i] = (struct call){ i, start + i * INT64_C(7919) % MANY * 50 };
    for (int i = 0; i < MANY; i++)
        timers_add(timers, calls[i].due_us, note, &calls[i]);
    wait_for(MANY);
    for (int i = 0; i < MANY; i++) {
        assert_true(called[i].at_us >= calls[called[i].number].due_us);
        assert_true(i == 0 || calls[called[i - 1].number].due_us <= calls[called[i].number].due_us);
    }
}

static void test_earlier_one_added_later(void **state)
{
    (void)state;
    static struct call late, early;
    late = (struct call){ 1, clock_steady_us() + 3600000000 };
    early = (struct call){ 2, clock_steady_us() + 10000 };
    timers_add(timers, late.due_us, note, &late);
    usleep(2000); /* it waits for the late one by now */
    timers_add(timers, early.due_us, note, &early);
    wait_for(1);
    assert_int_equal(called[0].number, 2);
}

static void test_drain(void **state)
{
    (void)state;
    static struct call calls[MANY];
    for (int i = 0; i < MANY; i++) {
        calls[i] = (struct call){ i, clock_steady_us() + 3600000000 + (i * 7919 % MANY) };
        timers_add(timers, calls[i].due_us, note, &calls[i]);
    }
    timers_drain(timers);
    assert_int_equal(atomic_load(&called_count), MANY);
    for (int i = 0; i < MANY; i++)
        assert_true(i == 0 || calls[called[i - 1].number].due_us <= calls[called[i].number].due_us);
    timers_drain(timers); /* nothing is left */
    assert_int_equal(atomic_load(&called_count), MANY);
}

static void test_add_after_drain(void **state)
{
    (void)state;
    static struct call call;
    call = (struct call){ 1, clock_steady_us() + 3600000000 };
    timers_drain(timers);
    timers_add(timers, call.due_us, note, &call);
    assert_int_equal(atomic_load(&called_count), 1);
    assert_true(pthread_equal(called[0].in, pthread_self()));
}

/* ---- taken back -------------------------------------------------------------------------------------------- */

/* Each third is taken back; the others come in their order. */
static void test_remove(void **state)
{
    (void)state;
    static struct call calls[MANY];
    for (int i = 0; i < MANY; i++) {
        calls[i] = (struct call){ i, clock_steady_us() + 3600000000 + (i * 7919 % MANY) };
        timers_add(timers, calls[i].due_us, note, &calls[i]);
    }
    for (int i = 0; i < MANY; i += 3)
        timers_remove(timers, note, &calls[i]);
    timers_drain(timers);
    assert_int_equal(atomic_load(&called_count), MANY - (MANY + 2) / 3);
    for (int i = 0; i < atomic_load(&called_count); i++) {
        assert_int_not_equal(called[i].number % 3, 0);
        assert_true(i == 0 || calls[called[i - 1].number].due_us <= calls[called[i].number].due_us);
    }
}

static void test_remove_what_is_not_there(void **state)
{
    (void)state;
    static struct call call, other;
    call = (struct call){ 1, clock_steady_us() + 3600000000 };
    timers_remove(timers, note, &call);
    timers_add(timers, call.due_us, note, &call);
    timers_remove(timers, note, &other);
    timers_drain(timers);
    assert_int_equal(atomic_load(&called_count), 1);
    timers_remove(timers, note, &call);
}

static atomic_bool entered, left_it;

static void linger(void *cls)
{
    (void)cls;
    atomic_store(&entered, true);
    usleep(20000);
    atomic_store(&left_it, true);
}

/* One that is being called is waited for. */
static void test_remove_what_is_being_called(void **state)
{
    (void)state;
    timers_add(timers, clock_steady_us(), linger, NULL);
    for (int i = 0; i < 10000 && !atomic_load(&entered); i++)
        usleep(1000);
    assert_true(atomic_load(&entered));
    timers_remove(timers, linger, NULL);
    assert_true(atomic_load(&left_it));
}

/* ---- functions that add ---------------------------------------------------------------------------------- */

static atomic_int left;

static void again(void *cls)
{
    atomic_fetch_add(&called_count, 1);
    if (atomic_fetch_sub(&left, 1) > 1)
        timers_add(timers, clock_steady_us() + 100, again, cls);
}

static void test_function_that_adds(void **state)
{
    (void)state;
    atomic_store(&left, 50);
    timers_add(timers, clock_steady_us(), again, NULL);
    wait_for(50);
}

/* Whatever they add while everything is called is called, too. */
static void test_function_that_adds_while_draining(void **state)
{
    (void)state;
    atomic_store(&left, 50);
    timers_add(timers, clock_steady_us() + 3600000000, again, NULL);
    timers_drain(timers);
    assert_int_equal(atomic_load(&called_count), 50);
}

/* ---- threads --------------------------------------------------------------------------------------------- */

static atomic_int counted;

static void count(void *cls)
{
    (void)cls;
    atomic_fetch_add(&counted, 1);
}

static void *add_many(void *unused)
{
    (void)unused;
    for (int i = 0; i < MANY; i++)
        timers_add(timers, clock_steady_us() + i % 50 * 100, count, NULL);
    return NULL;
}

static void start_threads(pthread_t *threads)
{
    atomic_store(&counted, 0);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, add_many, NULL), 0);
}

static void test_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    start_threads(threads);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    timers_drain(timers);
    assert_int_equal(atomic_load(&counted), THREADS * MANY);
}

/* None is lost, whether it comes before the end or after. */
static void test_drain_among_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    start_threads(threads);
    timers_drain(timers);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_int_equal(atomic_load(&counted), THREADS * MANY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_one, setup, teardown),
        cmocka_unit_test_setup_teardown(test_past, setup, teardown),
        cmocka_unit_test_setup_teardown(test_order, setup, teardown),
        cmocka_unit_test_setup_teardown(test_earlier_one_added_later, setup, teardown),
        cmocka_unit_test_setup_teardown(test_drain, setup, teardown),
        cmocka_unit_test_setup_teardown(test_add_after_drain, setup, teardown),
        cmocka_unit_test_setup_teardown(test_remove, setup, teardown),
        cmocka_unit_test_setup_teardown(test_remove_what_is_not_there, setup, teardown),
        cmocka_unit_test_setup_teardown(test_remove_what_is_being_called, setup, teardown),
        cmocka_unit_test_setup_teardown(test_function_that_adds, setup, teardown),
        cmocka_unit_test_setup_teardown(test_function_that_adds_while_draining, setup, teardown),
        cmocka_unit_test_setup_teardown(test_threads, setup, teardown),
        cmocka_unit_test_setup_teardown(test_drain_among_threads, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
