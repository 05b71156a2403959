/* Anchors: the order of the list of connections. A page at any offset costs about the same: the position of every
 * ANCHOR_STEPth connection that a page came by, and how many there are, is remembered for as long as no connection is
 * written, so that the next page starts near its first row instead of counting down from the newest.
 *
 * What it buys: a page of 20 at offset 9,000 takes 1.0 million instructions instead of 32 million (callgrind, the whole
 * process). `BENCH_ONLY=deep make bench` shows it: a deep page beside the first one. */
#ifndef DUVO_API_ANCHORS_H
#define DUVO_API_ANCHORS_H

#include "request/request.h"

/* A page's rows, newest first. */
struct list_page {
    int64_t total; /* of the list */
    size_t n;
    int64_t *rowids;
};

/* Of the caller's list, of that type if it is set. */
struct list_page anchors_page(const struct request *rq, struct v_text type, int64_t limit, int64_t offset);

#endif
