/* Faults: failures that a test orders for the API's requests in its space.
 *
 * The first fault that matches a request and whose turn it is applies: it lets `after` requests pass, then acts on
 * `times` of them (all, when not said), each with `probability`, until its time to live is over. Requests that a
 * fault answers, cuts or hangs are not executed, unless it is ordered to act after the handler: then the work is
 * done and committed, and what an Idempotency-Key keeps is its own reply, before that is spoilt. Truncated and
 * malformed replies are those of requests that were executed. Chance comes from the space's seed, if it has one:
 * the same requests then meet the same faults.
 *
 * A fault lives in memory as the JSON that it was ordered with. Safe in every thread. */
#ifndef DUVO_SPACE_FAULTS_H
#define DUVO_SPACE_FAULTS_H

#include "space/fault_order.h"

struct faults;

/* Of one operation. */
struct fault_hits {
    const char *operation; /* "-": of none that the mock knows */
    int64_t count;
};

/* A fault for the control plane; texts are in the arena. */
struct fault_state {
    struct uuid id;
    struct text order; /* JSON */
    int64_t hits;
    size_t operation_count;
    struct fault_hits *by_operation;
};

struct faults *faults_new(void);
/* NULL is accepted. */
void faults_free(struct faults *faults);

/* False when there are LIMIT_FAULTS. `now` is by the space's clock. */
bool faults_add(struct faults *faults, const struct uuid *id, struct text order, const struct fault_order *parsed,
                int64_t now);
/* At most `max`, in the order in which they were made; how many. Those whose time is over are gone. */
size_t faults_list(struct faults *faults, struct arena *arena, int64_t now, struct fault_state *ret, size_t max);
/* False when there is none of that id. */
bool faults_remove(struct faults *faults, const struct uuid *id);
void faults_clear(struct faults *faults);

/* Whether one of them asks whose request it is: request.caller then has to be there. */
bool faults_ask_caller(struct faults *faults);
/* The effect on a request before it is executed: true when it is answered (or cut) already. */
bool faults_meet(struct faults *faults, struct request *rq);
/* The effect on its reply, before the headers of every reply are set. */
void faults_spoil(struct request *rq);

#endif
