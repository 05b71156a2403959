/* Time that a test lets pass instead of waiting: the linker gives all unit tests these clocks in place of base/clock's
 * (Makefile, --wrap). Until a test says otherwise they are the machine's. */
#ifndef DUVO_TEST_PASSING_H
#define DUVO_TEST_PASSING_H

#include <stdint.h>

/* Both clocks stand where they are, and move only by time_passes; for tests without threads that wait. */
void time_stands(void);
/* They run again, with what has passed. */
void time_runs(void);
/* Each look at the machine's clock finds it `ms` later than the look before: what takes two looks for one instant is
 * found out. 0: no longer. */
void time_passes_with_looks(int64_t ms);
/* Both clocks are `ms` later at once. From any thread. */
void time_passes(int64_t ms);

#endif
