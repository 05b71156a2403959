#include "space/journal_block.h"

#include "base/clock.h"
#include "base/limit.h"

#include <stdlib.h>
#include <string.h>

struct journal_body *journal_block_body(struct journal_block *block, enum body_part part)
{
    return part == BODY_REPLY ? &block->entry.reply_body : &block->entry.request_body;
}

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

static size_t size_of_headers(const struct pair *headers, size_t n)
{
    size_t size = n * sizeof(struct pair);
    for (size_t i = 0; i < n; i++)
        size += headers[i].name.n + headers[i].value.n;
    return size;
}

/* Of a broken connection none left. */
static size_t count_reply_headers(const struct request *rq)
{
    return request_status(rq) ? rq->reply.header_count : 0;
}

/* Arrays come first in the block: the rest needs no alignment. */
static struct pair *pack_array(struct packer *packer, size_t n)
{
    struct pair *array = (struct pair *)(void *)packer->p;
    packer->p += n * sizeof *array;
    return array;
}

static void pack_pairs(struct packer *packer, struct pair *to, const struct pair *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = (struct pair){ pack(packer, from[i].name), pack(packer, from[i].value) };
}

static void pack_headers(struct packer *packer, struct journal_entry *entry, const struct request *rq)
{
    entry->request_header_count = rq->header_count;
    entry->reply_header_count = count_reply_headers(rq);
    entry->request_headers = pack_array(packer, entry->request_header_count);
    entry->reply_headers = pack_array(packer, entry->reply_header_count);
    pack_pairs(packer, entry->request_headers, rq->headers, entry->request_header_count);
    pack_pairs(packer, entry->reply_headers, rq->reply.headers, entry->reply_header_count);
}

static struct journal_body body_from(struct text bytes, size_t size)
{
    struct journal_body body = { .size = size };
    char *copy = bytes.n && bytes.n == size && size <= LIMIT_JOURNAL_BODY ? malloc(size) : NULL;
    body.lost = size && !copy;
    if (copy)
        body.bytes = (struct text){ memcpy(copy, bytes.p, size), size };
    return body;
}

/* One that was refused before it was read was there as well. */
static struct journal_body request_body_of(const struct request *rq)
{
    int64_t announced = 0;
    text_to_uint(text_trim(request_header(rq, T("content-length"))), &announced);
    return body_from(buf_text(&rq->body), (size_t)announced > rq->received ? (size_t)announced : rq->received);
}

/* A stream's body is still to come, and is not kept. */
static struct journal_body reply_body_of(const struct request *rq)
{
    const struct text bytes = request_leaving(rq);
    struct journal_body body = body_from(bytes, bytes.n);
    body.lost |= rq->reply.stream && request_status(rq);
    return body;
}

struct journal_block *journal_block_new(const struct request *rq)
{
    const struct text fault = rq->disturbance.fault;
    const size_t size = sizeof(struct journal_block) + size_of_headers(rq->headers, rq->header_count) +
                        size_of_headers(rq->reply.headers, count_reply_headers(rq)) + rq->uri.n + rq->target.n +
                        rq->method.n + rq->id.n + rq->warning.n + rq->caller.n + fault.n;
    struct journal_block *block = malloc(size);
    if (!block)
        return NULL;
    struct packer packer = { block->bytes };
    struct journal_entry *entry = &block->entry;
    block->size = size;
    *entry = (struct journal_entry){
        .at = rq->now,
        .duration_us = clock_steady_us() - rq->started_us,
        .route = rq->route,
        .origin = rq->origin,
        .via = rq->via,
        .status = request_status(rq),
        .broken = request_broken(rq),
        .request_body = request_body_of(rq),
        .reply_body = reply_body_of(rq),
    };
    pack_headers(&packer, entry, rq);
    entry->fault = pack(&packer, fault);
    entry->caller = pack(&packer, rq->caller);
    entry->id = pack(&packer, rq->id);
    entry->method = pack(&packer, rq->method);
    entry->uri = pack(&packer, rq->uri);
    entry->target = pack(&packer, rq->target);
    entry->warning = pack(&packer, rq->warning);
    return block;
}
