/* Miss: the message of a failed verification, complete enough for a CI log: the expectation, the number of
 * requests, and the nearest request with every member that differs. Secrets are masked. */
#ifndef DUVO_CONTROL_MISS_H
#define DUVO_CONTROL_MISS_H

#include "space/match.h"

/* How many requests. */
struct expected {
    int64_t min, max;
    bool has_max;
};

/* How near an entry came to a match: what members of its request line hold weighs more than the others. */
struct nearness {
    uint64_t number; /* of the entry */
    unsigned place, held;
    bool counts; /* it is of an origin that is asked for */
};

/* What the journal has so far. */
struct tally {
    const struct match *match;
    int64_t matched;
    uint64_t last;   /* number of the last that did */
    int64_t unknown; /* entries of which the body is lost that decides it */
    bool dropped;    /* entries that may have matched were forgotten before they were looked at */
    struct nearness nearest; /* of those that do not match; the newest of several; number 0: there is none */
};

enum verdict { VERDICT_OPEN, VERDICT_MET, VERDICT_TOO_FEW, VERDICT_TOO_MANY, VERDICT_UNKNOWN };

/* The error of a verdict that is neither VERDICT_OPEN nor VERDICT_MET, with its message. */
enum err miss_refuse(struct request *rq, enum verdict verdict, const struct tally *tally,
                     const struct expected *expected);

/* The same of events, whose number is all that the tally has. */
enum err miss_refuse_events(struct request *rq, enum verdict verdict, const struct tally *tally,
                            const struct expected *expected);

#endif
