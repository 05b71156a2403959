#include "scratch.h"

struct arena *scratch;

int arena_setup(void **state)
{
    scratch = arena_new();
    *state = scratch;
    return 0;
}

int arena_teardown(void **state)
{
    arena_free(scratch);
    arena_trim();
    scratch = NULL;
    *state = NULL;
    return 0;
}
