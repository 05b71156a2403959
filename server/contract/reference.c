#include "contract/contract.h"

#include "base/arena.h"
#include "base/buf.h"
#include "contract/words.h"
#include "fixtures/sections.h"
#include "request/route.h"

#include <string.h>

enum { REFERENCE_MAX = 1 << 20, DEEPEST_MEMBER = 3 };

/* ---- cells ------------------------------------------------------------------------------------------------- */

/* A bar would end the cell. */
static void put_cell(struct buf *b, const char *text)
{
    for (; *text; text++)
        buf_addf(b, *text == '|' ? "\\%c" : "%c", *text);
}

static void put_kind(struct buf *b, struct arena *arena, const struct field *f)
{
    struct buf words = buf_new(arena, REFERENCE_MAX);
    words_of_field(&words, f, "`");
    put_cell(b, text_cstr(arena, buf_text(&words)));
}

/* ---- members ----------------------------------------------------------------------------------------------- */

/* What stands above a member: "match." of match.path, "steps[]." of a member of an array's objects. */
struct above {
    const struct above *up;
    const struct field *field;
    unsigned depth;
};

static void put_member_path(struct buf *b, const struct above *above)
{
    if (!above)
        return;
    put_member_path(b, above->up);
    buf_addf(b, "%s%s.", above->field->name, above->field->kind == KIND_ROWS ? "[]" : "");
}

static void put_members(struct buf *b, struct arena *arena, const struct spec *spec, const struct above *above)
{
    for (size_t i = 0; i < spec->count; i++) {
        const struct field *f = &spec->fields[i];
        if (!field_exists(f, 2))
            continue;
        const struct above below = { above, f, above ? above->depth + 1 : 1 };
        buf_add(b, T("| `"));
        put_member_path(b, above);
        buf_addf(b, "%s`%s | ", f->name, f->flags & REQUIRED ? " (required)" : "");
        put_kind(b, arena, f);
        buf_add(b, T(" | "));
        put_cell(b, f->doc ? f->doc : "");
        buf_add(b, T(" |\n"));
        if (f->sub && f->kind != KIND_SETS && below.depth < DEEPEST_MEMBER)
            put_members(b, arena, f->sub, &below);
    }
}

static void put_table(struct buf *b, struct arena *arena, const char *title, const struct spec *spec)
{
    if (!spec || !spec->count)
        return;
    buf_addf(b, "\n| %s | | |\n|---|---|---|\n", title);
    put_members(b, arena, spec, NULL);
}

/* ---- control calls ----------------------------------------------------------------------------------------- */

/* A fixture document has a page of its own. */
static bool is_document(const struct spec *spec)
{
    return spec == &fixture_document;
}

static void put_call(struct buf *b, struct arena *arena, const struct route *route)
{
    buf_addf(b, "\n### %s: `%s %s`\n\n%s. %s\n", route->operation, method_names[route->method], route->path,
             route->summary, route->doc);
    put_table(b, arena, "in the path", route->path_in);
    put_table(b, arena, "in the query", route->query);
    if (route->body && is_document(route->body))
        buf_add(b, T("\nThe body is a fixture document: [its format](../../fixtures/README.md).\n"));
    else
        put_table(b, arena, "in the body", route->body);
    buf_addf(b, "\n<!-- example %s -->\n", route->operation);
}

struct text reference_control(struct arena *arena)
{
    struct buf b = buf_new(arena, REFERENCE_MAX);
    for (size_t i = 0; i < route_count; i++)
        if (route_refuses_unknown(&routes[i]))
            put_call(&b, arena, &routes[i]);
    return buf_text(&b);
}

/* ---- fixtures ---------------------------------------------------------------------------------------------- */

struct text reference_fixtures(struct arena *arena)
{
    struct buf b = buf_new(arena, REFERENCE_MAX);
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        const struct section_kind *kind = &section_kinds[i];
        buf_addf(&b, "\n### `%s`\n", kind->name);
        if (kind->spec->doc)
            buf_addf(&b, "\n%s\n", kind->spec->doc);
        put_table(&b, arena, "member", kind->spec);
    }
    return buf_text(&b);
}
