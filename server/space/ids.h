/* Ids: the source of all ids of a space. Random, unless the space's settings have a seed: then each is a function
 * of the seed, its kind and how many of the kind there were: the same calls give the same ids. The count is kept in
 * the store: what is rolled back was never counted, and a reset begins again. An id that fixtures hold already is
 * passed over. */
#ifndef DUVO_SPACE_IDS_H
#define DUVO_SPACE_IDS_H

#include "request/request.h"

/* Inside a write transaction. `kind` is a word such as "connection". */
struct uuid id_new(struct request *rq, const char *kind);
/* The same as 43 characters of base64url, 256 bits: for states, codes and the like. */
struct text token_new(struct request *rq, const char *kind);
/* What the store keeps of such a token: its keyed hash. */
struct secret_hash token_hash(const struct db *db, struct text token);

#endif
