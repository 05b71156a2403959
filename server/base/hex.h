/* Hexadecimal, base64url (RFC 4648 section 5, without padding), strict in both directions, and base64 (section 4). */
#ifndef DUVO_BASE_HEX_H
#define DUVO_BASE_HEX_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Writes 2*n lower-case digits, no NUL. */
void hex_encode(const uint8_t *bytes, size_t n, char *ret);
/* Exactly 2*n digits of either case; false otherwise. */
bool hex_decode(struct text digits, uint8_t *ret, size_t n);
/* Value of one digit, or -1. */
int hex_digit(char c);

struct text base64url_encode(struct arena *arena, const uint8_t *bytes, size_t n);
/* False for a character outside the alphabet, padding, or leftover bits that are not zero. */
bool base64url_decode(struct arena *arena, struct text t, struct text *ret);
/* With padding; what is decoded may lack it. */
struct text base64_encode(struct arena *arena, struct text t);
bool base64_decode(struct arena *arena, struct text t, struct text *ret);

#endif
