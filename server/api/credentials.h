/* The headers that a connection sends to its server: plaintext values can be read again; of secret ones only their
 * presence. */
#ifndef DUVO_API_CREDENTIALS_H
#define DUVO_API_CREDENTIALS_H

#include "base/kept.h"
#include "request/request.h"

/* As in a request body: each half may be absent. */
struct header_halves {
    enum value_state is;
    struct v_map plaintext;
    struct v_secrets secret;
};

extern const struct spec header_halves_spec;

/* As it is stored: its value, or what is kept of a secret one. */
struct stored_header {
    struct text name;
    struct v_text value;
    struct kept kept;
};

/* Those of one connection; the array moves when it grows. */
struct credentials {
    size_t n, room;
    struct stored_header *v;
};

/* Those of a new connection of that id: empty secrets count for nothing. */
struct credentials *credentials_new(struct db *db, struct arena *arena, const struct uuid *connection_id,
                                    const struct header_halves *sent);
void credentials_add(struct arena *arena, struct credentials *list, struct stored_header one);
/* All headers of a connection without headers. */
void credentials_insert(struct db *db, const struct uuid *connection_id, const struct credentials *list);
struct credentials *credentials_load(struct db *db, struct arena *arena, const struct uuid *connection_id);

/* Notes which headers are in both halves of a request: the secret ones win. A strict server refuses them. */
enum err credentials_judge(struct request *rq, const struct header_halves *sent);
/* Changes them as PATCH does (behaviour.md), after credentials_judge: a half that was sent replaces the stored half, a
 * name that is stored in the other half moves, an empty secret keeps the stored value and is ignored where there is
 * none, null clears all. *ret_changed says whether anything is different now, and *ret_any then whether there are
 * any. */
enum err credentials_update(struct request *rq, const struct uuid *connection_id, const struct header_halves *halves,
                            bool *ret_changed, bool *ret_any);
/* The header of that name, in any case, or NULL. */
struct stored_header *credentials_find(struct credentials *list, struct text name);
/* Whether that stored header of the connection has this value. What an older version kept of it is kept anew then:
 * inside a write transaction. */
bool credentials_equal(struct db *db, const struct uuid *connection_id, struct stored_header *one, struct secret value);
/* Whether the connection has a header of that name, in any case, with that value: of either half. Inside a write
 * transaction, too. */
bool credentials_match(struct request *rq, const struct uuid *connection_id, struct text name, struct secret value);

/* NULL, or what is wrong with the name (RFC 9110 section 5.6.2) or the value (5.5) of a header. */
const char *check_header_name(struct text name);
const char *check_header_value(struct text value);

#endif
