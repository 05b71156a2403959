/* The contract document: OpenAPI 3.1, printed from the tables that dispatch, validate and write. */
#ifndef DUVO_CONTRACT_DOCUMENT_H
#define DUVO_CONTRACT_DOCUMENT_H

#include "base/text.h"

enum { CONTRACT_ALL = 0, CONTRACT_MOCK = 3, CONTRACT_COUNT };

/* The document of one version of the API (1, 2), of the mock's own endpoints, or of everything. Made at the first call,
 * the same bytes ever after; safe in every thread. */
struct text contract_text(unsigned version);
/* At the end of the process. */
void contract_free(void);

#endif
