#include "api/anchors.h"

#include "base/limit.h"
#include "store/query.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { ANCHOR_STEP = 256, ANCHOR_FROM = 1024, CACHED_LISTS = 64, OWNER_SIZE = 8 + 16 + 16 + 1,
       KEY_SIZE = OWNER_SIZE + 384 /* bytes of a type; lists of longer ones are not kept */ };

struct cached {
    unsigned char key[KEY_SIZE]; /* whose list: space, team, person, sharing, type */
    size_t key_size;
    uint64_t generation; /* of the store */
    int64_t total;
    struct position *anchors; /* anchors[i]: the row before row i * ANCHOR_STEP; NULL until a deep page wants them */
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

static const struct position newest = { INT64_MAX, INT64_MAX };

static int64_t count_list(const struct request *rq, struct v_text type)
{
    return query_number(rq->db, SQL_CONNECTION_COUNT,
                        WITH(&rq->who.team_id, &rq->who.user_id, rq->who.sharing, type));
}

/* NULL for want of memory: then rows are passed over from the beginning. */
static struct position *find_anchors(const struct request *rq, struct v_text type, int64_t total)
{
    const size_t n = (size_t)total / ANCHOR_STEP + 1;
    struct position *anchors = calloc(n, sizeof *anchors);
    if (!anchors)
        return NULL;
    anchors[0] = newest;
    QUERY q = query_with(rq->db, SQL_CONNECTION_POSITIONS, WITH(&rq->who.team_id, &rq->who.user_id, rq->who.sharing,
                                                                type, newest.created_at, newest.seq));
    for (size_t row = 1; query_row(&q) && row / ANCHOR_STEP < n; row++)
        if (row % ANCHOR_STEP == 0)
            anchors[row / ANCHOR_STEP] = (struct position){ col_int(&q, 0), col_int(&q, 1) };
    return anchors;
}

static struct place locate_uncached(const struct request *rq, struct v_text type, int64_t offset)
{
    return (struct place){ count_list(rq, type), newest, offset };
}

/* The analyzer does not follow the anchors into the cache, an array with an index that it does not know. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
/* With the cache's lock held. */
static struct place locate_cached(const struct request *rq, struct v_text type, int64_t offset, struct cached *c)
{
    if (c->total < 0)
        c->total = count_list(rq, type);
    if (offset < ANCHOR_FROM || offset >= c->total)
        return (struct place){ c->total, newest, offset };
    if (!c->anchors)
        c->anchors = find_anchors(rq, type, c->total);
    if (!c->anchors)
        return (struct place){ c->total, newest, offset };
    return (struct place){ c->total, c->anchors[offset / ANCHOR_STEP], offset % ANCHOR_STEP };
}

struct place anchors_locate(const struct request *rq, struct v_text type, int64_t offset)
{
    unsigned char key[KEY_SIZE];
    if (type.is == VALUE_SET && type.v.n > KEY_SIZE - OWNER_SIZE)
        return locate_uncached(rq, type, offset);
    const size_t key_size = make_key(rq, type, key);
    /* The snapshot of this transaction is of the generation only if there has been no commit up to now. */
    if (!rq->generation || db_generation(rq->db) != rq->generation)
        return locate_uncached(rq, type, offset);
    pthread_mutex_lock(&cache.lock);
    struct cached *c = find_cached(key, key_size, rq->generation);
    const struct place place = locate_cached(rq, type, offset, c);
    pthread_mutex_unlock(&cache.lock);
    return place;
}
#pragma GCC diagnostic pop
