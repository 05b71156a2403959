#include "store/row_texts.h"

#include "base/limit.h"
#include "store/internal.h"

#include <stdlib.h>
#include <string.h>

static const char table_of_texts[] = "connections";

enum { SHARDS = 16, SLOTS = 1024 /* in each shard */, CHANGES_MAX = 4096, VERSIONS = 2 };
enum { SHARD_BYTES = LIMIT_ROW_TEXTS / SHARDS, TEXT_MAX = SHARD_BYTES / 8 };

struct row_text {
    int64_t rowid;
    unsigned version;
    size_t n;
    char bytes[];
};

struct shard {
    pthread_mutex_t lock;
    size_t bytes;
    unsigned hand; /* the slot that is emptied next when the shard holds too much */
    struct row_text *slots[SLOTS];
};

struct row_texts {
    struct shard shards[SHARDS];
    /* Rows that the write transaction under way changes; with the store's write lock held. */
    int64_t *changes;
    size_t n, room;
    bool too_many; /* to be told apart */
    bool others;   /* a space shows other rows, which are the same as before */
    atomic_uint_fast64_t generation; /* moves while the store's is odd */
};

static atomic_uint_fast64_t generations; /* of all stores */

/* ---- places ---------------------------------------------------------------------------------------------- */

/* Rows that were made one after the other, as those of a page were, have places beside each other, and none twice. */
static size_t place_of(int64_t rowid, unsigned version)
{
    return ((uint64_t)rowid * VERSIONS + version % VERSIONS) % ((size_t)SHARDS * SLOTS);
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

static bool is_of(const struct row_text *text, int64_t rowid, unsigned version)
{
    return text && text->rowid == rowid && text->version == version;
}

struct row_texts *row_texts_new(void)
{
    struct row_texts *texts = calloc(1, sizeof *texts);
    if (!texts)
        return NULL;
    texts->generation = atomic_fetch_add(&generations, 1) + 1;
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
    free(texts->changes);
    free(texts);
}

/* ---- readers --------------------------------------------------------------------------------------------- */

bool row_texts_hold(const struct db *db)
{
    return db->tx == TX_READ && db->began_in % 2 == 0 && store_generation(db->store) == db->began_in;
}

uint64_t row_texts_generation(const struct db *db)
{
    const struct row_texts *texts = db->store->texts;
    const uint64_t generation = texts ? atomic_load(&texts->generation) : 0;
    return row_texts_hold(db) ? generation : 0;
}

/* Its size when there is no room for it: memory is not asked for with a lock held. */
static size_t take(struct shard *shard, size_t slot, int64_t rowid, unsigned version, struct buf *out)
{
    size_t too_large = 0;
    pthread_mutex_lock(&shard->lock);
    const struct row_text *text = shard->slots[slot];
    if (is_of(text, rowid, version) && out->p && text->n <= out->room - out->n) {
        memcpy(out->p + out->n, text->bytes, text->n);
        out->n += text->n;
    } else if (is_of(text, rowid, version)) {
        too_large = text->n;
    }
    pthread_mutex_unlock(&shard->lock);
    return too_large;
}

bool row_text_take(struct db *db, int64_t rowid, unsigned version, struct buf *out)
{
    struct row_texts *texts = db->store->texts;
    const size_t place = place_of(rowid, version), before = out->n;
    if (!texts || out->full || !row_texts_hold(db))
        return false;
    for (size_t more; (more = take(shard_at(texts, place), place / SHARDS, rowid, version, out)) > 0;)
        if (!buf_reserve(out, more))
            return false;
    return out->n > before;
}

void row_text_keep(struct db *db, int64_t rowid, unsigned version, struct text json)
{
    struct row_texts *texts = db->store->texts;
    const size_t place = place_of(rowid, version), slot = place / SHARDS;
    struct row_text *text = NULL;
    if (texts && json.n && json.n <= TEXT_MAX && row_texts_hold(db))
        text = malloc(sizeof *text + json.n);
    if (!text)
        return; /* a cache that cannot grow is no reason to fail */
    *text = (struct row_text){ rowid, version, json.n };
    memcpy(text->bytes, json.p, json.n);
    struct shard *shard = shard_at(texts, place);
    pthread_mutex_lock(&shard->lock);
    /* A commit makes the generation odd before it drops its rows' texts, for which it needs this lock. */
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

void row_texts_note(struct row_texts *texts, const char *table, int64_t rowid)
{
    if (!texts || texts->too_many || strcmp(table, table_of_texts) != 0)
        return;
    if (texts->n == texts->room) {
        const size_t room = texts->room ? 2 * texts->room : 64;
        int64_t *changes = room <= CHANGES_MAX ? realloc(texts->changes, room * sizeof *changes) : NULL;
        if (!changes) {
            texts->too_many = true;
            return;
        }
        texts->changes = changes;
        texts->room = room;
    }
    texts->changes[texts->n++] = rowid;
}

static void drop(struct row_texts *texts, int64_t rowid)
{
    for (unsigned version = 0; version < VERSIONS; version++) {
        const size_t place = place_of(rowid, version), slot = place / SHARDS;
        struct shard *shard = shard_at(texts, place);
        pthread_mutex_lock(&shard->lock);
        if (shard->slots[slot] && shard->slots[slot]->rowid == rowid)
            empty_slot(shard, slot);
        pthread_mutex_unlock(&shard->lock);
    }
}

void row_texts_drop_changed(struct row_texts *texts)
{
    if (!texts)
        return;
    if (texts->too_many || texts->others || texts->n)
        atomic_store(&texts->generation, atomic_fetch_add(&generations, 1) + 1);
    if (texts->too_many)
        empty(texts);
    for (size_t i = 0; !texts->too_many && i < texts->n; i++)
        drop(texts, texts->changes[i]);
    row_texts_forget_changes(texts);
}

void row_texts_note_other_rows(struct row_texts *texts)
{
    if (texts)
        texts->others = true;
}

void row_texts_forget_changes(struct row_texts *texts)
{
    if (!texts)
        return;
    texts->n = 0;
    texts->too_many = texts->others = false;
}
