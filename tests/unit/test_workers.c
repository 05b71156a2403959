/* Workers: when threads come and go, how much waits for them, and that all of it is done. */
#include "base/workers.h"

#include "rig.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static atomic_uint done;
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

/* Ends when the gate is open. */
static void pass_gate(void *cls)
{
    (void)cls;
    pthread_mutex_lock(&gate);
    pthread_mutex_unlock(&gate);
    atomic_fetch_add(&done, 1);
}

static int reset(void **state)
{
    (void)state;
    atomic_store(&done, 0);
    return 0;
}

static void wait_for_threads(struct workers *w, unsigned n)
{
    for (int i = 0; i < 20000 && workers_threads(w) != n; i++)
        usleep(500);
    assert_int_equal(workers_threads(w), n);
}

static void wait_for_done(unsigned n)
{
    for (int i = 0; i < 20000 && atomic_load(&done) < n; i++)
        usleep(500);
    assert_int_equal(atomic_load(&done), n);
}

static void test_lazy(void **state)
{
    (void)state;
    struct workers *w = workers_new(3, 5, 60000);
    assert_int_equal(workers_threads(w), 0);
    for (unsigned i = 1; i <= 20; i++) { /* one at a time needs no second thread */
        assert_true(workers_submit(w, pass_gate, NULL));
        wait_for_done(i);
        usleep(2000);
    }
    assert_int_equal(workers_threads(w), 1);
    workers_free(w);
}

static void test_limits(void **state)
{
    (void)state;
    struct workers *w = workers_new(3, 5, 60000);
    pthread_mutex_lock(&gate);
    for (unsigned i = 0; i < 3 + 5; i++)
        assert_true(workers_submit(w, pass_gate, NULL));
    assert_false(workers_submit(w, pass_gate, NULL));
    assert_int_equal(workers_threads(w), 3);
    pthread_mutex_unlock(&gate);
    wait_for_done(8);
    assert_true(workers_submit(w, pass_gate, NULL));
    workers_free(w);
    assert_int_equal(atomic_load(&done), 9);
}

static void test_idle(void **state)
{
    (void)state;
    struct workers *w = workers_new(4, 4, 20);
    for (int round = 0; round < 3; round++) {
        pthread_mutex_lock(&gate);
        for (unsigned i = 0; i < 4; i++)
            assert_true(workers_submit(w, pass_gate, NULL));
        assert_int_equal(workers_threads(w), 4);
        pthread_mutex_unlock(&gate);
        wait_for_threads(w, 0);
    }
    assert_int_equal(atomic_load(&done), 12);
    workers_free(w);
}

static void test_drain(void **state)
{
    (void)state;
    struct workers *w = workers_new(2, 100, 60000);
    for (unsigned i = 0; i < 50; i++)
        assert_true(workers_submit(w, pass_gate, NULL));
    workers_drain(w);
    assert_int_equal(atomic_load(&done), 50);
    assert_false(workers_submit(w, pass_gate, NULL));
    workers_drain(w);
    workers_free(w);
    assert_int_equal(atomic_load(&done), 50);
    workers_free(NULL);
    workers_free(workers_new(1, 1, 1));
}

/* Threads that end just when work comes must not lose it. */
static void test_race(void **state)
{
    (void)state;
    struct workers *w = workers_new(2, 300, 1); /* none is refused, however busy the machine is */
    for (unsigned i = 0; i < 300; i++) {
        assert_true(workers_submit(w, pass_gate, NULL));
        usleep(900 + i % 200);
    }
    workers_free(w);
    assert_int_equal(atomic_load(&done), 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_lazy, reset),  cmocka_unit_test_setup(test_limits, reset),
        cmocka_unit_test_setup(test_idle, reset),  cmocka_unit_test_setup(test_drain, reset),
        cmocka_unit_test_setup(test_race, reset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
