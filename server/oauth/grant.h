/* Grants: the provider's side of the code exchange (RFC 6749 section 4.1).
 *
 * A code is bound to the sign-in (its state), the client, the redirect URI and the issuer that it was made for, lives
 * for CODE_LIFETIME_MS, and is good once. When it comes a second time, whatever was made of it the first time loses
 * its tokens. */
#ifndef DUVO_OAUTH_GRANT_H
#define DUVO_OAUTH_GRANT_H

#include "request/request.h"

#define CODE_LIFETIME_MS (INT64_C(10) * 60 * 1000) /* RFC 6749 section 4.1.2: at most ten minutes */

struct grant {
    struct v_text issuer, client_id, redirect_uri;
    struct v_bool redirect_sent; /* the request named its redirect URI: so has the one for tokens */
    struct v_texts scopes;
    struct v_text account, code_challenge, resource;
    struct v_uuid connection_id; /* what was made of it */
    struct v_time used_at, created_at, expires_at;
};

extern const struct spec grant_spec;

/* A new code for a request with that state, or with none. The grant's times are set here; `lifetime_ms` is
 * CODE_LIFETIME_MS, or 0 for one that has expired. */
struct text grant_issue(struct request *rq, struct grant *grant, struct v_text state, int64_t lifetime_ms);

/* False when there is no such code. */
bool grant_find(struct request *rq, struct text code, struct grant *ret);
/* Whether the code was given to a request with that state. */
bool grant_is_of(struct request *rq, struct text code, struct text state);
/* Whether the mock has issued the code at all. */
bool grant_is_known(struct request *rq, struct text code);

enum redeemed {
    REDEEMED,
    REDEEM_UNKNOWN,
    REDEEM_OTHER_CLIENT,
    REDEEM_OTHER_SIGN_IN,
    REDEEM_OTHER_REDIRECT,
    REDEEM_EXPIRED,
    REDEEM_REPLAYED,
};

/* Exchanges a code, by a client that knows the state of its sign-in; unset: it says none. On REDEEM_REPLAYED the tokens
 * that it gave are revoked already. */
enum redeemed grant_redeem(struct request *rq, struct text code, struct text issuer, struct text client_id,
                           struct text redirect_uri, struct text state, struct grant *ret);
/* What a developer reads about it; NULL for REDEEMED. */
const char *redeemed_text(enum redeemed how);
/* Forgets which codes a connection was made or renewed of: it gets new tokens, which are none of theirs. */
void grant_release(struct request *rq, const struct uuid *connection_id);
/* Remembers what was made of a code, for the day it comes again. */
void grant_bind(struct request *rq, struct text code, const struct uuid *connection_id);

#endif
