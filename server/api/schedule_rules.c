/* What makes a schedule: its fields, and what each frequency asks for. */
#include "api/schedules.h"
#include "base/timezone.h"

const char *const schedule_frequencies[] = { "every_5_minutes", "every_15_minutes", "hourly", "daily", "workday",
                                             "weekly", "monthly", "custom", NULL };
const char *const schedule_days[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
                                      NULL };

/* ---- the object ------------------------------------------------------------------------------------------ */

#define RUNS                                                                                                           \
    "(SELECT b.id FROM builds b WHERE b.space = schedules.space AND b.agent_id = schedules.agent_id"                   \
    " ORDER BY b.status = 'live' DESC, b.revision_number DESC LIMIT 1)"
#define OF_PERSON(column)                                                                                              \
    "(SELECT p." column " FROM people p WHERE p.space = schedules.space AND p.id = schedules.user_id)"

#define S struct schedule
static const struct field schedule_fields[] = {
    FIELD_UUID(S, id, .column = "id", .flags = REQUIRED, .doc = "Schedule ID"),
    FIELD_UUID(S, build_id, .column = RUNS, .flags = REQUIRED | DERIVED,
               .doc = "The revision that runs: the agent's live one, else its latest"),
    FIELD_UUID(S, agent_id, .column = "agent_id", .flags = REQUIRED, .doc = "Agent"),
    FIELD_UUID(S, user_id, .column = "user_id", .flags = REQUIRED, .doc = "Whose it is"),
    FIELD_BOOL(S, enabled, .column = "enabled", .flags = REQUIRED, .doc = "Whether it is active", .example = "true"),
    FIELD_ENUM(S, frequency, .column = "frequency", .flags = REQUIRED | ONLY_V2, .names = schedule_frequencies,
               .doc = "How often", .example = "\"weekly\""),
    FIELD_TEXT(S, time, .column = "time", .flags = REQUIRED | NULLABLE, .doc = "Time of day", .example = "\"08:30\""),
    FIELD_TEXT(S, timezone, .column = "timezone", .flags = REQUIRED, .doc = "IANA time zone",
               .example = "\"Europe/London\""),
    FIELD_ENUM(S, day, .column = "day", .flags = REQUIRED | NULLABLE, .names = schedule_days,
               .doc = "Day of the week", .example = "\"monday\""),
    FIELD_INT(S, day_of_month, .column = "day_of_month", .flags = REQUIRED | NULLABLE, .min = 1, .max = 31,
              .doc = "Day of the month"),
    FIELD_TEXT(S, cron, .column = "cron", .flags = REQUIRED | NULLABLE, .doc = "Cron expression"),
    FIELD_TEXT(S, source, .column = "source", .flags = REQUIRED | NULLABLE, .doc = "What made it"),
    FIELD_TEXT(S, task, .column = "task", .flags = REQUIRED | NULLABLE, .doc = "What the agent is told to do"),
    FIELD_BOOL(S, recurring, .column = "recurring", .flags = REQUIRED | NULLABLE,
               .doc = "Whether it goes on after its first run", .example = "true"),
    FIELD_TIME(S, auto_disabled_at, .column = "auto_disabled_at", .flags = REQUIRED | NULLABLE | ONLY_V2,
               .doc = "When it was paused because it failed"),
    FIELD_TEXT(S, auto_disabled_reason, .column = "auto_disabled_reason", .flags = REQUIRED | NULLABLE | ONLY_V2,
               .doc = "Why"),
    FIELD_INT(S, consecutive_missing_connection_failures, .column = "consecutive_missing_connection_failures",
              .flags = REQUIRED | ONLY_V2, .doc = "How often in a row a connection was missing", .example = "0"),
    FIELD_TIME(S, first_missing_connection_failure_at, .column = "first_missing_connection_failure_at",
               .flags = REQUIRED | NULLABLE | ONLY_V2, .doc = "When that was first"),
    FIELD_TIME(S, last_missing_connection_failure_at, .column = "last_missing_connection_failure_at",
               .flags = REQUIRED | NULLABLE | ONLY_V2, .doc = "When that was last"),
    FIELD_TIME(S, created_at, .column = "created_at", .flags = REQUIRED, .doc = "When it was made"),
    FIELD_TIME(S, updated_at, .column = "updated_at", .flags = REQUIRED, .doc = "When it was last changed"),
    FIELD_TEXT(S, user_name, .column = OF_PERSON("name"), .flags = NULLABLE | DERIVED, .doc = "Name of the person",
               .example = "\"Olivia Owner\""),
    FIELD_TEXT(S, user_email, .column = OF_PERSON("email"), .flags = NULLABLE | DERIVED, .doc = "E-mail address",
               .example = "\"olivia@acme.example\""),
};
#undef S
const struct spec schedule_spec = SPEC_WITH(struct schedule, "Schedule", schedule_fields,
                                            .doc = "When an agent is to run on behalf of a person.");

/* ---- rules ----------------------------------------------------------------------------------------------- */

const char *check_time_of_day(struct text time)
{
    int64_t hour = 24, minute = 60;
    const bool shaped = time.n == 5 && time.p[2] == ':';
    const bool ok = shaped && text_to_uint(text_clip(time, 2), &hour) && text_to_uint(text_from(time, 3), &minute);
    return ok && hour < 24 && minute < 60 ? NULL : "Invalid time: expected HH:MM, 00:00 to 23:59";
}

const char *check_timezone(struct text timezone)
{
    return timezone_exists(timezone) ? NULL : "Invalid time zone: expected an IANA name such as \"Europe/London\"";
}

enum { NEEDS_TIME = 1, NEEDS_DAY = 2, NEEDS_DAY_OF_MONTH = 4, NEEDS_CRON = 8 };

/* By frequency. What a frequency does not need is kept, and has no effect: PATCH changes only what it names. */
static const struct {
    unsigned needs;
    const char *why;
} rules[] = {
    { 0, NULL },
    { 0, NULL },
    { 0, NULL },
    { NEEDS_TIME, "Required when frequency is \"daily\"" },
    { NEEDS_TIME, "Required when frequency is \"workday\"" },
    { NEEDS_TIME | NEEDS_DAY, "Required when frequency is \"weekly\"" },
    { NEEDS_TIME | NEEDS_DAY_OF_MONTH, "Required when frequency is \"monthly\"" },
    { NEEDS_CRON, "Required when frequency is \"custom\"" },
};

const char *schedule_check(const struct schedule *s, struct text *ret_path)
{
    const struct {
        unsigned flag;
        struct text name;
        bool there;
    } members[] = {
        { NEEDS_TIME, T("time"), s->time.is == VALUE_SET },
        { NEEDS_DAY, T("day"), s->day.is == VALUE_SET },
        { NEEDS_DAY_OF_MONTH, T("day_of_month"), s->day_of_month.is == VALUE_SET },
        { NEEDS_CRON, T("cron"), s->cron.is == VALUE_SET },
    };
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        if ((rules[s->frequency.v].needs & members[i].flag) && !members[i].there) {
            *ret_path = members[i].name;
            return rules[s->frequency.v].why;
        }
    return NULL;
}
