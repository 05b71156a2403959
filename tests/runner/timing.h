/* timing: the monotonic clock, in milliseconds. */
#ifndef RUNNER_TIMING_H
#define RUNNER_TIMING_H

#include <stdint.h>

int64_t now_ms(void);
void sleep_ms(int64_t ms);

#endif
