#include "api/schedule_runs.h"

#include "api/run_moves.h"
#include "api/schedules.h"
#include "base/clock.h"
#include "base/cron.h"
#include "cli/config.h"
#include "space/events.h"
#include "space/space.h"
#include "store/query.h"

/* ---- times ----------------------------------------------------------------------------------------------- */

/* By frequency, what a cron expression of it says; NULL stands for what the schedule says. The last one, custom, has an
 * expression itself. */
static const struct pattern {
    const char *minute, *hour, *day, *weekday;
} patterns[] = {
    { "*/5", "*", "*", "*" },  { "*/15", "*", "*", "*" },  { "0", "*", "*", "*" },   { NULL, NULL, "*", "*" },
    { NULL, NULL, "*", "1-5" }, { NULL, NULL, "*", NULL }, { NULL, NULL, NULL, "*" },
};

static struct text expression_of(struct arena *arena, const struct schedule *s)
{
    const size_t frequency = (size_t)s->frequency.v;
    if (frequency >= sizeof patterns / sizeof patterns[0])
        return s->cron.v;
    const struct pattern *p = &patterns[frequency];
    const struct text hour = p->hour ? text_of(p->hour) : text_clip(s->time.v, 2);
    const struct text minute = p->minute ? text_of(p->minute) : text_from(s->time.v, 3);
    const struct text day = p->day ? text_of(p->day) : text_format(arena, "%lld", (long long)s->day_of_month.v);
    const struct text weekday = text_clip(text_of(p->weekday ? p->weekday : schedule_days[s->day.v]), 3);
    return text_format(arena, "%.*s %.*s %.*s * %.*s", TEXT_ARG(minute), TEXT_ARG(hour), TEXT_ARG(day),
                       TEXT_ARG(weekday));
}

/* Null when it never starts a run. */
static struct v_time next_time(struct arena *arena, const struct schedule *s, int64_t after)
{
    struct v_time next = { .is = VALUE_NULL };
    struct zone zone;
    struct text path;
    const bool starts = s->enabled.v && s->auto_disabled_at.is != VALUE_SET && !schedule_check(s, &path);
    if (starts && timezone_find(s->timezone.v, &zone) && cron_next(expression_of(arena, s), after, &zone, &next.v))
        next.is = VALUE_SET;
    return next;
}

/* ---- plans ----------------------------------------------------------------------------------------------- */

static bool is_on(const struct request *rq)
{
    return rq->home && rq->config->schedules == SCHEDULES_RUN;
}

/* Until when times have come: the clock may have been put back since the request came. */
static int64_t until(const struct request *rq, const struct stretch *stretch)
{
    return rq->now < stretch->now ? rq->now : stretch->now;
}

bool schedules_await(struct request *rq)
{
    if (!is_on(rq))
        return false;
    const struct stretch stretch = space_stretch(rq->home);
    return query_finds(rq->db, SQL_SCHEDULE_UNPLANNED, WITH(stretch.mark)) ||
           query_finds(rq->db, SQL_SCHEDULE_DUE, WITH(until(rq, &stretch)));
}

static bool get(struct request *rq, const struct uuid *id, struct schedule *ret)
{
    *ret = (struct schedule){ .id = { .is = VALUE_ABSENT } };
    return query_get(rq->db, SQL_SCHEDULE_STORED, WITH(id), &schedule_spec, rq->arena, ret);
}

static void plan(struct request *rq, const struct schedule *s, int64_t mark, int64_t after)
{
    const struct v_time next = next_time(rq->arena, s, after);
    const struct v_int due = { next.is, next.v };
    query_change(rq->db, SQL_SCHEDULE_PLAN, WITH(&s->id.v, due, mark));
    if (next.is == VALUE_SET)
        events_expect(rq);
}

static void plan_all(struct request *rq, int64_t mark, int64_t after)
{
    struct uuid id;
    struct schedule s;
    while (!db_error(rq->db)) {
        {
            QUERY q = query_with(rq->db, SQL_SCHEDULE_UNPLANNED, WITH(mark));
            if (!query_row(&q))
                return;
            id = col_uuid(&q, 0);
        }
        if (!get(rq, &id, &s))
            return;
        plan(rq, &s, mark, after);
    }
}

void schedules_plan_old(struct request *rq)
{
    if (!is_on(rq))
        return;
    const struct stretch stretch = space_stretch(rq->home);
    plan_all(rq, stretch.mark, stretch.from);
}

/* The write may have moved the clock. */
void schedules_plan_new(struct request *rq)
{
    if (!is_on(rq))
        return;
    const struct stretch stretch = space_stretch(rq->home);
    plan_all(rq, stretch.mark, stretch.now);
}

int64_t schedules_next_due(struct request *rq)
{
    if (!is_on(rq))
        return -1;
    return schedules_await(rq) ? rq->now : query_number(rq->db, SQL_SCHEDULE_NEXT_DUE, NULL);
}

bool schedule_find_due(struct request *rq, struct due_schedule *ret)
{
    if (!is_on(rq))
        return false;
    const struct stretch stretch = space_stretch(rq->home);
    QUERY q = query_with(rq->db, SQL_SCHEDULE_DUE, WITH(until(rq, &stretch)));
    if (!query_row(&q))
        return false;
    *ret = (struct due_schedule){ col_uuid(&q, 0), col_int(&q, 1), stretch.mark };
    return true;
}

void schedules_skip(struct request *rq)
{
    struct due_schedule due;
    struct schedule s;
    while (!db_error(rq->db) && schedule_find_due(rq, &due) && get(rq, &due.id, &s))
        plan(rq, &s, due.mark, rq->now);
}

/* ---- runs ------------------------------------------------------------------------------------------------ */

/* Consecutive runs that lack a connection disable it in the end, as they do a trigger. */
static void count_missing(struct request *rq, struct schedule *s, struct text missing, int64_t at)
{
    if (s->first_missing_connection_failure_at.is != VALUE_SET)
        s->first_missing_connection_failure_at = SET_TIME(at);
    s->last_missing_connection_failure_at = SET_TIME(at);
    s->updated_at = SET_TIME(at);
    if (++s->consecutive_missing_connection_failures.v < rq->config->trigger_failures)
        return;
    s->enabled = SET_BOOL(false);
    s->auto_disabled_at = SET_TIME(at);
    s->auto_disabled_reason =
        SET_TEXT(text_format(rq->arena, "%lld runs in a row had no usable connection of %.*s",
                             (long long)s->consecutive_missing_connection_failures.v, TEXT_ARG(missing)));
}

/* What the run means for the schedule; whether anything is different. */
static bool take_outcome(struct request *rq, struct schedule *s, struct text missing, int64_t at)
{
    const bool once = s->recurring.is == VALUE_SET && !s->recurring.v;
    const bool failed_before = s->consecutive_missing_connection_failures.v > 0;
    if (missing.n)
        count_missing(rq, s, missing, at);
    else if (failed_before)
        schedule_forget_failures(s);
    if (once)
        s->enabled = SET_BOOL(false);
    if (once || failed_before)
        s->updated_at = SET_TIME(at);
    return missing.n || failed_before || once;
}

void schedule_start(struct request *rq, const struct due_schedule *due)
{
    struct schedule s;
    struct run run;
    struct text missing;
    if (!get(rq, &due->id, &s))
        return;
    const struct run_start start = {
        .agent_id = s.agent_id.v,
        .user_id = s.user_id.v,
        .source = T("schedule"),
        .message = s.task.v,
        .case_id = { .is = VALUE_NULL },
        .trigger_id = { .is = VALUE_NULL },
        .at = due->at,
    };
    /* without a live revision nothing can run, at that time */
    const bool runs = query_finds(rq->db, SQL_RUN_BUILD, WITH(&start.agent_id));
    if (runs && run_begin(rq, &start, &run, &missing) == OK && take_outcome(rq, &s, missing, due->at))
        query_store(rq->db, SQL_SCHEDULE_UPDATE, &schedule_spec, &s, NULL);
    plan(rq, &s, due->mark, due->at);
}
