/* The rows of a new space, and of its reset. */
#ifndef DUVO_SPACE_FILL_H
#define DUVO_SPACE_FILL_H

#include "space/directory.h"

/* Inside a write transaction: the space, its key and its rows. One that is filled has a template of its own, which is
 * kept as a snapshot without a name. False when filling it failed. *ret_heard: what is under way in it may become
 * events that somebody is told of. */
bool space_insert(struct db *db, int64_t id, const struct space_plan *plan, bool *ret_heard);
/* The template to which the connection's space is reset. */
int64_t space_template(struct db *db);

#endif
