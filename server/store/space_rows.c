/* Whole spaces: copied and cleared table by table. The tables are read from the schema, so that none can be
 * forgotten: every one that has a column `space`, in the order in which they were made, parents first. */
#include "base/arena.h"
#include "store/internal.h"

#include <stdio.h>
#include <stdlib.h>

struct space_table {
    sqlite3_stmt *copy, *clear;
};

struct space_tables {
    size_t n;
    struct space_table v[];
};

/* The statements' text comes from the schema itself. */
static const char list_text[] =
    "SELECT m.name, (SELECT group_concat('\"' || name || '\"', ', ') FROM pragma_table_info(m.name)"
    " WHERE name <> 'space')"
    " FROM sqlite_schema m WHERE m.type = 'table'"
    " AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'space') ORDER BY m.rowid";

static sqlite3_stmt *prepare(struct db *db, const char *format, const char *table, const char *columns)
{
    sqlite3_stmt *stmt = NULL;
    char *text = columns ? sqlite3_mprintf(format, table, columns, columns, table) : sqlite3_mprintf(format, table);
    if (!text)
        die("no memory for a statement");
    if (sqlite3_prepare_v3(db->conn->sqlite, text, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
        db_fail(db, text);
    sqlite3_free(text);
    return stmt;
}

static void add_table(struct db *db, struct space_tables **tables, const char *name, const char *columns)
{
    struct space_tables *t = *tables;
    t = realloc(t, sizeof *t + (t->n + 1) * sizeof t->v[0]);
    if (!t)
        die("no memory for the list of tables");
    t->v[t->n++] = (struct space_table){
        .copy = prepare(db, "INSERT INTO \"%w\" (space, %s) SELECT ?1, %s FROM \"%w\" WHERE space = ?2", name, columns),
        .clear = prepare(db, "DELETE FROM \"%w\" WHERE space = ?1", name, NULL),
    };
    *tables = t;
}

static struct space_tables *tables_of(struct db *db)
{
    sqlite3_stmt *list = NULL;
    if (db->conn->space_tables)
        return db->conn->space_tables;
    struct space_tables *tables = calloc(1, sizeof *tables);
    if (!tables)
        die("no memory for the list of tables");
    if (sqlite3_prepare_v2(db->conn->sqlite, list_text, -1, &list, NULL) != SQLITE_OK)
        db_fail(db, list_text);
    while (list && sqlite3_step(list) == SQLITE_ROW)
        add_table(db, &tables, (const char *)sqlite3_column_text(list, 0), (const char *)sqlite3_column_text(list, 1));
    sqlite3_finalize(list);
    db->conn->space_tables = tables;
    return tables;
}

void space_tables_free(struct space_tables *tables)
{
    for (size_t i = 0; tables && i < tables->n; i++) {
        sqlite3_finalize(tables->v[i].copy);
        sqlite3_finalize(tables->v[i].clear);
    }
    free(tables);
}

static void run(struct db *db, sqlite3_stmt *stmt, int64_t space, int64_t from)
{
    if (!stmt)
        return;
    sqlite3_bind_int64(stmt, 1, space);
    if (sqlite3_bind_parameter_count(stmt) > 1)
        sqlite3_bind_int64(stmt, 2, from);
    if (sqlite3_step(stmt) != SQLITE_DONE)
        db_fail(db, sqlite3_sql(stmt));
    sqlite3_reset(stmt);
}

void store_space_copy(struct db *db, int64_t from, int64_t to)
{
    const struct space_tables *tables = tables_of(db);
    db->identities_changed = true;
    for (size_t i = 0; i < tables->n; i++)
        run(db, tables->v[i].copy, to, from);
}

void store_space_clear(struct db *db, int64_t space)
{
    const struct space_tables *tables = tables_of(db);
    db->identities_changed = true;
    for (size_t i = tables->n; i > 0; i--)
        run(db, tables->v[i - 1].clear, space, 0);
}
