/* HMAC-SHA256 (RFC 2104), and comparing in constant time. */
#ifndef DUVO_BASE_HMAC_H
#define DUVO_BASE_HMAC_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HMAC_SIZE = 32 };

struct hmac {
    uint8_t b[HMAC_SIZE];
};

/* Of `n` parts, one behind the other. */
struct hmac hmac_of(struct text key, const struct text *parts, size_t n);
/* Whether the bytes are those; in constant time. */
bool hmac_is(const struct hmac *hmac, struct text bytes);

#endif
