/* What was written into a space since it was like another one, so that a reset looks at that alone. It is known in
 * memory only: of tables that have a rowid row by row, with the keys of those that went; of tables whose rows hang
 * on others in groups (space_tables.h) group by group; and of the rest as tables. A space of which it is not known is
 * compared as a whole. It can be more than was changed: what is rolled back stays noted. No statement changes the key
 * of a row that has a rowid (tests/unit/test_plans.c): it would be lost without having gone.
 *
 * All of this is the writer's: it is called in a TX_WRITE. */
#ifndef DUVO_STORE_TOUCHED_H
#define DUVO_STORE_TOUCHED_H

#include "store/internal.h"

struct touched_row {
    int64_t rowid;
    unsigned char table; /* its place in the space_tables */
    bool surplus;        /* for those who go through them */
};

/* What comes after the space in the key of a row: an id. */
enum { TOUCHED_KEY_SIZE = 16 };
struct touched_key {
    unsigned char table;
    unsigned char id[TOUCHED_KEY_SIZE];
};

struct touched {
    struct touched *next; /* of its bucket */
    int64_t space, baseline;
    int64_t version;  /* of the file, as PRAGMA data_version tells of other programs */
    bool fresh;       /* its baseline is of this transaction */
    bool too_many;    /* rows to be told apart */
    uint64_t tables;  /* that were written to */
    uint64_t deleted; /* of those with a rowid, where rows went */
    size_t n, room;
    struct touched_row *rows;
    uint64_t unkeyed; /* of which tables not all keys are known */
    size_t key_n, key_room;
    struct touched_key *keys;
};

/* From now on it is known of `space`, which is like `baseline`. */
void touched_begin(struct db *db, int64_t space, int64_t baseline);
/* NULL when it is not known. Until the end of the transaction, or the next call of touched_begin or touched_forget. */
struct touched *touched_since(struct db *db, int64_t space, int64_t baseline);
/* A statement that may write to these tables is about to do so in db's space: rows are noted for it. */
void touched_note(struct db *db, uint64_t tables);
/* Rows are noted for it, or, with NULL, for none. */
void touched_note_for(struct db *db, struct touched *touched);
/* It is no longer known of the space, and of those whose baseline it is. */
void touched_forget(struct db *db, int64_t space);

#endif
