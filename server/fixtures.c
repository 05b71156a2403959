#include "fixtures.h"

#include "base/embed.h"
#include "fixture_set.h"
#include "limit.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *const fixture_names[] = { "default", "empty", "demo", NULL };

/* ---- reading ------------------------------------------------------------------------------------------- */

struct reading {
    struct fixture_errors base;
    struct fixture_set *set;
};

void fixture_wrong(struct fixture_errors *errors, const char *name, const char *format, ...)
{
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (errors->lines.n)
        buf_add_char(&errors->lines, '\n');
    buf_add(&errors->lines, text_of(name));
    buf_add(&errors->lines, text_of(errors->between));
    buf_add(&errors->lines, text_of(line));
}

struct fixture_errors fixture_errors_new(struct arena *arena, const char *between)
{
    return (struct fixture_errors){ arena, between, buf_new(arena, 1 << 20) };
}

static const char *const json_faults[] = {
    [JSON_MALFORMED] = "is not valid JSON",
    [JSON_DUPLICATE_KEY] = "has the same key twice in an object",
    [JSON_TOO_LARGE] = "takes too much memory",
    [JSON_NUL] = "holds \\u0000, which is not allowed",
};

static void take_document(struct reading *r, const char *name, struct text json)
{
    struct fixture_set *set = r->set;
    struct problems problems = problems_new(r->base.arena, true, T("\n"));
    int line = 0, column = 0;
    if (set->n == sizeof set->v / sizeof set->v[0]) {
        fixture_wrong(&r->base, name, "too many fixture files");
        return;
    }
    const enum json_outcome outcome =
        spec_parse_json(&fixture_document, 0, T(""), json, &problems, &set->v[set->n].document, &line, &column);
    set->v[set->n++].name = name;
    if (outcome != JSON_OK)
        fixture_wrong(&r->base, name, "%s, at line %d, column %d", json_faults[outcome], line, column);
    struct text rest = problems_text(&problems);
    while (problems.count && rest.p) {
        const struct text problem = text_cut(&rest, '\n');
        fixture_wrong(&r->base, name, "%.*s", TEXT_ARG(problem));
    }
}

static void take_file(struct reading *r, const char *path)
{
    struct buf content = buf_new(r->base.arena, LIMIT_FIXTURE);
    FILE *file = fopen(path, "rb");
    if (!file) {
        fixture_wrong(&r->base, path, "%s", strerror(errno));
        return;
    }
    char *room;
    size_t got = 0;
    do {
        room = buf_reserve(&content, 1 << 16);
        got = room ? fread(room, 1, 1 << 16, file) : 0;
        content.n += got;
    } while (got > 0);
    if (ferror(file))
        fixture_wrong(&r->base, path, "%s", strerror(errno));
    else if (!room)
        fixture_wrong(&r->base, path, "larger than %d MiB", LIMIT_FIXTURE >> 20);
    else
        take_document(r, path, buf_text(&content));
    fclose(file);
}

static int is_json_name(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && text_ends(text_of(entry->d_name), T(".json"));
}

bool fixtures_has_files(const char *path)
{
    struct dirent **entries = NULL;
    const int n = scandir(path, &entries, is_json_name, alphasort);
    for (int i = 0; i < n; i++)
        free(entries[i]);
    free(entries);
    return n > 0 || (n < 0 && errno != ENOENT && errno != ENOTDIR);
}

static void take_folder(struct reading *r, const char *path)
{
    struct dirent **entries = NULL;
    const int n = scandir(path, &entries, is_json_name, alphasort);
    if (n < 0)
        fixture_wrong(&r->base, path, "%s", strerror(errno));
    if (n == 0)
        fixture_wrong(&r->base, path, "no *.json file in it");
    for (int i = 0; i < n; i++) {
        take_file(r, text_format(r->base.arena, "%s/%s", path, entries[i]->d_name).p);
        free(entries[i]);
    }
    free(entries);
}

static const struct embedded *built_in(struct arena *arena, const char *name)
{
    const struct text path = text_format(arena, "fixtures/%s.json", name);
    for (size_t i = 0; i < embedded_count; i++)
        if (text_eq(text_of(embedded_files[i].path), path))
            return &embedded_files[i];
    return NULL;
}

static struct text text_of_file(const struct embedded *file)
{
    return (struct text){ (const char *)file->start, (size_t)(file->end - file->start) };
}

static void take_built_in(struct reading *r, const char *name, const struct embedded *file)
{
    const size_t n = r->set->n;
    take_document(r, name, text_of_file(file));
    if (r->set->n > n)
        r->set->v[n].is_built_in = true;
}

static void take_name(struct reading *r, const char *name)
{
    struct stat info;
    const struct embedded *file = strchr(name, '/') ? NULL : built_in(r->base.arena, name);
    if (file)
        take_built_in(r, name, file);
    else if (stat(name, &info) != 0)
        fixture_wrong(&r->base, name, "neither a built-in set (default, empty, demo) nor a file or folder");
    else if (S_ISDIR(info.st_mode))
        take_folder(r, name);
    else
        take_file(r, name);
}

/* Every Duvo has a catalog. A document that has integrations of its own replaces those; providers, scopes, auth
 * configs, MCP tools and bindings of the built-in one are added to those of other documents, which win. Slots of a
 * built-in set whose integrations were replaced are left out, with what hangs on them. */
static void take_catalog(struct reading *r)
{
    struct fixture_set *set = r->set;
    const size_t n = set->n;
    bool replaced = false;
    for (size_t i = 0; i < n; i++)
        replaced |= set->v[i].document.integrations.is == VALUE_SET;
    take_name(r, "catalog");
    if (set->n == n)
        return;
    set->v[n].is_catalog = true;
    if (replaced)
        set->v[n].document.integrations = SET_ROWS(0, NULL);
    for (size_t i = 0; i < n; i++)
        set->v[i].lost_catalog = replaced && set->v[i].is_built_in;
}

struct fixture_set *fixtures_read(struct arena *arena, const struct config_list *names, struct text *ret_errors)
{
    struct reading r = { fixture_errors_new(arena, ": "), ARENA_NEW(arena, struct fixture_set) };
    for (size_t i = 0; i < names->n; i++)
        take_name(&r, names->v[i]);
    take_catalog(&r);
    *ret_errors = buf_text(&r.base.lines);
    return r.base.lines.n ? NULL : r.set;
}

/* ---- of a request ---------------------------------------------------------------------------------------- */

static bool says_who(const struct fixture_set *set)
{
    static const enum section sections[] = { SECTION_ORGANIZATIONS, SECTION_TEAMS, SECTION_PEOPLE, SECTION_MEMBERS,
                                             SECTION_API_KEYS };
    for (size_t i = 0; i < set->n; i++)
        for (size_t k = 0; k < sizeof sections / sizeof sections[0]; k++)
            if (fixture_rows_of(&set->v[i].document, sections[k])->is == VALUE_SET)
                return true;
    return false;
}

static void take_set(struct reading *r, const struct set *set, const char *name)
{
    const struct document *document = set->object;
    if (document)
        r->set->v[r->set->n++] = (struct fixture_source){ .name = name, .document = *document };
    else
        take_built_in(r, name, built_in(r->base.arena, set->name.p));
}

const struct fixture_set *fixtures_of(struct arena *arena, const struct v_sets *sets, const char *root)
{
    struct reading r = { fixture_errors_new(arena, "/"), ARENA_NEW(arena, struct fixture_set) };
    r.set->root = root;
    for (size_t i = 0; i < sets->n; i++)
        take_set(&r, &sets->v[i], sets->several ? text_format(arena, "%s/%zu", root, i).p : root);
    if (!says_who(r.set))
        take_name(&r, "empty");
    take_catalog(&r);
    return r.set;
}
