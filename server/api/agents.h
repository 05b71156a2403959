/* Agents ("assignments"): what uses connections. Below are the stored members; replies have more. */
#ifndef DUVO_API_AGENTS_H
#define DUVO_API_AGENTS_H

#include "request/request.h"

struct stored_agent {
    struct v_uuid id;
    struct v_text name;
    struct v_uuid team_id;
    struct v_bool slack_enabled, microsoft_teams_enabled, agentic_memory_enabled;
    struct v_uuid thread_id, folder_id, automation_id;
    struct v_time last_run_at;
    struct v_uuid created_by, updated_by;
    struct v_time created_at, updated_at;
};

/* An agent that a person keeps at the top of their list. */
struct agent_pin {
    struct v_uuid agent_id, user_id;
    struct v_time pinned_at;
};

/* As they are stored, and as fixture documents give them. */
extern const struct spec agent_row, agent_pin_row;

/* Gives a new one its place in the list; false when its id is taken, or it is of nothing that is there. */
bool agent_insert(struct db *db, const struct stored_agent *agent);

#endif
