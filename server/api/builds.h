/* Builds ("revisions"): versions of an agent's setup, numbered from 1 in each agent. One of them may be live: the one
 * that runs use. A new one is a draft; the one that was live before is historic. Handlers are in builds.c and
 * build_changes.c, what a config may say is in build_config.c. */
#ifndef DUVO_API_BUILDS_H
#define DUVO_API_BUILDS_H

#include "request/request.h"

struct stored_build {
    struct v_uuid id, agent_id;
    struct v_text name, revision_name, revision_description;
    struct v_json config;
    struct v_uuids handover_target_ids;
    struct v_enum status;
    struct v_int revision_number;
    struct v_uuid parent_build_id, created_by;
    struct v_time created_at, updated_at;
};

extern const char *const build_statuses[]; /* draft, live, historic; ends with NULL */
enum { BUILD_DRAFT, BUILD_LIVE, BUILD_HISTORIC }; /* in them */

/* As the API shows it. */
struct build {
    enum value_state is;
    struct v_uuid id, copilot_id, agent_id;
    struct v_text name, revision_name, revision_description;
    struct v_json config;
    struct v_enum status;
    struct v_int revision_number;
    struct v_uuid parent_build_id, created_by;
    struct v_text created_by_name;
    struct v_time created_at, updated_at;
    struct v_rows schedules; /* of struct schedule, when they were asked for */
};

struct build_reply {
    struct build build;
};

struct build_path {
    struct v_uuid agent_id, build_id; /* as far as the route goes */
};

extern const struct spec build_spec, build_config_spec;

/* NULL, or that the value is no object: all that is known of options, and of a config of the format's first version. */
const char *check_json_object(struct text json);

/* What is stored of a build of the caller's team; false when there is none. */
bool build_find_stored(struct request *rq, const struct uuid *id, struct stored_build *ret);
/* The build as it is shown; not set when there is none. */
struct build build_shown(struct request *rq, const struct uuid *id);
/* The agent's build with the highest number; not set when it has none. */
struct build build_latest(struct request *rq, const struct uuid *agent_id);

/* Stores a new one, of which the agent, name, config, handover targets and parent are set, and sets the rest. `live`:
 * it takes the place of the live one; otherwise it is a draft. It gets the slots and secrets of `slots_from`, unless
 * NULL. */
void build_make(struct request *rq, struct stored_build *build, bool live, const struct uuid *slots_from);

/* The agent has no live build any more: the one that was is historic. */
void builds_retire(struct request *rq, const struct uuid *agent_id);

#endif
