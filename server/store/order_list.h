/* Order lists: rows of several lists in their order, from which the n-th is found, and a row taken out by its number
 * alone. In memory, and not safe in several threads.
 *
 * A list is a row of blocks, and the number of rows before each block is kept, so that a place is found by halving. */
#ifndef DUVO_STORE_ORDER_LIST_H
#define DUVO_STORE_ORDER_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A row: newer ones have a larger `at`, or the same and a larger `seq`. */
struct placed {
    int64_t at, seq, rowid;
};

bool placed_is_newer(const struct placed *a, const struct placed *b);

enum { ORDER_KEY_MAX = 256 };

/* What tells lists apart. */
struct order_key {
    size_t n;
    unsigned char bytes[ORDER_KEY_MAX];
};

struct order_list;

/* Lists of one order: a row is in one of them at most. Zeroed, it has none. */
struct order_map {
    struct order_list *lists;
    size_t list_count;
    int64_t rows; /* of all */
    unsigned long clock;
    struct whereabouts *where; /* what block a row is in */
};

/* Takes all lists away. */
void order_map_clear(struct order_map *map);
/* NULL when there is none; one that is asked for is the last to go. */
struct order_list *order_list_find(struct order_map *map, const struct order_key *key);
/* A list of those rows, the oldest first; the least recently used goes when there are too many. False for want of
 * memory: the map has to be cleared then. */
bool order_list_add(struct order_map *map, const struct order_key *key, const struct placed *rows, size_t n);
/* False for want of memory, as above. */
bool order_list_insert(struct order_map *map, struct order_list *list, struct placed row);
/* From the list that it is in, if it is in one. */
void order_map_remove(struct order_map *map, int64_t rowid);

int64_t order_list_total(const struct order_list *list);
/* Copies up to `n` rows from position `from` (0 is the newest) on; how many there were. */
size_t order_list_copy(struct order_list *list, int64_t from, size_t n, struct placed *ret);

#endif
