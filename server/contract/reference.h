/* References for people, as Markdown made of the tables that route and validate: the control calls under /_mock with
 * their members, and the sections of a fixture document with theirs. */
#ifndef DUVO_CONTRACT_REFERENCE_H
#define DUVO_CONTRACT_REFERENCE_H

#include "base/text.h"

struct arena;

/* A part for each control call: what it does, its parameters, the members of its body. In the arena. */
struct text reference_control(struct arena *arena);
/* A part for each section of a fixture document: its members. In the arena. */
struct text reference_fixtures(struct arena *arena);

#endif
