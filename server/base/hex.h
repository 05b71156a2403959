/* Hexadecimal and base64 (RFC 4648), with strict decoding. */
#ifndef DUVO_BASE_HEX_H
#define DUVO_BASE_HEX_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* Of a digit of either case; 16: it is none. Its time tells which digit it is: not for secrets. */
static inline unsigned hex_digit(char c)
{
    const unsigned number = (unsigned char)c - '0', letter = ((unsigned char)c | 0x20u) - 'a';
    return number < 10 ? number : letter < 6 ? letter + 10 : 16;
}

/* 2*n lower-case digits. */
struct text hex_encode(struct arena *arena, const void *bytes, size_t n);
/* Exactly 2*n digits of either case; false otherwise, and what is in *ret then is of no use. */
bool hex_decode(struct text digits, void *ret, size_t n);

/* Section 4; decoding takes it without padding, too. False for a character outside the alphabet, and for leftover bits
 * that are not zero. */
struct text base64_encode(struct arena *arena, struct text t);
bool base64_decode(struct arena *arena, struct text t, struct text *ret);
/* Section 5, the alphabet of URLs, without padding, which is refused. */
struct text base64url_encode(struct arena *arena, const void *bytes, size_t n);
bool base64url_decode(struct arena *arena, struct text t, struct text *ret);
/* For a field of sealed bytes: NULL, or what is wrong with the digits. */
const char *hex_check(struct text digits);

#endif
