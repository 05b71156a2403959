/* Consent: the page on which a person says yes or no, and the proof that the answer comes from that page. */
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

/* One consent: what is asked, what may decide it without a person, and what comes of it. */
struct consent {
    struct consent_view view;
    struct v_text mock_outcome; /* of the URL */
    struct v_enum fixture;      /* the outcome of the provider or the auth config */
    struct text answered;       /* where the browser was sent when it was answered; unset: it was not yet */
    bool is_settled;            /* the answer is the same whoever decides */
    /* Where the outcome sends the browser; the unset text: nowhere. `account` is an address. */
    struct text (*end)(struct request *rq, void *cls, enum outcome outcome, struct text account);
    void *cls;
};

/* The consent that a request is about, in the request's arena; or the error to be told to the person in front of the
 * browser. */
typedef enum err consent_find(struct request *rq, const struct consent **ret);
/* The handler of GET: ends it when something other than a person decides, else answers with the page, whose form goes
 * to the request's own URL. */
enum err consent_ask(struct request *rq, consent_find *find);
/* The handler of POST: takes what the page's form says, ends the consent and sends the browser on. ERR_FOREIGN_ORIGIN
 * or ERR_INVALID when it was not that page which sent the form. */
enum err consent_answer(struct request *rq, consent_find *find);
/* Ends it for a browser that is not there, by `outcome` if that is set, and tells where that would be sent. `visit` is
 * the request that would have asked. */
enum err consent_finish(struct request *rq, const struct consent *consent, struct match_subject visit,
                        struct v_enum outcome, struct v_text account, struct text *ret_url);
/* Whether an account of that name can be had: an e-mail address as far as the mock cares. */
bool consent_is_address(struct text account);

#endif
