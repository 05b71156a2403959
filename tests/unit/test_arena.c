/* Arena: alignment, zeroing, growth over blocks and in place, the per-thread list, ending the program. */
#include "base/arena.h"
#include "base/memory.h"

#include <pthread.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
/* Declared here because gcc ships the function without its header. */
int __sanitizer_get_ownership(const volatile void *p);
#endif

enum { FIRST_BLOCK = 8 * 1024, KEPT_MAX = 16, ARENAS = KEPT_MAX + 4 };

static bool is_aligned(const void *p)
{
    return (uintptr_t)p % alignof(max_align_t) == 0;
}

static bool is_filled(const unsigned char *p, unsigned char byte, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i] != byte)
            return false;
    }
    return true;
}

static void test_alignment_after_every_size(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (size_t size = 0; size < 200; size++) {
        assert_true(is_aligned(arena_raw(arena, size)));
        assert_true(is_aligned(arena_alloc(arena, 1)));
    }
    arena_free(arena);
}

static void test_nothing_is_valid_and_distinct(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const void *a = arena_alloc(arena, 0), *b = arena_alloc(arena, 0), *c = ARENA_ARRAY(arena, 0, int);
    assert_non_null(a);
    assert_ptr_not_equal(a, b);
    assert_ptr_not_equal(b, c);
    arena_free(arena);
}

/* The second arena is made of the first one's dirty block. */
static void test_zeroed_when_reused(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    unsigned char *dirty = arena_raw(arena, 4000);
    memset(dirty, 0xAA, 4000);
    arena_free(arena);
    arena = arena_new();
    unsigned char *clean = arena_alloc(arena, 4000);
    assert_ptr_equal(clean, dirty);
    assert_true(is_filled(clean, 0, 4000));
    arena_free(arena);
}

/* Every allocation keeps its own bytes, however many blocks there are and however large it is. */
static void test_growth_over_blocks(void **state)
{
    (void)state;
    enum { COUNT = 3000 };
    static unsigned char *at[COUNT];
    static size_t sizes[COUNT];
    struct arena *arena = arena_new();
    for (size_t i = 0; i < COUNT; i++) {
        sizes[i] = i % 97 == 0 ? 20000 + i : i % 613;
        at[i] = arena_alloc(arena, sizes[i]);
        assert_true(is_filled(at[i], 0, sizes[i]));
        memset(at[i], (int)(i % 251), sizes[i]);
    }
    for (size_t i = 0; i < COUNT; i++)
        assert_true(is_filled(at[i], (unsigned char)(i % 251), sizes[i]));
    arena_free(arena);
}

/* Around the first block's size, where an allocation stops fitting into it. */
static void test_sizes_around_a_block(void **state)
{
    (void)state;
    for (size_t size = FIRST_BLOCK - 200; size < FIRST_BLOCK + 200; size++) {
        struct arena *arena = arena_new();
        unsigned char *p = arena_alloc(arena, size);
        memset(p, 1, size);
        unsigned char *q = arena_alloc(arena, size);
        assert_true(is_filled(q, 0, size));
        assert_true(is_filled(p, 1, size));
        arena_free(arena);
    }
}

static void test_large_leaves_block_in_use(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    char *before = arena_raw(arena, 16);
    unsigned char *large = arena_raw(arena, 1024 * 1024);
    memset(large, 7, 1024 * 1024);
    char *after = arena_raw(arena, 16);
    assert_true(after > before && after < before + FIRST_BLOCK);
    arena_free(arena);
}

static void test_grow_in_place(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    char *p = arena_raw(arena, 10);
    memcpy(p, "0123456789", 10);
    char *q = arena_grow(arena, p, 10, 1000);
    assert_ptr_equal(q, p);
    memset(q + 10, 'x', 990);
    assert_ptr_equal(arena_grow(arena, q, 1000, 1000), q);
    assert_ptr_equal(arena_grow(arena, q, 1000, 5), q);
    const char *next = arena_raw(arena, 1);
    assert_true(next >= q + 1000);
    assert_memory_equal(q, "0123456789xx", 12);
    arena_free(arena);
}

static void test_grow_copies_older(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    char *p = arena_raw(arena, 10);
    memcpy(p, "0123456789", 10);
    char *newer = arena_alloc(arena, 10);
    char *q = arena_grow(arena, p, 10, 100);
    assert_ptr_not_equal(q, p);
    memset(q + 10, 'x', 90);
    assert_memory_equal(q, "0123456789", 10);
    assert_true(is_filled((unsigned char *)newer, 0, 10));
    arena_free(arena);
}

/* By one byte at a time through the first block's end, and on through dedicated blocks. */
static void test_grow_over_blocks(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    unsigned char *p = arena_raw(arena, 0);
    size_t n = 0;
    bool moved = false;
    while (n < (size_t)FIRST_BLOCK * 3) {
        unsigned char *q = arena_grow(arena, p, n, n + 1);
        moved = moved || q != p;
        p = q;
        p[n] = (unsigned char)(n % 255);
        n++;
        if (n == 4000)
            assert_false(moved);
    }
    assert_true(moved);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(p[i], i % 255);
    arena_free(arena);
}

static void test_array(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    uint64_t *numbers = ARENA_ARRAY(arena, 100, uint64_t);
    assert_true(is_filled((unsigned char *)numbers, 0, 100 * sizeof *numbers));
    numbers[99] = 1;
    struct pair {
        int a;
        char b;
    } *one = ARENA_NEW(arena, struct pair);
    assert_int_equal(one->a + one->b, 0);
    assert_true((char *)one >= (char *)(numbers + 100));
    arena_free(arena);
}

static void make_arenas(struct arena **ret)
{
    for (size_t i = 0; i < ARENAS; i++) {
        ret[i] = arena_new();
        arena_raw(ret[i], 100000);
    }
}

static void free_arenas(struct arena **arenas)
{
    for (size_t i = 0; i < ARENAS; i++)
        arena_free(arenas[i]);
}

static void test_blocks_are_reused(void **state)
{
    (void)state;
    struct arena *before[ARENAS], *after[ARENAS];
    arena_trim();
    make_arenas(before);
    free_arenas(before);
    make_arenas(after);
    for (size_t i = 0; i < KEPT_MAX; i++)
        assert_ptr_equal(after[i], before[KEPT_MAX - 1 - i]);
    free_arenas(after);
}

#ifdef __SANITIZE_ADDRESS__
/* How many of the arenas' blocks the allocator has not got back; an arena lies behind its block's head. */
static int count_kept(struct arena **arenas)
{
    int kept = 0;
    for (size_t i = 0; i < ARENAS; i++)
        kept += __sanitizer_get_ownership((char *)arenas[i] - alignof(max_align_t));
    return kept;
}

static void test_kept_blocks_are_bounded(void **state)
{
    (void)state;
    struct arena *arenas[ARENAS];
    arena_trim();
    make_arenas(arenas);
    assert_int_equal(count_kept(arenas), ARENAS);
    free_arenas(arenas);
    assert_int_equal(count_kept(arenas), KEPT_MAX);
    arena_trim();
    assert_int_equal(count_kept(arenas), 0);
}

static void *thread_frees(void *arenas)
{
    make_arenas(arenas);
    free_arenas(arenas);
    return NULL;
}

static void test_thread_end_trims(void **state)
{
    (void)state;
    struct arena *arenas[ARENAS];
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, thread_frees, arenas), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(count_kept(arenas), 0);
}

static pthread_key_t late_key;

static void free_late(void *arenas)
{
    free_arenas(arenas);
}

static void *thread_frees_late(void *arenas)
{
    arena_free(arena_new());
    make_arenas(arenas);
    assert_int_equal(pthread_setspecific(late_key, arenas), 0);
    return NULL;
}

/* Other ends of the thread, such as a library's, may free arenas after the list was trimmed. */
static void test_thread_end_trims_again(void **state)
{
    (void)state;
    struct arena *arenas[ARENAS];
    pthread_t thread;
    assert_int_equal(pthread_key_create(&late_key, free_late), 0);
    assert_int_equal(pthread_create(&thread, NULL, thread_frees_late, arenas), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(count_kept(arenas), 0);
    assert_int_equal(pthread_key_delete(late_key), 0);
}

static void test_poison(void **state)
{
    (void)state;
    static const size_t sizes[] = { 1, 15, 16, 17, 100, 4000, 9000, 100000 };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *p = arena_raw(arena, sizes[i]);
        assert_null(__asan_region_is_poisoned(p, sizes[i]));
        assert_true(__asan_address_is_poisoned(p + sizes[i]));
    }
    char *p = arena_raw(arena, 10), *q = arena_grow(arena, p, 10, 21);
    assert_ptr_equal(q, p);
    assert_null(__asan_region_is_poisoned(q, 21));
    assert_true(__asan_address_is_poisoned(q + 21));
    arena_free(arena);
    arena = arena_new();
    p = arena_raw(arena, 10);
    arena_free(arena);
    assert_true(__asan_address_is_poisoned(p));
}
#endif

static void test_trim_and_null(void **state)
{
    (void)state;
    arena_free(NULL);
    arena_trim();
    arena_trim();
    struct arena *arena = arena_new();
    char *p = arena_alloc(arena, 5);
    arena_trim();
    memcpy(p, "still", 5);
    assert_memory_equal(p, "still", 5);
    arena_free(arena);
}

/* Many arenas at once in several threads; TSan looks on. NULL when every byte was as it should be. */
static void *thread_works(void *seed)
{
    size_t wrong = 0;
    for (size_t round = 0; round < 2000; round++) {
        struct arena *arena = arena_new();
        for (size_t i = 0; i < 20; i++) {
            size_t size = (round * 31 + i * 977) % 3000;
            unsigned char *p = arena_alloc(arena, size);
            wrong += !is_filled(p, 0, size);
            memset(p, (int)*(unsigned char *)seed, size);
        }
        arena_free(arena);
    }
    return wrong ? seed : NULL;
}

static void test_threads(void **state)
{
    (void)state;
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    static unsigned char seeds[THREADS] = { 1, 2, 3, 4 };
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, thread_works, &seeds[i]), 0);
    for (size_t i = 0; i < THREADS; i++) {
        void *wrong = threads;
        assert_int_equal(pthread_join(threads[i], &wrong), 0);
        assert_null(wrong);
    }
}

static void die_long(void)
{
    char why[1000];
    memset(why, 'x', sizeof why - 1);
    why[sizeof why - 1] = '\0';
    die(why);
}

static void die_plain(void)
{
    die("no reason");
}

static void die_of_size(void)
{
    volatile size_t size = SIZE_MAX - 3;
    arena_raw(arena_new(), size);
}

static void die_of_product(void)
{
    volatile size_t count = SIZE_MAX / 8 + 2;
    arena_array(arena_new(), count, 8);
}

/* Runs `run` in a child whose stderr comes back in `ret`, and says how the child ended. */
static int end_of(void (*run)(void), char *ret, size_t room)
{
    int ends[2], status = -1;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        run();
        _exit(0);
    }
    close(ends[1]);
    ssize_t n = read(ends[0], ret, room - 1);
    assert_true(n >= 0);
    ret[n] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void test_die(void **state)
{
    (void)state;
    static const struct {
        void (*run)(void);
        const char *line; /* or NULL: one that was cut */
    } rows[] = {
        { die_plain, "duvo-mock: no reason\n" },
        { die_of_size, "duvo-mock: out of memory\n" },
        { die_of_product, "duvo-mock: out of memory\n" },
        { die_long, NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char line[2000];
        int status = end_of(rows[i].run, line, sizeof line);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), EXIT_FAILURE);
        if (rows[i].line)
            assert_string_equal(line, rows[i].line);
        assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alignment_after_every_size),
        cmocka_unit_test(test_nothing_is_valid_and_distinct),
        cmocka_unit_test(test_zeroed_when_reused),
        cmocka_unit_test(test_growth_over_blocks),
        cmocka_unit_test(test_sizes_around_a_block),
        cmocka_unit_test(test_large_leaves_block_in_use),
        cmocka_unit_test(test_grow_in_place),
        cmocka_unit_test(test_grow_copies_older),
        cmocka_unit_test(test_grow_over_blocks),
        cmocka_unit_test(test_array),
        cmocka_unit_test(test_blocks_are_reused),
#ifdef __SANITIZE_ADDRESS__
        cmocka_unit_test(test_kept_blocks_are_bounded),
        cmocka_unit_test(test_thread_end_trims),
        cmocka_unit_test(test_thread_end_trims_again),
        cmocka_unit_test(test_poison),
#endif
        cmocka_unit_test(test_trim_and_null),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_die),
    };
    int failed = cmocka_run_group_tests_name("arena", tests, NULL, NULL);
    arena_trim();
    return failed;
}
