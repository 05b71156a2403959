#include "store/order_list.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_ROWS = 128, LISTS_MAX = 256, PAGE_ROWS = 64, BUCKETS = 4096 /* to begin with */ };

struct block {
    struct order_list *list;
    size_t n;
    struct placed v[BLOCK_ROWS]; /* the oldest first */
};

struct order_list {
    struct order_list *next;
    struct order_key key;
    unsigned long used;
    int64_t total;
    struct block **blocks; /* the oldest first, none empty */
    int64_t *before;       /* rows in the blocks before each */
    size_t n, room;
    size_t known; /* how many of `before` are right */
};

bool placed_is_newer(const struct placed *a, const struct placed *b)
{
    if (a->at != b->at)
        return a->at > b->at;
    return a->seq != b->seq ? a->seq > b->seq : a->rowid > b->rowid;
}

/* ---- where rows are -------------------------------------------------------------------------------------- */

/* Numbers of rows are close to each other: a page has the blocks of PAGE_ROWS of them. */
struct where_page {
    struct where_page *next;
    int64_t number;
    size_t used;
    struct block *blocks[PAGE_ROWS];
};

struct whereabouts {
    size_t pages, buckets;
    struct where_page *v[];
};

static struct where_page **bucket_of(struct whereabouts *where, int64_t number)
{
    return &where->v[(uint64_t)number % where->buckets];
}

static struct whereabouts *where_new(size_t buckets)
{
    struct whereabouts *where = calloc(1, sizeof *where + buckets * sizeof where->v[0]);
    if (where)
        where->buckets = buckets;
    return where;
}

/* Without memory for more buckets their chains get longer. */
static void grow(struct order_map *map)
{
    struct whereabouts *old = map->where, *new = where_new(4 * old->buckets);
    if (!new)
        return;
    for (size_t i = 0; i < old->buckets; i++)
        for (struct where_page *page = old->v[i], *next; page; page = next) {
            struct where_page **bucket = bucket_of(new, page->number);
            next = page->next;
            page->next = *bucket;
            *bucket = page;
        }
    new->pages = old->pages;
    map->where = new;
    free(old);
}

/* The link to the page, or to where it would be. */
static struct where_page **find_page(struct whereabouts *where, int64_t number)
{
    struct where_page **link = bucket_of(where, number);
    while (*link && (*link)->number != number)
        link = &(*link)->next;
    return link;
}

static struct where_page *page_for(struct order_map *map, int64_t number)
{
    if (!map->where && !(map->where = where_new(BUCKETS)))
        return NULL;
    if (map->where->pages > 2 * map->where->buckets)
        grow(map);
    struct where_page **link = find_page(map->where, number);
    if (!*link && (*link = calloc(1, sizeof **link)) != NULL) {
        (*link)->number = number;
        map->where->pages++;
    }
    return *link;
}

static struct block **place_in(struct where_page *page, int64_t rowid)
{
    return &page->blocks[(uint64_t)rowid % PAGE_ROWS];
}

static bool set_where(struct order_map *map, int64_t rowid, struct block *block)
{
    struct where_page *page = page_for(map, rowid / PAGE_ROWS);
    if (!page)
        return false;
    struct block **at = place_in(page, rowid);
    page->used += !*at;
    *at = block;
    return true;
}

static struct block *take_where(struct order_map *map, int64_t rowid)
{
    struct where_page **link = map->where ? find_page(map->where, rowid / PAGE_ROWS) : NULL;
    struct where_page *page = link ? *link : NULL;
    struct block *block = page ? *place_in(page, rowid) : NULL;
    if (!block)
        return NULL;
    *place_in(page, rowid) = NULL;
    if (--page->used == 0) {
        *link = page->next;
        free(page);
        map->where->pages--;
    }
    return block;
}

static void where_free(struct whereabouts *where)
{
    for (size_t i = 0; where && i < where->buckets; i++)
        for (struct where_page *page = where->v[i], *next; page; page = next) {
            next = page->next;
            free(page);
        }
    free(where);
}

/* ---- lists ----------------------------------------------------------------------------------------------- */

static void list_free(struct order_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->blocks[i]);
    free(list->blocks);
    free(list->before);
    free(list);
}

void order_map_clear(struct order_map *map)
{
    for (struct order_list *list = map->lists, *next; list; list = next) {
        next = list->next;
        list_free(list);
    }
    where_free(map->where);
    *map = (struct order_map){ .clock = map->clock };
}

struct order_list *order_list_find(struct order_map *map, const struct order_key *key)
{
    struct order_list *list = map->lists;
    while (list && (list->key.n != key->n || memcmp(list->key.bytes, key->bytes, key->n) != 0))
        list = list->next;
    if (list)
        list->used = ++map->clock;
    return list;
}

static void drop_oldest(struct order_map *map)
{
    struct order_list **oldest = &map->lists;
    for (struct order_list **link = oldest; *link; link = &(*link)->next)
        if ((*link)->used < (*oldest)->used)
            oldest = link;
    struct order_list *list = *oldest;
    *oldest = list->next;
    map->list_count--;
    map->rows -= list->total;
    for (size_t i = 0; i < list->n; i++)
        for (size_t k = 0; k < list->blocks[i]->n; k++)
            take_where(map, list->blocks[i]->v[k].rowid);
    list_free(list);
}

static bool has_room(struct order_list *list)
{
    const size_t room = list->room ? 2 * list->room : 4;
    if (list->n < list->room)
        return true;
    struct block **blocks = realloc(list->blocks, room * sizeof *blocks);
    if (blocks)
        list->blocks = blocks;
    int64_t *before = blocks ? realloc(list->before, room * sizeof *before) : NULL;
    if (!before)
        return false;
    list->before = before;
    list->room = room;
    return true;
}

/* A new one at that place; NULL for want of memory. */
static struct block *add_block(struct order_list *list, size_t place)
{
    struct block *block = has_room(list) ? malloc(sizeof *block) : NULL;
    if (!block)
        return NULL;
    block->list = list;
    block->n = 0;
    memmove(list->blocks + place + 1, list->blocks + place, (list->n - place) * sizeof list->blocks[0]);
    list->blocks[place] = block;
    list->n++;
    if (list->known > place)
        list->known = place;
    return block;
}

static void remove_block(struct order_list *list, size_t place)
{
    free(list->blocks[place]);
    list->n--;
    memmove(list->blocks + place, list->blocks + place + 1, (list->n - place) * sizeof list->blocks[0]);
    if (list->known > place)
        list->known = place;
}

/* Rows were added to the block, or taken from it. */
static void counts_change(struct order_map *map, struct order_list *list, size_t place, int by)
{
    list->total += by;
    map->rows += by;
    if (list->known > place + 1)
        list->known = place + 1;
}

/* The block that a row belongs to: the last that begins with it or an older one, or else the first. */
static size_t place_of(const struct order_list *list, const struct placed *row)
{
    size_t low = 0, high = list->n;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (placed_is_newer(&list->blocks[middle]->v[0], row))
            high = middle;
        else
            low = middle;
    }
    return low;
}

/* Half of a full block goes into one behind it. */
static bool split(struct order_map *map, struct order_list *list, size_t place)
{
    struct block *full = list->blocks[place], *rest = add_block(list, place + 1);
    const size_t stays = place + 2 == list->n ? BLOCK_ROWS - 1 : BLOCK_ROWS / 2; /* most come as the newest */
    if (!rest)
        return false;
    rest->n = full->n - stays;
    full->n = stays;
    memcpy(rest->v, full->v + stays, rest->n * sizeof rest->v[0]);
    for (size_t i = 0; i < rest->n; i++)
        if (!set_where(map, rest->v[i].rowid, rest))
            return false;
    return true;
}

static void put(struct block *block, struct placed row)
{
    size_t i = block->n++;
    for (; i && placed_is_newer(&block->v[i - 1], &row); i--)
        block->v[i] = block->v[i - 1];
    block->v[i] = row;
}

bool order_list_insert(struct order_map *map, struct order_list *list, struct placed row)
{
    if (!list->n && !add_block(list, 0))
        return false;
    size_t place = place_of(list, &row);
    if (list->blocks[place]->n == BLOCK_ROWS) {
        if (!split(map, list, place))
            return false;
        place = place_of(list, &row);
    }
    put(list->blocks[place], row);
    counts_change(map, list, place, 1);
    return set_where(map, row.rowid, list->blocks[place]);
}

void order_map_remove(struct order_map *map, int64_t rowid)
{
    struct block *block = take_where(map, rowid);
    size_t i = 0;
    if (!block)
        return;
    while (block->v[i].rowid != rowid)
        i++;
    struct order_list *list = block->list;
    const size_t place = place_of(list, &block->v[i]);
    block->n--;
    memmove(block->v + i, block->v + i + 1, (block->n - i) * sizeof block->v[0]);
    counts_change(map, list, place, -1);
    if (!block->n)
        remove_block(list, place);
}

bool order_list_add(struct order_map *map, const struct order_key *key, const struct placed *rows, size_t n)
{
    struct order_list *list = calloc(1, sizeof *list);
    if (!list)
        return false;
    if (map->list_count == LISTS_MAX)
        drop_oldest(map);
    list->key = *key;
    list->used = ++map->clock;
    list->next = map->lists;
    map->lists = list;
    map->list_count++;
    for (size_t i = 0; i < n; i++) {
        order_map_remove(map, rows[i].rowid); /* from a list that has learned of a later change */
        if (!order_list_insert(map, list, rows[i]))
            return false;
    }
    return true;
}

int64_t order_list_total(const struct order_list *list)
{
    return list->total;
}

static void count_before(struct order_list *list)
{
    for (; list->known < list->n; list->known++)
        list->before[list->known] =
            list->known ? list->before[list->known - 1] + (int64_t)list->blocks[list->known - 1]->n : 0;
}

/* The block with the row that has so many before it. */
static size_t block_at(const struct order_list *list, int64_t older)
{
    size_t low = 0, high = list->n;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (list->before[middle] > older)
            high = middle;
        else
            low = middle;
    }
    return low;
}

size_t order_list_copy(struct order_list *list, int64_t from, size_t n, struct placed *ret)
{
    if (from >= list->total)
        return 0;
    if (n > (size_t)(list->total - from))
        n = (size_t)(list->total - from);
    count_before(list);
    const int64_t older = list->total - 1 - from;
    size_t place = block_at(list, older), row = (size_t)(older - list->before[place]);
    for (size_t i = 0; i < n; i++) {
        ret[i] = list->blocks[place]->v[row];
        if (row == 0 && place > 0)
            row = list->blocks[--place]->n;
        row--;
    }
    return n;
}
