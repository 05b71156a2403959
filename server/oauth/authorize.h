/* Authorize: the provider's side of a native flow, from the authorization request to the code. */
#ifndef DUVO_OAUTH_AUTHORIZE_H
#define DUVO_OAUTH_AUTHORIZE_H

#include "oauth/flow.h"
#include "oauth/outcome.h"
#include "oauth/provider.h"

#define AUTHORIZE_PATH "/_mock/oauth/authorize/"

/* RFC 6749 section 4.1.1, and what decides the outcome. */
struct authorize_query {
    struct v_text response_type, client_id, redirect_uri, scope, state, login_hint, mock_outcome;
};

extern const struct spec authorize_query_spec;

/* A request that was found good enough to be answered at its redirect URI. */
struct authorization {
    const struct authorize_query *in;
    struct flow flow;
    struct provider provider;
    struct catalog_row catalog;
    struct v_texts scopes;     /* that are asked for */
    const char *error, *description; /* what it is answered with whoever decides, or NULL */
};

/* What may be told to nobody but the person in front of the browser is an error here (RFC 6749 section 4.1.2.1). */
enum err authorization_check(struct request *rq, struct text slug, const struct authorize_query *in,
                             struct authorization *ret);
/* Where the outcome sends the browser; the unset text for OUTCOME_CLOSED. */
struct text authorization_end(struct request *rq, struct authorization *a, enum outcome outcome, struct text account);
/* Its part of what decides. */
struct consent_input authorization_input(const struct authorization *a, struct match_subject subject);

#endif
