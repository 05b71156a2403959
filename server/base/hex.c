#include "base/hex.h"

#include "base/arena.h"

#include <sodium.h>

struct text hex_encode(struct arena *arena, const void *bytes, size_t n)
{
    char *p = arena_raw(arena, 2 * n + 1);
    return (struct text){ sodium_bin2hex(p, 2 * n + 1, bytes, n), 2 * n };
}

bool hex_decode(struct text digits, void *ret, size_t n)
{
    size_t got = 0;
    return digits.n == 2 * n && sodium_hex2bin(ret, n, digits.p, digits.n, NULL, &got, NULL) == 0 && got == n;
}

static struct text encode_base64(struct arena *arena, const void *bytes, size_t n, int variant)
{
    const size_t room = sodium_base64_encoded_len(n, variant);
    char *p = arena_raw(arena, room);
    return text_of(sodium_bin2base64(p, room, bytes, n, variant));
}

/* libsodium takes some bytes past 127 for digits, so they are kept from it. */
static bool decode_base64(struct arena *arena, struct text t, int variant, struct text *ret)
{
    size_t n = 0;
    unsigned char *p = arena_raw(arena, t.n / 4 * 3 + t.n % 4);
    if (!text_is_visible_ascii(t) ||
        sodium_base642bin(p, t.n / 4 * 3 + t.n % 4, t.p, t.n, NULL, &n, NULL, variant) != 0)
        return false;
    *ret = (struct text){ (const char *)p, n };
    return true;
}

struct text base64_encode(struct arena *arena, struct text t)
{
    return encode_base64(arena, t.p, t.n, sodium_base64_VARIANT_ORIGINAL);
}

bool base64_decode(struct arena *arena, struct text t, struct text *ret)
{
    return decode_base64(arena, text_clip(t, text_find(t, '=')), sodium_base64_VARIANT_ORIGINAL_NO_PADDING, ret);
}

struct text base64url_encode(struct arena *arena, const void *bytes, size_t n)
{
    return encode_base64(arena, bytes, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool base64url_decode(struct arena *arena, struct text t, struct text *ret)
{
    return decode_base64(arena, t, sodium_base64_VARIANT_URLSAFE_NO_PADDING, ret);
}

const char *hex_check(struct text digits)
{
    uint8_t byte;
    bool hex = digits.n % 2 == 0;
    for (size_t i = 0; hex && i < digits.n; i += 2)
        hex = hex_decode((struct text){ digits.p + i, 2 }, &byte, 1);
    return hex ? NULL : "Invalid value: expected hexadecimal digits";
}
