/* Queries: one use of a statement of sql.def. Most are one call, which has the parameters from ?2 on (?1 is the space)
 * as a list:
 *
 *     if (!query_finds(db, SQL_AGENT_IN_TEAM, WITH(&id, &team_id)))
 *
 * Where that is not enough, rows are stepped through, and the end of the variable's scope resets the statement:
 *
 *     QUERY q = query_with(db, SQL_HEADER_LIST, WITH(&id));
 *     while (query_row(&q))
 *         ... col_text(&q, 0) ...
 */
#ifndef DUVO_STORE_QUERY_H
#define DUVO_STORE_QUERY_H

#include "base/kept.h"
#include "store/store.h"

enum sql {
#define SQL(name, text) SQL_##name,
#include "store/sql.def"
#undef SQL
    SQL_COUNT
};
extern const char *const sql_names[SQL_COUNT];

struct query {
    struct db *db;
    enum sql which;
    void *stmt;
    int param; /* the last that was bound */
};

/* ---- parameters ------------------------------------------------------------------------------------------ */

struct param {
    enum { PARAM_END, PARAM_NULL, PARAM_INT, PARAM_TEXT, PARAM_BLOB, PARAM_UUID, PARAM_HASH, PARAM_KEPT } kind;
    union {
        int64_t i;
        struct text text;
        struct uuid uuid;
        struct secret_hash hash;
        const struct kept *kept;
    };
};

/* Bytes, kept as a blob; unset ones are null. */
struct blob {
    struct text bytes;
};

static inline struct param param_int(int64_t i)
{
    return (struct param){ .kind = PARAM_INT, .i = i };
}

static inline struct param param_v_int(struct v_int value)
{
    return (struct param){ .kind = value.is == VALUE_SET ? PARAM_INT : PARAM_NULL, .i = value.v };
}

static inline struct param param_text(struct text text)
{
    return (struct param){ .kind = PARAM_TEXT, .text = text };
}

static inline struct param param_v_text(struct v_text value)
{
    return (struct param){ .kind = value.is == VALUE_SET ? PARAM_TEXT : PARAM_NULL, .text = value.v };
}

static inline struct param param_uuid(const struct uuid *id)
{
    return (struct param){ .kind = PARAM_UUID, .uuid = *id };
}

static inline struct param param_v_uuid(struct v_uuid value)
{
    return (struct param){ .kind = value.is == VALUE_SET ? PARAM_UUID : PARAM_NULL, .uuid = value.v };
}

static inline struct param param_hash(struct secret_hash hash)
{
    return (struct param){ .kind = PARAM_HASH, .hash = hash };
}

static inline struct param param_hash_at(const struct secret_hash *hash)
{
    return hash ? param_hash(*hash) : (struct param){ .kind = PARAM_NULL };
}

/* Two columns, the hash and the salt; NULL: null in both. */
static inline struct param param_kept(const struct kept *kept)
{
    return (struct param){ .kind = PARAM_KEPT, .kept = kept };
}

static inline struct param param_blob(struct blob blob)
{
    return (struct param){ .kind = blob.bytes.p ? PARAM_BLOB : PARAM_NULL, .text = blob.bytes };
}

#define PARAM(x)                                                                                                       \
    _Generic((x), bool: param_int, int: param_int, int64_t: param_int, struct v_int: param_v_int,                      \
             struct text: param_text, struct v_text: param_v_text,                                                     \
             const struct uuid *: param_uuid, struct uuid *: param_uuid, struct v_uuid: param_v_uuid,                  \
              struct secret_hash: param_hash, const struct secret_hash *: param_hash_at,   \
             struct secret_hash *: param_hash_at, const struct kept *: param_kept, struct kept *: param_kept,        \
             struct blob: param_blob)(x)

/* Up to eight parameters: numbers, texts, ids, hashes and blobs. A v_ value that is not set is null, and so is a NULL
 * for a hash. The list lives as long as the block that it stands in, its texts and blobs as long as they did before. */
#define WITH(...)                                                                                                      \
    ((const struct param[]){ PARAMS_(__VA_ARGS__, PARAMS_8, PARAMS_7, PARAMS_6, PARAMS_5, PARAMS_4, PARAMS_3,          \
                                     PARAMS_2, PARAMS_1, )(__VA_ARGS__), { .kind = PARAM_END } })
#define PARAMS_(a, b, c, d, e, f, g, h, n, ...) n
#define PARAMS_1(x) PARAM(x)
#define PARAMS_2(x, ...) PARAM(x), PARAMS_1(__VA_ARGS__)
#define PARAMS_3(x, ...) PARAM(x), PARAMS_2(__VA_ARGS__)
#define PARAMS_4(x, ...) PARAM(x), PARAMS_3(__VA_ARGS__)
#define PARAMS_5(x, ...) PARAM(x), PARAMS_4(__VA_ARGS__)
#define PARAMS_6(x, ...) PARAM(x), PARAMS_5(__VA_ARGS__)
#define PARAMS_7(x, ...) PARAM(x), PARAMS_6(__VA_ARGS__)
#define PARAMS_8(x, ...) PARAM(x), PARAMS_7(__VA_ARGS__)

/* ---- in one call ------------------------------------------------------------------------------------------- */

/* `with` is WITH(…), or NULL for no parameters. */

/* Whether there is a row. */
bool query_finds(struct db *db, enum sql which, const struct param *with);
/* The first column of the first row; 0 without one. */
int64_t query_number(struct db *db, enum sql which, const struct param *with);
/* The same as text in the arena; the unset text without a row. */
struct text query_text(struct db *db, enum sql which, const struct param *with, struct arena *arena);
/* Runs a statement that cannot break a constraint; how many rows it changed. */
int64_t query_change(struct db *db, enum sql which, const struct param *with);
/* Runs, at every 64th call with it (the first counts), a statement that deletes what nobody needs any more: looking for
 * such rows at every call would cost more than they do. */
void query_prune(struct db *db, enum sql which, int64_t parameter);
/* Stores a row of the spec, whose parameters come before `with`; it cannot break a constraint. */
void query_store(struct db *db, enum sql which, const struct spec *spec, const void *object, const struct param *with);
/* The same for an insert that may break one: false when it did, or inserted nothing. Without a spec, `with` is all. */
bool query_insert(struct db *db, enum sql which, const struct spec *spec, const void *object, const struct param *with);
/* The first row, into a zeroed struct of the spec; false without one. */
bool query_get(struct db *db, enum sql which, const struct param *with, const struct spec *spec, struct arena *arena,
               void *ret);
/* All rows, as an array in the arena; the second is for those that only pass them on. */
void *query_all(struct db *db, enum sql which, const struct param *with, const struct spec *spec, struct arena *arena,
                size_t *ret_n);
struct v_rows query_rows(struct db *db, enum sql which, const struct param *with, const struct spec *spec,
                         struct arena *arena);

/* ---- step by step ------------------------------------------------------------------------------------------ */

#define QUERY __attribute__((cleanup(query_end))) struct query

/* Binds the space. A statement can be in use once at a time in one connection. */
struct query query(struct db *db, enum sql which);
struct query query_with(struct db *db, enum sql which, const struct param *with);
/* The rows from `offset` on, at most `limit`: the two parameters after those of the list. */
struct query query_page(struct db *db, enum sql which, const struct param *with, int64_t limit, int64_t offset);
void query_end(struct query *q);

/* The next row; false at the end and on failure. */
bool query_row(struct query *q);
/* Columns of the current row, from 0. Texts are borrowed from SQLite until the next step; copy to keep. */
int64_t col_int(const struct query *q, int column);
struct text col_text(const struct query *q, int column);
bool col_is_null(const struct query *q, int column);
struct uuid col_uuid(const struct query *q, int column);
struct secret_hash col_hash(const struct query *q, int column);
/* Of the hash in this column and the salt in the next one. */
struct kept col_kept(const struct query *q, int column);
/* Fills a zeroed struct of the spec from column `first` on; texts are copied into the arena. */
void col_row(const struct query *q, int first, const struct spec *spec, struct arena *arena, void *object);
/* Appends the same row as JSON: what col_row, and then spec_write for that version, would write. */
void col_json(const struct query *q, int first, const struct spec *spec, unsigned version, struct buf *out);

#endif
