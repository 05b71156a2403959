/* The JSON Schema of fixture documents, made of the tables that load them: editors complete and check files that name
 * it as their "$schema". */
#ifndef DUVO_CONTRACT_FIXTURE_SCHEMA_H
#define DUVO_CONTRACT_FIXTURE_SCHEMA_H

#include "base/text.h"

struct arena;

/* JSON Schema 2020-12, in the arena. */
struct text fixture_schema(struct arena *arena);

#endif
