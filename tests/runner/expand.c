#include "expand.h"

#include "http_case.h"

#include <string.h>

static bool seems_expect_line(const char *s)
{
    return is_expect_line(s) || str_starts(s, "HTTP {{");
}

void expansion_add_made(struct expansion *x, char *s, struct origin origin)
{
    if (x->lines.count == x->cap) {
        size_t cap = x->cap == 0 ? 256 : 2 * x->cap;
        struct line *lines = keep_alloc(cap * sizeof *lines);
        struct origin *origins = keep_alloc(cap * sizeof *origins);
        for (size_t i = 0; i < x->cap; i++) {
            lines[i] = x->lines.at[i];
            origins[i] = x->origins[i];
        }
        x->lines.at = lines;
        x->origins = origins;
        x->cap = cap;
    }
    x->lines.at[x->lines.count] = (struct line){ .s = s, .len = strlen(s) };
    x->origins[x->lines.count++] = origin;
}

void expansion_add(struct expansion *x, char *s)
{
    const struct origin origin = { .line = reader_line(x->rd), .label = reader_label(x->rd) };
    expansion_add_made(x, s, origin);
}

bool expansion_directive(struct expansion *x, const char *s, const char *word)
{
    size_t len = strlen(word);
    if (is_title(s))
        x->in_request = true;
    else if (seems_expect_line(s))
        x->in_request = false;
    return !x->in_request && *s == '@' && strncmp(s + 1, word, len) == 0 && strchr(" \t", s[1 + len]) != NULL;
}

void expansion_end(struct expansion *x)
{
    x->rd->lines = x->lines;
    x->rd->origins = x->origins;
    x->rd->at = 0;
}

static const char *value_find(const struct values *v, const char *name, size_t len)
{
    for (size_t i = 0; i < v->names.count; i++) {
        if (strlen(v->names.at[i]) != len || memcmp(v->names.at[i], name, len) != 0)
            continue;
        v->used[i] = true;
        return v->texts.at[i];
    }
    return NULL;
}

char *values_fill_in(const struct values *v, const char *line)
{
    struct text out = { 0 };
    bool named = false;
    for (const char *s = line; *s != '\0';) {
        const char *open = strstr(s, "{{"), *close = open == NULL ? NULL : strstr(open, "}}");
        size_t before = open == NULL ? strlen(s) : (size_t)(open - s);
        const char *value = close == NULL ? NULL : value_find(v, open + 2, (size_t)(close - open) - 2);
        size_t skipped = value != NULL ? (size_t)(close - open) + 2 : open != NULL ? 1 : 0;
        text_add(&out, s, before);
        text_add(&out, value != NULL ? value : s + before, value != NULL ? strlen(value) : skipped);
        named |= value != NULL;
        s += before + skipped;
    }
    char *filled = named && out.len == 0 ? NULL : keep_copy(text_str(&out), out.len);
    text_free(&out);
    return filled;
}

const char *values_unused(const struct values *v)
{
    for (size_t i = 0; i < v->names.count; i++)
        if (!v->used[i])
            return v->names.at[i];
    return NULL;
}
