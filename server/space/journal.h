/* Journal: the requests to a space and their replies, newest last.
 *
 * An entry is made before its reply leaves, so that the receiver of the reply finds it. Calls of the control plane
 * are not kept. Entries hold the bytes as they came, in this process's memory; they are redacted when shown
 * (control/show.h). Safe in every thread.
 *
 * Bounded in bytes, with a record of what it forgot. For want of room go the oldest replies' bodies first, then the
 * oldest requests' bodies, then the oldest entries, which are counted. So that a long run does not end in a journal
 * of bare lines, the newest bodies of either kind may keep an eighth of the room (JOURNAL_SPARED). */
#ifndef DUVO_SPACE_JOURNAL_H
#define DUVO_SPACE_JOURNAL_H

#include "request/request.h"

struct journal;

struct journal_body {
    struct text bytes;
    size_t size; /* as it was */
    bool lost;   /* there was one, and it is not kept: longer than LIMIT_JOURNAL_BODY, never read, or forgotten */
};

/* Nothing of it changes once it is in the journal, but that bodies get lost. */
struct journal_entry {
    uint64_t number;           /* grows */
    int64_t at;                /* milliseconds since 1970 by the space's clock */
    int64_t duration_us;
    const struct route *route; /* NULL: none matched */
    enum origin origin;
    const char *via;           /* another protocol that asked for it: "mcp"; NULL: none */
    unsigned status;           /* 0: none left, the connection was broken instead */
    const char *broken;        /* what became of the reply or its connection by order of a fault; NULL: it is whole */
    struct text fault;         /* id of the fault that acted; unset: none did */
    struct text caller;        /* e-mail of the person whose API key it was; unset: not known */
    struct text id, method, uri, target, warning;
    struct pair *request_headers, *reply_headers;
    size_t request_header_count, reply_header_count;
    struct journal_body request_body, reply_body; /* of the reply: what left */
};

/* One over JOURNAL_SPARED of the room is spared for the newest bodies of either kind. */
enum { JOURNAL_SPARED = 8 };

/* `max` bytes of entries; 0 keeps none. */
struct journal *journal_new(size_t max);
/* NULL is accepted. */
void journal_free(struct journal *journal);
/* False when nothing is kept at all. */
bool journal_is_on(const struct journal *journal);

/* Whether it keeps requests for the route: not those of the control plane, but for what stands for other people's
 * servers. */
bool journal_keeps(const struct route *route);
/* Keeps a request whose reply is ready, when it is one to be kept. */
void journal_add(struct journal *journal, const struct request *rq);
/* Takes out what `wanted` says, all when it is NULL. That does not count as forgotten; taking out all also clears
 * the record of what was forgotten. */
void journal_remove(struct journal *journal, bool (*wanted)(void *cls, const struct journal_entry *entry), void *cls);
/* Rings after every change. */
struct bell *journal_bell(struct journal *journal);

/* ---- what it forgot ---- */

/* Entries that had to go, of one kind. */
struct journal_dropped {
    const struct route *route; /* NULL: none matched */
    enum origin origin;
    uint64_t count, newest; /* newest: the number of the last of them */
};

/* Calls see(cls, dropped) for each kind. The journal stands still meanwhile. */
void journal_each_dropped(struct journal *journal, void (*see)(void *cls, const struct journal_dropped *dropped),
                          void *cls);

/* ---- reading ---- */

/* Calls see(cls, entry) for each, oldest first, until it returns false. The journal stands still meanwhile, so it must
 * not take long; the entry is gone afterwards. */
void journal_walk(struct journal *journal, bool (*see)(void *cls, const struct journal_entry *entry), void *cls);
/* A copy of the entry of that number; NULL: it is no longer there. */
struct journal_entry *journal_find(struct journal *journal, uint64_t number, struct arena *arena);
/* A copy of the entry, all of it in the arena. */
struct journal_entry *journal_copy(struct arena *arena, const struct journal_entry *entry);

/* The position of a reader who comes back for new entries. Zeroed at first. */
struct journal_reader {
    uint64_t removals, number;
    /* For each entry that is new, and each kind of which one was forgotten before it was read. */
    void (*see)(void *cls, const struct journal_entry *entry);
    void (*miss)(void *cls, const struct journal_dropped *dropped);
    /* Some of what was read was taken out: all begins anew. */
    void (*begin)(void *cls);
    void *cls;
};

/* Reads what came since the last call, a few entries at a time, so that nobody waits long for the journal. */
void journal_read(struct journal *journal, struct journal_reader *reader);

#endif
