#include "api/run_calls.h"

#include "space/events.h"

/* The word for a state; NULL: nobody is called. */
static const char *const words[] = {
    [RUN_WAITING] = "human_request", [RUN_COMPLETED] = "run_completed", [RUN_FAILED] = "run_failed",
    [RUN_INTERRUPTED] = "run_interrupted",
};

struct run_call {
    struct v_text event;
    struct run run;
    struct pending_request human_request;
};

/* Ours: Duvo publishes the words alone. */
static const struct field call_fields[] = {
    FIELD_TEXT(struct run_call, event, .flags = REQUIRED),
    FIELD_OBJECT(struct run_call, run, struct run, .flags = REQUIRED, .sub = &run_spec),
    FIELD_OBJECT(struct run_call, human_request, struct pending_request, .sub = &pending_request_spec),
};
static const struct spec call_spec = SPEC(struct run_call, "RunCall", call_fields);

void run_call(struct request *rq, const struct run *run)
{
    const char *word = words[run->status.v];
    if (run->webhook_url.is != VALUE_SET || !word)
        return;
    struct run_call *body = REQUEST_NEW(rq, struct run_call);
    body->event = SET_TEXT(text_of(word));
    body->run = *run;
    body->run.id.is = VALUE_SET;
    run_tell_pending(rq, run, &body->human_request);
    if (run->status.v != RUN_WAITING)
        body->human_request.r.id.is = VALUE_ABSENT;
    event_call(rq, &(struct event_call){
        .url = run->webhook_url.v,
        .word = body->event.v,
        .object_id = run->id.v,
        .at = run->updated_at.v,
        .spec = &call_spec,
        .object = body,
    });
}
