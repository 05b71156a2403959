/* Memory: what happens when the machine has none left.
 *
 * Work that is tried (memory_try) ends where it stands when an allocation fails, and whoever tried it goes on: a
 * request is answered with 503 then. What such work holds is not released by itself, so whoever takes a lock, or
 * anything else that is not in the request's arena, and allocates until it gives that back, says so (memory_hold), or
 * tries that part itself, gives back, and passes the failure on (memory_out; memory_locked does it for a lock). Work
 * that nobody tried, as at start, ends the program in one line.
 *
 * Small pieces that others rely on, under locks for instance, come from memory_kept: a reserve is there for them. */
#ifndef DUVO_BASE_MEMORY_H
#define DUVO_BASE_MEMORY_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

/* Bytes that processors pass to each other as one. What every thread writes stands that far from what every thread only
 * reads: a member `char apart[CACHE_LINE]` between the two. */
enum { CACHE_LINE = 64 };

/* Runs work(cls); false when it ended for want of memory. A try may stand inside another one. */
bool memory_try(void (*work)(void *cls), void *cls);
/* Ends what is being tried. */
_Noreturn void memory_out(void);
/* Runs work(cls) with the lock, which is given back however that ends. */
void memory_locked(pthread_mutex_t *lock, void (*work)(void *cls), void *cls);

/* What tried work holds, and how it is given back when the work ends early: from memory_hold until memory_let_go, the
 * last that was held first. */
struct memory_hold {
    void (*give_back)(void *what);
    void *what;
    struct memory_hold *outer;
};
void memory_hold(struct memory_hold *hold, void (*give_back)(void *what), void *what);
void memory_let_go(const struct memory_hold *hold);

/* `size` bytes for free(), not zeroed; ends what is being tried when there are none. */
void *memory_get(size_t size) __attribute__((malloc, returns_nonnull, alloc_size(1)));
/* `size` zeroed bytes for free(), from the reserve when there are no others; when that is empty, too, the program
 * ends. */
void *memory_kept(size_t size) __attribute__((malloc, returns_nonnull, alloc_size(1)));
/* The same for what grows, as realloc does; what is new is not zeroed. */
void *memory_kept_again(void *p, size_t size) __attribute__((returns_nonnull, alloc_size(2)));

/* For what can be done without: NULL when there is no memory, and `p` stays as it was. `size` zeroed bytes for free();
 * and the same for what grows, as realloc does. */
void *memory_spare(size_t size);
void *memory_spare_again(void *p, size_t size);
/* The same for an array of `*room` members of `size` bytes: twice as many, or `first` when there are none. NULL also
 * when that would be more than `most`. */
void *memory_spare_more(void *array, size_t *room, size_t first, size_t most, size_t size);

/* After a large piece of work: what it took goes back to the machine, where the allocator keeps that by itself. */
void memory_give_back(void);
/* Constants of the program that nobody reads again need not stay in memory: where somebody does, they come back from
 * its file. */
void memory_was_read(const void *p, size_t n);

/* For tests: of what this thread wants from memory_get, the n-th fails, and all that comes after it; 0: none does. And
 * the same of what it wants from memory_spare and its likes, SQLite's memory with it. */
void memory_fail_from(unsigned n);
void memory_spare_fail_from(unsigned n);

/* Ends the program with one line on stderr; for what cannot be handled. */
_Noreturn void die(const char *why);

#endif
