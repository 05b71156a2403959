/* UUID: 16 bytes; any version, any letter case in, lower case out, as the documented pattern allows. */
#ifndef DUVO_BASE_UUID_H
#define DUVO_BASE_UUID_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum { UUID_TEXT_SIZE = 36 };

/* The documented pattern, as published. */
#define UUID_PATTERN "^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$"

#define UUID_STRICT_PATTERN \
    "^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}" \
    "|00000000-0000-0000-0000-000000000000|[fF]{8}-[fF]{4}-[fF]{4}-[fF]{4}-[fF]{12})$"

struct uuid {
    uint8_t b[16];
};

bool uuid_parse(struct text t, struct uuid *ret);
/* Whether RFC 9562 knows it: version 1 to 8 and variant 10, or the nil or the max UUID. */
bool uuid_is_of_rfc(const struct uuid *id);
/* Writes UUID_TEXT_SIZE characters, no NUL. */
void uuid_format(const struct uuid *id, char *ret);
struct text uuid_text(struct arena *arena, const struct uuid *id);
bool uuid_eq(const struct uuid *a, const struct uuid *b);
/* A version 8 UUID that depends only on the two texts: the same names always give the same id. */
struct uuid uuid_of_name(struct text kind, struct text name);

#endif
