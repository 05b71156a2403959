#include "request/ratelimit.h"

#include <pthread.h>
#include <string.h>

/* Windows by hash of the key, some in each place. The one that was counted in longest ago makes room for one more: its
 * key then has a fresh window, which is harmless where so many others have sent something since. The table needs no
 * cleaning. */
enum { PLACES = 256, WINDOWS = 16 /* of a place */ };

struct window {
    int64_t space, start_ms, count;
    uint64_t counted; /* `counts` when it was counted in last; 0: never */
    struct secret_hash key;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct window windows[PLACES][WINDOWS];
static uint64_t counts;

static bool is_of(const struct window *w, int64_t space, const struct secret_hash *key)
{
    return w->counted && w->space == space && memcmp(&w->key, key, sizeof *key) == 0;
}

/* With the lock held: the key's own, or one that is to be its. */
static struct window *window_of(int64_t space, const struct secret_hash *key)
{
    uint32_t n;
    memcpy(&n, key->b, sizeof n);
    struct window *place = windows[(n + (uint32_t)space) % PLACES], *oldest = place;
    for (struct window *w = place; w < place + WINDOWS; w++) {
        if (is_of(w, space, key))
            return w;
        if (w->counted < oldest->counted)
            oldest = w;
    }
    return oldest;
}

struct rate rate_untouched(int64_t limit, int64_t now_ms)
{
    const int64_t all = limit ? limit : RATE_DEFAULT;
    return (struct rate){ all, all, now_ms + RATE_WINDOW_MS, false };
}

struct rate rate_count(int64_t limit, int64_t space, const struct secret_hash *key, int64_t now_ms)
{
    if (limit == 0)
        return rate_untouched(limit, now_ms);
    pthread_mutex_lock(&lock);
    struct window *w = window_of(space, key);
    if (!is_of(w, space, key) || now_ms < w->start_ms || now_ms >= w->start_ms + RATE_WINDOW_MS)
        *w = (struct window){ space, now_ms, 0, 0, *key };
    w->counted = ++counts;
    const bool refused = w->count >= limit;
    w->count += !refused;
    const struct rate rate = { limit, limit > w->count ? limit - w->count : 0, w->start_ms + RATE_WINDOW_MS, refused };
    pthread_mutex_unlock(&lock);
    return rate;
}
