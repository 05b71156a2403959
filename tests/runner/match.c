/* The matching half of pattern.h: a pattern becomes pieces, and the pieces are tried against the bytes. */
#include "pattern.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { PIECES_MAX = 64 };

struct piece {
    bool literal;
    enum hole_kind kind;
    char *name;
    struct text bytes; /* of a literal */
    const char *from;  /* what matched */
    size_t len;
};

struct pieces {
    struct piece at[PIECES_MAX + 1]; /* one more for the end of a part */
    size_t count;
};

static struct piece *piece_add(struct pieces *p)
{
    if (p->count == PIECES_MAX)
        return NULL;
    p->at[p->count] = (struct piece){ .literal = true };
    return &p->at[p->count++];
}

static void pieces_free(struct pieces *p)
{
    for (size_t i = 0; i < p->count; i++)
        text_free(&p->at[i].bytes);
    free(p);
}

/* What is no matching placeholder is literal text, with its values filled in. */
static bool literal_add(struct pieces *p, const char *s, size_t len, const struct vars *vars,
                        struct text *ret_why)
{
    if (len == 0)
        return true;
    struct piece *piece = p->count > 0 && p->at[p->count - 1].literal ? &p->at[p->count - 1] : piece_add(p);
    if (piece == NULL) {
        text_add_str(ret_why, "too many placeholders in one text");
        return false;
    }
    return pattern_expand(s, len, 0, vars, &piece->bytes, ret_why);
}

static bool hole_add(struct pieces *p, const char *s, size_t len, const struct vars *vars,
                     struct text *ret_why)
{
    struct hole hole;
    char *copy = keep_copy(s, len);
    if (!pattern_is_hole(copy, &hole) || hole.kind == HOLE_VALUE || hole.kind == HOLE_REPEAT)
        return literal_add(p, s, len, vars, ret_why);
    struct piece *piece = piece_add(p);
    if (piece == NULL) {
        text_add_str(ret_why, "too many placeholders in one text");
        return false;
    }
    piece->literal = false;
    piece->kind = hole.kind;
    piece->name = hole.name;
    return true;
}

static bool pieces_parse(struct pieces *p, const char *s, const struct vars *vars, struct text *ret_why)
{
    while (*s != '\0') {
        const char *open = strstr(s, "{{");
        if (open == NULL)
            return literal_add(p, s, strlen(s), vars, ret_why);
        const char *close = strstr(open, "}}");
        const char *end = close == NULL ? open + strlen(open) : close + 2;
        if (!literal_add(p, s, (size_t)(open - s), vars, ret_why) ||
            !hole_add(p, open, (size_t)(end - open), vars, ret_why))
            return false;
        s = end;
    }
    return true;
}

static bool pieces_match(struct piece *p, size_t count, const char *s, size_t len);

static bool piece_take(struct piece *p, size_t count, const char *s, size_t len, size_t take)
{
    p->from = s;
    p->len = take;
    return pieces_match(p + 1, count - 1, s + take, len - take);
}

static bool any_match(struct piece *p, size_t count, const char *s, size_t len)
{
    if (count == 1)
        return piece_take(p, count, s, len, len);
    for (size_t take = 0; take <= len; take++) {
        if (p[1].literal) { /* leap to the next place where the text that follows stands */
            const char *next = memmem(s + take, len - take, text_str(&p[1].bytes), p[1].bytes.len);
            if (next == NULL)
                return false;
            take = (size_t)(next - s);
        }
        if (piece_take(p, count, s, len, take))
            return true;
    }
    return false;
}

static bool int_match(struct piece *p, size_t count, const char *s, size_t len)
{
    size_t most = len > 0 && *s == '-';
    while (most < len && s[most] >= '0' && s[most] <= '9')
        most++;
    for (size_t take = most; take > 0; take--)
        if (pattern_kind_fits(HOLE_INT, s, take) && piece_take(p, count, s, len, take))
            return true;
    return false;
}

static bool fixed_match(struct piece *p, size_t count, const char *s, size_t len)
{
    size_t take = p->kind == HOLE_UUID ? 36 : 24;
    return take <= len && pattern_kind_fits(p->kind, s, take) && piece_take(p, count, s, len, take);
}

static bool pieces_match(struct piece *p, size_t count, const char *s, size_t len)
{
    if (count == 0)
        return len == 0;
    if (p->literal)
        return p->bytes.len <= len && memcmp(text_str(&p->bytes), s, p->bytes.len) == 0 &&
               piece_take(p, count, s, len, p->bytes.len);
    if (p->kind == HOLE_ANY)
        return any_match(p, count, s, len);
    return p->kind == HOLE_INT ? int_match(p, count, s, len) : fixed_match(p, count, s, len);
}

static json_t *piece_value(const struct piece *p)
{
    char *s = keep_copy(p->from, p->len);
    long long n;
    if (p->kind == HOLE_INT && number_parse(s, INT64_MIN, INT64_MAX, &n))
        return json_integer(n);
    return json_stringn_nocheck(s, p->len);
}

static void pieces_capture(const struct pieces *p, struct vars *vars)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->at[i].name != NULL)
            vars_set(vars, p->at[i].name, piece_value(&p->at[i]));
}

/* Around a part, two more {{any}} take what stands before and behind it. */
static bool pieces_build(struct pieces *p, const char *pattern, bool part, const struct vars *vars,
                         struct text *ret_why)
{
    const struct piece around = { .kind = HOLE_ANY };
    if (part)
        p->at[p->count++] = around;
    if (!pieces_parse(p, pattern, vars, ret_why))
        return false;
    if (part)
        p->at[p->count++] = around;
    return true;
}

static bool match(const char *pattern, const char *bytes, size_t len, bool part, struct vars *vars,
                  struct text *ret_why)
{
    struct pieces *p = calloc(1, sizeof *p);
    if (p == NULL)
        abort();
    bool ok = pieces_build(p, pattern, part, vars, ret_why) && pieces_match(p->at, p->count, bytes, len);
    if (ok)
        pieces_capture(p, vars);
    pieces_free(p);
    return ok;
}

bool pattern_match(const char *pattern, const char *bytes, size_t len, struct vars *vars,
                   struct text *ret_why)
{
    return match(pattern, bytes, len, false, vars, ret_why);
}

bool pattern_found(const char *pattern, const char *bytes, size_t len, struct vars *vars,
                   struct text *ret_why)
{
    return match(pattern, bytes, len, true, vars, ret_why);
}
