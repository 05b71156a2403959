#include "fuzz.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#define TARGET(name, run) void run(struct text input);
#include "targets.def"
#undef TARGET

const struct fuzz_target fuzz_targets[] = {
#define TARGET(name, run) { #name, run },
#include "targets.def"
#undef TARGET
    { NULL, NULL },
};

struct arena *fuzz_arena;

/* ---- what an input takes ------------------------------------------------------------------------------- */

static void *owned[64];
static size_t owned_count;

struct text fuzz_own(struct text t)
{
    char *copy = malloc(t.n ? t.n : 1);
    if (!copy || owned_count == sizeof owned / sizeof owned[0])
        abort();
    if (t.n)
        memcpy(copy, t.p, t.n);
    owned[owned_count++] = copy;
    return (struct text){ copy, t.n };
}

struct text fuzz_part(struct text *rest)
{
    static const char line[] = "---\n";
    const struct text all = *rest;
    for (size_t i = 0; i + 4 <= all.n; i++)
        if (memcmp(all.p + i, line, 4) == 0 && (i == 0 || all.p[i - 1] == '\n')) {
            *rest = text_from(all, i + 4);
            return text_clip(all, i);
        }
    *rest = (struct text){ 0 };
    return all;
}

/* ---- ends ---------------------------------------------------------------------------------------------- */

_Noreturn void fuzz_broken(const char *what, const char *file, int line)
{
    fprintf(stderr, "%s:%d: a promise is broken: %s\n", file, line, what);
    abort();
}

static jmp_buf *survivor;

/* The linker puts it in die()'s place. */
_Noreturn void __wrap_die(const char *why);
_Noreturn void __wrap_die(const char *why)
{
    if (survivor)
        longjmp(*survivor, 1);
    fprintf(stderr, "%s\n", why);
    abort();
}

bool fuzz_dies(void (*run)(void *cls), void *cls)
{
    jmp_buf here;
    const bool died = setjmp(here) != 0;
    survivor = died ? NULL : &here;
    if (!died)
        run(cls);
    survivor = NULL;
    return died;
}

/* ---- running ------------------------------------------------------------------------------------------- */

void fuzz_one(const struct fuzz_target *target, struct text input)
{
    fuzz_arena = arena_new();
    target->run(input.n ? input : T(""));
    arena_free(fuzz_arena);
    while (owned_count)
        free(owned[--owned_count]);
}

const struct fuzz_target *fuzz_chosen(void)
{
    const char *name = getenv("FUZZ_TARGET");
    for (const struct fuzz_target *one = fuzz_targets; name && one->name; one++)
        if (strcmp(one->name, name) == 0)
            return one;
    fprintf(stderr, "FUZZ_TARGET is to be one of");
    for (const struct fuzz_target *one = fuzz_targets; one->name; one++)
        fprintf(stderr, " %s", one->name);
    fprintf(stderr, "\n");
    exit(2);
}
