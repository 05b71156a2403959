/* Cron expressions: the times of a schedule, in five fields: minute, hour, day of the month, month, day of the
 * week.
 *
 * Each is a list, separated by commas, of values, ranges (1-5) and stars, ranges and stars with a step (1-30/5) if
 * need be; a value with a step (5/15) is a range to the end. Months and days of the week have names of three
 * letters, in either case; Sunday is 0 and 7. */
#ifndef DUVO_BASE_CRON_H
#define DUVO_BASE_CRON_H

#include "base/text.h"

/* NULL, or what is wrong with it. */
const char *cron_check(struct text expression);

#endif
