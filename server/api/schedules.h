/* Schedules: the times at which an agent runs on behalf of a person. schedule_runs.h has the runs that they start. */
#ifndef DUVO_API_SCHEDULES_H
#define DUVO_API_SCHEDULES_H

#include "request/request.h"

struct schedule {
    struct v_uuid id;
    struct v_uuid build_id; /* that runs: the agent's live one, else its latest */
    struct v_uuid agent_id, user_id;
    struct v_bool enabled;
    struct v_enum frequency;
    struct v_text time, timezone;
    struct v_enum day;
    struct v_int day_of_month;
    struct v_text cron, source, task;
    struct v_bool recurring;
    struct v_time auto_disabled_at;
    struct v_text auto_disabled_reason;
    struct v_int consecutive_missing_connection_failures;
    struct v_time first_missing_connection_failure_at, last_missing_connection_failure_at;
    struct v_time created_at, updated_at;
    struct v_text user_name, user_email;
};

extern const struct spec schedule_spec;

/* In the order of the documents; each ends with NULL. */
extern const char *const schedule_frequencies[], *const schedule_days[];

/* Gives a new one its place in the list; false when its id is taken, or its agent is missing. */
bool schedule_insert(struct db *db, const struct schedule *schedule);
/* It has not failed for want of a connection. */
void schedule_forget_failures(struct schedule *schedule);
/* Copies of the space's schedules, such as a snapshot's, are to be planned anew where they come to be used. */
void schedules_unplan(struct db *db);
/* The caller's of an agent, newest first. */
struct v_rows schedules_of_agent(struct request *rq, const struct uuid *agent_id);

/* Whether the agent has a build for a schedule to run. */
bool schedule_has_build(struct db *db, const struct uuid *agent_id);

/* A rule between the members: NULL, or what is wrong with the one in *ret_path. */
const char *schedule_check(const struct schedule *schedule, struct text *ret_path);

/* NULL, or what is wrong with a time of day, or with the name of a time zone. */
const char *check_time_of_day(struct text time);
const char *check_timezone(struct text timezone);

#endif
