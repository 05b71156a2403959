/* Fixtures: JSON documents of initial data, checked by the same field tables as requests. All or nothing: a document
 * with an error changes nothing, and every error is named with its path, such as `connections/3/team_id`. */
#ifndef DUVO_FIXTURES_H
#define DUVO_FIXTURES_H

#include "config.h"
#include "store/store.h"

#include <stdbool.h>

struct document;
struct fixture_set;

/* The built-in sets for people to name; ends with NULL. */
extern const char *const fixture_names[];

/* Whether it is a folder that *.json files are in, or one that cannot be read: whoever reads it then says why. */
bool fixtures_has_files(const char *path);

/* Reads what --fixtures names: built-in sets, files, folders (their *.json in lexical order). NULL, with every error
 * on a line of its own in *ret_errors, when anything is wrong; the texts live in `arena`. */
struct fixture_set *fixtures_read(struct arena *arena, const struct config_list *names, struct text *ret_errors);
/* Creates the default space from the set, in one transaction. False with the errors, as above, when rows do not fit
 * together. Does nothing when the space is there already. */
bool fixtures_load(struct arena *arena, const struct fixture_set *set, struct db *db, struct text *ret_errors);

/* As if for a start, in a database that is good for nothing else: for checking. What is sealed is not opened, because
 * it is another database's. */
bool fixtures_check(struct arena *arena, const struct fixture_set *set, struct db *db, struct text *ret_errors);

/* Adds one document to the space that the connection works on, inside a write transaction: what it refers to may be in
 * the document or in the space. False with the errors; the caller then rolls back. */
bool fixtures_add(struct arena *arena, const struct document *document, struct db *db, struct text *ret_errors);

/* The set that names and documents of a request make, as --fixtures would: `root` is what paths in them begin with. A
 * set that says nothing of people, teams and keys gets those of the built-in `empty`. */
const struct fixture_set *fixtures_of(struct arena *arena, const struct v_sets *sets, const char *root);
/* Loads it into the space that the connection works on, which has no rows, inside a write transaction. False with the
 * errors, one of which may be that no team has an owner. */
bool fixtures_fill(struct arena *arena, const struct fixture_set *set, struct db *db, struct text *ret_errors);
/* All errors, a line each, in one message of a reply. */
struct text fixtures_message(struct arena *arena, struct text errors);

#endif
