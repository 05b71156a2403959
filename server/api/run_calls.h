/* What a start of a run has asked for: calls of its webhook_url, which Duvo has four words for. */
#ifndef DUVO_API_RUN_CALLS_H
#define DUVO_API_RUN_CALLS_H

#include "api/runs.h"

/* Inside the transaction in which the run has entered its state, and asked what it asks. */
void run_call(struct request *rq, const struct run *run);

#endif
