/* What asking for a secret is answered with. */
#ifndef DUVO_CONTROL_MATCH_REPLY_H
#define DUVO_CONTROL_MATCH_REPLY_H

#include "request/request.h"

/* A struct of secret_match_reply. */
const void *secret_match(struct request *rq, bool match);

#endif
