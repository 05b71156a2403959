/* Randomness, and the only place that makes ids. secret_start must have succeeded. Safe in every thread. */
#ifndef DUVO_BASE_RANDOM_H
#define DUVO_BASE_RANDOM_H

#include "base/uuid.h"

#include <stddef.h>

void random_bytes(void *ret, size_t n);
/* So many random bytes, at most RANDOM_TEXT_MAX, as base64url. */
enum { RANDOM_TEXT_MAX = 32 };
struct text random_text(struct arena *arena, size_t bytes);
/* Writes so many random hexadecimal digits, an even number of at most 2 * RANDOM_TEXT_MAX, no NUL. */
void random_digits(char *ret, size_t n);
/* A random version 4 UUID (RFC 9562). */
struct uuid random_uuid(void);

#endif
