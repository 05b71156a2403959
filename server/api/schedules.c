#include "api/schedules.h"

#include "api/agents.h"
#include "api/handlers.h"
#include "api/success.h"
#include "base/clock.h"
#include "base/cron.h"
#include "space/ids.h"
#include "base/limit.h"
#include "store/query.h"

/* ---- path ------------------------------------------------------------------------------------------------ */

struct schedule_path {
    struct v_uuid agent_id, schedule_id;
};

static const struct field schedule_path_fields[] = {
    FIELD_UUID(struct schedule_path, agent_id, .flags = REQUIRED, .doc = "Agent ID"),
    FIELD_UUID(struct schedule_path, schedule_id, .flags = REQUIRED, .doc = "Schedule ID"),
};
const struct spec schedule_path = SPEC(struct schedule_path, "SchedulePath", schedule_path_fields);

/* ---- finding --------------------------------------------------------------------------------------------- */

/* The caller's, of that agent. */
static enum err find(struct request *rq, const struct uuid *agent_id, const struct uuid *id, struct schedule *ret)
{
    if (!agent_exists(rq, agent_id))
        return ERR_AGENT_NOT_FOUND;
    QUERY q = query(rq->db, SQL_SCHEDULE_GET);
    bind_uuid(&q, id);
    bind_uuid(&q, agent_id);
    bind_uuid(&q, &rq->who.user_id);
    if (!query_row(&q))
        return ERR_SCHEDULE_NOT_FOUND;
    col_row(&q, 0, &schedule_spec, rq->arena, ret);
    return OK;
}

static enum err find_in_path(struct request *rq, struct schedule *ret)
{
    const struct schedule_path *path = rq->path;
    return find(rq, &path->agent_id.v, &path->schedule_id.v, ret);
}

/* ---- list ------------------------------------------------------------------------------------------------ */

struct schedule_list {
    struct v_rows schedules;
};

static const struct field list_fields[] = {
    FIELD_ROWS(struct schedule_list, schedules, .flags = REQUIRED, .sub = &schedule_spec,
               .doc = "The caller's, newest first"),
};
const struct spec schedule_list = SPEC(struct schedule_list, "ScheduleList", list_fields);

static void bind_list(struct query *q, const struct request *rq, const struct uuid *agent_id)
{
    bind_uuid(q, agent_id);
    bind_uuid(q, &rq->who.user_id);
}

static size_t count(const struct request *rq, const struct uuid *agent_id)
{
    QUERY q = query(rq->db, SQL_SCHEDULE_COUNT);
    bind_list(&q, rq, agent_id);
    return query_row(&q) ? (size_t)col_int(&q, 0) : 0;
}

struct v_rows schedules_of_agent(struct request *rq, const struct uuid *agent_id)
{
    const size_t room = count(rq, agent_id);
    struct schedule *rows = ARENA_ARRAY(rq->arena, room, struct schedule);
    size_t n = 0;
    QUERY q = query(rq->db, SQL_SCHEDULE_LIST);
    bind_list(&q, rq, agent_id);
    while (n < room && query_row(&q))
        col_row(&q, 0, &schedule_spec, rq->arena, &rows[n++]);
    return SET_ROWS(n, rows);
}

enum err schedules_list(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    struct schedule_list *out = REQUEST_NEW(rq, struct schedule_list);
    if (!agent_exists(rq, &path->agent_id.v))
        return ERR_AGENT_NOT_FOUND;
    out->schedules = schedules_of_agent(rq, &path->agent_id.v);
    rp->object = out;
    return OK;
}

/* ---- create and update ----------------------------------------------------------------------------------- */

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
    FIELD_BOOL(B, enabled, .flags = (required), .doc = "Whether it is active; an agent can have 5 that are",           \
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
    FIELD_TEXT(B, cron, .flags = NULLABLE, .max = LIMIT_CRON, .check = cron_check,                                     \
               .doc = "Five fields; required for custom", .example = "\"0 */4 * * *\""),                               \
    FIELD_BOOL(B, recurring, .flags = NULLABLE, .doc = "Whether it goes on after its first run; true unless given",    \
               .example = "true")

static const struct field create_fields[] = { BODY_FIELDS(REQUIRED) };
static const struct field update_fields[] = { BODY_FIELDS(0) };
#undef B

static bool is_same_text(struct v_text a, struct v_text b)
{
    return a.is == b.is && text_eq(a.v, b.v);
}

/* Takes over what was sent. */
static void take_body(struct schedule *s, const struct schedule_body *in)
{
#define TAKE(m) s->m = in->m.is == VALUE_ABSENT ? s->m : in->m
    TAKE(enabled);
    TAKE(frequency);
    TAKE(time);
    TAKE(timezone);
    TAKE(day);
    TAKE(day_of_month);
    TAKE(cron);
    TAKE(recurring);
#undef TAKE
}

static bool is_same(const struct schedule *a, const struct schedule *b)
{
    return a->enabled.v == b->enabled.v && a->frequency.v == b->frequency.v && is_same_text(a->time, b->time) &&
           is_same_text(a->timezone, b->timezone) && a->day.is == b->day.is && a->day.v == b->day.v &&
           a->day_of_month.is == b->day_of_month.is && a->day_of_month.v == b->day_of_month.v &&
           is_same_text(a->cron, b->cron) && a->recurring.is == b->recurring.is && a->recurring.v == b->recurring.v;
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
    QUERY q = query(rq->db, SQL_SCHEDULE_ENABLED);
    bind_uuid(&q, &s->agent_id.v);
    bind_uuid(&q, &s->id.v);
    return !s->enabled.v || (query_row(&q) && col_int(&q, 0) < LIMIT_AGENT_SCHEDULES);
}

/* As it is stored now. */
static enum err answer(struct request *rq, struct reply *rp, const struct schedule *s)
{
    struct schedule *out = REQUEST_NEW(rq, struct schedule);
    rp->object = out;
    return find(rq, &s->agent_id.v, &s->id.v, out);
}

bool schedule_has_build(struct db *db, const struct uuid *agent_id)
{
    QUERY q = query(db, SQL_SCHEDULE_BUILD);
    bind_uuid(&q, agent_id);
    return query_row(&q);
}

static enum err insert(struct request *rq, const struct schedule *s)
{
    QUERY q = query(rq->db, SQL_SCHEDULE_INSERT);
    bind_row(&q, &schedule_spec, s);
    bind_int(&q, clock_ticket());
    return query_try(&q) ? OK : ERR_INTERNAL;
}

enum err schedules_create(struct request *rq, struct reply *rp)
{
    const struct agent_path *path = rq->path;
    struct schedule s = new_schedule();
    if (!agent_exists(rq, &path->agent_id.v))
        return ERR_AGENT_NOT_FOUND;
    if (!schedule_has_build(rq->db, &path->agent_id.v))
        return ERR_NOTHING_TO_SCHEDULE;
    take_body(&s, rq->input);
    s.agent_id = path->agent_id;
    s.user_id = SET_UUID(rq->who.user_id);
    s.id = SET_UUID(id_new(rq, "schedule"));
    s.created_at = s.updated_at = SET_TIME(rq->now);
    if (!has_room(rq, &s))
        return ERR_SCHEDULES_FULL;
    const enum err err = insert(rq, &s);
    return err == OK ? answer(rq, rp, &s) : err;
}

/* What was paused because it failed starts anew when it is enabled. */
static void forget_failures(struct schedule *s)
{
    const struct schedule new = new_schedule();
    s->auto_disabled_at = new.auto_disabled_at;
    s->auto_disabled_reason = new.auto_disabled_reason;
    s->consecutive_missing_connection_failures = new.consecutive_missing_connection_failures;
    s->first_missing_connection_failure_at = new.first_missing_connection_failure_at;
    s->last_missing_connection_failure_at = new.last_missing_connection_failure_at;
}

static void save(struct request *rq, const struct schedule *s)
{
    QUERY q = query(rq->db, SQL_SCHEDULE_UPDATE);
    bind_row(&q, &schedule_spec, s);
    query_run(&q);
}

enum err schedules_update(struct request *rq, struct reply *rp)
{
    struct schedule old = { .id = { .is = VALUE_ABSENT } };
    struct text path;
    const enum err err = find_in_path(rq, &old);
    if (err != OK)
        return err;
    struct schedule s = old;
    take_body(&s, rq->input);
    const char *why = schedule_check(&s, &path);
    if (why)
        return fail(rq, ERR_INVALID, "body/%.*s %s", TEXT_ARG(path), why);
    if (!has_room(rq, &s))
        return ERR_SCHEDULES_FULL;
    if (s.enabled.v && !old.enabled.v)
        forget_failures(&s);
    if (!is_same(&s, &old)) {
        s.updated_at = SET_TIME(rq->now);
        save(rq, &s);
    }
    return answer(rq, rp, &s);
}

/* ---- delete ---------------------------------------------------------------------------------------------- */

enum err schedules_delete(struct request *rq, struct reply *rp)
{
    struct schedule s = { .id = { .is = VALUE_ABSENT } };
    const enum err err = find_in_path(rq, &s);
    if (err != OK)
        return err;
    QUERY q = query(rq->db, SQL_SCHEDULE_DELETE);
    bind_uuid(&q, &s.id.v);
    query_run(&q);
    rp->object = success(rq, true);
    return OK;
}
