/* Reply cache: the replies of reads, kept until the next write.
 *
 * Clients of a mock poll: the same few reads come again and again between two writes. Such a reply is looked up by
 * space, API key and URI, and used when the store's generation (store.h) is the very one that it was made in, and the
 * settings are the version that it was made under (space.h); then no statement is run. Any commit makes everything
 * that is kept here useless at once, and a change of settings what is kept of their space: so nothing is ever stale,
 * and nothing needs to be told what has changed.
 *
 * A reply is kept when it is asked for the second time: most are read once between two writes, and a large one takes
 * as long to copy as all the rest.
 *
 * What it buys: a connection that is read again takes 76,000 instructions instead of 112,000, a page of 100 of them
 * 77,000 instead of 188,000; 60,000 of each are libmicrohttpd's, most of them for clearing its memory. After a write, a
 * connection that the write left alone takes 88,000: its text is kept by itself (store/row_texts.h).
 * `make bench-work T="get,page of 100"` counts them.
 *
 * Bounded in entries and bytes. Safe in every thread; an entry in use lives on until the last request lets go of
 * it. */
#ifndef DUVO_ROUTER_REPLY_CACHE_H
#define DUVO_ROUTER_REPLY_CACHE_H

#include "request/request.h"

/* Fills the reply, the warning and the caller of a read from the cache; false when it is not there. The request holds
 * what they belong to, as `cached`, until its end. */
bool reply_cache_find(struct request *rq, uint64_t generation);

/* The form in which whoever sends the replies has sent an entry before, so that it need not be made anew. `drop` frees
 * it, in any thread. */
struct sent_form {
    void (*drop)(struct sent_form *form);
};

/* Of the entry that the request holds: takes the form out, or NULL; nobody else has it then. */
struct sent_form *reply_cache_take_form(const struct request *rq);
/* Puts it there when nobody looks at it any more; one that is there already goes. */
void reply_cache_put_form(const struct request *rq, struct sent_form *form);

/* Keeps a successful reply that was made wholly within `generation`. */
void reply_cache_keep(const struct request *rq, uint64_t generation);
/* At the end of the process. */
void reply_cache_clear(void);

#endif
