#include "base/secret.h"

#include "base/arena.h"

#include <sodium.h>
#include <stdio.h>
#include <sys/random.h>
#include <unistd.h>

struct secret secret_of(struct text value)
{
    return (struct secret){ { value.p, value.n } };
}

bool secret_is_empty(struct secret s)
{
    return s.hidden.n == 0;
}

size_t secret_length(struct secret s)
{
    return s.hidden.n;
}

struct secret_hash secret_hash(const struct secret_key *key, struct secret s)
{
    struct secret_hash hash;
    const unsigned char *bytes = (const unsigned char *)s.hidden.p;
    crypto_generichash(hash.b, sizeof hash.b, bytes, s.hidden.n, key->b, sizeof key->b);
    return hash;
}

struct secret_hash secret_hash_public(const uint8_t *salt, const char *context, struct secret s)
{
    _Static_assert(SECRET_SALT_SIZE == crypto_generichash_blake2b_SALTBYTES, "libsodium's salt has another size");
    unsigned char personal[crypto_generichash_blake2b_PERSONALBYTES + 1] = "";
    struct secret_hash hash;
    snprintf((char *)personal, sizeof personal, "%s", context);
    crypto_generichash_blake2b_salt_personal(hash.b, sizeof hash.b, (const unsigned char *)s.hidden.p, s.hidden.n,
                                             NULL, 0, salt, personal);
    return hash;
}

bool secret_hash_eq(const struct secret_hash *a, const struct secret_hash *b)
{
    return sodium_memcmp(a->b, b->b, sizeof a->b) == 0;
}

bool secret_has_hash(const struct secret_key *key, struct secret s, const struct secret_hash *hash)
{
    const struct secret_hash own = secret_hash(key, s);
    return secret_hash_eq(&own, hash);
}

/* Neither value's length is told by the time that it takes: hashes are compared. */
bool secret_eq(const struct secret_key *key, struct secret a, struct secret b)
{
    const struct secret_hash hash = secret_hash(key, b);
    return secret_has_hash(key, a, &hash);
}

struct text secret_seal(struct arena *arena, const struct secret_key *key, struct secret s)
{
    _Static_assert(sizeof key->b == crypto_secretbox_KEYBYTES, "libsodium's key has another size");
    const size_t n = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + s.hidden.n;
    unsigned char *sealed = arena_raw(arena, n);
    randombytes_buf(sealed, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(sealed + crypto_secretbox_NONCEBYTES, (const unsigned char *)s.hidden.p, s.hidden.n, sealed,
                          key->b);
    return (struct text){ (const char *)sealed, n };
}

bool secret_unseal(struct arena *arena, const struct secret_key *key, struct text sealed, struct secret *ret)
{
    const size_t overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    const unsigned char *nonce = (const unsigned char *)sealed.p;
    if (sealed.n < overhead)
        return false;
    unsigned char *plain = arena_raw(arena, sealed.n - overhead + 1);
    if (crypto_secretbox_open_easy(plain, nonce + crypto_secretbox_NONCEBYTES,
                                   sealed.n - crypto_secretbox_NONCEBYTES, nonce, key->b) != 0)
        return false;
    *ret = secret_of((struct text){ (const char *)plain, sealed.n - overhead });
    return true;
}

struct secret_key secret_key_new(void)
{
    struct secret_key key;
    randombytes_buf(key.b, sizeof key.b);
    return key;
}

/* Asked before libsodium is, which would abort. */
static bool has_randomness(void)
{
    uint8_t probe;
    return getrandom(&probe, sizeof probe, 0) == (ssize_t)sizeof probe || access("/dev/urandom", R_OK) == 0;
}

bool secret_start(void)
{
    return has_randomness() && sodium_init() >= 0;
}

struct text secret_reveal(struct secret s)
{
    return (struct text){ s.hidden.p, s.hidden.n };
}
