/* The contract document: OpenAPI 3.1, printed from the tables that dispatch, validate and write. */
#ifndef DUVO_DESCRIBE_H
#define DUVO_DESCRIBE_H

#include "base/text.h"

/* The document of one version of the API, or of everything when `version` is 0. Made at the first call, the same bytes
 * ever after; safe in every thread. */
struct text contract_text(unsigned version);
/* At the end of the process. */
void contract_free(void);

#endif
