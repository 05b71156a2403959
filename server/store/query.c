#include "store/query.h"

#include "base/arena.h"
#include "base/memory.h"
#include "store/space_tables.h"
#include "store/touched.h"

#include <assert.h>
#include <stdatomic.h>
#include <string.h>

static const char *const texts[] = {
#define SQL(name, text) [SQL_##name] = text,
#include "store/sql.def"
#undef SQL
};

const char *const sql_names[SQL_COUNT] = {
#define SQL(name, text) [SQL_##name] = #name,
#include "store/sql.def"
#undef SQL
};

/* ---- {Spec} parts -------------------------------------------------------------------------------------- */

static const struct spec *find_spec(const struct store *store, struct text name)
{
    for (size_t i = 0; store->specs[i]; i++)
        if (text_eq(text_of(store->specs[i]->name), name))
            return store->specs[i];
    return NULL;
}

static bool is_written(const struct field *f)
{
    return f->column && !(f->flags & DERIVED);
}

/* `what` is 'r' for the columns that are read, '=' for those that are written, '?' for their parameters, '~' for what
 * sets those that are not fixed. */
static void put_columns(sqlite3_str *out, const struct spec *spec, char what)
{
    int n = 0;
    const char *between = "";
    for (size_t i = 0; i < spec->count; i++) {
        const struct field *f = &spec->fields[i];
        if (what == 'r' ? !f->column : !is_written(f))
            continue;
        const int parameter = 2 + n++;
        if (what == '~' && (f->flags & FIXED))
            continue;
        sqlite3_str_appendall(out, between);
        between = ", ";
        if (what != '?')
            sqlite3_str_appendall(out, f->column);
        if (what == '~')
            sqlite3_str_appendall(out, " = ");
        if (what == '?' || what == '~')
            sqlite3_str_appendf(out, "?%d", parameter);
    }
}

char *sql_expand(const struct store *store, const char *text)
{
    sqlite3_str *out = sqlite3_str_new(NULL);
    bool ok = true;
    for (struct text rest = text_of(text); rest.p && ok;) {
        const struct text plain = text_cut(&rest, '{');
        sqlite3_str_append(out, plain.p, (int)plain.n);
        if (!rest.p)
            break;
        struct text name = text_cut(&rest, '}');
        const char last = name.n ? name.p[name.n - 1] : '\0';
        const char what = last == '=' || last == '?' || last == '~' ? last : 'r';
        const struct spec *spec = find_spec(store, (struct text){ name.p, name.n - (what != 'r') });
        ok = spec != NULL;
        if (ok)
            put_columns(out, spec, what);
    }
    char *expanded = sqlite3_str_finish(out);
    if (ok)
        return expanded;
    sqlite3_free(expanded);
    return NULL;
}

/* ---- one use of a statement ---------------------------------------------------------------------------- */

static bool is_of_identities(const char *table)
{
    static const char *const tables[] = { "spaces", "organizations", "teams", "people", "members", "api_keys" };
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        if (strcmp(table, tables[i]) == 0)
            return true;
    return false;
}

/* Called while a statement is compiled, for every table and column it writes to, by triggers and cascades, too. A row
 * that is new is joined to none yet. */
static int note_write(void *cls, int action, const char *table, const char *column, const char *c, const char *d)
{
    struct statement_kind *kind = cls;
    (void)c, (void)d;
    if (action != SQLITE_INSERT && action != SQLITE_UPDATE && action != SQLITE_DELETE)
        return SQLITE_OK;
    kind->effects.identities |= is_of_identities(table);
    if (action != SQLITE_INSERT)
        kind->effects.joined |= joined_to(table, action == SQLITE_UPDATE ? column : NULL);
    kind->written |= space_tables_bit(kind->tables, table);
    return SQLITE_OK;
}

/* Which tables a statement writes to is asked of those of a space alone: to know the tables takes a while, and a start
 * has no time for it. */
static struct statement_kind kind_before(struct db *db, const char *text)
{
    const bool writes = strncmp(text, "SELECT", 6) != 0;
    return (struct statement_kind){
        .is_of_space = strstr(text, "?1"),
        .is_of_spaces = strstr(text, " spaces"),
        .tables = writes && db->tx == TX_WRITE && strstr(text, "?1") ? space_tables_of(db) : NULL,
    };
}

static sqlite3_stmt *prepare_statement(struct db *db, enum sql which)
{
    char *text = sql_expand(db->store, texts[which]);
    sqlite3_stmt *stmt = NULL;
    struct statement_kind *kind = &db->conn->kinds[which];
    *kind = kind_before(db, text ? text : "");
    sqlite3_set_authorizer(db->conn->sqlite, note_write, kind);
    if (!text || sqlite3_prepare_v3(db->conn->sqlite, text, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
        db_fail(db, sql_names[which]);
    sqlite3_set_authorizer(db->conn->sqlite, NULL, NULL);
    kind->is_of_space = stmt && sqlite3_bind_parameter_name(stmt, 1);
    kind->writes = stmt && !sqlite3_stmt_readonly(stmt);
    sqlite3_free(text);
    return stmt;
}

struct query query(struct db *db, enum sql which)
{
    if (db->begin_due)
        tx_begin_due(db);
    if (!db->conn->statements[which])
        db->conn->statements[which] = prepare_statement(db, which);
    sqlite3_stmt *stmt = db->conn->statements[which];
    const struct statement_kind *kind = &db->conn->kinds[which];
    assert(!stmt || !sqlite3_stmt_busy(stmt));
    if (kind->is_of_space)
        sqlite3_bind_int64(stmt, 1, kind->is_of_spaces ? db->space : rows_to_bind(db, kind->writes));
    if (kind->is_of_space && kind->writes)
        touched_note(db, kind->written);
    db->open_queries++;
    db->effects.identities |= kind->effects.identities;
    db->effects.joined |= kind->effects.joined;
    return (struct query){ .db = db, .which = which, .stmt = stmt, .param = 1 };
}

void query_end(struct query *q)
{
    q->db->open_queries--;
    if (q->stmt)
        sqlite3_reset(q->stmt);
}

/* Whether a parameter can be bound; a failed binding fails the transaction. */
static void bound(struct query *q, int code)
{
    if (code != SQLITE_OK)
        db_fail(q->db, sql_names[q->which]);
}

static void bind_text(struct query *q, struct text value)
{
    bound(q, sqlite3_bind_text(q->stmt, ++q->param, value.p ? value.p : "", (int)value.n, SQLITE_STATIC));
}

static void bind_int(struct query *q, int64_t value)
{
    bound(q, sqlite3_bind_int64(q->stmt, ++q->param, value));
}

/* `kept`: SQLITE_STATIC where they outlive the query, which saves a copy of each. */
static void bind_bytes(struct query *q, const void *p, size_t n, sqlite3_destructor_type kept)
{
    bound(q, sqlite3_bind_blob(q->stmt, ++q->param, p, (int)n, kept));
}

static void bind_null(struct query *q)
{
    bound(q, sqlite3_bind_null(q->stmt, ++q->param));
}

static void bind_kept(struct query *q, const struct kept *value, sqlite3_destructor_type kept)
{
    if (value)
        bind_bytes(q, value->hash.b, sizeof value->hash.b, kept);
    else
        bind_null(q);
    if (value && value->kind == KEPT_VALUE)
        bind_bytes(q, value->salt, sizeof value->salt, kept);
    else
        bind_null(q);
}

static void bind_blob(struct query *q, struct text bytes)
{
    bound(q, sqlite3_bind_blob64(q->stmt, ++q->param, bytes.p, bytes.n, SQLITE_STATIC));
}

static void bind_params(struct query *q, const struct param *with, sqlite3_destructor_type kept)
{
    for (; with && with->kind != PARAM_END; with++)
        switch (with->kind) {
        case PARAM_INT: bind_int(q, with->i); break;
        case PARAM_TEXT: bind_text(q, with->text); break;
        case PARAM_BLOB: bind_blob(q, with->text); break;
        case PARAM_UUID: bind_bytes(q, with->uuid.b, sizeof with->uuid.b, kept); break;
        case PARAM_HASH: bind_bytes(q, with->hash.b, sizeof with->hash.b, kept); break;
        case PARAM_KEPT: bind_kept(q, with->kept, kept); break;
        case PARAM_NULL:
        case PARAM_END: bind_null(q); break;
        }
}

struct query query_with(struct db *db, enum sql which, const struct param *with)
{
    struct query q = query(db, which);
    bind_params(&q, with, SQLITE_TRANSIENT);
    return q;
}

/* Of a query that is over before its parameters are. */
static struct query query_briefly(struct db *db, enum sql which, const struct param *with)
{
    struct query q = query(db, which);
    bind_params(&q, with, SQLITE_STATIC);
    return q;
}

struct query query_page(struct db *db, enum sql which, const struct param *with, int64_t limit, int64_t offset)
{
    struct query q = query_with(db, which, with);
    bind_params(&q, WITH(limit, offset), SQLITE_STATIC);
    return q;
}

static void bind_texts(struct query *q, const struct v_texts *value)
{
    sqlite3_str *joined = sqlite3_str_new(NULL);
    for (size_t i = 0; i < value->n; i++)
        sqlite3_str_appendf(joined, "%s%.*s", i ? " " : "", TEXT_ARG(value->v[i]));
    char *text = sqlite3_str_finish(joined);
    bound(q, sqlite3_bind_text(q->stmt, ++q->param, text ? text : sqlite3_mprintf(""), -1, sqlite3_free));
}

/* One behind the other; no bytes at all are none, not null. */
static void bind_uuids(struct query *q, const struct v_uuids *value)
{
    bound(q, sqlite3_bind_blob64(q->stmt, ++q->param, value->n ? (const void *)value->v : "",
                                 value->n * sizeof value->v[0], SQLITE_STATIC));
}

static void bind_value(struct query *q, const struct field *f, const void *at)
{
    if (*(const enum value_state *)at != VALUE_SET) {
        bind_null(q);
        return;
    }
    switch (f->kind) {
    case KIND_TEXT:
    case KIND_URL: bind_text(q, ((const struct v_text *)at)->v); return;
    case KIND_JSON: bind_text(q, ((const struct v_json *)at)->v); return;
    case KIND_UUID: bind_bytes(q, ((const struct v_uuid *)at)->v.b, sizeof(struct uuid), SQLITE_STATIC); return;
    case KIND_TIME: bind_int(q, ((const struct v_time *)at)->v); return;
    case KIND_INT: bind_int(q, ((const struct v_int *)at)->v); return;
    case KIND_BOOL: bind_int(q, ((const struct v_bool *)at)->v); return;
    case KIND_ENUM: bind_text(q, text_of(f->names[((const struct v_enum *)at)->v])); return;
    case KIND_TEXTS: bind_texts(q, at); return;
    case KIND_UUIDS: bind_uuids(q, at); return;
    case KIND_SECRET:
    case KIND_MAP:
    case KIND_SECRETS:
    case KIND_OBJECT:
    case KIND_ROWS:
    case KIND_SETS:
    case KIND_COUNT: break;
    }
    die("a spec stores a kind of field that has no column type");
}

static void bind_row(struct query *q, const struct spec *spec, const void *object)
{
    for (size_t i = 0; i < spec->count; i++)
        if (is_written(&spec->fields[i]))
            bind_value(q, &spec->fields[i], field_in(&spec->fields[i], object));
}

/* A broken constraint is the caller's to judge; whatever else goes wrong fails the transaction. */
static int step_once(struct query *q)
{
    if (!q->stmt)
        return SQLITE_ERROR;
    const int code = sqlite3_step(q->stmt) & 0xff;
    if (code != SQLITE_CONSTRAINT && code != SQLITE_ROW && code != SQLITE_DONE)
        db_fail(q->db, sql_names[q->which]);
    return code;
}

/* Of a statement that cannot break a constraint: when it does, that is a failure like any other. */
static int step_strictly(struct query *q)
{
    const int code = step_once(q);
    if (code == SQLITE_CONSTRAINT)
        db_fail(q->db, sql_names[q->which]);
    return code;
}

bool query_row(struct query *q)
{
    return step_strictly(q) == SQLITE_ROW;
}

/* ---- in one call ------------------------------------------------------------------------------------------- */

bool query_finds(struct db *db, enum sql which, const struct param *with)
{
    QUERY q = query_briefly(db, which, with);
    return query_row(&q);
}

int64_t query_number(struct db *db, enum sql which, const struct param *with)
{
    QUERY q = query_briefly(db, which, with);
    return query_row(&q) ? col_int(&q, 0) : 0;
}

struct text query_text(struct db *db, enum sql which, const struct param *with, struct arena *arena)
{
    QUERY q = query_briefly(db, which, with);
    return query_row(&q) ? text_copy(arena, col_text(&q, 0)) : (struct text){ NULL, 0 };
}

int64_t query_change(struct db *db, enum sql which, const struct param *with)
{
    QUERY q = query_briefly(db, which, with);
    step_strictly(&q);
    return sqlite3_changes64(db->conn->sqlite);
}

void query_prune(struct db *db, enum sql which, int64_t parameter)
{
    static atomic_uint calls[SQL_COUNT];
    if (calls[which]++ % 64 == 0)
        query_change(db, which, WITH(parameter));
}

static struct query query_of_row(struct db *db, enum sql which, const struct spec *spec, const void *object,
                                 const struct param *with)
{
    struct query q = query(db, which);
    if (spec)
        bind_row(&q, spec, object);
    bind_params(&q, with, SQLITE_STATIC);
    return q;
}

void query_store(struct db *db, enum sql which, const struct spec *spec, const void *object, const struct param *with)
{
    QUERY q = query_of_row(db, which, spec, object, with);
    step_strictly(&q);
}

bool query_insert(struct db *db, enum sql which, const struct spec *spec, const void *object, const struct param *with)
{
    QUERY q = query_of_row(db, which, spec, object, with);
    return step_once(&q) == SQLITE_DONE && sqlite3_changes64(db->conn->sqlite) == 1;
}

bool query_get(struct db *db, enum sql which, const struct param *with, const struct spec *spec, struct arena *arena,
               void *ret)
{
    QUERY q = query_briefly(db, which, with);
    if (!query_row(&q))
        return false;
    col_row(&q, 0, spec, arena, ret);
    return true;
}

void *query_all(struct db *db, enum sql which, const struct param *with, const struct spec *spec, struct arena *arena,
                size_t *ret_n)
{
    size_t n = 0, room = 0;
    char *rows = arena_alloc(arena, 0);
    QUERY q = query_briefly(db, which, with);
    for (; query_row(&q); n++) {
        if (n == room) {
            room = room ? 2 * room : 8;
            rows = arena_grow(arena, rows, n * spec->size, room * spec->size);
            memset(rows + n * spec->size, 0, (room - n) * spec->size);
        }
        col_row(&q, 0, spec, arena, rows + n * spec->size);
    }
    *ret_n = n;
    return rows;
}

struct v_rows query_rows(struct db *db, enum sql which, const struct param *with, const struct spec *spec,
                         struct arena *arena)
{
    size_t n;
    const void *rows = query_all(db, which, with, spec, arena, &n);
    return SET_ROWS(n, rows);
}
