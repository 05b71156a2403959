#include "space/inbox.h"

#include "base/arena.h"
#include "base/limit.h"
#include "base/memory.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* A message and all that it points to, which stands behind its headers. */
struct block {
    struct block *next;
    uint64_t number; /* grows in the space */
    size_t bytes;    /* of what was sent */
    struct inbox_message message;
    struct pair headers[];
};

struct inbox {
    struct inbox *next;
    struct block *first, **end; /* oldest first */
    size_t n;
    uint64_t dropped;
    size_t name_size;
    char name[];
};

struct inboxes {
    pthread_mutex_t lock;
    struct bell bell;
    struct inbox *first;
    size_t count, bytes;
    uint64_t number;
};

struct inboxes *inboxes_new(void)
{
    struct inboxes *inboxes = memory_kept(sizeof *inboxes);
    pthread_mutex_init(&inboxes->lock, NULL);
    bell_init(&inboxes->bell);
    return inboxes;
}

struct bell *inboxes_bell(struct inboxes *inboxes)
{
    return &inboxes->bell;
}

/* ---- one inbox, with the lock held ----------------------------------------------------------------------- */

static void drop_first(struct inboxes *inboxes, struct inbox *inbox)
{
    struct block *block = inbox->first;
    if (!block)
        return;
    inbox->first = block->next;
    if (!inbox->first)
        inbox->end = &inbox->first;
    inbox->n--;
    inboxes->bytes -= block->bytes;
    free(block);
}

static void forget_first(struct inboxes *inboxes, struct inbox *inbox)
{
    drop_first(inboxes, inbox);
    inbox->dropped++;
}

static struct inbox **place_of(struct inboxes *inboxes, struct text name)
{
    struct inbox **at = &inboxes->first;
    while (*at && !text_eq(name, (struct text){ (*at)->name, (*at)->name_size }))
        at = &(*at)->next;
    return at;
}

/* NULL: there are too many. */
static struct inbox *inbox_of(struct inboxes *inboxes, struct text name)
{
    struct inbox **at = place_of(inboxes, name);
    if (*at || inboxes->count == LIMIT_INBOXES)
        return *at;
    struct inbox *inbox = memory_kept(sizeof *inbox + name.n);
    inbox->end = &inbox->first;
    inbox->name_size = name.n;
    memcpy(inbox->name, name.p, name.n);
    inboxes->count++;
    *at = inbox;
    return inbox;
}

/* False when nothing is left to forget. */
static bool forget_oldest(struct inboxes *inboxes)
{
    struct inbox *found = NULL;
    uint64_t oldest = UINT64_MAX;
    for (struct inbox *inbox = inboxes->first; inbox; inbox = inbox->next)
        if (inbox->first && inbox->first->number < oldest) {
            oldest = inbox->first->number;
            found = inbox;
        }
    if (found)
        forget_first(inboxes, found);
    return found != NULL;
}

static void append(struct inboxes *inboxes, struct inbox *inbox, struct block *block)
{
    block->number = ++inboxes->number;
    *inbox->end = block;
    inbox->end = &block->next;
    inbox->n++;
    inboxes->bytes += block->bytes;
    if (inbox->n > LIMIT_INBOX_MESSAGES)
        forget_first(inboxes, inbox);
    while (inboxes->bytes > LIMIT_INBOX_BYTES && forget_oldest(inboxes))
        continue;
}

/* ---- adding ---------------------------------------------------------------------------------------------- */

static size_t bytes_of(const struct inbox_message *message)
{
    size_t bytes = message->uri.n + message->body.n;
    for (size_t i = 0; i < message->header_count; i++)
        bytes += message->headers[i].name.n + message->headers[i].value.n;
    return bytes;
}

static struct text pack(char **to, struct text t)
{
    char *at = *to;
    if (t.n)
        memcpy(at, t.p, t.n);
    *to += t.n;
    return (struct text){ at, t.n };
}

/* All of it behind what `headers` has room for. */
static struct inbox_message pack_message(struct pair *headers, const struct inbox_message *from)
{
    char *to = (char *)(headers + from->header_count);
    struct inbox_message ret = *from;
    ret.headers = headers;
    for (size_t i = 0; i < from->header_count; i++)
        headers[i] = (struct pair){ pack(&to, from->headers[i].name), pack(&to, from->headers[i].value) };
    ret.uri = pack(&to, from->uri);
    ret.body = pack(&to, from->body);
    return ret;
}

bool inboxes_add(struct inboxes *inboxes, struct text name, const struct inbox_message *message)
{
    const size_t bytes = bytes_of(message), headers = message->header_count * sizeof(struct pair);
    struct block *block = memory_get(sizeof *block + headers + bytes);
    *block = (struct block){ .bytes = bytes };
    block->message = pack_message(block->headers, message);
    pthread_mutex_lock(&inboxes->lock);
    struct inbox *inbox = inbox_of(inboxes, name);
    if (inbox)
        append(inboxes, inbox, block);
    pthread_mutex_unlock(&inboxes->lock);
    if (!inbox)
        free(block);
    else
        bell_ring(&inboxes->bell);
    return inbox != NULL;
}

/* ---- reading --------------------------------------------------------------------------------------------- */

struct reading {
    struct inboxes *inboxes;
    struct arena *arena;
    struct text name;
    size_t max;
    struct inbox_view view;
};

static void copy_newest(void *cls)
{
    struct reading *r = cls;
    const struct inbox *inbox = *place_of(r->inboxes, r->name);
    if (!inbox)
        return;
    size_t skip = inbox->n > r->max ? inbox->n - r->max : 0;
    r->view = (struct inbox_view){ .total = inbox->n, .dropped = inbox->dropped };
    r->view.messages = ARENA_ARRAY(r->arena, inbox->n - skip, struct inbox_message);
    for (const struct block *block = inbox->first; block; block = block->next) {
        const struct inbox_message *from = &block->message;
        if (skip) {
            skip--;
            continue;
        }
        struct pair *headers = arena_alloc(r->arena, from->header_count * sizeof *headers + block->bytes);
        r->view.messages[r->view.n++] = pack_message(headers, from);
    }
}

struct inbox_view inboxes_read(struct inboxes *inboxes, struct arena *arena, struct text name, size_t max)
{
    struct reading reading = { .inboxes = inboxes, .arena = arena, .name = name, .max = max };
    memory_locked(&inboxes->lock, copy_newest, &reading);
    return reading.view;
}

struct listing {
    struct inboxes *inboxes;
    struct arena *arena;
    struct inbox_line *lines;
    size_t n;
};

static void copy_lines(void *cls)
{
    struct listing *l = cls;
    l->lines = ARENA_ARRAY(l->arena, l->inboxes->count, struct inbox_line);
    for (const struct inbox *inbox = l->inboxes->first; inbox; inbox = inbox->next) {
        struct inbox_line *line = &l->lines[l->n++];
        *line = (struct inbox_line){ .total = inbox->n, .dropped = inbox->dropped };
        line->name = text_copy(l->arena, (struct text){ inbox->name, inbox->name_size });
        for (const struct block *block = inbox->first; block; block = block->next)
            line->last_at = block->message.at;
    }
}

const struct inbox_line *inboxes_list(struct inboxes *inboxes, struct arena *arena, size_t *ret_n)
{
    struct listing listing = { .inboxes = inboxes, .arena = arena };
    memory_locked(&inboxes->lock, copy_lines, &listing);
    *ret_n = listing.n;
    return listing.lines;
}

/* ---- forgetting ------------------------------------------------------------------------------------------ */

static void remove_at(struct inboxes *inboxes, struct inbox **at)
{
    struct inbox *inbox = *at;
    while (inbox->first)
        drop_first(inboxes, inbox);
    *at = inbox->next;
    inboxes->count--;
    free(inbox);
}

void inboxes_clear(struct inboxes *inboxes, struct text name)
{
    pthread_mutex_lock(&inboxes->lock);
    struct inbox **at = name.p ? place_of(inboxes, name) : &inboxes->first;
    while (*at) {
        remove_at(inboxes, at);
        if (name.p)
            break;
    }
    pthread_mutex_unlock(&inboxes->lock);
    bell_ring(&inboxes->bell);
}

void inboxes_free(struct inboxes *inboxes)
{
    if (!inboxes)
        return;
    inboxes_clear(inboxes, (struct text){ NULL, 0 });
    bell_clear(&inboxes->bell);
    pthread_mutex_destroy(&inboxes->lock);
    free(inboxes);
}
