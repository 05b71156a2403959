#include "ere.h"

#include <regex.h>
#include <string.h>

/* Compiled expressions are kept: a reply may check the same pattern on a hundred rows. */
struct compiled {
    struct compiled *next;
    const char *pattern, *problem;
    regex_t regex;
};

static struct compiled *compiled_first;

static const char *class_letter(char c)
{
    switch (c) {
    case 'd': return "0-9";
    case 'w': return "A-Za-z0-9_";
    case 's': return " \t\r\n\f\v";
    default: return NULL;
    }
}

static const char *escape_translate(const char **s, struct text *out)
{
    char c = *++*s;
    const char *class = class_letter(c);
    if (class != NULL)
        text_addf(out, "[%s]", class);
    else if (c != '\0' && strchr(".[]()*+?{}|^$\\", c) != NULL)
        text_addf(out, "\\%c", c);
    else if (c != '\0' && strchr("/-_\"'#:@!,;=<>&%~` ", c) != NULL)
        text_add_char(out, c);
    else
        return "an escape that POSIX regular expressions lack";
    return NULL;
}

/* One member of a class; what is special to POSIX brackets is put aside to be placed where it is plain. */
static const char *member_translate(const char **s, struct text *plain, bool *ret_close, bool *ret_dash)
{
    char c = **s;
    if (c == '\\') {
        c = *++*s;
        const char *class = class_letter(c);
        if (class != NULL) {
            text_add_str(plain, class);
            return NULL;
        }
        if (c == '\0' || strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", c) != NULL)
            return "an escape inside [ ] that POSIX regular expressions lack";
        *ret_close |= c == ']';
        *ret_dash |= c == '-';
        if (c != ']' && c != '-')
            text_add_char(plain, c);
        return NULL;
    }
    bool edge_dash = c == '-' && (plain->len == 0 || (*s)[1] == ']');
    *ret_dash |= edge_dash;
    if (!edge_dash)
        text_add_char(plain, c);
    return NULL;
}

/* s stands on '[' and is left on the closing ']'. */
static const char *class_translate(const char **s, struct text *out)
{
    struct text plain = { 0 };
    bool close = false, dash = false;
    bool negated = (*s)[1] == '^';
    const char *problem = NULL;
    for (*s += 1 + negated; problem == NULL && **s != ']' && **s != '\0'; ++*s)
        problem = member_translate(s, &plain, &close, &dash);
    if (problem == NULL && **s == '\0')
        problem = "[ without ]";
    if (problem == NULL && plain.len == 0 && !close && !dash)
        problem = "an empty class";
    bool caret = plain.len > 0 && plain.data[0] == '^' && !close && !negated;
    if (problem == NULL && caret)
        problem = "a class that begins with \\^";
    else if (problem == NULL)
        text_addf(out, "[%s%s%s%s]", negated ? "^" : "", close ? "]" : "", text_str(&plain), dash ? "-" : "");
    text_free(&plain);
    return problem;
}

/* s stands on '(' or on a repetition; the forms of Perl that only look like POSIX are found here. */
static const char *operator_translate(const char **s, struct text *out)
{
    char c = **s;
    if (c == '(' && (*s)[1] == '?') {
        if ((*s)[2] != ':')
            return "a group (?…) other than (?:…)";
        *s += 2;
    } else if (c != '(' && (*s)[1] == '?') {
        return "lazy repetition";
    }
    text_add_char(out, c);
    return NULL;
}

static const char *pattern_translate(const char *s, struct text *out)
{
    const char *problem = NULL;
    for (; problem == NULL && *s != '\0'; s++) {
        if (*s == '\\')
            problem = escape_translate(&s, out);
        else if (*s == '[')
            problem = class_translate(&s, out);
        else if (strchr("(*+?}", *s) != NULL)
            problem = operator_translate(&s, out);
        else if (*s == '.')
            text_add_str(out, "[^\n\r]");
        else
            text_add_char(out, *s);
    }
    return problem;
}

static struct compiled *pattern_compile(const char *pattern)
{
    struct compiled *c = keep_alloc(sizeof *c);
    struct text posix = { 0 };
    c->pattern = keep_str(pattern);
    c->problem = pattern_translate(pattern, &posix);
    int code = c->problem == NULL ? regcomp(&c->regex, text_str(&posix), REG_EXTENDED | REG_NOSUB) : 0;
    if (code != 0) {
        char reason[120];
        regerror(code, &c->regex, reason, sizeof reason);
        c->problem = keep_str(reason);
    }
    text_free(&posix);
    c->next = compiled_first;
    compiled_first = c;
    return c;
}

static struct compiled *pattern_find(const char *pattern)
{
    struct compiled *c = compiled_first;
    while (c != NULL && strcmp(c->pattern, pattern) != 0)
        c = c->next;
    return c != NULL ? c : pattern_compile(pattern);
}

const char *ere_check(const char *pattern)
{
    return pattern_find(pattern)->problem;
}

bool ere_matches(const char *pattern, const char *s)
{
    const struct compiled *c = pattern_find(pattern);
    return c->problem == NULL && regexec(&c->regex, s, 0, NULL, 0) == 0;
}
