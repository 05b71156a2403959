#include "base/clock.h"

#include "base/arena.h"
#include "base/memory.h"

#include <stdatomic.h>
#include <time.h>

enum {
    MS_PER_DAY = 86400000,
    DAYS_PER_ERA = 146097,       /* 400 years, after which the calendar repeats */
    DAYS_PER_FOUR_YEARS = 1461,
    DAYS_TO_1970 = 719468,       /* from 0000-03-01 */
};

static const int64_t first_ms = -62167219200000; /* 0000-01-01T00:00:00.000Z */
static const int64_t last_ms = 253402300799999;  /* 9999-12-31T23:59:59.999Z */

const char time_pattern[] =
    "^(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29"
    "|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)"
    "|(?:02)-(?:0[1-9]|1\\d|2[0-8])))T(?:(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d+)?)?(?:Z))$";

static int64_t clock_read(clockid_t clock, int64_t units_per_second)
{
    struct timespec now;
    if (clock_gettime(clock, &now))
        die("the machine has no clock");
    return now.tv_sec * units_per_second + now.tv_nsec / (1000000000 / units_per_second);
}

int64_t clock_real_ms(void)
{
    return clock_read(CLOCK_REALTIME, 1000);
}

int64_t clock_steady_us(void)
{
    return clock_read(CLOCK_MONOTONIC, 1000000);
}

int64_t clock_ticket(void)
{
    static atomic_int_fast64_t last;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    const int64_t micro = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
    int_fast64_t before = atomic_load(&last), next;
    do
        next = micro > before ? micro : before + 1;
    while (!atomic_compare_exchange_weak(&last, &before, next));
    return next;
}

/* Both conversions count years from March, so that a leap day is the last of its year, and months in fives of
 * 153 days, because from March on the lengths 31, 30, 31, 30, 31 repeat. Days are counted from 1 March of the
 * year -400, so that nothing is negative. */
static struct date date_of_days(uint32_t days)
{
    uint32_t century = (4 * days + 3) / DAYS_PER_ERA;
    uint32_t in_century = days - century * DAYS_PER_ERA / 4;
    uint32_t year = (4 * in_century + 3) / DAYS_PER_FOUR_YEARS;
    uint32_t in_year = in_century - year * DAYS_PER_FOUR_YEARS / 4;
    uint32_t month = (5 * in_year + 2) / 153;
    bool next_year = month >= 10;
    return (struct date){
        .year = 100 * century + year + next_year - 400,
        .month = next_year ? month - 9 : month + 3,
        .day = in_year - (153 * month + 2) / 5 + 1,
    };
}

static uint32_t days_of_date(struct date date)
{
    bool last_year = date.month <= 2;
    uint32_t year = date.year + 400 - last_year;
    uint32_t month = last_year ? date.month + 9 : date.month - 3;
    return year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + date.day - 1;
}

static uint64_t since_first_era(int64_t ms)
{
    return (uint64_t)(ms + (int64_t)(DAYS_TO_1970 + DAYS_PER_ERA) * MS_PER_DAY);
}

struct date date_of(int64_t ms)
{
    return date_of_days((uint32_t)(since_first_era(ms) / MS_PER_DAY));
}

int64_t date_begins(struct date date)
{
    return ((int64_t)days_of_date(date) - DAYS_TO_1970 - DAYS_PER_ERA) * MS_PER_DAY;
}

unsigned weekday_of(int64_t ms)
{
    enum { DAYS_TO_SUNDAY = 3 }; /* the first era begins on a Wednesday */
    return (unsigned)((since_first_era(ms) / MS_PER_DAY + DAYS_TO_SUNDAY) % 7);
}

/* `digits` decimal digits of `value`, and what follows them. */
static char *put_number(char *p, uint32_t value, unsigned digits, char after)
{
    for (unsigned i = digits; i-- > 0; value /= 10)
        p[i] = (char)('0' + value % 10);
    p[digits] = after;
    return p + digits + 1;
}

void time_format(int64_t ms, char *ret)
{
    ms = ms < first_ms ? first_ms : ms > last_ms ? last_ms : ms;
    struct date date = date_of(ms);
    uint32_t in_day = (uint32_t)(since_first_era(ms) % MS_PER_DAY);
    ret = put_number(ret, date.year, 4, '-');
    ret = put_number(ret, date.month, 2, '-');
    ret = put_number(ret, date.day, 2, 'T');
    ret = put_number(ret, in_day / 3600000, 2, ':');
    ret = put_number(ret, in_day / 60000 % 60, 2, ':');
    ret = put_number(ret, in_day / 1000 % 60, 2, '.');
    put_number(ret, in_day % 1000, 3, 'Z');
}

struct text time_text(struct arena *arena, int64_t ms)
{
    char *p = arena_raw(arena, TIME_TEXT_SIZE);
    time_format(ms, p);
    return (struct text){ p, TIME_TEXT_SIZE };
}

static bool take_char(struct text *t, char c)
{
    if (t->n == 0 || *t->p != c)
        return false;
    *t = text_from(*t, 1);
    return true;
}

static bool take_digit(struct text *t, uint32_t *ret)
{
    if (t->n == 0 || *t->p < '0' || *t->p > '9')
        return false;
    *ret = (uint32_t)(*t->p - '0');
    *t = text_from(*t, 1);
    return true;
}

/* Exactly `digits` digits with a value from `min` to `max`. */
static bool take_number(struct text *t, unsigned digits, uint32_t min, uint32_t max, uint32_t *ret)
{
    uint32_t value = 0, digit;
    for (; digits; digits--) {
        if (!take_digit(t, &digit))
            return false;
        value = value * 10 + digit;
    }
    *ret = value;
    return value >= min && value <= max;
}

static uint32_t days_of_month(uint32_t year, uint32_t month)
{
    static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

static bool take_date(struct text *t, struct date *ret)
{
    if (!take_number(t, 4, 0, 9999, &ret->year) || !take_char(t, '-'))
        return false;
    if (!take_number(t, 2, 1, 12, &ret->month) || !take_char(t, '-'))
        return false;
    return take_number(t, 2, 1, days_of_month(ret->year, ret->month), &ret->day);
}

/* One or more digits after the point; the first three count. */
static bool take_fraction(struct text *t, uint32_t *ret_ms)
{
    uint32_t ms = 0, digit;
    if (!take_digit(t, &digit))
        return false;
    for (uint32_t weight = 100;; weight /= 10) {
        ms += digit * weight;
        if (!take_digit(t, &digit))
            break;
    }
    *ret_ms = ms;
    return true;
}

static bool take_time(struct text *t, uint32_t *ret_ms)
{
    uint32_t hour, minute, second = 0, ms = 0;
    if (!take_number(t, 2, 0, 23, &hour) || !take_char(t, ':') || !take_number(t, 2, 0, 59, &minute))
        return false;
    if (take_char(t, ':')) {
        if (!take_number(t, 2, 0, 59, &second))
            return false;
        if (take_char(t, '.') && !take_fraction(t, &ms))
            return false;
    }
    *ret_ms = ((hour * 60 + minute) * 60 + second) * 1000 + ms;
    return true;
}

bool time_parse(struct text t, int64_t *ret_ms)
{
    struct date date;
    uint32_t in_day;
    bool ok = take_date(&t, &date) && take_char(&t, 'T') && take_time(&t, &in_day) && take_char(&t, 'Z');
    if (!ok || t.n)
        return false;
    int64_t days = (int64_t)days_of_date(date) - DAYS_TO_1970 - DAYS_PER_ERA;
    *ret_ms = days * MS_PER_DAY + in_day;
    return true;
}
