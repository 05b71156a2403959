/* Greeting: what an MCP server of any revision says to somebody without credentials. */
#ifndef DUVO_MCP_CLIENT_GREETING_H
#define DUVO_MCP_CLIENT_GREETING_H

#include "mcp/client/challenge.h"
#include "net/outbound.h"

#include <stdbool.h>

struct greeting {
    bool wants;      /* it answered 401 or 403 */
    unsigned status; /* of the answer that counts */
    struct challenge challenge; /* of a 401 or 403, for Bearer; scheme unset: there was none */
    struct text other_scheme;   /* the first scheme of the challenge, when none is Bearer */
    struct text why; /* unless it answered */
};

/* POSTs `server/discover`; to whom that is an error of any kind also `initialize`, and as the last a GET for the old
 * event stream.
 * A session that this opens is closed. False when there was no answer, or a 5xx. */
bool greeting_get(struct trip *trip, struct text url, struct greeting *ret);

#endif
