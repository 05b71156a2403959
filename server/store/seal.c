/* The sealing key of a database: 32 bytes in a file beside it that only its owner can read, so that whoever gets hold
 * of the database alone cannot open what is sealed in it. */
#include "base/arena.h"
#include "store/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool read_key(int fd, struct secret_key *ret)
{
    struct secret_key key;
    char more;
    if (read(fd, key.b, sizeof key.b) != (ssize_t)sizeof key.b || read(fd, &more, 1) != 0)
        return false;
    *ret = key;
    return true;
}

/* Under another name first: nobody may find half a key. */
static bool write_key(const char *path, const struct secret_key *key)
{
    char *temporary;
    if (asprintf(&temporary, "%s.XXXXXX", path) < 0)
        die("no memory for a path");
    const int fd = mkostemp(temporary, O_CLOEXEC); /* readable by nobody else */
    const bool written = fd >= 0 && write(fd, key->b, sizeof key->b) == (ssize_t)sizeof key->b && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    const bool ok = written && rename(temporary, path) == 0;
    if (fd >= 0 && !ok)
        unlink(temporary);
    free(temporary);
    return ok;
}

bool seal_key_load(const char *path, struct secret_key *ret, char *reterr, size_t reterr_size)
{
    char *file;
    if (asprintf(&file, "%s.key", path) < 0)
        die("no memory for a path");
    const int fd = open(file, O_RDONLY | O_CLOEXEC);
    bool ok;
    if (fd >= 0) {
        ok = read_key(fd, ret);
        close(fd);
        if (!ok)
            snprintf(reterr, reterr_size, "%s is not a key: expected %zu bytes", file, sizeof ret->b);
    } else {
        *ret = secret_key_new();
        ok = errno == ENOENT && write_key(file, ret);
        if (!ok)
            snprintf(reterr, reterr_size, "cannot use the key file %s: %s", file, strerror(errno));
    }
    free(file);
    return ok;
}
