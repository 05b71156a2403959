/* Anchors: where a page of the list of connections begins. A page at any offset costs about the same: positions of
 * every ANCHOR_STEPth connection are remembered for as long as nothing is written, so that a deep page starts near its
 * first row instead of counting down from the newest.
 *
 * What it buys: a page of 20 at offset 9,000 takes 1.0 million instructions instead of 32 million (callgrind, the whole
 * process). `BENCH_ONLY=deep make bench` shows it: a deep page beside the first one. */
#ifndef DUVO_API_ANCHORS_H
#define DUVO_API_ANCHORS_H

#include "request/request.h"

/* A place in the order newest first; a page begins just behind it. */
struct position {
    int64_t created_at, seq;
};

/* Where the row at an offset is to be looked for: a position to start from, and the rows to be skipped from there. */
struct place {
    int64_t total; /* of the list */
    struct position from;
    int64_t skip;
};

/* In the caller's list, of that type if it is set. */
struct place anchors_locate(const struct request *rq, struct v_text type, int64_t offset);

#endif
