/* Rows that most spaces have none of, though every write asks for them: subscriptions that might take its event, and
 * what has become due meanwhile. That a space has none is remembered until a row of that table changes, in whatever
 * space, a transaction that could have changed some is undone, or another program has written to the file. What this
 * buys: three looks into indexes, 7,000 of the 178,000 instructions of a create: `make bench-work T=create`. */
#ifndef DUVO_STORE_RARE_H
#define DUVO_STORE_RARE_H

#include "store/store.h"

enum rare {
#define RARE(name, table, any) RARE_##name,
#include "store/rare.def"
#undef RARE
    RARE_COUNT
};

/* Whether the space has such rows. True, too, where it is not known without a look that is worth nothing: outside of a
 * write transaction. */
bool rare_may_be(struct db *db, enum rare rare);

#endif
