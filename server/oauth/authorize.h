/* Authorize: the authorization endpoint of the native providers. */
#ifndef DUVO_OAUTH_AUTHORIZE_H
#define DUVO_OAUTH_AUTHORIZE_H

#include "oauth/authorization.h"

#define AUTHORIZE_PATH "/_mock/oauth/authorize/"

/* RFC 6749 section 4.1.1, and what decides the outcome. */
struct authorize_query {
    struct v_text response_type, client_id, redirect_uri, scope, state, response_mode, login_hint, mock_outcome;
    struct v_texts repeated;
};

extern const struct spec authorize_query_spec;

/* Takes a request to the provider of that slug. What may be told to nobody but the person in front of the browser is an
 * error here (RFC 6749 section 4.1.2.1). */
enum err authorize_take(struct request *rq, struct text slug, const struct authorize_query *in,
                        struct authorization *ret);

#endif
