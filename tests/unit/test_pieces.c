/* The memory that SQLite works in: each piece is whole and nobody else's, whichever thread takes it and gives it back,
 * and a thread keeps little. */
#include "store/internal.h"

#include "rig.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { PIECES = 200, ROUNDS = 20000, THREADS = 4 };

static int setup(void **state)
{
    (void)state;
    pieces_use();
    assert_int_equal(sqlite3_initialize(), SQLITE_OK);
    return 0;
}

struct held {
    unsigned char *p;
    int size;
    unsigned char mark;
};

static bool is_whole(const struct held *held, int size)
{
    for (int i = 0; i < size; i++)
        if (held->p[i] != held->mark)
            return false;
    return true;
}

/* Of sizes that are kept, and of larger ones. */
static int some_size(unsigned *seed)
{
    return 1 + rand_r(seed) % (rand_r(seed) % 8 ? 1100 : 9000);
}

static void mark(struct held *held, int size, unsigned *seed)
{
    held->size = size;
    held->mark = (unsigned char)rand_r(seed);
    memset(held->p, held->mark, (size_t)size);
}

static bool take(struct held *held, unsigned *seed)
{
    const int size = some_size(seed);
    held->p = sqlite3_malloc(size);
    if (!held->p || (uintptr_t)held->p % 8 || sqlite3_msize(held->p) < (sqlite3_uint64)size)
        return false;
    mark(held, size, seed);
    return true;
}

static bool take_again(struct held *held, unsigned *seed)
{
    const int size = some_size(seed);
    held->p = sqlite3_realloc(held->p, size);
    if (!held->p || sqlite3_msize(held->p) < (sqlite3_uint64)size ||
        !is_whole(held, size < held->size ? size : held->size))
        return false;
    mark(held, size, seed);
    return true;
}

/* NULL, or where it went wrong. */
static const char *use(unsigned seed)
{
    struct held held[PIECES] = { 0 };
    for (int i = 0; i < ROUNDS; i++) {
        struct held *one = &held[(unsigned)rand_r(&seed) % PIECES];
        if (one->p && !is_whole(one, one->size))
            return "a piece is not whole";
        if (!one->p && !take(one, &seed))
            return "a piece is not as it was asked for";
        if (rand_r(&seed) % 3 == 0 && !take_again(one, &seed))
            return "a piece was not kept when it got another size";
        if (rand_r(&seed) % 2) {
            sqlite3_free(one->p);
            one->p = NULL;
        }
    }
    for (int i = 0; i < PIECES; i++)
        sqlite3_free(held[i].p);
    return NULL;
}

static void test_one_thread(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed < 4; seed++)
        assert_ptr_equal(use(seed), NULL);
}

static void *use_in_thread(void *seed)
{
    return (void *)(uintptr_t)(use(*(unsigned *)seed) != NULL);
}

static void test_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    unsigned seeds[THREADS];
    for (unsigned i = 0; i < THREADS; i++) {
        seeds[i] = 10 + i;
        assert_int_equal(pthread_create(&threads[i], NULL, use_in_thread, &seeds[i]), 0);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        void *failed;
        assert_int_equal(pthread_join(threads[i], &failed), 0);
        assert_null(failed);
    }
}

static void *take_one(void *size)
{
    return sqlite3_malloc(*(int *)size);
}

/* What another thread has taken, which is gone. */
static void test_given_back_elsewhere(void **state)
{
    (void)state;
    int sizes[] = { 1, 16, 17, 1024, 1136, 1137, 5000 };
    for (size_t i = 0; i < COUNT(sizes); i++) {
        pthread_t thread;
        void *p;
        assert_int_equal(pthread_create(&thread, NULL, take_one, &sizes[i]), 0);
        assert_int_equal(pthread_join(thread, &p), 0);
        assert_non_null(p);
        memset(p, 1, (size_t)sizes[i]);
        sqlite3_free(p);
    }
    assert_ptr_equal(use(77), NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_one_thread, setup),
        cmocka_unit_test_setup(test_threads, setup),
        cmocka_unit_test_setup(test_given_back_elsewhere, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
