#include "store/row_texts.h"

#include "base/limit.h"
#include "store/internal.h"

#include <stdlib.h>
#include <string.h>

enum { SHARDS = 16, SLOTS = 1024 /* in each shard */, VERSIONS = 2 };
enum { SHARD_BYTES = LIMIT_ROW_TEXTS / SHARDS, TEXT_MAX = SHARD_BYTES / 8 };

struct row_text {
    int64_t rowid;
    enum listed listed;
    unsigned version;
    uint64_t epoch; /* of its kind, when it was made */
    size_t n;
    char bytes[];
};

/* What a text is of. */
struct row {
    enum listed listed;
    int64_t rowid;
    unsigned version;
};

struct shard {
    pthread_mutex_t lock;
    size_t bytes;
    unsigned hand; /* the slot that is emptied next when the shard holds too much */
    struct row_text *slots[SLOTS];
};

struct row_texts {
    struct shard shards[SHARDS];
    atomic_uint_fast64_t epochs[LISTED_COUNT]; /* move when all of a kind go, while the store's generation is odd */
};

/* ---- places ---------------------------------------------------------------------------------------------- */

/* Rows that were made one after the other, as those of a page were, have places beside each other, and none twice; and
 * those of the kinds begin far from each other. */
static size_t place_of(struct row row)
{
    const size_t places = (size_t)SHARDS * SLOTS;
    return ((uint64_t)row.rowid * VERSIONS + row.version % VERSIONS + row.listed * (places / LISTED_COUNT)) % places;
}

static struct shard *shard_at(struct row_texts *texts, size_t place)
{
    return &texts->shards[place % SHARDS];
}

/* With the shard's lock held. */
static void empty_slot(struct shard *shard, size_t slot)
{
    struct row_text *text = shard->slots[slot];
    if (!text)
        return;
    shard->bytes -= sizeof *text + text->n;
    shard->slots[slot] = NULL;
    free(text);
}

static bool is_of(const struct row_text *text, struct row row)
{
    return text && text->rowid == row.rowid && text->listed == row.listed && text->version == row.version;
}

struct row_texts *row_texts_new(void)
{
    struct row_texts *texts = calloc(1, sizeof *texts);
    if (!texts)
        return NULL;
    for (size_t i = 0; i < SHARDS; i++)
        pthread_mutex_init(&texts->shards[i].lock, NULL);
    return texts;
}

static void empty(struct row_texts *texts)
{
    for (struct shard *shard = texts->shards; shard < texts->shards + SHARDS; shard++) {
        pthread_mutex_lock(&shard->lock);
        for (size_t slot = 0; shard->bytes && slot < SLOTS; slot++)
            empty_slot(shard, slot);
        pthread_mutex_unlock(&shard->lock);
    }
}

void row_texts_free(struct row_texts *texts)
{
    if (!texts)
        return;
    empty(texts);
    for (size_t i = 0; i < SHARDS; i++)
        pthread_mutex_destroy(&texts->shards[i].lock);
    free(texts);
}

/* ---- readers --------------------------------------------------------------------------------------------- */

bool row_texts_hold(const struct db *db)
{
    return db->tx == TX_READ && db->began_in % 2 == 0 && store_generation(db->store) == db->began_in;
}

/* Its size when there is no room for it: memory is not asked for with a lock held. With a file a commit does not wait
 * for this reader: what others have kept since is none of its own, and they need the lock for it. */
static size_t take(const struct db *db, size_t place, struct row row, struct buf *out)
{
    struct row_texts *texts = db->store->texts;
    struct shard *shard = shard_at(texts, place);
    size_t too_large = 0;
    pthread_mutex_lock(&shard->lock);
    const struct row_text *text = shard->slots[place / SHARDS];
    const bool found = is_of(text, row) && text->epoch == atomic_load(&texts->epochs[row.listed]) && row_texts_hold(db);
    if (found && out->p && text->n <= out->room - out->n) {
        memcpy(out->p + out->n, text->bytes, text->n);
        out->n += text->n;
    } else if (found) {
        too_large = text->n;
    }
    pthread_mutex_unlock(&shard->lock);
    return too_large;
}

bool row_text_take(struct db *db, enum listed listed, int64_t rowid, unsigned version, struct buf *out)
{
    const struct row row = { listed, rowid, version };
    const size_t place = place_of(row), before = out->n;
    if (!db->store->texts || out->full || db->tx != TX_READ)
        return false;
    for (size_t more; (more = take(db, place, row, out)) > 0;)
        if (!buf_reserve(out, more))
            return false;
    return out->n > before;
}

void row_text_keep(struct db *db, enum listed listed, int64_t rowid, unsigned version, struct text json)
{
    struct row_texts *texts = db->store->texts;
    const size_t place = place_of((struct row){ listed, rowid, version }), slot = place / SHARDS;
    struct row_text *text = NULL;
    if (texts && json.n && json.n <= TEXT_MAX && row_texts_hold(db))
        text = malloc(sizeof *text + json.n);
    if (!text)
        return; /* a cache that cannot grow is no reason to fail */
    *text = (struct row_text){ rowid, listed, version, atomic_load(&texts->epochs[listed]), json.n };
    memcpy(text->bytes, json.p, json.n);
    struct shard *shard = shard_at(texts, place);
    pthread_mutex_lock(&shard->lock);
    /* A commit makes the generation odd before it moves epochs, and drops its rows' texts, for which it needs this
     * lock. */
    if (row_texts_hold(db)) {
        empty_slot(shard, slot);
        for (size_t i = 0; i < SLOTS && shard->bytes + sizeof *text + json.n > SHARD_BYTES; i++)
            empty_slot(shard, shard->hand++ % SLOTS);
        shard->bytes += sizeof *text + json.n;
        shard->slots[slot] = text;
        text = NULL;
    }
    pthread_mutex_unlock(&shard->lock);
    free(text);
}

/* ---- the writer ------------------------------------------------------------------------------------------ */

/* Of any version. */
static void drop(struct row_texts *texts, struct row row)
{
    const size_t place = place_of(row), slot = place / SHARDS;
    struct shard *shard = shard_at(texts, place);
    pthread_mutex_lock(&shard->lock);
    const struct row_text *text = shard->slots[slot];
    if (text && text->rowid == row.rowid && text->listed == row.listed)
        empty_slot(shard, slot);
    pthread_mutex_unlock(&shard->lock);
}

void row_texts_drop(struct row_texts *texts, const struct row_change *changes, size_t n)
{
    for (size_t i = 0; texts && i < n; i++)
        for (unsigned version = 0; version < VERSIONS; version++)
            drop(texts, (struct row){ changes[i].listed, changes[i].rowid, version });
}

void row_texts_drop_kinds(struct row_texts *texts, unsigned bits)
{
    for (int i = 0; texts && i < LISTED_COUNT; i++)
        if (bits >> i & 1)
            atomic_fetch_add(&texts->epochs[i], 1);
}
