/* Spaces that show the rows of another one: spaces.rows_of. Statements bind the space that has the rows, and the first
 * one that writes copies them before. */
#include "store/internal.h"
#include "store/row_texts.h"

/* Spaces with lower ids are never made by a request: the template, the default space, snapshots. */
enum { FIRST_THAT_SHARES = 2 };

static int64_t shown_by(struct db *db, int64_t space)
{
    const int64_t before = db->space;
    if (space < FIRST_THAT_SHARES)
        return space;
    db->space = space;
    QUERY q = query(db, SQL_SPACE_SHOWS);
    const int64_t rows = query_row(&q) ? col_int(&q, 0) : space;
    db->space = before;
    return rows;
}

void rows_forget(struct db *db)
{
    db->rows_known = false;
}

/* Two equal even readings of the generation: what was read in the one before holds. In memory, where no commit is made
 * while somebody reads. With a file the transaction sees what is committed until its first statement, which may be
 * later: the space's own rows are gone then if it shows others now. */
void rows_recall(struct db *db)
{
    db->rows_known = db->rows_known && db->store->memory && db->tx == TX_READ && db->rows_in == db->began_in;
}

static int64_t rows_of(struct db *db)
{
    if (db->space < FIRST_THAT_SHARES)
        return db->space;
    if (!db->rows_known || db->tx == TX_NONE) {
        db->rows = shown_by(db, db->space);
        db->rows_in = row_texts_hold(db) ? db->began_in : 0;
        db->rows_known = true;
    }
    return db->rows;
}

static void show(struct db *db, int64_t space, struct v_int rows)
{
    const int64_t before = db->space;
    db->space = space;
    query_change(db, SQL_SPACE_SHOW, WITH(rows));
    db->space = before;
    rows_forget(db);
}

int64_t rows_to_bind(struct db *db, bool writes)
{
    const int64_t rows = rows_of(db);
    if (!writes || rows == db->space)
        return rows;
    space_own(db, db->space);
    space_rows_copy(db, rows, db->space);
    return db->space;
}

int64_t store_space_shown(struct db *db, int64_t space)
{
    return shown_by(db, space);
}

void store_space_share(struct db *db, int64_t from, int64_t to)
{
    db->effects.identities = true;
    show(db, to, (struct v_int){ VALUE_SET, from });
}

bool space_own(struct db *db, int64_t space)
{
    const bool shared = shown_by(db, space) != space;
    if (shared)
        show(db, space, (struct v_int){ .is = VALUE_NULL });
    return shared;
}
