#include "space/journal.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/limit.h"
#include "request/request.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* An entry and all that it points to are one block. */
struct block {
    struct journal_entry entry;
    size_t size;
    char bytes[];
};

struct journal {
    pthread_mutex_t lock;
    size_t max, size;
    uint64_t number;
    struct journal_entry *oldest, **end;
};

struct journal *journal_new(size_t max)
{
    struct journal *journal = calloc(1, sizeof *journal);
    if (!journal)
        die("no memory for a journal");
    pthread_mutex_init(&journal->lock, NULL);
    journal->max = max;
    journal->end = &journal->oldest;
    return journal;
}

static struct block *block_of(struct journal_entry *entry)
{
    return (struct block *)(void *)entry; /* its first member */
}

/* With the lock held. */
static void drop_oldest(struct journal *journal)
{
    struct journal_entry *entry = journal->oldest;
    journal->oldest = entry->newer;
    if (!journal->oldest)
        journal->end = &journal->oldest;
    journal->size -= block_of(entry)->size;
    free(block_of(entry));
}

void journal_clear(struct journal *journal)
{
    pthread_mutex_lock(&journal->lock);
    while (journal->oldest)
        drop_oldest(journal);
    pthread_mutex_unlock(&journal->lock);
}

void journal_free(struct journal *journal)
{
    if (!journal)
        return;
    journal_clear(journal);
    pthread_mutex_destroy(&journal->lock);
    free(journal);
}

uint64_t journal_number(struct journal *journal)
{
    pthread_mutex_lock(&journal->lock);
    const uint64_t number = journal->number;
    pthread_mutex_unlock(&journal->lock);
    return number;
}

/* ---- making an entry ------------------------------------------------------------------------------------- */

/* Where the next piece goes. */
struct packer {
    char *p;
};

static struct text pack(struct packer *packer, struct text t)
{
    if (!t.p)
        return t;
    char *to = packer->p;
    packer->p = mempcpy(to, t.p, t.n);
    return (struct text){ to, t.n };
}

static size_t size_of_headers(const struct header *headers, size_t n)
{
    size_t size = n * sizeof(struct journal_header);
    for (size_t i = 0; i < n; i++)
        size += headers[i].name.n + headers[i].value.n;
    return size;
}

static size_t size_of_reply_headers(const struct reply *rp)
{
    size_t size = rp->header_count * sizeof(struct journal_header);
    for (size_t i = 0; i < rp->header_count; i++)
        size += strlen(rp->headers[i].name) + strlen(rp->headers[i].value);
    return size;
}

/* Arrays come first in the block: the rest needs no alignment. */
static struct journal_header *pack_array(struct packer *packer, size_t n)
{
    struct journal_header *array = (struct journal_header *)(void *)packer->p;
    packer->p += n * sizeof *array;
    return array;
}

static void pack_headers(struct packer *packer, struct journal_entry *entry, const struct request *rq)
{
    for (size_t i = 0; i < rq->header_count; i++)
        entry->request_headers[i] = (struct journal_header){ pack(packer, rq->headers[i].name),
                                                             pack(packer, rq->headers[i].value) };
    for (size_t i = 0; i < rq->reply.header_count; i++)
        entry->reply_headers[i] = (struct journal_header){ pack(packer, text_of(rq->reply.headers[i].name)),
                                                           pack(packer, text_of(rq->reply.headers[i].value)) };
}

static struct block *make_block(const struct request *rq)
{
    const struct text request_body = text_clip(buf_text(&rq->body), LIMIT_JOURNAL_BODY);
    const struct text reply_body = text_clip(reply_bytes(&rq->reply), LIMIT_JOURNAL_BODY);
    const size_t size = sizeof(struct block) + size_of_headers(rq->headers, rq->header_count) +
                        size_of_reply_headers(&rq->reply) + request_body.n + reply_body.n + rq->uri.n + rq->target.n +
                        rq->method.n + rq->id.n + rq->warning.n;
    struct block *block = malloc(size);
    if (!block)
        return NULL;
    struct packer packer = { block->bytes };
    struct journal_entry *entry = &block->entry;
    block->size = size;
    *entry = (struct journal_entry){
        .at = rq->now,
        .duration_us = clock_steady_us() - rq->started_us,
        .route = rq->route,
        .status = rq->reply.status,
        .request_size = rq->received,
        .reply_size = reply_bytes(&rq->reply).n,
        .request_headers = pack_array(&packer, rq->header_count),
        .reply_headers = pack_array(&packer, rq->reply.header_count),
        .request_header_count = rq->header_count,
        .reply_header_count = rq->reply.header_count,
    };
    pack_headers(&packer, entry, rq);
    entry->id = pack(&packer, rq->id);
    entry->method = pack(&packer, rq->method);
    entry->uri = pack(&packer, rq->uri);
    entry->target = pack(&packer, rq->target);
    entry->warning = pack(&packer, rq->warning);
    entry->request_body = pack(&packer, request_body);
    entry->reply_body = pack(&packer, reply_body);
    return block;
}

/* Of the mock's own addresses only those that stand for other people's servers. */
static bool is_kept(const struct request *rq)
{
    static const char *const played[] = { "/_mock/oauth/authorize/", "/_mock/composio/", "/_mock/mcp/" };
    if (text_eq(rq->target, T("/_mock")))
        return false;
    if (text_eq(rq->target, T("/health")) || !text_starts(rq->target, T("/_mock/")))
        return !text_eq(rq->target, T("/health"));
    for (size_t i = 0; i < sizeof played / sizeof played[0]; i++)
        if (text_starts(rq->target, text_of(played[i])))
            return true;
    return false;
}

void journal_add(struct journal *journal, const struct request *rq)
{
    struct block *block = journal->max && is_kept(rq) ? make_block(rq) : NULL;
    if (!block)
        return;
    pthread_mutex_lock(&journal->lock);
    block->entry.number = ++journal->number;
    *journal->end = &block->entry;
    journal->end = &block->entry.newer;
    journal->size += block->size;
    while (journal->size > journal->max)
        drop_oldest(journal);
    pthread_mutex_unlock(&journal->lock);
}

/* ---- reading --------------------------------------------------------------------------------------------- */

void journal_walk(struct journal *journal, bool (*see)(void *cls, const struct journal_entry *entry), void *cls)
{
    pthread_mutex_lock(&journal->lock);
    const struct journal_entry *entry = journal->oldest;
    while (entry && see(cls, entry))
        entry = entry->newer;
    pthread_mutex_unlock(&journal->lock);
}

static struct journal_header *copy_headers(struct arena *arena, const struct journal_header *headers, size_t n)
{
    struct journal_header *copies = ARENA_ARRAY(arena, n, struct journal_header);
    for (size_t i = 0; i < n; i++)
        copies[i] = (struct journal_header){ text_copy(arena, headers[i].name), text_copy(arena, headers[i].value) };
    return copies;
}

struct journal_entry *journal_copy(struct arena *arena, const struct journal_entry *entry)
{
    struct journal_entry *copy = ARENA_NEW(arena, struct journal_entry);
    *copy = *entry;
    copy->newer = NULL;
    copy->id = text_copy(arena, entry->id);
    copy->method = text_copy(arena, entry->method);
    copy->uri = text_copy(arena, entry->uri);
    copy->target = text_copy(arena, entry->target);
    copy->warning = text_copy(arena, entry->warning);
    copy->request_body = text_copy(arena, entry->request_body);
    copy->reply_body = text_copy(arena, entry->reply_body);
    copy->request_headers = copy_headers(arena, entry->request_headers, entry->request_header_count);
    copy->reply_headers = copy_headers(arena, entry->reply_headers, entry->reply_header_count);
    return copy;
}
