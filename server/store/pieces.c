/* The memory that SQLite works in. A statement takes dozens of small pieces and gives them back when it is over, and a
 * commit gives back the pages that it could have undone with: each thread keeps what it was given back, by size, and
 * takes from there first. SQLite can do so itself, for each connection, but not as Debian builds it. */
#include "base/memory.h"
#include "store/internal.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

/* Sanitizers, and whoever lets memory run out, look at each piece. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define KEEPS 0
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define KEEPS 0
#endif
#endif
#ifndef KEEPS
#define KEEPS 1
#endif

/* Pages of the cache are larger than what is kept, those of what a transaction can undo are in pieces of 1024. */
enum { STEP = 16, SIZES = 72, KEPT_BYTES = KEEPS ? 64 * 1024 : 0 /* by a thread */ };

/* What stands before a piece. */
struct piece {
    alignas(STEP) size_t size; /* of what follows; a multiple of STEP */
};

/* A piece that nobody has, in the place of what it held. */
struct spare {
    struct spare *next;
};

static _Thread_local struct {
    struct spare *first[SIZES]; /* of the size SIZE * STEP */
    size_t bytes;
    bool will_end; /* give_back_all is called when the thread ends */
    bool ended;
} mine;

static pthread_key_t at_end;

static struct piece *piece_of(void *p)
{
    struct piece *behind = p;
    return behind - 1;
}

static size_t rounded(size_t n)
{
    return (n + STEP - 1) / STEP * STEP;
}

/* ---- what a thread keeps --------------------------------------------------------------------------------------- */

static void *take_kept(size_t size)
{
    struct spare *spare = size / STEP < SIZES ? mine.first[size / STEP] : NULL;
    if (!spare)
        return NULL;
    mine.first[size / STEP] = spare->next;
    mine.bytes -= size;
    return spare;
}

/* False when there is no room for it. */
static bool keep(void *p, size_t size)
{
    struct spare *spare = p;
    if (size / STEP >= SIZES || mine.bytes + size > KEPT_BYTES || mine.ended)
        return false;
    if (!mine.will_end)
        mine.will_end = pthread_setspecific(at_end, &mine) == 0;
    if (!mine.will_end)
        return false;
    spare->next = mine.first[size / STEP];
    mine.first[size / STEP] = spare;
    mine.bytes += size;
    return true;
}

/* The thread ends. */
static void give_back_all(void *cls)
{
    (void)cls;
    mine.ended = true;
    for (size_t i = 0; i < SIZES; i++)
        for (void *p; (p = take_kept(i * STEP));)
            free(piece_of(p));
}

/* ---- what SQLite calls ------------------------------------------------------------------------------------------ */

static void *take(int n)
{
    const size_t size = rounded((size_t)n);
    void *kept = take_kept(size);
    if (kept)
        return kept;
    struct piece *piece = memory_spare_again(NULL, sizeof *piece + size);
    if (!piece)
        return NULL;
    piece->size = size;
    return piece + 1;
}

static void give(void *p)
{
    if (p && !keep(p, piece_of(p)->size))
        free(piece_of(p));
}

static int size_of(void *p)
{
    return p ? (int)piece_of(p)->size : 0;
}

static int round_up(int n)
{
    return (int)rounded((size_t)n);
}

/* What is large grows in its place where it can: a database in memory is one piece. */
static void *take_again(void *p, int n)
{
    struct piece *piece = piece_of(p);
    const size_t size = rounded((size_t)n), before = piece->size;
    if (size == before)
        return p;
    if (size / STEP >= SIZES && before / STEP >= SIZES) {
        char *grown = memory_spare_again(piece, sizeof *piece + size);
        if (!grown)
            return NULL;
        memcpy(grown, &(struct piece){ .size = size }, sizeof *piece);
        return grown + sizeof *piece;
    }
    void *other = take(n);
    if (!other)
        return NULL;
    memcpy(other, p, size < before ? size : before);
    give(p);
    return other;
}

static int begin(void *cls)
{
    (void)cls;
    return pthread_key_create(&at_end, give_back_all) == 0 ? SQLITE_OK : SQLITE_NOMEM;
}

static void end(void *cls)
{
    (void)cls;
    pthread_key_delete(at_end);
}

void pieces_use(void)
{
    static const sqlite3_mem_methods methods = {
        .xMalloc = take, .xFree = give, .xRealloc = take_again, .xSize = size_of, .xRoundup = round_up, .xInit = begin,
        .xShutdown = end,
    };
    sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}
