/* Randomness: the form of the ids, and that no two are alike, in one thread and in several. */
#include "base/random.h"

#include "base/secret.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { THREADS = 4, IDS = 20000 };

static struct uuid ids[THREADS][IDS];

static int start(void **state)
{
    (void)state;
    return secret_start() ? 0 : -1;
}

static void test_bytes(void **state)
{
    (void)state;
    uint8_t a[32] = { 0 }, b[32] = { 0 }, zero[32] = { 0 };
    random_bytes(a, sizeof a);
    random_bytes(b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
    assert_memory_not_equal(a, zero, sizeof a);
    uint8_t last = b[31];
    random_bytes(b, 0);
    random_bytes(b, 31);
    assert_int_equal(b[31], last);
}

static void test_every_byte_is_filled(void **state)
{
    (void)state;
    uint8_t bytes[3000], seen[3000] = { 0 };
    for (int round = 0; round < 20; round++) {
        random_bytes(bytes, sizeof bytes);
        for (size_t i = 0; i < sizeof bytes; i++)
            seen[i] |= bytes[i];
    }
    assert_null(memchr(seen, 0, sizeof seen));
}

static void test_form(void **state)
{
    (void)state;
    for (int i = 0; i < 1000; i++) {
        struct uuid id = random_uuid();
        assert_int_equal(id.b[6] >> 4, 4);
        assert_int_equal(id.b[8] >> 6, 2);
    }
}

/* All bits but version and variant are seen as 0 and as 1. */
static void test_bits_vary(void **state)
{
    (void)state;
    struct uuid ones = { { 0 } }, zeros = { { 0 } };
    for (int i = 0; i < 200; i++) {
        struct uuid id = random_uuid();
        for (size_t k = 0; k < sizeof id.b; k++) {
            ones.b[k] |= id.b[k];
            zeros.b[k] |= (uint8_t)~id.b[k];
        }
    }
    for (size_t k = 0; k < sizeof ones.b; k++) {
        assert_int_equal(ones.b[k], k == 6 ? 0x4F : k == 8 ? 0xBF : 0xFF);
        assert_int_equal(zeros.b[k], k == 6 ? 0xBF : k == 8 ? 0x7F : 0xFF);
    }
}

static void *thread_makes(void *ret)
{
    struct uuid *made = ret;
    for (size_t i = 0; i < IDS; i++)
        made[i] = random_uuid();
    return NULL;
}

static int compare(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct uuid));
}

static void test_distinct_over_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, thread_makes, ids[i]), 0);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    struct uuid *all = ids[0];
    qsort(all, (size_t)THREADS * IDS, sizeof *all, compare);
    for (size_t i = 1; i < (size_t)THREADS * IDS; i++)
        assert_false(uuid_eq(&all[i - 1], &all[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_every_byte_is_filled),
        cmocka_unit_test(test_form),
        cmocka_unit_test(test_bits_vary),
        cmocka_unit_test(test_distinct_over_threads),
    };
    return cmocka_run_group_tests_name("random", tests, start, NULL);
}
