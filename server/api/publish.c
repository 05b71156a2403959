#include "api/publish.h"

#include "api/common.h"
#include "api/handlers.h"
#include "base/limit.h"
#include "store/query.h"

/* ---- connections ----------------------------------------------------------------------------------------- */

static void tell_state(struct request *rq, enum event_type type, const struct connection *connection, bool deleted)
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

static void publish_state(struct request *rq, enum event_type type, const struct connection *connection, bool deleted)
{
    if (event_happens(rq, type))
        tell_state(rq, type, connection, deleted);
}

void publish_connection(struct request *rq, const struct connection *connection)
{
    publish_state(rq, EVENT_CONNECTION_UPDATED, connection, false);
}

void publish_connection_deleted(struct request *rq, const struct connection *connection)
{
    publish_state(rq, EVENT_CONNECTION_UPDATED, connection, true);
}

void publish_connection_leaves(struct request *rq, const struct uuid *id)
{
    struct connection last = { .id = { .is = VALUE_ABSENT } };
    if (event_happens(rq, EVENT_CONNECTION_UPDATED) &&
        query_get(rq->db, SQL_CONNECTION_OF_ID, WITH(id), &connection_spec, rq->arena, &last))
        tell_state(rq, EVENT_CONNECTION_UPDATED, &last, true);
}

void publish_connection_action(struct request *rq, const struct connection *connection)
{
    publish_state(rq, EVENT_CONNECTION_ACTION, connection, false);
}

/* ---- runs ------------------------------------------------------------------------------------------------ */

static struct uuid run_team(struct request *rq, const struct run *run)
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
    if (!event_happens(rq, type))
        return;
    event_publish(rq, &(struct event){
        .type = type,
        .team_id = run_team(rq, run),
        .object_id = run->id.v,
        .at = at,
        .spec = spec,
        .object = object,
    });
}

void publish_run(struct request *rq, const struct run *run, bool first, int64_t at)
{
    static const struct {
        bool told; /* an interruption is told to nobody but the URL of the start */
        enum event_type type;
    } states[] = {
        [RUN_RUNNING] = { true, EVENT_RUN_STARTED },
        [RUN_WAITING] = { true, EVENT_RUN_PAUSED },
        [RUN_COMPLETED] = { true, EVENT_RUN_COMPLETED },
        [RUN_FAILED] = { true, EVENT_RUN_FAILED },
        [RUN_INTERRUPTED] = { .told = false },
    };
    const int status = run->status.v;
    if (states[status].told && (status != RUN_RUNNING || first))
        publish_of_run(rq, run, states[status].type, &run_spec, run, at);
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

void publish_human_request(struct request *rq, enum event_type type, const struct run *run,
                           const struct human_request *request, int64_t at)
{
    const struct told_request told = human_request_tell(run, request);
    publish_of_run(rq, run, type, &human_request_spec, &told, at);
}

/* ---- revisions ------------------------------------------------------------------------------------------- */

void publish_build(struct request *rq, const struct uuid *build_id, const struct spec *spec, const void *object)
{
    if (!event_happens(rq, EVENT_BUILD_PUBLISHED))
        return;
    event_publish(rq, &(struct event){
        .type = EVENT_BUILD_PUBLISHED,
        .team_id = rq->who.team_id,
        .object_id = *build_id,
        .spec = spec,
        .object = object,
    });
}

/* ---- cases ----------------------------------------------------------------------------------------------- */

void publish_case(struct request *rq, enum event_type type, const struct uuid *case_id, int64_t at)
{
    struct uuid team_id;
    struct stored_case one = { .id = { .is = VALUE_ABSENT } };
    if (!event_happens(rq, type))
        return;
    {
        QUERY q = query_with(rq->db, SQL_CASE_OF_TEAM, WITH(case_id));
        if (!query_row(&q))
            return;
        team_id = col_uuid(&q, 0);
        col_row(&q, 1, &case_spec, rq->arena, &one);
    }
    event_publish(rq, &(struct event){
        .type = type,
        .team_id = team_id,
        .object_id = *case_id,
        .at = at,
        .spec = &case_spec,
        .object = &one,
    });
}
