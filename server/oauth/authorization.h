/* Authorization: the provider's end, for native providers and built-in MCP servers alike. A request with a good
 * client and redirect URI is answered at that URI with a code, an error, or another outcome (RFC 6749 section
 * 4.1.2). */
#ifndef DUVO_OAUTH_AUTHORIZATION_H
#define DUVO_OAUTH_AUTHORIZATION_H

#include "oauth/consent.h"
#include "oauth/grant.h"

struct authorization {
    struct consent consent;          /* whose `end` authorization_begin sets */
    struct grant grant;              /* what a code stands for; its account is set at the end */
    struct v_text state;             /* that the answer repeats */
    struct text iss;                 /* RFC 9207; unset: not told */
    const char *error, *description; /* what it is answered with whoever decides, or NULL */
};

/* Makes its consent ready for consent.h: `authorization` stays where it is until that has ended. */
void authorization_begin(struct authorization *authorization);
/* What every provider refuses: parameters that are sent more than once, any response type but code and any response
 * mode but query. False when it is refused. */
bool authorization_check(struct request *rq, struct authorization *authorization, const struct v_texts *repeated,
                         struct v_text response_type, struct v_text response_mode);
/* Answers with an error whoever decides. */
void authorization_refuse(struct authorization *authorization, const char *error, const char *description);

#endif
