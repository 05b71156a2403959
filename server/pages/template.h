/* Template: HTML out of a page with holes.
 *
 *   {{name}}                  the value, escaped for HTML text and quoted attributes; nothing when it is not set
 *   {{#name}} … {{/name}}     once for each item of a list, or once when the value is set and not empty
 *   {{^name}} … {{/name}}     when it is not set, empty, or a list without items
 *   {{>name}}                 another page's text in its place (partials do not nest deeper than TEMPLATE_DEPTH)
 *
 * Inside a list's section, names are looked up in the item first and then outwards. There is no way to put a value in
 * unescaped: whatever a client, a fixture or another server said is text. Values must be valid UTF-8.
 *
 * A page that is malformed (a section without its end, an unknown partial) is a programming error and ends the program:
 * the unit tests render every page. */
#ifndef DUVO_PAGES_TEMPLATE_H
#define DUVO_PAGES_TEMPLATE_H

#include "base/buf.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

enum { TEMPLATE_DEPTH = 8 };

struct template_values;

/* A text, or a list; `values` ends with an entry without a name. */
struct template_value {
    const char *name;
    struct text text;
    const struct template_values *items; /* of a list */
    size_t count;
    bool is_list;
};

struct template_values {
    const struct template_value *v; /* ends with a name that is NULL */
};

static inline struct template_value value_of(const char *name, struct text text)
{
    return (struct template_value){ .name = name, .text = text };
}

static inline struct template_value list_of(const char *name, const struct template_values *items, size_t n)
{
    return (struct template_value){ .name = name, .items = items, .count = n, .is_list = true };
}

/* The text of the embedded file `server/pages/<file>`, as it is. */
struct text template_source(const char *file);
/* Appends the embedded page `server/pages/<page>` filled with the values. */
void template_render(struct buf *out, const char *page, const struct template_values *values);
/* The same with a page that is not embedded; `name` is what messages about it call it. */
void template_render_text(struct buf *out, const char *name, struct text page,
                          const struct template_values *values);

#endif
