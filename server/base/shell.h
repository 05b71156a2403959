/* Shell: texts as a POSIX shell takes them, in single quotes. */
#ifndef DUVO_BASE_SHELL_H
#define DUVO_BASE_SHELL_H

#include "base/buf.h"

/* Appends the text as one word. */
void shell_put_word(struct buf *b, struct text text);
/* Appends what stands between the quotes of a word. */
void shell_put_in_quotes(struct buf *b, struct text text);

#endif
