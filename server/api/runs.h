/* Runs: an agent at work, once. Below is what is stored, and what it says to people; run_moves.h has its course. */
#ifndef DUVO_API_RUNS_H
#define DUVO_API_RUNS_H

#include "request/request.h"

enum run_status { RUN_PENDING, RUN_RUNNING, RUN_WAITING, RUN_COMPLETED, RUN_FAILED, RUN_INTERRUPTED };
extern const char *const run_statuses[]; /* the same order; ends with NULL */

struct run {
    struct v_uuid id, agent_id, build_id, user_id;
    struct v_int run_number; /* from 1 in each agent */
    struct v_text title;
    struct v_enum status;
    struct v_text source, sandbox_id, webhook_url;
    struct v_bool human_in_the_loop_enabled;
    struct v_uuid case_id, trigger_id;
    struct v_bool scripted; /* the steps are a script's */
    struct v_json steps;    /* an array of them (run_plan.h) */
    struct v_int next_step;
    struct v_time due_at; /* of the next step; null: nothing happens by itself */
    struct v_time started_at, completed_at, created_at, updated_at;
};

struct run_message {
    struct v_uuid id;
    struct v_text type, role;
    struct v_time timestamp;
    struct v_text text_content;
    struct v_json tool_call, tool_result;
};

/* What a run asks people: to approve, or to answer questions. */
enum request_type { REQUEST_APPROVAL, REQUEST_QUESTION };
extern const char *const request_types[];
struct human_request {
    struct v_uuid id;
    struct v_enum type;
    struct v_text title, description;
    struct v_json questions; /* an array of them */
    struct v_text response;
    struct v_time responded_at, created_at;
};

/* What a run asks while it waits, as people are told. */
struct pending_request {
    struct human_request r;
    struct v_rows questions;
};

/* As documents give a run: with all that was said and asked. */
struct seeded_run {
    struct run r;
    struct v_rows messages, human_requests;
};

/* A course that a test orders for the next run that fits. */
struct run_script {
    struct v_uuid id;
    struct v_json match, steps;
};

/* As they are stored, and as fixture documents give them. */
extern const struct spec run_row, fixture_run, run_message_row, human_request_row, run_script_row;
extern const struct spec pending_request_spec, run_spec, run_item_spec, run_message_spec;

/* Gives a new one, of an agent of this team, its place in the list; false when its id is taken. */
bool run_insert(struct db *db, const struct uuid *team_id, const struct run *run);
/* The same of one that a document gives: it gets the next number, unless it has one; false also when its build is not
 * its agent's. */
bool run_insert_given(struct db *db, const struct run *run);
bool run_message_insert(struct db *db, const struct uuid *run_id, const struct run_message *message);
bool human_request_insert(struct db *db, const struct uuid *run_id, const struct human_request *request);
bool run_script_insert(struct db *db, const struct run_script *script);
/* All of a run's, in order. */
struct v_rows run_messages_of(struct db *db, struct arena *arena, const struct uuid *run_id);
struct v_rows human_requests_of(struct db *db, struct arena *arena, const struct uuid *run_id);

struct run_path {
    struct v_uuid run_id, request_id;
};

/* As replies and events tell a request by itself. */
struct told_request {
    struct human_request r;
    struct v_uuid run_id;
};
extern const struct spec human_request_spec;
struct told_request human_request_tell(const struct run *run, const struct human_request *request);

/* As events tell a message. */
struct run_message_event {
    struct run_message m;
    struct v_uuid run_id;
};
extern const struct spec run_message_event_spec;

/* The last thing that it asked and that has no answer; false without one. */
bool human_request_pending(struct request *rq, const struct uuid *run_id, struct human_request *ret);
/* The same, while it waits, for people; null without one. */
void run_tell_pending(struct request *rq, const struct run *run, struct pending_request *ret);
/* The caller's team's run: OK, or ERR_RUN_NOT_FOUND. */
enum err run_find(struct request *rq, const struct uuid *id, struct run *ret);
/* The same, when the caller may stop, message or answer it. */
enum err run_find_to_change(struct request *rq, const struct uuid *id, struct run *ret);

#endif
