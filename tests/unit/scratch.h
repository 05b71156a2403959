/* Scratch: an arena for each test, as its state and by name. */
#ifndef DUVO_TEST_SCRATCH_H
#define DUVO_TEST_SCRATCH_H

#include "base/arena.h"

extern struct arena *scratch;

int arena_setup(void **state);
int arena_teardown(void **state);

#endif
