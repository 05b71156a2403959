/* The tables that hold the rows of spaces, as the schema has them, and the statements about whole spaces that are made
 * of them; nobody else but the store's own files on spaces includes it. */
#ifndef DUVO_STORE_SPACE_TABLES_H
#define DUVO_STORE_SPACE_TABLES_H

#include "store/internal.h"

/* ?1 is the space, ?2 the one that it is to be like, ?3 a rowid.
 *
 * From DROP_OTHERS on they are for a space that mostly is as it should be: what is different goes, and what is missing
 * comes. A row whose children do not go with it has to stay for as long as they do: it is changed in place, and goes at
 * the end when it should not be there. Those of ROW are about one row, and those of KEY about the rows whose key has ?3
 * behind the space. */
enum space_statement {
    SPACE_COPY,
    SPACE_CLEAR,
    SPACE_IS_EMPTY,
    SPACE_DROP_OTHERS,
    SPACE_ADD_MISSING,
    SPACE_CHANGE,
    SPACE_DROP_SURPLUS,
    SPACE_ADD_LOST,
    ROW_MEND_LOOSE,
    ROW_MEND,
    ROW_STATE,
    ROW_DROP,
    KEY_DROP_OTHERS,
    KEY_ADD_MISSING,
    SPACE_STATEMENT_COUNT
};

/* What is asked of the schema. Of a table `f` and another of its rows as `m`: whether the keys are the same, and all
 * columns; a column is tight when it belongs to an index or refers to another row, and the others are loose: nothing
 * but the row itself changes with them. */
enum space_part {
    SQL_PART_NAME,
    SQL_PART_COLUMNS,
    SQL_PART_KEY,
    SQL_PART_SAME_KEY,
    SQL_PART_SAME_ROW,
    SQL_PART_CHANGES,
    SQL_PART_SAME_TIGHT,
    SQL_PART_LOOSE,
    SQL_PART_ALL,
    SQL_PART_FIRST_KEY,
    SQL_PART_COUNT
};

/* Names, columns and the first of the key's after the space are needed by whoever writes, and the other parts when a
 * statement is made of them. A table is grouped when its key goes on after that one: it is another row's id, then, and
 * all rows of a group hang on that. */
struct space_table {
    char *parts[SQL_PART_COUNT];
    bool has_parts;
    bool keeps_children;
    bool has_rowid;
    bool is_grouped;
    int key_column; /* the place of the first of the key's after the space; -1: there is none */
    bool has_loose;
    sqlite3_stmt *statements[SPACE_STATEMENT_COUNT];
    uint64_t written[SPACE_STATEMENT_COUNT]; /* the tables that each of them may write to */
};

struct space_tables {
    bool can_match; /* which of them keep their children is known */
    sqlite3_stmt *asks_parts;
    size_t n;
    struct space_table v[];
};

/* A set of tables is the bits of their places. */
enum { SPACE_TABLES_MAX = 64 };
static inline uint64_t space_table_bit(size_t i)
{
    return UINT64_C(1) << i;
}

/* Of the connection in use, in the order in which they were made: parents first. */
struct space_tables *space_tables_of(struct db *db);
/* The bit of the table of that name; 0 when it is none of them, or there are no tables. */
uint64_t space_tables_bit(const struct space_tables *tables, const char *name);
/* The same, where it is known which of them keep their children. */
struct space_tables *space_tables_to_match(struct db *db);
/* Runs one; the first column of its first row, or SPACE_RAN without one; SPACE_DID_NOT_RUN, too, for a table without a
 * loose column, which has no ROW_MEND_LOOSE. A failure fails the transaction. */
enum { SPACE_RAN = -1, SPACE_DID_NOT_RUN = -2 };
int64_t space_run(struct db *db, struct space_table *table, enum space_statement which, int64_t space, int64_t from,
                  int64_t rowid);
/* One of KEY. */
struct touched_key;
void space_run_key(struct db *db, enum space_statement which, int64_t space, int64_t from, struct touched_key key);

#endif
