/* Search: the words that a list is narrowed by, such as `status:4xx op:listRuns "two words"`. All must hold.
 *
 * A word is free text, or a name, a colon and a value; double quotes keep blanks and colons in it. Text is found in any
 * case, and only in what is shown: nobody finds out a secret by searching for it. */
#ifndef DUVO_CONTROL_SEARCH_H
#define DUVO_CONTROL_SEARCH_H

#include "space/journal.h"
#include "spec/redact.h"

struct search_word {
    struct text name;  /* unset: free text */
    struct text value; /* without its quotes */
};

/* Takes the next word off *rest; false when there is none. */
bool search_take_word(struct text *rest, struct search_word *ret);
/* Whether `part` is in `t`, in any case of ASCII letters. */
bool search_is_in(struct text t, struct text part);

/* For fields that hold a search of requests: NULL, or what is wrong with it, with the nearest right word; in
 * thread-local memory until the next call. */
const char *search_check_requests(struct text q);
/* Whether every word of `q`, which was checked, holds for the entry. `scratch` is for what that takes. */
bool search_holds_for_request(struct text q, const struct redactor *redactor, struct arena *scratch,
                              const struct journal_entry *entry);

#endif
