/* Server-sent events (WHATWG HTML 9.2.6): written by the built-in servers, and read piece by piece as they arrive.
 *
 * In what is read, lines end with CR, LF or both; comments and fields other than `event` and `data` are passed over; an
 * event without data is none, and what stands at the end without an empty line is dropped. */
#ifndef DUVO_MCP_SSE_H
#define DUVO_MCP_SSE_H

#include "base/buf.h"

#include <stdbool.h>

#define SSE_TYPE "text/event-stream"

/* Appends one event; `data` has no line breaks. */
void sse_put(struct buf *b, struct text event, struct text data);
/* Whether it is the media type of a stream of events, whatever parameters it has. */
bool sse_is_type(struct text content_type);

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
