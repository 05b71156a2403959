#include "store/orders.h"

#include "base/limit.h"
#include "base/memory.h"
#include "store/internal.h"
#include "store/order_list.h"
#include "store/row_texts.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE_MOST = 100, CHANGES_MOST = 32768, TRIES = 3 };

struct rowids {
    int64_t *v;
    size_t n, room;
};

struct kept_order {
    struct order_map map;
    struct rowids changed; /* since the commit that the map is of */
    struct rowids missed;  /* of those that were changed in the map while a list was read that is not in it yet */
    unsigned being_read;   /* such lists */
    uint64_t cleared;      /* how often all was forgotten */
    bool too_long;         /* a list; until all is forgotten */
};

struct orders {
    pthread_mutex_t lock; /* with it, memory is not asked for but with malloc */
    struct kept_order v[ORDER_COUNT];
};

static const struct {
    enum listed listed;
    enum sql place, places;
} kinds[ORDER_COUNT] = {
#define LISTED(name, table)
#define JOINED(name, table, column)
#define ORDER(name, listed, place, places) [ORDER_##name] = { LISTED_##listed, SQL_##place, SQL_##places },
#include "store/listed.def"
#undef LISTED
#undef JOINED
#undef ORDER
};

struct orders *orders_new(void)
{
    struct orders *orders = calloc(1, sizeof *orders);
    if (orders)
        pthread_mutex_init(&orders->lock, NULL);
    return orders;
}

static void forget(struct kept_order *kept)
{
    order_map_clear(&kept->map);
    kept->changed.n = kept->missed.n = 0;
    kept->cleared++;
    kept->too_long = false;
}

void orders_free(struct orders *orders)
{
    for (size_t i = 0; orders && i < ORDER_COUNT; i++) {
        forget(&orders->v[i]);
        free(orders->v[i].changed.v);
        free(orders->v[i].missed.v);
    }
    if (orders)
        pthread_mutex_destroy(&orders->lock);
    free(orders);
}

/* ---- what commits change --------------------------------------------------------------------------------- */

static bool add_rowid(struct rowids *rowids, int64_t rowid)
{
    if (rowids->n && rowids->v[rowids->n - 1] == rowid)
        return true;
    if (rowids->n == rowids->room) {
        int64_t *v = memory_spare_more(rowids->v, &rowids->room, 64, CHANGES_MOST, sizeof *v);
        if (!v)
            return false;
        rowids->v = v;
    }
    rowids->v[rowids->n++] = rowid;
    return true;
}

static bool is_in_use(const struct kept_order *kept)
{
    return kept->map.lists || kept->being_read;
}

void orders_note(struct orders *orders, const struct row_change *changes, size_t n)
{
    if (!orders || !n)
        return;
    pthread_mutex_lock(&orders->lock);
    for (size_t i = 0; i < ORDER_COUNT; i++)
        for (size_t k = 0; k < n && is_in_use(&orders->v[i]); k++)
            if (changes[k].listed == kinds[i].listed && !add_rowid(&orders->v[i].changed, changes[k].rowid))
                forget(&orders->v[i]);
    pthread_mutex_unlock(&orders->lock);
}

void orders_forget(struct orders *orders)
{
    if (!orders)
        return;
    pthread_mutex_lock(&orders->lock);
    for (size_t i = 0; i < ORDER_COUNT; i++)
        forget(&orders->v[i]);
    pthread_mutex_unlock(&orders->lock);
}

/* ---- what a list is of ------------------------------------------------------------------------------------ */

/* Bytes that are too many make a key that no list has. */
static void key_bytes(struct order_key *key, char kind, const void *p, size_t n)
{
    const unsigned char size = (unsigned char)n;
    if (key->n + 2 + n > ORDER_KEY_MAX || n > UINT8_MAX) {
        key->n = ORDER_KEY_MAX + 1;
        return;
    }
    key->bytes[key->n++] = (unsigned char)kind;
    key->bytes[key->n++] = size;
    memcpy(key->bytes + key->n, p, n);
    key->n += n;
}

static bool is_key(const struct order_key *key)
{
    return key->n <= ORDER_KEY_MAX;
}

static struct order_key key_of_space(int64_t space)
{
    struct order_key key = { .n = 0 };
    key_bytes(&key, 'i', &space, sizeof space);
    return key;
}

/* Of the rows that the space shows: its own, or those that it has of another. */
static struct order_key key_of_list(struct db *db, const struct param *with)
{
    struct order_key key = key_of_space(rows_to_bind(db, false));
    for (; with->kind != PARAM_END; with++)
        switch (with->kind) {
        case PARAM_INT: key_bytes(&key, 'i', &with->i, sizeof with->i); break;
        case PARAM_TEXT: key_bytes(&key, 't', with->text.p ? with->text.p : "", with->text.n); break;
        case PARAM_UUID: key_bytes(&key, 'b', with->uuid.b, sizeof with->uuid.b); break;
        case PARAM_NULL: key_bytes(&key, 'n', "", 0); break;
        case PARAM_BLOB:
        case PARAM_HASH:
        case PARAM_KEPT:
        case PARAM_END: key.n = ORDER_KEY_MAX + 1; break;
        }
    return key;
}

/* Columns of a row's place. */
enum { AT, SEQ, SPACE, FIRST_OF_KEY };

static struct order_key key_of_row(const struct query *q)
{
    struct order_key key = key_of_space(col_int(q, SPACE));
    const int columns = sqlite3_column_count(q->stmt);
    for (int i = FIRST_OF_KEY; i < columns; i++) {
        const int type = sqlite3_column_type(q->stmt, i);
        const void *bytes = sqlite3_column_blob(q->stmt, i);
        const char kind = type == SQLITE_NULL ? 'n' : type == SQLITE_TEXT ? 't' : 'b';
        key_bytes(&key, kind, bytes ? bytes : "", (size_t)sqlite3_column_bytes(q->stmt, i));
    }
    return key;
}

/* ---- what is kept, brought to this transaction's commit --------------------------------------------------- */

struct place {
    bool is_there;
    struct placed row;
    struct order_key key;
};

static struct place look_up(struct db *db, enum list_order order, int64_t rowid)
{
    QUERY q = query_with(db, kinds[order].place, WITH(rowid));
    struct place place = { .is_there = query_row(&q) };
    if (place.is_there) {
        place.row = (struct placed){ col_int(&q, AT), col_int(&q, SEQ), rowid };
        place.key = key_of_row(&q);
    }
    return place;
}

static bool move(struct kept_order *kept, int64_t rowid, const struct place *place)
{
    order_map_remove(&kept->map, rowid);
    const bool is_listed = place->is_there && is_key(&place->key);
    struct order_list *list = is_listed ? order_list_find(&kept->map, &place->key) : NULL;
    return (!list || order_list_insert(&kept->map, list, place->row)) &&
           (!kept->being_read || add_rowid(&kept->missed, rowid));
}

/* With the lock held, so that no commit leaves changes meanwhile: those that are there are of commits before this
 * transaction's snapshot if that is of the newest. */
static bool catch_up(struct db *db, enum list_order order, struct kept_order *kept)
{
    struct rowids *changed = &kept->changed;
    size_t done = 0;
    if (!row_texts_hold(db))
        return false;
    for (; done < changed->n; done++) {
        const struct place place = look_up(db, order, changed->v[done]);
        if (db->failure)
            break;
        if (!move(kept, changed->v[done], &place)) {
            forget(kept);
            return false;
        }
    }
    changed->n -= done;
    if (changed->n)
        memmove(changed->v, changed->v + done, changed->n * sizeof changed->v[0]);
    return changed->n == 0;
}

/* ---- a list that is not kept yet -------------------------------------------------------------------------- */

struct rows {
    struct placed *v;
    size_t n, room;
};

static bool add_row(struct rows *rows, const struct query *q)
{
    if (rows->n == rows->room) {
        struct placed *v = memory_spare_more(rows->v, &rows->room, 128, SIZE_MAX / sizeof *v, sizeof *v);
        if (!v)
            return false;
        rows->v = v;
    }
    rows->v[rows->n++] = (struct placed){ col_int(q, 0), col_int(q, 1), col_int(q, 2) };
    return true;
}

static bool read_list(struct db *db, enum list_order order, const struct param *list, struct rows *rows)
{
    QUERY q = query_with(db, kinds[order].places, list);
    while (query_row(&q))
        if (rows->n == LIMIT_ORDER_ROWS || !add_row(rows, &q))
            return false;
    return !db->failure;
}

static bool add_list(struct kept_order *kept, const struct order_key *key, const struct rows *rows)
{
    if (kept->map.rows + (int64_t)rows->n > LIMIT_ORDER_ROWS)
        forget(kept);
    else if (order_list_find(&kept->map, key))
        return true;
    else if (order_list_add(&kept->map, key, rows->v, rows->n))
        return true;
    else
        forget(kept);
    return false;
}

/* Commits go on meanwhile, and what they change is noted: so it matters only that the snapshot is of the newest one
 * when the noting begins. */
static bool keep_list(struct db *db, enum list_order order, const struct param *list)
{
    struct orders *orders = db->store->orders;
    struct kept_order *kept = &orders->v[order];
    const struct order_key key = key_of_list(db, list);
    struct rows rows = { .v = NULL };
    pthread_mutex_lock(&orders->lock);
    const uint64_t cleared = kept->cleared;
    const bool begins = !kept->too_long && row_texts_hold(db);
    kept->being_read += begins;
    pthread_mutex_unlock(&orders->lock);
    if (!begins)
        return false;
    bool ok = read_list(db, order, list, &rows);
    pthread_mutex_lock(&orders->lock);
    kept->being_read--;
    kept->too_long |= rows.n == LIMIT_ORDER_ROWS;
    ok = ok && kept->cleared == cleared && add_list(kept, &key, &rows);
    for (size_t i = 0; ok && i < kept->missed.n; i++)
        if (!add_rowid(&kept->changed, kept->missed.v[i])) {
            forget(kept);
            ok = false;
        }
    if (!kept->being_read)
        kept->missed.n = 0;
    pthread_mutex_unlock(&orders->lock);
    free(rows.v);
    return ok;
}

/* ---- pages ------------------------------------------------------------------------------------------------ */

static struct placed row_at(struct order_list *list, int64_t position)
{
    struct placed row = { .at = 0 };
    order_list_copy(list, position, 1, &row);
    return row;
}

/* How many of the first `offset` rows of both lists are of `a`. */
static int64_t share_of(struct order_list *a, struct order_list *b, int64_t offset)
{
    int64_t low = offset - order_list_total(b), high = order_list_total(a);
    low = low < 0 ? 0 : low;
    high = high < offset ? high : offset;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        const struct placed mine = row_at(a, middle), theirs = row_at(b, offset - middle - 1);
        if (placed_is_newer(&mine, &theirs))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t merge(struct order_list *a, struct order_list *b, int64_t offset, size_t limit, int64_t *ret)
{
    struct placed from_a[PAGE_MOST], from_b[PAGE_MOST];
    const int64_t first = share_of(a, b, offset);
    const size_t a_n = order_list_copy(a, first, limit, from_a);
    const size_t b_n = order_list_copy(b, offset - first, limit, from_b);
    size_t n = 0;
    for (size_t i = 0, k = 0; n < limit && (i < a_n || k < b_n);) {
        const bool is_mine = k == b_n || (i < a_n && placed_is_newer(&from_a[i], &from_b[k]));
        ret[n++] = is_mine ? from_a[i++].rowid : from_b[k++].rowid;
    }
    return n;
}

static size_t copy(struct order_list *list, int64_t offset, size_t limit, int64_t *ret)
{
    struct placed rows[PAGE_MOST];
    const size_t n = order_list_copy(list, offset, limit, rows);
    for (size_t i = 0; i < n; i++)
        ret[i] = rows[i].rowid;
    return n;
}

/* With the lock held. What list is missing is in ret_missing. */
static bool take_page(struct db *db, enum list_order order, const struct order_lists *lists, size_t limit,
                      int64_t offset, struct order_page *ret, const struct param **ret_missing)
{
    struct kept_order *kept = &db->store->orders->v[order];
    struct order_list *found[ORDER_LISTS_MAX] = { NULL };
    int64_t total = 0;
    *ret_missing = NULL;
    if (!catch_up(db, order, kept))
        return false;
    for (size_t i = 0; i < ORDER_LISTS_MAX && lists->v[i]; i++) {
        const struct order_key key = key_of_list(db, lists->v[i]);
        found[i] = is_key(&key) ? order_list_find(&kept->map, &key) : NULL;
        if (!found[i]) {
            *ret_missing = is_key(&key) ? lists->v[i] : NULL;
            return false;
        }
        total += order_list_total(found[i]);
    }
    ret->total = total;
    ret->n = offset >= total ? 0 : found[1] ? merge(found[0], found[1], offset, limit, ret->rowids)
                                            : copy(found[0], offset, limit, ret->rowids);
    return true;
}

/* A transaction's snapshot is that of its first statement. In memory there are no commits before its end. */
static void fix_snapshot(struct db *db)
{
    if (db->store->path)
        query_finds(db, SQL_META_KEY, NULL);
}

bool orders_page(struct db *db, enum list_order order, const struct order_lists *lists, int64_t limit, int64_t offset,
                 struct order_page *ret)
{
    struct orders *orders = db->store->orders;
    if (!orders || order == ORDER_NONE || limit > PAGE_MOST || !row_texts_hold(db))
        return false;
    fix_snapshot(db);
    for (int i = 0; i < TRIES; i++) {
        const struct param *missing;
        pthread_mutex_lock(&orders->lock);
        const bool done = take_page(db, order, lists, (size_t)limit, offset, ret, &missing);
        pthread_mutex_unlock(&orders->lock);
        if (done || !missing || !keep_list(db, order, missing))
            return done;
    }
    return false;
}
