#include "pattern.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define REPEAT_LIMIT (64LL << 20)

static const struct {
    const char *word;
    enum hole_kind kind;
    const char *mask; /* of fixed length: '0' a digit, 'x' a lower-case hexadecimal digit */
} hole_words[] = {
    { "uuid", HOLE_UUID, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx" },
    { "time", HOLE_TIME, "0000-00-00T00:00:00.000Z" },
    { "int", HOLE_INT, NULL },
    { "any", HOLE_ANY, NULL },
};
enum { HOLE_WORDS = sizeof hole_words / sizeof *hole_words };

static int hole_word_find(const char *word)
{
    for (int i = 0; i < HOLE_WORDS; i++)
        if (strcmp(hole_words[i].word, word) == 0)
            return i;
    return -1;
}

static bool is_name(const char *s)
{
    if (!islower((unsigned char)*s) && *s != '_')
        return false;
    return strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(s);
}

static bool is_builtin(const char *name)
{
    static const char *const builtin[] = { "port", "dir", "root" };
    for (size_t i = 0; i < sizeof builtin / sizeof *builtin; i++)
        if (strcmp(builtin[i], name) == 0)
            return true;
    return false;
}

static bool repeat_parse(char *s, struct hole *ret_hole)
{
    char *colon = strrchr(s, ':');
    long long count;
    if (colon == NULL || colon == s || !number_parse(colon + 1, 0, REPEAT_LIMIT, &count))
        return false;
    *colon = '\0';
    if (count * (long long)strlen(s) > REPEAT_LIMIT)
        return false;
    *ret_hole = (struct hole){ .kind = HOLE_REPEAT, .repeat = s, .count = count };
    return true;
}

bool pattern_name_valid(const char *name)
{
    return is_name(name) && !is_builtin(name) && hole_word_find(name) < 0;
}

static bool capture_parse(char *name, char *word, struct hole *ret_hole)
{
    int i = hole_word_find(word);
    if (i < 0 || !pattern_name_valid(name))
        return false;
    *ret_hole = (struct hole){ .kind = hole_words[i].kind, .name = name };
    return true;
}

/* s is what stands between the braces. */
static bool hole_parse(const char *s, size_t len, struct hole *ret_hole)
{
    char *inner = keep_copy(s, len);
    if (str_starts(inner, "repeat:"))
        return repeat_parse(inner + strlen("repeat:"), ret_hole);
    char *equals = strchr(inner, '=');
    if (equals != NULL) {
        *equals = '\0';
        return capture_parse(inner, equals + 1, ret_hole);
    }
    int i = hole_word_find(inner);
    *ret_hole = i >= 0 ? (struct hole){ .kind = hole_words[i].kind }
                       : (struct hole){ .kind = HOLE_VALUE, .name = inner };
    return i >= 0 || is_name(inner);
}

/* The next placeholder at or after s; NULL when there is none. */
static const char *hole_find(const char *s, size_t len, size_t *ret_len)
{
    const char *open = memmem(s, len, "{{", 2);
    if (open == NULL)
        return NULL;
    size_t rest = len - (size_t)(open - s);
    const char *close = memmem(open, rest, "}}", 2);
    *ret_len = close == NULL ? rest : (size_t)(close - open) + 2;
    return open;
}

static bool hole_parse_at(const char *at, size_t len, struct hole *ret_hole, struct text *ret_why)
{
    if (len >= 4 && memcmp(at + len - 2, "}}", 2) == 0 && hole_parse(at + 2, len - 4, ret_hole))
        return true;
    text_addf(ret_why, "%.*s is not a placeholder", (int)(len > 60 ? 60 : len), at);
    return false;
}

bool pattern_is_hole(const char *s, struct hole *ret_hole)
{
    size_t hole_len = 0;
    size_t len = strlen(s);
    const char *at = hole_find(s, len, &hole_len);
    if (at != s || hole_len != len || len < 4)
        return false;
    return hole_parse(s + 2, len - 4, ret_hole);
}

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = c == '\0' ? NULL : strchr(digits, tolower((unsigned char)c));
    return at == NULL ? -1 : (int)(at - digits);
}

/* The byte for the escape at s[0] == '\\'; returns the characters used, 0 when unknown. */
static size_t escape_read(const char *s, size_t len, char *ret_byte)
{
    static const char letters[] = "rnt0\\", bytes[] = "\r\n\t\0\\";
    const char *known = len < 2 ? NULL : memchr(letters, s[1], sizeof letters - 1);
    if (known != NULL) {
        *ret_byte = bytes[known - letters];
        return 2;
    }
    if (len < 4 || s[1] != 'x' || hex_digit(s[2]) < 0 || hex_digit(s[3]) < 0)
        return 0;
    *ret_byte = (char)(unsigned char)(hex_digit(s[2]) * 16 + hex_digit(s[3]));
    return 4;
}

bool pattern_escapes_valid(const char *s, struct text *ret_why)
{
    size_t len = strlen(s);
    for (size_t i = 0; i + 1 < len; i++) {
        char byte;
        size_t used = s[i] == '\\' ? escape_read(s + i, len - i, &byte) : 1;
        if (used == 0) {
            text_addf(ret_why, "unknown escape \\%c", s[i + 1]);
            return false;
        }
        i += used - 1;
    }
    return true;
}

static void literal_expand(const char *s, size_t len, unsigned flags, struct text *out)
{
    if ((flags & PATTERN_ESCAPES) == 0) {
        text_add(out, s, len);
        return;
    }
    for (size_t i = 0; i < len;) {
        char byte = s[i];
        size_t used = byte == '\\' ? escape_read(s + i, len - i, &byte) : 1;
        if (used == 0 && len - i >= 3 && s[i + 1] == '\r' && s[i + 2] == '\n')
            used = 3;
        else
            text_add_char(out, byte);
        i += used == 0 ? 1 : used;
    }
}

static void repeat_expand(const struct hole *hole, unsigned flags, struct text *out)
{
    struct text once = { 0 };
    literal_expand(hole->repeat, strlen(hole->repeat), flags, &once);
    for (long long i = 0; i < hole->count; i++)
        text_add(out, text_str(&once), once.len);
    text_free(&once);
}

static bool hole_expand(const struct hole *hole, unsigned flags, const struct vars *vars, struct text *out,
                        struct text *ret_why)
{
    if (hole->kind == HOLE_REPEAT) {
        repeat_expand(hole, flags, out);
        return true;
    }
    if (hole->kind != HOLE_VALUE) {
        text_add_str(ret_why, "uuid, time, int and any only match: they cannot be sent");
        return false;
    }
    if (vars_add_text(vars, hole->name, out))
        return true;
    text_addf(ret_why, "{{%s}} has not been captured", hole->name);
    return false;
}

bool pattern_expand(const char *s, size_t len, unsigned flags, const struct vars *vars, struct text *out,
                    struct text *ret_why)
{
    while (len > 0) {
        size_t hole_len = 0;
        const char *at = hole_find(s, len, &hole_len);
        size_t literal = at == NULL ? len : (size_t)(at - s);
        literal_expand(s, literal, flags, out);
        if (at == NULL)
            break;
        struct hole hole;
        if (!hole_parse_at(at, hole_len, &hole, ret_why) || !hole_expand(&hole, flags, vars, out, ret_why))
            return false;
        s = at + hole_len;
        len -= literal + hole_len;
    }
    return true;
}

static bool mask_fits(const char *mask, const char *bytes, size_t len)
{
    if (len != strlen(mask))
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = bytes[i];
        bool digit = c >= '0' && c <= '9';
        bool fits = mask[i] == '0' ? digit : mask[i] == 'x' ? digit || (c >= 'a' && c <= 'f') : c == mask[i];
        if (!fits)
            return false;
    }
    return true;
}

bool pattern_kind_fits(enum hole_kind kind, const char *bytes, size_t len)
{
    for (int i = 0; i < HOLE_WORDS; i++)
        if (hole_words[i].kind == kind && hole_words[i].mask != NULL)
            return mask_fits(hole_words[i].mask, bytes, len);
    if (kind != HOLE_INT)
        return true;
    size_t sign = len > 0 && *bytes == '-';
    for (size_t i = sign; i < len; i++)
        if (bytes[i] < '0' || bytes[i] > '9')
            return false;
    return len > sign;
}
