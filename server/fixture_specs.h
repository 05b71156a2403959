/* Fixture tables: what a fixture document may hold, section by section. */
#ifndef DUVO_FIXTURE_SPECS_H
#define DUVO_FIXTURE_SPECS_H

#include "api/connections.h"
#include "api/credentials.h"
#include "mcp/server_binding.h"
#include "mcp/server_tools.h"
#include "oauth/provider.h"

struct organization {
    struct v_uuid id;
    struct v_text name;
    struct v_bool connections_sharing;
};

struct team {
    struct v_uuid id;
    struct v_text name;
    struct v_uuid organization_id;
    struct v_text slack_team_id, discovery_mode;
    struct v_time created_at;
};

struct person {
    struct v_uuid id;
    struct v_text name, email;
};

struct member {
    struct v_uuid team_id, user_id;
    struct v_enum role;
};

struct api_key {
    struct v_secret key;
    struct v_text key_hash; /* instead: what the store keeps of it, as an export has it */
    struct v_uuid team_id, user_id;
    struct v_bool revoked;
};

struct custom_integration {
    struct v_uuid id, team_id;
    struct v_text name;
    struct v_enum auth_method;
    struct v_text server_url, oauth_client_id;
    struct v_secret oauth_client_secret;
    struct v_text oauth_client_secret_sealed; /* instead: as an export has it */
    struct v_uuid created_by;
    struct v_time created_at, updated_at;
};

struct integration {
    struct v_uuid id;
    struct v_text name, type, provider, auth_method, icon_url, oauth_provider, oauth_provider_key;
    struct v_texts oauth_scopes;
    struct v_time created_at, updated_at;
};

struct seeded_connection {
    struct connection c;
    struct header_halves headers;
    struct v_map header_hashes; /* of secret headers, as an export has them */
};

struct document {
#define SECTION(name, member, ...) struct v_rows member;
#include "fixture_sections.def"
#undef SECTION
};

/* In the order of fixture_document's fields, which is that of loading. */
enum section {
#define SECTION(name, ...) SECTION_##name,
#include "fixture_sections.def"
#undef SECTION
    SECTION_COUNT
};

/* When nothing else is said; old enough to be behind everything that a test makes. */
#define FIRST_INSTANT "\"2026-01-01T00:00:00.000Z\""
#define UPDATED_DOC "created_at, unless given"

/* NULL, or what is wrong with the digits of what the store keeps of a secret: no secret itself, and of use to the same
 * store alone. */
const char *check_hex(struct text digits);

extern const struct spec fixture_organization, fixture_team, fixture_person, fixture_member, fixture_api_key,
    fixture_integration, fixture_custom_integration, fixture_connection, fixture_document;

#endif
