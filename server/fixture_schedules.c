#include "fixture_schedules.h"

#include "api/schedules.h"
#include "base/clock.h"
#include "base/cron.h"
#include "limit.h"

#define S struct schedule
static const struct field schedule_fields[] = {
    FIELD_UUID(S, id, .column = "id", .flags = REQUIRED),
    FIELD_UUID(S, agent_id, .column = "agent_id", .flags = REQUIRED),
    FIELD_UUID(S, user_id, .column = "user_id", .flags = REQUIRED),
    FIELD_BOOL(S, enabled, .column = "enabled", .fallback = "true"),
    FIELD_ENUM(S, frequency, .column = "frequency", .flags = REQUIRED, .names = schedule_frequencies),
    FIELD_TEXT(S, time, .column = "time", .flags = NULLABLE, .check = check_time_of_day),
    FIELD_TEXT(S, timezone, .column = "timezone", .fallback = "\"UTC\"", .check = check_timezone),
    FIELD_ENUM(S, day, .column = "day", .flags = NULLABLE, .names = schedule_days),
    FIELD_INT(S, day_of_month, .column = "day_of_month", .flags = NULLABLE, .min = 1, .max = 31),
    FIELD_TEXT(S, cron, .column = "cron", .flags = NULLABLE, .max = LIMIT_CRON, .check = cron_check),
    FIELD_TEXT(S, source, .column = "source", .flags = NULLABLE, .max = LIMIT_SLUG),
    FIELD_TEXT(S, task, .column = "task", .flags = NULLABLE, .max = LIMIT_TASK),
    FIELD_BOOL(S, recurring, .column = "recurring", .flags = NULLABLE, .fallback = "true"),
    FIELD_TIME(S, auto_disabled_at, .column = "auto_disabled_at", .flags = NULLABLE),
    FIELD_TEXT(S, auto_disabled_reason, .column = "auto_disabled_reason", .flags = NULLABLE, .max = LIMIT_NAME),
    FIELD_INT(S, consecutive_missing_connection_failures, .column = "consecutive_missing_connection_failures",
              .fallback = "0"),
    FIELD_TIME(S, first_missing_connection_failure_at, .column = "first_missing_connection_failure_at",
               .flags = NULLABLE),
    FIELD_TIME(S, last_missing_connection_failure_at, .column = "last_missing_connection_failure_at",
               .flags = NULLABLE),
    FIELD_TIME(S, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
    FIELD_TIME(S, updated_at, .column = "updated_at", .doc = UPDATED_DOC),
};
#undef S

static const char *check_schedule(struct arena *arena, const void *object, struct text *ret_path)
{
    (void)arena;
    return schedule_check(object, ret_path);
}

const struct spec fixture_schedule =
    SPEC_WITH(struct schedule, "FixtureSchedule", schedule_fields, .check = check_schedule);

bool insert_schedule(struct arena *arena, struct db *db, enum section section, const void *row)
{
    struct schedule s = *(const struct schedule *)row;
    (void)arena, (void)section;
    if (!schedule_has_build(db, &s.agent_id.v))
        return false;
    s.updated_at = fixture_updated(s.updated_at, s.created_at);
    QUERY q = query(db, SQL_SCHEDULE_INSERT);
    bind_row(&q, &schedule_spec, &s);
    bind_int(&q, clock_ticket());
    return query_try(&q);
}
