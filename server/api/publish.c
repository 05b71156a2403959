#include "api/publish.h"

#include "api/common.h"
#include "api/handlers.h"
#include "api/run_plan.h"
#include "base/limit.h"
#include "store/query.h"

/* ---- connections ----------------------------------------------------------------------------------------- */

static void publish_state(struct request *rq, enum event_type type, const struct connection *connection, bool deleted)
{
    event_publish(rq, &(struct event){
        .type = type,
        .team_id = connection->team_id.v,
        .object_id = connection->id.v,
        .spec = &connection_spec,
        .object = connection,
        .deleted = deleted,
    });
}

void publish_connection(struct request *rq, const struct connection *connection)
{
    publish_state(rq, EVENT_CONNECTION_UPDATED, connection, false);
}

void publish_connection_deleted(struct request *rq, const struct connection *connection)
{
    publish_state(rq, EVENT_CONNECTION_UPDATED, connection, true);
}

void publish_connection_action(struct request *rq, const struct connection *connection)
{
    publish_state(rq, EVENT_CONNECTION_ACTION, connection, false);
}

/* ---- runs ------------------------------------------------------------------------------------------------ */

struct uuid run_team(struct request *rq, const struct run *run)
{
    struct uuid team_id = { { 0 } };
    QUERY q = query_with(rq->db, SQL_RUN_TEAM, WITH(run->agent_id));
    if (query_row(&q))
        team_id = col_uuid(&q, 0);
    return team_id;
}

/* Something of a run: deliveries of all of it keep their order. */
static void publish_of_run(struct request *rq, const struct run *run, enum event_type type, const struct spec *spec,
                           const void *object, int64_t at)
{
    event_publish(rq, &(struct event){
        .type = type,
        .team_id = run_team(rq, run),
        .object_id = run->id.v,
        .at = at,
        .spec = spec,
        .object = object,
    });
}

/* What the URL of a start gets. */
struct run_call {
    struct v_text event;
    struct run run;
    struct pending_request human_request;
};

static const struct field call_fields[] = {
    FIELD_TEXT(struct run_call, event, .flags = REQUIRED),
    FIELD_OBJECT(struct run_call, run, struct run, .flags = REQUIRED, .sub = &run_spec),
    FIELD_OBJECT(struct run_call, human_request, struct pending_request, .sub = &pending_request_spec),
};
static const struct spec call_spec = SPEC(struct run_call, "RunCall", call_fields);

static void call_url(struct request *rq, const struct run *run, struct text word, const struct human_request *request)
{
    struct run_call call = { .event = SET_TEXT(word), .run = *run };
    if (run->webhook_url.is != VALUE_SET)
        return;
    if (request)
        pending_request_tell(rq, request, &call.human_request);
    event_call(rq, &(struct event_call){
        .url = run->webhook_url.v,
        .word = word,
        .object_id = run->id.v,
        .spec = &call_spec,
        .object = &call,
    });
}

void publish_run(struct request *rq, const struct run *run, bool first, int64_t at)
{
    static const struct {
        bool told;
        enum event_type type;
        const char *word; /* of the call */
    } states[] = {
        [RUN_RUNNING] = { true, EVENT_RUN_STARTED, NULL },
        [RUN_WAITING] = { true, EVENT_RUN_PAUSED, NULL },
        [RUN_COMPLETED] = { true, EVENT_RUN_COMPLETED, "run_completed" },
        [RUN_FAILED] = { true, EVENT_RUN_FAILED, "run_failed" },
        [RUN_INTERRUPTED] = { false, 0, "run_interrupted" },
    };
    const int status = run->status.v;
    if (states[status].told && (status != RUN_RUNNING || first))
        publish_of_run(rq, run, states[status].type, &run_spec, run, at);
    if (states[status].word)
        call_url(rq, run, text_of(states[status].word), NULL);
}

/* ---- what is said and asked ------------------------------------------------------------------------------ */

void publish_run_message(struct request *rq, const struct run *run, const struct run_message *message)
{
    const struct run_message_event event = { *message, run->id };
    publish_of_run(rq, run, EVENT_RUN_MESSAGE_CREATED, &run_message_event_spec, &event, message->timestamp.v);
}

void publish_tool_call(struct request *rq, const struct run *run, const struct run_message *message)
{
    const struct run_message_event event = { *message, run->id };
    publish_of_run(rq, run, EVENT_RUN_TOOL_CALL_COMPLETED, &run_message_event_spec, &event, message->timestamp.v);
}

#define F struct run_file
static const struct field file_fields[] = {
    FIELD_UUID(F, id, .flags = REQUIRED),
    FIELD_UUID(F, run_id, .flags = REQUIRED),
    FIELD_TEXT(F, name, .flags = REQUIRED),
    FIELD_TEXT(F, content_type, .flags = REQUIRED | NULLABLE),
    FIELD_INT(F, size, .flags = REQUIRED | NULLABLE, .max = PAGE_MAX),
    FIELD_TIME(F, created_at, .flags = REQUIRED),
};
#undef F
static const struct spec file_spec = SPEC(struct run_file, "RunFile", file_fields);

void publish_run_file(struct request *rq, const struct run *run, const struct run_file *file)
{
    publish_of_run(rq, run, EVENT_RUN_FILE_CREATED, &file_spec, file, file->created_at.v);
}

void publish_human_request(struct request *rq, const struct run *run, const struct human_request *request)
{
    struct pending_request_event event = { .run_id = run->id };
    pending_request_tell(rq, request, &event.p);
    publish_of_run(rq, run, EVENT_HUMAN_REQUEST_CREATED, &pending_request_event_spec, &event, request->created_at.v);
    call_url(rq, run, T("human_request"), request);
}

void publish_human_response(struct request *rq, const struct run *run, const struct spec *spec, const void *object)
{
    publish_of_run(rq, run, EVENT_HUMAN_REQUEST_RESPONDED, spec, object, 0);
}

/* ---- revisions ------------------------------------------------------------------------------------------- */

void publish_build(struct request *rq, const struct uuid *build_id, const struct spec *spec, const void *object)
{
    event_publish(rq, &(struct event){
        .type = EVENT_BUILD_PUBLISHED,
        .team_id = rq->who.team_id,
        .object_id = *build_id,
        .spec = spec,
        .object = object,
    });
}

/* ---- cases ----------------------------------------------------------------------------------------------- */

void publish_case(struct request *rq, enum event_type type, const struct uuid *team_id, const struct uuid *case_id,
                  int64_t at)
{
    struct stored_case one = { .id = { .is = VALUE_ABSENT } };
    if (!query_get(rq->db, SQL_CASE_GET, WITH(case_id, team_id), &case_spec, rq->arena, &one))
        return;
    event_publish(rq, &(struct event){
        .type = type,
        .team_id = *team_id,
        .object_id = *case_id,
        .at = at,
        .spec = &case_spec,
        .object = &one,
    });
}
