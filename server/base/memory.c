#include "base/memory.h"

#include <features.h>
#ifdef __GLIBC__
#include <malloc.h>
#elif defined DUVO_MIMALLOC
#include <mimalloc.h>
#endif
#include <setjmp.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* What memory_kept falls back on: given up at the first failure, and taken anew once there is that much again. */
enum { RESERVE = 256 * 1024 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *reserve;
static atomic_bool has_reserve;

struct attempt {
    jmp_buf end;
    struct attempt *outer;
    struct memory_hold *holds; /* the last comes first */
};

static _Thread_local struct attempt *attempt; /* the innermost */

void die(const char *why)
{
    char line[256];
    int n = snprintf(line, sizeof line - 1, "duvo-mock: %s", why);
    size_t length = n < 0 ? 0 : (size_t)n < sizeof line - 1 ? (size_t)n : sizeof line - 2;
    line[length] = '\n';
    if (write(STDERR_FILENO, line, length + 1) < 0)
        abort();
    _exit(EXIT_FAILURE);
}

static void take_reserve(void)
{
    pthread_mutex_lock(&lock);
    if (!reserve)
        reserve = malloc(RESERVE);
    atomic_store(&has_reserve, reserve != NULL);
    pthread_mutex_unlock(&lock);
}

static void give_up_reserve(void)
{
    pthread_mutex_lock(&lock);
    free(reserve);
    reserve = NULL;
    atomic_store(&has_reserve, false);
    pthread_mutex_unlock(&lock);
}

bool memory_try(void (*work)(void *cls), void *cls)
{
    struct attempt this = { .outer = attempt };
    if (!atomic_load(&has_reserve))
        take_reserve();
    if (setjmp(this.end) != 0)
        return false;
    attempt = &this;
    work(cls);
    attempt = this.outer;
    return true;
}

void memory_out(void)
{
    struct attempt *ended = attempt;
    if (!ended)
        die("out of memory");
    for (const struct memory_hold *hold = ended->holds; hold; hold = hold->outer)
        hold->give_back(hold->what);
    attempt = ended->outer;
    longjmp(ended->end, 1);
}

void memory_hold(struct memory_hold *hold, void (*give_back)(void *what), void *what)
{
    *hold = (struct memory_hold){ give_back, what, attempt ? attempt->holds : NULL };
    if (attempt)
        attempt->holds = hold;
}

void memory_let_go(const struct memory_hold *hold)
{
    if (attempt)
        attempt->holds = hold->outer;
}

void memory_locked(pthread_mutex_t *mutex, void (*work)(void *cls), void *cls)
{
    pthread_mutex_lock(mutex);
    const bool done = memory_try(work, cls);
    pthread_mutex_unlock(mutex);
    if (!done)
        memory_out();
}

static _Thread_local unsigned fail_from, spare_fail_from; /* 0: never, 1: from now on */

void memory_fail_from(unsigned n)
{
    fail_from = n;
}

void memory_spare_fail_from(unsigned n)
{
    spare_fail_from = n;
}

/* Whether what is wanted now is not to be had, because a test said so. */
static bool fails(unsigned *from)
{
    const bool now = *from == 1;
    *from -= *from > 1;
    return now;
}

void *memory_get(size_t size)
{
    void *p = fails(&fail_from) ? NULL : malloc(size);
    if (!p)
        memory_out();
    return p;
}

void *memory_kept_again(void *p, size_t size)
{
    void *grown = realloc(p, size);
    if (!grown) {
        give_up_reserve();
        grown = realloc(p, size);
    }
    if (!grown)
        die("out of memory");
    return grown;
}

void *memory_kept(size_t size)
{
    void *p = memory_kept_again(NULL, size);
    memset(p, 0, size);
    return p;
}

#ifdef DUVO_MIMALLOC
enum { DELAY_MS = 25 }; /* mimalloc's own */

/* A start frees much that is not needed again: it goes back at once, until the first memory_give_back. */
__attribute__((constructor)) static void start_lean(void)
{
    mi_option_set(mi_option_decommit_delay, 0);
}
#endif

void memory_give_back(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#elif defined DUVO_MIMALLOC
    mi_collect(true);
    mi_option_set(mi_option_decommit_delay, DELAY_MS);
#endif
}

void memory_was_read(const void *p, size_t n)
{
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), begin = (uintptr_t)p;
    const uintptr_t from = (begin + page - 1) / page * page, to = (begin + n) / page * page;
    if (from < to)
        madvise((char *)from, to - from, MADV_DONTNEED);
}

void *memory_spare(size_t size)
{
    return fails(&spare_fail_from) ? NULL : calloc(1, size);
}

void *memory_spare_again(void *p, size_t size)
{
    return fails(&spare_fail_from) ? NULL : realloc(p, size);
}

void *memory_spare_more(void *array, size_t *room, size_t first, size_t most, size_t size)
{
    const size_t more = *room ? 2 * *room : first;
    void *grown = more <= most ? memory_spare_again(array, more * size) : NULL;
    if (grown)
        *room = more;
    return grown;
}
