/* Whole spaces: copied and cleared, table by table. The tables are read from the schema, so that none can
 * be forgotten: every one that has a column `space`, in the order in which they were made, parents first. */
#include "base/memory.h"
#include "store/space_tables.h"
#include "store/touched.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char names_text[] = "SELECT name, instr(sql, 'WITHOUT ROWID') = 0 FROM sqlite_schema WHERE type = 'table'"
                                 " ORDER BY rowid";

/* The parts from SQL_PART_KEY on of table ?1; and whether others refer to it whose rows do not go with its own. A table
 * with a unique index of some rows alone has no loose column: whether a row belongs to that can hang on any. */
#define JOINED(text, separator, which) \
    "group_concat(" text ", '" separator "') FILTER (WHERE name <> 'space' AND " which ")"
#define SAME "'m.\"' || name || '\" IS f.\"' || name || '\" COLLATE BINARY'"
#define LOOSE "name NOT IN tight AND NOT EXISTS (SELECT 1 FROM pragma_index_list(?1) WHERE \"unique\" AND partial)"
#define NAME "'\"' || name || '\"'"
static const char parts_text[] =
    "WITH tight (name) AS MATERIALIZED (SELECT i.name FROM pragma_index_list(?1) l, pragma_index_info(l.name) i"
    " UNION SELECT \"from\" FROM pragma_foreign_key_list(?1)) SELECT "
    JOINED(NAME, ", ", "pk") ", "
    JOINED("'m.\"' || name || '\" = f.\"' || name || '\"'", " AND ", "pk") ", "
    JOINED(SAME, " AND ", "1") ", "
    JOINED("'\"' || name || '\" = excluded.\"' || name || '\"'", ", ", "NOT pk") ", "
    JOINED(SAME, " AND ", "NOT (" LOOSE ")") ", "
    JOINED(NAME, ", ", "NOT pk AND " LOOSE) ", "
    JOINED(NAME, ", ", "NOT pk") " FROM pragma_table_info(?1)";
static const char parents_text[] =
    "SELECT DISTINCT k.\"table\" FROM sqlite_schema c, pragma_foreign_key_list(c.name) k"
    " WHERE c.type = 'table' AND k.on_delete <> 'CASCADE'";

/* Numbers stand for parts. The counts spare a look at each row when there is nothing to do. */
#define AS_MANY "(SELECT count(*) FROM \"{0}\" WHERE space = ?1) = (SELECT count(*) FROM \"{0}\" WHERE space = ?2)"
#define FROM_OTHER "INSERT INTO \"{0}\" (space, {1}) SELECT ?1, {1} FROM \"{0}\" f WHERE space = ?2"
#define IS_MISSING " AND NOT EXISTS (SELECT 1 FROM \"{0}\" m WHERE m.space = ?1 AND {3})"
#define DROP_OTHERS "DELETE FROM \"{0}\" AS f WHERE space = ?1" \
    " AND NOT EXISTS (SELECT 1 FROM \"{0}\" m WHERE m.space = ?2 AND {3} AND {4})"
#define MODEL "FROM \"{0}\" m WHERE m.space = ?2 AND {3}" /* what the row f is to be like */
static const char *const texts[SPACE_STATEMENT_COUNT] = {
    [SPACE_COPY] = FROM_OTHER,
    [SPACE_CLEAR] = "DELETE FROM \"{0}\" WHERE space = ?1",
    [SPACE_IS_EMPTY] = "SELECT NOT EXISTS (SELECT 1 FROM \"{0}\" WHERE space = ?1)",
    [SPACE_DROP_OTHERS] = DROP_OTHERS,
    [SPACE_ADD_MISSING] = FROM_OTHER " AND NOT " AS_MANY IS_MISSING,
    [SPACE_CHANGE] = FROM_OTHER " AND NOT EXISTS (SELECT 1 FROM \"{0}\" m WHERE m.space = ?1 AND {3} AND {4})"
                     " ON CONFLICT (space, {2}) DO UPDATE SET {5}",
    [SPACE_DROP_SURPLUS] = "DELETE FROM \"{0}\" AS f WHERE space = ?1 AND NOT " AS_MANY
                           " AND NOT EXISTS (SELECT 1 FROM \"{0}\" m WHERE m.space = ?2 AND {3})",
    [SPACE_ADD_LOST] = FROM_OTHER IS_MISSING,
    [ROW_MEND_LOOSE] = "UPDATE \"{0}\" AS f SET ({7}) = (SELECT {7} " MODEL ") WHERE space = ?1 AND rowid = ?3"
                       " AND EXISTS (SELECT 1 " MODEL " AND {6})",
    [ROW_MEND] = "UPDATE \"{0}\" AS f SET ({8}) = (SELECT {8} " MODEL ") WHERE space = ?1 AND rowid = ?3",
    [ROW_STATE] = "SELECT iif(m.space IS NULL, 2, NOT ({4})) FROM \"{0}\" f LEFT JOIN \"{0}\" m"
                  " ON m.space = ?2 AND {3} WHERE f.space = ?1 AND f.rowid = ?3",
    [ROW_DROP] = "DELETE FROM \"{0}\" WHERE space = ?1 AND rowid = ?3",
    [KEY_DROP_OTHERS] = DROP_OTHERS " AND {9} = ?3",
    [KEY_ADD_MISSING] = FROM_OTHER IS_MISSING " AND {9} = ?3",
};

/* The text with the table's parts in it; NULL for want of memory. */
static char *fill_in(const char *text, const struct space_table *table)
{
    sqlite3_str *s = sqlite3_str_new(NULL);
    for (const char *p = text; *p; p++)
        if (*p == '{') {
            const char *part = table->parts[p[1] - '0'];
            sqlite3_str_appendall(s, part ? part : ""); /* without memory for it the statement fails */
            p += 2;
        } else {
            sqlite3_str_appendchar(s, 1, *p);
        }
    return sqlite3_str_finish(s);
}

static sqlite3_stmt *prepare_text(struct db *db, const char *text)
{
    sqlite3_stmt *stmt = NULL;
    if (!text || sqlite3_prepare_v3(db->conn->sqlite, text, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
        db_fail(db, "a statement about tables");
    return stmt;
}

/* What a statement writes to, while it is prepared. */
struct learning {
    const struct space_tables *tables;
    uint64_t written;
};

static int note_write(void *cls, int action, const char *table, const char *b, const char *c, const char *d)
{
    struct learning *learning = cls;
    (void)b, (void)c, (void)d;
    if (action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE)
        learning->written |= space_tables_bit(learning->tables, table);
    return SQLITE_OK;
}

static void learn_parts(struct db *db, struct space_table *table)
{
    struct space_tables *tables = db->conn->space_tables;
    if (!tables->asks_parts)
        tables->asks_parts = prepare_text(db, parts_text);
    sqlite3_stmt *stmt = tables->asks_parts;
    sqlite3_bind_text(stmt, 1, table->parts[SQL_PART_NAME], -1, SQLITE_STATIC);
    if (stmt && sqlite3_step(stmt) == SQLITE_ROW) {
        for (int i = SQL_PART_KEY; i < SQL_PART_FIRST_KEY; i++) {
            const char *part = (const char *)sqlite3_column_text(stmt, i - SQL_PART_KEY);
            table->parts[i] = sqlite3_mprintf("%s", part ? part : "1"); /* no columns: they are all the same */
        }
        table->has_loose = sqlite3_column_type(stmt, SQL_PART_LOOSE - SQL_PART_KEY) != SQLITE_NULL;
        table->has_parts = true;
    }
    sqlite3_reset(stmt);
}

static sqlite3_stmt *statement_of(struct db *db, struct space_table *table, enum space_statement which)
{
    if (which >= SPACE_DROP_OTHERS && !table->has_parts)
        learn_parts(db, table);
    if (which == ROW_MEND_LOOSE && !table->has_loose)
        return NULL;
    if (!table->statements[which]) {
        struct learning learning = { .tables = db->conn->space_tables };
        char *text = fill_in(texts[which], table);
        sqlite3_set_authorizer(db->conn->sqlite, note_write, &learning);
        table->statements[which] = prepare_text(db, text);
        sqlite3_set_authorizer(db->conn->sqlite, NULL, NULL);
        table->written[which] = learning.written;
        sqlite3_free(text);
    }
    return table->statements[which];
}

static bool is_of_key(struct db *db, const char *table, const char *column)
{
    int is_key = 0;
    sqlite3_table_column_metadata(db->conn->sqlite, NULL, table, column, NULL, NULL, NULL, &is_key, NULL);
    return is_key;
}

/* The columns of the key stand in its order. */
static void note_key_column(struct space_table *table, int i, const char *column)
{
    if (!table->parts[SQL_PART_FIRST_KEY]) {
        table->parts[SQL_PART_FIRST_KEY] = sqlite3_mprintf("\"%w\"", column);
        table->key_column = i;
    } else {
        table->is_grouped = !table->has_rowid;
    }
}

/* The columns but `space`; NULL when there is none of that name. */
static char *columns_of(struct db *db, struct space_table *table)
{
    const char *named = table->parts[SQL_PART_NAME];
    char *text = sqlite3_mprintf("SELECT * FROM \"%w\"", named);
    sqlite3_str *columns = sqlite3_str_new(NULL);
    sqlite3_stmt *stmt = text ? prepare_text(db, text) : NULL;
    bool of_space = false;
    for (int i = 0; i < sqlite3_column_count(stmt); i++) {
        const char *name = sqlite3_column_name(stmt, i);
        if (strcmp(name, "space") == 0) {
            of_space = true;
            continue;
        }
        sqlite3_str_appendf(columns, "%s\"%w\"", sqlite3_str_length(columns) ? ", " : "", name);
        if (of_space && is_of_key(db, named, name))
            note_key_column(table, i, name);
    }
    sqlite3_finalize(stmt);
    sqlite3_free(text);
    char *list = sqlite3_str_finish(columns);
    if (of_space && list)
        return list;
    sqlite3_free(list);
    return NULL;
}

static void free_parts(struct space_table *table)
{
    for (int k = 0; k < SQL_PART_COUNT; k++)
        sqlite3_free(table->parts[k]);
}

/* A table that is of no space is left out. */
static struct space_tables *add_table(struct db *db, struct space_tables *tables, const char *name, bool has_rowid)
{
    struct space_table table = { .parts = { sqlite3_mprintf("%s", name) }, .has_rowid = has_rowid, .key_column = -1 };
    table.parts[SQL_PART_COLUMNS] = columns_of(db, &table);
    if (!table.parts[SQL_PART_COLUMNS]) {
        free_parts(&table);
        return tables;
    }
    if (tables->n == SPACE_TABLES_MAX)
        die("there are more tables than a set has room for");
    tables = memory_kept_again(tables, sizeof *tables + (tables->n + 1) * sizeof tables->v[0]);
    tables->v[tables->n++] = table;
    return tables;
}

struct space_tables *space_tables_of(struct db *db)
{
    if (db->conn->space_tables)
        return db->conn->space_tables;
    struct space_tables *tables = memory_kept(sizeof *tables);
    sqlite3_stmt *list = prepare_text(db, names_text);
    while (list && sqlite3_step(list) == SQLITE_ROW)
        tables = add_table(db, tables, (const char *)sqlite3_column_text(list, 0), sqlite3_column_int(list, 1));
    sqlite3_finalize(list);
    db->conn->space_tables = tables;
    return tables;
}

uint64_t space_tables_bit(const struct space_tables *tables, const char *name)
{
    for (size_t i = 0; tables && i < tables->n; i++)
        if (strcmp(tables->v[i].parts[SQL_PART_NAME], name) == 0)
            return space_table_bit(i);
    return 0;
}

struct space_tables *space_tables_to_match(struct db *db)
{
    struct space_tables *tables = space_tables_of(db);
    if (tables->can_match)
        return tables;
    sqlite3_stmt *parents = prepare_text(db, parents_text);
    while (parents && sqlite3_step(parents) == SQLITE_ROW)
        for (size_t i = 0; i < tables->n; i++)
            if (strcmp(tables->v[i].parts[SQL_PART_NAME], (const char *)sqlite3_column_text(parents, 0)) == 0)
                tables->v[i].keeps_children = true;
    sqlite3_finalize(parents);
    tables->can_match = true;
    return tables;
}

void space_tables_free(struct space_tables *tables)
{
    for (size_t i = 0; tables && i < tables->n; i++) {
        for (int k = 0; k < SPACE_STATEMENT_COUNT; k++)
            sqlite3_finalize(tables->v[i].statements[k]);
        free_parts(&tables->v[i]);
    }
    if (tables)
        sqlite3_finalize(tables->asks_parts);
    free(tables);
}

static void run_failed(struct db *db, const struct space_table *table, enum space_statement which)
{
    static const char *const names[SPACE_STATEMENT_COUNT] = {
        [SPACE_COPY] = "COPY", [SPACE_CLEAR] = "CLEAR", [SPACE_IS_EMPTY] = "IS_EMPTY",
        [SPACE_DROP_OTHERS] = "DROP_OTHERS", [SPACE_ADD_MISSING] = "ADD_MISSING", [SPACE_CHANGE] = "CHANGE",
        [SPACE_DROP_SURPLUS] = "DROP_SURPLUS", [SPACE_ADD_LOST] = "ADD_LOST", [ROW_MEND_LOOSE] = "MEND_LOOSE",
        [ROW_MEND] = "MEND", [ROW_STATE] = "STATE", [ROW_DROP] = "DROP",
        [KEY_DROP_OTHERS] = "KEY_DROP_OTHERS", [KEY_ADD_MISSING] = "KEY_ADD_MISSING",
    };
    char statement[80];
    snprintf(statement, sizeof statement, "%s of %s", names[which], table->parts[SQL_PART_NAME]);
    db_fail(db, statement);
}

/* With its values bound. */
static int64_t run_bound(struct db *db, struct space_table *table, enum space_statement which, sqlite3_stmt *stmt)
{
    int64_t answer = SPACE_RAN;
    const int code = sqlite3_step(stmt);
    if (code == SQLITE_ROW)
        answer = sqlite3_column_int64(stmt, 0);
    else if (code != SQLITE_DONE)
        run_failed(db, table, which);
    else if (which != SPACE_COPY && sqlite3_changes64(db->conn->sqlite) > 0) /* what is copied is joined to none yet */
        db->effects.joined |= joined_to(table->parts[SQL_PART_NAME], NULL);
    sqlite3_reset(stmt);
    return answer;
}

int64_t space_run(struct db *db, struct space_table *table, enum space_statement which, int64_t space, int64_t from,
                  int64_t rowid)
{
    const int64_t values[] = { space, from, rowid };
    sqlite3_stmt *stmt = statement_of(db, table, which);
    if (!stmt)
        return SPACE_DID_NOT_RUN;
    for (int i = 0; i < sqlite3_bind_parameter_count(stmt); i++)
        sqlite3_bind_int64(stmt, i + 1, values[i]);
    return run_bound(db, table, which, stmt);
}

void space_run_key(struct db *db, enum space_statement which, int64_t space, int64_t from, struct touched_key key)
{
    struct space_table *table = &space_tables_of(db)->v[key.table];
    sqlite3_stmt *stmt = statement_of(db, table, which);
    if (!stmt)
        return;
    sqlite3_bind_int64(stmt, 1, space);
    sqlite3_bind_int64(stmt, 2, from);
    sqlite3_bind_blob(stmt, 3, key.id, sizeof key.id, SQLITE_STATIC);
    run_bound(db, table, which, stmt);
    sqlite3_clear_bindings(stmt);
}

/* ---- copy and clear ---------------------------------------------------------------------------------------- */

void space_rows_copy(struct db *db, int64_t from, int64_t to)
{
    struct space_tables *tables = space_tables_of(db);
    touched_note_for(db, NULL);
    for (size_t i = 0; i < tables->n; i++)
        space_run(db, &tables->v[i], SPACE_COPY, to, from, 0);
    touched_forget(db, to);
    if (to > 0)
        touched_begin(db, to, from);
}

void store_space_copy(struct db *db, int64_t from, int64_t to)
{
    db->effects.identities = true;
    space_rows_copy(db, store_space_shown(db, from), to);
}

void store_space_clear(struct db *db, int64_t space)
{
    struct space_tables *tables = space_tables_of(db);
    db->effects.identities = true;
    touched_forget(db, space);
    touched_note_for(db, NULL);
    if (space_own(db, space))
        return;
    for (size_t i = tables->n; i > 0; i--)
        space_run(db, &tables->v[i - 1], SPACE_CLEAR, space, 0, 0);
}
