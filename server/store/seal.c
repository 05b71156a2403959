/* The sealing key of a database: 32 bytes in a file beside it that only its owner can read, so that whoever gets hold
 * of the database alone cannot open what is sealed in it. */
#include "base/arena.h"
#include "base/file.h"
#include "base/memory.h"
#include "store/internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 1, or 0 when there is no such file; -1, with errno set, when it cannot be read or has another size. */
static int read_key(const char *file, struct secret_key *ret)
{
    struct arena *arena = arena_new();
    struct text bytes = { NULL, 0 };
    const bool read = file_read(arena, file, sizeof ret->b, &bytes);
    const bool missing = !read && errno == ENOENT, whole = read && bytes.n == sizeof ret->b;
    if (whole)
        memcpy(ret->b, bytes.p, bytes.n);
    else if (bytes.p) /* it has another size */
        errno = EINVAL;
    arena_free(arena);
    return whole ? 1 : missing ? 0 : -1;
}

/* Copies of a secret, in snapshots for instance, are the same bytes, and count once. Of those that the fixtures have
 * brought, loading has told. */
int64_t store_lost_secrets(struct store *store)
{
    char why[256];
    struct db *db = store_db(store, why, sizeof why);
    struct arena *arena = arena_new();
    int64_t lost = 0;
    if (db && tx_begin(db, TX_WRITE)) { /* the writer has read the schema already */
        {
            struct secret secret;
            QUERY q = query(db, SQL_META_SEALED);
            while (query_row(&q))
                lost += !secret_unseal(arena, &store->seal_key, col_text(&q, 0), &secret);
        }
        tx_rollback(db);
    }
    arena_free(arena);
    return lost;
}

bool seal_key_load(const char *path, struct secret_key *ret, char *reterr, size_t reterr_size)
{
    char *file;
    if (asprintf(&file, "%s.key", path) < 0)
        die("no memory for a path");
    int found = read_key(file, ret);
    if (found == 0) {
        const struct secret_key key = secret_key_new();
        const struct text bytes = { (const char *)key.b, sizeof key.b };
        found = file_make_private(file, bytes) ? read_key(file, ret) : -1;
    }
    if (found != 1 && errno == EINVAL)
        snprintf(reterr, reterr_size, "%s is not a key: expected %zu bytes", file, sizeof ret->b);
    else if (found != 1)
        snprintf(reterr, reterr_size, "cannot use the key file %s: %s", file, strerror(errno));
    free(file);
    return found == 1;
}
