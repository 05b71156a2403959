/* Kept: JSON that is stored as it was sent, although a table says what belongs there: shown by the table, and changed
 * member by member. */
#ifndef DUVO_SPEC_KEPT_H
#define DUVO_SPEC_KEPT_H

#include "spec/spec.h"

/* The object as the table has it: with its defaults, without members that it does not name, and without those whose
 * value it refuses. Of an object with several variants the last one holds unless another is named. */
struct text spec_show_kept(struct arena *arena, const struct spec *spec, struct text json);
/* The object with another one laid over it: objects are merged, arrays and scalars replaced; null is stored where the
 * table has null, and removes the member elsewhere. */
struct text spec_lay_over(struct arena *arena, const struct spec *spec, struct text json, struct text over);

#endif
