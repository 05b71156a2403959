/* Fixture section of schedules: as the API makes them, and such as it has paused because they failed. */
#ifndef DUVO_FIXTURE_SCHEDULES_H
#define DUVO_FIXTURE_SCHEDULES_H

#include "fixture_rows.h"

extern const struct spec fixture_schedule;

/* As fixture_insert. Its agent has a build. */
bool insert_schedule(struct arena *arena, struct db *db, enum section section, const void *row);

#endif
