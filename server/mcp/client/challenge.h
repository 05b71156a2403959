/* Challenge: what a WWW-Authenticate header asks for (RFC 9110 section 11.6.1).
 *
 * One value may hold several challenges, and an answer several such headers. Parsing forgives what servers get wrong
 * in practice: parameters without commas between them, and URLs that are not quoted. The texts are the server's bytes:
 * they may be anything but line breaks, and pass quote_line (quote.h) before a person sees them. */
#ifndef DUVO_MCP_CLIENT_CHALLENGE_H
#define DUVO_MCP_CLIENT_CHALLENGE_H

#include "base/text.h"
#include "net/outbound.h"

#include <stdbool.h>

/* The parameters that OAuth uses (RFC 6750 section 3, RFC 9728 section 5.1); unset when they were not given. */
struct challenge {
    struct text scheme; /* as written */
    struct text realm, resource_metadata, scope, error, error_description;
};

/* True when the value holds challenges of that scheme, in any case. Several are read as one: of a parameter that is
 * repeated the first value counts. */
bool challenge_parse(struct arena *arena, struct text value, struct text scheme, struct challenge *ret);
/* The same for all WWW-Authenticate headers of an answer together. */
bool challenge_find(struct arena *arena, const struct answer *answer, struct text scheme, struct challenge *ret);

#endif
