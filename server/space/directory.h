/* Spaces: the directory of all worlds of this process, for tests side by side.
 *
 * A request works on one space, named by the base URL `/_mock/s/{space}`, by the header X-Mock-Space, or by the API
 * key that making the space has answered; without any of them on `default`. When a space is dropped, its rows and
 * snapshots go with it.
 *
 * A new name becomes a space on its first use, with the data of the server's start. Such an implicit space goes
 * when nothing has used it for --space-ttl, and comes back when it is used again. A name that was dropped, and one
 * that was made on purpose and whose time is over, does not come back by being used: it is remembered for ten
 * minutes (the last thousand names, in this process), so that a test does not go on with other data. */
#ifndef DUVO_SPACE_DIRECTORY_H
#define DUVO_SPACE_DIRECTORY_H

#include "base/kept.h"
#include "request/errors.h"
#include "space/space.h"
#include "store/store.h"

#include <stddef.h>

struct spaces;

/* What a new space is made of. */
struct space_plan {
    struct text name;
    const struct kept *key; /* or NULL; it will name the space */
    int64_t ttl_ms;         /* 0: it stays; else it goes when no request has worked on it for so long */
    bool (*fill)(struct db *db, void *cls); /* or NULL: it starts as the server did. Inserts the rows that it starts */
    void *cls;                              /* with, and is reset to, into db's space; false: they are wrong */
};

/* Reads the spaces that the store has. The template and the default space must be there. NULL with a line in reterr. */
struct spaces *spaces_open(struct store *store, const struct config *config, char *reterr, size_t reterr_size);
/* When no request is left; NULL is accepted. */
void spaces_close(struct spaces *spaces);

/* Holds the space of that name, whose time to live begins anew: OK, ERR_INVALID for a name that is none, or
 * ERR_SPACE_NOT_FOUND. */
enum err spaces_look(struct spaces *spaces, struct text name, struct space **ret);
/* The same, but makes an implicit one when there is none: also ERR_SPACES_FULL, errors of the store, and
 * ERR_SPACE_NOT_FOUND for a name that does not come back by being used. */
enum err spaces_use(struct spaces *spaces, struct text name, struct space **ret);
/* Whether the name was dropped, or its time was over, and it does not come back by being used. */
bool spaces_was_dropped(struct spaces *spaces, struct text name);
/* Makes one: OK, ERR_INVALID when its name is none or its filling failed, ERR_SPACE_EXISTS, ERR_SPACES_FULL or
 * an error of the store. */
enum err spaces_make(struct spaces *spaces, const struct space_plan *plan, struct space **ret);
/* Holds it, or NULL. */
struct space *spaces_find(struct spaces *spaces, struct text name);
/* Holds it, or NULL. */
struct space *spaces_of_id(struct spaces *spaces, int64_t id);
/* Holds the one that the key belongs to, whose time to live begins anew, or NULL. *ret_old: an older version kept the
 * key. */
struct space *spaces_of_key(struct spaces *spaces, struct secret key, bool *ret_old);
/* Keeps such a key anew, in a transaction of its own; when that fails, all is as before. */
void spaces_renew_key(struct spaces *spaces, struct secret key);
bool spaces_have_keys(const struct spaces *spaces);
/* Holds the default space. */
struct space *spaces_default(struct spaces *spaces);

/* Deletes it with all that it holds: OK, or an error of the store. Requests that work on it find it empty. Not for the
 * default space. */
enum err spaces_drop(struct spaces *spaces, struct space *space);
/* Drops those whose time to live is over. */
void spaces_expire(struct spaces *spaces);
/* The first `max` that were made, held, in that order. How many they are. */
size_t spaces_list(struct spaces *spaces, struct space **ret, size_t max);
size_t spaces_count(const struct spaces *spaces);

#endif
