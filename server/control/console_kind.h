/* Kinds as the console's list and its detail share them: what kinds.def says of each, and a row of one. */
#ifndef DUVO_CONTROL_CONSOLE_KIND_H
#define DUVO_CONTROL_CONSOLE_KIND_H

#include "control/console.h"
#include "fixtures/sections.h"
#include "store/query.h"

/* One row, as its values, and the word for how it is. */
struct list_row {
    const struct template_value *v;
    struct text state;
};

/* Where a kind's rows come from: a section of fixture documents, in the order in which they were made, or a statement
 * that has the newest first and takes their number. */
struct list_kind {
    const char *tab, *name, *title, *one;
    enum section section; /* SECTION_COUNT: none, */
    enum sql newest;      /* but this, or, of those in memory, neither */
    /* or this: what is in memory, the newest last */
    const void *(*read)(const struct space *space, struct arena *arena, size_t *ret_n);
    const struct spec *spec;
    const char *lead;     /* with a column before those of the spec, which is called so */
    const char *label;    /* the field that names a row, */
    const char *state;    /* the one that says how it is, or NULL, */
    struct text (*judge)(const struct request *rq, const void *object); /* or what does, or NULL, */
    const char *facts;    /* and those beside it, with a blank between */
    const char *empty;    /* what to do when there is none */
    const char *resource; /* what its operations have in their paths, or NULL */
    /* The statement that counts the rows which name one of these, by the name of their list and the member that does,
     * up to RELATED_MOST of each; 0: nothing names one. Each count is by an index. */
    enum sql related;
    /* The statement that has the ids and the names of the first of them, for forms that ask for one; 0: none. */
    enum sql choices;
    /* The operations that make a row, and those that do something with one, with a blank between: NULL: none. Their
     * forms follow from the contract. */
    const char *makes, *acts;
};

enum { RELATED_MOST = 1000 };

extern const struct list_kind kinds[];
extern const size_t kind_count;

/* The list of that name; NULL: there is none. */
const struct list_kind *kind_of_list(struct text name);
/* The kind whose rows a member's ids name, by the member's name: `agent_id`, `agentId` and `target_agent_id` name
 * agents. NULL: none. */
const struct list_kind *kind_named_by(struct text member);
/* What names a row in its list. */
struct text kind_row_id(const struct list_kind *kind, const struct list_row *row);
/* What is good, what waits and what went wrong, in the words of all kinds. */
struct text kind_tone(struct text state);
/* A row of the kind, as the page that shows it whole has it. */
void console_put_detail(struct console *c, const struct list_kind *kind, const struct list_row *row);
/* A list of that name: a form for each of the operations, which have blanks between, or are NULL. `row` is the row that
 * they are about; NULL: they make one. */
struct template_value console_forms(struct console *c, const char *name, const char *operations,
                                    const struct list_kind *kind, const struct template_value *row);
/* The inboxes of the space, and what one holds, the newest of it. */
extern const struct spec inbox_row;
const void *inbox_rows(const struct space *space, struct arena *arena, size_t *ret_n);
void console_put_inbox(struct console *c, struct text name);
/* The address of the page that the list is on, with that row shown. */
struct text console_row_href(const struct console *c, const struct list_kind *kind, struct text id);

#endif
