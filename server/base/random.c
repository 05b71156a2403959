#include "base/random.h"

#include "base/hex.h"

#include <sodium.h>
#include <string.h>

/* Random bytes fetched ahead, because a system call for each id would cost more than the id. */
static _Thread_local struct {
    uint8_t b[1024];
    size_t left;
} ahead;

void random_bytes(void *ret, size_t n)
{
    randombytes_buf(ret, n);
}

struct text random_text(struct arena *arena, size_t bytes)
{
    uint8_t b[RANDOM_TEXT_MAX];
    randombytes_buf(b, bytes);
    const struct text text = base64url_encode(arena, b, bytes);
    sodium_memzero(b, sizeof b);
    return text;
}

void random_digits(char *ret, size_t n)
{
    uint8_t b[RANDOM_TEXT_MAX];
    char digits[2 * RANDOM_TEXT_MAX + 1];
    randombytes_buf(b, n / 2);
    memcpy(ret, sodium_bin2hex(digits, sizeof digits, b, n / 2), n);
    sodium_memzero(b, sizeof b);
    sodium_memzero(digits, sizeof digits);
}

struct uuid random_uuid(void)
{
    struct uuid id;
    if (ahead.left < sizeof id.b) {
        randombytes_buf(ahead.b, sizeof ahead.b);
        ahead.left = sizeof ahead.b;
    }
    ahead.left -= sizeof id.b;
    memcpy(id.b, ahead.b + ahead.left, sizeof id.b);
    id.b[6] = (uint8_t)((id.b[6] & 0x0F) | 0x40);
    id.b[8] = (uint8_t)((id.b[8] & 0x3F) | 0x80);
    return id;
}
