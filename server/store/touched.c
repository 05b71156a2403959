#include "store/touched.h"

#include "base/memory.h"
#include "store/space_tables.h"

#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 1024, ROWS_MAX = 4096, ROWS_KEPT = 256 /* for the next time */ };
enum { KEYS_MAX = 4096, KEYS_KEPT = 256 };
enum { PLACES = 64 };
enum { TEMPLATE = 0, DEFAULT = 1 };

struct touches {
    struct touched *buckets[BUCKETS];
    struct touched *noting; /* whose rows are changed now; NULL: nobody's */
    const struct space_tables *tables;
    size_t table; /* the last that was found */
    unsigned char places[PLACES]; /* where those were found whose names stand there */
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
    free(touched->keys);
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
    if (touched->key_room > KEYS_KEPT) {
        free(touched->keys);
        touched->key_room = 0;
        touched->keys = NULL;
    }
    *touched = (struct touched){ touched->next, space, baseline, conn_version(db->conn), .fresh = true,
                                 .room = touched->room, .rows = touched->rows,
                                 .unkeyed = row_keys_are_told() ? 0 : UINT64_MAX,
                                 .key_room = touched->key_room, .keys = touched->keys };
    *at = touched;
    touches->any_fresh = true;
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
    if (!db->store->touches)
        return;
    db->store->touches->noting = touched;
    if (touched)
        db->store->touches->tables = space_tables_of(db);
}

/* A store in memory that begins as its image has a default space that is like the template until its first write. */
static void begin_default(struct db *db)
{
    struct touches *touches = db->store->touches;
    if (touches && !touches->default_is_known && db->space == DEFAULT && db->store->begins_as_default &&
        db->store->memory)
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

/* The place of a table of that name; false when it is of no space. SQLite has each name at one place in memory. */
static bool find_table(struct touches *touches, const char *name, size_t *ret)
{
    const struct space_tables *tables = touches->tables;
    unsigned char *place = &touches->places[(uintptr_t)name / 16 % PLACES];
    size_t i = *place;
    if (!is_named(tables, i, name))
        for (i = 0; i < tables->n && !is_named(tables, i, name); i++)
            ;
    if (i == tables->n)
        return false;
    *ret = touches->table = i;
    *place = (unsigned char)i;
    return true;
}

void touches_row(struct touches *touches, bool deletes, const char *table, int64_t rowid)
{
    struct touched *touched = touches ? touches->noting : NULL;
    size_t i;
    if (!touched || !find_table(touches, table, &i))
        return;
    touched->tables |= space_table_bit(i);
    if (deletes)
        touched->deleted |= space_table_bit(i);
    add_row(touched, i, rowid);
}

/* ---- keys of what is written ----------------------------------------------------------------------------- */

int touches_ask_key(struct touches *touches, bool deletes, const char *table)
{
    const struct touched *touched = touches ? touches->noting : NULL;
    size_t i;
    if (!touched || touched->unkeyed == UINT64_MAX || !find_table(touches, table, &i))
        return -1;
    const struct space_table *t = &touches->tables->v[i];
    const bool wanted = (t->has_rowid ? deletes : t->is_grouped) && !(touched->unkeyed & space_table_bit(i));
    return wanted ? t->key_column : -1;
}

static bool make_key_room(struct touched *touched)
{
    struct touched_key *keys = memory_spare_more(touched->keys, &touched->key_room, 16, KEYS_MAX, sizeof *keys);
    if (keys)
        touched->keys = keys;
    return keys;
}

void touches_key(struct touches *touches, const void *id, size_t size)
{
    struct touched *touched = touches->noting;
    const struct touched_key *last = touched->key_n ? &touched->keys[touched->key_n - 1] : NULL;
    struct touched_key key = { .table = (unsigned char)touches->table };
    if (!id || size != sizeof key.id) {
        touched->unkeyed |= space_table_bit(touches->table);
        return;
    }
    memcpy(key.id, id, sizeof key.id);
    if (last && memcmp(last, &key, sizeof key) == 0)
        return;
    if (touched->key_n < touched->key_room || make_key_room(touched))
        touched->keys[touched->key_n++] = key;
    else
        touched->unkeyed = UINT64_MAX;
}
