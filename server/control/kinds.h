/* Kinds: every kind of stored row that the console lists and that GET /_mock/events tells of. */
#ifndef DUVO_CONTROL_KINDS_H
#define DUVO_CONTROL_KINDS_H

#include "spec/spec.h"
#include "store/store.h"

struct space;

/* Calls see(cls, kind, spec, object) with each row of the db's space, inside a transaction: `kind` is a word such as
 * "connection", `object` a struct of the spec, in the arena. */
void kinds_each_row(struct db *db, struct arena *arena,
                    void (*see)(void *cls, const char *kind, const struct spec *spec, const void *object), void *cls);

/* The same with the rows of a space that are in memory: its inboxes, so far. */
void kinds_each_in_memory(const struct space *space, struct arena *arena,
                          void (*see)(void *cls, const char *kind, const struct spec *spec, const void *object),
                          void *cls);

#endif
