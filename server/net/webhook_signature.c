#include "net/webhook_signature.h"

#include "base/arena.h"
#include "base/hex.h"
#include "base/hmac.h"
#include "base/random.h"

const char *const webhook_schemes[] = { "standard", "body", NULL };

#define PREFIX T("whsec_")
#define VERSION T("v1,")

enum { NEW_BYTES = 32 };

/* The bytes of the key; false where the secret can be none. */
static bool key_of(struct arena *arena, struct secret secret, struct text *ret)
{
    *ret = secret_reveal(secret);
    return (!text_starts(*ret, PREFIX) || base64_decode(arena, text_from(*ret, PREFIX.n), ret)) && ret->n > 0;
}

struct secret webhook_secret_new(struct arena *arena)
{
    uint8_t bytes[NEW_BYTES];
    random_bytes(bytes, sizeof bytes);
    const struct text encoded = base64_encode(arena, (struct text){ (const char *)bytes, sizeof bytes });
    const struct text whole = text_format(arena, "%.*s%.*s", TEXT_ARG(PREFIX), TEXT_ARG(encoded));
    return secret_of(whole);
}

const char *webhook_secret_check(struct secret secret)
{
    struct scratch scratch;
    struct text key;
    const bool good = key_of(scratch_begin(&scratch), secret, &key);
    scratch_end(&scratch);
    if (secret_is_empty(secret))
        return "Invalid secret: expected at least one character; leave it out to have one made";
    return good ? NULL : "Invalid secret: expected base64 after whsec_";
}

static struct hmac mac_of(struct text key, enum webhook_scheme scheme, const struct webhook_message *message)
{
    const struct text parts[] = { message->id, T("."), message->timestamp, T("."), message->body };
    const size_t n = sizeof parts / sizeof *parts, first = scheme == WEBHOOK_BODY ? n - 1 : 0;
    return hmac_of(key, parts + first, n - first);
}

struct text webhook_sign(struct arena *arena, enum webhook_scheme scheme, struct secret secret,
                         const struct webhook_message *message)
{
    struct text key;
    if (!key_of(arena, secret, &key))
        return T("");
    const struct hmac mac = mac_of(key, scheme, message);
    if (scheme == WEBHOOK_BODY)
        return hex_encode(arena, mac.b, sizeof mac.b);
    const struct text encoded = base64_encode(arena, (struct text){ (const char *)mac.b, sizeof mac.b });
    return text_format(arena, "%.*s%.*s", TEXT_ARG(VERSION), TEXT_ARG(encoded));
}

/* One of those that a header holds. */
static bool is_mac(struct arena *arena, enum webhook_scheme scheme, struct text one, const struct hmac *mac)
{
    struct hmac digits;
    struct text bytes = { (const char *)digits.b, sizeof digits.b };
    const bool read = scheme == WEBHOOK_BODY ? hex_decode(one, digits.b, sizeof digits.b)
                                             : text_starts(one, VERSION) &&
                                                   base64_decode(arena, text_from(one, VERSION.n), &bytes);
    return read && hmac_is(mac, bytes);
}

bool webhook_is_signed(enum webhook_scheme scheme, struct secret secret, const struct webhook_message *message,
                       struct text signature)
{
    struct scratch scratch;
    struct arena *arena = scratch_begin(&scratch);
    struct text key;
    bool holds = false;
    if (key_of(arena, secret, &key)) {
        const struct hmac mac = mac_of(key, scheme, message);
        for (struct text rest = text_trim(signature); rest.p && !holds;)
            holds = is_mac(arena, scheme, text_cut(&rest, ' '), &mac);
    }
    scratch_end(&scratch);
    return holds;
}
