#include "base/file.h"

#include "base/buf.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PIECE = 1 << 16 };

/* One byte more than fits tells that there are more. */
static bool read_whole(int fd, size_t max, struct buf *b)
{
    ssize_t got = 1;
    while (got > 0 && b->n <= max) {
        const size_t room = max + 1 - b->n < PIECE ? max + 1 - b->n : PIECE;
        got = read(fd, buf_reserve(b, room), room);
        b->n += got > 0 ? (size_t)got : 0;
    }
    if (b->n > max)
        errno = EFBIG;
    return got == 0;
}

bool file_read(struct arena *arena, const char *path, size_t max, struct text *ret)
{
    struct buf b = buf_new(arena, max + 2);
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    const bool whole = read_whole(fd, max, &b);
    const int why = errno;
    close(fd);
    errno = why;
    b.n = b.n > max ? max : b.n;
    buf_add_char(&b, '\0');
    *ret = text_clip(buf_text(&b), b.n - 1);
    return whole;
}

/* Written under another name and then linked: nobody finds half of it. */
bool file_make_private(const char *path, struct text content)
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
