/* Pages: the query that lists share (duvo-api.md 5.1), by integration type, limit and offset. */
#ifndef DUVO_API_PAGE_H
#define DUVO_API_PAGE_H

#include "request.h"

struct page_query {
    struct v_text type;
    struct v_int limit, offset;
};

/* How many of `total` rows the page has. */
size_t page_rows(const struct page_query *page, int64_t total);

#endif
