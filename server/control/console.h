/* The console's own files share this: the page that is being made, the links on it, and its tabs.
 *
 * A tab is a URL, `?tab=connections`, with what it is narrowed to: `list` (one of several), `q` (a search), `before`
 * (the last row of the page before) and `id` (the row that is shown beside the list). All works without scripts. */
#ifndef DUVO_CONTROL_CONSOLE_H
#define DUVO_CONTROL_CONSOLE_H

#include "pages/template.h"
#include "request/request.h"
#include "spec/redact.h"

enum { CONSOLE_PAGE = 50, CONSOLE_VALUES = 72 };

struct console_query {
    struct v_enum tab, own;
    struct v_text list, q, before, id, operation, path, told;
};

struct console {
    struct request *rq;
    const struct console_query *in;
    struct redactor redactor;
    struct text base; /* of the URLs that are shown */
    size_t n;
    struct template_value values[CONSOLE_VALUES];
};

/* Adds a value that the page knows. */
void console_put(struct console *c, struct template_value value);
void console_put_text(struct console *c, const char *name, struct text text);
/* What another call answers, under a name. */
struct console_part {
    const char *name;
    handler *fn;
    const struct spec *out;
};
enum err console_put_parts(struct console *c, const struct console_part *parts, size_t n);

/* A link to the page: `?tab=…`; what is unset is left out. `told`: an id of control/told.h. */
struct console_link {
    const char *tab, *list;
    struct text q, before, id, told;
    bool hides_own;
};
struct text console_href(struct arena *arena, struct console_link link);
/* Which tab a query names. */
const char *console_tab_of(const struct console_query *in);
/* How a status is coloured. */
struct text console_tone(unsigned status);

/* ---- tabs, each in a file of its own ---- */

typedef enum err console_tab(struct console *c);
console_tab console_requests, console_sign_ins, console_rows, console_spaces, console_faults, console_clock,
    console_fixtures, console_mcp, console_reference;

/* The list that is asked for of those that the tab has, and the row that is shown beside it: its values; NULL: none. */
const struct template_value *console_put_list(struct console *c, const char *tab);
/* A value of them; unset when there is none. */
struct text console_row_text(const struct template_value *row, struct text name);
/* Whether the row that is shown waits for somebody. */
bool console_row_waits(const struct console *c);
const char *console_tab_name(const struct console *c);
/* Every operation that a fault can be for. */
struct template_value console_operations(struct request *rq);

#endif
