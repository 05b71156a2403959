/* All unit tests in one program. Each tests/unit/test_NAME.c has a main of its own, which the Makefile renames; this
 * one runs those whose names are given, one after the other, and prints the names when none is. A process of its own
 * keeps each from the others: tests/unit.sh.
 *
 * The files that start threads are the ones that run under TSan, too, so threaded.def must name just these. A program
 * without a sanitizer, which would want pthread_create for itself, counts the threads and fails when it does not. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define PROGRAM(name) int main_of_##name(void);
#include "unit/programs.def"
#undef PROGRAM

static const struct {
    const char *name;
    int (*run)(void);
} programs[] = {
#define PROGRAM(name) { #name, main_of_##name },
#include "unit/programs.def"
#undef PROGRAM
};

#define THREADED(name) #name,
static const char *const threaded[] = {
#include "threaded.def"
};
#undef THREADED

enum { PROGRAMS = sizeof programs / sizeof programs[0], THREADED_PROGRAMS = sizeof threaded / sizeof threaded[0] };

#if defined __SANITIZE_THREAD__ || defined __SANITIZE_ADDRESS__
static bool is_told_well(const char *name)
{
    (void)name;
    return true;
}
#else
static atomic_int threads;

__attribute__((visibility("default"))) int pthread_create(pthread_t *restrict ret, const pthread_attr_t *restrict attr,
                                                          void *(*start)(void *), void *restrict arg)
{
    int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    *(void **)&real = dlsym(RTLD_NEXT, "pthread_create");
    atomic_fetch_add(&threads, 1);
    return real(ret, attr, start, arg);
}

static bool is_threaded(const char *name)
{
    for (size_t i = 0; i < THREADED_PROGRAMS; i++)
        if (strcmp(threaded[i], name) == 0)
            return true;
    return false;
}

static bool is_told_well(const char *name)
{
    const int count = atomic_exchange(&threads, 0);
    if (is_threaded(name) == (count > 0))
        return true;
    fprintf(stderr, "%s starts %s: tests/unit/threaded.def says otherwise\n", name, count ? "threads" : "no thread");
    return false;
}
#endif

static int run(const char *name)
{
    for (size_t i = 0; i < PROGRAMS; i++)
        if (strcmp(programs[i].name, name) == 0)
            return programs[i].run() | !is_told_well(name);
    fprintf(stderr, "no unit tests of that name: %s\n", name);
    return 2;
}

int main(int argc, char **argv)
{
    int status = 0;
    for (int i = 1; i < argc; i++)
        status |= run(argv[i]);
    for (size_t i = 0; argc == 1 && i < PROGRAMS; i++)
        puts(programs[i].name);
    return status;
}
