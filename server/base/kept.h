/* Kept: what is stored of a value that nobody may read again, to compare it with a value that is seen in plain.
 *
 * Three kinds, told apart by their text. A header's or a variable's value has a salt of its own, and an API key a fixed
 * context, so that it can be looked up: these two mean the same in every process. What older versions kept was hashed
 * with the key of one database file, and means nothing without that key.
 *
 *     s1:SALT:HASH    KEPT_VALUE    32 and 64 hexadecimal digits
 *     k1:HASH         KEPT_KEY
 *     HASH            KEPT_FILE */
#ifndef DUVO_BASE_KEPT_H
#define DUVO_BASE_KEPT_H

#include "base/secret.h"
#include "base/uuid.h"

/* As they are stored. */
enum kept_kind { KEPT_FILE, KEPT_KEY, KEPT_VALUE };

struct kept {
    enum kept_kind kind;
    uint8_t salt[SECRET_SALT_SIZE]; /* of KEPT_VALUE */
    struct secret_hash hash;
};

/* The shortest and the longest text. */
enum { KEPT_TEXT_MIN = 2 * SECRET_HASH_SIZE, KEPT_KEY_TEXT_MAX = KEPT_TEXT_MIN + 3,
       KEPT_VALUE_TEXT_MAX = KEPT_TEXT_MIN + 2 * SECRET_SALT_SIZE + 4 };

struct kept kept_key(struct secret key);
/* The salt comes from the row that the value belongs to and its name there: the same value of the same row is kept as
 * the same everywhere. Whoever renames the value keeps what is kept. */
struct kept kept_value(const struct uuid *row, struct text name, struct secret value);
/* As an older version: with the key of its file. */
struct kept kept_file(const struct secret_key *file, struct secret value);

/* Whether it is what is kept of the value, in constant time; `file` is the key of the database that it comes from. */
bool kept_matches(const struct kept *kept, const struct secret_key *file, struct secret value);
/* Whether the two are the same, hashes in constant time. Two values can be equal where what is kept of them is not. */
bool kept_eq(const struct kept *a, const struct kept *b);

struct text kept_text(struct arena *arena, const struct kept *kept);
/* NULL, or what is wrong with the text as that of a key or of a value, which may be KEPT_FILE as well. */
const char *kept_read_key(struct text text, struct kept *ret);
const char *kept_read_value(struct text text, struct kept *ret);

#endif
