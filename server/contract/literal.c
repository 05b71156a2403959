#include "contract/literal.h"

#include "base/shell.h"
#include "spec/lookup.h"

#include <string.h>

static void put_line(struct buf *b, unsigned depth)
{
    buf_add_char(b, '\n');
    for (unsigned i = 0; i < depth; i++)
        buf_add(b, T("    "));
}

/* ---- values ------------------------------------------------------------------------------------------------ */

/* What true, false and null are called: they are the only words in JSON. */
static const struct word {
    struct text json, python;
} words[] = {
    { { "true", 4 }, { "True", 4 } }, { { "false", 5 }, { "False", 5 } }, { { "null", 4 }, { "None", 4 } },
};

static size_t put_word(struct buf *b, struct text rest, enum literal language)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_starts(rest, words[i].json)) {
            buf_add(b, language == LITERAL_PYTHON ? words[i].python : words[i].json);
            return words[i].json.n;
        }
    buf_add_char(b, rest.p[0]);
    return 1;
}

/* A string with its quotes: it means the same in both languages. */
static size_t put_string(struct buf *b, struct text rest)
{
    size_t n = 1;
    while (n < rest.n && rest.p[n] != '"')
        n += rest.p[n] == '\\' ? 2 : 1;
    n = n < rest.n ? n + 1 : rest.n;
    buf_add(b, text_clip(rest, n));
    return n;
}

static bool opens(char c)
{
    return c == '{' || c == '[';
}

static bool closes(char c)
{
    return c == '}' || c == ']';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static size_t skip_blanks(struct text json, size_t i)
{
    while (i < json.n && is_blank(json.p[i]))
        i++;
    return i;
}

void literal_put(struct buf *b, struct text json, enum literal language, unsigned depth)
{
    for (size_t i = skip_blanks(json, 0); i < json.n; i = skip_blanks(json, i)) {
        const char c = json.p[i];
        const size_t next = skip_blanks(json, i + 1);
        if (c == '"') {
            i += put_string(b, text_from(json, i));
        } else if (opens(c) && next < json.n && closes(json.p[next])) { /* nothing is in it */
            buf_add_char(b, c);
            buf_add_char(b, json.p[next]);
            i = next + 1;
        } else if (opens(c) || c == ',') {
            buf_add_char(b, c);
            put_line(b, opens(c) ? ++depth : depth);
            i++;
        } else if (closes(c)) {
            put_line(b, --depth);
            buf_add_char(b, c);
            i++;
        } else if (c == ':') {
            buf_add(b, T(": "));
            i++;
        } else {
            i += put_word(b, text_from(json, i), language);
        }
    }
}

/* ---- members ----------------------------------------------------------------------------------------------- */

struct putting {
    struct buf *b;
    struct arena *arena;
};

static void put_argument(void *cls, struct text name, struct text value)
{
    const struct putting *p = cls;
    buf_addf(p->b, "\n    %.*s=", TEXT_ARG(name));
    literal_put(p->b, value, LITERAL_PYTHON, 1);
    buf_add_char(p->b, ',');
}

void literal_put_members(struct buf *b, struct arena *arena, struct text json)
{
    struct putting p = { .b = b, .arena = arena };
    spec_json_members(arena, json, put_argument, &p);
}

static void put_form_value(const struct putting *p, struct text name, struct text value)
{
    const struct text text = spec_json_string(p->arena, value);
    buf_addf(p->b, " \\\n  --data-urlencode '%.*s=", TEXT_ARG(name));
    shell_put_in_quotes(p->b, text.p ? text : value);
    buf_add_char(p->b, '\'');
}

static void put_form_member(void *cls, struct text name, struct text value)
{
    const struct putting *p = cls;
    struct text item;
    if (!text_starts(value, T("["))) {
        put_form_value(p, name, value);
        return;
    }
    for (unsigned i = 0; spec_json_at(p->arena, value, text_format(p->arena, "/%u", i), &item); i++)
        put_form_value(p, name, item);
}

void literal_put_form(struct buf *b, struct arena *arena, struct text json)
{
    struct putting p = { .b = b, .arena = arena };
    spec_json_members(arena, json, put_form_member, &p);
}
