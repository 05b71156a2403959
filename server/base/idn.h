/* IDN: names of hosts in other letters than ASCII's, as they are asked for (RFC 5890, RFC 3492).
 *
 * Enough of IDNA for names that people type: letters become lower case (Latin, Greek, Cyrillic, Armenian), the dots of
 * Chinese and Japanese separate labels, and each label with other letters becomes `xn--` and its Punycode. What only
 * the whole tables of Unicode could map is not guessed at: combining accents (a name that is not in NFC), full-width
 * letters, symbols and invisible characters have no result; such a name is written as `xn--…`. */
#ifndef DUVO_BASE_IDN_H
#define DUVO_BASE_IDN_H

#include "base/text.h"

#include <stdbool.h>

/* `host` is a name without a port. False, with *ret untouched, for what is no UTF-8, has a character as above, or
 * becomes longer than DNS allows (RFC 1035 section 2.3.4). The result is in the arena. */
bool idn_to_ascii(struct arena *arena, struct text host, struct text *ret);

#endif
