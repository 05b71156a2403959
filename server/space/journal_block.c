#include "space/journal_block.h"

#include "base/clock.h"
#include "base/limit.h"

#include <stdlib.h>
#include <string.h>

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

/* ---- bodies ------------------------------------------------------------------------------------------------- */

struct copy {
    struct shared base; /* first: see drop_copy */
    char bytes[];
};

static void drop_copy(struct shared *base)
{
    free(base);
}

/* The analyzer does not follow what the part holds by the copy's first member. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
static struct journal_part copy_of(struct text bytes)
{
    struct copy *copy = malloc(sizeof *copy + bytes.n);
    if (!copy)
        return (struct journal_part){ .size = bytes.n, .lost = true };
    copy->base = (struct shared){ 1, drop_copy };
    memcpy(copy->bytes, bytes.p, bytes.n);
    return (struct journal_part){ &copy->base, copy->bytes, bytes.n, false };
}
#pragma GCC diagnostic pop

/* The bytes that are there of a body of that size; held, where somebody else keeps them. */
static struct journal_part part_of(struct text bytes, size_t size, struct shared *owner)
{
    if (!size)
        return (struct journal_part){ .size = 0 };
    if (bytes.n != size || size > LIMIT_JOURNAL_BODY)
        return (struct journal_part){ .size = size, .lost = true };
    return owner ? (struct journal_part){ shared_hold(owner), bytes.p, size, false } : copy_of(bytes);
}

/* One that was refused before it was read was there as well. */
static struct journal_part request_part(const struct request *rq)
{
    int64_t announced = 0;
    text_to_uint(text_trim(request_header(rq, T("content-length"))), &announced);
    const size_t size = (size_t)announced > rq->received ? (size_t)announced : rq->received;
    return part_of(buf_text(&rq->body), size, NULL);
}

/* NULL: the bytes end with the request. */
static struct shared *owner_of(const struct request *rq, struct text bytes)
{
    const struct text kept = rq->cached_body;
    return bytes.p && bytes.p == kept.p && bytes.n <= kept.n ? rq->cached : NULL;
}

/* A stream's body is still to come, and is not kept. */
static struct journal_part reply_part(const struct request *rq)
{
    const struct text bytes = request_leaving(rq);
    struct journal_part part = part_of(bytes, bytes.n, owner_of(rq, bytes));
    part.lost |= rq->reply.stream && request_status(rq);
    return part;
}

/* ---- the entry ---------------------------------------------------------------------------------------------- */

/* In most requests it is all of the URI. */
static bool has_own_target(const struct request *rq)
{
    return rq->target.p != rq->uri.p || rq->target.n != rq->uri.n;
}

static size_t size_of_block(const struct request *rq)
{
    return sizeof(struct journal_block) + size_of_headers(rq->headers, rq->header_count) +
           size_of_headers(rq->reply.headers, count_reply_headers(rq)) + rq->uri.n +
           (has_own_target(rq) ? rq->target.n : 0) + rq->method.n + rq->id.n + rq->warning.n + rq->caller.n +
           rq->disturbance.fault.n;
}

bool journal_slot_fill(struct journal_slot *slot, const struct request *rq)
{
    const size_t size = size_of_block(rq);
    struct journal_block *block = malloc(size);
    if (!block)
        return false;
    struct packer packer = { block->bytes };
    struct journal_entry *entry = &block->entry;
    *entry = (struct journal_entry){
        .at = rq->now,
        .duration_us = clock_steady_us() - rq->started_us,
        .route = rq->route,
        .origin = rq->origin,
        .via = rq->via,
        .status = request_status(rq),
        .broken = request_broken(rq),
    };
    pack_headers(&packer, entry, rq);
    entry->fault = pack(&packer, rq->disturbance.fault);
    entry->caller = pack(&packer, rq->caller);
    entry->id = pack(&packer, rq->id);
    entry->method = pack(&packer, rq->method);
    entry->uri = pack(&packer, rq->uri);
    entry->target = has_own_target(rq) ? pack(&packer, rq->target) : entry->uri;
    entry->warning = pack(&packer, rq->warning);
    *slot = (struct journal_slot){ block, size + sizeof *slot, 0, rq->route, rq->origin,
                                    { reply_part(rq), request_part(rq) } };
    return true;
}

static struct journal_body body_of(const struct journal_part *part)
{
    return (struct journal_body){ { part->owner ? part->p : NULL, journal_part_held(part) }, part->size, part->lost };
}

const struct journal_entry *journal_slot_entry(const struct journal_slot *slot)
{
    struct journal_entry *entry = &slot->block->entry;
    entry->number = slot->number;
    entry->reply_body = body_of(&slot->parts[BODY_REPLY]);
    entry->request_body = body_of(&slot->parts[BODY_REQUEST]);
    return entry;
}
