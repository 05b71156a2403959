/* Server-sent events (WHATWG HTML 9.2.6), read piece by piece as they arrive.
 *
 * Lines end with CR, LF or both; comments and fields other than `event` and `data` are passed over; an event without
 * data is none, and what stands at the end without an empty line is dropped. */
#ifndef DUVO_MCP_CLIENT_SSE_H
#define DUVO_MCP_CLIENT_SSE_H

#include "base/buf.h"

#include <stdbool.h>

struct sse {
    /* `event` is "message" unless the server named it; both texts are good until it returns. False: stop. */
    bool (*on_event)(void *cls, struct text event, struct text data);
    void *cls;
    struct buf line, event, data;
    bool began;    /* a byte order mark may stand before anything else */
    bool after_cr; /* a line feed that comes now belongs to the line's end before it */
};

/* A line, and an event, of at most `max` bytes each; what is longer is dropped. */
struct sse sse_new(struct arena *arena, size_t max, bool (*on_event)(void *cls, struct text event, struct text data),
                   void *cls);
/* False when on_event wants no more. */
bool sse_feed(struct sse *sse, struct text piece);

#endif
