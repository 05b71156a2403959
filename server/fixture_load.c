/* Loading: rows that fit together, and into a space, get into the store. */
#include "fixtures.h"

#include "api/agents.h"
#include "api/builds.h"
#include "api/folders.h"
#include "api/schedules.h"
#include "api/slots.h"
#include "base/arena.h"
#include "base/clock.h"
#include "fixture_claims.h"
#include "fixture_rows.h"
#include "fixture_secrets.h"
#include "fixture_set.h"
#include "space.h"

#include <stdlib.h>
#include <string.h>

/* ---- references ---------------------------------------------------------------------------------------- */

struct loading {
    struct fixture_errors errors;
    struct arena *arena;
    const struct fixture_set *set;
    struct db *db;
    bool adds;    /* to what is there */
    bool foreign; /* to a database that is not the one they are for */
    const struct claims *claims;
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
    REFERENCE(SECRETS, TEAMS, struct seeded_secret, team_id),
    REFERENCE(SECRETS, PEOPLE, struct seeded_secret, user_id),
    REFERENCE(SECRETS, PEOPLE, struct seeded_secret, created_by),
    REFERENCE(BUILD_SECRETS, BUILDS, struct build_secret, build_id),
    REFERENCE(BUILD_SECRETS, SECRETS, struct build_secret, secret_id),
    REFERENCE(SCHEDULES, AGENTS, struct schedule, agent_id),
    REFERENCE(SCHEDULES, PEOPLE, struct schedule, user_id),
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
    REFERENCE(QUEUES, TEAMS, struct queue, team_id),
    REFERENCE(SLOTS, BUILDS, struct stored_slot, build_id),
    REFERENCE(SLOTS, INTEGRATIONS, struct stored_slot, integration_id),
    REFERENCE(SLOTS, CUSTOM_INTEGRATIONS, struct stored_slot, custom_integration_id),
    REFERENCE(PINS, CONNECTIONS, struct pin, connection_id),
    REFERENCE(PINS, SLOTS, struct pin, slot_id),
    REFERENCE(PINS, PEOPLE, struct pin, user_id),
    REFERENCE(SLOT_QUEUES, SLOTS, struct slot_queue, slot_id),
    REFERENCE(SLOT_QUEUES, QUEUES, struct slot_queue, queue_id),
    REFERENCE(TRIGGERS, AGENTS, struct trigger, agent_id),
    REFERENCE(TRIGGERS, CONNECTIONS, struct trigger, connection_id),
    REFERENCE(TRIGGERS, PEOPLE, struct trigger, user_id),
};

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
    const struct fixture_set *set = l->set;
    size_t n = 0;
    for (size_t i = 0; i < set->n; i++)
        n += fixture_rows_of(&set->v[i].document, section)->n;
    l->ids[section] = ARENA_ARRAY(l->arena, n, struct uuid);
    for (size_t i = 0; i < set->n; i++) {
        const struct v_rows *rows = fixture_rows_of(&set->v[i].document, section);
        for (size_t row = 0; row < rows->n; row++)
            l->ids[section][l->id_count[section]++] = id_of(section, fixture_row_at(section, rows, row));
    }
    qsort(l->ids[section], n, sizeof(struct uuid), compare_ids);
}

/* Of the documents, or of the space that they are added to. */
static bool has_id(const struct loading *l, enum section section, const struct uuid *id)
{
    return bsearch(id, l->ids[section], l->id_count[section], sizeof *id, compare_ids) != NULL ||
           (l->adds && fixture_exists(l->db, section, id));
}

static void check_references(struct loading *l, const struct fixture_source *source)
{
    for (size_t i = 0; i < sizeof references / sizeof references[0]; i++) {
        const struct reference *ref = &references[i];
        const struct v_rows *rows = fixture_rows_of(&source->document, ref->from);
        for (size_t row = 0; row < rows->n; row++) {
            const char *at = (const char *)fixture_row_at(ref->from, rows, row) + ref->offset;
            const struct v_uuid *id = (const struct v_uuid *)(const void *)at;
            const bool lost = source->lost_catalog && ref->to == SECTION_INTEGRATIONS;
            if (id->is == VALUE_SET && !lost && !has_id(l, ref->to, &id->v))
                fixture_wrong(&l->errors, source->name, "%s/%zu/%s names nothing in %s",
                              section_kinds[ref->from].name, row, ref->member, section_kinds[ref->to].name);
        }
    }
}

/* What is sealed was sealed with one database's key, and is of use there alone. */
static void check_sealed(struct loading *l, const struct fixture_source *source)
{
    const struct v_rows *rows = fixture_rows_of(&source->document, SECTION_CUSTOM_INTEGRATIONS);
    for (size_t i = 0; i < rows->n; i++) {
        const struct custom_integration *custom = fixture_row_at(SECTION_CUSTOM_INTEGRATIONS, rows, i);
        if (custom->oauth_client_secret_sealed.is == VALUE_SET && !fixture_can_open(l->arena, l->db, custom))
            fixture_wrong(&l->errors, source->name,
                          "custom_integrations/%zu/oauth_client_secret_sealed was not sealed with this database's key",
                          i);
    }
}

/* ---- loading ------------------------------------------------------------------------------------------- */

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

static void insert_row(struct loading *l, const struct fixture_source *source, enum section section, size_t row,
                       const void *at)
{
    const struct section_kind *kind = &section_kinds[section];
    const bool may_lose = (source->is_catalog || source->lost_catalog) && (kind->flags & SECTION_GIVES_WAY);
    struct provider left;
    if (may_lose && section == SECTION_PROVIDERS) {
        if (!claims_leave(l->claims, l->arena, at, &left))
            return;
        at = &left;
    }
    struct arena *scratch = arena_new(); /* there may be very many rows */
    const bool inserted = fixture_insert(scratch, l->db, section, at);
    arena_free(scratch);
    if (inserted || (may_lose && !db_error(l->db)))
        return;
    fixture_wrong(&l->errors, source->name, "%s/%zu %s", kind->name, row,
                  db_error(l->db) ? db_error(l->db) : kind->conflict);
}

static void insert_all(struct loading *l)
{
    for (int i = 0; i < SECTION_COUNT; i++) {
        const enum section section = (enum section)i;
        for (size_t k = 0; k < l->set->n; k++) {
            const struct v_rows *rows = fixture_rows_of(&l->set->v[k].document, section);
            for (size_t row = 0; row < rows->n; row++)
                insert_row(l, &l->set->v[k], section, row, fixture_row_at(section, rows, row));
        }
    }
}

static void check_all(struct loading *l)
{
    const struct fixture_set *set = l->set;
    for (int section = 0; section < SECTION_COUNT; section++)
        if (section_kinds[section].flags & SECTION_ID)
            collect_ids(l, (enum section)section);
    for (size_t i = 0; i < set->n; i++) {
        check_references(l, &set->v[i]);
        if (!l->foreign)
            check_sealed(l, &set->v[i]);
    }
    l->claims = claims_collect(l->arena, set, l->db, l->adds);
    claims_check(l->claims, set, &l->errors);
}

/* Into the space that db works on; true when nothing is wrong. */
static bool load(struct loading *l, struct text *ret_errors)
{
    check_all(l);
    if (!l->errors.lines.n)
        insert_all(l);
    *ret_errors = buf_text(&l->errors.lines);
    return !l->errors.lines.n;
}

static bool load_start(struct loading *l, struct text *ret_errors)
{
    struct db *db = l->db;
    if (!tx_begin(db, TX_WRITE)) {
        *ret_errors = text_of(db_error(db));
        return false;
    }
    prepare_template(db);
    const bool ok = load(l, ret_errors);
    if (ok)
        prepare_default(db);
    db_use_space(db, SPACE_DEFAULT);
    if (ok && tx_commit(db))
        return true;
    if (ok)
        *ret_errors = text_format(l->arena, "the fixtures could not be stored: %s", db_error(db) ? db_error(db) : "");
    tx_rollback(db);
    return false;
}

bool fixtures_load(struct arena *arena, const struct fixture_set *set, struct db *db, struct text *ret_errors)
{
    struct loading l = { .errors = fixture_errors_new(arena, ": "), .arena = arena, .set = set, .db = db };
    return load_start(&l, ret_errors);
}

bool fixtures_check(struct arena *arena, const struct fixture_set *set, struct db *db, struct text *ret_errors)
{
    struct loading l = { fixture_errors_new(arena, ": "), arena, set, db, .foreign = true };
    return load_start(&l, ret_errors);
}

bool fixtures_add(struct arena *arena, const struct document *document, struct db *db, struct text *ret_errors)
{
    struct fixture_set *set = ARENA_NEW(arena, struct fixture_set);
    struct loading l = { fixture_errors_new(arena, "/"), arena, set, db, .adds = true };
    set->n = 1;
    set->v[0].name = "body";
    set->v[0].document = *document;
    return load(&l, ret_errors);
}

static bool has_owner(struct db *db)
{
    QUERY q = query(db, SQL_KEY_ANY);
    return query_row(&q);
}

bool fixtures_fill(struct arena *arena, const struct fixture_set *set, struct db *db, struct text *ret_errors)
{
    struct loading l = { fixture_errors_new(arena, "/"), arena, set, db, .adds = false };
    if (!load(&l, ret_errors))
        return false;
    if (has_owner(db))
        return true;
    *ret_errors =
        text_format(arena, "%s Expected a member with the role owner: the space's key acts for one", set->root);
    return false;
}
