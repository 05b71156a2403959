/* Rows: what is stored of agents, builds and what hangs on them, as the API writes it and fixture documents give it. */
#ifndef DUVO_API_ROWS_H
#define DUVO_API_ROWS_H

#include "spec/spec.h"

struct build_secret {
    struct v_uuid build_id, secret_id;
};

/* When a document says nothing else; old enough to be behind everything that a test makes. */
#define FIRST_INSTANT "\"2026-01-01T00:00:00.000Z\""
#define UPDATED_DOC "created_at, unless given"

extern const struct spec fixture_folder, fixture_agent, fixture_agent_pin, fixture_build, fixture_queue, fixture_slot,
    fixture_pin, fixture_slot_queue, fixture_trigger, fixture_build_secret;

#endif
