#include "api/schedules.h"

#include "api/agent_path.h"
#include "api/common.h"
#include "api/handlers.h"
#include "base/clock.h"
#include "base/cron.h"
#include "base/limit.h"
#include "base/timezone.h"
#include "space/ids.h"

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
               .doc = "Its revision: the agent's live one, else its latest"),
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
    FIELD_TEXT(S, task, .column = "task", .flags = REQUIRED | NULLABLE, .doc = "Instructions for the agent"),
    FIELD_BOOL(S, recurring, .column = "recurring", .flags = REQUIRED | NULLABLE,
               .doc = "Whether it continues after its first run", .example = "true"),
    FIELD_TIME(S, auto_disabled_at, .column = "auto_disabled_at", .flags = REQUIRED | NULLABLE | ONLY_V2,
               .doc = "When it was paused because it failed"),
    FIELD_TEXT(S, auto_disabled_reason, .column = "auto_disabled_reason", .flags = REQUIRED | NULLABLE | ONLY_V2,
               .doc = "Why"),
    FIELD_INT(S, consecutive_missing_connection_failures, .column = "consecutive_missing_connection_failures",
              .flags = REQUIRED | ONLY_V2, .doc = "Consecutive runs without a connection", .example = "0"),
    FIELD_TIME(S, first_missing_connection_failure_at, .column = "first_missing_connection_failure_at",
               .flags = REQUIRED | NULLABLE | ONLY_V2, .doc = "When the first one was"),
    FIELD_TIME(S, last_missing_connection_failure_at, .column = "last_missing_connection_failure_at",
               .flags = REQUIRED | NULLABLE | ONLY_V2, .doc = "When the last one was"),
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

/* ---- what is stored -------------------------------------------------------------------------------------- */

bool schedule_insert(struct db *db, const struct schedule *schedule)
{
    return query_insert(db, SQL_SCHEDULE_INSERT, &schedule_spec, schedule, WITH(clock_ticket()));
}

void schedules_unplan(struct db *db)
{
    query_change(db, SQL_SCHEDULE_UNPLAN, NULL);
}

bool schedule_has_build(struct db *db, const struct uuid *agent_id)
{
    return query_finds(db, SQL_SCHEDULE_BUILD, WITH(agent_id));
}

/* Whosever, of the path's agent. */
static enum err find_schedule(struct request *rq, const struct uuid *id, struct schedule *ret)
{
    const struct agent_path *path = rq->path;
    const struct param *key = WITH(id, &path->agent_id.v);
    const enum err err = agent_in_path(rq);
    if (err != OK)
        return err;
    return query_get(rq->db, SQL_SCHEDULE_GET, key, &schedule_spec, rq->arena, ret) ? OK : ERR_SCHEDULE_NOT_FOUND;
}

/* To change or delete it: anybody's own, and for administrators of the team everybody's. */
static enum err find_schedule_in_path(struct request *rq, struct schedule *ret)
{
    const struct agent_path *path = rq->path;
    const enum err err = find_schedule(rq, &path->schedule_id.v, ret);
    if (err != OK || uuid_eq(&ret->user_id.v, &rq->who.user_id) || rq->who.role >= ROLE_ADMINISTRATOR)
        return err;
    return ERR_SCHEDULE_OF_ANOTHER;
}

/* As it is stored now. */
static enum err answer_schedule(struct request *rq, struct reply *rp, const struct uuid *id)
{
    struct schedule *out = REQUEST_NEW(rq, struct schedule);
    rp->object = out;
    return find_schedule(rq, id, out);
}

/* ---- list ------------------------------------------------------------------------------------------------ */

static const struct field list_fields[] = { LIST_ROWS("schedules", schedule_spec, "The caller's, newest first") };
const struct spec schedule_list = SPEC(struct list, "ScheduleList", list_fields);

struct v_rows schedules_of_agent(struct request *rq, const struct uuid *agent_id)
{
    return query_rows(rq->db, SQL_SCHEDULE_LIST, WITH(agent_id, &rq->who.user_id), &schedule_spec, rq->arena);
}

enum err schedules_list(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    const enum err err = agent_in_path(rq);
    if (err != OK)
        return err;
    return list_all(rq, rp, SQL_SCHEDULE_LIST, WITH(&path->agent_id.v, &rq->who.user_id), &schedule_spec);
}

/* ---- create ---------------------------------------------------------------------------------------------- */

struct schedule_body {
    struct v_bool enabled;
    struct v_enum frequency;
    struct v_text time, timezone;
    struct v_enum day;
    struct v_int day_of_month;
    struct v_text cron;
    struct v_bool recurring;
};

#define B struct schedule_body
#define BODY_FIELDS(required)                                                                                          \
    FIELD_BOOL(B, enabled, .flags = (required), .doc = "Whether it is active; an agent has at most 5 active ones",     \
               .example = "true"),                                                                                     \
    FIELD_ENUM(B, frequency, .flags = (required), .names = schedule_frequencies, .doc = "How often",                   \
               .example = "\"weekly\""),                                                                               \
    FIELD_TEXT(B, time, .flags = NULLABLE, .check = check_time_of_day,                                                 \
               .doc = "Time of day, HH:MM; required for daily, workday, weekly and monthly", .example = "\"08:30\""),  \
    FIELD_TEXT(B, timezone, .flags = (required), .check = check_timezone, .doc = "IANA time zone",                     \
               .example = "\"Europe/London\""),                                                                        \
    FIELD_ENUM(B, day, .flags = NULLABLE, .names = schedule_days, .doc = "Required for weekly",                        \
               .example = "\"monday\""),                                                                               \
    FIELD_INT(B, day_of_month, .flags = NULLABLE, .min = 1, .max = 31, .doc = "Required for monthly"),                 \
    FIELD_TEXT(B, cron, .flags = NULLABLE, .check = cron_check,                                     \
               .doc = "Five fields; required for custom", .example = "\"0 */4 * * *\""),                               \
    FIELD_BOOL(B, recurring, .flags = NULLABLE, .doc = "Whether it continues after its first run; true unless given",  \
               .example = "true")

static const struct field create_fields[] = { BODY_FIELDS(REQUIRED) };
static const struct field update_fields[] = { BODY_FIELDS(0) };
#undef B

/* Whether anything is different now. */
static bool take_body(struct schedule *s, const struct schedule_body *in)
{
    bool changed = take_bool(&s->enabled, in->enabled);
    changed |= take_enum(&s->frequency, in->frequency);
    changed |= take_text(&s->time, in->time);
    changed |= take_text(&s->timezone, in->timezone);
    changed |= take_enum(&s->day, in->day);
    changed |= take_int(&s->day_of_month, in->day_of_month);
    changed |= take_text(&s->cron, in->cron);
    changed |= take_bool(&s->recurring, in->recurring);
    return changed;
}

static struct schedule new_schedule(void)
{
    const struct v_text null_text = { .is = VALUE_NULL };
    const struct v_time never = { .is = VALUE_NULL };
    return (struct schedule){
        .time = null_text,
        .day = { .is = VALUE_NULL },
        .day_of_month = { .is = VALUE_NULL },
        .cron = null_text,
        .source = null_text,
        .task = null_text,
        .recurring = SET_BOOL(true),
        .auto_disabled_at = never,
        .auto_disabled_reason = null_text,
        .consecutive_missing_connection_failures = SET_INT(0),
        .first_missing_connection_failure_at = never,
        .last_missing_connection_failure_at = never,
    };
}

void schedule_forget_failures(struct schedule *s)
{
    const struct schedule new = new_schedule();
    s->auto_disabled_at = new.auto_disabled_at;
    s->auto_disabled_reason = new.auto_disabled_reason;
    s->consecutive_missing_connection_failures = new.consecutive_missing_connection_failures;
    s->first_missing_connection_failure_at = new.first_missing_connection_failure_at;
    s->last_missing_connection_failure_at = new.last_missing_connection_failure_at;
}

static const char *check_create(struct arena *arena, const void *object, struct text *ret_path)
{
    struct schedule s = new_schedule();
    (void)arena;
    take_body(&s, object);
    return schedule_check(&s, ret_path);
}

const struct spec schedule_create =
    SPEC_WITH(struct schedule_body, "CreateSchedule", create_fields, .check = check_create);
const struct spec schedule_update = SPEC(struct schedule_body, "UpdateSchedule", update_fields);

/* Whether the agent can have it beside its other active ones, of whomever. */
static bool has_room(struct request *rq, const struct schedule *s)
{
    const struct param *with = WITH(&s->agent_id.v, &s->id.v);
    return !s->enabled.v || query_number(rq->db, SQL_SCHEDULE_ENABLED, with) < LIMIT_AGENT_SCHEDULES;
}

enum err schedules_create(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    struct schedule s = new_schedule();
    const enum err err = agent_in_path(rq);
    if (err != OK)
        return err;
    if (!schedule_has_build(rq->db, &path->agent_id.v))
        return ERR_NOTHING_TO_SCHEDULE;
    take_body(&s, rq->input);
    s.agent_id = path->agent_id;
    s.user_id = SET_UUID(rq->who.user_id);
    s.id = SET_UUID(id_new(rq, "schedule"));
    s.created_at = s.updated_at = SET_TIME(rq->now);
    if (!has_room(rq, &s))
        return ERR_SCHEDULES_FULL;
    return schedule_insert(rq->db, &s) ? answer_schedule(rq, rp, &s.id.v) : ERR_INTERNAL;
}

/* ---- update ---------------------------------------------------------------------------------------------- */

enum err schedules_update(struct request *rq, struct reply *rp)
{
    struct schedule s = { .id = { .is = VALUE_ABSENT } };
    struct text path;
    const enum err err = find_schedule_in_path(rq, &s);
    if (err != OK)
        return err;
    const bool was_enabled = s.enabled.v, changed = take_body(&s, rq->input);
    const char *why = schedule_check(&s, &path);
    if (why)
        return fail(rq, ERR_INVALID, "body/%.*s %s", TEXT_ARG(path), why);
    if (!has_room(rq, &s))
        return ERR_SCHEDULES_FULL;
    if (s.enabled.v && !was_enabled) /* what was paused because it failed starts anew */
        schedule_forget_failures(&s);
    if (changed) {
        s.updated_at = SET_TIME(rq->now);
        query_store(rq->db, SQL_SCHEDULE_UPDATE, &schedule_spec, &s, NULL);
    }
    return answer_schedule(rq, rp, &s.id.v);
}

/* ---- delete ---------------------------------------------------------------------------------------------- */

enum err schedules_delete(struct request *rq, struct reply *rp)
{
    struct schedule s = { .id = { .is = VALUE_ABSENT } };
    const enum err err = find_schedule_in_path(rq, &s);
    if (err != OK)
        return err;
    query_change(rq->db, SQL_SCHEDULE_DELETE, WITH(&s.id.v));
    rp->object = success(rq, true);
    return OK;
}
