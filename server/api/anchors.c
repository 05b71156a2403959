#include "api/anchors.h"

#include "base/limit.h"
#include "store/query.h"
#include "store/row_texts.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* The anchors of one list take half a megabyte at most. */
enum { ANCHOR_STEP = 32, ANCHORS_MAX = 32 * 1024, CACHED_LISTS = 64, OWNER_SIZE = 8 + 16 + 16 + 1,
       KEY_SIZE = OWNER_SIZE + 384 /* bytes of a type; lists of longer ones are not kept */ };

/* A place in the order newest first; a page begins just behind it. */
struct position {
    int64_t created_at, seq;
};

struct cached {
    unsigned char key[KEY_SIZE]; /* whose list: space, team, person, sharing, type */
    size_t key_size;
    uint64_t generation; /* row_texts_generation */
    int64_t total;
    struct position *anchors; /* anchors[i]: the row before row (i + 1) * ANCHOR_STEP */
    size_t anchor_count, anchor_room;
    unsigned long used;
};

static struct {
    pthread_mutex_t lock;
    unsigned long clock;
    struct cached lists[CACHED_LISTS];
} cache = { .lock = PTHREAD_MUTEX_INITIALIZER };

static size_t make_key(const struct request *rq, struct v_text type, unsigned char *ret)
{
    unsigned char *p = ret;
    p = mempcpy(p, &rq->space, sizeof rq->space);
    p = mempcpy(p, rq->who.team_id.b, sizeof rq->who.team_id.b);
    p = mempcpy(p, rq->who.user_id.b, sizeof rq->who.user_id.b);
    *p++ = (unsigned char)(rq->who.sharing | (type.is == VALUE_SET) << 1);
    if (type.is == VALUE_SET)
        p = mempcpy(p, type.v.p, type.v.n);
    return (size_t)(p - ret);
}

/* With the lock held: the list's entry, or the least recently used one made empty for it. */
static struct cached *find_cached(const unsigned char *key, size_t key_size, uint64_t generation)
{
    struct cached *found = &cache.lists[0];
    for (size_t i = 0; i < CACHED_LISTS; i++) {
        struct cached *c = &cache.lists[i];
        if (c->key_size == key_size && memcmp(c->key, key, key_size) == 0) {
            found = c;
            break;
        }
        if (c->used < found->used)
            found = c;
    }
    found->used = ++cache.clock;
    if (found->key_size == key_size && memcmp(found->key, key, key_size) == 0 && found->generation == generation)
        return found;
    free(found->anchors);
    *found = (struct cached){ .key_size = key_size, .generation = generation, .total = -1, .used = found->used };
    memcpy(found->key, key, key_size);
    return found;
}

static int64_t count_list(const struct request *rq, struct v_text type)
{
    return query_number(rq->db, SQL_CONNECTION_COUNT,
                        WITH(&rq->who.team_id, &rq->who.user_id, rq->who.sharing, type));
}

/* ---- where to start -------------------------------------------------------------------------------------- */

/* Where a row is looked for: behind a position, which is that of the row before the one at `offset`. */
struct start {
    int64_t total, offset;
    struct position from;
};

static const struct position newest = { INT64_MAX, INT64_MAX };

static struct start start_near(const struct request *rq, struct v_text type, uint64_t generation, int64_t offset)
{
    unsigned char key[KEY_SIZE];
    const size_t key_size = make_key(rq, type, key);
    pthread_mutex_lock(&cache.lock);
    struct cached *c = find_cached(key, key_size, generation);
    if (c->total < 0)
        c->total = count_list(rq, type);
    struct start start = { .total = c->total, .from = newest };
    size_t nearest = (size_t)offset / ANCHOR_STEP;
    if (nearest > c->anchor_count)
        nearest = c->anchor_count;
    if (nearest) {
        start.offset = (int64_t)(nearest * ANCHOR_STEP);
        start.from = c->anchors[nearest - 1];
    }
    pthread_mutex_unlock(&cache.lock);
    return start;
}

/* ---- the way from there ---------------------------------------------------------------------------------- */

/* What is behind a position: rows of the same instant, and those before it. */
enum half_part { PART_THEN, PART_BEFORE, PART_COUNT };

/* One of the two halves of the list: the caller's own connections, and the team's. */
struct half {
    const struct request *rq;
    struct v_uuid whose;
    struct v_text type;
    struct position from;
    enum sql statements[PART_COUNT];
    enum half_part next; /* the part to come */
    struct query q;
    bool is_open, has_row;
};

static struct position position_of(const struct half *half)
{
    return (struct position){ col_int(&half->q, 1), col_int(&half->q, 2) };
}

static void end_half(struct half *half)
{
    if (half->is_open)
        query_end(&half->q);
    half->is_open = false;
}

static struct query query_half(const struct half *half, enum half_part part)
{
    const struct uuid *team = &half->rq->who.team_id;
    const struct position from = half->from;
    if (part == PART_THEN)
        return query_with(half->rq->db, half->statements[part],
                          WITH(team, half->whose, half->type, from.created_at, from.seq));
    return query_with(half->rq->db, half->statements[part], WITH(team, half->whose, half->type, from.created_at));
}

static void advance(struct half *half)
{
    half->has_row = half->is_open && query_row(&half->q);
    while (!half->has_row && half->next < PART_COUNT) {
        end_half(half);
        half->q = query_half(half, half->next++);
        half->is_open = true;
        half->has_row = query_row(&half->q);
    }
}

static bool is_newer(const struct half *a, const struct half *b)
{
    if (!a->has_row || !b->has_row)
        return a->has_row;
    const struct position at = position_of(a), other = position_of(b);
    return at.created_at != other.created_at ? at.created_at > other.created_at : at.seq > other.seq;
}

/* Anchors that a page came by. */
struct found {
    int64_t first; /* the offset that the first of them is before */
    size_t n;
    struct position *v;
};

/* Goes from the start's offset to the page's, and on to its end. */
static void walk(struct half *own, struct half *shared, int64_t at, int64_t offset, size_t limit,
                 struct list_page *page, struct found *found)
{
    advance(own);
    advance(shared);
    while (page->n < limit && (own->has_row || shared->has_row)) {
        struct half *next = is_newer(own, shared) ? own : shared;
        if (at++ >= offset)
            page->rowids[page->n++] = col_int(&next->q, 0);
        if (at % ANCHOR_STEP == 0) {
            if (!found->n)
                found->first = at;
            found->v[found->n++] = position_of(next);
        }
        if (page->n < limit)
            advance(next);
    }
}

#define HALF __attribute__((cleanup(end_half))) struct half

static struct found walk_page(const struct request *rq, struct v_text type, const struct start *start, int64_t offset,
                              size_t limit, struct list_page *page)
{
    const enum half_part part = start->offset ? PART_THEN : PART_BEFORE; /* nothing is of the newest instant */
    const size_t rows = (size_t)(offset - start->offset) + limit;
    struct found found = { .v = ARENA_ARRAY(rq->arena, rows / ANCHOR_STEP + 1, struct position) };
    HALF own = { .rq = rq, .whose = SET_UUID(rq->who.user_id), .type = type, .from = start->from, .next = part,
                 .statements = { SQL_CONNECTION_OWN_THEN, SQL_CONNECTION_OWN } };
    HALF shared = { .rq = rq, .whose = { .is = VALUE_NULL }, .type = type, .from = start->from,
                    .next = rq->who.sharing ? part : PART_COUNT,
                    .statements = { SQL_CONNECTION_SHARED_THEN, SQL_CONNECTION_SHARED } };
    page->rowids = ARENA_ARRAY(rq->arena, limit, int64_t);
    walk(&own, &shared, start->offset, offset, limit, page, &found);
    return found;
}

/* ---- anchors for the next one ---------------------------------------------------------------------------- */

/* Room for more of them; false for want of memory, and past their limit: then more rows are passed over. */
static bool has_room(struct cached *c)
{
    if (c->anchor_count < c->anchor_room)
        return true;
    const size_t room = c->anchor_room ? 2 * c->anchor_room : 16;
    struct position *anchors = room <= ANCHORS_MAX ? realloc(c->anchors, room * sizeof *anchors) : NULL;
    if (!anchors)
        return false;
    c->anchors = anchors;
    c->anchor_room = room;
    return true;
}

static void keep_anchors(const struct request *rq, struct v_text type, uint64_t generation, const struct found *found)
{
    unsigned char key[KEY_SIZE];
    const size_t key_size = make_key(rq, type, key);
    pthread_mutex_lock(&cache.lock);
    struct cached *c = find_cached(key, key_size, generation);
    const size_t first = (size_t)(found->first / ANCHOR_STEP) - 1;
    for (size_t i = 0; i < found->n; i++)
        if (first + i == c->anchor_count && has_room(c))
            c->anchors[c->anchor_count++] = found->v[i];
    pthread_mutex_unlock(&cache.lock);
}

struct list_page anchors_page(const struct request *rq, struct v_text type, int64_t limit, int64_t offset)
{
    const bool fits = type.is != VALUE_SET || type.v.n <= KEY_SIZE - OWNER_SIZE;
    const uint64_t generation = fits ? row_texts_generation(rq->db) : 0;
    const struct start start = generation ? start_near(rq, type, generation, offset) :
                                            (struct start){ .total = count_list(rq, type), .from = newest };
    struct list_page page = { .total = start.total };
    if (offset >= start.total)
        return page;
    const struct found found = walk_page(rq, type, &start, offset, (size_t)limit, &page);
    if (generation && found.n)
        keep_anchors(rq, type, generation, &found);
    return page;
}
