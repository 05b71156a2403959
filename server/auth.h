/* Authentication: from the Authorization header to the person, team and role that the key acts for. */
#ifndef DUVO_AUTH_H
#define DUVO_AUTH_H

#include "request.h"

/* Fills rq->who, inside a transaction. OK, or one of the 401 errors. */
enum err authenticate(struct request *rq);

#endif
