#include "base/timezone.h"

#include "base/clock.h"

enum { MS_PER_SECOND = 1000, MS_PER_HOUR = 3600 * MS_PER_SECOND, MS_PER_DAY = 24 * MS_PER_HOUR };

struct places {
    const char *rule, *area, *places;
};

static const struct places zones[] = {
#define ZONES(rule, area, places) { rule, area, places },
#include "base/timezones.def"
#undef ZONES
};

/* ---- rules ----------------------------------------------------------------------------------------------- */

static bool take(struct text *t, char c)
{
    if (!t->n || *t->p != c)
        return false;
    *t = text_from(*t, 1);
    return true;
}

static bool take_number(struct text *t, int64_t max, int64_t *ret)
{
    size_t n = 0;
    while (n < t->n && t->p[n] >= '0' && t->p[n] <= '9')
        n++;
    const bool ok = n && text_to_uint(text_clip(*t, n), ret) && *ret <= max;
    *t = text_from(*t, n);
    return ok;
}

/* hh[:mm[:ss]] with a sign or none; changes may be days before or after. */
static bool take_time(struct text *t, int64_t *ret_ms)
{
    int64_t hours = 0, minutes = 0, seconds = 0;
    const bool negative = take(t, '-');
    if (!negative)
        take(t, '+');
    if (!take_number(t, 167, &hours) || (take(t, ':') && !take_number(t, 59, &minutes)) ||
        (take(t, ':') && !take_number(t, 59, &seconds)))
        return false;
    *ret_ms = ((hours * 60 + minutes) * 60 + seconds) * MS_PER_SECOND * (negative ? -1 : 1);
    return true;
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* An abbreviation of letters, or anything in angle brackets. */
static bool take_abbreviation(struct text *t)
{
    const bool quoted = take(t, '<');
    size_t n = 0;
    while (n < t->n && (quoted ? t->p[n] != '>' : is_letter(t->p[n])))
        n++;
    *t = text_from(*t, n);
    return n && (!quoted || take(t, '>'));
}

/* Mm.w.d, and the time if it is not two o'clock. */
static bool take_change(struct text *t, struct zone_change *ret)
{
    ret->after_ms = INT64_C(2) * MS_PER_HOUR;
    return take(t, ',') && take(t, 'M') && take_number(t, 12, &ret->month) && ret->month && take(t, '.') &&
           take_number(t, 5, &ret->week) && ret->week && take(t, '.') && take_number(t, 6, &ret->weekday) &&
           (!take(t, '/') || take_time(t, &ret->after_ms));
}

bool zone_parse(struct text rule, struct zone *ret)
{
    struct text rest = rule;
    int64_t behind = 0;
    *ret = (struct zone){ .changes = false };
    if (!take_abbreviation(&rest) || !take_time(&rest, &behind))
        return false;
    ret->standard_ms = ret->summer_ms = -behind;
    if (!rest.n)
        return true;
    ret->changes = true;
    ret->summer_ms += MS_PER_HOUR;
    if (!take_abbreviation(&rest))
        return false;
    if (rest.n && *rest.p != ',') {
        if (!take_time(&rest, &behind))
            return false;
        ret->summer_ms = -behind;
    }
    return take_change(&rest, &ret->to_summer) && take_change(&rest, &ret->to_standard) && !rest.n;
}

/* ---- names ----------------------------------------------------------------------------------------------- */

static bool has_place(struct text places, struct text place)
{
    for (struct text rest = places; rest.p;)
        if (text_eq(text_cut(&rest, ' '), place))
            return true;
    return false;
}

static const struct places *find(struct text name)
{
    struct text place = name;
    struct text area = text_cut(&place, '/');
    if (!place.p) { /* a name without an area */
        place = area;
        area = T("");
    }
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
        if (text_eq(text_of(zones[i].area), area) && has_place(text_of(zones[i].places), place))
            return &zones[i];
    return NULL;
}

bool timezone_exists(struct text name)
{
    return find(name) != NULL;
}

bool timezone_find(struct text name, struct zone *ret)
{
    const struct places *found = find(name);
    return found && zone_parse(text_of(found->rule), ret);
}

/* ---- clocks ---------------------------------------------------------------------------------------------- */

/* By the clock until then, as if that showed UTC. */
static int64_t change_in(const struct zone_change *change, uint32_t year)
{
    const uint32_t month = (uint32_t)change->month;
    const struct date first = { year, month, 1 }, next = { year + month / 12, month % 12 + 1, 1 };
    const int64_t begins = date_begins(first), ends = date_begins(next);
    const int64_t to_weekday = (change->weekday + 7 - weekday_of(begins)) % 7;
    int64_t day = begins + (to_weekday + (change->week - 1) * 7) * MS_PER_DAY;
    while (day >= ends) /* the last one may be the fourth */
        day -= INT64_C(7) * MS_PER_DAY;
    return day + change->after_ms;
}

struct instants {
    int64_t to_summer, to_standard;
};

static struct instants instants_of(const struct zone *zone, int64_t ms)
{
    const uint32_t year = date_of(ms + zone->standard_ms).year;
    return (struct instants){
        .to_summer = change_in(&zone->to_summer, year) - zone->standard_ms,
        .to_standard = change_in(&zone->to_standard, year) - zone->summer_ms,
    };
}

int64_t zone_offset(const struct zone *zone, int64_t ms)
{
    if (!zone->changes)
        return zone->standard_ms;
    const struct instants at = instants_of(zone, ms);
    const bool summer = at.to_summer < at.to_standard ? ms >= at.to_summer && ms < at.to_standard
                                                      : ms >= at.to_summer || ms < at.to_standard;
    return summer ? zone->summer_ms : zone->standard_ms;
}

int64_t zone_instant(const struct zone *zone, int64_t local_ms)
{
    const bool ahead = zone->summer_ms > zone->standard_ms;
    const int64_t larger = ahead ? zone->summer_ms : zone->standard_ms;
    const int64_t smaller = ahead ? zone->standard_ms : zone->summer_ms;
    if (zone_offset(zone, local_ms - larger) == larger)
        return local_ms - larger;
    if (zone_offset(zone, local_ms - smaller) == smaller)
        return local_ms - smaller;
    const struct instants at = instants_of(zone, local_ms - smaller);
    return ahead ? at.to_summer : at.to_standard;
}
