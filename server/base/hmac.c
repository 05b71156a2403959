#include "base/hmac.h"

#include <sodium.h>

_Static_assert(HMAC_SIZE == crypto_auth_hmacsha256_BYTES, "the size of a SHA-256");

struct hmac hmac_of(struct text key, const struct text *parts, size_t n)
{
    struct hmac ret;
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)key.p, key.n);
    for (size_t i = 0; i < n; i++)
        crypto_auth_hmacsha256_update(&state, (const unsigned char *)parts[i].p, parts[i].n);
    crypto_auth_hmacsha256_final(&state, ret.b);
    return ret;
}

bool hmac_is(const struct hmac *hmac, struct text bytes)
{
    return bytes.n == HMAC_SIZE && sodium_memcmp(bytes.p, hmac->b, HMAC_SIZE) == 0;
}
