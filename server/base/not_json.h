/* What a text is in truth that should have been JSON, for the person who has to mend it. */
#ifndef DUVO_BASE_NOT_JSON_H
#define DUVO_BASE_NOT_JSON_H

#include "base/text.h"

/* Without the byte order mark that some editors begin a text with. */
struct text text_without_mark(struct text t);
/* "it is empty", "it is UTF-16: save it as UTF-8", …, for a text with the parser's first error on that line; NULL
 * when the text is nothing known. */
const char *not_json(struct text t, int line);

#endif
