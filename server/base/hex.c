#include "base/hex.h"

#include "base/arena.h"

/* One more than the value of each digit; 0 elsewhere. */
static const uint8_t hex_values[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
    ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

static const char hex_digits[] = "0123456789abcdef";
static const char base64url_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void hex_encode(const uint8_t *bytes, size_t n, char *ret)
{
    for (size_t i = 0; i < n; i++) {
        ret[2 * i] = hex_digits[bytes[i] >> 4];
        ret[2 * i + 1] = hex_digits[bytes[i] & 15];
    }
}

int hex_digit(char c)
{
    return hex_values[(uint8_t)c] - 1;
}

bool hex_decode(struct text digits, uint8_t *ret, size_t n)
{
    if (digits.n / 2 != n || digits.n % 2)
        return false;
    for (size_t i = 0; i < digits.n; i++) {
        if (hex_digit(digits.p[i]) < 0)
            return false;
    }
    for (size_t i = 0; i < n; i++)
        ret[i] = (uint8_t)(hex_digit(digits.p[2 * i]) << 4 | hex_digit(digits.p[2 * i + 1]));
    return true;
}

/* Bits that wait for a whole digit, or a whole byte. */
struct bits {
    uint32_t value;
    unsigned count;
};

struct text base64url_encode(struct arena *arena, const uint8_t *bytes, size_t n)
{
    char *p = arena_raw(arena, n / 3 * 4 + n % 3 * 2);
    size_t length = 0;
    struct bits bits = { 0 };
    for (size_t i = 0; i < n; i++) {
        bits.value = bits.value << 8 | bytes[i];
        for (bits.count += 8; bits.count >= 6; bits.count -= 6)
            p[length++] = base64url_digits[bits.value >> (bits.count - 6) & 63];
    }
    if (bits.count)
        p[length++] = base64url_digits[bits.value << (6 - bits.count) & 63];
    return (struct text){ p, length };
}

static int base64url_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '-' ? 62 : c == '_' ? 63 : -1;
}

bool base64url_decode(struct arena *arena, struct text t, struct text *ret)
{
    if (t.n % 4 == 1)
        return false;
    char *p = arena_raw(arena, t.n / 4 * 3 + t.n % 4);
    size_t length = 0;
    struct bits bits = { 0 };
    for (size_t i = 0; i < t.n; i++) {
        int digit = base64url_digit(t.p[i]);
        if (digit < 0)
            return false;
        bits.value = bits.value << 6 | (uint32_t)digit;
        bits.count += 6;
        if (bits.count >= 8) {
            bits.count -= 8;
            p[length++] = (char)(bits.value >> bits.count & 255);
        }
    }
    if (bits.value & ((1u << bits.count) - 1))
        return false;
    *ret = (struct text){ p, length };
    return true;
}

struct text base64_encode(struct arena *arena, struct text t)
{
    const struct text digits = base64url_encode(arena, (const uint8_t *)t.p, t.n);
    char *p = arena_raw(arena, digits.n + 3);
    size_t n = 0;
    for (; n < digits.n; n++)
        p[n] = digits.p[n] == '-' ? '+' : digits.p[n] == '_' ? '/' : digits.p[n];
    while (n % 4)
        p[n++] = '=';
    return (struct text){ p, n };
}

bool base64_decode(struct arena *arena, struct text t, struct text *ret)
{
    const size_t n = text_find(t, '=');
    char *p = arena_raw(arena, n + 1);
    for (size_t i = 0; i < n; i++)
        p[i] = t.p[i] == '+' ? '-' : t.p[i] == '/' ? '_' : t.p[i];
    return base64url_decode(arena, (struct text){ p, n }, ret);
}
