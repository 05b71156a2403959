/* Cases: what waits in a team's queues for an agent to take it. And case triggers: the queue whose cases start an
 * agent, at most one for each agent. A run that a case has started claims it, and completes it. */
#ifndef DUVO_API_CASES_H
#define DUVO_API_CASES_H

#include "request/request.h"

struct case_trigger {
    struct v_uuid id, agent_id, queue_id, user_id;
    struct v_bool enabled;
    struct v_int concurrency; /* 1: one run at a time */
    struct v_time created_at, updated_at;
};

enum case_status { CASE_PENDING, CASE_CLAIMED, CASE_COMPLETED, CASE_FAILED };
struct stored_case {
    struct v_uuid id, queue_id;
    struct v_text title;
    struct v_enum status;
    struct v_uuid claimed_by_run_id;
    struct v_time created_at, updated_at;
};

/* As they are stored, and as fixture documents give them. */
extern const struct spec case_trigger_row, case_row;
extern const struct spec queue_spec, queue_producer_spec, queue_consumer_spec, case_trigger_spec, case_spec;

/* False when the id is taken, the agent has one, or the queue is another team's. */
bool case_trigger_insert(struct db *db, const struct case_trigger *trigger);
/* Gives a new one its place in the list; false when its id is taken. */
bool case_insert(struct db *db, const struct stored_case *one);

struct queue_path {
    struct v_uuid queue_id;
};
struct queue;
/* The caller's team's: OK, or ERR_QUEUE_NOT_FOUND. */
enum err queue_find(struct request *rq, const struct uuid *id, struct queue *ret);

#endif
