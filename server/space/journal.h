/* Journal: what was asked of a space, and what it answered, newest last.
 *
 * An entry is made before its reply leaves, so that whoever has the reply finds it. The calls of the control plane
 * itself are not kept. Bounded in bytes: the oldest entries go first, and long bodies are cut. Entries hold what came
 * as it came, in this process's memory; whoever shows one redacts it first (control/show.h). Safe in every thread. */
#ifndef DUVO_SPACE_JOURNAL_H
#define DUVO_SPACE_JOURNAL_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct journal;
struct request;
struct route;

struct journal_header {
    struct text name, value;
};

/* Nothing of it changes once it is in the journal. */
struct journal_entry {
    struct journal_entry *newer;
    uint64_t number;           /* grows */
    int64_t at;                /* milliseconds since 1970 by the space's clock */
    int64_t duration_us;
    const struct route *route; /* NULL: none matched */
    unsigned status;           /* 0: the connection was cut instead */
    struct text id, method, uri, target, warning;
    struct text request_body, reply_body; /* cut at LIMIT_JOURNAL_BODY */
    size_t request_size, reply_size;      /* as they were */
    struct journal_header *request_headers, *reply_headers;
    size_t request_header_count, reply_header_count;
};

/* `max` bytes of entries; 0 keeps none. */
struct journal *journal_new(size_t max);
/* NULL is accepted. */
void journal_free(struct journal *journal);

/* Keeps a request whose reply is ready, when it is one to be kept. */
void journal_add(struct journal *journal, const struct request *rq);
void journal_clear(struct journal *journal);
/* A number that is another one after every entry. */
uint64_t journal_number(struct journal *journal);

/* Calls see(cls, entry) for each, oldest first, until it returns false. The journal stands still meanwhile, so it must
 * not take long; the entry is gone afterwards. */
void journal_walk(struct journal *journal, bool (*see)(void *cls, const struct journal_entry *entry), void *cls);
/* A copy of the entry, all of it in the arena. */
struct journal_entry *journal_copy(struct arena *arena, const struct journal_entry *entry);

#endif
