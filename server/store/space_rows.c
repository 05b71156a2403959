/* Whole spaces: copied, cleared, and made equal, table by table. The tables are read from the schema, so that none can
 * be forgotten: every one that has a column `space`, in the order in which they were made, parents first. */
#include "base/arena.h"
#include "store/internal.h"

#include <stdio.h>
#include <stdlib.h>

/* The last three are for a space that mostly is as it should be: what is different goes, and what is missing comes. A
 * row whose children do not go with it has to stay for as long as they do: it is changed in place, and goes at the end
 * when it should not be there. */
enum statement { COPY, CLEAR, DROP_OTHERS, ADD_MISSING, CHANGE, DROP_SURPLUS, STATEMENT_COUNT };

struct space_table {
    bool keeps_children;
    sqlite3_stmt *statements[STATEMENT_COUNT];
};

struct space_tables {
    size_t n;
    struct space_table v[];
};

/* What is asked of the schema. Of a table `f` and itself as `m`: whether the keys are the same, and all columns. */
enum part { NAME, COLUMNS, KEY, SAME_KEY, SAME_ROW, CHANGES, KEEPS_CHILDREN };

#define OTHER_COLUMNS "FROM pragma_table_info(t.name) WHERE name <> 'space'"
#define JOINED(text, separator) "(SELECT group_concat(" text ", '" separator "') " OTHER_COLUMNS
static const char list_text[] =
    "SELECT t.name, " JOINED("'\"' || name || '\"'", ", ") "), "
    JOINED("'\"' || name || '\"'", ", ") " AND pk), "
    JOINED("'m.\"' || name || '\" = f.\"' || name || '\"'", " AND ") " AND pk), "
    JOINED("'m.\"' || name || '\" IS f.\"' || name || '\" COLLATE BINARY'", " AND ") "), "
    JOINED("'\"' || name || '\" = excluded.\"' || name || '\"'", ", ") " AND NOT pk),"
    " EXISTS (SELECT 1 FROM sqlite_schema c, pragma_foreign_key_list(c.name) k"
    " WHERE c.type = 'table' AND k.\"table\" = t.name AND k.on_delete <> 'CASCADE')"
    " FROM sqlite_schema t WHERE t.type = 'table'"
    " AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE name = 'space') ORDER BY t.rowid";

/* ?1 is the space and ?2 the one that it is to be like. Numbers stand for parts. The counts spare a look at each row
 * when there is nothing to do. */
#define AS_MANY "(SELECT count(*) FROM \"{0}\" WHERE space = ?1) = (SELECT count(*) FROM \"{0}\" WHERE space = ?2)"
#define FROM_OTHER "INSERT INTO \"{0}\" (space, {1}) SELECT ?1, {1} FROM \"{0}\" f WHERE space = ?2"
static const char *const texts[STATEMENT_COUNT] = {
    [COPY] = FROM_OTHER,
    [CLEAR] = "DELETE FROM \"{0}\" WHERE space = ?1",
    [DROP_OTHERS] = "DELETE FROM \"{0}\" AS f WHERE space = ?1"
                    " AND NOT EXISTS (SELECT 1 FROM \"{0}\" m WHERE m.space = ?2 AND {3} AND {4})",
    [ADD_MISSING] = FROM_OTHER " AND NOT " AS_MANY
                    " AND NOT EXISTS (SELECT 1 FROM \"{0}\" m WHERE m.space = ?1 AND {3})",
    [CHANGE] = FROM_OTHER " AND NOT EXISTS (SELECT 1 FROM \"{0}\" m WHERE m.space = ?1 AND {3} AND {4})"
               " ON CONFLICT (space, {2}) DO UPDATE SET {5}",
    [DROP_SURPLUS] = "DELETE FROM \"{0}\" AS f WHERE space = ?1 AND NOT " AS_MANY
                     " AND NOT EXISTS (SELECT 1 FROM \"{0}\" m WHERE m.space = ?2 AND {3})",
};

/* The text with the parts of the list's row in it. */
static char *fill_in(const char *text, sqlite3_stmt *list)
{
    sqlite3_str *s = sqlite3_str_new(NULL);
    for (const char *p = text; *p; p++)
        if (*p == '{') {
            const char *part = (const char *)sqlite3_column_text(list, p[1] - '0');
            sqlite3_str_appendall(s, part ? part : "1"); /* no columns: they are all the same */
            p += 2;
        } else {
            sqlite3_str_appendchar(s, 1, *p);
        }
    char *filled = sqlite3_str_finish(s);
    if (!filled)
        die("no memory for a statement");
    return filled;
}

static sqlite3_stmt *prepare(struct db *db, const char *format, sqlite3_stmt *list)
{
    sqlite3_stmt *stmt = NULL;
    char *text = fill_in(format, list);
    if (sqlite3_prepare_v3(db->conn->sqlite, text, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
        db_fail(db, text);
    sqlite3_free(text);
    return stmt;
}

static void add_table(struct db *db, struct space_tables **tables, sqlite3_stmt *list)
{
    struct space_tables *t = *tables;
    t = realloc(t, sizeof *t + (t->n + 1) * sizeof t->v[0]);
    if (!t)
        die("no memory for the list of tables");
    struct space_table *table = &t->v[t->n++];
    *table = (struct space_table){ .keeps_children = sqlite3_column_int(list, KEEPS_CHILDREN) };
    for (int i = 0; i < STATEMENT_COUNT; i++)
        if (table->keeps_children || (i != CHANGE && i != DROP_SURPLUS))
            table->statements[i] = prepare(db, texts[i], list);
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
        add_table(db, &tables, list);
    sqlite3_finalize(list);
    db->conn->space_tables = tables;
    return tables;
}

void space_tables_free(struct space_tables *tables)
{
    for (size_t i = 0; tables && i < tables->n; i++)
        for (int k = 0; k < STATEMENT_COUNT; k++)
            sqlite3_finalize(tables->v[i].statements[k]);
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
        run(db, tables->v[i].statements[COPY], to, from);
}

void store_space_clear(struct db *db, int64_t space)
{
    const struct space_tables *tables = tables_of(db);
    db->identities_changed = true;
    for (size_t i = tables->n; i > 0; i--)
        run(db, tables->v[i - 1].statements[CLEAR], space, 0);
}

void store_space_match(struct db *db, int64_t from, int64_t to)
{
    const struct space_tables *tables = tables_of(db);
    db->identities_changed = true;
    for (size_t i = tables->n; i > 0; i--)
        if (!tables->v[i - 1].keeps_children)
            run(db, tables->v[i - 1].statements[DROP_OTHERS], to, from);
    for (size_t i = 0; i < tables->n; i++)
        run(db, tables->v[i].statements[tables->v[i].keeps_children ? CHANGE : ADD_MISSING], to, from);
    for (size_t i = tables->n; i > 0; i--)
        run(db, tables->v[i - 1].statements[DROP_SURPLUS], to, from);
}
