/* Time zones: the names of the IANA time zone database, and what the clocks there show. Of each zone only the rule of
 * today is known: times of other years are told by it, too. */
#ifndef DUVO_BASE_TIMEZONE_H
#define DUVO_BASE_TIMEZONE_H

#include "base/text.h"

/* When the clock is changed: a weekday (0 is Sunday) in a week of a month, the fifth being the last, and the time after
 * that day's midnight by the clock until then. */
struct zone_change {
    int64_t month, week, weekday, after_ms;
};

struct zone {
    int64_t standard_ms, summer_ms; /* ahead of UTC */
    bool changes;                   /* else it is always standard time */
    struct zone_change to_summer, to_standard;
};

/* Whether it is a name of the IANA time zone database, letter for letter. */
bool timezone_exists(struct text name);
/* The same, and its rule. */
bool timezone_find(struct text name, struct zone *ret);
/* A rule as the POSIX variable TZ has it, with changes on weekdays of a month if any; false when it is none. */
bool zone_parse(struct text rule, struct zone *ret);
/* How far its clocks are ahead of UTC at that instant. */
int64_t zone_offset(const struct zone *zone, int64_t ms);
/* The instant at which its clocks show that time (given as if they showed UTC). One that they show twice: the first
 * one. One that they skip: the moment after the gap. */
int64_t zone_instant(const struct zone *zone, int64_t local_ms);

#endif
