/* Listings: pages of lists whose rows' texts, and mostly their order, are kept for the next reader (listed.def). */
#ifndef DUVO_API_LISTING_H
#define DUVO_API_LISTING_H

#include "api/common.h"
#include "store/orders.h"

struct page_source {
    enum listed listed;
    const struct spec *spec; /* of a row */
    enum sql at;             /* row ?2: whether its text may be kept, and the spec's columns */
    enum list_order order;        /* by which `lists` are kept; or ORDER_NONE */
    struct order_lists lists;
    /* Where the order is not known: how many there are, and the rows' numbers, as list_page has them. */
    enum sql count, page;
    const struct param *with;
};

struct listed_page {
    struct v_rows rows;
    struct v_int total;
};

/* The page of this transaction's snapshot, to be written before that ends. */
struct listed_page listing_read(struct request *rq, const struct page_source *listing, const struct page_range *page);
/* Answers with it. */
enum err listing_page(struct request *rq, struct reply *rp, const struct page_source *listing,
                      const struct page_range *page);

#endif
