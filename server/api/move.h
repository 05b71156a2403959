/* Moving an agent to another team.
 *
 * What hangs together with others does not move alone: an agent whose queue other agents work with, which hands over to
 * some or is handed over to, or which triggers start. With the bypass all that hangs together moves. A queue that is
 * the agent's alone goes along with it. move_rows.def says what becomes of every other kind of row.
 *
 * A use of a connection, which is a pin or a trigger, becomes one of a connection of the target team: of the newest
 * usable one of the person whose it is, else of a shared one. Without one it goes. */
#ifndef DUVO_API_MOVE_H
#define DUVO_API_MOVE_H

#include "request/request.h"

/* An agent, a folder, or what blocks. */
struct moved_item {
    struct v_uuid id;
    struct v_text name;
};

struct moved_queue {
    struct v_uuid id;
    struct v_text name;
    struct v_int item_count;
};

extern const struct spec moved_item_spec, moved_queue_spec, moved_trigger_spec, moved_use_spec, moved_slot_spec;

/* A team, as the caller sees it. */
struct move_team {
    struct uuid id;
    bool sharing;
};

struct move {
    struct move_team from, to;
    size_t agent_count, queue_count;
    struct moved_item *agents; /* the one that was asked for first */
    struct moved_queue *queues;
};

/* ---- what moves (move_set.c) ------------------------------------------------------------------------------- */

struct move_blockers {
    enum value_state is;
    struct v_rows queues, triggers, handovers_outgoing, handovers_incoming;
};
extern const struct spec move_blockers_spec;

/* What ties the agent to others; true when anything does. */
bool move_find_blockers(struct request *rq, const struct uuid *agent_id, struct move_blockers *ret);
/* Sets agents and queues: the agent and its queues, or, `together`, all that hangs together with it. */
void move_find_set(struct request *rq, const struct uuid *agent_id, bool together, struct move *ret);

/* ---- what becomes of connections (move_uses.c) ---------------------------------------------------------------- */

enum move_decision { MOVE_REUSE, MOVE_NEEDS_RECONNECT, MOVE_UNMATCHED_INTEGRATION, MOVE_CUSTOM_TO_REBUILD };

/* What the caller is told of the connections that they see. */
struct move_outcome {
    enum value_state is;
    struct v_rows instances_reconnected, instances_disconnected, custom_integrations_to_rebuild;
    struct v_int catalog_rows_created_on_target;
};
extern const struct spec move_outcome_spec;

/* Decides about each use of a connection, for its person, and does it when `apply`: before the agents move. The caller
 * is told of what they themselves could use. */
void move_uses(struct request *rq, const struct move *move, bool apply, struct move_outcome *ret);

/* ---- what becomes of the rest (move_rows.c) ------------------------------------------------------------------- */

/* A kind of row that hangs on an agent or a queue, in the order in which moves deal with them. */
struct move_row {
    const char *table;
    bool of_queue;
    int statement; /* an enum sql, or -1: none */
    size_t parameters;
    const char *what;
};
extern const struct move_row move_rows[];
extern const size_t move_row_count;

void move_apply_rows(struct request *rq, const struct move *move);

#endif
