/* Authentication: from the Authorization header to the person, team and role that the key acts for. */
#ifndef DUVO_ROUTER_AUTH_H
#define DUVO_ROUTER_AUTH_H

#include "request/request.h"

/* The hash of the key that the request carries, into rq->who.key. OK, or the error of a key that is missing or
 * malformed. */
enum err take_key(struct request *rq, struct text *ret_token);
/* Fills rq->who, inside a transaction. OK, or one of the 401 errors. It can be what was found under rq->identities
 * before: who reads checks afterwards that the store's identities are still the same. What this buys: a connection
 * that is read for the first time takes 127,500 instructions instead of 143,800 (callgrind, the whole process);
 * `BENCH_ONLY=fresh make bench` shows it. */
enum err authenticate(struct request *rq);
/* Outside of any transaction, after it: a key that an older version has kept is kept anew (base/kept.h), now that it
 * was seen in plain. What cannot be written stays as it is. */
void renew_key(struct request *rq);

/* Whether this process itself has sent it (rq->origin), by the token that only it knows. */
void take_origin(struct request *rq);

#endif
