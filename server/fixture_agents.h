/* Fixture sections of folders, agents, pins and builds: what a document may say of them, and what is checked when they
 * are put into the store. */
#ifndef DUVO_FIXTURE_AGENTS_H
#define DUVO_FIXTURE_AGENTS_H

#include "fixture_rows.h"

extern const struct spec fixture_folder, fixture_agent, fixture_agent_pin, fixture_build;

/* As fixture_insert. A folder's parent may come after it, but is of the same team, and not inside it. */
bool insert_folder(struct arena *arena, struct db *db, enum section section, const void *row);
/* An agent's folder is its team's. */
bool insert_agent(struct arena *arena, struct db *db, enum section section, const void *row);
bool insert_build(struct arena *arena, struct db *db, enum section section, const void *row);

#endif
