/* Runs that cases start: run_moves.h has what happens to a case while one is at work on it. */
#ifndef DUVO_API_CASE_RUNS_H
#define DUVO_API_CASE_RUNS_H

#include "request/request.h"

/* Cases of the queue that wait for their first run get one from the queue's case triggers. */
void cases_hand_out(struct request *rq, const struct uuid *queue_id, int64_t at);
/* The same of the queue whose cases start the agent, which can do more than before. */
void cases_hand_out_to(struct request *rq, const struct uuid *agent_id, int64_t at);

#endif
