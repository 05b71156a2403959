#include "space/journal.h"

#include "base/arena.h"
#include "base/memory.h"
#include "request/route.h"
#include "space/journal_block.h"

#include <pthread.h>
#include <stdlib.h>

/* `slots` is a ring: the oldest entry stands at `head`, and their numbers grow. Its room is a power of two. */
struct journal {
    size_t max;
    char apart[CACHE_LINE];
    pthread_mutex_t lock;
    struct bell bell;
    size_t size;
    uint64_t number, removals;
    struct journal_slot *slots;
    size_t head, n, room;
    struct {
        size_t size;    /* of all bodies of this kind */
        size_t next;    /* the first entry whose body may still be there, counted from the oldest */
    } bodies[BODY_PARTS];
    struct journal_dropped *dropped;
    size_t dropped_n, dropped_room;
};

struct journal *journal_new(size_t max)
{
    struct journal *journal = memory_kept(sizeof *journal);
    pthread_mutex_init(&journal->lock, NULL);
    bell_init(&journal->bell);
    journal->max = max;
    return journal;
}

bool journal_is_on(const struct journal *journal)
{
    return journal->max > 0;
}

struct bell *journal_bell(struct journal *journal)
{
    return &journal->bell;
}

/* ---- the ring, with the lock held --------------------------------------------------------------------------- */

static struct journal_slot *slot_at(const struct journal *journal, size_t i)
{
    return &journal->slots[(journal->head + i) & (journal->room - 1)];
}

static const struct journal_entry *entry_at(const struct journal *journal, size_t i)
{
    return journal_slot_entry(slot_at(journal, i));
}

/* The place of the first entry past that number. As long as none was taken out from between, numbers follow each
 * other. */
static size_t place_after(const struct journal *journal, uint64_t number)
{
    size_t low = 0, high = journal->n;
    const uint64_t first = high ? slot_at(journal, 0)->number : 0;
    const uint64_t likely = number < first ? 0 : number - first + 1;
    if (likely <= high && (!likely || slot_at(journal, (size_t)likely - 1)->number == number))
        return (size_t)likely;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (slot_at(journal, middle)->number <= number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What nobody finds any more, to be freed once the lock is given up: others wait for it meanwhile. */
struct rubbish {
    struct journal_block *blocks;
    struct shared *bodies[8];
    size_t n;
};

static void free_rubbish(struct rubbish *rubbish)
{
    for (struct journal_block *block = rubbish->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    for (size_t i = 0; i < rubbish->n; i++)
        shared_release(rubbish->bodies[i]);
    *rubbish = (struct rubbish){ .n = 0 };
}

/* True when it was there. */
static bool take_body(struct journal *journal, struct journal_slot *slot, enum body_part which, struct rubbish *rubbish)
{
    struct journal_part *part = &slot->parts[which];
    if (!part->owner)
        return false;
    journal->size -= part->size;
    journal->bodies[which].size -= part->size;
    if (rubbish->n == sizeof rubbish->bodies / sizeof rubbish->bodies[0])
        free_rubbish(rubbish);
    rubbish->bodies[rubbish->n++] = part->owner;
    part->owner = NULL;
    return true;
}

static void take_block(struct journal *journal, struct journal_slot *slot, struct rubbish *rubbish)
{
    take_body(journal, slot, BODY_REPLY, rubbish);
    take_body(journal, slot, BODY_REQUEST, rubbish);
    journal->size -= slot->size;
    slot->block->next = rubbish->blocks;
    rubbish->blocks = slot->block;
}

/* ---- forgetting, with the lock held ------------------------------------------------------------------------- */

static struct journal_dropped *dropped_of(struct journal *journal, const struct route *route, enum origin origin)
{
    struct journal_dropped *all = journal->dropped;
    for (size_t i = 0; i < journal->dropped_n; i++)
        if (all[i].route == route && all[i].origin == origin) {
            const struct journal_dropped found = all[i];
            all[i] = all[0]; /* the next one is likely to be of the same kind */
            all[0] = found;
            return &all[0];
        }
    if (journal->dropped_n == journal->dropped_room) {
        journal->dropped_room += 16;
        journal->dropped = all = memory_kept_again(all, journal->dropped_room * sizeof *all);
    }
    all[journal->dropped_n] = (struct journal_dropped){ .route = route, .origin = origin };
    return &all[journal->dropped_n++];
}

static void count_dropped(struct journal *journal, const struct route *route, enum origin origin, uint64_t number)
{
    struct journal_dropped *dropped = dropped_of(journal, route, origin);
    dropped->count++;
    dropped->newest = number;
}

static void drop_oldest(struct journal *journal, struct rubbish *rubbish)
{
    struct journal_slot *slot = slot_at(journal, 0);
    count_dropped(journal, slot->route, slot->origin, slot->number);
    take_block(journal, slot, rubbish);
    journal->head = (journal->head + 1) & (journal->room - 1);
    journal->n--;
    for (enum body_part part = BODY_REPLY; part < BODY_PARTS; part++)
        journal->bodies[part].next -= journal->bodies[part].next > 0;
}

/* For want of memory, too, the oldest makes room. */
static void make_room(struct journal *journal, struct rubbish *rubbish)
{
    enum { FIRST_ROOM = 8 };
    if (journal->n < journal->room)
        return;
    const size_t room = journal->room ? 2 * journal->room : FIRST_ROOM;
    struct journal_slot *slots = journal->room ? calloc(room, sizeof *slots) : memory_kept(room * sizeof *slots);
    if (!slots) {
        drop_oldest(journal, rubbish);
        return;
    }
    for (size_t i = 0; i < journal->n; i++)
        slots[i] = *slot_at(journal, i);
    free(journal->slots);
    journal->slots = slots;
    journal->room = room;
    journal->head = 0;
}

/* True when the oldest body of this kind went. An entry's request stays for as long as its reply does. */
static bool lose_body(struct journal *journal, enum body_part part, struct rubbish *rubbish)
{
    if (journal->bodies[part].size <= journal->max / JOURNAL_SPARED)
        return false;
    while (journal->bodies[part].next < journal->n) {
        struct journal_slot *slot = slot_at(journal, journal->bodies[part].next++);
        if (!slot->parts[part].owner)
            continue;
        for (enum body_part also = BODY_REPLY; also <= part; also++)
            slot->parts[also].lost |= take_body(journal, slot, also, rubbish);
        return true;
    }
    return false;
}

static void keep_within_bounds(struct journal *journal, struct rubbish *rubbish)
{
    while (journal->size > journal->max)
        if (!lose_body(journal, BODY_REPLY, rubbish) && !lose_body(journal, BODY_REQUEST, rubbish))
            drop_oldest(journal, rubbish);
}

struct count {
    const struct journal *journal;
    void (*see)(void *cls, const struct journal_dropped *dropped);
    void *cls;
};

static void see_dropped(void *cls)
{
    const struct count *count = cls;
    for (size_t i = 0; i < count->journal->dropped_n; i++)
        count->see(count->cls, &count->journal->dropped[i]);
}

void journal_each_dropped(struct journal *journal, void (*see)(void *cls, const struct journal_dropped *dropped),
                          void *cls)
{
    memory_locked(&journal->lock, see_dropped, &(struct count){ journal, see, cls });
}

/* ---- taking out ---------------------------------------------------------------------------------------------- */

struct removal {
    struct journal *journal;
    bool (*wanted)(void *cls, const struct journal_entry *entry);
    void *cls;
    size_t seen, kept;
    struct rubbish rubbish;
};

static void take_out(void *cls)
{
    struct removal *r = cls;
    for (; r->seen < r->journal->n; r->seen++) {
        struct journal_slot *slot = slot_at(r->journal, r->seen);
        if (!r->wanted || r->wanted(r->cls, journal_slot_entry(slot)))
            take_block(r->journal, slot, &r->rubbish);
        else
            *slot_at(r->journal, r->kept++) = *slot;
    }
}

/* What `wanted` could not be asked about, for want of memory, stays. */
void journal_remove(struct journal *journal, bool (*wanted)(void *cls, const struct journal_entry *entry), void *cls)
{
    struct removal r = { .journal = journal, .wanted = wanted, .cls = cls };
    pthread_mutex_lock(&journal->lock);
    const bool done = memory_try(take_out, &r);
    for (; r.seen < journal->n; r.seen++)
        *slot_at(journal, r.kept++) = *slot_at(journal, r.seen);
    journal->n = r.kept;
    journal->removals++;
    for (enum body_part part = BODY_REPLY; part < BODY_PARTS; part++)
        journal->bodies[part].next = 0;
    if (!wanted)
        journal->dropped_n = 0;
    pthread_mutex_unlock(&journal->lock);
    free_rubbish(&r.rubbish);
    bell_ring(&journal->bell);
    if (!done)
        memory_out();
}

void journal_free(struct journal *journal)
{
    if (!journal)
        return;
    journal_remove(journal, NULL, NULL);
    bell_clear(&journal->bell);
    pthread_mutex_destroy(&journal->lock);
    free(journal->slots);
    free(journal->dropped);
    free(journal);
}

/* ---- adding --------------------------------------------------------------------------------------------- */

/* Of the mock's own addresses only those that stand for other people's servers. */
static bool is_kept(struct text target)
{
    static const char *const played[] = { "/_mock/oauth/authorize/", "/_mock/composio/", "/_mock/mcp/", NULL };
    if (text_eq(target, T("/_mock")) || text_eq(target, T("/health")))
        return false;
    return !text_starts(target, T("/_mock/")) || text_starts_any(target, played);
}

bool journal_keeps(const struct route *route)
{
    return is_kept(text_of(route->path));
}

/* With the lock held. */
static void append(struct journal *journal, const struct journal_slot *slot, struct rubbish *rubbish)
{
    make_room(journal, rubbish);
    struct journal_slot *to = slot_at(journal, journal->n++);
    *to = *slot;
    to->number = journal->number;
    journal->size += slot->size;
    for (enum body_part part = BODY_REPLY; part < BODY_PARTS; part++) {
        const size_t size = journal_part_held(&slot->parts[part]);
        journal->size += size;
        journal->bodies[part].size += size;
    }
    keep_within_bounds(journal, rubbish);
}

/* For want of memory, as for want of room, an entry is forgotten at once. */
void journal_add(struct journal *journal, const struct request *rq)
{
    struct journal_slot slot;
    struct rubbish rubbish = { .n = 0 };
    if (!is_kept(rq->target))
        return;
    const bool kept = journal->max && journal_slot_fill(&slot, rq);
    pthread_mutex_lock(&journal->lock);
    journal->number++;
    if (kept)
        append(journal, &slot, &rubbish);
    else
        count_dropped(journal, rq->route, rq->origin, journal->number);
    pthread_mutex_unlock(&journal->lock);
    free_rubbish(&rubbish);
    bell_ring(&journal->bell);
}

/* ---- reading --------------------------------------------------------------------------------------------- */

struct walk {
    const struct journal *journal;
    bool (*see)(void *cls, const struct journal_entry *entry);
    void *cls;
};

static void see_entries(void *cls)
{
    const struct walk *walk = cls;
    for (size_t i = 0; i < walk->journal->n && walk->see(walk->cls, entry_at(walk->journal, i)); i++)
        ;
}

void journal_walk(struct journal *journal, bool (*see)(void *cls, const struct journal_entry *entry), void *cls)
{
    memory_locked(&journal->lock, see_entries, &(struct walk){ journal, see, cls });
}

/* With the lock held. */
static void read_dropped(const struct journal *journal, struct journal_reader *reader)
{
    for (size_t i = 0; i < journal->dropped_n; i++)
        if (journal->dropped[i].newest > reader->number)
            reader->miss(reader->cls, &journal->dropped[i]);
}

/* With the lock held: a few; whether there are more. */
static bool read_some(const struct journal *journal, struct journal_reader *reader)
{
    enum { FEW = 64 };
    const size_t from = place_after(journal, reader->number), left = journal->n - from;
    const size_t end = left > FEW ? from + FEW : journal->n;
    for (size_t i = from; i < end; i++)
        reader->see(reader->cls, entry_at(journal, i));
    reader->number = left > FEW ? slot_at(journal, end - 1)->number : journal->number;
    return left > FEW;
}

struct reading {
    const struct journal *journal;
    struct journal_reader *reader;
    bool more;
};

static void read_on(void *cls)
{
    struct reading *reading = cls;
    struct journal_reader *reader = reading->reader;
    if (!reader->number || reader->removals != reading->journal->removals) {
        reader->removals = reading->journal->removals;
        reader->number = 0;
        reader->begin(reader->cls);
    }
    read_dropped(reading->journal, reader);
    reading->more = read_some(reading->journal, reader);
}

void journal_read(struct journal *journal, struct journal_reader *reader)
{
    struct reading reading = { journal, reader, true };
    while (reading.more)
        memory_locked(&journal->lock, read_on, &reading);
}

static struct pair *copy_headers(struct arena *arena, const struct pair *headers, size_t n)
{
    struct pair *copies = ARENA_ARRAY(arena, n, struct pair);
    for (size_t i = 0; i < n; i++)
        copies[i] = (struct pair){ text_copy(arena, headers[i].name), text_copy(arena, headers[i].value) };
    return copies;
}

static struct text copy(struct arena *arena, struct text t)
{
    return t.p ? text_copy(arena, t) : t;
}

struct journal_entry *journal_copy(struct arena *arena, const struct journal_entry *entry)
{
    struct journal_entry *to = ARENA_NEW(arena, struct journal_entry);
    *to = *entry;
    to->fault = copy(arena, entry->fault);
    to->caller = copy(arena, entry->caller);
    to->id = copy(arena, entry->id);
    to->method = copy(arena, entry->method);
    to->uri = copy(arena, entry->uri);
    to->target = copy(arena, entry->target);
    to->warning = copy(arena, entry->warning);
    to->request_body.bytes = copy(arena, entry->request_body.bytes);
    to->reply_body.bytes = copy(arena, entry->reply_body.bytes);
    to->request_headers = copy_headers(arena, entry->request_headers, entry->request_header_count);
    to->reply_headers = copy_headers(arena, entry->reply_headers, entry->reply_header_count);
    return to;
}

struct lookup {
    const struct journal *journal;
    uint64_t number;
    struct arena *arena;
    struct journal_entry *found;
};

static void copy_entry(void *cls)
{
    struct lookup *l = cls;
    const size_t at = place_after(l->journal, l->number - 1);
    if (at < l->journal->n && slot_at(l->journal, at)->number == l->number)
        l->found = journal_copy(l->arena, entry_at(l->journal, at));
}

struct journal_entry *journal_find(struct journal *journal, uint64_t number, struct arena *arena)
{
    struct lookup l = { journal, number, arena, NULL };
    memory_locked(&journal->lock, copy_entry, &l);
    return l.found;
}
