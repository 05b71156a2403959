/* Calls: requests that another request has run in its place, as if its client had sent them. Faults, the rate limit,
 * the journal, locks and events see no difference. */
#ifndef DUVO_ROUTER_CALLS_H
#define DUVO_ROUTER_CALLS_H

#include "request/request.h"

struct inner_call {
    struct text method, uri;
    struct text body;  /* unset: none */
    struct text media; /* of the body */
    struct text key;   /* the API key that it is sent with; unset: the caller's own Authorization */
    const char *via;   /* the protocol that asked for it, for the journal; NULL: none */
};

/* Makes the request, with the headers of `from` that are of its client and not of its message, and takes its head and
 * body; router_finish then runs it. It is freed with `from`. NULL: there is no memory for it. */
struct request *call_begin(struct request *from, const struct inner_call *call);

#endif
