#include "api/runs.h"

#include "api/common.h"
#include "api/handlers.h"
#include "api/listing.h"
#include "api/run_moves.h"
#include "api/run_plan.h"
#include "base/limit.h"
#include "space/links.h"

/* ---- finding --------------------------------------------------------------------------------------------- */

#define RUN_ID FIELD_UUID(struct run_path, run_id, .flags = REQUIRED, .doc = "Run ID")
static const struct field path_fields[] = { RUN_ID };
static const struct field request_path_fields[] = {
    RUN_ID, FIELD_UUID(struct run_path, request_id, .flags = REQUIRED, .doc = "ID of what the run asks"),
};
const struct spec run_path = SPEC(struct run_path, "RunPath", path_fields);
const struct spec human_request_path = SPEC(struct run_path, "HumanRequestPath", request_path_fields);

enum err run_find(struct request *rq, const struct uuid *id, struct run *ret)
{
    const struct param *key = WITH(id, &rq->who.team_id);
    return query_get(rq->db, SQL_RUN_STORED, key, &run_row, rq->arena, ret) ? OK : ERR_RUN_NOT_FOUND;
}

enum err run_find_to_change(struct request *rq, const struct uuid *id, struct run *ret)
{
    const enum err err = run_find(rq, id, ret);
    if (err != OK)
        return err;
    const bool own = ret->user_id.is == VALUE_SET && uuid_eq(&ret->user_id.v, &rq->who.user_id);
    return own || rq->who.role >= ROLE_BUILDER ? OK : ERR_RUN_OF_ANOTHER;
}

/* ---- what is told ---------------------------------------------------------------------------------------- */

#define R struct run
static const struct field run_fields[] = {
    FIELD_UUID(R, id, .flags = REQUIRED, .doc = "Run ID"),
    FIELD_UUID(R, agent_id, .flags = REQUIRED, .doc = "The agent at work"),
    FIELD_UUID(R, build_id, .flags = REQUIRED, .doc = "The revision that was live when it began"),
    FIELD_ENUM(R, status, .flags = REQUIRED, .names = run_statuses, .doc = "Its state"),
    FIELD_TEXT(R, source, .flags = REQUIRED | NULLABLE, .doc = "What started it: api, trigger, case, schedule",
               .example = "\"api\""),
    FIELD_TEXT(R, sandbox_id, .flags = REQUIRED | NULLABLE, .doc = "As it was sent"),
    FIELD_TIME(R, started_at, .flags = REQUIRED | NULLABLE, .doc = "When it first ran"),
    FIELD_TIME(R, completed_at, .flags = REQUIRED | NULLABLE, .doc = "When it was over"),
    FIELD_TIME(R, created_at, .flags = REQUIRED, .doc = "When it was made"),
    FIELD_TIME(R, updated_at, .flags = REQUIRED, .doc = "When it last moved"),
    FIELD_BOOL(R, human_in_the_loop_enabled, .flags = REQUIRED, .doc = "Whether it can ask people"),
};
#undef R
const struct spec run_spec = SPEC_WITH(struct run, "Run", run_fields, .doc = "An agent at work.");

#define P struct pending_request
static const struct field pending_fields[] = {
    FIELD_AT(P, r.id, "id", struct v_uuid, KIND_UUID, .flags = REQUIRED, .doc = "ID of the request"),
    FIELD_AT(P, r.title, "title", struct v_text, KIND_TEXT, .flags = REQUIRED, .doc = "What it is about"),
    FIELD_AT(P, r.description, "description", struct v_text, KIND_TEXT, .flags = REQUIRED | NULLABLE,
             .doc = "What more there is to know"),
    FIELD_AT(P, r.created_at, "created_at", struct v_time, KIND_TIME, .flags = REQUIRED, .doc = "When it asked"),
    FIELD_AT(P, r.type, "type", struct v_enum, KIND_ENUM, .flags = REQUIRED, .names = request_types,
             .doc = "An approval is answered with `approved`, a question with `answers`"),
    FIELD_ROWS(P, questions, .sub = &question_spec, .doc = "Of a question"),
};
#undef P
const struct spec pending_request_spec = SPEC(struct pending_request, "PendingHumanRequest", pending_fields);

struct run_reply {
    struct run run;
    struct pending_request pending_human_request;
};

#define INNER FIELD_OBJECT(struct run_reply, run, struct run, .flags = REQUIRED, .sub = &run_spec, .doc = "It")
static const struct field started_fields[] = { INNER };
static const struct field reply_fields[] = {
    INNER,
    FIELD_OBJECT(struct run_reply, pending_human_request, struct pending_request, .flags = NULLABLE,
                 .sub = &pending_request_spec, .doc = "What it asks while it waits"),
};
const struct spec run_started = SPEC(struct run_reply, "RunStarted", started_fields);
const struct spec run_reply = SPEC(struct run_reply, "RunReply", reply_fields);

bool human_request_pending(struct request *rq, const struct uuid *run_id, struct human_request *ret)
{
    return query_get(rq->db, SQL_HUMAN_REQUEST_PENDING, WITH(run_id), &human_request_row, rq->arena, ret);
}

void run_tell_pending(struct request *rq, const struct run *run, struct pending_request *ret)
{
    ret->r.id.is = VALUE_NULL;
    if (run->status.v != RUN_WAITING || !human_request_pending(rq, &run->id.v, &ret->r))
        return;
    if (ret->r.questions.is == VALUE_SET)
        ret->questions = questions_read(rq->arena, ret->r.questions.v);
    if (ret->r.description.is != VALUE_SET)
        ret->r.description.is = VALUE_NULL;
}

enum err runs_get(struct request *rq, struct reply *rp)
{
    const struct run_path *path = rq->path;
    struct run_reply *out = REQUEST_NEW(rq, struct run_reply);
    if (!runs_settle(rq))
        return OK;
    const enum err err = run_find(rq, &path->run_id.v, &out->run);
    if (err != OK)
        return err;
    run_tell_pending(rq, &out->run, &out->pending_human_request);
    rp->object = out;
    return OK;
}

/* ---- start ----------------------------------------------------------------------------------------------- */

struct start_body {
    struct v_uuid agent_id;
    struct v_text message, sandbox_id, webhook_url;
};

#define B struct start_body
static const struct field start_fields[] = {
    FIELD_UUID(B, agent_id, .flags = REQUIRED, .doc = "An agent of the team"),
    FIELD_TEXT(B, message, .doc = "What it is to do: its first message", .example = "\"Check the new invoices\""),
    FIELD_TEXT(B, sandbox_id, .max = LIMIT_WORD, .doc = "Told as it is"),
    FIELD_URL(B, webhook_url, .max = LIMIT_WORD, .check = links_check_user,
              .doc = "Called when the run asks people, completes, fails or is interrupted: a POST of "
                     "{event, run, human_request} with the event human_request, run_completed, run_failed or "
                     "run_interrupted. Payload and headers are ours: Duvo publishes none"),
};
#undef B
const struct spec run_start_body = SPEC(struct start_body, "StartRun", start_fields);

enum err runs_start(struct request *rq, struct reply *rp)
{
    const struct start_body *in = rq->input;
    struct run_reply *out = REQUEST_NEW(rq, struct run_reply);
    struct text missing;
    const struct actor actor = { rq->who.team_id, rq->who.user_id, rq->who.sharing };
    const struct run_start start = {
        .agent_id = in->agent_id.v,
        .user_id = rq->who.user_id,
        .actor = &actor,
        .source = T("api"),
        .message = in->message.v,
        .sandbox_id = in->sandbox_id.v,
        .webhook_url = in->webhook_url.v,
        .case_id = { .is = VALUE_NULL },
        .trigger_id = { .is = VALUE_NULL },
        .at = rq->now,
    };
    rp->object = out;
    return run_begin(rq, &start, &out->run, &missing);
}

/* ---- stop ------------------------------------------------------------------------------------------------ */

struct stopped {
    struct v_bool success;
    struct v_text message;
};

static const struct field stopped_fields[] = {
    FIELD_BOOL(struct stopped, success, .flags = REQUIRED, .doc = "Always", .example = "true"),
    FIELD_TEXT(struct stopped, message, .doc = "When there was nothing to stop"),
};
const struct spec run_stopped = SPEC(struct stopped, "RunStopped", stopped_fields);

enum err runs_stop(struct request *rq, struct reply *rp)
{
    const struct run_path *path = rq->path;
    struct stopped *out = REQUEST_NEW(rq, struct stopped);
    struct run run = { .id = { .is = VALUE_ABSENT } };
    const enum err err = run_find_to_change(rq, &path->run_id.v, &run);
    if (err != OK)
        return err;
    out->success = SET_BOOL(true);
    if (run_is_active(&run))
        run_interrupt(rq, &run);
    else
        out->message = SET_TEXT(text_format(rq->arena, "The run is over already: %s", run_statuses[run.status.v]));
    rp->object = out;
    return OK;
}

/* ---- list ------------------------------------------------------------------------------------------------ */

struct run_item {
    struct v_uuid id;
    struct v_time created_at, updated_at, started_at, completed_at;
    struct v_enum status;
    struct v_text source, title;
    struct v_int run_number;
    struct v_uuid agent_id;
    struct v_text agent_name;
    struct v_uuid build_id, user_id, case_queue_item_id, case_queue_id;
    struct v_text case_queue_name, case_title;
    struct v_time postponed_to;
    struct v_int submitted_prompt_count;
};

#define PROMPTS "(SELECT count(*) FROM run_messages m WHERE m.space = ?1 AND m.run_id = r.id AND m.role = 'user')"
#define I struct run_item
static const struct field item_fields[] = {
    FIELD_UUID(I, id, .column = "r.id", .flags = REQUIRED, .doc = "Run ID"),
    FIELD_TIME(I, created_at, .column = "r.created_at", .flags = REQUIRED, .doc = "When it was made"),
    FIELD_TIME(I, updated_at, .column = "r.updated_at", .flags = REQUIRED, .doc = "When it last moved"),
    FIELD_TIME(I, started_at, .column = "r.started_at", .flags = REQUIRED | NULLABLE, .doc = "When it first ran"),
    FIELD_TIME(I, completed_at, .column = "r.completed_at", .flags = REQUIRED | NULLABLE, .doc = "When it was over"),
    FIELD_ENUM(I, status, .column = "r.status", .flags = REQUIRED, .names = run_statuses, .doc = "Its state"),
    FIELD_TEXT(I, source, .column = "r.source", .flags = REQUIRED | NULLABLE, .doc = "What started it"),
    FIELD_TEXT(I, title, .column = "r.title", .flags = REQUIRED,
               .doc = "80 characters of its first message, else the agent's name"),
    FIELD_INT(I, run_number, .column = "r.run_number", .flags = REQUIRED, .max = PAGE_MAX, .doc = "In its agent"),
    FIELD_UUID(I, agent_id, .column = "r.agent_id", .flags = REQUIRED, .doc = "The agent"),
    FIELD_TEXT(I, agent_name, .column = "a.name", .flags = REQUIRED, .doc = "Its name"),
    FIELD_UUID(I, build_id, .column = "r.build_id", .flags = REQUIRED, .doc = "Its revision"),
    FIELD_UUID(I, user_id, .column = "r.user_id", .flags = REQUIRED | NULLABLE, .doc = "Who started it"),
    FIELD_UUID(I, case_queue_item_id, .column = "c.id", .flags = REQUIRED | NULLABLE, .doc = "The case"),
    FIELD_UUID(I, case_queue_id, .column = "q.id", .flags = REQUIRED | NULLABLE, .doc = "The queue of it"),
    FIELD_TEXT(I, case_queue_name, .column = "q.name", .flags = REQUIRED | NULLABLE, .doc = "Name of the queue"),
    FIELD_TEXT(I, case_title, .column = "c.title", .flags = REQUIRED | NULLABLE, .doc = "Title of the case"),
    FIELD_TIME(I, postponed_to, .column = "NULL", .flags = REQUIRED | NULLABLE | DERIVED, .doc = "Always null"),
    FIELD_INT(I, submitted_prompt_count, .column = PROMPTS, .flags = REQUIRED | DERIVED, .max = PAGE_MAX,
              .doc = "Messages of people"),
};
#undef I
const struct spec run_item_spec = SPEC(struct run_item, "RunListItem", item_fields);

static const struct field list_fields[] = {
    LIST_ROWS("data", run_item_spec, "The page"),
    FIELD_INT(struct list, total, .flags = REQUIRED, .doc = "Runs in all", .example = "1"),
};
const struct spec run_list = SPEC(struct list, "RunList", list_fields);

struct runs_query {
    struct page_range page;
    struct v_enum sort_by, sort_order, status, has_issues, issue_severity;
    struct v_uuid agent_id, user_id, case_queue_id, digest_id;
    struct v_text source, search;
    struct v_time since;
};

static const char *const sort_names[] = { "created_at", NULL };
static const char *const order_names[] = { "asc", "desc", NULL };
static const char *const truth_names[] = { "true", "false", NULL };
static const char *const severity_names[] = { "critical", "medium", "low", NULL };
static const char *const status_words[] = { "not_started", "pending", "starting", "running", "waiting", "completed",
                                            "failed", "interrupted", "stopped", "needs_attention", NULL };

#define Q struct runs_query
static const struct field query_fields[] = {
    PAGE_QUERY(Q, "20"),
    FIELD_ENUM(Q, sort_by, .names = sort_names, .fallback = "\"created_at\"", .doc = "The order"),
    FIELD_ENUM(Q, sort_order, .names = order_names, .fallback = "\"desc\"", .doc = "Its direction"),
    FIELD_ENUM(Q, status, .names = status_words,
               .doc = "Only those in this state; stopped is interrupted, needs_attention is waiting"),
    FIELD_UUID(Q, agent_id, .doc = "Only those of this agent"),
    FIELD_UUID(Q, user_id, .doc = "Only those that this person started"),
    FIELD_UUID(Q, case_queue_id, .doc = "Only those of this queue's cases"),
    FIELD_TEXT(Q, source, .doc = "Only those of this source"),
    FIELD_TEXT(Q, search, .max = LIMIT_WORD,
               .doc = "Part of the title or of the agent's name, in either case (ASCII)"),
    FIELD_ENUM(Q, has_issues, .names = truth_names, .doc = "Runs of the mock have no issues"),
    FIELD_ENUM(Q, issue_severity, .names = severity_names, .doc = "Runs of the mock have no issues"),
    FIELD_TIME(Q, since, .doc = "Only those made at this time or later"),
    FIELD_UUID(Q, digest_id, .doc = "The mock has no digests"),
};
#undef Q
const struct spec runs_query = SPEC(struct runs_query, "RunsQuery", query_fields);

/* The state that a word of the query stands for. */
static struct v_text state_of(struct v_enum word)
{
    if (word.is != VALUE_SET)
        return (struct v_text){ .is = VALUE_NULL };
    const struct text name = text_of(status_words[word.v]);
    if (text_eq(name, T("stopped")))
        return SET_TEXT(T("interrupted"));
    return SET_TEXT(text_eq(name, T("needs_attention")) ? T("waiting") : name);
}

static bool asks_for_nothing(const struct runs_query *in)
{
    const bool issues = in->has_issues.is == VALUE_SET && in->has_issues.v == 0;
    return issues || in->issue_severity.is == VALUE_SET || in->digest_id.is == VALUE_SET;
}

static bool asks_for_all(const struct runs_query *in)
{
    return in->sort_order.v != 0 && in->status.is != VALUE_SET && in->agent_id.is != VALUE_SET &&
           in->user_id.is != VALUE_SET && in->case_queue_id.is != VALUE_SET && in->source.is != VALUE_SET &&
           in->search.is != VALUE_SET && in->since.is != VALUE_SET && !asks_for_nothing(in);
}

enum err runs_list(struct request *rq, struct reply *rp)
{
    const struct runs_query *in = rq->query;
    struct v_text search = in->search;
    if (!runs_settle(rq))
        return OK;
    const struct param *of_team = WITH(&rq->who.team_id);
    struct page_source listing = {
        .listed = LISTED_RUNS, .spec = &run_item_spec, .at = SQL_RUN_AT, .order = ORDER_RUNS, .lists = { { of_team } },
        .count = SQL_RUN_TOTAL, .page = SQL_RUN_PAGE_OF_ALL, .with = of_team,
    };
    if (asks_for_all(in))
        return listing_page(rq, rp, &listing, &in->page);
    if (search.is == VALUE_SET)
        search.v = text_lower(rq->arena, search.v);
    const struct v_int since = { in->since.is, in->since.v };
    const struct v_uuid team_id = { asks_for_nothing(in) ? VALUE_NULL : VALUE_SET, rq->who.team_id };
    listing.order = ORDER_NONE;
    listing.count = SQL_RUN_COUNT;
    listing.page = in->sort_order.v == 0 ? SQL_RUN_PAGE_OLDEST : SQL_RUN_PAGE;
    listing.with = WITH(team_id, state_of(in->status), in->agent_id, in->user_id, in->case_queue_id, in->source, search,
                        since);
    return listing_page(rq, rp, &listing, &in->page);
}
