/* Pages of a list: what is asked for, and what is told beside the rows (duvo-api.md 5.1). */
#ifndef DUVO_API_PAGE_H
#define DUVO_API_PAGE_H

#include "request/request.h"

/* The query that lists of connections and integrations share. */
struct page_query {
    struct v_text type;
    struct v_int limit, offset;
};

#define PAGE_MAX INT64_C(9007199254740991)

/* Fields of a query that has `limit` and `offset`. `rows`: how many there are on a page unless it is said, as text. */
#define PAGE_QUERY(S, rows)                                                                                            \
    FIELD_INT(S, limit, .fallback = (rows), .min = 1, .max = 100, .doc = "Rows a page"),                               \
    FIELD_INT(S, offset, .fallback = "0", .max = PAGE_MAX, .doc = "Rows to skip")

/* Fields of a reply that has `total`, `limit` and `offset`. `all` says what is counted. */
#define PAGE_TOLD(S, all)                                                                                              \
    FIELD_INT(S, total, .flags = REQUIRED, .doc = (all), .example = "1"),                                              \
    FIELD_INT(S, limit, .flags = REQUIRED, .min = 1, .max = PAGE_MAX, .doc = "Rows a page", .example = "20"),          \
    FIELD_INT(S, offset, .flags = REQUIRED, .doc = "Rows skipped", .example = "0")

/* How many of `total` rows the page has. */
size_t page_rows(struct v_int limit, struct v_int offset, int64_t total);

#endif
