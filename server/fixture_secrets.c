#include "fixture_secrets.h"

#include "api/secrets.h"
#include "base/arena.h"
#include "base/clock.h"
#include "limit.h"

#define S struct seeded_secret
static const struct field secret_fields[] = {
    FIELD_UUID(S, id, .column = "id", .flags = REQUIRED),
    FIELD_UUID(S, team_id, .column = "team_id", .flags = REQUIRED),
    FIELD_UUID(S, user_id, .column = "user_id", .flags = NULLABLE, .doc = "Null: shared with the team"),
    FIELD_TEXT(S, name, .column = "name", .flags = REQUIRED, .min = 1, .max = LIMIT_SECRET_NAME),
    FIELD_TEXT(S, service_slug, .column = "service_slug", .flags = NULLABLE, .min = 1, .max = LIMIT_SERVICE_SLUG),
    FIELD_UUID(S, created_by, .column = "created_by", .flags = REQUIRED),
    FIELD_TIME(S, created_at, .column = "created_at", .fallback = FIRST_INSTANT),
    FIELD_TIME(S, updated_at, .column = "updated_at", .doc = UPDATED_DOC),
    FIELD_SECRETS(S, values, SECRET_VALUE_RULES),
    FIELD_MAP(S, value_hashes, .max = LIMIT_SECRET_VALUES, .key_max = LIMIT_SECRET_KEY,
              .value_min = 2 * SECRET_HASH_SIZE, .value_max = 2 * SECRET_HASH_SIZE, .pattern = ENV_KEY_PATTERN,
              .check_key = check_env_key, .check = check_hex),
};
#undef S

/* A value is given once: itself, or what the store keeps of it. */
static const char *check_secret(struct arena *arena, const void *object, struct text *ret_path)
{
    const struct seeded_secret *secret = object;
    *ret_path = T("value_hashes");
    if (secret->values.n + secret->value_hashes.n > LIMIT_SECRET_VALUES)
        return "Too big: there are more values than a secret can have";
    for (size_t i = 0; i < secret->value_hashes.n; i++)
        for (size_t k = 0; k < secret->values.n; k++)
            if (text_eq(secret->value_hashes.v[i].name, secret->values.v[k].name)) {
                *ret_path = text_format(arena, "value_hashes/%.*s", TEXT_ARG(secret->values.v[k].name));
                return "Duplicate key: it is in values, too";
            }
    return NULL;
}

const struct spec fixture_secret =
    SPEC_WITH(struct seeded_secret, "FixtureSecret", secret_fields, .check = check_secret);

static const struct field build_secret_fields[] = {
    FIELD_UUID(struct build_secret, build_id, .column = "build_id", .flags = REQUIRED),
    FIELD_UUID(struct build_secret, secret_id, .column = "secret_id", .flags = REQUIRED),
};
const struct spec fixture_build_secret = SPEC(struct build_secret, "FixtureBuildSecret", build_secret_fields);

static void insert_value(struct db *db, const struct uuid *id, struct text name, size_t position,
                         const struct secret_hash *hash)
{
    QUERY q = query(db, SQL_SECRET_VALUE_INSERT);
    bind_uuid(&q, id);
    bind_text(&q, name);
    bind_int(&q, (int64_t)position);
    bind_hash(&q, hash);
    query_run(&q);
}

static void insert_values(struct db *db, const struct seeded_secret *secret)
{
    for (size_t i = 0; i < secret->values.n; i++) {
        const struct secret_hash hash = secret_hash(store_key_of(db), secret->values.v[i].value);
        insert_value(db, &secret->id.v, secret->values.v[i].name, i, &hash);
    }
    for (size_t i = 0; i < secret->value_hashes.n; i++) {
        struct secret_hash hash;
        if (fixture_hash(secret->value_hashes.v[i].value, &hash))
            insert_value(db, &secret->id.v, secret->value_hashes.v[i].name, secret->values.n + i, &hash);
    }
}

bool insert_secret(struct arena *arena, struct db *db, enum section section, const void *row)
{
    struct seeded_secret secret = *(const struct seeded_secret *)row;
    (void)arena, (void)section;
    secret.updated_at = fixture_updated(secret.updated_at, secret.created_at);
    {
        QUERY q = query(db, SQL_SECRET_LOAD);
        bind_row(&q, &fixture_secret, &secret);
        bind_int(&q, clock_ticket());
        if (!query_try(&q))
            return false;
    }
    insert_values(db, &secret);
    return true;
}
