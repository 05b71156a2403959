/* Whole spaces: copied, cleared, and made equal, table by table. The tables are read from the schema, so that none can
 * be forgotten: every one that has a column `space`, in the order in which they were made, parents first. */
#include "base/memory.h"
#include "store/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The last three are for a space that mostly is as it should be: what is different goes, and what is missing comes. A
 * row whose children do not go with it has to stay for as long as they do: it is changed in place, and goes at the end
 * when it should not be there. */
enum statement { COPY, CLEAR, DROP_OTHERS, ADD_MISSING, CHANGE, DROP_SURPLUS, STATEMENT_COUNT };

/* What is asked of the schema. Of a table `f` and itself as `m`: whether the keys are the same, and all columns. */
enum part { NAME, COLUMNS, KEY, SAME_KEY, SAME_ROW, CHANGES, PART_COUNT };

/* What is needed at every start is made at once, and the rest when a space is reset first: most servers never do, and
 * all have to start. */
struct space_table {
    char *parts[PART_COUNT];
    bool keeps_children;
    sqlite3_stmt *statements[STATEMENT_COUNT];
};

struct space_tables {
    bool can_match; /* all parts are there */
    size_t n;
    struct space_table v[];
};

static const char names_text[] = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid";

/* The parts from KEY on of table ?1, and whether others refer to it whose rows do not go with its own. */
#define JOINED(text, separator, which) \
    "group_concat(" text ", '" separator "') FILTER (WHERE name <> 'space' AND " which ")"
static const char parts_text[] =
    "SELECT " JOINED("'\"' || name || '\"'", ", ", "pk") ", "
    JOINED("'m.\"' || name || '\" = f.\"' || name || '\"'", " AND ", "pk") ", "
    JOINED("'m.\"' || name || '\" IS f.\"' || name || '\" COLLATE BINARY'", " AND ", "1") ", "
    JOINED("'\"' || name || '\" = excluded.\"' || name || '\"'", ", ", "NOT pk")
    " FROM pragma_table_info(?1)";
static const char parents_text[] =
    "SELECT DISTINCT k.\"table\" FROM sqlite_schema c, pragma_foreign_key_list(c.name) k"
    " WHERE c.type = 'table' AND k.on_delete <> 'CASCADE'";

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

static sqlite3_stmt *statement_of(struct db *db, struct space_table *table, enum statement which)
{
    if (!table->statements[which]) {
        char *text = fill_in(texts[which], table);
        table->statements[which] = prepare_text(db, text);
        sqlite3_free(text);
    }
    return table->statements[which];
}

/* The columns but `space`; NULL when there is none of that name. */
static char *columns_of(struct db *db, const char *table)
{
    char *text = sqlite3_mprintf("SELECT * FROM \"%w\"", table);
    sqlite3_str *columns = sqlite3_str_new(NULL);
    sqlite3_stmt *stmt = text ? prepare_text(db, text) : NULL;
    bool of_space = false;
    for (int i = 0; i < sqlite3_column_count(stmt); i++) {
        const char *name = sqlite3_column_name(stmt, i);
        if (strcmp(name, "space") == 0)
            of_space = true;
        else
            sqlite3_str_appendf(columns, "%s\"%w\"", sqlite3_str_length(columns) ? ", " : "", name);
    }
    sqlite3_finalize(stmt);
    sqlite3_free(text);
    char *list = sqlite3_str_finish(columns);
    if (of_space && list)
        return list;
    sqlite3_free(list);
    return NULL;
}

static struct space_tables *add_table(struct space_tables *tables, const char *name, char *columns)
{
    tables = memory_kept_again(tables, sizeof *tables + (tables->n + 1) * sizeof tables->v[0]);
    tables->v[tables->n++] = (struct space_table){ .parts = { sqlite3_mprintf("%s", name), columns } };
    return tables;
}

static struct space_tables *tables_of(struct db *db)
{
    if (db->conn->space_tables)
        return db->conn->space_tables;
    struct space_tables *tables = memory_kept(sizeof *tables);
    sqlite3_stmt *list = prepare_text(db, names_text);
    while (list && sqlite3_step(list) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(list, 0);
        char *columns = columns_of(db, name);
        if (columns)
            tables = add_table(tables, name, columns);
    }
    sqlite3_finalize(list);
    db->conn->space_tables = tables;
    return tables;
}

static void learn_parts(struct space_table *table, sqlite3_stmt *stmt)
{
    sqlite3_bind_text(stmt, 1, table->parts[NAME], -1, SQLITE_STATIC);
    if (sqlite3_step(stmt) == SQLITE_ROW)
        for (int i = KEY; i < PART_COUNT; i++) {
            const char *part = (const char *)sqlite3_column_text(stmt, i - KEY);
            table->parts[i] = sqlite3_mprintf("%s", part ? part : "1"); /* no columns: they are all the same */
        }
    sqlite3_reset(stmt);
}

static void learn_to_match(struct db *db, struct space_tables *tables)
{
    sqlite3_stmt *parts = prepare_text(db, parts_text), *parents = prepare_text(db, parents_text);
    for (size_t i = 0; parts && i < tables->n; i++)
        learn_parts(&tables->v[i], parts);
    while (parents && sqlite3_step(parents) == SQLITE_ROW)
        for (size_t i = 0; i < tables->n; i++)
            if (strcmp(tables->v[i].parts[NAME], (const char *)sqlite3_column_text(parents, 0)) == 0)
                tables->v[i].keeps_children = true;
    sqlite3_finalize(parts);
    sqlite3_finalize(parents);
    tables->can_match = true;
}

void space_tables_free(struct space_tables *tables)
{
    for (size_t i = 0; tables && i < tables->n; i++) {
        for (int k = 0; k < STATEMENT_COUNT; k++)
            sqlite3_finalize(tables->v[i].statements[k]);
        for (int k = 0; k < PART_COUNT; k++)
            sqlite3_free(tables->v[i].parts[k]);
    }
    free(tables);
}

static void run_failed(struct db *db, const struct space_table *table, enum statement which)
{
    static const char *const names[STATEMENT_COUNT] = {
        [COPY] = "COPY", [CLEAR] = "CLEAR", [DROP_OTHERS] = "DROP_OTHERS", [ADD_MISSING] = "ADD_MISSING",
        [CHANGE] = "CHANGE", [DROP_SURPLUS] = "DROP_SURPLUS",
    };
    char statement[80];
    snprintf(statement, sizeof statement, "%s of %s", names[which], table->parts[NAME]);
    db_fail(db, statement);
}

static void run_statement(struct db *db, struct space_table *table, enum statement which, int64_t space, int64_t from)
{
    sqlite3_stmt *stmt = statement_of(db, table, which);
    if (!stmt)
        return;
    sqlite3_bind_int64(stmt, 1, space);
    if (sqlite3_bind_parameter_count(stmt) > 1)
        sqlite3_bind_int64(stmt, 2, from);
    if (sqlite3_step(stmt) != SQLITE_DONE)
        run_failed(db, table, which);
    sqlite3_reset(stmt);
}

void space_rows_copy(struct db *db, int64_t from, int64_t to)
{
    struct space_tables *tables = tables_of(db);
    for (size_t i = 0; i < tables->n; i++)
        run_statement(db, &tables->v[i], COPY, to, from);
}

void store_space_copy(struct db *db, int64_t from, int64_t to)
{
    db->identities_changed = true;
    space_rows_copy(db, store_space_shown(db, from), to);
}

void store_space_clear(struct db *db, int64_t space)
{
    struct space_tables *tables = tables_of(db);
    db->identities_changed = true;
    if (space_own(db, space))
        return;
    for (size_t i = tables->n; i > 0; i--)
        run_statement(db, &tables->v[i - 1], CLEAR, space, 0);
}

void store_space_match(struct db *db, int64_t from, int64_t to)
{
    struct space_tables *tables = tables_of(db);
    db->identities_changed = true;
    if (space_own(db, to)) {
        store_space_copy(db, from, to);
        return;
    }
    from = store_space_shown(db, from);
    if (!tables->can_match)
        learn_to_match(db, tables);
    for (size_t i = tables->n; i > 0; i--)
        if (!tables->v[i - 1].keeps_children)
            run_statement(db, &tables->v[i - 1], DROP_OTHERS, to, from);
    for (size_t i = 0; i < tables->n; i++)
        run_statement(db, &tables->v[i], tables->v[i].keeps_children ? CHANGE : ADD_MISSING, to, from);
    for (size_t i = tables->n; i > 0; i--)
        if (tables->v[i - 1].keeps_children)
            run_statement(db, &tables->v[i - 1], DROP_SURPLUS, to, from);
}
