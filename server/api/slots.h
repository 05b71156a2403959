/* Slots: the integrations that a build ("revision") uses. Hanging on them: the connections that each person pinned to
 * them, and the queues linked to those of case queues. Handlers are in slots.c, pins.c and queues.c. */
#ifndef DUVO_API_SLOTS_H
#define DUVO_API_SLOTS_H

#include "request/request.h"

/* As the API shows it: exactly one of the two integration ids is set. */
struct slot {
    struct v_uuid id, integration_id, custom_integration_id;
    struct v_text integration_type, integration_name;
    struct v_time created_at;
};

/* What the path says, as far as its route goes. `integration_id` is that of the slot, or of its integration. */
struct slot_path {
    struct v_uuid agent_id, build_id, integration_id, connection_id;
};

/* ---- what is stored ---------------------------------------------------------------------------------------- */

struct stored_slot {
    struct v_uuid id, build_id, integration_id, custom_integration_id;
    struct v_time created_at;
};

struct pin {
    struct v_uuid connection_id, slot_id, user_id;
    struct v_time created_at;
};

struct queue {
    struct v_uuid id, team_id;
    struct v_text name;
    struct v_time created_at;
};

struct slot_queue {
    struct v_uuid slot_id, queue_id;
};

/* What starts an agent through a person's connection. */
struct trigger {
    struct v_uuid id, agent_id, connection_id, user_id;
    struct v_enum kind;
    struct v_time created_at;
};

extern const char *const trigger_kinds[]; /* slack_mention, slack_channel, teams_mention; ends with NULL */
enum { TRIGGER_SLACK_MENTION, TRIGGER_SLACK_CHANNEL, TRIGGER_TEAMS_MENTION }; /* in them */

/* ---- for the handlers ---------------------------------------------------------------------------------------- */

extern const struct spec slot_spec, pinned_spec, case_config_spec, linked_queue_spec;

/* Whether the caller's team has the agent, and it the build: OK, or the error. *ret_frozen says that the build is of
 * the past, and nothing that hangs on it can be changed. */
enum err slot_build_of(struct request *rq, const struct uuid *agent_id, const struct uuid *build_id, bool *ret_frozen);
/* The same of those in the path. */
enum err slot_build_find(struct request *rq, bool *ret_frozen);
/* The path's slot in its build. *ret_provider_key, unless NULL: the OAuth provider of its integration, if any. */
enum err slot_find(struct request *rq, struct slot *ret, struct v_text *ret_provider_key);
/* The two together. */
enum err slot_find_in_build(struct request *rq, struct slot *ret, bool *ret_frozen);
/* How many slots a build has. */
size_t slots_count(struct request *rq, const struct uuid *build_id);
/* How many queues are linked to a slot. */
size_t slot_queues_count(struct request *rq, const struct uuid *slot_id);

/* ---- for agents and builds ------------------------------------------------------------------------------------ */

/* Gives a new build the slots of another, with their queues and pins; to a build of another agent only the caller's
 * pins go along. Both are the caller's team's. */
void slots_copy(struct request *rq, const struct uuid *from_build, const struct uuid *to_build);

#endif
