/* Rate limit: requests per API key, counted in windows of a minute. */
#ifndef DUVO_REQUEST_RATELIMIT_H
#define DUVO_REQUEST_RATELIMIT_H

#include "base/secret.h"

#include <stdbool.h>
#include <stdint.h>

enum { RATE_DEFAULT = 300, RATE_WINDOW_MS = 60000 };

/* What the x-ratelimit headers say. */
struct rate {
    int64_t limit, remaining;
    int64_t reset_ms; /* when the window ends, milliseconds since 1970 */
    bool refused;
};

/* A window in which nothing was counted; `limit` 0 stands for the API's documented 300 a minute. */
struct rate rate_untouched(int64_t limit, int64_t now_ms);
/* Counts one request of the key in the space; with `limit` 0 nothing. */
struct rate rate_count(int64_t limit, int64_t space, const struct secret_hash *key, int64_t now_ms);

#endif
