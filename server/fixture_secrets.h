/* Fixture section of secrets: values by name, or, as an export has them, what the store keeps of the values. */
#ifndef DUVO_FIXTURE_SECRETS_H
#define DUVO_FIXTURE_SECRETS_H

#include "fixture_rows.h"

struct seeded_secret {
    struct v_uuid id, team_id, user_id;
    struct v_text name, service_slug;
    struct v_uuid created_by;
    struct v_time created_at, updated_at;
    struct v_secrets values;
    struct v_map value_hashes; /* of others, as an export has them */
};

struct build_secret {
    struct v_uuid build_id, secret_id;
};

extern const struct spec fixture_secret, fixture_build_secret;

/* As fixture_insert. */
bool insert_secret(struct arena *arena, struct db *db, enum section section, const void *row);

#endif
