/* The list of connections. A page at any offset costs about the same: positions of every ANCHOR_STEPth connection are
 * remembered for as long as nothing is written, so that a deep page starts near its first row instead of counting down
 * from the newest. */
#include "api/connections.h"
#include "api/handlers.h"
#include "api/page.h"
#include "cli/config.h"
#include "base/limit.h"
#include "store/query.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* ---- request and reply --------------------------------------------------------------------------------- */

struct list_reply {
    struct v_rows connections, integrations;
    struct v_int total, limit, offset;
};

#define L struct list_reply
static const struct field list_fields[] = {
    FIELD_ROWS(L, connections, .flags = ONLY_V1, .sub = &connection_spec, .doc = "The page's connections"),
    FIELD_ROWS(L, integrations, .sub = &connection_spec, .doc = "The page's connections"),
    PAGE_TOLD(L, "Connections in all"),
};
#undef L
const struct spec connection_list = SPEC(struct list_reply, "ConnectionList", list_fields);

/* ---- where a page begins ------------------------------------------------------------------------------- */

/* A place in the order newest first; a page begins just behind it. */
struct position {
    int64_t created_at, seq;
};

enum { ANCHOR_STEP = 256, ANCHOR_FROM = 1024, CACHED_LISTS = 64, OWNER_SIZE = 8 + 16 + 16 + 1,
       KEY_SIZE = OWNER_SIZE + 3 * LIMIT_SLUG /* bytes of as many UTF-16 units */ };

struct cached {
    unsigned char key[KEY_SIZE]; /* whose list: space, team, person, sharing, type */
    size_t key_size;
    uint64_t generation; /* of the store */
    int64_t total;
    struct position *anchors; /* anchors[i]: the row before row i * ANCHOR_STEP; NULL until a deep page wants them */
    size_t anchor_count;
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

static void bind_list(struct query *q, const struct request *rq, struct v_text type)
{
    bind_uuid(q, &rq->who.team_id);
    bind_uuid(q, &rq->who.user_id);
    bind_int(q, rq->who.sharing);
    bind_v_text(q, type);
}

static void bind_position(struct query *q, struct position from)
{
    bind_int(q, from.created_at);
    bind_int(q, from.seq);
}

static const struct position newest = { INT64_MAX, INT64_MAX };

static int64_t count_rows(const struct request *rq, struct v_text type)
{
    QUERY q = query(rq->db, SQL_CONNECTION_COUNT);
    bind_list(&q, rq, type);
    return query_row(&q) ? col_int(&q, 0) : 0;
}

static struct position *find_anchors(const struct request *rq, struct v_text type, int64_t total, size_t *ret_n)
{
    const size_t n = (size_t)total / ANCHOR_STEP + 1;
    struct position *anchors = calloc(n, sizeof *anchors);
    if (!anchors)
        die("no memory for a list's positions");
    anchors[0] = newest;
    QUERY q = query(rq->db, SQL_CONNECTION_POSITIONS);
    bind_list(&q, rq, type);
    bind_position(&q, newest);
    for (size_t row = 1; query_row(&q) && row / ANCHOR_STEP < n; row++)
        if (row % ANCHOR_STEP == 0)
            anchors[row / ANCHOR_STEP] = (struct position){ col_int(&q, 0), col_int(&q, 1) };
    *ret_n = n;
    return anchors;
}

/* Where the row at `offset` is to be looked for: a position to start from, and the rows to be skipped from there. */
struct place {
    int64_t total;
    struct position from;
    int64_t skip;
};

static struct place locate_uncached(const struct request *rq, struct v_text type, int64_t offset)
{
    return (struct place){ count_rows(rq, type), newest, offset };
}

/* With the cache's lock held. */
static struct place locate_cached(const struct request *rq, struct v_text type, int64_t offset, struct cached *c)
{
    if (c->total < 0)
        c->total = count_rows(rq, type);
    if (offset < ANCHOR_FROM || offset >= c->total)
        return (struct place){ c->total, newest, offset };
    if (!c->anchors)
        c->anchors = find_anchors(rq, type, c->total, &c->anchor_count);
    return (struct place){ c->total, c->anchors[offset / ANCHOR_STEP], offset % ANCHOR_STEP };
}

static struct place locate(const struct request *rq, struct v_text type, int64_t offset)
{
    unsigned char key[KEY_SIZE];
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

/* ---- the page ------------------------------------------------------------------------------------------ */

static struct v_rows read_page(const struct request *rq, const struct page_query *in, struct place place, size_t room)
{
    struct connection *rows = ARENA_ARRAY(rq->arena, room, struct connection);
    size_t n = 0;
    QUERY q = query(rq->db, SQL_CONNECTION_PAGE);
    bind_list(&q, rq, in->type);
    bind_position(&q, place.from);
    bind_int(&q, in->limit.v);
    bind_int(&q, place.skip);
    while (n < room && query_row(&q))
        col_row(&q, 0, &connection_spec, rq->arena, &rows[n++]);
    return SET_ROWS(n, rows);
}

/* The documents disagree on the array's name in /v1, so it has both unless told otherwise. */
static void choose_keys(const struct request *rq, struct list_reply *out, struct v_rows page)
{
    if (rq->config->v1_list_keys != LIST_KEYS_INTEGRATIONS)
        out->connections = page;
    if (rq->config->v1_list_keys != LIST_KEYS_CONNECTIONS || rq->version != 1)
        out->integrations = page;
}

enum err connections_list(struct request *rq, struct reply *rp)
{
    const struct page_query *in = rq->query;
    struct list_reply *out = REQUEST_NEW(rq, struct list_reply);
    struct place place = { 0, newest, 0 };
    struct v_rows page = SET_ROWS(0, NULL);
    /* No connection has a longer type than can be created. */
    const bool hopeless = in->type.is == VALUE_SET && in->type.v.n > KEY_SIZE - OWNER_SIZE;
    if (!hopeless)
        place = locate(rq, in->type, in->offset.v);
    const size_t n = page_rows(in->limit, in->offset, place.total);
    if (n)
        page = read_page(rq, in, place, n);
    choose_keys(rq, out, page);
    out->total = SET_INT(place.total);
    out->limit = in->limit;
    out->offset = in->offset;
    rp->object = out;
    return OK;
}
