#include "base/pkce.h"

#include "base/arena.h"
#include "base/hex.h"
#include "base/random.h"
#include "base/uri.h"

#include <sodium.h>

enum { VERIFIER_BYTES = 32 };

struct text pkce_verifier_new(struct arena *arena)
{
    return random_text(arena, VERIFIER_BYTES);
}

bool pkce_is_verifier(struct text t)
{
    if (t.n < PKCE_VERIFIER_MIN || t.n > PKCE_VERIFIER_MAX)
        return false;
    for (size_t i = 0; i < t.n; i++)
        if (!uri_is_unreserved(t.p[i]))
            return false;
    return true;
}

bool pkce_is_challenge(struct text t)
{
    struct scratch scratch;
    struct text hash;
    const bool is = base64url_decode(scratch_begin(&scratch), t, &hash) && t.n == PKCE_CHALLENGE_LENGTH;
    scratch_end(&scratch);
    return is;
}

struct text pkce_challenge(struct arena *arena, struct text verifier)
{
    uint8_t hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)verifier.p, verifier.n);
    return base64url_encode(arena, hash, sizeof hash);
}

bool pkce_verify(struct text verifier, struct text challenge)
{
    if (!pkce_is_verifier(verifier) || challenge.n != PKCE_CHALLENGE_LENGTH)
        return false;
    struct scratch scratch;
    const struct text expected = pkce_challenge(scratch_begin(&scratch), verifier);
    const bool equal = sodium_memcmp(expected.p, challenge.p, challenge.n) == 0;
    scratch_end(&scratch);
    return equal;
}
