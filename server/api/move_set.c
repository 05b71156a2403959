/* Which agents and queues move together. */
#include "api/move.h"
#include "store/query.h"

#include <string.h>

/* ---- what is told ---------------------------------------------------------------------------------------- */

static const struct field item_fields[] = {
    FIELD_UUID(struct moved_item, id, .column = "id", .flags = REQUIRED, .doc = "ID"),
    FIELD_TEXT(struct moved_item, name, .column = "name", .flags = REQUIRED, .doc = "Name",
               .example = "\"Invoice triage\""),
};
const struct spec moved_item_spec = SPEC(struct moved_item, "MovedItem", item_fields);

static const struct field queue_fields[] = {
    FIELD_UUID(struct moved_queue, id, .column = "id", .flags = REQUIRED, .doc = "Queue ID"),
    FIELD_TEXT(struct moved_queue, name, .column = "name", .flags = REQUIRED, .doc = "Name",
               .example = "\"Invoices to check\""),
    FIELD_INT(struct moved_queue, item_count, .flags = REQUIRED | DERIVED, .doc = "Cases in it",
              .column = "(SELECT count(*) FROM cases c WHERE c.space = ?1 AND c.queue_id = queues.id)"),
};
const struct spec moved_queue_spec = SPEC(struct moved_queue, "MovedQueue", queue_fields);

static const struct field trigger_fields[] = {
    FIELD_UUID(struct moved_item, id, .column = "t.id", .flags = REQUIRED, .doc = "Trigger ID"),
    FIELD_TEXT(struct moved_item, name, .flags = REQUIRED | DERIVED, .doc = "What it listens to, and for whom",
               .column = "t.integration_slug || ' ' || t.trigger_type || ' of ' || coalesce(p.name, p.email, 'nobody')",
               .example = "\"slack mention of Olivia Owner\""),
};
const struct spec moved_trigger_spec = SPEC(struct moved_item, "MovedTrigger", trigger_fields);

#define B struct move_blockers
static const struct field blockers_fields[] = {
    FIELD_ROWS(B, queues, .flags = REQUIRED, .sub = &moved_item_spec, .doc = "Queues that other agents work with, too"),
    FIELD_ROWS(B, triggers, .flags = REQUIRED, .sub = &moved_trigger_spec, .doc = "Its triggers, whosever"),
    FIELD_ROWS(B, handovers_outgoing, .flags = REQUIRED, .sub = &moved_item_spec, .doc = "Agents it hands over to"),
    FIELD_ROWS(B, handovers_incoming, .flags = REQUIRED, .sub = &moved_item_spec, .doc = "Agents that hand over to it"),
};
#undef B
const struct spec move_blockers_spec = SPEC(struct move_blockers, "MoveBlockers", blockers_fields);

/* ---- what ties it to others -------------------------------------------------------------------------------- */

bool move_find_blockers(struct request *rq, const struct uuid *agent_id, struct move_blockers *ret)
{
    const struct param *with = WITH(agent_id);
    *ret = (struct move_blockers){
        VALUE_SET,
        query_rows(rq->db, SQL_MOVE_SHARED_QUEUES, with, &moved_item_spec, rq->arena),
        query_rows(rq->db, SQL_MOVE_TRIGGERS, with, &moved_trigger_spec, rq->arena),
        query_rows(rq->db, SQL_MOVE_HANDS_TO, with, &moved_item_spec, rq->arena),
        query_rows(rq->db, SQL_MOVE_HANDED_BY, with, &moved_item_spec, rq->arena),
    };
    return ret->queues.n || ret->triggers.n || ret->handovers_outgoing.n || ret->handovers_incoming.n;
}

/* ---- what hangs together ----------------------------------------------------------------------------------- */

/* Each id once, in the order of finding. */
struct ids {
    size_t n, room;
    struct uuid *v;
};

static void add_id(struct request *rq, struct ids *ids, struct uuid id)
{
    for (size_t i = 0; i < ids->n; i++)
        if (uuid_eq(&ids->v[i], &id))
            return;
    if (ids->n == ids->room) {
        struct uuid *more = ARENA_ARRAY(rq->arena, ids->room = ids->room * 2 + 8, struct uuid);
        if (ids->n)
            memcpy(more, ids->v, ids->n * sizeof *more);
        ids->v = more;
    }
    ids->v[ids->n++] = id;
}

/* Whatever the statement, whose rows begin with an id, finds for one. */
static void follow(struct request *rq, struct ids *to, enum sql which, const struct uuid *from)
{
    QUERY q = query_with(rq->db, which, WITH(from));
    while (query_row(&q))
        add_id(rq, to, col_uuid(&q, 0));
}

/* Until nothing new is found. */
static void collect(struct request *rq, bool together, struct ids *agents, struct ids *queues)
{
    for (size_t a = 0, k = 0; a < agents->n || k < queues->n;)
        if (a < agents->n) {
            const struct uuid agent = agents->v[a++];
            follow(rq, queues, SQL_MOVE_QUEUES, &agent);
            if (together) {
                follow(rq, agents, SQL_MOVE_HANDS_TO, &agent);
                follow(rq, agents, SQL_MOVE_HANDED_BY, &agent);
            }
        } else {
            const struct uuid queue = queues->v[k++];
            if (together)
                follow(rq, agents, SQL_MOVE_TAKERS, &queue);
        }
}

void move_find_set(struct request *rq, const struct uuid *agent_id, bool together, struct move *ret)
{
    struct ids agents = { .n = 0 }, queues = { .n = 0 };
    add_id(rq, &agents, *agent_id);
    collect(rq, together, &agents, &queues);
    ret->agent_count = agents.n;
    ret->queue_count = queues.n;
    ret->agents = ARENA_ARRAY(rq->arena, agents.n, struct moved_item);
    ret->queues = ARENA_ARRAY(rq->arena, queues.n, struct moved_queue);
    for (size_t i = 0; i < agents.n; i++)
        query_get(rq->db, SQL_MOVE_AGENT_GET, WITH(&agents.v[i]), &moved_item_spec, rq->arena, &ret->agents[i]);
    for (size_t i = 0; i < queues.n; i++)
        query_get(rq->db, SQL_MOVE_QUEUE_GET, WITH(&queues.v[i]), &moved_queue_spec, rq->arena, &ret->queues[i]);
}
