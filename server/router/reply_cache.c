#include "router/reply_cache.h"

#include "base/eight.h"
#include "base/limit.h"
#include "request/route.h"
#include "space/space.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { SHARDS = 16, SLOTS = 256 /* in each shard */, FORM_SIZE = 1536 /* of a sent form, about */ };

struct cached_reply {
    struct shared base; /* first: see entry_of. Held by the slot, requests that are being answered, and the journal */
    _Atomic(struct sent_form *) form;
    uint64_t generation, settings; /* in which it was made, and under which: settings_number */
    int64_t space;
    struct secret_hash caller;
    unsigned status;
    size_t uri_size, body_size, warning_size, caller_size;
    char bytes[]; /* the four texts, one after the other */
};

static struct shard {
    pthread_mutex_t lock;
    size_t bytes;
    unsigned hand; /* the slot that is emptied next when the shard holds too much */
    struct cached_reply *slots[SLOTS];
    uint64_t asked[SLOTS]; /* what was asked for last, and in which generation, as one number */
} shards[SHARDS] = {
#define SHARD { .lock = PTHREAD_MUTEX_INITIALIZER }
    SHARD, SHARD, SHARD, SHARD, SHARD, SHARD, SHARD, SHARD,
    SHARD, SHARD, SHARD, SHARD, SHARD, SHARD, SHARD, SHARD,
#undef SHARD
};

static size_t size_of(const struct cached_reply *entry)
{
    return sizeof *entry + FORM_SIZE + entry->uri_size + entry->body_size + entry->warning_size + entry->caller_size;
}

/* Over the URI, begun with a piece of the caller's hash. */
static uint64_t place_of(const struct request *rq)
{
    uint64_t h;
    memcpy(&h, rq->who.key.b, sizeof h);
    h ^= (uint64_t)rq->space;
    size_t i = 0;
    for (; rq->uri.n - i >= sizeof(uint64_t); i += sizeof(uint64_t))
        h = eight_hash(h, eight_at(rq->uri.p + i));
    for (; i < rq->uri.n; i++)
        h = eight_hash(h, (unsigned char)rq->uri.p[i]);
    return h;
}

static bool is_for(const struct cached_reply *entry, const struct request *rq)
{
    return entry->space == rq->space && entry->settings == settings_number(rq->settings) &&
           entry->uri_size == rq->uri.n &&
           memcmp(&entry->caller, &rq->who.key, sizeof entry->caller) == 0 &&
           memcmp(entry->bytes, rq->uri.p, rq->uri.n) == 0;
}

static void drop_form(struct sent_form *form)
{
    if (form)
        form->drop(form);
}

static struct cached_reply *entry_of(struct shared *base)
{
    union {
        struct shared *base;
        struct cached_reply *entry;
    } whole = { .base = base };
    return whole.entry;
}

struct sent_form *reply_cache_take_form(const struct request *rq)
{
    return atomic_exchange(&entry_of(rq->cached)->form, NULL);
}

void reply_cache_put_form(const struct request *rq, struct sent_form *form)
{
    drop_form(atomic_exchange(&entry_of(rq->cached)->form, form));
}

static void drop_entry(struct shared *base)
{
    struct cached_reply *entry = entry_of(base);
    drop_form(atomic_load(&entry->form));
    free(entry);
}

/* The journal may hold on to its bytes: they need no form. */
static void empty_slot(struct shard *shard, unsigned slot)
{
    struct cached_reply *entry = shard->slots[slot];
    if (!entry)
        return;
    shard->bytes -= size_of(entry);
    shard->slots[slot] = NULL;
    drop_form(atomic_exchange(&entry->form, NULL));
    shared_release(&entry->base);
}

bool reply_cache_find(struct request *rq, uint64_t generation)
{
    const uint64_t place = place_of(rq);
    struct shard *shard = &shards[place % SHARDS];
    pthread_mutex_lock(&shard->lock);
    struct cached_reply *entry = shard->slots[place / SHARDS % SLOTS];
    const bool found = entry && entry->generation == generation && is_for(entry, rq);
    if (found)
        shared_hold(&entry->base);
    pthread_mutex_unlock(&shard->lock);
    if (!found)
        return false;
    rq->cached = &entry->base;
    rq->reply.status = entry->status;
    rq->cached_body = (struct text){ entry->bytes + entry->uri_size, entry->body_size };
    rq->reply.raw = rq->cached_body;
    rq->warning = (struct text){ rq->reply.raw.p + entry->body_size, entry->warning_size };
    rq->caller = (struct text){ rq->warning.p + entry->warning_size, entry->caller_size };
    return true;
}

static struct cached_reply *entry_new(const struct request *rq, uint64_t generation)
{
    const struct text body = reply_bytes(&rq->reply);
    struct cached_reply *entry = malloc(sizeof *entry + rq->uri.n + body.n + rq->warning.n + rq->caller.n);
    if (!entry)
        return NULL; /* a cache that cannot grow is no reason to fail */
    *entry = (struct cached_reply){ .base = { 1, drop_entry }, .generation = generation,
                                    .settings = settings_number(rq->settings),
                                    .space = rq->space, .caller = rq->who.key,
                                    .status = rq->reply.status, .uri_size = rq->uri.n, .body_size = body.n,
                                    .warning_size = rq->warning.n, .caller_size = rq->caller.n };
    const struct text texts[] = { rq->uri, body, rq->warning, rq->caller };
    char *w = entry->bytes;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        w = texts[i].n ? mempcpy(w, texts[i].p, texts[i].n) : w;
    return entry;
}

/* True from the second time on. */
static bool is_asked_again(struct shard *shard, uint64_t place, uint64_t generation)
{
    uint64_t *asked = &shard->asked[place / SHARDS % SLOTS];
    const uint64_t now = place ^ generation << 32;
    pthread_mutex_lock(&shard->lock);
    const bool again = *asked == now;
    *asked = now;
    pthread_mutex_unlock(&shard->lock);
    return again;
}

void reply_cache_keep(const struct request *rq, uint64_t generation)
{
    const size_t room = LIMIT_REPLY_CACHE / SHARDS;
    const uint64_t place = place_of(rq);
    struct shard *shard = &shards[place % SHARDS];
    if (reply_bytes(&rq->reply).n >= room / 2 || !is_asked_again(shard, place, generation))
        return;
    struct cached_reply *entry = entry_new(rq, generation);
    if (!entry)
        return;
    pthread_mutex_lock(&shard->lock);
    empty_slot(shard, (unsigned)(place / SHARDS % SLOTS));
    for (unsigned i = 0; i < SLOTS && shard->bytes + size_of(entry) > room; i++)
        empty_slot(shard, shard->hand++ % SLOTS);
    shard->slots[place / SHARDS % SLOTS] = entry;
    shard->bytes += size_of(entry);
    pthread_mutex_unlock(&shard->lock);
}

void reply_cache_clear(void)
{
    for (size_t i = 0; i < SHARDS; i++)
        for (unsigned slot = 0; slot < SLOTS; slot++)
            empty_slot(&shards[i], slot);
}
