/* Fixture rows: how each section of a document gets into the store. */
#ifndef DUVO_FIXTURE_ROWS_H
#define DUVO_FIXTURE_ROWS_H

#include "fixture_specs.h"
#include "store/query.h"

enum section_flag {
    SECTION_ID = 1,        /* rows have an id, as their first field */
    SECTION_GIVES_WAY = 2, /* a row of the built-in catalog that is there already is left out */
};

struct section_kind {
    const char *name; /* in a document */
    const struct spec *spec;
    enum sql insert, list, exists; /* SQL_COUNT: there is none */
    unsigned flags;
    const char *conflict; /* what is wrong when a row cannot be inserted */
};

/* What fixture_sections.def says. */
extern const struct section_kind section_kinds[SECTION_COUNT];

/* Inside a write transaction: one row of the section, into the connection's space. False when it is in conflict with
 * one that is there, or the store failed (db_error). */
bool fixture_insert(struct arena *arena, struct db *db, enum section section, const void *row);
/* When a row was last changed: when it was made, unless the document says (UPDATED_DOC). */
struct v_time fixture_updated(struct v_time updated_at, struct v_time created_at);
/* Digits to bytes: false when they are not as many as there should be. */
bool fixture_hash(struct text digits, struct secret_hash *ret);
/* Whether a row of that id is in the space: of a section that others refer to. */
bool fixture_exists(struct db *db, enum section section, const struct uuid *id);

/* Whether the sealed secret, which it has, was sealed with the key of this database. */
bool fixture_can_open(struct arena *arena, struct db *db, const struct custom_integration *custom);

#endif
