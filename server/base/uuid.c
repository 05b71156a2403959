#include "base/uuid.h"

#include "base/arena.h"
#include "base/hex.h"

#include <sodium.h>

/* Where the two digits of each byte stand in the text, and where the hyphens do. */
static const uint8_t places[] = { 0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34 };
static const uint8_t hyphens[] = { 8, 13, 18, 23 };

/* Ids are no secrets, and every request and reply is full of them: what follows is many times as fast as libsodium's
 * digits, whose time tells nothing about them. */
bool uuid_parse(struct text t, struct uuid *ret)
{
    struct uuid id;
    bool ok = t.n == UUID_TEXT_SIZE;
    for (size_t i = 0; ok && i < sizeof hyphens; i++)
        ok = t.p[hyphens[i]] == '-';
    for (size_t i = 0; ok && i < sizeof places; i++) {
        const unsigned high = hex_digit(t.p[places[i]]), low = hex_digit(t.p[places[i] + 1]);
        id.b[i] = (uint8_t)(high << 4 | low);
        ok = high < 16 && low < 16;
    }
    if (ok)
        *ret = id;
    return ok;
}

/* The two digits of every byte. */
#define DIGIT_PAIRS(high) \
    high "0" high "1" high "2" high "3" high "4" high "5" high "6" high "7" \
    high "8" high "9" high "a" high "b" high "c" high "d" high "e" high "f"
static const char digit_pairs[] =
    DIGIT_PAIRS("0") DIGIT_PAIRS("1") DIGIT_PAIRS("2") DIGIT_PAIRS("3") DIGIT_PAIRS("4") DIGIT_PAIRS("5")
    DIGIT_PAIRS("6") DIGIT_PAIRS("7") DIGIT_PAIRS("8") DIGIT_PAIRS("9") DIGIT_PAIRS("a") DIGIT_PAIRS("b")
    DIGIT_PAIRS("c") DIGIT_PAIRS("d") DIGIT_PAIRS("e") DIGIT_PAIRS("f");
#undef DIGIT_PAIRS

void uuid_format(const struct uuid *id, char *ret)
{
    for (size_t i = 0; i < sizeof places; i++)
        memcpy(ret + places[i], digit_pairs + 2 * (size_t)id->b[i], 2);
    for (size_t i = 0; i < sizeof hyphens; i++)
        ret[hyphens[i]] = '-';
}

struct text uuid_text(struct arena *arena, const struct uuid *id)
{
    char *p = arena_raw(arena, UUID_TEXT_SIZE);
    uuid_format(id, p);
    return (struct text){ p, UUID_TEXT_SIZE };
}

bool uuid_eq(const struct uuid *a, const struct uuid *b)
{
    return memcmp(a->b, b->b, sizeof a->b) == 0;
}

static void hash_text(crypto_generichash_state *state, struct text t)
{
    crypto_generichash_update(state, (const unsigned char *)t.p, t.n);
}

/* BLAKE2b-128; the zero byte keeps ("a", "bc") and ("ab", "c") apart. Version and variant as in RFC 9562. */
struct uuid uuid_of_name(struct text kind, struct text name)
{
    struct uuid id;
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof id.b);
    hash_text(&state, kind);
    hash_text(&state, T("\0"));
    hash_text(&state, name);
    crypto_generichash_final(&state, id.b, sizeof id.b);
    id.b[6] = (uint8_t)((id.b[6] & 0x0F) | 0x80);
    id.b[8] = (uint8_t)((id.b[8] & 0x3F) | 0x80);
    return id;
}

bool uuid_is_of_rfc(const struct uuid *id)
{
    uint8_t any = 0, all = 0xff;
    for (size_t i = 0; i < sizeof id->b; i++) {
        any |= id->b[i];
        all &= id->b[i];
    }
    const int version = id->b[6] >> 4;
    return any == 0 || all == 0xff || (version >= 1 && version <= 8 && id->b[8] >> 6 == 2);
}
