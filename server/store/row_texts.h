/* Row texts: connections as JSON, in either version, kept from one reader to the next for as long as no commit changes
 * their rows. A page of a list copies them instead of reading two dozen columns of each row.
 *
 * What is taken is of the reader's own snapshot: it is known which rows each commit changes (SQLite's update hook), and
 * their texts go while the store's generation is odd. So a reader takes texts, and asks at the end whether the
 * generation is still the one that its transaction began in: if not, it has to read the rows themselves. In memory,
 * where readers and writers exclude each other, it always is.
 *
 * What a text is made of has to be columns of its row alone: not the clock, nor a setting, nor another row.
 *
 * Bounded in bytes: a place has room for one text, and the older ones go. Safe in every thread. */
#ifndef DUVO_STORE_ROW_TEXTS_H
#define DUVO_STORE_ROW_TEXTS_H

#include "base/buf.h"
#include "store/store.h"

/* Appends the row's text; false when none is kept, and in a transaction that writes. */
bool row_text_take(struct db *db, int64_t rowid, unsigned version, struct buf *out);
/* Keeps a text that was made in this transaction, if it is of the newest commit. */
void row_text_keep(struct db *db, int64_t rowid, unsigned version, struct text json);
/* Whether all that was taken in this transaction is what the rows themselves would have given in it. */
bool row_texts_hold(const struct db *db);
/* A number above 0 that is another one after every commit that changes any of these rows: what was read of them in this
 * transaction holds for as long as the number stays. 0 where that is not known: in a transaction that writes, and after
 * a commit meanwhile. Numbers of several stores differ. */
uint64_t row_texts_generation(const struct db *db);

#endif
