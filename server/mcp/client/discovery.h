/* Discovery: who authorizes calls of an MCP server, and how (the MCP specification's authorization part, RFC 9728,
 * RFC 8414).
 *
 * The server is asked without credentials. A 401, or a 403, means that it wants authorization; so does publishing
 * protected-resource metadata, which is looked for even when the server answers, because many servers let everybody
 * say hello and ask for a token later. Then:
 *
 * - Protected-resource metadata is read from the URL that the challenge names, and from nowhere else if it names one;
 *   otherwise from the path-inserted well-known URL, then from the origin's. Without any, the server's origin is its
 *   own authorization server, as in the revision of 2025-03-26.
 * - The first of its authorization servers that is a URL counts.
 * - The authorization server's metadata is read from RFC 8414's URL, then from OpenID Connect's. Its issuer must be
 *   the one that was asked for. Without any, the revision of 2025-03-26 fixes /authorize, /token and /register at its
 *   origin; this guess is made only where a bare or Bearer 401 said that OAuth is what is wanted.
 * - An error status, an answer that is not JSON (a web application's start page) and a document with wrong members are
 *   noted and lead to the next URL; no answer, another resource and another issuer end discovery.
 *
 * What worked here but fails with stricter clients is a warning in the trip's trail. */
#ifndef DUVO_MCP_CLIENT_DISCOVERY_H
#define DUVO_MCP_CLIENT_DISCOVERY_H

#include "mcp/client/challenge.h"
#include "mcp/wellknown.h"
#include "net/outbound.h"
#include "spec/spec.h"

#include <stdbool.h>

enum resource_source { RESOURCE_NONE, RESOURCE_CHALLENGE, RESOURCE_PATH, RESOURCE_ROOT };
enum metadata_source { METADATA_NONE, METADATA_OAUTH, METADATA_OPENID, METADATA_DEFAULTS };
enum scope_source { SCOPES_NONE, SCOPES_CHALLENGE, SCOPES_RESOURCE };
enum pkce_support {
    PKCE_S256,
    PKCE_UNSAID,  /* the metadata does not list methods: a client must not go on */
    PKCE_WITHOUT, /* it lists others */
    PKCE_ASSUMED, /* there is no metadata */
};

/* Everything lives in the trip's arena. Texts that were not found are unset. */
struct discovery {
    bool wants;      /* the server wants authorization by OAuth */
    struct text why; /* unless everything was found: one line for a developer */
    unsigned status; /* of the request without credentials; 0: there was no answer */
    struct challenge challenge; /* its Bearer challenge; scheme unset: none */
    struct text other_scheme;   /* of a challenge, when it has none for Bearer */

    enum resource_source resource_source;
    struct text resource_url;   /* of the document */
    enum resource_match match;
    struct text resource;       /* to name in authorization and token requests (RFC 8707) */

    struct text issuer;
    enum metadata_source metadata_source;
    struct text metadata_url;
    struct text authorization_endpoint, token_endpoint;
    struct text registration_endpoint; /* unset: no dynamic registration */
    enum scope_source scope_source;
    struct v_texts scopes;       /* to ask for: the challenge's, else the resource's, else none */
    struct v_texts known_scopes; /* the issuer's: to be shown, never all asked for */
    struct v_texts auth_methods; /* absent: client_secret_basic (RFC 8414 section 2) */
    enum pkce_support pkce;
    bool iss_parameter;          /* callbacks carry `iss` (RFC 9207) */
    bool client_id_metadata;     /* a client's id may be the URL of its metadata */
};

/* Asks the server at the URL, and whom it names. True when the endpoints are known; else ret->why says why not, and
 * what was found before is there. */
bool discovery_run(struct trip *trip, struct text url, struct discovery *ret);
/* Whether the authorization server advertises dynamic client registration; a guessed endpoint is no advertisement. */
bool discovery_has_registration(const struct discovery *d);
/* Why a client must not start an authorization there, although the endpoints are known: PKCE. Unset: it may. */
struct text discovery_refusal(struct arena *arena, const struct discovery *d);

#endif
