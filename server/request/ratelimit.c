#include "request/ratelimit.h"

#include <pthread.h>
#include <string.h>

/* Windows by hash of the key. Two keys that share a place push each other out, which gives the older one a fresh
 * window: harmless in a mock, and the table needs no cleaning. */
enum { PLACES = 4096 };

struct window {
    int64_t space, start_ms, count;
    struct secret_hash key;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct window windows[PLACES];

static struct window *window_of(int64_t space, const struct secret_hash *key)
{
    uint32_t n;
    memcpy(&n, key->b, sizeof n);
    return &windows[(n + (uint32_t)space) % PLACES];
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
    const bool same = w->space == space && memcmp(&w->key, key, sizeof *key) == 0;
    if (!same || now_ms < w->start_ms || now_ms >= w->start_ms + RATE_WINDOW_MS)
        *w = (struct window){ space, now_ms, 0, *key };
    const bool refused = w->count >= limit;
    w->count += !refused;
    const struct rate rate = { limit, limit > w->count ? limit - w->count : 0, w->start_ms + RATE_WINDOW_MS, refused };
    pthread_mutex_unlock(&lock);
    return rate;
}
