/* Suggestions: what a run has shown to be missing or idle in an agent. Documents give them; consuming one changes the
 * slots of a draft. */
#ifndef DUVO_API_SUGGESTIONS_H
#define DUVO_API_SUGGESTIONS_H

#include "request/request.h"

struct suggestion {
    struct v_uuid id, agent_id;
    struct v_enum type;
    struct v_json payload; /* an object of the type's members */
    struct v_enum status, generated_by;
    struct v_text title, description, dedup_key;
    struct v_uuids source_run_ids; /* the agent's runs */
    struct v_time resolved_at;
    struct v_uuid resolved_by_user_id;
    struct v_text superseded_reason;
    struct v_uuid superseded_by_suggestion_id;
    struct v_time created_at, updated_at;
};

/* As it is stored, and as fixture documents give it. */
extern const struct spec suggestion_row;
extern const struct spec suggestion_source_spec;

/* Gives a new one its place in the list; false when its id is taken, or a source is no run of its agent. */
bool suggestion_insert(struct db *db, const struct suggestion *suggestion);

#endif
