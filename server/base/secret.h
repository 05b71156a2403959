/* Secret: a value that nobody may see.
 *
 * A distinct type, so that nothing which takes a text (the JSON writer, the log, string functions, SQL parameters)
 * accepts it: trying is a compiler error. The bytes come in through secret_of and can only be compared, hashed with
 * a key, sealed, or sent to another server. The bytes are borrowed, like a text's. */
#ifndef DUVO_BASE_SECRET_H
#define DUVO_BASE_SECRET_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;

struct secret {
    struct {
        const char *p;
        size_t n;
    } hidden;
};

enum { SECRET_HASH_SIZE = 32, SECRET_KEY_SIZE = 32, SECRET_SALT_SIZE = 16 };

struct secret_hash {
    uint8_t b[SECRET_HASH_SIZE];
};

struct secret_key {
    uint8_t b[SECRET_KEY_SIZE];
};

struct secret secret_of(struct text value);
bool secret_is_empty(struct secret s);
/* Length in bytes, for limits. */
size_t secret_length(struct secret s);
/* Keyed BLAKE2b: tells the owner of the key whether two values are equal, and nothing else. */
struct secret_hash secret_hash(const struct secret_key *key, struct secret s);
/* BLAKE2b without a key, the same in every process: with a salt of SECRET_SALT_SIZE bytes, or NULL, in a context of at
 * most 16 characters, which keeps hashes of different uses apart. */
struct secret_hash secret_hash_public(const uint8_t *salt, const char *context, struct secret s);
/* Encrypts and authenticates (libsodium's secretbox, with a random nonce): for values that another server has to
 * get later. The bytes are in the arena. */
struct text secret_seal(struct arena *arena, const struct secret_key *key, struct secret s);
/* False when the bytes were not sealed with the key. */
bool secret_unseal(struct arena *arena, const struct secret_key *key, struct text sealed, struct secret *ret);
/* The bytes, for the few places that send them to their addressee (a lint rule names them). */
struct text secret_reveal(struct secret s);
/* In constant time, as the two after it. */
bool secret_hash_eq(const struct secret_hash *a, const struct secret_hash *b);
bool secret_has_hash(const struct secret_key *key, struct secret s, const struct secret_hash *hash);
bool secret_eq(const struct secret_key *key, struct secret a, struct secret b);
/* A new random key. */
struct secret_key secret_key_new(void);
/* Must have succeeded before anything else in this header, or in random.h, is called; false when the machine has no
 * source of randomness. */
bool secret_start(void);

#endif
