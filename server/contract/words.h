/* Words: what a field takes, for people. */
#ifndef DUVO_CONTRACT_WORDS_H
#define DUVO_CONTRACT_WORDS_H

#include "base/buf.h"
#include "spec/spec.h"

/* "one of `url`, `oauth` or null; default `url`". `mark` stands on both sides of what is to be taken literally. */
void words_of_field(struct buf *b, const struct field *f, const char *mark);

#endif
