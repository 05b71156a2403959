#include "fixtures.h"

#include "api/agents.h"
#include "api/builds.h"
#include "api/folders.h"
#include "base/clock.h"
#include "base/embed.h"
#include "fixture_rows.h"
#include "fixture_specs.h"
#include "limit.h"
#include "spaces.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct fixture_set {
    size_t n;
    struct {
        const char *name;
        bool is_catalog; /* the built-in one: what others say goes before it */
        struct document document;
    } v[CONFIG_LIST_MAX * 4];
};

/* ---- reading ------------------------------------------------------------------------------------------- */

struct reading {
    struct arena *arena;
    struct fixture_set *set;
    struct buf errors; /* a line each */
};

static void __attribute__((format(printf, 2, 3))) complain(struct reading *r, const char *format, ...)
{
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (r->errors.n)
        buf_add_char(&r->errors, '\n');
    buf_add(&r->errors, text_of(line));
}

static const char *const json_faults[] = {
    [JSON_MALFORMED] = "is not valid JSON",
    [JSON_DUPLICATE_KEY] = "has the same key twice in an object",
    [JSON_NUL] = "holds \\u0000, which is not allowed",
};

static void take_document(struct reading *r, const char *name, struct text json)
{
    struct fixture_set *set = r->set;
    struct problems problems = problems_new(r->arena, true, T("\n"));
    int line = 0, column = 0;
    if (set->n == sizeof set->v / sizeof set->v[0]) {
        complain(r, "%s: too many fixture files", name);
        return;
    }
    const enum json_outcome outcome =
        spec_parse_json(&fixture_document, 0, T(""), json, &problems, &set->v[set->n].document, &line, &column);
    set->v[set->n++].name = name;
    if (outcome != JSON_OK)
        complain(r, "%s: %s, at line %d, column %d", name, json_faults[outcome], line, column);
    struct text rest = problems_text(&problems);
    while (problems.count && rest.p) {
        const struct text problem = text_cut(&rest, '\n');
        complain(r, "%s: %.*s", name, TEXT_ARG(problem));
    }
}

static void take_file(struct reading *r, const char *path)
{
    struct buf content = buf_new(r->arena, LIMIT_FIXTURE);
    FILE *file = fopen(path, "rb");
    if (!file) {
        complain(r, "%s: %s", path, strerror(errno));
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
        complain(r, "%s: %s", path, strerror(errno));
    else if (!room)
        complain(r, "%s: larger than %d MiB", path, LIMIT_FIXTURE >> 20);
    else
        take_document(r, path, buf_text(&content));
    fclose(file);
}

static int is_json_name(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && text_ends(text_of(entry->d_name), T(".json"));
}

static void take_folder(struct reading *r, const char *path)
{
    struct dirent **entries = NULL;
    const int n = scandir(path, &entries, is_json_name, alphasort);
    if (n < 0)
        complain(r, "%s: %s", path, strerror(errno));
    if (n == 0)
        complain(r, "%s: no *.json file in it", path);
    for (int i = 0; i < n; i++) {
        take_file(r, text_format(r->arena, "%s/%s", path, entries[i]->d_name).p);
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

static void take_name(struct reading *r, const char *name)
{
    struct stat info;
    const struct embedded *file = strchr(name, '/') ? NULL : built_in(r->arena, name);
    if (file)
        take_document(r, name, (struct text){ (const char *)file->start, (size_t)(file->end - file->start) });
    else if (stat(name, &info) != 0)
        complain(r, "%s: neither a built-in set (default, empty, demo) nor a file or folder", name);
    else if (S_ISDIR(info.st_mode))
        take_folder(r, name);
    else
        take_file(r, name);
}

/* Every Duvo has a catalog. A document that has integrations of its own replaces those; providers, scopes, auth
 * configs, MCP tools and bindings of the built-in one are added to those of other documents, which win. */
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
}

struct fixture_set *fixtures_read(struct arena *arena, const struct config_list *names, struct text *ret_errors)
{
    struct reading r = { arena, ARENA_NEW(arena, struct fixture_set), buf_new(arena, 1 << 20) };
    for (size_t i = 0; i < names->n; i++)
        take_name(&r, names->v[i]);
    take_catalog(&r);
    *ret_errors = buf_text(&r.errors);
    return r.errors.n ? NULL : r.set;
}

/* ---- references ---------------------------------------------------------------------------------------- */

struct loading {
    struct reading base;
    struct db *db;
    bool adds; /* to what is there */
    struct uuid *ids[SECTION_COUNT]; /* sorted, of all documents together */
    size_t id_count[SECTION_COUNT];
};

struct reference {
    enum section from, to;
    const char *member;
    size_t offset;
};

#define REFERENCE(from, to, type, m) { SECTION_##from, SECTION_##to, #m, offsetof(type, m) }
static const struct reference references[] = {
    REFERENCE(TEAMS, ORGANIZATIONS, struct team, organization_id),
    REFERENCE(MEMBERS, TEAMS, struct member, team_id),
    REFERENCE(MEMBERS, PEOPLE, struct member, user_id),
    REFERENCE(API_KEYS, TEAMS, struct api_key, team_id),
    REFERENCE(API_KEYS, PEOPLE, struct api_key, user_id),
    REFERENCE(CUSTOM_INTEGRATIONS, TEAMS, struct custom_integration, team_id),
    REFERENCE(CUSTOM_INTEGRATIONS, PEOPLE, struct custom_integration, created_by),
    REFERENCE(AUTH_CONFIGS, TEAMS, struct auth_config, team_id),
    { SECTION_CONNECTIONS, SECTION_TEAMS, "team_id", offsetof(struct seeded_connection, c.team_id) },
    { SECTION_CONNECTIONS, SECTION_PEOPLE, "user_id", offsetof(struct seeded_connection, c.user_id) },
    { SECTION_CONNECTIONS, SECTION_PEOPLE, "created_by", offsetof(struct seeded_connection, c.created_by) },
    { SECTION_CONNECTIONS, SECTION_CUSTOM_INTEGRATIONS, "custom_integration_id",
      offsetof(struct seeded_connection, c.custom_integration_id) },
    REFERENCE(FOLDERS, TEAMS, struct folder, team_id),
    REFERENCE(FOLDERS, FOLDERS, struct folder, parent_folder_id),
    REFERENCE(AGENTS, TEAMS, struct stored_agent, team_id),
    REFERENCE(AGENTS, FOLDERS, struct stored_agent, folder_id),
    REFERENCE(AGENTS, PEOPLE, struct stored_agent, created_by),
    REFERENCE(AGENTS, PEOPLE, struct stored_agent, updated_by),
    REFERENCE(AGENT_PINS, AGENTS, struct agent_pin, agent_id),
    REFERENCE(AGENT_PINS, PEOPLE, struct agent_pin, user_id),
    REFERENCE(BUILDS, AGENTS, struct stored_build, agent_id),
    REFERENCE(BUILDS, BUILDS, struct stored_build, parent_build_id),
    REFERENCE(BUILDS, PEOPLE, struct stored_build, created_by),
};

static const struct v_rows *rows_of(const struct document *document, enum section section)
{
    return field_in(&fixture_document.fields[section], document);
}

static const void *row_at(enum section section, const struct v_rows *rows, size_t i)
{
    return (const char *)rows->v + i * section_kinds[section].spec->size;
}

static int compare_ids(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct uuid));
}

/* Sections whose rows have an id have it first. */
static struct uuid id_of(enum section section, const void *row)
{
    const struct v_uuid *id = field_in(&section_kinds[section].spec->fields[0], row);
    return id->v;
}

static void collect_ids(struct loading *l, enum section section)
{
    const struct fixture_set *set = l->base.set;
    size_t n = 0;
    for (size_t i = 0; i < set->n; i++)
        n += rows_of(&set->v[i].document, section)->n;
    l->ids[section] = ARENA_ARRAY(l->base.arena, n, struct uuid);
    for (size_t i = 0; i < set->n; i++) {
        const struct v_rows *rows = rows_of(&set->v[i].document, section);
        for (size_t row = 0; row < rows->n; row++)
            l->ids[section][l->id_count[section]++] = id_of(section, row_at(section, rows, row));
    }
    qsort(l->ids[section], n, sizeof(struct uuid), compare_ids);
}

/* Of the documents, or of the space that they are added to. */
static bool has_id(const struct loading *l, enum section section, const struct uuid *id)
{
    return bsearch(id, l->ids[section], l->id_count[section], sizeof *id, compare_ids) != NULL ||
           (l->adds && fixture_exists(l->db, section, id));
}

static void check_references(struct loading *l, const char *name, const struct document *document)
{
    for (size_t i = 0; i < sizeof references / sizeof references[0]; i++) {
        const struct reference *ref = &references[i];
        const struct v_rows *rows = rows_of(document, ref->from);
        for (size_t row = 0; row < rows->n; row++) {
            const char *at = (const char *)row_at(ref->from, rows, row) + ref->offset;
            const struct v_uuid *id = (const struct v_uuid *)(const void *)at;
            if (id->is == VALUE_SET && !has_id(l, ref->to, &id->v))
                complain(&l->base, "%s: %s/%zu/%s names nothing in %s", name, section_kinds[ref->from].name, row,
                         ref->member, section_kinds[ref->to].name);
        }
    }
}

/* ---- loading ------------------------------------------------------------------------------------------- */

static void insert_rows(struct loading *l, enum section section)
{
    const struct section_kind *kind = &section_kinds[section];
    const struct fixture_set *set = l->base.set;
    for (size_t i = 0; i < set->n; i++) {
        const struct v_rows *rows = rows_of(&set->v[i].document, section);
        const bool may_lose = set->v[i].is_catalog && (kind->flags & SECTION_GIVES_WAY);
        for (size_t row = 0; row < rows->n; row++)
            if (!fixture_insert(l->base.arena, l->db, section, row_at(section, rows, row)) &&
                !(may_lose && !db_error(l->db)))
                complain(&l->base, "%s: %s/%zu %s", set->v[i].name, kind->name, row,
                         db_error(l->db) ? db_error(l->db) : kind->conflict);
    }
}

/* The space that db works on. */
static bool space_exists(struct db *db)
{
    QUERY q = query(db, SQL_SPACE_GET);
    return query_row(&q);
}

static void insert_space(struct db *db, struct text name)
{
    QUERY q = query(db, SQL_SPACE_INSERT);
    bind_text(&q, name);
    bind_int(&q, clock_real_ms());
    bind_null(&q);
    query_run(&q);
}

/* The template is what this server was started with, whatever the file had before; the default space is not touched
 * once it is there. */
static void prepare_template(struct db *db)
{
    db_use_space(db, SPACE_TEMPLATE);
    if (space_exists(db))
        store_space_clear(db, SPACE_TEMPLATE);
    else
        insert_space(db, T(""));
}

static void prepare_default(struct db *db)
{
    db_use_space(db, SPACE_DEFAULT);
    if (space_exists(db))
        return;
    insert_space(db, T("default"));
    store_space_copy(db, SPACE_TEMPLATE, SPACE_DEFAULT);
}

static void check_all(struct loading *l)
{
    const struct fixture_set *set = l->base.set;
    for (int section = 0; section < SECTION_COUNT; section++)
        if (section_kinds[section].flags & SECTION_ID)
            collect_ids(l, (enum section)section);
    for (size_t i = 0; i < set->n; i++)
        check_references(l, set->v[i].name, &set->v[i].document);
}

static void insert_all(struct loading *l)
{
    for (int section = 0; section < SECTION_COUNT; section++)
        insert_rows(l, (enum section)section);
}

static void load_all(struct loading *l)
{
    check_all(l);
    if (l->base.errors.n)
        return;
    prepare_template(l->db);
    insert_all(l);
    if (!l->base.errors.n)
        prepare_default(l->db);
}

bool fixtures_load(struct arena *arena, const struct fixture_set *set, struct db *db, struct text *ret_errors)
{
    struct fixture_set *copy = ARENA_NEW(arena, struct fixture_set);
    *copy = *set;
    struct loading l = { .base = { arena, copy, buf_new(arena, 1 << 20) }, .db = db };
    if (!tx_begin(db, TX_WRITE)) {
        *ret_errors = text_of(db_error(db));
        return false;
    }
    load_all(&l);
    db_use_space(db, SPACE_DEFAULT);
    *ret_errors = buf_text(&l.base.errors);
    if (!ret_errors->n && tx_commit(db))
        return true;
    if (!ret_errors->n)
        *ret_errors = text_format(arena, "the fixtures could not be stored: %s", db_error(db) ? db_error(db) : "");
    tx_rollback(db);
    return false;
}

bool fixtures_add(struct arena *arena, const struct document *document, struct db *db, struct text *ret_errors)
{
    struct fixture_set *set = ARENA_NEW(arena, struct fixture_set);
    struct loading l = { .base = { arena, set, buf_new(arena, 1 << 20) }, .db = db, .adds = true };
    set->n = 1;
    set->v[0].name = "body";
    set->v[0].document = *document;
    check_all(&l);
    if (!l.base.errors.n)
        insert_all(&l);
    *ret_errors = buf_text(&l.base.errors);
    return !ret_errors->n;
}
