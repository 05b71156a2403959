/* A store with specs of its own, whose rows have a column of every kind, for the tests of queries. */
#ifndef DUVO_TEST_QUERY_ROWS_H
#define DUVO_TEST_QUERY_ROWS_H

#include "store/query.h"

/* The columns of a team, read as other kinds than the server reads them. */
struct row {
    struct v_uuid id, organization_id;
    struct v_json name;
    struct v_texts slack_team_id;
    struct v_enum discovery_mode;
    struct v_int created_at;
    struct v_int length;    /* of the name */
    struct v_bool is_alone; /* in no organization */
    struct v_text not_stored;
};

#define ROW_FIELDS                                                                                          \
    FIELD_UUID(struct row, id, .column = "id", .flags = REQUIRED),                                          \
    FIELD_INT(struct row, length, .column = "length(name)", .flags = DERIVED),                              \
    FIELD_JSON(struct row, name, .column = "name", .flags = REQUIRED),                                      \
    FIELD_UUID(struct row, organization_id, .column = "organization_id", .flags = NULLABLE),                \
    FIELD_TEXT(struct row, not_stored, .flags = NULLABLE),                                                  \
    FIELD_TEXTS(struct row, slack_team_id, .column = "slack_team_id", .flags = 0),                          \
    FIELD_BOOL(struct row, is_alone, .column = "organization_id IS NULL", .flags = DERIVED),                \
    FIELD_ENUM(struct row, discovery_mode, .column = "discovery_mode", .names = row_modes),                 \
    FIELD_INT(struct row, created_at, .column = "created_at", .flags = 0)

struct organization {
    struct v_uuid id;
    struct v_map name;
    struct v_bool sharing;
};

/* ROW_FIELDS as it is inserted and as it is read; a spec that stores what has no column type. */
extern const struct spec row_insert, row_read, organization_insert;
extern const char *const row_modes[];

/* Made anew for every test, with a write transaction under way in space 1. */
extern struct arena *rows_arena;
extern struct store *rows_store;
extern struct db *rows_db;

/* For cmocka. */
int query_setup(void **state);
int query_teardown(void **state);

struct uuid id_of(uint8_t n);
/* A team that the table takes. */
struct row some_row(uint8_t n);
bool insert_row(const struct row *row, bool *ret_constraint);
/* False when there is none. */
bool read_row(uint8_t n, struct row *ret);
/* How many of the teams 1 to 9 the space has. */
int64_t team_count(int64_t space);
/* True when one row was added. */
bool insert_idempotency(const struct secret_hash *caller, struct text key, const struct secret_hash *body);

#endif
