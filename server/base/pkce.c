#include "base/pkce.h"

#include "base/arena.h"
#include "base/hex.h"
#include "base/random.h"

#include <sodium.h>

enum { VERIFIER_BYTES = 32 };

struct text pkce_verifier_new(struct arena *arena)
{
    uint8_t bytes[VERIFIER_BYTES];
    random_bytes(bytes, sizeof bytes);
    const struct text verifier = base64url_encode(arena, bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
    return verifier;
}

static bool is_base64url_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool pkce_is_verifier(struct text t)
{
    if (t.n < PKCE_VERIFIER_MIN || t.n > PKCE_VERIFIER_MAX)
        return false;
    for (size_t i = 0; i < t.n; i++)
        if (!is_base64url_char(t.p[i]) && t.p[i] != '.' && t.p[i] != '~')
            return false;
    return true;
}

/* 32 bytes are 42 digits and two thirds of another: the lowest two bits of the last digit are zero. */
bool pkce_is_challenge(struct text t)
{
    if (t.n != PKCE_CHALLENGE_LENGTH || !strchr("AEIMQUYcgkosw048", t.p[t.n - 1]))
        return false;
    for (size_t i = 0; i < t.n; i++)
        if (!is_base64url_char(t.p[i]))
            return false;
    return true;
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
    struct arena *arena = arena_new();
    const bool equal = sodium_memcmp(pkce_challenge(arena, verifier).p, challenge.p, challenge.n) == 0;
    arena_free(arena);
    return equal;
}
