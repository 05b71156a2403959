/* Publish: what handlers tell the outbox (space/events.h), each with the object that /v2 answers for it.
 *
 * All inside a write transaction, and only when something has changed: what is refused is rolled back with its events,
 * and what is replayed runs no handler. */
#ifndef DUVO_API_PUBLISH_H
#define DUVO_API_PUBLISH_H

#include "api/cases.h"
#include "api/connections.h"
#include "api/runs.h"
#include "space/events.h"

/* Made, changed, shared, reconnected, usable again. */
void publish_connection(struct request *rq, const struct connection *connection);
/* Its last state. */
void publish_connection_deleted(struct request *rq, const struct connection *connection);
/* The same of one that is deleted after that. */
void publish_connection_leaves(struct request *rq, const struct uuid *id);
/* It has expired, was revoked or is broken. */
void publish_connection_action(struct request *rq, const struct connection *connection);

/* The run is in a new state since `at`; `first`: it runs for the first time. */
void publish_run(struct request *rq, const struct run *run, bool first, int64_t at);
void publish_run_message(struct request *rq, const struct run *run, const struct run_message *message);
/* The message that has the call and what came of it. */
void publish_tool_call(struct request *rq, const struct run *run, const struct run_message *message);
struct run_file {
    struct v_uuid id, run_id;
    struct v_text name, content_type;
    struct v_int size;
    struct v_time created_at;
};
void publish_run_file(struct request *rq, const struct run *run, const struct run_file *file);
/* Asked, or answered. */
void publish_human_request(struct request *rq, enum event_type type, const struct run *run,
                           const struct human_request *request, int64_t at);

/* A revision is live. */
void publish_build(struct request *rq, const struct uuid *build_id, const struct spec *spec, const void *object);
/* A case is as `type` says. */
void publish_case(struct request *rq, enum event_type type, const struct uuid *case_id, int64_t at);

#endif
