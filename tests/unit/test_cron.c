/* Cron expressions and time zones: what is one, and what is none; the next time of one, by the clocks of the other. */
#include "base/clock.h"
#include "base/cron.h"
#include "base/timezone.h"

#include "rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void expect(const char *expression, const char *wrong)
{
    const char *why = cron_check(text_of(expression));
    if (!wrong != !why || (why && !strstr(why, wrong)))
        fail_msg("%s: %s, expected %s", expression, why ? why : "right", wrong ? wrong : "right");
}

static void test_right(void **state)
{
    (void)state;
    static const char *const right[] = {
        "* * * * *",          "0 */4 * * *",           "0 0 1 1 0",           "59 23 31 12 7",
        "0,30 8-18 * * 1-5",  "*/15 9-17/2 1,15 * *",  "5/10 0 * * *",        "0 9 * jan,Jul-DEC sun",
        "0 9 * * MON-FRI",    "0 9 * * mon,wed-fri/2", "00 09 01 01 00",      "0  9\t* * *",
        " 0 9 * * * ",        "0-0 0-0 1-1 1-1 0-0",   "*/59 */23 */31 */12 */7", "0 9 * * SAT-7",
    };
    for (size_t i = 0; i < COUNT(right); i++)
        expect(right[i], NULL);
}

static void test_number_of_fields(void **state)
{
    (void)state;
    static const char *const wrong[] = { "", " ", "*", "* * * *", "* * * * * *", "0 0 9 * * *", "@daily" };
    for (size_t i = 0; i < COUNT(wrong) - 1; i++)
        expect(wrong[i], "expected 5 fields");
    expect("@daily", "expected minutes");
}

static void test_bounds(void **state)
{
    (void)state;
    expect("60 * * * *", "expected minutes as values or ranges from 0 to 59");
    expect("* 24 * * *", "expected hours as values or ranges from 0 to 23");
    expect("* * 0 * *", "expected days of the month as values or ranges from 1 to 31");
    expect("* * 32 * *", "expected days of the month");
    expect("* * * 0 *", "expected months as values or ranges from 1 to 12 or JAN to DEC");
    expect("* * * 13 *", "expected months");
    expect("* * * * 8", "expected days of the week as values or ranges from 0 to 7 or SUN to SAT");
    expect("*/60 * * * *", "expected minutes");
    expect("* */24 * * *", "expected hours");
    expect("0/0 * * * *", "expected minutes");
    expect("18446744073709551616 * * * *", "expected minutes");
}

static void test_grammar(void **state)
{
    (void)state;
    static const char *const minutes[] = {
        ",", "1,", ",1", "1,,2", "-", "1-", "-1", "5-1", "1-2-3", "*-5", "5-*", "/", "*/", "/5", "1/2/3", "*/*", "**",
        "+1", "1.5", "0x1", "a", "L", "?", "1W", "MON", "1-60", "1;2", "\xc2\xb9",
    };
    for (size_t i = 0; i < COUNT(minutes); i++) {
        char expression[32];
        snprintf(expression, sizeof expression, "%s * * * *", minutes[i]);
        expect(expression, "expected minutes");
    }
    expect("* * JAN * *", "expected days of the month");
    expect("* * * MON *", "expected months");
    expect("* * * * JAN", "expected days of the week");
    expect("* * * janu *", "expected months");
    expect("* * * DEC-JAN *", "expected months");
    expect("* * * * FRI-SUN", "expected days of the week");
    expect("* * * * *,8", "expected days of the week");
}

static void test_timezones(void **state)
{
    (void)state;
    static const char *const names[] = { "UTC", "Europe/London", "America/New_York", "America/Argentina/Buenos_Aires",
                                         "Asia/Kolkata", "Asia/Calcutta", "Etc/GMT+12", "GMT", "CET", "EST5EDT",
                                         "Africa/Abidjan", "Zulu", "Pacific/Apia", "US/Pacific", "Asia/Ho_Chi_Minh" };
    static const char *const none[] = { "", "/", "Europe", "Europe/", "/London", "Europe/Londo", "Europe/London ",
                                        "europe/london", "utc", "London", "Europe/London Madrid", "Mars/Olympus",
                                        "+02:00", "GMT+1", "America/Argentina", "Argentina/Buenos_Aires",
                                        "Africa/Abidjan Accra", "Factory", "localtime" };
    for (size_t i = 0; i < COUNT(names); i++)
        if (!timezone_exists(text_of(names[i])))
            fail_msg("%s is none", names[i]);
    for (size_t i = 0; i < COUNT(none); i++)
        if (timezone_exists(text_of(none[i])))
            fail_msg("\"%s\" is one", none[i]);
}

/* ---- the next time --------------------------------------------------------------------------------------- */

static int64_t instant(const char *text)
{
    int64_t ms = 0;
    if (!time_parse(text_of(text), &ms))
        fail_msg("%s is no time", text);
    return ms;
}

/* NULL: never. */
static void expect_next(const char *expression, const char *zone_name, const char *after, const char *next)
{
    char got[TIME_TEXT_SIZE + 1] = "never";
    struct zone zone;
    int64_t ms;
    if (!timezone_find(text_of(zone_name), &zone))
        fail_msg("%s has no rule", zone_name);
    if (cron_next(text_of(expression), instant(after), &zone, &ms))
        time_format(ms, got);
    if (strncmp(got, next ? next : "never", next ? 16 : 5) != 0)
        fail_msg("%s in %s after %s: %s, expected %s", expression, zone_name, after, got, next ? next : "never");
}

static void test_next(void **state)
{
    (void)state;
    static const struct {
        const char *expression, *zone, *after, *next;
    } rows[] = {
        { "* * * * *", "UTC", "2026-07-01T10:00:00Z", "2026-07-01T10:01Z" },
        { "* * * * *", "UTC", "2026-07-01T10:00:59.999Z", "2026-07-01T10:01Z" },
        { "5/10 * * * *", "UTC", "2026-07-01T10:50:00Z", "2026-07-01T10:55Z" },
        { "5/10 * * * *", "UTC", "2026-07-01T10:55:00Z", "2026-07-01T11:05Z" },
        { "0 9 * * *", "UTC", "2026-12-31T09:00:00Z", "2027-01-01T09:00Z" },
        { "0 9-17/4 * * *", "UTC", "2026-07-01T09:30:00Z", "2026-07-01T13:00Z" },
        { "0 0 * * 1-5", "UTC", "2026-07-03T12:00:00Z", "2026-07-06T00:00Z" },
        { "0 0 * * 7", "UTC", "2026-07-03T12:00:00Z", "2026-07-05T00:00Z" },
        { "0 0 * * fri-7", "UTC", "2026-07-05T12:00:00Z", "2026-07-10T00:00Z" },
        { "0 0 31 * *", "UTC", "2026-08-31T00:00:00Z", "2026-10-31T00:00Z" },
        { "0 0 13 * 5", "UTC", "2026-07-03T00:00:00Z", "2026-07-10T00:00Z" }, /* a Friday or the 13th */
        { "0 0 13 * 5", "UTC", "2026-07-10T00:00:00Z", "2026-07-13T00:00Z" },
        { "0 0 13 * */5", "UTC", "2026-07-03T00:00:00Z", "2026-09-13T00:00Z" }, /* both: it begins with a star */
        { "0 0 29 2 *", "UTC", "2026-01-01T00:00:00Z", "2028-02-29T00:00Z" },
        { "0 0 29 2 *", "UTC", "2096-02-29T00:00:00Z", "2104-02-29T00:00Z" },
        { "0 0 29 2 */7", "UTC", "2032-03-01T00:00:00Z", "2060-02-29T00:00Z" },
        { "0 0 30 2 *", "UTC", "2026-01-01T00:00:00Z", NULL },
        { "0 0 31 4,6,9,11 *", "UTC", "2026-01-01T00:00:00Z", NULL },
        { "30 2 * * *", "Europe/Prague", "2027-03-27T12:00:00Z", "2027-03-28T01:00Z" }, /* a gap */
        { "0,15,30,45 2 * * *", "Europe/Prague", "2027-03-28T01:00:00Z", "2027-03-29T00:00Z" },
        { "0 3 * * *", "Europe/Prague", "2027-03-27T12:00:00Z", "2027-03-28T01:00Z" },
        { "30 2 * * *", "Europe/Prague", "2026-10-24T12:00:00Z", "2026-10-25T00:30Z" }, /* twice */
        { "30 2 * * *", "Europe/Prague", "2026-10-25T00:30:00Z", "2026-10-26T01:30Z" },
        { "30 2 * * *", "Europe/Prague", "2026-10-25T01:10:00Z", "2026-10-26T01:30Z" },
        { "30 2 * * *", "America/New_York", "2027-03-14T00:00:00Z", "2027-03-14T07:00Z" },
        { "30 1 * * *", "America/New_York", "2026-11-01T00:00:00Z", "2026-11-01T05:30Z" },
        { "30 1 * * *", "America/New_York", "2026-11-01T05:30:00Z", "2026-11-02T06:30Z" },
        { "0 0 * * *", "Pacific/Kiritimati", "2026-07-01T09:59:00Z", "2026-07-01T10:00Z" },
        { "15 0 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", "2026-10-03T13:45Z" },
        { "15 2 4 10 *", "Australia/Lord_Howe", "2026-10-03T14:00:00Z", "2026-10-03T15:30Z" }, /* half an hour */
        { "15 0 6 9 *", "America/Santiago", "2026-09-01T00:00:00Z", "2026-09-06T04:00Z" }, /* a gap at midnight */
        { "30 1 29 3 *", "Europe/Dublin", "2026-03-01T00:00:00Z", "2026-03-29T01:00Z" }, /* winter is the change */
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_next(rows[i].expression, rows[i].zone, rows[i].after, rows[i].next);
}

static void test_rules(void **state)
{
    (void)state;
    static const char *const wrong[] = { "", "CET", "CET-", "-1", "CE<T-1", "<CET-1", "CET-1CEST", "CET-1CEST,M3.5.0",
                                         "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M0.5.0,M10.5.0",
                                         "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0",
                                         "CET-1CEST,M3.5.0,M10.5.0/", "CET-1CEST,M3.5.0,M10.5.0 ", "CET-1:60",
                                         "CET-168", "CET-1CEST,J60,J300" };
    struct zone zone;
    for (size_t i = 0; i < COUNT(wrong); i++)
        if (zone_parse(text_of(wrong[i]), &zone))
            fail_msg("\"%s\" is a rule", wrong[i]);
    assert_true(zone_parse(T("<-02>2<-01>,M3.5.0/-1,M10.5.0/0"), &zone));
    assert_int_equal(zone.standard_ms, -7200000);
    assert_int_equal(zone.summer_ms, -3600000);
    assert_int_equal(zone.to_summer.after_ms, -3600000);
    assert_int_equal(zone.to_standard.month, 10);
    assert_true(zone_parse(T("X5:30:15"), &zone));
    assert_int_equal(zone.standard_ms, -19815000);
}

/* ---- the machine's own zones ----------------------------------------------------------------------------- */

static const struct {
    const char *rule, *area, *places;
} zones[] = {
#define ZONES(rule, area, places) { rule, area, places },
#include "base/timezones.def"
#undef ZONES
};

/* Whether the machine has the version of the database that ours was made of. */
static bool machine_has_zones(void)
{
    char line[32] = "";
    FILE *f = fopen("/usr/share/zoneinfo/tzdata.zi", "r");
    if (!f)
        return false;
    const bool same = fgets(line, sizeof line, f) && strncmp(line, "# version 2025b", 15) == 0;
    fclose(f);
    return same;
}

/* No rule can tell those: they follow the moon. */
static bool follows_the_moon(const char *name)
{
    static const char *const names[] = { "Africa/Casablanca", "Africa/El_Aaiun", "Asia/Gaza", "Asia/Hebron" };
    for (size_t i = 0; i < COUNT(names); i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* Every three hours and a bit, so that every hour of the day is met soon, and the hours around each change. */
static void compare(const char *name, const struct zone *zone)
{
    const int64_t step = INT64_C(3) * 3600000 + 420000;
    for (int64_t ms = instant("2026-01-01T00:00Z"); ms < instant("2037-01-01T00:00Z"); ms += step) {
        const time_t seconds = (time_t)(ms / 1000);
        struct tm local;
        localtime_r(&seconds, &local);
        const int64_t offset = zone_offset(zone, ms);
        if (offset != (int64_t)local.tm_gmtoff * 1000)
            fail_msg("%s at %lld: %lld s ahead, the machine says %ld", name, (long long)seconds,
                     (long long)offset / 1000, local.tm_gmtoff);
        const int64_t first = zone_instant(zone, ms + offset);
        if (first > ms || zone_offset(zone, first) + first != ms + offset)
            fail_msg("%s at %lld: its clocks lead to %lld", name, (long long)seconds, (long long)first / 1000);
    }
}

static void test_zones(void **state)
{
    (void)state;
    if (!machine_has_zones())
        skip();
    for (size_t i = 0; i < COUNT(zones); i++)
        for (struct text rest = text_of(zones[i].places); rest.p;) {
            const struct text place = text_cut(&rest, ' ');
            char name[64];
            struct zone zone;
            snprintf(name, sizeof name, "%s%s%.*s", zones[i].area, *zones[i].area ? "/" : "", TEXT_ARG(place));
            assert_true(timezone_find(text_of(name), &zone));
            setenv("TZ", name, 1);
            tzset();
            if (!follows_the_moon(name))
                compare(name, &zone);
        }
    unsetenv("TZ");
    tzset();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_right),
        cmocka_unit_test(test_number_of_fields),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_grammar),
        cmocka_unit_test(test_timezones),
        cmocka_unit_test(test_next),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_zones),
    };
    return cmocka_run_group_tests_name("cron", tests, NULL, NULL);
}
