/* Triggers: what starts an agent through a person's connection, such as a mention in Slack. A person has one for each
 * agent, integration and type. It goes with its connection and with its agent. */
#ifndef DUVO_API_TRIGGERS_H
#define DUVO_API_TRIGGERS_H

#include "request/request.h"

struct trigger {
    struct v_uuid id, agent_id, connection_id, user_id;
    struct v_enum kind; /* of a document in its older words: it stands for the next two */
    struct v_text integration_slug, trigger_type;
    struct v_json filter_config;
    struct v_bool enabled;
    struct v_time auto_disabled_at;
    struct v_text auto_disabled_reason;
    struct v_int consecutive_missing_connection_failures;
    struct v_time first_missing_connection_failure_at, last_missing_connection_failure_at;
    struct v_time created_at, updated_at;
};

/* A type of them that an integration has. */
struct trigger_type {
    struct v_text integration_slug, trigger_type, label, description;
    struct v_json filter_schema;
};

/* Slug and type of each `kind`; the last has none. The list of agents names the caller's with these words. */
enum trigger_kind { TRIGGER_SLACK_MENTION, TRIGGER_SLACK_CHANNEL, TRIGGER_TEAMS_MENTION, TRIGGER_KIND_COUNT };
struct trigger_word {
    const char *slug, *type;
};
extern const struct trigger_word trigger_words[TRIGGER_KIND_COUNT];

/* As they are stored, and as fixture documents give them. */
extern const struct spec trigger_row, trigger_type_row;
extern const struct spec trigger_spec, trigger_type_spec;

/* Gives a new one its place in the list; false when its id is taken, or agent and connection are not of one team. */
bool trigger_insert(struct db *db, const struct trigger *trigger);

/* It has not failed for want of a connection. */
void trigger_forget_failures(struct trigger *trigger);
/* Sets its kind when that has a word for its slug and type. */
void trigger_name_kind(struct trigger *trigger);

#endif
