/* Queries: one use of a statement of sql.def. Parameters are bound in order from ?2 on (?1 is the space), rows are
 * stepped through, and the end of the variable's scope resets the statement:
 *
 *     QUERY q = query(db, SQL_CONNECTION_GET);
 *     bind_uuid(&q, &id);
 *     if (query_row(&q))
 *         ... col_text(&q, 0) ...
 */
#ifndef DUVO_STORE_QUERY_H
#define DUVO_STORE_QUERY_H

#include "store/store.h"

enum sql {
#define SQL(name, text) SQL_##name,
#include "store/sql.def"
#undef SQL
    SQL_COUNT
};

struct query {
    struct db *db;
    void *stmt;
    int param; /* the last that was bound */
    bool constraint;
};

#define QUERY __attribute__((cleanup(query_end))) struct query

/* Binds the space. A statement can be in use once at a time in one connection. */
struct query query(struct db *db, enum sql which);
void query_end(struct query *q);

void bind_text(struct query *q, struct text value);
void bind_int(struct query *q, int64_t value);
void bind_uuid(struct query *q, const struct uuid *value);
void bind_hash(struct query *q, const struct secret_hash *value);
void bind_null(struct query *q);
/* Bytes, kept as a blob. */
void bind_blob(struct query *q, struct text bytes);
/* Text, or null when it is not set. */
void bind_v_text(struct query *q, struct v_text value);
/* Every column of the spec that is written, in table order. */
void bind_row(struct query *q, const struct spec *spec, const void *object);

/* The next row; false at the end and on failure. */
bool query_row(struct query *q);
/* Runs a statement without rows that cannot break a constraint: when it does, that is a failure like any other. */
void query_run(struct query *q);
/* Runs one that may; false when it did (q->constraint), or failed. */
bool query_try(struct query *q);
/* Rows that the statement just run has changed. */
int64_t query_changes(const struct query *q);

/* Columns of the current row, from 0. Texts are borrowed from SQLite until the next step; copy to keep. */
int64_t col_int(const struct query *q, int column);
struct text col_text(const struct query *q, int column);
bool col_is_null(const struct query *q, int column);
struct uuid col_uuid(const struct query *q, int column);
struct secret_hash col_hash(const struct query *q, int column);
/* Fills a zeroed struct of the spec from column `first` on; texts are copied into the arena. */
void col_row(const struct query *q, int first, const struct spec *spec, struct arena *arena, void *object);

#endif
