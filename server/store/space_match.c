/* A space is made equal to another one, which it mostly is. Where it is known what was written into it since it was
 * (touched.h), that alone is looked at; else all of it. */
#include "store/space_tables.h"
#include "store/touched.h"

struct matching {
    struct db *db;
    struct space_tables *tables;
    int64_t from, to;
    struct touched *touched; /* NULL: all may be different */
    size_t row_count;        /* of its rows, those that were there before */
    bool by_rows;            /* they are all that was changed in the tables that have rowids */
};

static int64_t run(const struct matching *m, size_t i, enum space_statement which)
{
    return space_run(m->db, &m->tables->v[i], which, m->to, m->from, 0);
}

static bool is_touched(const struct matching *m, size_t i)
{
    return !m->touched || (m->touched->tables & space_table_bit(i));
}

static bool goes_by_rows(const struct matching *m, size_t i)
{
    return m->by_rows && m->tables->v[i].has_rowid;
}

static bool knows_keys(const struct matching *m, size_t i)
{
    return m->touched && !(m->touched->unkeyed & space_table_bit(i));
}

/* A row whose children do not go with it is mended in place, in the table as a whole. */
static bool goes_by_keys(const struct matching *m, size_t i)
{
    const struct space_table *table = &m->tables->v[i];
    return knows_keys(m, i) && table->is_grouped && !table->keeps_children;
}

/* Rows went, and whatever goes with them may have gone. */
static void note_deleted(const struct matching *m, size_t i, enum space_statement which)
{
    if (m->touched)
        m->touched->tables |= m->tables->v[i].written[which];
}

/* ---- row by row ------------------------------------------------------------------------------------------ */

enum row_state { ROW_GONE = -1, ROW_ALIKE, ROW_DIFFERENT, ROW_SURPLUS };

/* What is most often changed is mended at once. */
static bool mend_loose(const struct matching *m, size_t i, int64_t rowid)
{
    return space_run(m->db, &m->tables->v[i], ROW_MEND_LOOSE, m->to, m->from, rowid) == SPACE_RAN &&
           sqlite3_changes64(m->db->conn->sqlite) == 1;
}

static enum row_state state_of(const struct matching *m, size_t i, int64_t rowid)
{
    return (enum row_state)space_run(m->db, &m->tables->v[i], ROW_STATE, m->to, m->from, rowid);
}

static void drop_row(const struct matching *m, size_t i, int64_t rowid)
{
    space_run(m->db, &m->tables->v[i], ROW_DROP, m->to, m->from, rowid);
    note_deleted(m, i, ROW_DROP);
}

/* The rows of the table that were touched: what is different goes, or is mended where it has to stay. Those that should
 * not be there and have to stay for now are marked. */
static void go_through_rows(const struct matching *m, size_t i)
{
    const struct space_table *table = &m->tables->v[i];
    for (size_t k = 0; k < m->row_count; k++) {
        struct touched_row row = m->touched->rows[k]; /* more may come, to another place in memory */
        if (row.table != i || mend_loose(m, i, row.rowid))
            continue;
        const enum row_state state = state_of(m, i, row.rowid);
        if (state == ROW_DIFFERENT && table->keeps_children)
            space_run(m->db, &m->tables->v[i], ROW_MEND, m->to, m->from, row.rowid);
        else if (state == ROW_SURPLUS && table->keeps_children)
            m->touched->rows[k].surplus = true;
        else if (state == ROW_DIFFERENT || state == ROW_SURPLUS)
            drop_row(m, i, row.rowid);
    }
}

static void drop_marked_rows(const struct matching *m, size_t i)
{
    for (size_t k = 0; k < m->row_count; k++)
        if (m->touched->rows[k].table == i && m->touched->rows[k].surplus)
            drop_row(m, i, m->touched->rows[k].rowid);
}

/* ---- key by key ------------------------------------------------------------------------------------------ */

/* All that were noted until now: what is done notes more of them, of the same rows. */
static void go_through_keys(const struct matching *m, size_t i, enum space_statement which)
{
    const size_t n = m->touched->key_n;
    for (size_t k = 0; k < n; k++)
        if (m->touched->keys[k].table == i)
            space_run_key(m->db, which, m->to, m->from, m->touched->keys[k]);
}

/* ---- table by table -------------------------------------------------------------------------------------- */

static void drop_others(const struct matching *m, size_t i)
{
    if (goes_by_rows(m, i)) {
        go_through_rows(m, i);
        return;
    }
    if (goes_by_keys(m, i)) {
        go_through_keys(m, i, KEY_DROP_OTHERS);
        return;
    }
    const bool none = m->touched && space_run(m->db, &m->tables->v[i], SPACE_IS_EMPTY, m->from, 0, 0) == 1;
    const enum space_statement which = none ? SPACE_CLEAR : SPACE_DROP_OTHERS;
    run(m, i, which);
    if (sqlite3_changes64(m->db->conn->sqlite))
        note_deleted(m, i, which);
}

/* Where rows stay that should not be there, a count says nothing. */
static void add_missing(const struct matching *m, size_t i)
{
    const bool keeps = m->tables->v[i].keeps_children;
    if (keeps && !goes_by_rows(m, i))
        run(m, i, SPACE_CHANGE);
    if (keeps && goes_by_rows(m, i))
        go_through_rows(m, i);
    const bool lost = goes_by_rows(m, i) && (m->touched->deleted & space_table_bit(i));
    if (goes_by_keys(m, i) || (lost && knows_keys(m, i)))
        go_through_keys(m, i, KEY_ADD_MISSING);
    else if (lost)
        run(m, i, SPACE_ADD_LOST);
    else if (!goes_by_rows(m, i) && !keeps)
        run(m, i, SPACE_ADD_MISSING);
}

static void drop_surplus(const struct matching *m, size_t i)
{
    if (goes_by_rows(m, i))
        drop_marked_rows(m, i);
    else
        run(m, i, SPACE_DROP_SURPLUS);
}

/* Children go before their parents, and come after them; what goes can take others with it, which are touched then. */
static void match(const struct matching *m)
{
    const size_t n = m->tables->n;
    const struct space_table *v = m->tables->v;
    for (size_t i = n; i-- > 0;)
        if (!v[i].keeps_children && is_touched(m, i))
            drop_others(m, i);
    for (size_t i = 0; i < n; i++)
        if (is_touched(m, i))
            add_missing(m, i);
    for (size_t i = n; i-- > 0;)
        if (v[i].keeps_children && is_touched(m, i))
            drop_surplus(m, i);
}

void store_space_match(struct db *db, int64_t from, int64_t to)
{
    db->effects.identities = true;
    if (space_own(db, to)) {
        store_space_copy(db, from, to);
        return;
    }
    from = store_space_shown(db, from);
    struct touched *touched = touched_since(db, to, from);
    const struct matching m = {
        .db = db, .tables = space_tables_to_match(db), .from = from, .to = to, .touched = touched,
        .row_count = touched ? touched->n : 0, .by_rows = touched && !touched->too_many,
    };
    touched_note_for(db, touched);
    match(&m);
    touched_begin(db, to, from);
}
