#include "store/rare.h"

#include "store/internal.h"

#include <string.h>

static const char *const tables[RARE_COUNT] = {
#define RARE(name, table, any) [RARE_##name] = table,
#include "store/rare.def"
#undef RARE
};

static const enum sql finds_any[RARE_COUNT] = {
#define RARE(name, table, any) [RARE_##name] = any,
#include "store/rare.def"
#undef RARE
};

/* Other programs can write to a file, though not while this one does. */
static void look_at_file(struct db *db)
{
    struct store *store = db->store;
    const int64_t version = store->path && !db->rare_holds ? conn_version(db->conn) : store->rare_version;
    db->rare_holds = true;
    if (version < 0 || version != store->rare_version)
        rare_undone(store);
    store->rare_version = version;
}

/* The place of the space whose rows are shown, which is another one's if that was asked for meanwhile. */
static struct rare_known *place_of(struct db *db)
{
    const int64_t space = rows_to_bind(db, false);
    struct rare_known *known = &db->store->rare[(uint64_t)space % RARE_PLACES];
    if (known->space != space)
        *known = (struct rare_known){ .space = space };
    return known;
}

bool rare_may_be(struct db *db, enum rare rare)
{
    const unsigned bit = 1U << rare;
    if (db->tx != TX_WRITE)
        return true;
    look_at_file(db);
    struct rare_known *known = place_of(db);
    if (!(known->asked & bit)) {
        const bool any = query_finds(db, finds_any[rare], NULL);
        if (db_error(db))
            return true;
        known->asked |= bit;
        known->none = any ? known->none & ~bit : known->none | bit;
    }
    return !(known->none & bit);
}

void rare_row(struct store *store, const char *table)
{
    for (int i = 0; i < RARE_COUNT; i++)
        if (strcmp(table, tables[i]) == 0)
            for (size_t j = 0; j < RARE_PLACES; j++)
                store->rare[j].asked &= ~(1U << i);
}

void rare_undone(struct store *store)
{
    memset(store->rare, 0, sizeof store->rare);
}
