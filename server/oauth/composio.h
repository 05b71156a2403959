/* Composio: connected accounts, from INITIATED through a consent page to ACTIVE, FAILED or EXPIRED, and the connections
 * that are made of them. */
#ifndef DUVO_OAUTH_COMPOSIO_H
#define DUVO_OAUTH_COMPOSIO_H

#include "oauth/consent.h"
#include "oauth/provider.h"

struct composio_account {
    struct v_text id; /* ca_… */
    struct v_uuid team_id, user_id;
    struct v_text auth_config_id, app;
    struct v_enum auth_scheme;
    struct v_texts oauth_scopes;
    struct v_enum status;
    struct v_text callback_url;
    struct v_texts fields; /* names of what was sent along; the values are not kept */
    struct v_text account, error;
    struct v_uuid connection_id;
    struct v_time created_at, expires_at;
};

/* In the order of account_states. */
enum account_state { ACCOUNT_INITIATED, ACCOUNT_ACTIVE, ACCOUNT_FAILED, ACCOUNT_EXPIRED };

extern const struct spec composio_account_spec;

/* Finds it, EXPIRED when its time is over. */
bool composio_account_get(struct request *rq, struct text id, struct composio_account *ret);
/* An error unless it waits for consent, or was answered. */
enum err composio_account_check(struct request *rq, const struct composio_account *account);
/* Where the answer sent the browser; the unset text when there was none yet. */
struct text composio_account_answered(struct request *rq, const struct composio_account *account);
/* Ends the consent to the account, a struct composio_account (consent.h). */
struct text composio_account_end(struct request *rq, void *account, enum outcome outcome, struct text email);

/* composio_page.c: what is asked on the page of an account that waits for consent. */
struct connect_query {
    struct v_text login_hint, mock_outcome;
    struct v_texts repeated;
};

enum err composio_connect_find(struct request *rq, struct text account_id, const struct connect_query *in,
                               struct consent *ret);

#endif
