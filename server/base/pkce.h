/* PKCE (RFC 7636) with S256, the only useful method in OAuth 2.1. secret_start must have succeeded. */
#ifndef DUVO_BASE_PKCE_H
#define DUVO_BASE_PKCE_H

#include "base/text.h"

#include <stdbool.h>

enum { PKCE_VERIFIER_MIN = 43, PKCE_VERIFIER_MAX = 128, PKCE_CHALLENGE_LENGTH = 43 };

/* A new verifier: 256 random bits as 43 characters, in the arena. */
struct text pkce_verifier_new(struct arena *arena);
/* 43 to 128 unreserved characters (section 4.1). */
bool pkce_is_verifier(struct text t);
/* 43 characters of base64url without padding (section 4.2), with no bits left over. */
bool pkce_is_challenge(struct text t);
/* base64url(SHA-256(verifier)), in the arena. */
struct text pkce_challenge(struct arena *arena, struct text verifier);
/* Whether the verifier is well-formed and the challenge was made of it; in constant time for well-formed ones. */
bool pkce_verify(struct text verifier, struct text challenge);

#endif
