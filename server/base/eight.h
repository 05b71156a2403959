/* Eights: eight bytes of a text that are looked at together. What is asked of them is answered for all: not 0 when it
 * is true of any byte, 0 when of none. */
#ifndef DUVO_BASE_EIGHT_H
#define DUVO_BASE_EIGHT_H

#include <stdint.h>
#include <string.h>

#define EIGHT_EACH UINT64_C(0x0101010101010101)

/* The eight from `p` on. */
static inline uint64_t eight_at(const char *p)
{
    uint64_t eight;
    memcpy(&eight, p, sizeof eight);
    return eight;
}

/* A byte is not ASCII. */
static inline uint64_t eight_has_high(uint64_t eight)
{
    return eight & 0x80 * EIGHT_EACH;
}

/* A byte is below `least`, which is 0x80 at the most. A borrow reaches no byte below the first that is, so that it
 * makes nothing true that is not. */
static inline uint64_t eight_has_below(uint64_t eight, unsigned char least)
{
    return eight_has_high((eight - least * EIGHT_EACH) & ~eight);
}

static inline uint64_t eight_has(uint64_t eight, char c)
{
    return eight_has_below(eight ^ (unsigned char)c * EIGHT_EACH, 1);
}

/* FNV-1a, an eight at a time: `hash` goes on with this one. Its high bits are folded in, so that the last of the eight
 * bytes count for the low ones, too. */
static inline uint64_t eight_hash(uint64_t hash, uint64_t eight)
{
    hash = (hash ^ eight) * UINT64_C(1099511628211);
    return hash ^ hash >> 32;
}

#endif
