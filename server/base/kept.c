#include "base/kept.h"

#include "base/arena.h"
#include "base/hex.h"

#include <string.h>

/* Contexts, which keep hashes of different uses apart. They are part of every export: never changed. */
static const char key_context[] = "duvo-mock key", value_context[] = "duvo-mock value",
                  salt_context[] = "duvo-mock salt";

struct kept kept_key(struct secret key)
{
    return (struct kept){ .kind = KEPT_KEY, .hash = secret_hash_public(NULL, key_context, key) };
}

static struct kept salted(const uint8_t *salt, struct secret value)
{
    struct kept kept = { .kind = KEPT_VALUE, .hash = secret_hash_public(salt, value_context, value) };
    memcpy(kept.salt, salt, sizeof kept.salt);
    return kept;
}

struct kept kept_value(const struct uuid *row, struct text name, struct secret value)
{
    _Static_assert(sizeof row->b == SECRET_SALT_SIZE, "an id cannot be a salt");
    const struct secret_hash salt = secret_hash_public(row->b, salt_context, secret_of(name));
    return salted(salt.b, value);
}

struct kept kept_file(const struct secret_key *file, struct secret value)
{
    return (struct kept){ .kind = KEPT_FILE, .hash = secret_hash(file, value) };
}

bool kept_matches(const struct kept *kept, const struct secret_key *file, struct secret value)
{
    struct kept asked;
    switch (kept->kind) {
    case KEPT_FILE: asked = kept_file(file, value); break;
    case KEPT_KEY: asked = kept_key(value); break;
    case KEPT_VALUE: asked = salted(kept->salt, value); break;
    }
    return secret_hash_eq(&kept->hash, &asked.hash);
}

bool kept_eq(const struct kept *a, const struct kept *b)
{
    return a->kind == b->kind && memcmp(a->salt, b->salt, sizeof a->salt) == 0 && secret_hash_eq(&a->hash, &b->hash);
}

/* ---- as text --------------------------------------------------------------------------------------------- */

struct text kept_text(struct arena *arena, const struct kept *kept)
{
    const struct text hash = hex_encode(arena, kept->hash.b, sizeof kept->hash.b);
    if (kept->kind == KEPT_FILE)
        return hash;
    if (kept->kind == KEPT_KEY)
        return text_format(arena, "k1:%.*s", TEXT_ARG(hash));
    return text_format(arena, "s1:%.*s:%.*s", TEXT_ARG(hex_encode(arena, kept->salt, sizeof kept->salt)),
                       TEXT_ARG(hash));
}

static bool read_digits(struct text digits, uint8_t *ret, size_t n)
{
    return digits.n == 2 * n && hex_decode(digits, ret, n);
}

static bool read_hash(struct text digits, struct secret_hash *ret)
{
    return read_digits(digits, ret->b, sizeof ret->b);
}

const char *kept_read_key(struct text text, struct kept *ret)
{
    const bool new = text_starts(text, T("k1:"));
    *ret = (struct kept){ .kind = new ? KEPT_KEY : KEPT_FILE };
    return read_hash(new ? text_from(text, 3) : text, &ret->hash) ? NULL
               : "Invalid hash: expected k1: and 64 hexadecimal digits";
}

const char *kept_read_value(struct text text, struct kept *ret)
{
    struct text rest = text_from(text, 3);
    *ret = (struct kept){ .kind = KEPT_FILE };
    bool right = read_hash(text, &ret->hash);
    if (text_starts(text, T("s1:"))) {
        ret->kind = KEPT_VALUE;
        right = read_digits(text_cut(&rest, ':'), ret->salt, sizeof ret->salt) && rest.p && read_hash(rest, &ret->hash);
    }
    return right ? NULL : "Invalid hash: expected s1:, 32 hexadecimal digits, a colon and 64 more";
}
