/* The fair lock: readers are in together, a writer is alone, and readers that never leave all at once keep none out. */
#include "base/fair_lock.h"

#include "base/clock.h"

#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { READERS = 8, WRITES = 20 };

static struct fair_lock lock;
static atomic_bool over;
static atomic_int inside, most_inside, mistakes;
static int written;

/* Each stays for so long that another one comes before the last has left. */
static void *read_on(void *cls)
{
    (void)cls;
    while (!atomic_load(&over)) {
        fair_lock_read(&lock);
        const int now = atomic_fetch_add(&inside, 1) + 1, before = written;
        if (now > atomic_load(&most_inside))
            atomic_store(&most_inside, now);
        usleep(2000);
        if (written != before)
            atomic_fetch_add(&mistakes, 1);
        atomic_fetch_sub(&inside, 1);
        fair_lock_release(&lock);
    }
    return NULL;
}

static void write_once(void)
{
    fair_lock_write(&lock);
    if (atomic_load(&inside))
        atomic_fetch_add(&mistakes, 1);
    written++;
    fair_lock_release(&lock);
}

static void test_a_crowd_of_readers(void **state)
{
    (void)state;
    pthread_t readers[READERS];
    fair_lock_init(&lock);
    for (int i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&readers[i], NULL, read_on, NULL), 0);
    while (atomic_load(&most_inside) < 2)
        usleep(1000);
    const int64_t begin_us = clock_steady_us();
    for (int i = 0; i < WRITES; i++)
        write_once();
    const int64_t took_us = clock_steady_us() - begin_us;
    atomic_store(&over, true);
    for (int i = 0; i < READERS; i++)
        pthread_join(readers[i], NULL);
    fair_lock_destroy(&lock);
    assert_int_equal(atomic_load(&mistakes), 0);
    assert_int_equal(written, WRITES);
    assert_true(took_us < INT64_C(5000000)); /* 20 times what a reader stays, and a slow machine */
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_a_crowd_of_readers) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
