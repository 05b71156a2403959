/* Told: what came of a form that the console sent without its script. It is kept until the page that follows shows it,
 * once, under an id that nobody can guess: none of it is in a URL. */
#ifndef DUVO_CONTROL_TOLD_H
#define DUVO_CONTROL_TOLD_H

#include "request/request.h"

struct told {
    struct text text;   /* a line for people */
    struct text answer; /* what the call answered, where the page shows that; may be unset */
    bool failed;
};

/* Keeps a copy of it in memory, for the request's space, and answers its id, in the arena. Of more than LIMIT_TOLD of a
 * space its oldest are forgotten, of more than LIMIT_TOLD_ALL the oldest of all. Unset: there is no memory for it. */
struct text told_keep(struct request *rq, const struct told *told);
/* Takes it out, into the request's arena; a HEAD, whose reply shows nothing, leaves it there. False: there is none of
 * that id in the request's space any more. */
bool told_take(struct request *rq, struct text id, struct told *ret);

#endif
