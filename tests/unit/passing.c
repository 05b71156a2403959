#include "passing.h"

#include "base/clock.h"

#include <stdatomic.h>
#include <stdbool.h>

int64_t __real_clock_real_ms(void);
int64_t __real_clock_steady_us(void);
int64_t __wrap_clock_real_ms(void);
int64_t __wrap_clock_steady_us(void);

static atomic_bool stands;
static atomic_int_fast64_t passed_us;              /* more than by the machine's clocks */
static atomic_int_fast64_t us_of_a_look;
static int64_t real_ms_at_stand, steady_us_at_stand;

int64_t __wrap_clock_real_ms(void)
{
    atomic_fetch_add(&passed_us, atomic_load(&us_of_a_look));
    return (atomic_load(&stands) ? real_ms_at_stand : __real_clock_real_ms()) + atomic_load(&passed_us) / 1000;
}

int64_t __wrap_clock_steady_us(void)
{
    return (atomic_load(&stands) ? steady_us_at_stand : __real_clock_steady_us()) + atomic_load(&passed_us);
}

void time_stands(void)
{
    real_ms_at_stand = __real_clock_real_ms();
    steady_us_at_stand = __real_clock_steady_us();
    atomic_store(&stands, true);
}

void time_runs(void)
{
    atomic_store(&stands, false);
}

void time_passes_with_looks(int64_t ms)
{
    atomic_store(&us_of_a_look, ms * 1000);
}

void time_passes(int64_t ms)
{
    atomic_fetch_add(&passed_us, ms * 1000);
}
