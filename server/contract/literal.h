/* Literals: JSON as it stands in programs and in the options of curl. console_programs.js makes the same of
 * what is typed. */
#ifndef DUVO_CONTRACT_LITERAL_H
#define DUVO_CONTRACT_LITERAL_H

#include "base/buf.h"

enum literal { LITERAL_JAVASCRIPT, LITERAL_PYTHON };

/* Appends well-formed JSON as a literal of the language, a member a line, indented by four blanks a level from `depth`
 * on. */
void literal_put(struct buf *b, struct text json, enum literal language, unsigned depth);
/* Appends the members of a JSON object as keyword arguments of Python, each on a line of its own behind what is
 * there. */
void literal_put_members(struct buf *b, struct arena *arena, struct text json);
/* Appends the members of a JSON object as options of curl for a form, each on such a line; a list is an option for
 * each of its values. */
void literal_put_form(struct buf *b, struct arena *arena, struct text json);

#endif
