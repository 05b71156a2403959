/* The support matrix: what of the API there is, as Markdown tables made of the route table. First a row for each family
 * of endpoints, then, after an empty line, one for each operation. */
#ifndef DUVO_CONTRACT_MATRIX_H
#define DUVO_CONTRACT_MATRIX_H

#include "request/route.h"

/* In the arena. */
struct text matrix_text(struct arena *arena);

#endif
