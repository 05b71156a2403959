/* Agents ("assignments"): what uses connections. What is stored of them is below; what is told of them is more.
 * Handlers are in agents.c and agent_changes.c. */
#ifndef DUVO_API_AGENTS_H
#define DUVO_API_AGENTS_H

#include "api/agent_uses.h"
#include "api/builds.h"

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

struct agent_path {
    struct v_uuid agent_id;
};

/* Who made an agent or changed it. */
struct agent_person {
    enum value_state is;
    struct v_uuid id;
    struct v_text name, email;
};

/* As the API shows it. */
struct agent {
    enum value_state is;
    struct v_uuid id;
    struct v_text name;
    struct v_bool slack_enabled, microsoft_teams_enabled, agentic_memory_enabled;
    struct v_uuid team_id, thread_id, folder_id, automation_id;
    struct v_time created_at, updated_at;
    struct agent_person created_by, updated_by;
    struct v_time pinned_at, last_run_at;
    struct build latest_build;
    struct agent_uses uses;
};

extern const struct spec agent_spec;

/* Whether the caller's team has it. */
bool agent_exists(struct request *rq, const struct uuid *id);
/* The agent with all that is told of it, in the arena; NULL when the caller's team has none of that id. */
struct agent *agent_shown(struct request *rq, const struct uuid *id);
/* What GET and PATCH answer; NULL as above. */
const void *agent_answer(struct request *rq, const struct uuid *id);

#endif
