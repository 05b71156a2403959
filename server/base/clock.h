/* Time: milliseconds since 1970 in UTC, and the only place that reads the machine's clock. */
#ifndef DUVO_BASE_CLOCK_H
#define DUVO_BASE_CLOCK_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum { TIME_TEXT_SIZE = 24 };

/* The documented pattern, as published. */
extern const char time_pattern[];

/* Milliseconds since 1970 by the machine's clock. */
int64_t clock_real_ms(void);
/* Microseconds of a clock that never goes back; for durations. */
int64_t clock_steady_us(void);

/* A number larger than all numbers before: in this process always, and across processes as long as the machine's
 * clock does not go back. Orders rows of the same millisecond. */
int64_t clock_ticket(void);

/* A day of the calendar; month and day count from 1. */
struct date {
    uint32_t year, month, day;
};
/* In UTC, of years 0000 to 9999; and the first instant of one. */
struct date date_of(int64_t ms);
int64_t date_begins(struct date date);
/* Of the same day: 0 is Sunday. */
unsigned weekday_of(int64_t ms);

/* Writes TIME_TEXT_SIZE characters `YYYY-MM-DDTHH:MM:SS.mmmZ`, no NUL. Years 0000 to 9999; others are clipped. */
void time_format(int64_t ms, char *ret);
struct text time_text(struct arena *arena, int64_t ms);
/* Accepts what the documented pattern accepts (seconds and fraction optional, real dates only); digits past the
 * millisecond are cut. */
bool time_parse(struct text t, int64_t *ret_ms);

#endif
