#include "pages/template.h"

#include "base/arena.h"
#include "base/embed.h"
#include "base/memory.h"

#include <stdio.h>
#include <string.h>

/* Names are looked up in the innermost scope first. */
struct scope {
    const struct template_values *values;
    const struct scope *outer;
};

/* What one page needs of those around it. */
struct render {
    struct buf *out;
    const char *page;
    size_t depth;
};

/* ---- the page's text ----------------------------------------------------------------------------------- */

_Noreturn static void malformed(const char *page, const char *what, struct text name)
{
    char line[200];
    snprintf(line, sizeof line, "page %s: %s: %.*s", page, what, TEXT_ARG(text_clip(name, 60)));
    die(line);
}

static struct text page_text(const char *page, struct text name)
{
    char path[100];
    snprintf(path, sizeof path, "server/pages/%.*s", TEXT_ARG(name));
    const struct text file = embedded_file(path);
    if (!file.p)
        malformed(page, "no such page", name);
    return file;
}

/* ---- tags ---------------------------------------------------------------------------------------------- */

struct tag {
    char kind; /* one of # ^ / > or, for a value, a blank */
    struct text name;
    struct text before; /* the text up to it */
};

/* Where `mark`, a pair of characters, first stands in `t`, or t.n. */
static size_t find_pair(struct text t, const char *mark)
{
    for (size_t i = 0; i + 1 < t.n; i++)
        if (memcmp(t.p + i, mark, 2) == 0)
            return i;
    return t.n;
}

/* Takes the text up to and including the next tag off *rest; false, with all of it in `before`, when there
 * is none. */
static bool take_tag(const char *page, struct text *rest, struct tag *ret)
{
    const size_t start = find_pair(*rest, "{{");
    *ret = (struct tag){ .kind = ' ', .before = text_clip(*rest, start) };
    *rest = text_from(*rest, start);
    if (rest->n == 0)
        return false;
    const size_t end = find_pair(*rest, "}}");
    ret->name = text_from(text_clip(*rest, end), 2);
    if (end == rest->n)
        malformed(page, "a tag without its end", ret->name);
    if (ret->name.n && memchr("#^/>", ret->name.p[0], 4)) {
        ret->kind = ret->name.p[0];
        ret->name = text_from(ret->name, 1);
    }
    if (!ret->name.n || !text_is_made_of(ret->name, "abcdefghijklmnopqrstuvwxyz0123456789_-."))
        malformed(page, "not a name", ret->name);
    *rest = text_from(*rest, end + 2);
    return true;
}

/* Takes a section, whose opening tag was just taken, and its closing tag off *rest: what lies between. */
static struct text take_section(const char *page, struct text *rest, struct text name)
{
    const char *start = rest->p;
    struct tag tag;
    while (take_tag(page, rest, &tag)) {
        if (tag.kind == '#' || tag.kind == '^') {
            take_section(page, rest, tag.name);
        } else if (tag.kind == '/') {
            if (!text_eq(tag.name, name))
                malformed(page, "the end of another section", tag.name);
            return (struct text){ start, (size_t)(tag.before.p + tag.before.n - start) };
        }
    }
    malformed(page, "a section without its end", name);
}

/* ---- values -------------------------------------------------------------------------------------------- */

static const struct template_value *find_value(const struct scope *scope, struct text name)
{
    for (; scope; scope = scope->outer)
        for (const struct template_value *v = scope->values->v; v->name; v++)
            if (text_eq(text_of(v->name), name))
                return v;
    return NULL;
}

static struct text entity_of(char c)
{
    switch (c) {
    case '&': return T("&amp;");
    case '<': return T("&lt;");
    case '>': return T("&gt;");
    case '"': return T("&quot;");
    case '\'': return T("&#39;");
    default: return (struct text){ NULL, 0 };
    }
}

/* A list has no text. */
static void add_value(struct buf *out, const struct template_value *value)
{
    const struct text t = value ? value->text : T("");
    size_t done = 0;
    for (size_t i = 0; i < t.n; i++) {
        const struct text entity = entity_of(t.p[i]);
        if (!entity.p)
            continue;
        buf_add_bytes(out, t.p + done, i - done);
        buf_add(out, entity);
        done = i + 1;
    }
    buf_add(out, text_from(t, done));
}

/* ---- rendering ----------------------------------------------------------------------------------------- */

static void render_text(const struct render *r, struct text text, const struct scope *scope);

static void render_section(const struct render *r, const struct tag *tag, struct text inner,
                           const struct scope *scope)
{
    const struct template_value *value = find_value(scope, tag->name);
    const size_t times = !value ? 0 : value->is_list ? value->count : value->text.n > 0;
    if (tag->kind == '^') {
        if (times == 0)
            render_text(r, inner, scope);
    } else if (value && value->is_list) {
        for (size_t i = 0; i < times; i++)
            render_text(r, inner, &(struct scope){ &value->items[i], scope });
    } else if (times) {
        render_text(r, inner, scope);
    }
}

static void render_partial(const struct render *r, struct text name, const struct scope *scope)
{
    const struct render inner = { r->out, r->page, r->depth + 1 };
    if (inner.depth > TEMPLATE_DEPTH)
        malformed(r->page, "partials nest too deep", name);
    render_text(&inner, page_text(r->page, name), scope);
}

static void render_text(const struct render *r, struct text text, const struct scope *scope)
{
    struct text rest = text;
    struct tag tag;
    while (take_tag(r->page, &rest, &tag)) {
        buf_add(r->out, tag.before);
        if (tag.kind == ' ')
            add_value(r->out, find_value(scope, tag.name));
        else if (tag.kind == '>')
            render_partial(r, tag.name, scope);
        else if (tag.kind == '/')
            malformed(r->page, "an end without its section", tag.name);
        else
            render_section(r, &tag, take_section(r->page, &rest, tag.name), scope);
    }
    buf_add(r->out, tag.before);
}

void template_render_text(struct buf *out, const char *name, struct text page,
                          const struct template_values *values)
{
    const struct render r = { out, name, 0 };
    render_text(&r, page, &(struct scope){ values, NULL });
}

void template_render(struct buf *out, const char *page, const struct template_values *values)
{
    template_render_text(out, page, page_text(page, text_of(page)), values);
}

struct text template_source(const char *file)
{
    return page_text(file, text_of(file));
}
