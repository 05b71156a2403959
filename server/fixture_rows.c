#include "fixture_rows.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/hex.h"
#include "fixture_agents.h"
#include "fixture_schedules.h"
#include "fixture_secrets.h"
#include "fixture_slots.h"
#include "limit.h"

/* Statements that a section does not have. */
enum { SQL_NONE = SQL_COUNT };

const struct section_kind section_kinds[SECTION_COUNT] = {
#define ID SECTION_ID
#define GIVES_WAY SECTION_GIVES_WAY
#define SECTION(name, member, of, insert, statement, export, exists, flags, conflict)                                  \
    { #member, &of, (enum sql)SQL_##statement, (enum sql)SQL_##export, (enum sql)SQL_##exists, (flags), (conflict) },
#include "fixture_sections.def"
#undef SECTION
#undef GIVES_WAY
#undef ID
};

/* ---- inserting ------------------------------------------------------------------------------------------ */

/* How a section's rows get in, inside a write transaction: false when one is in conflict with another. */
typedef bool insert(struct arena *arena, struct db *db, enum section section, const void *row);

static bool insert_row(struct arena *arena, struct db *db, enum section section, const void *row)
{
    (void)arena;
    QUERY q = query(db, section_kinds[section].insert);
    bind_row(&q, section_kinds[section].spec, row);
    return query_try(&q);
}

bool fixture_hash(struct text digits, struct secret_hash *ret)
{
    return digits.n == 2 * sizeof ret->b && hex_decode(digits, ret->b, sizeof ret->b);
}

static bool insert_api_key(struct arena *arena, struct db *db, enum section section, const void *row)
{
    const struct api_key *key = row;
    struct secret_hash hash;
    (void)arena, (void)section;
    if (key->key.is == VALUE_SET)
        hash = secret_hash(store_key_of(db), key->key.v);
    else if (!fixture_hash(key->key_hash.v, &hash))
        return false;
    QUERY q = query(db, SQL_KEY_INSERT);
    bind_hash(&q, &hash);
    bind_uuid(&q, &key->team_id.v);
    bind_uuid(&q, &key->user_id.v);
    bind_int(&q, key->revoked.v);
    return query_try(&q);
}

struct v_time fixture_updated(struct v_time updated_at, struct v_time created_at)
{
    return updated_at.is == VALUE_SET ? updated_at : created_at;
}

static bool insert_integration(struct arena *arena, struct db *db, enum section section, const void *row)
{
    struct integration integration = *(const struct integration *)row;
    (void)arena, (void)section;
    integration.updated_at = fixture_updated(integration.updated_at, integration.created_at);
    QUERY q = query(db, SQL_INTEGRATION_INSERT);
    bind_row(&q, &fixture_integration, &integration);
    bind_int(&q, clock_ticket());
    return query_try(&q);
}

static struct text bytes_of(struct arena *arena, struct text digits)
{
    uint8_t *bytes = ARENA_ARRAY(arena, digits.n / 2, uint8_t);
    const bool ok = digits.n && hex_decode(digits, bytes, digits.n / 2);
    return ok ? (struct text){ (const char *)bytes, digits.n / 2 } : (struct text){ NULL, 0 };
}

static struct text sealed_of(struct arena *arena, struct db *db, const struct custom_integration *custom)
{
    const bool given = custom->oauth_client_secret.is == VALUE_SET;
    return given ? secret_seal(arena, store_seal_key_of(db), custom->oauth_client_secret.v)
                 : bytes_of(arena, custom->oauth_client_secret_sealed.v);
}

bool fixture_can_open(struct arena *arena, struct db *db, const struct custom_integration *custom)
{
    struct secret secret;
    return secret_unseal(arena, store_seal_key_of(db), bytes_of(arena, custom->oauth_client_secret_sealed.v), &secret);
}

static bool insert_custom_integration(struct arena *arena, struct db *db, enum section section, const void *row)
{
    struct custom_integration custom = *(const struct custom_integration *)row;
    (void)section;
    custom.updated_at = fixture_updated(custom.updated_at, custom.created_at);
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
        if (!fixture_hash(hashes->v[i].value, &hash))
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

static bool insert_connection(struct arena *arena, struct db *db, enum section section, const void *row)
{
    const struct seeded_connection *seeded = row;
    struct connection c = seeded->c;
    (void)section;
    c.updated_at = fixture_updated(c.updated_at, c.created_at);
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
    static insert *const inserts[SECTION_COUNT] = {
#define SECTION(name, member, spec, insert, ...) insert,
#include "fixture_sections.def"
#undef SECTION
    };
    return inserts[section](arena, db, section, row);
}

bool fixture_exists(struct db *db, enum section section, const struct uuid *id)
{
    QUERY q = query(db, section_kinds[section].exists);
    bind_uuid(&q, id);
    return query_row(&q);
}
