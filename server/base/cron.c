#include "base/cron.h"

#include "base/clock.h"

enum {
    MS_PER_MINUTE = 60000,
    MINUTES_PER_DAY = 1440,
    MS_PER_DAY = MS_PER_MINUTE * MINUTES_PER_DAY,
    DAYS_TO_LOOK = 366 * 41, /* a day of February 29 that is some weekday comes after 40 years at the latest */
};

struct cron_field {
    int64_t min, max;
    const char *names; /* of the values from `min` on, separated by blanks */
    const char *wrong;
};

#define WRONG(what) "Invalid cron expression: " what
static const struct cron_field fields[] = {
    { 0, 59, NULL, WRONG("expected minutes as values or ranges from 0 to 59") },
    { 0, 23, NULL, WRONG("expected hours as values or ranges from 0 to 23") },
    { 1, 31, NULL, WRONG("expected days of the month as values or ranges from 1 to 31") },
    { 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC",
      WRONG("expected months as values or ranges from 1 to 12 or JAN to DEC") },
    { 0, 7, "SUN MON TUE WED THU FRI SAT",
      WRONG("expected days of the week as values or ranges from 0 to 7 or SUN to SAT") },
};
enum { FIELDS = sizeof fields / sizeof fields[0] };

static bool take_name(const struct cron_field *f, struct text t, int64_t *ret)
{
    int64_t value = f->min;
    for (struct text rest = text_of(f->names); rest.p; value++)
        if (text_eq_nocase(text_cut(&rest, ' '), t)) {
            *ret = value;
            return true;
        }
    return false;
}

static bool take_value(const struct cron_field *f, struct text t, int64_t *ret)
{
    if (f->names && take_name(f, t, ret))
        return true;
    return text_to_uint(t, ret) && *ret >= f->min && *ret <= f->max;
}

/* The values from `first` to `last`, each as a bit. */
static uint64_t bits(int64_t first, int64_t last, int64_t every)
{
    uint64_t set = 0;
    for (int64_t value = first; value <= last; value += every)
        set |= UINT64_C(1) << value;
    return set;
}

/* One of a list: a star, a value or a range, and a step or none. Adds its values. */
static bool take_item(const struct cron_field *f, struct text item, uint64_t *set)
{
    struct text step = item;
    struct text to = text_cut(&step, '/');
    const struct text from = text_cut(&to, '-');
    int64_t first = f->min, last = f->max, every = 1;
    if (text_eq(from, T("*"))) {
        if (to.p)
            return false;
    } else if (!take_value(f, from, &first) || (to.p && !take_value(f, to, &last)) || first > last)
        return false;
    else if (!to.p && !step.p)
        last = first;
    if (step.p && !(text_to_uint(step, &every) && every >= 1 && every <= f->max))
        return false;
    *set |= bits(first, last, every);
    return true;
}

static bool take_list(const struct cron_field *f, struct text list, uint64_t *ret)
{
    *ret = 0;
    for (struct text rest = list; rest.p;)
        if (!take_item(f, text_cut(&rest, ','), ret))
            return false;
    return true;
}

/* The next field, or a text of no length at the end. */
static struct text next_field(struct text *rest)
{
    size_t start = 0, end;
    while (start < rest->n && char_is_blank(rest->p[start]))
        start++;
    for (end = start; end < rest->n && !char_is_blank(rest->p[end]);)
        end++;
    const struct text field = text_from(text_clip(*rest, end), start);
    *rest = text_from(*rest, end);
    return field;
}

/* ---- times ----------------------------------------------------------------------------------------------- */

enum { MINUTE, HOUR, DAY, MONTH, WEEKDAY };

/* The values of each field, as bits. */
struct times {
    uint64_t v[FIELDS];
    bool any_day, any_weekday; /* that field begins with a star: the other one alone tells the days */
};

/* NULL, or what is wrong. */
static const char *read_times(struct text expression, struct times *ret)
{
    struct text rest = expression;
    for (size_t i = 0; i < FIELDS; i++) {
        const struct text field = next_field(&rest);
        if (!field.n)
            return "Invalid cron expression: expected 5 fields";
        if (!take_list(&fields[i], field, &ret->v[i]))
            return fields[i].wrong;
        if (i == DAY)
            ret->any_day = field.p[0] == '*';
        if (i == WEEKDAY)
            ret->any_weekday = field.p[0] == '*';
    }
    ret->v[WEEKDAY] |= ret->v[WEEKDAY] >> 7; /* Sunday */
    return next_field(&rest).n ? "Invalid cron expression: expected 5 fields" : NULL;
}

const char *cron_check(struct text expression)
{
    struct times times;
    return read_times(expression, &times);
}

static bool has(uint64_t set, unsigned value)
{
    return set >> value & 1;
}

static bool is_on(const struct times *times, int64_t day_ms)
{
    const struct date date = date_of(day_ms);
    const bool day = has(times->v[DAY], date.day), weekday = has(times->v[WEEKDAY], weekday_of(day_ms));
    const bool either = !times->any_day && !times->any_weekday;
    return has(times->v[MONTH], date.month) && (either ? day || weekday : day && weekday);
}

/* The first minute of the day from `minute` on; false when there is none. */
static bool find_minute(const struct times *times, unsigned minute, unsigned *ret)
{
    for (unsigned m = minute; m < MINUTES_PER_DAY; m++)
        if (has(times->v[HOUR], m / 60) && has(times->v[MINUTE], m % 60)) {
            *ret = m;
            return true;
        }
    return false;
}

bool cron_next(struct text expression, int64_t after, const struct zone *zone, int64_t *ret)
{
    struct times times;
    if (read_times(expression, &times))
        return false;
    const int64_t local = after + zone_offset(zone, after);
    const int64_t today = date_begins(date_of(local));
    unsigned minute = (unsigned)((local - today) / MS_PER_MINUTE);
    for (int64_t days = 0; days < DAYS_TO_LOOK; days++, minute = 0) {
        const int64_t day = today + days * MS_PER_DAY;
        for (; is_on(&times, day) && find_minute(&times, minute, &minute); minute++) {
            *ret = zone_instant(zone, day + (int64_t)minute * MS_PER_MINUTE);
            if (*ret > after)
                return true;
        }
    }
    return false;
}
