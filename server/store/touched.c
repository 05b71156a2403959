#include "store/touched.h"

#include "base/memory.h"
#include "store/space_tables.h"

#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 1024, ROWS_MAX = 4096, ROWS_KEPT = 256 /* for the next time */ };
enum { TEMPLATE = 0, DEFAULT = 1 };

struct touches {
    struct touched *buckets[BUCKETS];
    struct touched *noting; /* whose rows are changed now; NULL: nobody's */
    const struct space_tables *tables;
    size_t table; /* the last that was found */
    size_t count;
    bool any_fresh;
    bool default_is_known; /* or was, until something else was said of it */
};

/* ---- the directory --------------------------------------------------------------------------------------- */

struct touches *touches_new(void)
{
    return calloc(1, sizeof(struct touches));
}

static void drop_at(struct touches *touches, struct touched **at)
{
    struct touched *touched = *at;
    *at = touched->next;
    if (touches->noting == touched)
        touches->noting = NULL;
    free(touched->rows);
    free(touched);
    touches->count--;
}

static void drop_all(struct touches *touches)
{
    for (size_t i = 0; i < BUCKETS; i++)
        while (touches->buckets[i])
            drop_at(touches, &touches->buckets[i]);
}

void touches_free(struct touches *touches)
{
    if (touches)
        drop_all(touches);
    free(touches);
}

static struct touched **place_of(struct touches *touches, int64_t space)
{
    struct touched **at = &touches->buckets[(uint64_t)space % BUCKETS];
    while (*at && (*at)->space != space)
        at = &(*at)->next;
    return at;
}

static struct touched *find(struct touches *touches, int64_t space)
{
    return touches ? *place_of(touches, space) : NULL;
}

void touched_begin(struct db *db, int64_t space, int64_t baseline)
{
    struct touches *touches = db->store->touches;
    if (!touches)
        return;
    struct touched **at = place_of(touches, space), *touched = *at;
    if (!touched) {
        touched = memory_spare(sizeof *touched);
        if (!touched)
            return; /* a reset looks at all of it */
        touches->count++;
    }
    touches->default_is_known |= space == DEFAULT;
    if (touched->room > ROWS_KEPT) {
        free(touched->rows);
        touched->room = 0;
        touched->rows = NULL;
    }
    *touched = (struct touched){ touched->next, space, baseline, conn_version(db->conn), .fresh = true,
                                 .room = touched->room, .rows = touched->rows };
    *at = touched;
    touches->any_fresh = true;
    touches->tables = space_tables_of(db);
}

struct touched *touched_since(struct db *db, int64_t space, int64_t baseline)
{
    struct touched *touched = find(db->store->touches, space);
    return touched && touched->baseline == baseline && touched->version == conn_version(db->conn) ? touched : NULL;
}

void touched_forget(struct db *db, int64_t space)
{
    struct touches *touches = db->store->touches;
    if (touches && space == DEFAULT)
        touches->default_is_known = true;
    if (find(touches, space))
        drop_at(touches, place_of(touches, space));
    if (!touches || !touches->count || space > TEMPLATE)
        return; /* spaces of requests are nobody's baseline */
    for (size_t i = 0; i < BUCKETS; i++)
        for (struct touched **at = &touches->buckets[i]; *at;)
            if ((*at)->baseline == space)
                drop_at(touches, at);
            else
                at = &(*at)->next;
}

/* ---- transactions ---------------------------------------------------------------------------------------- */

void touches_committed(struct touches *touches)
{
    if (!touches)
        return;
    for (size_t i = 0; touches->any_fresh && i < BUCKETS; i++)
        for (struct touched *touched = touches->buckets[i]; touched; touched = touched->next)
            touched->fresh = false;
    touches->any_fresh = false;
    touches->noting = NULL;
}

void touches_rolled_back(struct touches *touches)
{
    if (!touches)
        return;
    for (size_t i = 0; touches->any_fresh && i < BUCKETS; i++)
        for (struct touched **at = &touches->buckets[i]; *at;)
            if ((*at)->fresh)
                drop_at(touches, at);
            else
                at = &(*at)->next;
    touches->any_fresh = false;
    touches->noting = NULL;
}

/* ---- what is written ------------------------------------------------------------------------------------- */

void touched_note_for(struct db *db, struct touched *touched)
{
    if (db->store->touches)
        db->store->touches->noting = touched;
}

/* A store in memory that begins as its image has a default space that is like the template until its first write. */
static void begin_default(struct db *db)
{
    struct touches *touches = db->store->touches;
    if (touches && !touches->default_is_known && db->space == DEFAULT && db->store->begins_as_default &&
        !db->store->durable)
        touched_begin(db, DEFAULT, TEMPLATE);
}

void touched_note(struct db *db, uint64_t tables)
{
    if (db->space <= 0)
        touched_forget(db, db->space);
    begin_default(db);
    struct touched *touched = find(db->store->touches, db->space);
    touched_note_for(db, touched);
    if (touched)
        touched->tables |= tables;
}

static bool is_named(const struct space_tables *tables, size_t i, const char *name)
{
    return i < tables->n && strcmp(tables->v[i].parts[SQL_PART_NAME], name) == 0;
}

static bool make_room(struct touched *touched)
{
    struct touched_row *rows = memory_spare_more(touched->rows, &touched->room, 16, ROWS_MAX, sizeof *rows);
    if (rows)
        touched->rows = rows;
    return rows;
}

static void add_row(struct touched *touched, size_t table, int64_t rowid)
{
    const struct touched_row *last = touched->n ? &touched->rows[touched->n - 1] : NULL;
    if (touched->too_many || (last && last->rowid == rowid && last->table == table))
        return;
    touched->too_many = touched->n == touched->room && !make_room(touched);
    if (!touched->too_many)
        touched->rows[touched->n++] = (struct touched_row){ .rowid = rowid, .table = (unsigned char)table };
}

void touches_row(struct touches *touches, bool deletes, const char *table, int64_t rowid)
{
    struct touched *touched = touches ? touches->noting : NULL;
    if (!touched)
        return;
    const struct space_tables *tables = touches->tables;
    size_t i = touches->table;
    if (!is_named(tables, i, table))
        for (i = 0; i < tables->n && !is_named(tables, i, table); i++)
            ;
    if (i == tables->n)
        return;
    touches->table = i;
    touched->tables |= space_table_bit(i);
    if (deletes)
        touched->deleted |= space_table_bit(i);
    add_row(touched, i, rowid);
}
