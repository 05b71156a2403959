/* The course of runs: how one begins, goes on with time, stops, and goes on again.
 *
 * A run moves with its space's clock and by nobody's thread: what is due happens before anything that could see it,
 * with the time at which it was due. So whoever looks sees the same, however often they look; with a frozen clock
 * nothing moves. Whether connections are usable is looked at when somebody acts: at the start, and when a run is to go
 * on. */
#ifndef DUVO_API_RUN_MOVES_H
#define DUVO_API_RUN_MOVES_H

#include "api/runs.h"
#include "api/usable.h"

/* Who and what begins a run. */
struct run_start {
    struct uuid agent_id, user_id;
    const struct actor *actor; /* the person, in the team that the agent has to be of; NULL: in the agent's */
    struct text source; /* api, trigger, case, schedule */
    struct text message, sandbox_id, webhook_url; /* unset: none */
    struct v_uuid case_id, trigger_id;
    struct text integration_slug; /* of a trigger */
    int64_t at;
};

/* What is due happens: runs take their steps, and schedules start some. The router calls it before every write: what
 * that changes, such as a connection, would change what is due as well. A handler of a read that sees runs or cases
 * calls it first of all; false: it returns OK, and runs anew as a write. */
bool runs_settle(struct request *rq);
/* When that is; -1: nothing is due by itself. */
int64_t runs_next_due(struct request *rq);

/* OK, or ERR_AGENT_NOT_FOUND: it is not of the actor's team, or ERR_INVALID: it has no live build. *ret_missing:
 * integrations without a usable connection. */
enum err run_begin(struct request *rq, const struct run_start *start, struct run *ret, struct text *ret_missing);
/* Ends one that is active. */
void run_interrupt(struct request *rq, struct run *run);
/* All of the agent's that are. */
void runs_interrupt_of(struct request *rq, const struct uuid *agent_id);
/* One that waits, or has completed or was interrupted, goes on. */
void run_resume(struct request *rq, struct run *run);
void run_fail(struct request *rq, struct run *run, struct text message);
bool run_is_active(const struct run *run);

/* Something was said to it, or by it. */
struct run_message run_say(struct request *rq, const struct run *run, const char *role, struct text text, int64_t at);

#endif
