/* Last text: of the texts that a thread is given again and again, the last one that was found to be of some sort, so
 * that it is not looked at anew. All zero: none yet. */
#ifndef DUVO_BASE_LAST_TEXT_H
#define DUVO_BASE_LAST_TEXT_H

#include "base/text.h"

struct last_text {
    size_t n;
    char bytes[256];
};

/* Never true of an empty one. */
static inline bool last_text_is(const struct last_text *last, struct text t)
{
    return t.n && text_eq(t, (struct text){ last->bytes, last->n });
}

/* False where it has no room for the text: the one before stays. */
static inline bool last_text_keep(struct last_text *last, struct text t)
{
    if (t.n > sizeof last->bytes)
        return false;
    memcpy(last->bytes, t.p, t.n);
    last->n = t.n;
    return true;
}

#endif
