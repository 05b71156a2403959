/* Builds ("revisions"): versions of an agent's setup, numbered from 1 in each agent. One of them may be live: the one
 * that runs use. A new one is a draft; the one that was live before is historic. */
#ifndef DUVO_API_BUILDS_H
#define DUVO_API_BUILDS_H

#include "request/request.h"

enum build_status { BUILD_DRAFT, BUILD_LIVE, BUILD_HISTORIC };

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

/* As it is stored, and as fixture documents give it. */
extern const struct spec build_row;

/* False when its id or number is taken, or its agent is missing. */
bool build_insert(struct db *db, const struct stored_build *build);

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

extern const struct spec build_spec;

/* The stored build that a body's source_build_id names, if any: OK, or an error for a build outside the caller's
 * team. */
enum err build_find_source(struct request *rq, struct v_uuid id, struct stored_build *ret);
/* The agent's build with the highest number; not set when it has none. */
struct build build_latest(struct request *rq, const struct uuid *agent_id);
/* Stores a new one, of which the agent, name, config, handover targets and parent are set, and sets the rest. `live`:
 * it takes the place of the live one; otherwise it is a draft. It gets the slots and secrets of `slots_from`, unless
 * NULL. */
enum err build_make(struct request *rq, struct stored_build *build, bool live, const struct uuid *slots_from);

#endif
