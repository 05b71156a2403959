/* Buffer: bytes that grow in an arena up to a maximum fixed at birth.
 *
 * Appending never fails visibly: past the maximum the buffer stays as it is, `full` becomes true, and whoever asked
 * for the bytes checks `full` once at the end. */
#ifndef DUVO_BASE_BUF_H
#define DUVO_BASE_BUF_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct buf {
    struct arena *arena;
    char *p;
    size_t n;
    size_t room; /* allocated */
    size_t max;
    bool full;
};

/* An empty buffer of at most `max` bytes; allocates nothing yet. */
struct buf buf_new(struct arena *arena, size_t max);
/* The same where there is no room yet; callers use buf_reserve. */
char *buf_reserve_slow(struct buf *b, size_t more);

/* Room for `more` further bytes: a place to write them, or NULL when they do not fit. Add to `n` what was written. */
static inline char *buf_reserve(struct buf *b, size_t more)
{
    return b->p && !b->full && more <= b->room - b->n ? b->p + b->n : buf_reserve_slow(b, more);
}

static inline void buf_add_bytes(struct buf *b, const void *p, size_t n)
{
    char *to = n ? buf_reserve(b, n) : NULL;
    if (!to)
        return;
    memcpy(to, p, n);
    b->n += n;
}

static inline void buf_add_char(struct buf *b, char c)
{
    char *to = buf_reserve(b, 1);
    if (!to)
        return;
    *to = c;
    b->n++;
}

void buf_addf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

static inline void buf_add(struct buf *b, struct text t)
{
    buf_add_bytes(b, t.p, t.n);
}

/* What is in it so far; valid until the next append. */
static inline struct text buf_text(const struct buf *b)
{
    return (struct text){ b->p ? b->p : "", b->n };
}

#endif
