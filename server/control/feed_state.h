/* Feed state: what a space was when it was last looked at, and what is different since. */
#ifndef DUVO_CONTROL_FEED_STATE_H
#define DUVO_CONTROL_FEED_STATE_H

#include "base/text.h"
#include "request/server.h"
#include "space/space.h"

struct feed_state;

struct feed_state *feed_state_new(void);
void feed_state_free(struct feed_state *state);
/* Calls tell(cls, json) with each difference, as {"kind","id","change","row"}; the first time there is none. One thread
 * at a time. */
void feed_state_compare(struct feed_state *state, const struct server *server, struct space *space,
                        void (*tell)(void *cls, struct text json), void *cls);

#endif
