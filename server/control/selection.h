/* Selection: the newest entries of a journal that are asked for, a page of them, and how many there are in all. */
#ifndef DUVO_CONTROL_SELECTION_H
#define DUVO_CONTROL_SELECTION_H

#include "space/match.h"
#include "spec/redact.h"

struct selection {
    /* What is asked for. */
    struct match match;
    struct v_int status;
    struct v_time since;
    struct text q;   /* checked by search_check_requests; may be unset */
    uint64_t before; /* only entries of a smaller number are on the page; 0: the newest are */
    size_t room;     /* of the page */

    /* What was found. */
    size_t kept;      /* entries that hold but for `q` */
    size_t total;     /* and with it, before or not */
    uint64_t dropped; /* that the journal forgot, and that may have held but for `q` */
    size_t n;         /* on the page */
    uint64_t *numbers; /* of the page, oldest first */
    bool has_older;

    const struct redactor *redactor; /* of what `q` is looked for in */
    size_t below; /* those that hold and come before `before` */
};

/* Whether the entry is one of those that hold, `q` aside. */
bool selection_means(struct arena *scratch, const struct selection *s, const struct journal_entry *entry);
/* Looks through all of the journal, a few entries at a time, so that nobody waits long for it. */
void selection_read(struct selection *s, struct journal *journal, struct arena *arena);

#endif
