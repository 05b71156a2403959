/* Fixture rows: how each section of a document gets into the store. */
#ifndef DUVO_FIXTURE_ROWS_H
#define DUVO_FIXTURE_ROWS_H

#include "fixture_specs.h"
#include "store/store.h"

/* Inside a write transaction: one row of the section, into the connection's space. False when it is in conflict with
 * one that is there, or the store failed (db_error). */
bool fixture_insert(struct arena *arena, struct db *db, enum section section, const void *row);
/* Whether a row of that id is in the space: of a section that others refer to. */
bool fixture_exists(struct db *db, enum section section, const struct uuid *id);

#endif
