/* Changes: which listed rows the write transaction under way changes, and what its commit makes useless of what is kept
 * for readers. SQLite's hook tells of every row that a statement adds, changes or removes, by a cascade too; what is
 * joined to rows is told by the statements themselves, when they are prepared. */
#include "base/memory.h"
#include "store/internal.h"
#include "store/row_texts.h"

#include <stdlib.h>
#include <string.h>

enum { CHANGES_MAX = 4096 };

struct changes {
    struct row_change *v;
    size_t n, room;
    bool too_many; /* to be told apart */
};

static const char *const tables[LISTED_COUNT] = {
#define LISTED(name, table) [LISTED_##name] = table,
#define JOINED(name, table, column)
#define ORDER(name, listed, place, places)
#include "store/listed.def"
#undef LISTED
#undef JOINED
#undef ORDER
};

static const struct {
    enum listed listed;
    const char *table, *column;
} joined[] = {
#define LISTED(name, table)
#define JOINED(name, table, column) { LISTED_##name, table, column },
#define ORDER(name, listed, place, places)
#include "store/listed.def"
#undef LISTED
#undef JOINED
#undef ORDER
};

enum { JOINED_COUNT = sizeof joined / sizeof joined[0] };

unsigned joined_to(const char *table, const char *column)
{
    unsigned bits = 0;
    for (size_t i = 0; i < JOINED_COUNT; i++)
        if (strcmp(joined[i].table, table) == 0 && (!column || strcmp(joined[i].column, column) == 0))
            bits |= 1U << joined[i].listed;
    return bits;
}

static void add(struct changes *changes, struct row_change change)
{
    const struct row_change *last = changes->n ? &changes->v[changes->n - 1] : NULL;
    if (last && last->listed == change.listed && last->rowid == change.rowid)
        return;
    if (changes->n == changes->room) {
        struct row_change *v = memory_spare_more(changes->v, &changes->room, 64, CHANGES_MAX, sizeof *v);
        if (!v) {
            changes->too_many = true;
            return;
        }
        changes->v = v;
    }
    changes->v[changes->n++] = change;
}

void changes_note(struct changes *changes, const char *table, int64_t rowid)
{
    for (int i = 0; i < LISTED_COUNT && changes && !changes->too_many; i++)
        if (strcmp(table, tables[i]) == 0)
            add(changes, (struct row_change){ (enum listed)i, rowid });
}

struct changes *changes_new(void)
{
    return calloc(1, sizeof(struct changes));
}

void changes_free(struct changes *changes)
{
    if (changes)
        free(changes->v);
    free(changes);
}

void db_row_changes(struct db *db, enum listed listed, int64_t rowid)
{
    if (db->store->changes && !db->store->changes->too_many)
        add(db->store->changes, (struct row_change){ listed, rowid });
}

void changes_committed(struct store *store, unsigned joined_bits)
{
    struct changes *changes = store->changes;
    if (!changes)
        return;
    if (changes->too_many) {
        row_texts_drop_kinds(store->texts, ~0U);
        orders_forget(store->orders);
    } else {
        row_texts_drop_kinds(store->texts, joined_bits);
        row_texts_drop(store->texts, changes->v, changes->n);
        orders_note(store->orders, changes->v, changes->n);
    }
    changes_forget(changes);
}

void changes_forget(struct changes *changes)
{
    if (!changes)
        return;
    changes->n = 0;
    changes->too_many = false;
}
