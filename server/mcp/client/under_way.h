/* Under way: the sign-ins whose codes this process exchanges at the moment. A stored flow that was taken and has not
 * ended is being worked on only while it is among them: else its process was killed, the store refused its end, or a
 * snapshot of that moment was restored, and nobody will ever end it. */
#ifndef DUVO_MCP_CLIENT_UNDER_WAY_H
#define DUVO_MCP_CLIENT_UNDER_WAY_H

#include "request/request.h"

struct under_way {
    struct under_way *next, **link;
    const struct store *store;
    int64_t space;
    struct uuid flow;
};

/* From now on, until the request is freed, its space's flow of that id is under way. A request works on one at most:
 * done again, when its handler is run anew, it takes the place of what was. */
void under_way_begin(struct request *rq, const struct uuid *flow);
/* For request_free. Nothing happens when the request works on none. */
void under_way_end(struct request *rq);
/* Whether any request works on that flow of this one's space. */
bool under_way_has(const struct request *rq, const struct uuid *flow);

#endif
