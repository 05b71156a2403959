/* Signatures of webhooks: HMAC-SHA256, in one of two schemes.
 *
 * Standard Webhooks signs `id.timestamp.body` and says so as `v1,BASE64`; a header may hold several of those with
 * blanks in between, of which one has to hold. The scheme `body` signs the raw body alone and says so as 64
 * hexadecimal digits. The key is the secret's own bytes, or, behind `whsec_`, what the base64 there decodes to.
 * Signatures are compared in constant time. How old a timestamp may be is the receiver's to say. */
#ifndef DUVO_NET_WEBHOOK_SIGNATURE_H
#define DUVO_NET_WEBHOOK_SIGNATURE_H

#include "base/secret.h"
#include "base/text.h"

#include <stdbool.h>

enum webhook_scheme { WEBHOOK_STANDARD, WEBHOOK_BODY };
/* The same order, as requests and rows have it: standard, body; ends with NULL. */
extern const char *const webhook_schemes[];

/* What is signed. The scheme `body` looks at the body alone. */
struct webhook_message {
    struct text id;        /* the header webhook-id */
    struct text timestamp; /* the header webhook-timestamp: seconds since 1970, in decimal */
    struct text body;
};

/* A new one: whsec_ and 32 random bytes in base64, in the arena. */
struct secret webhook_secret_new(struct arena *arena);
/* NULL, or what is wrong with it: it is empty, or what stands behind whsec_ is no base64 or nothing. */
const char *webhook_secret_check(struct secret secret);
/* The value of the header that holds the signature. The secret is one that webhook_secret_check accepts. */
struct text webhook_sign(struct arena *arena, enum webhook_scheme scheme, struct secret secret,
                         const struct webhook_message *message);
/* Whether that header's value holds for the message. */
bool webhook_is_signed(enum webhook_scheme scheme, struct secret secret, const struct webhook_message *message,
                       struct text signature);

#endif
