#include "base/buf.h"

#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

enum { FIRST_SIZE = 256 };

struct buf buf_new(struct arena *arena, size_t max)
{
    return (struct buf){ .arena = arena, .max = max < PTRDIFF_MAX ? max : PTRDIFF_MAX };
}

/* Doubles, so that appending costs constant time. One byte more than `room` is allocated: printf's NUL. */
static void buf_widen(struct buf *b, size_t needed)
{
    size_t size = b->p ? (b->room + 1) * 2 : FIRST_SIZE;
    if (size <= needed)
        size = needed + 1;
    if (size > b->max)
        size = b->max + 1;
    b->p = b->p ? arena_grow(b->arena, b->p, b->room + 1, size) : arena_raw(b->arena, size);
    b->room = size - 1;
}

/* Once full, shorter pieces are refused too: what is there stays a prefix of what was appended. */
char *buf_reserve_slow(struct buf *b, size_t more)
{
    if (b->full || more > b->max - b->n) {
        b->full = true;
        return NULL;
    }
    if (!b->p || more > b->room - b->n)
        buf_widen(b, b->n + more);
    return b->p + b->n;
}

/* Prints where there is room and says how long the whole text is; -1 for a bad format. */
static int buf_print(struct buf *b, const char *format, va_list args)
{
    if (!b->p)
        return vsnprintf(NULL, 0, format, args);
    return vsnprintf(b->p + b->n, b->room - b->n + 1, format, args);
}

void buf_addf(struct buf *b, const char *format, ...)
{
    if (b->full)
        return;
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = buf_print(b, format, args);
    bool printed = length >= 0 && b->p && (size_t)length <= b->room - b->n;
    if (length < 0)
        b->full = true;
    else if (!printed && buf_reserve(b, (size_t)length))
        printed = buf_print(b, format, again) == length;
    if (printed)
        b->n += (size_t)length;
    va_end(again);
    va_end(args);
}
