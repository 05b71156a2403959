/* One entry of the journal as a block of memory; journal.c alone includes it. */
#ifndef DUVO_SPACE_JOURNAL_BLOCK_H
#define DUVO_SPACE_JOURNAL_BLOCK_H

#include "space/journal.h"

/* An entry and all that it points to are one block, but for its bodies, which may go before it. */
struct journal_block {
    struct journal_entry entry;
    size_t size; /* without bodies */
    char bytes[];
};

/* Which of an entry's bodies. */
enum body_part { BODY_REPLY, BODY_REQUEST, BODY_PARTS };

/* An entry of a request whose reply is ready, without a number; NULL for want of memory. */
struct journal_block *journal_block_new(const struct request *rq);
struct journal_body *journal_block_body(struct journal_block *block, enum body_part part);

#endif
