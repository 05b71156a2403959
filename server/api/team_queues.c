/* Case queues of a team: listed, made, changed, deleted, and the agents that work with one. */
#include "api/cases.h"
#include "api/common.h"
#include "api/handlers.h"
#include "api/run_moves.h"
#include "api/slots.h"
#include "base/limit.h"
#include "space/ids.h"

/* ---- what is stored -------------------------------------------------------------------------------------- */

#define Q struct queue
static const struct field row_fields[] = {
    FIELD_UUID(Q, id, .column = "id", .flags = REQUIRED),
    FIELD_UUID(Q, team_id, .column = "team_id", .flags = REQUIRED),
    FIELD_TEXT(Q, name, .column = "name", .flags = REQUIRED, .min = 1, .max = LIMIT_NAME),
    FIELD_TEXT(Q, description, .column = "description", .flags = NULLABLE, .max = LIMIT_QUEUE_DESCRIPTION),
    FIELD_UUID(Q, folder_id, .column = "folder_id", .flags = NULLABLE, .doc = "Where it lies; null: the top level"),
    FIELD_UUID(Q, automation_id, .column = "automation_id", .flags = NULLABLE),
    FIELD_TIME(Q, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
};
#undef Q
const struct spec queue_row = SPEC(struct queue, "FixtureQueue", row_fields);

/* ---- what is told ---------------------------------------------------------------------------------------- */

struct told_queue {
    enum value_state is;
    struct queue q;
    struct v_bool has_approvals;
};

/* A taker of its cases has a human in the loop. */
#define HAS_APPROVALS                                                                                                  \
    "EXISTS (SELECT 1 FROM queue_takers t JOIN builds b ON b.space = t.space AND b.agent_id = t.agent_id"              \
    " AND b.status = 'live' JOIN slot_rows s ON s.space = b.space AND s.build_id = b.id"                               \
    " AND s.integration_type = 'human-in-the-loop' WHERE t.space = ?1 AND t.queue_id = queues.id"                      \
    " AND t.integration_type = 'case-queue-consumer')"

#define S struct told_queue
#define OF_QUEUE(m, type, k, ...) FIELD_AT(S, q.m, #m, struct type, k, .column = #m, __VA_ARGS__)
static const struct field queue_fields[] = {
    OF_QUEUE(id, v_uuid, KIND_UUID, .flags = REQUIRED, .doc = "Queue ID"),
    OF_QUEUE(name, v_text, KIND_TEXT, .flags = REQUIRED, .doc = "Its name", .example = "\"Invoices\""),
    OF_QUEUE(description, v_text, KIND_TEXT, .flags = REQUIRED | NULLABLE, .doc = "What it is for"),
    OF_QUEUE(folder_id, v_uuid, KIND_UUID, .flags = REQUIRED | NULLABLE, .doc = "The folder that it lies in"),
    OF_QUEUE(automation_id, v_uuid, KIND_UUID, .flags = NULLABLE, .doc = "Automation"),
    OF_QUEUE(team_id, v_uuid, KIND_UUID, .doc = "Team"),
    OF_QUEUE(created_at, v_time, KIND_TIME, .flags = REQUIRED, .doc = "When it was made"),
    FIELD_BOOL(S, has_approvals, .column = HAS_APPROVALS, .flags = REQUIRED | DERIVED,
               .doc = "Whether an agent that takes its cases asks people"),
};
#undef S
const struct spec queue_spec = SPEC(struct told_queue, "Queue", queue_fields);

static const struct field list_fields[] = {
    LIST_ROWS("queues", queue_spec, "The page, by name"), LIST_PAGE(struct list, "Queues in all"),
};
const struct spec team_queue_list = SPEC(struct list, "QueueList", list_fields);

struct queue_reply {
    struct told_queue queue;
};

static const struct field reply_fields[] = {
    FIELD_OBJECT(struct queue_reply, queue, struct told_queue, .flags = REQUIRED, .sub = &queue_spec, .doc = "It"),
};
const struct spec queue_reply = SPEC(struct queue_reply, "QueueReply", reply_fields);

static enum err answer_queue(struct request *rq, struct reply *rp, const struct uuid *id)
{
    struct queue_reply *out = REQUEST_NEW(rq, struct queue_reply);
    if (!query_get(rq->db, SQL_QUEUE_GET, WITH(id, &rq->who.team_id), &queue_spec, rq->arena, &out->queue))
        return ERR_QUEUE_NOT_FOUND;
    out->queue.is = VALUE_SET;
    rp->object = out;
    return OK;
}

/* ---- finding --------------------------------------------------------------------------------------------- */

static const struct field path_fields[] = {
    FIELD_UUID(struct queue_path, queue_id, .flags = REQUIRED, .doc = "Queue ID"),
};
const struct spec queue_path = SPEC(struct queue_path, "QueuePath", path_fields);

enum err queue_find(struct request *rq, const struct uuid *id, struct queue *ret)
{
    const struct param *key = WITH(id, &rq->who.team_id);
    return query_get(rq->db, SQL_QUEUE_STORED, key, &queue_row, rq->arena, ret) ? OK : ERR_QUEUE_NOT_FOUND;
}

enum err team_queue_get(struct request *rq, struct reply *rp)
{
    const struct queue_path *path = rq->path;
    return answer_queue(rq, rp, &path->queue_id.v);
}

/* ---- list ------------------------------------------------------------------------------------------------ */

struct queues_query {
    struct page_range page;
    struct v_uuid automation_id;
};

#define Q struct queues_query
static const struct field query_fields[] = {
    FIELD_AT(Q, page.limit, "limit", struct v_int, KIND_INT, .fallback = "250", .min = 1, .max = 250,
             .doc = "Rows a page"),
    FIELD_AT(Q, page.offset, "offset", struct v_int, KIND_INT, .fallback = "0", .max = PAGE_MAX,
             .doc = "Rows to skip"),
    FIELD_UUID(Q, automation_id, .doc = "Only those of this automation"),
};
#undef Q
const struct spec queues_query = SPEC(struct queues_query, "QueuesQuery", query_fields);

enum err team_queues_list(struct request *rq, struct reply *rp)
{
    const struct queues_query *in = rq->query;
    return list_page(rq, rp, &in->page, SQL_QUEUE_COUNT, SQL_QUEUE_PAGE, WITH(&rq->who.team_id, in->automation_id),
                     &queue_spec, NULL);
}

/* ---- make and change ------------------------------------------------------------------------------------- */

struct queue_body {
    struct v_text name, description;
    struct v_uuid folder_id, automation_id;
};

#define B struct queue_body
#define BODY_FIELDS(required)                                                                                          \
    FIELD_TEXT(B, name, .flags = (required), .min = 1, .max = LIMIT_QUEUE_NAME, .doc = "Unlike the others'",       \
               .example = "\"Invoices\""),                                                                             \
    FIELD_TEXT(B, description, .flags = NULLABLE, .max = LIMIT_QUEUE_DESCRIPTION, .doc = "What it is for"),            \
    FIELD_UUID(B, folder_id, .flags = NULLABLE, .doc = "A folder of the team")
static const struct field create_fields[] = {
    BODY_FIELDS(REQUIRED), FIELD_UUID(B, automation_id, .flags = NULLABLE, .doc = "Automation"),
};
static const struct field update_fields[] = { BODY_FIELDS(0) };
#undef B
const struct spec queue_create = SPEC(struct queue_body, "CreateQueue", create_fields);
const struct spec queue_update = SPEC(struct queue_body, "UpdateQueue", update_fields);

/* Whether anything is different now. */
static bool take_body(struct queue *q, const struct queue_body *in)
{
    bool changed = take_text(&q->name, in->name);
    changed |= take_text(&q->description, in->description);
    changed |= take_uuid(&q->folder_id, in->folder_id);
    changed |= take_uuid(&q->automation_id, in->automation_id);
    return changed;
}

static enum err check_queue(struct request *rq, const struct queue *q)
{
    if (q->folder_id.is == VALUE_SET &&
        !query_finds(rq->db, SQL_FOLDER_IN_TEAM, WITH(q->folder_id, &rq->who.team_id)))
        return fail(rq, ERR_INVALID, "body/folder_id The team has no such folder");
    return query_finds(rq->db, SQL_QUEUE_NAMESAKE, WITH(&rq->who.team_id, q->name, q->id)) ? ERR_QUEUE_EXISTS : OK;
}

enum err team_queues_create(struct request *rq, struct reply *rp)
{
    struct queue q = {
        .team_id = SET_UUID(rq->who.team_id),
        .description = { .is = VALUE_NULL },
        .folder_id = { .is = VALUE_NULL },
        .automation_id = { .is = VALUE_NULL },
        .created_at = SET_TIME(rq->now),
    };
    take_body(&q, rq->input);
    q.id = SET_UUID(id_new(rq, "queue"));
    const enum err err = check_queue(rq, &q);
    if (err != OK)
        return err;
    query_insert(rq->db, SQL_QUEUE_INSERT, &queue_row, &q, NULL);
    return answer_queue(rq, rp, &q.id.v);
}

enum err team_queues_update(struct request *rq, struct reply *rp)
{
    const struct queue_path *path = rq->path;
    struct queue q = { .id = { .is = VALUE_ABSENT } };
    enum err err = queue_find(rq, &path->queue_id.v, &q);
    if (err != OK)
        return err;
    if (take_body(&q, rq->input)) {
        err = check_queue(rq, &q);
        query_store(rq->db, SQL_QUEUE_UPDATE, &queue_row, &q, NULL);
    }
    return err == OK ? answer_queue(rq, rp, &q.id.v) : err;
}

/* ---- delete ---------------------------------------------------------------------------------------------- */

struct queue_deleted {
    struct v_bool success;
    struct v_int deleted_case_count;
    struct v_uuids interrupted_run_ids;
};

#define D struct queue_deleted
static const struct field deleted_fields[] = {
    FIELD_BOOL(D, success, .flags = REQUIRED, .doc = "Whether it is gone", .example = "true"),
    FIELD_INT(D, deleted_case_count, .flags = REQUIRED, .doc = "Cases that went with it"),
    FIELD_UUIDS(D, interrupted_run_ids, .flags = REQUIRED, .doc = "Runs that were at work on its cases"),
};
#undef D
const struct spec queue_deleted = SPEC(struct queue_deleted, "QueueDeleted", deleted_fields);

/* Nobody takes its cases any more. */
static struct v_uuids interrupt_runs(struct request *rq, const struct uuid *queue_id)
{
    size_t n;
    query_change(rq->db, SQL_CASE_TRIGGER_CLEAR, WITH(queue_id));
    struct run *runs = query_all(rq->db, SQL_RUN_AT_QUEUE, WITH(queue_id), &run_row, rq->arena, &n);
    struct v_uuids ids = { VALUE_SET, n, ARENA_ARRAY(rq->arena, n, struct uuid) };
    for (size_t i = 0; i < n; i++) {
        run_interrupt(rq, &runs[i]);
        ids.v[i] = runs[i].id.v;
    }
    return ids;
}

enum err team_queues_delete(struct request *rq, struct reply *rp)
{
    const struct queue_path *path = rq->path;
    struct queue_deleted *out = REQUEST_NEW(rq, struct queue_deleted);
    struct queue q = { .id = { .is = VALUE_ABSENT } };
    const enum err err = queue_find(rq, &path->queue_id.v, &q);
    if (err != OK)
        return err;
    out->success = SET_BOOL(true);
    out->deleted_case_count = SET_INT(query_number(rq->db, SQL_CASE_COUNT, WITH(q.id)));
    out->interrupted_run_ids = interrupt_runs(rq, &q.id.v);
    query_change(rq->db, SQL_QUEUE_DELETE, WITH(q.id));
    rp->object = out;
    return OK;
}

/* ---- agents ---------------------------------------------------------------------------------------------- */

/* An agent that puts cases into the queue, or takes them out of it. */
struct queue_agent {
    struct v_uuid agent_id;
    struct v_text agent_name;
    struct v_bool case_trigger_enabled;
    struct v_text case_trigger_queue_name;
    struct v_bool is_handover_target;
    struct v_texts problems;
    struct v_int concurrency_limit;
    struct v_bool at_concurrency_limit;
};

/* The mock's agents have one trigger each. */
static const char *const problem_names[] = { "multiple_triggers", "producer_consumer_mix", NULL };

#define A struct queue_agent
/* How many of putting in and taking out agent `a` does. */
#define SIDES "(SELECT count(DISTINCT m.integration_type) FROM queue_takers m WHERE m.space = ?1 AND m.queue_id = ?2"  \
              " AND m.agent_id = a.id)"
#define HANDED_OVER                                                                                                    \
    "EXISTS (SELECT 1 FROM agents o JOIN builds b ON b.space = ?1 AND b.agent_id = o.id AND b.status = 'live'"         \
    " WHERE o.space = ?1 AND o.team_id = a.team_id AND o.id <> a.id AND instr(b.handover_target_ids, a.id) > 0)"
#define IS_BUSY                                                                                                        \
    "iif(t.concurrency IS NULL, NULL, EXISTS (SELECT 1 FROM runs r WHERE r.space = ?1 AND r.agent_id = a.id"           \
    " AND r.source = 'case' AND r.status IN ('pending', 'running', 'waiting')))"
#define AGENT_FIELDS                                                                                                   \
    FIELD_UUID(A, agent_id, .column = "a.id", .flags = REQUIRED, .doc = "Agent"),                                      \
    FIELD_TEXT(A, agent_name, .column = "a.name", .flags = REQUIRED, .doc = "Its name"),                               \
    FIELD_BOOL(A, case_trigger_enabled, .column = "coalesce(t.enabled, 0)", .flags = REQUIRED | DERIVED,               \
               .doc = "Whether cases start it")
#define PROBLEMS                                                                                                       \
    FIELD_TEXTS(A, problems, .column = "iif(" SIDES " > 1, 'producer_consumer_mix', '')",                              \
                .flags = REQUIRED | DERIVED, .names = problem_names,                                                   \
                .doc = "producer_consumer_mix: it both puts in and takes out",                                         \
                .example = "[]")
static const struct field producer_fields[] = {
    AGENT_FIELDS,
    FIELD_TEXT(A, case_trigger_queue_name,
               .column = "(SELECT name FROM queues q WHERE q.space = ?1 AND q.id = t.queue_id)",
               .flags = REQUIRED | NULLABLE | DERIVED, .doc = "The queue whose cases start it"),
    PROBLEMS,
};
static const struct field consumer_fields[] = {
    AGENT_FIELDS,
    FIELD_BOOL(A, is_handover_target, .column = HANDED_OVER, .flags = REQUIRED | DERIVED,
               .doc = "Whether another agent hands over to it"),
    PROBLEMS,
    FIELD_INT(A, concurrency_limit, .column = "t.concurrency", .max = PAGE_MAX, .doc = "Runs at once", .example = "1"),
    FIELD_BOOL(A, at_concurrency_limit, .column = IS_BUSY, .flags = DERIVED, .doc = "Whether as many are at work"),
};
#undef A
const struct spec queue_producer_spec = SPEC(struct queue_agent, "QueueProducer", producer_fields);
const struct spec queue_consumer_spec = SPEC(struct queue_agent, "QueueConsumer", consumer_fields);

struct queue_agents {
    struct v_text queue_name;
    struct v_rows producers, consumers;
};

#define A struct queue_agents
static const struct field agents_fields[] = {
    FIELD_TEXT(A, queue_name, .flags = REQUIRED, .doc = "Name of the queue"),
    FIELD_ROWS(A, producers, .flags = REQUIRED, .sub = &queue_producer_spec, .doc = "Who puts cases in, by name"),
    FIELD_ROWS(A, consumers, .flags = REQUIRED, .sub = &queue_consumer_spec, .doc = "Who takes them out, by name"),
};
#undef A
const struct spec queue_agents = SPEC(struct queue_agents, "QueueAgents", agents_fields);

enum err team_queue_agents(struct request *rq, struct reply *rp)
{
    const struct queue_path *path = rq->path;
    struct queue_agents *out = REQUEST_NEW(rq, struct queue_agents);
    struct queue q = { .id = { .is = VALUE_ABSENT } };
    if (!runs_settle(rq))
        return OK;
    const enum err err = queue_find(rq, &path->queue_id.v, &q);
    if (err != OK)
        return err;
    out->queue_name = q.name;
    out->producers = query_rows(rq->db, SQL_QUEUE_PRODUCERS, WITH(q.id), &queue_producer_spec, rq->arena);
    out->consumers = query_rows(rq->db, SQL_QUEUE_CONSUMERS, WITH(q.id), &queue_consumer_spec, rq->arena);
    rp->object = out;
    return OK;
}
