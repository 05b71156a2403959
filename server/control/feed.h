/* Feeds: what changes in a space, told as it happens to those who watch it (GET /_mock/events).
 *
 * A space that is watched has a feed: its newest LIMIT_FEED_ROWS events, each with a number. It is compared with what
 * it was after every request that may have changed it, by the thread that has answered that, and after what the courier
 * has done by itself, one at a time; a space that nobody watches costs nothing. A reader takes events at its own pace:
 * who is further behind than the feed goes back, or comes back with the number of another feed, is told to look at all
 * anew ("resync"). A feed outlives its last reader by a minute, so that one whose connection broke misses nothing. */
#ifndef DUVO_CONTROL_FEED_H
#define DUVO_CONTROL_FEED_H

#include "request/request.h"

struct feeds;

struct feeds *feeds_new(void);
/* When no reader is left; NULL is accepted. */
void feeds_free(struct feeds *feeds);
/* After a request whose reply has left, or what else has happened in its space. */
void feeds_look(const struct request *rq);

#endif
