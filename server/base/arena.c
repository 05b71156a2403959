#include "base/arena.h"

#include "base/memory.h"

#include <assert.h>
#include <pthread.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN
#endif
#endif

/* GAP: poisoned bytes after every allocation, so that ASan sees an overrun into the next one. */
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
enum { GAP = 16 };
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
enum { GAP = 0 };
#endif

enum {
    ALIGN = alignof(max_align_t),
    STANDARD_SIZE = 8 * 1024, /* an arena's first block, and the only size that is kept */
    LARGEST_STEP = 256 * 1024, /* blocks double up to this */
    KEPT_MAX = 16,
};

/* Head of every block; `size` counts it too. */
struct block {
    struct block *next;
    size_t size;
};

static_assert(sizeof(struct block) % ALIGN == 0, "what follows a block's head must be aligned");

struct arena {
    struct block *blocks; /* the one in use, then older and dedicated ones; this struct lies in the last */
    char *at, *end;       /* free space of the block in use */
    char *newest;         /* its last allocation, which can grow in place */
    size_t next_size;
};

static _Thread_local struct {
    struct block *first;
    unsigned count;
    bool watched; /* the thread's end will trim */
} kept;

static pthread_key_t thread_key;
static pthread_once_t thread_key_once = PTHREAD_ONCE_INIT;

static void trim_ended_thread(void *unused)
{
    (void)unused;
    arena_trim();
}

static void arena_key_make(void)
{
    if (pthread_key_create(&thread_key, trim_ended_thread))
        die("cannot create a thread key");
}

static void thread_watch(void)
{
    pthread_once(&thread_key_once, arena_key_make);
    kept.watched = pthread_setspecific(thread_key, &kept) == 0;
}

static char *block_start(struct block *block)
{
    return (char *)(block + 1);
}

static void block_poison(struct block *block)
{
    ASAN_POISON_MEMORY_REGION(block_start(block), block->size - sizeof *block);
}

static struct block *block_take(size_t size)
{
    struct block *block = kept.first;
    if (block && size == STANDARD_SIZE) {
        kept.first = block->next;
        kept.count--;
        return block;
    }
    block = memory_get(size);
    block->size = size;
    block_poison(block);
    return block;
}

static void block_free(struct block *block)
{
    ASAN_UNPOISON_MEMORY_REGION(block_start(block), block->size - sizeof *block);
    free(block);
}

static void block_give(struct block *block)
{
    if (block->size != STANDARD_SIZE || kept.count == KEPT_MAX) {
        block_free(block);
        return;
    }
    block_poison(block);
    block->next = kept.first;
    kept.first = block;
    kept.count++;
    if (!kept.watched)
        thread_watch();
}

/* What an allocation takes from its block. */
static size_t step_of(size_t size)
{
    if (size > PTRDIFF_MAX - STANDARD_SIZE)
        memory_out();
    return ((size ? size : 1) + GAP + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

struct arena *arena_new(void)
{
    struct block *block = block_take(STANDARD_SIZE);
    block->next = NULL;
    struct arena *arena = (struct arena *)(block + 1);
    ASAN_UNPOISON_MEMORY_REGION(arena, sizeof *arena);
    *arena = (struct arena){
        .blocks = block,
        .at = block_start(block) + step_of(sizeof *arena),
        .end = (char *)block + block->size,
        .next_size = (size_t)STANDARD_SIZE * 2,
    };
    return arena;
}

void arena_free(struct arena *arena)
{
    for (struct block *block = arena ? arena->blocks : NULL, *next; block; block = next) {
        next = block->next;
        block_give(block);
    }
}

static void give_back_arena(void *arena)
{
    arena_free(arena);
}

struct arena *scratch_begin(struct scratch *scratch)
{
    scratch->arena = arena_new();
    memory_hold(&scratch->hold, give_back_arena, scratch->arena);
    return scratch->arena;
}

void scratch_end(struct scratch *scratch)
{
    memory_let_go(&scratch->hold);
    arena_free(scratch->arena);
}

void arena_trim(void)
{
    for (struct block *block = kept.first, *next; block; block = next) {
        next = block->next;
        block_free(block);
    }
    kept.first = NULL;
    kept.count = 0;
    kept.watched = false;
}

/* Behind the block in use, whose free space stays in use. */
static char *take_dedicated(struct arena *arena, size_t step)
{
    struct block *block = block_take(sizeof *block + step);
    block->next = arena->blocks->next;
    arena->blocks->next = block;
    return block_start(block);
}

static char *take_from_new_block(struct arena *arena, size_t step)
{
    struct block *block = block_take(arena->next_size);
    block->next = arena->blocks;
    arena->blocks = block;
    arena->newest = block_start(block);
    arena->at = arena->newest + step;
    arena->end = (char *)block + block->size;
    if (arena->next_size < LARGEST_STEP)
        arena->next_size *= 2;
    return arena->newest;
}

static char *take_step(struct arena *arena, size_t step)
{
    if (step <= (size_t)(arena->end - arena->at)) {
        arena->newest = arena->at;
        arena->at += step;
        return arena->newest;
    }
    /* More than half a block would waste too much of the block in use, or of the new one. */
    return step > arena->next_size / 2 ? take_dedicated(arena, step) : take_from_new_block(arena, step);
}

void *arena_raw(struct arena *arena, size_t size)
{
    char *p = take_step(arena, step_of(size));
    ASAN_UNPOISON_MEMORY_REGION(p, size);
    return p;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    void *p = arena_raw(arena, size);
    memset(p, 0, size);
    return p;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        memory_out();
    return arena_alloc(arena, bytes);
}

void *arena_grow(struct arena *arena, void *p, size_t old_size, size_t new_size)
{
    if (new_size <= old_size)
        return p;
    if (p == arena->newest) {
        size_t step = step_of(new_size);
        if (step <= (size_t)(arena->end - arena->newest)) {
            arena->at = arena->newest + step;
            ASAN_UNPOISON_MEMORY_REGION(p, new_size);
            return p;
        }
    }
    return memcpy(arena_raw(arena, new_size), p, old_size);
}
