/* Client: the requests of an authorization server's client, be it Duvo or a client of the mock's servers. */
#ifndef DUVO_OAUTH_CLIENT_H
#define DUVO_OAUTH_CLIENT_H

#include "spec/spec.h"

/* How the client proves at the token endpoint who it is, in the words of RFC 7591. */
enum client_auth { CLIENT_NONE, CLIENT_BASIC, CLIENT_POST };

extern const char *const client_auth_names[]; /* `none`, `client_secret_basic`, `client_secret_post`; ends with NULL */

/* RFC 6749 section 4.1.1, RFC 7636 (S256) and RFC 8707. What is empty or unset is left out, but for the first three. */
struct authorization_request {
    struct text client_id, redirect_uri, state, code_challenge, scope, resource;
    struct text login_hint, mock_outcome; /* to the mock's own providers */
};

/* The authorization endpoint with the request in its query: what the endpoint has in its query stays, a fragment goes.
 * In the arena. */
struct text authorization_url(struct arena *arena, struct text endpoint, const struct authorization_request *in);

/* Whether the parameter is one of those that were sent more than once (struct spec, repeated). */
bool parameter_is_repeated(const struct v_texts *repeated, const char *name);

/* ---- scopes (RFC 6749 section 3.3) ------------------------------------------------------------------------- */

bool scope_has(const struct v_texts *scopes, struct text scope);
/* The words of a list with blanks between them; what is no visible ASCII is no scope. */
struct v_texts scope_split(struct arena *arena, struct text scopes);
struct text scope_join(struct arena *arena, const struct v_texts *scopes);
/* Those of the known ones that are asked for, each once; all when nothing is asked. False when a word is none of
 * them. */
bool scope_choose(struct arena *arena, struct v_text asked, const struct v_texts *known, struct v_texts *ret);

#endif
