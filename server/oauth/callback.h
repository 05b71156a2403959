/* Callback: Duvo's side of a native flow from the moment the provider sends the browser back. */
#ifndef DUVO_OAUTH_CALLBACK_H
#define DUVO_OAUTH_CALLBACK_H

#include "oauth/flow.h"

#define CALLBACK_PATH "/v1/oauth/callback/"

/* What the provider sends with the browser (RFC 6749 section 4.1.2). */
struct callback_query {
    struct v_text code, state, error, error_description, iss;
    struct v_texts repeated;
};

extern const struct spec callback_query_spec;

/* What a start answers. */
struct authorization_reply {
    struct v_text authorization_url;
};

/* Where a callback leads to. */
struct ending {
    struct text url;              /* unset: nowhere, because the state is none of a pending flow */
    struct text message;          /* then: why */
    bool pending;                 /* likewise, for now: the same callback came before and is being worked on */
    struct connection *connection; /* what was made or renewed, or NULL */
};

/* Takes the callback's query for the provider of that slug: the whole of Duvo's side. */
struct ending callback_take(struct request *rq, struct text slug, const struct callback_query *in);
/* The flow that the query's state belongs to; false when it belongs to none. */
bool callback_flow(struct request *rq, const struct callback_query *in, struct flow *ret);
/* A callback for a flow that one has come for before: it ends where that did, if it says the same, or is another answer
 * to the same sign-in, as a second click gives one: a code that the mock has issued in it or, where others issue codes,
 * one that the mock has not issued. The code is not looked at any further, and nothing is revoked. */
enum codes_of { CODES_OF_MOCK, CODES_OF_ANYBODY };
struct ending callback_again(struct request *rq, const struct flow *flow, const struct callback_query *in,
                             enum codes_of codes);
/* What is said of a query with repeated parameters. */
struct text callback_repeats(struct arena *arena, const struct callback_query *in);
/* Sends the browser there, or shows it why nowhere. */
void ending_show(struct request *rq, const struct ending *ending);
/* `http://host:port` that the flow was started at. */
struct text flow_base(const struct flow *flow);
/* Where a flow that has ended sends the browser, with what came of it. */
struct text flow_end_url(struct request *rq, const struct flow *flow);
/* Where the flow sends the browser when all is over, as it was told; unset: to the mock's own page. */
struct v_text flow_next(struct arena *arena, const struct flow *flow);

#endif
