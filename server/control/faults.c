/* Faults on the control plane: ordered, listed with their counters, taken back. */
#include "api/common.h"
#include "api/handlers.h"
#include "base/json.h"
#include "base/random.h"
#include "control/masked.h"
#include "space/faults.h"
#include "base/limit.h"
#include "space/space.h"
#include "spec/lookup.h"

struct fault_reply {
    struct v_uuid id;
    struct v_int hits;
    struct v_json hits_by_operation, match, action, times, after, probability, ttl_seconds;
};

#define R struct fault_reply
static const struct field reply_fields[] = {
    FIELD_UUID(R, id, .flags = REQUIRED, .doc = "Fault"),
    FIELD_INT(R, hits, .flags = REQUIRED, .doc = "Number of requests that it met"),
    FIELD_JSON(R, hits_by_operation, .flags = REQUIRED, .doc = "Number by operation; \"-\": of none",
               .example = "{\"createConnection\": 2}"),
    FIELD_JSON(R, match, .flags = REQUIRED, .doc = "As it was ordered"),
    FIELD_JSON(R, action, .flags = REQUIRED, .doc = "As it was ordered"),
    FIELD_JSON(R, times, .doc = "As it was ordered", .example = "2"),
    FIELD_JSON(R, after, .doc = "As it was ordered", .example = "0"),
    FIELD_JSON(R, probability, .doc = "As it was ordered", .example = "1"),
    FIELD_JSON(R, ttl_seconds, .doc = "As it was ordered", .example = "60"),
};
#undef R
const struct spec fault_reply = SPEC(struct fault_reply, "Fault", reply_fields);

struct fault_list {
    struct v_rows faults;
    struct v_int total;
};

static const struct field list_fields[] = {
    FIELD_ROWS(struct fault_list, faults, .flags = REQUIRED, .sub = &fault_reply, .doc = "In the order of making"),
    FIELD_INT(struct fault_list, total, .flags = REQUIRED, .doc = "How many"),
};
const struct spec fault_list = SPEC(struct fault_list, "FaultList", list_fields);

struct fault_path {
    struct v_uuid fault;
};

static const struct field path_fields[] = {
    FIELD_UUID(struct fault_path, fault, .flags = REQUIRED, .doc = "Fault"),
};
const struct spec fault_path = SPEC(struct fault_path, "FaultPath", path_fields);

static struct v_json member(struct arena *arena, struct text order, struct text pointer)
{
    struct v_json value = { .is = VALUE_ABSENT };
    if (spec_json_at(arena, order, pointer, &value.v))
        value.is = VALUE_SET;
    return value;
}

static struct v_json hits_of(struct request *rq, const struct fault_state *state)
{
    struct buf *b = REQUEST_NEW(rq, struct buf);
    *b = buf_new(rq->arena, LIMIT_REPLY);
    struct json j = jw_new(b);
    jw_object(&j);
    for (size_t i = 0; i < state->operation_count; i++)
        jw_put_int(&j, text_of(state->by_operation[i].operation), state->by_operation[i].count);
    jw_object_end(&j);
    return (struct v_json){ VALUE_SET, buf_text(b) };
}

static void describe_fault(struct request *rq, const struct fault_state *state, struct fault_reply *ret)
{
    struct arena *arena = rq->arena;
    const struct text order = masked(rq, &fault_order_spec, state->order);
    *ret = (struct fault_reply){
        .id = SET_UUID(state->id),
        .hits = SET_INT(state->hits),
        .hits_by_operation = hits_of(rq, state),
        .match = member(arena, order, T("/match")),
        .action = member(arena, order, T("/action")),
        .times = member(arena, order, T("/times")),
        .after = member(arena, order, T("/after")),
        .probability = member(arena, order, T("/probability")),
        .ttl_seconds = member(arena, order, T("/ttl_seconds")),
    };
}

enum err faults_order(struct request *rq, struct reply *rp)
{
    struct fault_reply *out = REQUEST_NEW(rq, struct fault_reply);
    const struct fault_state state = { .id = random_uuid(), .order = buf_text(&rq->body) };
    if (!faults_add(space_faults(rq->home), &state.id, state.order, rq->input, rq->now))
        return fail(rq, ERR_QUEUE_FULL, "This space has %d faults; delete some first", LIMIT_FAULTS);
    describe_fault(rq, &state, out);
    rp->object = out;
    return OK;
}

enum err faults_show(struct request *rq, struct reply *rp)
{
    struct fault_list *out = REQUEST_NEW(rq, struct fault_list);
    struct fault_state *states = ARENA_ARRAY(rq->arena, LIMIT_FAULTS, struct fault_state);
    const size_t n = faults_list(space_faults(rq->home), rq->arena, rq->now, states, LIMIT_FAULTS);
    struct fault_reply *rows = ARENA_ARRAY(rq->arena, n, struct fault_reply);
    for (size_t i = 0; i < n; i++)
        describe_fault(rq, &states[i], &rows[i]);
    out->faults = SET_ROWS(n, rows);
    out->total = SET_INT((int64_t)n);
    rp->object = out;
    return OK;
}

enum err fault_show(struct request *rq, struct reply *rp)
{
    const struct fault_path *path = rq->path;
    struct fault_reply *out = REQUEST_NEW(rq, struct fault_reply);
    struct fault_state *states = ARENA_ARRAY(rq->arena, LIMIT_FAULTS, struct fault_state);
    const size_t n = faults_list(space_faults(rq->home), rq->arena, rq->now, states, LIMIT_FAULTS);
    for (size_t i = 0; i < n; i++)
        if (uuid_eq(&states[i].id, &path->fault.v)) {
            describe_fault(rq, &states[i], out);
            rp->object = out;
            return OK;
        }
    return ERR_FAULT_NOT_FOUND;
}

enum err fault_delete(struct request *rq, struct reply *rp)
{
    const struct fault_path *path = rq->path;
    if (!faults_remove(space_faults(rq->home), &path->fault.v))
        return ERR_FAULT_NOT_FOUND;
    rp->object = done(rq, "Fault deleted");
    return OK;
}

enum err faults_delete_all(struct request *rq, struct reply *rp)
{
    faults_clear(space_faults(rq->home));
    rp->object = done(rq, "Faults deleted");
    return OK;
}
