/* Runs that schedules start, with the setting `schedules`: run_moves.h has when that happens.
 *
 * The next due time of a schedule is kept beside it, planned from the moment when the setting was switched on, the
 * space's clock was put back, or the schedule was made or changed: no run starts for a time before that. */
#ifndef DUVO_API_SCHEDULE_RUNS_H
#define DUVO_API_SCHEDULE_RUNS_H

#include "request/request.h"

struct due_schedule {
    struct uuid id;
    int64_t at;
    int64_t mark; /* of the stretch of time in which it is */
};

/* Whether the setting is on and a schedule is due, or has yet to be planned. */
bool schedules_await(struct request *rq);
/* Before anything else: those not planned since the space's time began anew, from then on. */
void schedules_plan_old(struct request *rq);
/* After a write: those that it has made or changed, from now on. */
void schedules_plan_new(struct request *rq);
/* The one that is due first; false without one, and when the setting is off. */
bool schedule_find_due(struct request *rq, struct due_schedule *ret);
/* Its run, at its time. */
void schedule_start(struct request *rq, const struct due_schedule *due);
/* What is due is left out. */
void schedules_skip(struct request *rq);
/* When the next one is due; -1: never. */
int64_t schedules_next_due(struct request *rq);

#endif
