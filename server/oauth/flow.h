/* Flows: the memory of Duvo, the provider's client, between a start and its callback.
 *
 * A flow is found by the state that its authorization URL carries, lives for FLOW_LIFETIME_MS, and ends once: a
 * state that has come back is used up, and a callback that is asked for again leads to the same result. States are
 * random, and kept as keyed hashes. */
#ifndef DUVO_OAUTH_FLOW_H
#define DUVO_OAUTH_FLOW_H

#include "api/connections.h"

#define FLOW_LIFETIME_MS (INT64_C(60) * 60 * 1000)

struct flow {
    struct v_uuid id;
    struct v_text provider, key; /* the slug of the start's URL; the provider's key */
    struct v_uuid team_id, user_id;
    struct v_text client_id, redirect_uri;
    struct v_texts scopes;
    struct v_text return_url;
    struct v_json properties; /* what else the start was told: an object of strings */
    struct v_uuid reconnect_id;
    struct v_time taken_at, ended_at; /* a callback came; its work ended */
    struct v_text error, error_description;
    struct v_uuid connection_id;
    struct v_time created_at, expires_at;
};

extern const struct spec flow_spec;

/* Keeps the flow under its id, with new times, and makes a state for it. */
struct text flow_begin(struct request *rq, struct flow *flow);
/* False when no flow has that state. */
bool flow_find(struct request *rq, struct text state, struct flow *ret);
bool flow_get(struct request *rq, const struct uuid *id, struct flow *ret);
/* Stores taken_at and the code that came, if one did: nothing else answers the flow any more. */
void flow_take(struct request *rq, struct flow *flow, struct v_text code);
bool flow_has_code(struct request *rq, const struct flow *flow, struct text code);
bool flow_is_taken(const struct flow *flow);
/* Stores ended_at and what came of it. */
void flow_end(struct request *rq, struct flow *flow);
bool flow_is_over(const struct request *rq, const struct flow *flow);

#endif
