#include "fixture_specs.h"

#include "base/hex.h"
#include "fixture_agents.h"
#include "fixture_schedules.h"
#include "fixture_secrets.h"
#include "fixture_slots.h"
#include "limit.h"

static const struct field organization_fields[] = {
    FIELD_UUID(struct organization, id, .column = "id", .flags = REQUIRED),
    FIELD_TEXT(struct organization, name, .column = "name", .flags = REQUIRED, .min = 1, .max = LIMIT_NAME),
    FIELD_BOOL(struct organization, connections_sharing, .column = "connections_sharing", .fallback = "true"),
};
const struct spec fixture_organization = SPEC(struct organization, "FixtureOrganization", organization_fields);

static const struct field team_fields[] = {
    FIELD_UUID(struct team, id, .column = "id", .flags = REQUIRED),
    FIELD_TEXT(struct team, name, .column = "name", .flags = REQUIRED, .min = 1, .max = LIMIT_NAME),
    FIELD_UUID(struct team, organization_id, .column = "organization_id", .flags = NULLABLE),
    FIELD_TEXT(struct team, slack_team_id, .column = "slack_team_id", .flags = NULLABLE),
    FIELD_TEXT(struct team, discovery_mode, .column = "discovery_mode", .fallback = "\"open\""),
    FIELD_TIME(struct team, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
};
const struct spec fixture_team = SPEC(struct team, "FixtureTeam", team_fields);

static const struct field person_fields[] = {
    FIELD_UUID(struct person, id, .column = "id", .flags = REQUIRED),
    FIELD_TEXT(struct person, name, .column = "name", .flags = NULLABLE, .max = LIMIT_NAME),
    FIELD_TEXT(struct person, email, .column = "email", .flags = REQUIRED, .min = 3, .max = LIMIT_NAME),
};
const struct spec fixture_person = SPEC(struct person, "FixturePerson", person_fields);

static const struct field member_fields[] = {
    FIELD_UUID(struct member, team_id, .column = "team_id", .flags = REQUIRED),
    FIELD_UUID(struct member, user_id, .column = "user_id", .flags = REQUIRED),
    FIELD_ENUM(struct member, role, .column = "role", .flags = REQUIRED, .names = role_names),
};
const struct spec fixture_member = SPEC(struct member, "FixtureMember", member_fields);

/* Keys travel in a header. */
static const char *check_key(struct text key)
{
    return text_is_visible_ascii(key) ? NULL : "Invalid key: expected visible ASCII characters";
}

/* Scopes are separated by blanks (RFC 6749 section 3.3). */
static const char *check_scope(struct text scope)
{
    return scope.n && text_is_visible_ascii(scope) ? NULL : "Invalid scope: expected visible ASCII characters";
}

const char *check_hex(struct text digits)
{
    for (size_t i = 0; i < digits.n; i++)
        if (hex_digit(digits.p[i]) < 0)
            return "Invalid value: expected hexadecimal digits";
    return digits.n % 2 ? "Invalid value: expected hexadecimal digits" : NULL;
}

static const char *check_hash(struct text digits)
{
    return digits.n == 2 * SECRET_HASH_SIZE ? check_hex(digits) : "Invalid hash: expected 64 hexadecimal digits";
}

/* The shortest and the longest secret with what sealing adds (a nonce of 24 bytes, a tag of 16), two digits a byte. */
enum { SEALED_MIN = 2 * (1 + 24 + 16), SEALED_MAX = 2 * (4 * LIMIT_CLIENT_SECRET + 24 + 16) };

static const struct field api_key_fields[] = {
    FIELD_SECRET(struct api_key, key, .min = 1, .max = LIMIT_NAME, .check = check_key),
    FIELD_TEXT(struct api_key, key_hash, .column = "lower(hex(hash))", .flags = DERIVED, .min = 64, .max = 64,
               .check = check_hex,
               .example = "\"734cf585574d7584bc4b910da65a8bb15c29e7af127ab8e6e17fced1df181d5b\""),
    FIELD_UUID(struct api_key, team_id, .column = "team_id", .flags = REQUIRED),
    FIELD_UUID(struct api_key, user_id, .column = "user_id", .flags = REQUIRED),
    FIELD_BOOL(struct api_key, revoked, .column = "revoked", .fallback = "false"),
};

static const char *check_api_key(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct api_key *key = object;
    (void)arena;
    *ret_path = T("key");
    return (key->key.is == VALUE_SET) == (key->key_hash.is == VALUE_SET) ? "Expected either key or key_hash" : NULL;
}

const struct spec fixture_api_key =
    SPEC_WITH(struct api_key, "FixtureApiKey", api_key_fields, .check = check_api_key);

#define I struct custom_integration
static const struct field custom_integration_fields[] = {
    FIELD_UUID(I, id, .column = "id", .flags = REQUIRED),
    FIELD_UUID(I, team_id, .column = "team_id", .flags = REQUIRED),
    FIELD_TEXT(I, name, .column = "name", .flags = REQUIRED, .min = 1, .max = LIMIT_NAME),
    FIELD_ENUM(I, auth_method, .column = "auth_method", .flags = REQUIRED, .names = auth_methods),
    FIELD_URL(I, server_url, .column = "server_url", .flags = REQUIRED, .max = LIMIT_URL),
    FIELD_TEXT(I, oauth_client_id, .column = "oauth_client_id", .min = 1, .max = LIMIT_CLIENT_ID),
    FIELD_SECRET(I, oauth_client_secret, .min = 1, .max = LIMIT_CLIENT_SECRET),
    FIELD_TEXT(I, oauth_client_secret_sealed, .flags = DERIVED, .min = SEALED_MIN, .max = SEALED_MAX,
               .column = "nullif(lower(hex(oauth_client_secret)), '')", .check = check_hex,
               .example = "\"5f0c1e7ab3d92486c1f0937be4a85d126f3b90ce7d41a8f5"
                          "2b6690d3e87c14fa05b2c96d7e13f8a04bc5d2e9167a\""),
    FIELD_UUID(I, created_by, .column = "created_by", .flags = NULLABLE),
    FIELD_TIME(I, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
    FIELD_TIME(I, updated_at, .column = "updated_at", .doc = UPDATED_DOC),
};
#undef I

static const char *check_custom_integration(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct custom_integration *custom = object;
    (void)arena;
    *ret_path = T("oauth_client_secret_sealed");
    return custom->oauth_client_secret.is == VALUE_SET && custom->oauth_client_secret_sealed.is == VALUE_SET
               ? "Expected either oauth_client_secret or oauth_client_secret_sealed"
               : NULL;
}

const struct spec fixture_custom_integration =
    SPEC_WITH(struct custom_integration, "FixtureCustomIntegration", custom_integration_fields,
              .check = check_custom_integration);

#define I struct integration
static const struct field integration_fields[] = {
    FIELD_UUID(I, id, .column = "id", .flags = REQUIRED),
    FIELD_TEXT(I, name, .column = "name", .flags = REQUIRED, .min = 1, .max = LIMIT_NAME),
    FIELD_TEXT(I, type, .column = "type", .flags = REQUIRED, .min = 1, .max = LIMIT_SLUG),
    FIELD_TEXT(I, provider, .column = "provider", .flags = REQUIRED, .min = 1, .max = LIMIT_SLUG),
    FIELD_TEXT(I, auth_method, .column = "auth_method", .flags = NULLABLE, .max = LIMIT_SLUG),
    FIELD_URL(I, icon_url, .column = "icon_url", .flags = NULLABLE, .max = LIMIT_URL),
    FIELD_TEXT(I, oauth_provider, .column = "oauth_provider", .flags = NULLABLE, .max = LIMIT_SLUG),
    FIELD_TEXT(I, oauth_provider_key, .column = "oauth_provider_key", .flags = NULLABLE, .max = LIMIT_SLUG),
    FIELD_TEXTS(I, oauth_scopes, .column = "oauth_scopes", .flags = NULLABLE, .check = check_scope),
    FIELD_TIME(I, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
    FIELD_TIME(I, updated_at, .column = "updated_at", .doc = UPDATED_DOC),
};
#undef I
const struct spec fixture_integration = SPEC(struct integration, "FixtureIntegration", integration_fields);

#define IN(type, m, k, ...) \
    { .name = #m, .key = { "\"" #m "\":", sizeof #m + 2 }, \
      .offset = _Generic(((struct seeded_connection *)0)->c.m, struct type: \
      offsetof(struct seeded_connection, c.m)), .kind = (k), __VA_ARGS__ }
static const struct field seeded_fields[] = {
    IN(v_uuid, id, KIND_UUID, .flags = REQUIRED),
    IN(v_text, name, KIND_TEXT, .flags = REQUIRED, .min = 1, .max = LIMIT_NAME),
    IN(v_text, type, KIND_TEXT, .fallback = "\"custom_mcp\"", .max = LIMIT_SLUG),
    IN(v_text, provider, KIND_TEXT, .fallback = "\"user\"", .max = LIMIT_SLUG),
    IN(v_uuid, user_id, KIND_UUID, .flags = NULLABLE),
    IN(v_uuid, team_id, KIND_UUID, .flags = REQUIRED),
    IN(v_text, server_url, KIND_URL, .max = LIMIT_URL),
    IN(v_enum, transport_type, KIND_ENUM, .names = transport_types),
    IN(v_text, auth_method, KIND_TEXT, .flags = NULLABLE, .max = LIMIT_SLUG),
    IN(v_text, composio_mcp_id, KIND_TEXT, .flags = NULLABLE, .max = LIMIT_SLUG),
    IN(v_uuid, custom_integration_id, KIND_UUID, .flags = NULLABLE),
    IN(v_text, icon_url, KIND_URL, .flags = NULLABLE, .max = LIMIT_URL),
    IN(v_text, oauth_provider, KIND_TEXT, .flags = NULLABLE, .max = LIMIT_SLUG),
    IN(v_text, oauth_provider_key, KIND_TEXT, .flags = NULLABLE, .max = LIMIT_SLUG),
    IN(v_texts, oauth_scopes, KIND_TEXTS, .flags = NULLABLE, .check = check_scope),
    IN(v_bool, has_oauth_tokens, KIND_BOOL, .fallback = "false"),
    IN(v_text, integration_id, KIND_TEXT, .flags = NULLABLE, .max = LIMIT_SLUG),
    IN(v_uuid, created_by, KIND_UUID, .flags = NULLABLE),
    IN(v_time, broken_at, KIND_TIME, .flags = NULLABLE),
    IN(v_text, broken_reason, KIND_TEXT, .flags = NULLABLE),
    IN(v_time, created_at, KIND_TIME, .fallback = FIRST_INSTANT),
    IN(v_time, updated_at, KIND_TIME, .doc = UPDATED_DOC),
    FIELD_OBJECT(struct seeded_connection, headers, struct header_halves, .sub = &header_halves_spec),
    FIELD_MAP(struct seeded_connection, header_hashes, .flags = CASE_KEYS, .max = LIMIT_CREDENTIAL_HEADERS,
              .key_max = LIMIT_CREDENTIAL_NAME, .value_max = 64, .check_key = check_header_name, .check = check_hash),
};

/* A header is given once: with its value, or by its hash. Empty secrets count for nothing. */
static const char *check_header_hashes(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct seeded_connection *connection = object;
    const struct header_halves *halves = &connection->headers;
    const struct v_map *hashes = &connection->header_hashes;
    size_t secrets = 0;
    for (size_t k = 0; k < halves->secret.n; k++)
        secrets += !secret_is_empty(halves->secret.v[k].value);
    *ret_path = T("header_hashes");
    if (hashes->n + secrets > LIMIT_CREDENTIAL_HEADERS)
        return "Too big: expected the connection to have <=64 secret headers";
    for (size_t i = 0; i < hashes->n; i++) {
        bool twice = false;
        for (size_t k = 0; k < halves->plaintext.n; k++)
            twice |= text_eq_nocase(hashes->v[i].name, halves->plaintext.v[k].name);
        for (size_t k = 0; k < halves->secret.n; k++)
            twice |= !secret_is_empty(halves->secret.v[k].value) &&
                     text_eq_nocase(hashes->v[i].name, halves->secret.v[k].name);
        *ret_path = text_format(arena, "header_hashes/%.*s", TEXT_ARG(hashes->v[i].name));
        if (twice)
            return "Duplicate name: the connection has it under headers";
    }
    return NULL;
}

const struct spec fixture_connection =
    SPEC_WITH(struct seeded_connection, "FixtureConnection", seeded_fields, .check = check_header_hashes);

static const struct field document_fields[] = {
#define SECTION(name, member, spec, ...) FIELD_ROWS(struct document, member, .sub = &spec),
#include "fixture_sections.def"
#undef SECTION
};
const struct spec fixture_document =
    SPEC_WITH(struct document, "Fixtures", document_fields, .body_max = LIMIT_LARGE_BODY);
