#include "store/file.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/limit.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Behind all that SQLite reads, writes or locks. */
#define CLAIMED_BYTE (INT64_C(1) << 62)

/* ---- what is wrong --------------------------------------------------------------------------------------- */

/* The folder of a path: "." when it names none. */
static void folder_of(const char *path, char ret[PATH_MAX])
{
    const char *slash = strrchr(path, '/');
    const size_t n = slash ? (size_t)(slash - path) + (slash == path) : 0;
    snprintf(ret, PATH_MAX, "%.*s", n ? (int)n : 1, n ? path : ".");
}

/* Whose it is, when it is not ours: of a volume in a container that is what has to be changed. */
static const char *owner_of(const char *path, char ret[96])
{
    struct stat info;
    ret[0] = '\0';
    if (stat(path, &info) == 0 && info.st_uid != geteuid())
        snprintf(ret, 96, "; it belongs to user %lu, and this is user %lu", (unsigned long)info.st_uid,
                 (unsigned long)geteuid());
    return ret;
}

static bool refuse_file(const char *path, const char *what, const char *where, int error, char *reterr, size_t size)
{
    char owner[96];
    snprintf(reterr, size, "cannot use the database %s: %s%s%s%s", path, what, where, error ? ": " : "",
             error ? strerror(error) : "");
    if (error == EACCES || error == EPERM) {
        const size_t n = strlen(reterr);
        snprintf(reterr + n, size - n, "%s", owner_of(*where ? where : path, owner));
    }
    return false;
}

/* SQLite keeps files of its own beside the database, and so does its key. */
static bool check_folder(const char *path, char *reterr, size_t size)
{
    char folder[PATH_MAX];
    struct stat info;
    folder_of(path, folder);
    const bool found = stat(folder, &info) == 0;
    if (!found && errno == ENOENT)
        return refuse_file(path, "there is no folder ", folder, 0, reterr, size);
    if (found && !S_ISDIR(info.st_mode))
        return refuse_file(path, "no folder is ", folder, 0, reterr, size);
    if (eaccess(folder, W_OK | X_OK) != 0)
        return refuse_file(path, "cannot write to its folder ", folder, errno, reterr, size);
    return true;
}

/* ---- the claim ------------------------------------------------------------------------------------------- */

/* 1, 0 when another process has it, -1 where there are no locks. */
static int try_to_claim(int fd)
{
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = CLAIMED_BYTE, .l_len = 1 };
    if (fcntl(fd, F_OFD_SETLK, &lock) == 0)
        return 1;
    return errno == EAGAIN || errno == EACCES ? 0 : -1;
}

static bool claim_or_wait(int fd)
{
    const int64_t until_us = clock_steady_us() + (int64_t)LIMIT_CLAIM_MS * 1000;
    int claimed;
    while ((claimed = try_to_claim(fd)) == 0 && clock_steady_us() < until_us)
        usleep(10 * 1000);
    return claimed != 0;
}

bool file_claim(const char *path, struct file *ret, char *reterr, size_t size)
{
    struct stat info;
    ret->fd = -1;
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        return refuse_file(path, "it is a folder", "", 0, reterr, size);
    if (!check_folder(path, reterr, size))
        return false;
    const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0 || fstat(fd, &info) != 0) {
        refuse_file(path, "cannot open it", "", errno, reterr, size);
    } else if (!claim_or_wait(fd)) {
        refuse_file(path, "another duvo-mock is using it; stop that one, or use another file", "", 0, reterr,
                    size);
    } else {
        *ret = (struct file){ fd, info.st_dev, info.st_ino };
        return true;
    }
    if (fd >= 0)
        close(fd);
    return false;
}

bool file_is_there(const struct file *file, const char *path, char *reterr, size_t size)
{
    struct stat info;
    if (file->fd < 0)
        return true;
    if (stat(path, &info) != 0)
        snprintf(reterr, size, "%s is no longer there: %s", path, strerror(errno));
    else if (info.st_dev != file->device || info.st_ino != file->inode)
        snprintf(reterr, size, "%s was replaced by another file", path);
    else
        return true;
    return false;
}

bool file_is_nothing(const struct stat *info)
{
    return S_ISREG(info->st_mode) && info->st_size == 0;
}

void file_release(struct file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    file->fd = -1;
}
