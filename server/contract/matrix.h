/* The support matrix: what of the API there is, as Markdown tables made of the route table. */
#ifndef DUVO_CONTRACT_MATRIX_H
#define DUVO_CONTRACT_MATRIX_H

#include "request/route.h"

/* Each in the arena. A row for each family of endpoints: */
struct text matrix_families(struct arena *arena);
/* A row for each operation: */
struct text matrix_operations(struct arena *arena);
/* Both, with an empty line between them. */
struct text matrix_text(struct arena *arena);

#endif
