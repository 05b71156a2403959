#include "base/private_file.h"

#include "base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Written under another name and then linked: nobody finds half of it. */
bool private_file_make(const char *path, struct text content)
{
    char *temporary;
    if (asprintf(&temporary, "%s.XXXXXX", path) < 0)
        die("no memory for a path");
    const int fd = mkostemp(temporary, O_CLOEXEC); /* readable by nobody else */
    const bool written = fd >= 0 && write(fd, content.p, content.n) == (ssize_t)content.n && fsync(fd) == 0;
    const bool ok = written && (link(temporary, path) == 0 || errno == EEXIST);
    const int why = errno;
    if (fd >= 0) {
        close(fd);
        unlink(temporary);
    }
    free(temporary);
    errno = why;
    return ok;
}
