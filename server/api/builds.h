/* Builds ("revisions"): versions of an agent's setup, numbered from 1 in each agent. One of them may be live. */
#ifndef DUVO_API_BUILDS_H
#define DUVO_API_BUILDS_H

#include "request.h"

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

#endif
