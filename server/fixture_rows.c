#include "fixture_rows.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/hex.h"
#include "limit.h"
#include "store/query.h"

/* Digits to bytes: false when they are not as many as there should be. */
static bool take_hash(struct text digits, struct secret_hash *ret)
{
    return digits.n == 2 * sizeof ret->b && hex_decode(digits, ret->b, sizeof ret->b);
}

static bool insert_api_key(struct arena *arena, struct db *db, const struct api_key *key)
{
    struct secret_hash hash;
    (void)arena;
    if (key->key.is == VALUE_SET)
        hash = secret_hash(store_key_of(db), key->key.v);
    else if (!take_hash(key->key_hash.v, &hash))
        return false;
    QUERY q = query(db, SQL_KEY_INSERT);
    bind_hash(&q, &hash);
    bind_uuid(&q, &key->team_id.v);
    bind_uuid(&q, &key->user_id.v);
    bind_int(&q, key->revoked.v);
    return query_try(&q);
}

static struct v_time or_created(struct v_time updated_at, struct v_time created_at)
{
    return updated_at.is == VALUE_SET ? updated_at : created_at;
}

static bool insert_integration(struct db *db, const struct integration *seeded)
{
    struct integration integration = *seeded;
    integration.updated_at = or_created(integration.updated_at, integration.created_at);
    QUERY q = query(db, SQL_INTEGRATION_INSERT);
    bind_row(&q, &fixture_integration, &integration);
    bind_int(&q, clock_ticket());
    return query_try(&q);
}

static struct text sealed_of(struct arena *arena, struct db *db, const struct custom_integration *custom)
{
    const struct text digits = custom->oauth_client_secret_sealed.v;
    if (custom->oauth_client_secret.is == VALUE_SET)
        return secret_seal(arena, store_seal_key_of(db), custom->oauth_client_secret.v);
    uint8_t *bytes = ARENA_ARRAY(arena, digits.n / 2, uint8_t);
    const bool ok = digits.n && hex_decode(digits, bytes, digits.n / 2);
    return ok ? (struct text){ (const char *)bytes, digits.n / 2 } : (struct text){ NULL, 0 };
}

static bool insert_custom_integration(struct arena *arena, struct db *db, const struct custom_integration *seeded)
{
    struct custom_integration custom = *seeded;
    custom.updated_at = or_created(custom.updated_at, custom.created_at);
    {
        QUERY q = query(db, SQL_CUSTOM_INTEGRATION_INSERT);
        bind_row(&q, &fixture_custom_integration, &custom);
        if (!query_try(&q))
            return false;
    }
    const struct text sealed = sealed_of(arena, db, &custom);
    if (!sealed.p)
        return true;
    QUERY q = query(db, SQL_CUSTOM_INTEGRATION_SEAL);
    bind_uuid(&q, &custom.id.v);
    bind_blob(&q, sealed);
    query_run(&q);
    return true;
}

/* Secret headers of which only the hashes are known. */
static bool insert_hashes(struct db *db, const struct uuid *connection_id, const struct v_map *hashes)
{
    for (size_t i = 0; i < hashes->n; i++) {
        struct secret_hash hash;
        if (!take_hash(hashes->v[i].value, &hash))
            return false;
        QUERY q = query(db, SQL_HEADER_INSERT);
        bind_uuid(&q, connection_id);
        bind_text(&q, hashes->v[i].name);
        bind_int(&q, LIMIT_CREDENTIAL_HEADERS * 2 + (int64_t)i); /* behind the others */
        bind_null(&q);
        bind_hash(&q, &hash);
        if (!query_try(&q))
            return false;
    }
    return true;
}

static bool insert_connection(struct arena *arena, struct db *db, const struct seeded_connection *seeded)
{
    struct connection c = seeded->c;
    c.updated_at = or_created(c.updated_at, c.created_at);
    /* Loading is a request that nobody sent. */
    struct request rq = { .arena = arena, .db = db };
    if (connection_store(&rq, &c, &seeded->headers) != OK || !insert_hashes(db, &c.id.v, &seeded->header_hashes))
        return false;
    if (seeded->header_hashes.n && !c.has_headers.v) {
        c.has_headers.v = true;
        connection_save(db, &c);
    }
    return true;
}

bool fixture_insert(struct arena *arena, struct db *db, enum section section, const void *row)
{
    static const enum sql statements[SECTION_COUNT] = {
        [SECTION_ORGANIZATIONS] = SQL_ORGANIZATION_INSERT,
        [SECTION_TEAMS] = SQL_TEAM_INSERT,
        [SECTION_PEOPLE] = SQL_PERSON_INSERT,
        [SECTION_MEMBERS] = SQL_MEMBER_INSERT,
        [SECTION_PROVIDERS] = SQL_PROVIDER_INSERT,
        [SECTION_SCOPES] = SQL_SCOPE_INSERT,
        [SECTION_AUTH_CONFIGS] = SQL_AUTH_CONFIG_INSERT,
        [SECTION_MCP_TOOLS] = SQL_MCP_TOOL_INSERT,
        [SECTION_MCP_BINDINGS] = SQL_MCP_BINDING_INSERT,
    };
    if (section == SECTION_API_KEYS)
        return insert_api_key(arena, db, row);
    if (section == SECTION_INTEGRATIONS)
        return insert_integration(db, row);
    if (section == SECTION_CUSTOM_INTEGRATIONS)
        return insert_custom_integration(arena, db, row);
    if (section == SECTION_CONNECTIONS)
        return insert_connection(arena, db, row);
    QUERY q = query(db, statements[section]);
    bind_row(&q, fixture_document.fields[section].sub, row);
    return query_try(&q);
}

bool fixture_exists(struct db *db, enum section section, const struct uuid *id)
{
    static const enum sql statements[SECTION_COUNT] = {
        [SECTION_ORGANIZATIONS] = SQL_ORGANIZATION_EXISTS,
        [SECTION_TEAMS] = SQL_TEAM_GET,
        [SECTION_PEOPLE] = SQL_PROFILE_GET,
        [SECTION_CUSTOM_INTEGRATIONS] = SQL_CUSTOM_INTEGRATION_ANY,
    };
    QUERY q = query(db, statements[section]);
    bind_uuid(&q, id);
    return query_row(&q);
}
