/* Consent: the page on which a person says yes or no, and the proof that it was that page which said so. */
#ifndef DUVO_OAUTH_CONSENT_H
#define DUVO_OAUTH_CONSENT_H

#include "oauth/outcome.h"

/* What the page shows. */
struct consent_view {
    struct text provider, integration, client; /* who is asked, for what, by whom */
    bool composio;
    struct v_texts scopes;
    struct uuid team_id, user_id; /* whose accounts are offered, and who comes first */
    struct v_text login_hint;     /* an address that comes before all */
    struct v_map properties;
    struct v_text next_url;       /* where the browser goes at the end; unset: to the mock's own page */
};

/* The form that the page's buttons send. */
struct consent_form {
    struct v_text form_token, decision, account;
};

extern const struct spec consent_form_spec;

/* Answers with the page, whose form goes to the request's own URL. */
void consent_ask(struct request *rq, const struct consent_view *view);
/* Whether the form was sent from that page, and what it says. `*ret_account` is an address; unset when the form has
 * none. ERR_FOREIGN_ORIGIN, or ERR_INVALID. */
enum err consent_take(struct request *rq, const struct consent_form *form, enum outcome *ret,
                      struct v_text *ret_account);
/* Where a flow ends that was left by closing the window. */
void consent_closed(struct request *rq, struct text provider);

/* The address that an account gets when nobody picks one: the hint, or that of the person. */
struct text consent_account(struct request *rq, struct v_text login_hint, const struct uuid *team_id,
                            const struct uuid *user_id);
/* Whether an account of that name can be had: an e-mail address as far as the mock cares. */
bool consent_is_address(struct text account);

#endif
