/* Cron expressions and time zones: what is one, and what is none. */
#include "base/cron.h"
#include "base/timezone.h"

#include "rig.h"

#include <stdio.h>
#include <string.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_right),
        cmocka_unit_test(test_number_of_fields),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_grammar),
        cmocka_unit_test(test_timezones),
    };
    return cmocka_run_group_tests_name("cron", tests, NULL, NULL);
}
