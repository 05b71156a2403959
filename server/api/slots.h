/* Slots: the integrations that a build ("revision") uses. Hanging on them: the connections that each person pinned to
 * them (pins.c), and the queues linked to those of case queues (queues.c). */
#ifndef DUVO_API_SLOTS_H
#define DUVO_API_SLOTS_H

#include "request/request.h"

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
    struct v_text name, description;
    struct v_uuid folder_id, automation_id;
    struct v_time created_at;
};

struct slot_queue {
    struct v_uuid slot_id, queue_id;
};

/* As they are stored, and as fixture documents give them. */
extern const struct spec slot_row, pin_row, queue_row, slot_queue_row;

/* ---- what is told ------------------------------------------------------------------------------------------ */

/* As the API shows it: exactly one of the two integration ids is set. */
struct slot {
    struct v_uuid id, integration_id, custom_integration_id;
    struct v_text integration_type, integration_name;
    struct v_time created_at;
};

struct linked_queue {
    struct v_uuid id;
    struct v_text name;
};

extern const struct spec slot_spec, pinned_spec, case_config_spec, linked_queue_spec;

/* The path's slot in its build, once the build was found: OK, or ERR_SLOT_NOT_FOUND. *ret_provider_key, unless NULL:
 * the OAuth provider of its integration, if any. */
enum err slot_find(struct request *rq, struct slot *ret, struct v_text *ret_provider_key);
/* The path's build, and the slot in it. */
enum err slot_in_path(struct request *rq, struct slot *ret, bool *ret_frozen);
/* The queues that are linked to a slot, by name. */
const struct linked_queue *slot_queues(struct request *rq, const struct uuid *slot_id, size_t *ret_n);

/* Attaches an integration of the catalog or of the team to a build that may be changed; one that is there stays. */
enum err slot_add(struct request *rq, const struct uuid *build_id, const struct uuid *integration_id);
/* Gives a new build the slots of another, with their queues and pins; to a build of another agent only the caller's
 * pins go along. Both are the caller's team's. */
void slots_copy(struct request *rq, const struct uuid *from_build, const struct uuid *to_build);

#endif
