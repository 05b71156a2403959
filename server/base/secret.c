#include "base/secret.h"

#include <sodium.h>
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

bool secret_hash_eq(const struct secret_hash *a, const struct secret_hash *b)
{
    return sodium_memcmp(a->b, b->b, sizeof a->b) == 0;
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
