/* Row texts: rows that lists show, as JSON in either version, kept from one reader to the next for as long as no commit
 * changes them. A page of a list copies them instead of reading two dozen columns of each row, and so does whoever asks
 * for one of them by its id, without any statement.
 *
 * What is taken is of the reader's own snapshot: it is known which rows each commit changes (changes.c), and their
 * texts go while the store's generation is odd. So a reader takes texts, and asks at the end whether the generation is
 * still the one that its transaction began in: if not, it has to read the rows themselves. In memory, where readers and
 * writers exclude each other, it always is.
 *
 * What a text is made of has to be columns of its row, and of rows that listed.def has joined to it: not the clock, nor
 * a setting.
 *
 * Bounded in bytes: a place has room for one text, and the older ones go. Safe in every thread. */
#ifndef DUVO_STORE_ROW_TEXTS_H
#define DUVO_STORE_ROW_TEXTS_H

#include "base/buf.h"
#include "base/uuid.h"
#include "store/listed.h"
#include "store/store.h"

/* Appends the row's text; false when none is kept, and in a transaction that writes. */
bool row_text_take(struct db *db, enum listed listed, int64_t rowid, unsigned version, struct buf *out);
/* Keeps a text that was made in this transaction, if it is of the newest commit. */
void row_text_keep(struct db *db, enum listed listed, int64_t rowid, unsigned version, struct text json);
/* Who asks for a row of db's space by its id. A row is a person's, who alone sees it, or a team's, of which all see it
 * if the team shares. */
struct row_asked {
    struct uuid id, team_id, user_id;
    bool sharing;
};

/* Appends the text of the row that is asked for; false when none is kept that the asker may see. */
bool row_text_find(struct db *db, enum listed listed, const struct row_asked *asked, unsigned version, struct buf *out);
/* As row_text_keep, of a row that was asked for, and seen; `personal`: it is a person's. */
void row_text_keep_found(struct db *db, enum listed listed, int64_t rowid, const struct row_asked *asked, bool personal,
                         unsigned version, struct text json);
/* Whether all that was taken in this transaction is what the rows themselves would have given in it. */
bool row_texts_hold(const struct db *db);
/* Inside a TX_WRITE: the row's text goes with the commit, because something changes that is joined to it. */
void db_row_changes(struct db *db, enum listed listed, int64_t rowid);

#endif
