/* Rate limit: windows and their edges, keys and spaces apart, threads that count at once. */
#include "request/ratelimit.h"

#include "rig.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { SPACE = 7 };

static const int64_t start = INT64_C(1777627800000);

/* Every test has keys of its own: the counts live as long as the process. */
static struct secret_hash key_of(uint32_t n)
{
    struct secret_hash key = { { 0 } };
    memcpy(key.b, &n, sizeof n);
    key.b[31] = 0xee;
    return key;
}

static void expect(struct rate got, int64_t limit, int64_t remaining, int64_t reset, bool refused)
{
    assert_int_equal(got.limit, limit);
    assert_int_equal(got.remaining, remaining);
    assert_int_equal(got.reset_ms, reset);
    assert_int_equal(got.refused, refused);
}

static void test_off(void **state)
{
    (void)state;
    const struct secret_hash key = key_of(1);
    for (int i = 0; i < 1000; i++)
        expect(rate_count(0, SPACE, &key, start + i), 300, 300, start + i + 60000, false);
    expect(rate_count(0, 0, NULL, start), 300, 300, start + 60000, false);
}

static void test_counts_down(void **state)
{
    (void)state;
    const struct secret_hash key = key_of(2);
    for (int64_t i = 0; i < 5; i++)
        expect(rate_count(5, SPACE, &key, start + i), 5, 4 - i, start + 60000, false);
    for (int64_t i = 5; i < 10; i++)
        expect(rate_count(5, SPACE, &key, start + i), 5, 0, start + 60000, true);
}

static void test_limit_of_one(void **state)
{
    (void)state;
    const struct secret_hash key = key_of(3);
    expect(rate_count(1, SPACE, &key, start), 1, 0, start + 60000, false);
    expect(rate_count(1, SPACE, &key, start), 1, 0, start + 60000, true);
}

static void test_edges_of_the_window(void **state)
{
    (void)state;
    const struct secret_hash key = key_of(4);
    rate_count(2, SPACE, &key, start);
    rate_count(2, SPACE, &key, start);
    expect(rate_count(2, SPACE, &key, start + 59999), 2, 0, start + 60000, true);
    expect(rate_count(2, SPACE, &key, start + 60000), 2, 1, start + 120000, false);
    expect(rate_count(2, SPACE, &key, start + 119999), 2, 0, start + 120000, false);
    expect(rate_count(2, SPACE, &key, start + 119999), 2, 0, start + 120000, true);
    expect(rate_count(2, SPACE, &key, start + 1000000), 2, 1, start + 1060000, false);
}

/* A window that begins in the future is none. */
static void test_clock_that_goes_back(void **state)
{
    (void)state;
    const struct secret_hash key = key_of(5);
    expect(rate_count(1, SPACE, &key, start), 1, 0, start + 60000, false);
    expect(rate_count(1, SPACE, &key, start - 1), 1, 0, start + 59999, false);
    expect(rate_count(1, SPACE, &key, start - 1), 1, 0, start + 59999, true);
    expect(rate_count(1, SPACE, &key, start), 1, 0, start + 59999, true);
    expect(rate_count(1, SPACE, &key, 0), 1, 0, 60000, false);
}

static void test_keys_are_apart(void **state)
{
    (void)state;
    const struct secret_hash a = key_of(6), b = key_of(7);
    struct secret_hash c = a;
    c.b[30] = 1; /* another key in the same place of the table */
    expect(rate_count(1, SPACE, &a, start), 1, 0, start + 60000, false);
    expect(rate_count(1, SPACE, &b, start + 1), 1, 0, start + 60001, false);
    expect(rate_count(1, SPACE, &a, start + 2), 1, 0, start + 60000, true);
    expect(rate_count(1, SPACE, &c, start + 3), 1, 0, start + 60003, false);
    expect(rate_count(1, SPACE, &c, start + 4), 1, 0, start + 60003, true);
}

/* However their hashes begin, as those of tests in spaces side by side do now and then. */
static void test_keys_do_not_push_each_other_out(void **state)
{
    (void)state;
    enum { KEYS = 16, LIMIT_EACH = 3 };
    struct secret_hash key = key_of(11);
    for (int64_t i = 0; i < LIMIT_EACH + 2; i++)
        for (key.b[29] = 0; key.b[29] < KEYS; key.b[29]++)
            expect(rate_count(LIMIT_EACH, SPACE, &key, start), LIMIT_EACH, i < LIMIT_EACH ? LIMIT_EACH - 1 - i : 0,
                   start + 60000, i >= LIMIT_EACH);
}

/* For one more, the one that has sent nothing for longest makes room. */
static void test_more_keys_than_there_is_room_for(void **state)
{
    (void)state;
    struct secret_hash quiet = key_of(12), busy = quiet, key = quiet;
    busy.b[28] = 1;
    rate_count(1, SPACE, &quiet, start);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(rate_count(1, SPACE, &busy, start).refused, i > 0);
        key.b[29]++;
        assert_false(rate_count(1, SPACE, &key, start).refused);
    }
    assert_false(rate_count(1, SPACE, &quiet, start).refused);
}

static void test_spaces_are_apart(void **state)
{
    (void)state;
    const struct secret_hash key = key_of(8);
    expect(rate_count(1, 1, &key, start), 1, 0, start + 60000, false);
    expect(rate_count(1, 2, &key, start + 1), 1, 0, start + 60001, false);
    expect(rate_count(1, 1, &key, start + 2), 1, 0, start + 60000, true);
    expect(rate_count(1, 2, &key, start + 2), 1, 0, start + 60001, true);
}

/* A smaller limit, as after a restart with another setting, does not count below nothing. */
static void test_limit_that_shrinks(void **state)
{
    (void)state;
    const struct secret_hash key = key_of(9);
    for (int i = 0; i < 5; i++)
        rate_count(10, SPACE, &key, start);
    const struct rate rate = rate_count(3, SPACE, &key, start);
    assert_true(rate.refused);
    assert_true(rate.remaining <= 0);
}

enum { THREADS = 4, EACH = 2000, LIMIT = 5000 };

static atomic_int accepted;

static void *count_many(void *unused)
{
    (void)unused;
    const struct secret_hash key = key_of(10);
    for (int i = 0; i < EACH; i++)
        if (!rate_count(LIMIT, SPACE, &key, start).refused)
            atomic_fetch_add(&accepted, 1);
    return NULL;
}

static void test_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, count_many, NULL), 0);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_int_equal(atomic_load(&accepted), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_off),
        cmocka_unit_test(test_counts_down),
        cmocka_unit_test(test_limit_of_one),
        cmocka_unit_test(test_edges_of_the_window),
        cmocka_unit_test(test_clock_that_goes_back),
        cmocka_unit_test(test_keys_are_apart),
        cmocka_unit_test(test_keys_do_not_push_each_other_out),
        cmocka_unit_test(test_more_keys_than_there_is_room_for),
        cmocka_unit_test(test_spaces_are_apart),
        cmocka_unit_test(test_limit_that_shrinks),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests_name("ratelimit", tests, NULL, NULL);
}
