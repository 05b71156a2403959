/* Fixture sections of what hangs on builds and connections: slots, pins, queues and triggers. */
#ifndef DUVO_FIXTURE_SLOTS_H
#define DUVO_FIXTURE_SLOTS_H

#include "fixture_rows.h"

extern const struct spec fixture_queue, fixture_slot, fixture_pin, fixture_slot_queue, fixture_trigger;

/* As fixture_insert, of what has to be of one team: the section's statement inserts nothing when it is not. */
bool insert_in_team(struct arena *arena, struct db *db, enum section section, const void *row);

#endif
