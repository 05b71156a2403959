#include "store/row_texts.h"

#include "base/eight.h"
#include "base/limit.h"
#include "store/internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { SHARDS = 16, SLOTS = 16 * 1024 /* in each shard */, VERSIONS = 2, PLACE_BITS = 18 };
enum { SHARD_BYTES = LIMIT_ROW_TEXTS / SHARDS };
enum { SIGN_POSTS = 64 * 1024, SIGNS = 4 /* on each */ };

static_assert(SHARDS * SLOTS == 1 << PLACE_BITS, "a sign has room for any place");

/* By what a row was found. */
struct row_name {
    bool known;    /* false: it was on a page, and nothing else is told */
    bool personal;
    int64_t space; /* that has the rows */
    struct uuid id, team_id, user_id;
};

struct row_text {
    int64_t rowid;
    enum listed listed;
    unsigned version;
    uint64_t epoch; /* of its kind, when it was made */
    struct row_name name;
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
    atomic_uint_least32_t signs[SIGN_POSTS][SIGNS]; /* by ids: where to look, and some of the id's hash */
};

/* ---- places ---------------------------------------------------------------------------------------------- */

/* Rows that were made one after the other, as those of a page were, have places beside each other, and none twice;
 * those of the kinds begin far from each other, and either version has half of all places. */
static size_t place_of(struct row row)
{
    const size_t half = (size_t)SHARDS * SLOTS / VERSIONS;
    return ((uint64_t)row.rowid + row.listed * (half / LISTED_COUNT)) % half + row.version % VERSIONS * half;
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

static bool may_see(const struct row_name *name, const struct row_asked *asked)
{
    return uuid_eq(&name->team_id, &asked->team_id) &&
           (name->personal ? uuid_eq(&name->user_id, &asked->user_id) : asked->sharing);
}

/* A text that somebody wants: of a row, or of the one that is asked for in a space. */
struct sought {
    struct row row;
    const struct row_asked *asked;
    int64_t space;
};

static bool is_sought(const struct row_text *text, const struct sought *sought)
{
    const struct row_asked *asked = sought->asked;
    if (!asked)
        return is_of(text, sought->row);
    return text && text->name.known && text->name.space == sought->space && text->listed == sought->row.listed &&
           text->version == sought->row.version && uuid_eq(&text->name.id, &asked->id) && may_see(&text->name, asked);
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
static size_t take(const struct db *db, size_t place, const struct sought *sought, struct buf *out)
{
    struct row_texts *texts = db->store->texts;
    struct shard *shard = shard_at(texts, place);
    size_t too_large = 0;
    pthread_mutex_lock(&shard->lock);
    const struct row_text *text = shard->slots[place / SHARDS];
    const bool found = is_sought(text, sought) && text->epoch == atomic_load(&texts->epochs[text->listed]) &&
                       row_texts_hold(db);
    if (found && out->p && text->n <= out->room - out->n) {
        memcpy(out->p + out->n, text->bytes, text->n);
        out->n += text->n;
    } else if (found) {
        too_large = text->n;
    }
    pthread_mutex_unlock(&shard->lock);
    return too_large;
}

static bool take_at(const struct db *db, size_t place, const struct sought *sought, struct buf *out)
{
    const size_t before = out->n;
    for (size_t more; (more = take(db, place, sought, out)) > 0;)
        if (!buf_reserve(out, more))
            return false;
    return out->n > before;
}

static bool can_take(const struct db *db, const struct buf *out)
{
    return db->store->texts && !out->full && db->tx == TX_READ;
}

bool row_text_take(struct db *db, enum listed listed, int64_t rowid, unsigned version, struct buf *out)
{
    const struct sought sought = { .row = { listed, rowid, version } };
    return can_take(db, out) && take_at(db, place_of(sought.row), &sought, out);
}

/* Whether it is kept. */
static bool keep(const struct db *db, struct row row, const struct row_name *name, struct text json)
{
    struct row_texts *texts = db->store->texts;
    const size_t place = place_of(row), slot = place / SHARDS;
    struct row_text *text = NULL;
    if (texts && json.n && json.n <= LIMIT_ROW_TEXT && row_texts_hold(db))
        text = malloc(sizeof *text + json.n);
    if (!text)
        return false; /* a cache that cannot grow is no reason to fail */
    *text = (struct row_text){ .rowid = row.rowid, .listed = row.listed, .version = row.version, .name = *name,
                               .epoch = atomic_load(&texts->epochs[row.listed]), .n = json.n };
    memcpy(text->bytes, json.p, json.n);
    struct shard *shard = shard_at(texts, place);
    pthread_mutex_lock(&shard->lock);
    /* A commit makes the generation odd before it moves epochs, and drops its rows' texts, for which it needs this
     * lock. */
    const bool holds = row_texts_hold(db);
    if (holds) {
        empty_slot(shard, slot);
        for (size_t i = 0; i < SLOTS && shard->bytes + sizeof *text + json.n > SHARD_BYTES; i++)
            empty_slot(shard, shard->hand++ % SLOTS);
        shard->bytes += sizeof *text + json.n;
        shard->slots[slot] = text;
    }
    pthread_mutex_unlock(&shard->lock);
    if (!holds)
        free(text);
    return holds;
}

void row_text_keep(struct db *db, enum listed listed, int64_t rowid, unsigned version, struct text json)
{
    keep(db, (struct row){ listed, rowid, version }, &(struct row_name){ .known = false }, json);
}

/* ---- by id ------------------------------------------------------------------------------------------------ */

/* Signs say where to look, and nothing of what is there: they need no lock, and an old one does no harm. */

/* Over the two halves of an id, which a test may have counted up, begun with all else that tells texts apart. */
static uint64_t hash_of(struct row row, int64_t space, const struct uuid *id)
{
    const uint64_t begin = ((uint64_t)space * LISTED_COUNT + row.listed) * VERSIONS + row.version % VERSIONS;
    uint64_t halves[2];
    memcpy(halves, id->b, sizeof halves);
    return eight_hash(eight_hash(begin, halves[0]), halves[1]);
}

/* What stands above the place in a sign. */
static uint32_t mark_of(uint64_t hash)
{
    return (uint32_t)(hash >> 32) >> PLACE_BITS << PLACE_BITS;
}

static size_t place_on(uint32_t sign)
{
    return sign & ((UINT32_C(1) << PLACE_BITS) - 1);
}

bool row_text_find(struct db *db, enum listed listed, const struct row_asked *asked, unsigned version, struct buf *out)
{
    if (!can_take(db, out))
        return false;
    const struct sought sought = { { listed, 0, version }, asked, rows_to_bind(db, false) };
    const uint64_t hash = hash_of(sought.row, sought.space, &asked->id);
    const atomic_uint_least32_t *post = db->store->texts->signs[hash % SIGN_POSTS];
    for (size_t i = 0; i < SIGNS; i++) {
        const uint32_t sign = atomic_load_explicit(&post[i], memory_order_relaxed);
        if (sign - place_on(sign) == mark_of(hash) && take_at(db, place_on(sign), &sought, out))
            return true;
    }
    return false;
}

/* In a free place of the post, or in that of another sign. */
static void put_sign(struct row_texts *texts, uint64_t hash, size_t place)
{
    const uint32_t sign = mark_of(hash) | (uint32_t)place;
    atomic_uint_least32_t *post = texts->signs[hash % SIGN_POSTS];
    size_t at = place % SIGNS;
    for (size_t i = 0; i < SIGNS; i++) {
        const uint32_t other = atomic_load_explicit(&post[i], memory_order_relaxed);
        if (other == sign)
            return;
        at = other ? at : i;
    }
    atomic_store_explicit(&post[at], sign, memory_order_relaxed);
}

void row_text_keep_found(struct db *db, enum listed listed, int64_t rowid, const struct row_asked *asked, bool personal,
                         unsigned version, struct text json)
{
    const struct row row = { listed, rowid, version };
    const struct row_name name = { .known = true, .personal = personal, .space = rows_to_bind(db, false),
                                   .id = asked->id, .team_id = asked->team_id, .user_id = asked->user_id };
    if (keep(db, row, &name, json))
        put_sign(db->store->texts, hash_of(row, name.space, &asked->id), place_of(row));
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
