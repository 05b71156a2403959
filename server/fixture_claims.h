/* Claims: what only one row of a space can have, though it is nobody's primary key. A name in URLs belongs to one OAuth
 * provider, be it its key or one of its slugs; a type of a provider belongs to one integration of the catalog. */
#ifndef DUVO_FIXTURE_CLAIMS_H
#define DUVO_FIXTURE_CLAIMS_H

#include "fixture_set.h"

struct claims;

/* Of all documents together and, when `adds`, of the space that the connection works on. The providers of the built-in
 * catalog claim nothing: see claims_leave. */
const struct claims *claims_collect(struct arena *arena, const struct fixture_set *set, struct db *db, bool adds);
/* Names every claim that another row had first, with both, and every provider without an integration. */
void claims_check(const struct claims *claims, const struct fixture_set *set, struct fixture_errors *errors);
/* What the others leave to a provider of the built-in catalog: it without the slugs that they claim. False when nothing
 * is left, because its key is claimed or its integration is not there. */
bool claims_leave(const struct claims *claims, struct arena *arena, const struct provider *provider,
                  struct provider *ret);

#endif
