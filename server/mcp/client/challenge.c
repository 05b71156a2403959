#include "mcp/client/challenge.h"

#include "base/arena.h"

#include <stddef.h>

static const struct parameter {
    const char *name;
    size_t offset;
} parameters[] = {
    { "realm", offsetof(struct challenge, realm) },
    { "resource_metadata", offsetof(struct challenge, resource_metadata) },
    { "scope", offsetof(struct challenge, scope) },
    { "error", offsetof(struct challenge, error) },
    { "error_description", offsetof(struct challenge, error_description) },
};

/* ---- pieces of the grammar ----------------------------------------------------------------------------- */

/* A token's characters (RFC 9110 section 5.6.2) and the slash, which a token68 may hold. */
static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("!#$%&'*+-.^_`|~/", c));
}

static bool is_bare_char(char c)
{
    return !char_is_blank(c) && c != ',';
}

static struct text take_run(struct text *rest, bool (*belongs)(char c))
{
    size_t n = 0;
    while (n < rest->n && belongs(rest->p[n]))
        n++;
    const struct text run = text_clip(*rest, n);
    *rest = text_from(*rest, n);
    return run;
}

/* Whether there was a comma among what stands between two pieces. */
static bool skip_between(struct text *rest)
{
    bool comma = false;
    size_t n = 0;
    for (; n < rest->n && !is_bare_char(rest->p[n]); n++)
        comma |= rest->p[n] == ',';
    *rest = text_from(*rest, n);
    return comma;
}

/* From the opening quote on. A string that does not end may have been cut off and is worth nothing: all is taken. */
static struct text take_quoted(struct arena *arena, struct text *rest)
{
    char *p = arena_raw(arena, rest->n);
    size_t n = 0, i = 1;
    while (i < rest->n && rest->p[i] != '"') {
        if (rest->p[i] == '\\' && i + 1 < rest->n)
            i++;
        p[n++] = rest->p[i++];
    }
    const bool ended = i < rest->n;
    *rest = text_from(*rest, i + 1);
    return ended ? (struct text){ p, n } : (struct text){ 0 };
}

/* What follows a word: nothing of its own, a value, or the equals signs that pad a token68. */
enum tail { TAIL_NONE, TAIL_VALUE, TAIL_PADDING };

static enum tail take_tail(struct arena *arena, struct text *rest, struct text *ret_value)
{
    struct text after = *rest;
    take_run(&after, char_is_blank);
    if (!after.n || after.p[0] != '=')
        return TAIL_NONE;
    after = text_from(after, 1);
    struct text value = after;
    take_run(&value, char_is_blank);
    if (value.n && value.p[0] == '"') {
        *ret_value = take_quoted(arena, &value);
    } else if (value.n && value.p[0] != ',' && value.p[0] != '=') {
        *ret_value = take_run(&value, is_bare_char);
    } else {
        take_run(&after, is_bare_char);
        *rest = after;
        return TAIL_PADDING;
    }
    *rest = value;
    return TAIL_VALUE;
}

/* What belongs nowhere: a whole string, so that nothing in it is taken for a challenge, or one character. */
static void skip_stray(struct arena *arena, struct text *rest)
{
    if (rest->p[0] == '"')
        take_quoted(arena, rest);
    else
        *rest = text_from(*rest, 1);
}

/* ---- challenges ---------------------------------------------------------------------------------------- */

static void keep_parameter(struct challenge *challenge, struct text name, struct text value)
{
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++) {
        struct text *at = (struct text *)(void *)((char *)challenge + parameters[i].offset);
        if (!at->p && text_eq_nocase(name, text_of(parameters[i].name)))
            *at = value;
    }
}

/* Adds what the value says to *found. */
static void read_value(struct arena *arena, struct text value, struct text scheme, struct challenge *found)
{
    bool mine = false, after_scheme = false;
    for (struct text rest = value;;) {
        const bool comma = skip_between(&rest);
        if (!rest.n)
            break;
        struct text given = { 0 };
        const struct text word = take_run(&rest, is_word_char);
        const enum tail tail = take_tail(arena, &rest, &given);
        if (!word.n && tail == TAIL_NONE)
            skip_stray(arena, &rest);
        if (tail == TAIL_VALUE && mine)
            keep_parameter(found, word, given);
        const bool is_token68 = tail == TAIL_PADDING || (after_scheme && !comma);
        after_scheme = word.n && tail == TAIL_NONE && !is_token68;
        if (!after_scheme)
            continue;
        mine = text_eq_nocase(word, scheme);
        if (mine && !found->scheme.p)
            found->scheme = word;
    }
}

bool challenge_parse(struct arena *arena, struct text value, struct text scheme, struct challenge *ret)
{
    struct challenge found = { .scheme.p = NULL };
    read_value(arena, value, scheme, &found);
    if (found.scheme.p)
        *ret = found;
    return found.scheme.p != NULL;
}

bool challenge_find(struct arena *arena, const struct answer *answer, struct text scheme, struct challenge *ret)
{
    struct challenge found = { .scheme.p = NULL };
    for (size_t i = 0; i < answer->header_count; i++)
        if (text_eq_nocase(answer->headers[i].name, T("www-authenticate")))
            read_value(arena, answer->headers[i].value, scheme, &found);
    if (found.scheme.p)
        *ret = found;
    return found.scheme.p != NULL;
}
