/* What a text is that should have been JSON: for whoever has to mend it. */
#ifndef DUVO_BASE_NOT_JSON_H
#define DUVO_BASE_NOT_JSON_H

#include "base/text.h"

/* Without the byte order mark that some editors begin a text with. */
struct text text_without_mark(struct text t);
/* "it is empty", "it is UTF-16: save it as UTF-8", …, of a text in which the parser found its first mistake on that
 * line; NULL when it is nothing that is known. */
const char *not_json(struct text t, int line);

#endif
