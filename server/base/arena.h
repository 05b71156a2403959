/* Arena: memory that lives exactly as long as one request.
 *
 * Everything a request needs (parsed input, rows, the reply's bytes) is taken from its arena and nothing is freed
 * singly; http.c frees the whole arena in MHD's completion callback. Allocation never returns NULL: when the
 * machine has no memory left, what is being tried ends (memory.h). What a client can make it allocate is bounded
 * elsewhere (limit.h).
 *
 * Arenas are not shared between threads. Freed blocks are kept in a small per-thread list, so that a request
 * usually costs no malloc at all. ASan builds poison what was not handed out. */
#ifndef DUVO_BASE_ARENA_H
#define DUVO_BASE_ARENA_H

#include "base/memory.h"

#include <stddef.h>

struct arena;

struct arena *arena_new(void);
/* Frees everything that was allocated from it; NULL is accepted. */
void arena_free(struct arena *arena);
/* An arena for a piece of work, freed at its end, and also when it ends early for want of memory. */
struct scratch {
    struct arena *arena;
    struct memory_hold hold;
};
struct arena *scratch_begin(struct scratch *scratch);
void scratch_end(struct scratch *scratch);
/* Gives back the blocks that this thread keeps for later arenas; for threads that end, and for leak checkers. */
void arena_trim(void);

/* `size` zeroed bytes, aligned for any object; `size` 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size) __attribute__((malloc, returns_nonnull, alloc_size(2)));
/* As arena_alloc for `count` objects of `size` bytes; more than there can be ends as memory does. */
void *arena_array(struct arena *arena, size_t count, size_t size) __attribute__((returns_nonnull));
/* `size` bytes that are not zeroed, for large buffers that are about to be written. */
void *arena_raw(struct arena *arena, size_t size) __attribute__((malloc, returns_nonnull, alloc_size(2)));
/* Makes the newest allocation `p` of `old_size` bytes larger in place where there is room, else copies it. */
void *arena_grow(struct arena *arena, void *p, size_t old_size, size_t new_size) __attribute__((returns_nonnull));

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, count, type) ((type *)arena_array((arena), (count), sizeof(type)))

#endif
