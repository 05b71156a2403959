/* Mend: JSON of others that is nearly JSON, made so that a parser takes it. What cannot be told becomes U+FFFD, or the
 * nearest value that can. */
#ifndef DUVO_BASE_MEND_H
#define DUVO_BASE_MEND_H

#include "base/text.h"

/* In the arena: a byte order mark is dropped; in strings, lone surrogates, NUL, and bytes that are no UTF-8 become
 * U+FFFD, and control characters are escaped; numbers past the largest double become it. *ret_what says what was found,
 * as `lone surrogates, bad UTF-8`; it is empty when the text came back as it is. What else is wrong stays so. */
struct text mend_json(struct arena *arena, struct text json, struct text *ret_what);

#endif
