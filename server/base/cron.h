/* Cron expressions: the times of a schedule, in five fields: minute, hour, day of the month, month, day of the
 * week.
 *
 * Each is a list, separated by commas, of values, ranges (1-5) and stars, ranges and stars with a step (1-30/5) if
 * need be; a value with a step (5/15) is a range to the end. Months and days of the week have names of three
 * letters, in either case; Sunday is 0 and 7. Days of the month and of the week that are both given add up; one that
 * begins with a star leaves the days to the other. */
#ifndef DUVO_BASE_CRON_H
#define DUVO_BASE_CRON_H

#include "base/timezone.h"

/* NULL, or what is wrong with it. */
const char *cron_check(struct text expression);

/* The first time of the expression after that instant, by the clocks of the zone: a time that they show twice counts
 * once, one that they skip is the moment after the gap. False when there is none, such as on 30 February. */
bool cron_next(struct text expression, int64_t after, const struct zone *zone, int64_t *ret);

#endif
