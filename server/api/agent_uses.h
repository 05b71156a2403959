/* What the list of agents shows of an agent's latest build: the integrations it uses, the queue whose cases start
 * it, and the caller's triggers. */
#ifndef DUVO_API_AGENT_USES_H
#define DUVO_API_AGENT_USES_H

#include "request/request.h"

/* A slot, as the list of agents shows it. */
struct agent_config {
    struct v_uuid id, integration_id; /* or the custom integration's */
    struct v_text integration_type, integration_name;
    struct v_time created_at;
    struct v_text icon_url;
    struct v_bool is_connected;
    struct v_texts linked_queue_names;
};

struct user_triggers {
    enum value_state is;
    struct v_bool slack_mention, slack_channel, teams_mention;
};

/* Another agent that takes cases from one of the same queues. */
struct agent_conflict {
    struct v_uuid id;
    struct v_text name;
};

struct agent_uses {
    struct v_rows integration_configs; /* struct agent_config */
    struct user_triggers user_triggers;
    struct v_bool case_trigger_enabled, case_trigger_has_conflict;
    struct v_rows case_trigger_conflicting_agents; /* struct agent_conflict */
    struct v_text case_queue_name;
};

extern const struct spec agent_config_spec, user_triggers_spec, agent_conflict_spec;

/* Of an agent of the caller's team; `latest_build` is NULL when it has none. An integration is connected when it needs
 * no connection, or the caller has pinned one that they may see and that works. Cases start an agent by
 * its case trigger. */
struct agent_uses agent_uses(struct request *rq, const struct uuid *agent_id, const struct uuid *latest_build);

#endif
