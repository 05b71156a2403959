/* One entry of the journal as a block of memory, and its bodies beside it; journal.c alone includes it. */
#ifndef DUVO_SPACE_JOURNAL_BLOCK_H
#define DUVO_SPACE_JOURNAL_BLOCK_H

#include "base/shared.h"
#include "space/journal.h"

/* An entry and all that it points to are one block, but for its bodies, which may go before it. */
struct journal_block {
    struct journal_entry entry; /* without number and bodies */
    struct journal_block *next; /* of those that are to be freed */
    char bytes[];
};

/* Which of an entry's bodies. */
enum body_part { BODY_REPLY, BODY_REQUEST, BODY_PARTS };

/* A body whose bytes several may hold: a reply that is answered again and again is kept once. */
struct journal_part {
    struct shared *owner; /* NULL: the bytes are not there */
    const char *p;
    size_t size; /* as it was */
    bool lost;   /* as in journal_body */
};

/* What the journal has to know of an entry to let it go, apart from the entry: to forget the oldest it need not look
 * into a block that nobody has looked into for long. */
struct journal_slot {
    struct journal_block *block;
    size_t size; /* of the block and of this */
    uint64_t number;
    const struct route *route;
    enum origin origin;
    struct journal_part parts[BODY_PARTS];
};

/* The bytes that are there. */
static inline size_t journal_part_held(const struct journal_part *part)
{
    return part->owner ? part->size : 0;
}

/* Of a request whose reply is ready, without a number; false for want of memory. */
bool journal_slot_fill(struct journal_slot *slot, const struct request *rq);
/* The slot's entry, whole, for as long as nothing of the slot changes. */
const struct journal_entry *journal_slot_entry(const struct journal_slot *slot);

#endif
