/* Orders: which rows lists have, newest first, kept in memory from the first page of a list on and through writes, so
 * that a page at any offset, and how many there are in all, cost the same however long the list is.
 *
 * A commit leaves only the numbers of the rows that it has changed, of any list and by any statement (changes.c). The
 * next reader looks those up in its own snapshot, and takes them out of where they were and into where they are now. So
 * what is kept is of one commit, and a reader uses it only when that is the commit that its own snapshot is of; any
 * other reader is told so, and asks SQLite. */
#ifndef DUVO_STORE_ORDERS_H
#define DUVO_STORE_ORDERS_H

#include "store/listed.h"
#include "store/query.h"

/* Up to two lists that are read as one: each WITH(…) what it is of; NULL ends them. */
enum { ORDER_LISTS_MAX = 2 };
struct order_lists {
    const struct param *v[ORDER_LISTS_MAX];
};

/* Rows of a page, which the caller has room for. */
struct order_page {
    int64_t total; /* of the list */
    size_t n;
    int64_t *rowids;
};

/* Of this transaction's snapshot; `limit` is 100 at most. False when that is not known, with nothing in ret. */
bool orders_page(struct db *db, enum list_order order, const struct order_lists *lists, int64_t limit, int64_t offset,
                 struct order_page *ret);

#endif
