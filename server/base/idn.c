#include "base/idn.h"

#include "base/arena.h"
#include "base/buf.h"

enum { LABEL_MAX = 63, NAME_MAX_BYTES = 253 };

/* ---- characters ------------------------------------------------------------------------------------------ */

/* Of valid UTF-8; *at goes on behind it. */
static uint32_t next_character(struct text t, size_t *at)
{
    const unsigned char first = (unsigned char)t.p[(*at)++];
    if (first < 0x80)
        return first;
    const unsigned more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    uint32_t c = first & (0x3fU >> more);
    for (unsigned i = 0; i < more; i++)
        c = c << 6 | ((unsigned char)t.p[(*at)++] & 0x3f);
    return c;
}

/* Upper-case letters from `first` to `last`, and how far away their lower-case ones are; `every` 2: they take turns. */
static const struct {
    uint32_t first, last;
    unsigned every;
    int lower;
} capitals[] = {
    { 'A', 'Z', 1, 32 },          { 0x00c0, 0x00d6, 1, 32 },   { 0x00d8, 0x00de, 1, 32 },
    { 0x0100, 0x012e, 2, 1 },     { 0x0134, 0x0136, 2, 1 },    { 0x0139, 0x0147, 2, 1 },
    { 0x014a, 0x0176, 2, 1 },     { 0x0178, 0x0178, 1, -121 }, { 0x0179, 0x017d, 2, 1 },
    { 0x0386, 0x0386, 1, 38 },    { 0x0388, 0x038a, 1, 37 },   { 0x038c, 0x038c, 1, 64 },
    { 0x038e, 0x038f, 1, 63 },    { 0x0391, 0x03a1, 1, 32 },   { 0x03a3, 0x03ab, 1, 32 },
    { 0x0400, 0x040f, 1, 80 },    { 0x0410, 0x042f, 1, 32 },   { 0x0460, 0x0480, 2, 1 },
    { 0x048a, 0x04be, 2, 1 },     { 0x04c1, 0x04cd, 2, 1 },    { 0x04d0, 0x052e, 2, 1 },
    { 0x0531, 0x0556, 1, 48 },    { 0x1e00, 0x1e94, 2, 1 },    { 0x1e9e, 0x1e9e, 1, -7615 },
    { 0x1ea0, 0x1efe, 2, 1 },
};

static uint32_t lower(uint32_t c)
{
    for (size_t i = 0; i < sizeof capitals / sizeof capitals[0]; i++)
        if (c >= capitals[i].first && c <= capitals[i].last && (c - capitals[i].first) % capitals[i].every == 0)
            return (uint32_t)((int64_t)c + capitals[i].lower);
    return c;
}

/* What no name has, and what IDNA maps to something else by tables that are not here. */
static bool is_unmapped(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        { 0x0000, 0x002c }, { 0x002f, 0x002f }, { 0x003a, 0x0040 }, { 0x005b, 0x005e }, { 0x0060, 0x0060 },
        { 0x007b, 0x00b6 }, { 0x00b8, 0x00bf }, { 0x00d7, 0x00d7 }, { 0x00f7, 0x00f7 }, { 0x0130, 0x0130 },
        { 0x0132, 0x0133 }, { 0x013f, 0x0140 }, { 0x0149, 0x0149 }, { 0x017f, 0x017f }, { 0x01c4, 0x01cc },
        { 0x02b0, 0x036f }, { 0x1100, 0x11ff }, { 0x1d00, 0x1dff }, { 0x1e9a, 0x1e9b }, { 0x2000, 0x2c5f },
        { 0x2e00, 0x3004 }, { 0x3008, 0x303f }, { 0x3099, 0x309c }, { 0x3130, 0x318f }, { 0x3200, 0x33ff },
        { 0xd800, 0xfaff }, { 0xfb00, 0xfe1f }, { 0xfe30, 0xffff }, { 0xe0000, 0x10ffff },
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

/* U+3002 and its full-width and half-width forms (RFC 3490 section 3.1). */
static bool is_dot(uint32_t c)
{
    return c == '.' || c == 0x3002 || c == 0xff0e || c == 0xff61;
}

/* ---- Punycode (RFC 3492) --------------------------------------------------------------------------------- */

enum { BASE = 36, T_MIN = 1, T_MAX = 26, SKEW = 38, DAMP = 700, FIRST_BIAS = 72, FIRST_CODE = 0x80 };

/* Section 6.1. */
static uint32_t adapt(uint32_t delta, uint32_t points, bool first)
{
    uint32_t k = 0;
    delta /= first ? DAMP : 2;
    for (delta += delta / points; delta > (BASE - T_MIN) * T_MAX / 2; k += BASE)
        delta /= BASE - T_MIN;
    return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

static void put_digit(struct buf *b, uint32_t digit)
{
    buf_add_char(b, (char)(digit < 26 ? 'a' + digit : '0' + digit - 26));
}

/* Section 3.3: least significant digit first, each with a threshold of its own. */
static void put_number(struct buf *b, uint32_t q, uint32_t bias)
{
    for (uint32_t k = BASE;; k += BASE) {
        const uint32_t t = k <= bias + T_MIN ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;
        if (q < t)
            break;
        put_digit(b, t + (q - t) % (BASE - t));
        q = (q - t) / (BASE - t);
    }
    put_digit(b, q);
}

static uint32_t smallest_from(const uint32_t *label, size_t n, uint32_t from)
{
    uint32_t least = UINT32_MAX;
    for (size_t i = 0; i < n; i++)
        if (label[i] >= from && label[i] < least)
            least = label[i];
    return least;
}

/* Section 6.3. A label of at most LABEL_MAX characters overflows nothing. */
static void put_punycode(struct buf *b, const uint32_t *label, size_t n)
{
    size_t done = 0;
    for (size_t i = 0; i < n; i++)
        if (label[i] < FIRST_CODE) {
            buf_add_char(b, (char)label[i]);
            done++;
        }
    const size_t basic = done;
    uint32_t code = FIRST_CODE, delta = 0, bias = FIRST_BIAS;
    if (basic)
        buf_add_char(b, '-');
    for (; done < n; delta++, code++) {
        const uint32_t next = smallest_from(label, n, code);
        delta += (next - code) * (uint32_t)(done + 1);
        code = next;
        for (size_t i = 0; i < n; i++) {
            delta += label[i] < code;
            if (label[i] != code)
                continue;
            put_number(b, delta, bias);
            bias = adapt(delta, (uint32_t)done + 1, done == basic);
            delta = 0;
            done++;
        }
    }
}

/* ---- names ------------------------------------------------------------------------------------------------- */

static bool put_label(struct buf *b, const uint32_t *label, size_t n)
{
    const size_t from = b->n;
    if (smallest_from(label, n, FIRST_CODE) == UINT32_MAX) {
        for (size_t i = 0; i < n; i++)
            buf_add_char(b, (char)label[i]);
    } else {
        buf_add(b, T("xn--"));
        put_punycode(b, label, n);
    }
    return b->n - from <= LABEL_MAX;
}

bool idn_to_ascii(struct arena *arena, struct text host, struct text *ret)
{
    struct buf b = buf_new(arena, 2 * NAME_MAX_BYTES);
    uint32_t label[LABEL_MAX];
    size_t n = 0;
    if (!text_is_utf8(host))
        return false;
    for (size_t at = 0; at < host.n;) {
        const uint32_t c = lower(next_character(host, &at));
        if (is_dot(c)) {
            if (!put_label(&b, label, n))
                return false;
            buf_add_char(&b, '.');
            n = 0;
        } else if (n == LABEL_MAX || is_unmapped(c)) {
            return false;
        } else {
            label[n++] = c;
        }
    }
    if (!put_label(&b, label, n) || b.full || b.n > NAME_MAX_BYTES)
        return false;
    *ret = buf_text(&b);
    return true;
}
