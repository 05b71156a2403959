/* The file of a database that is kept: claimed by one process at a time, and looked after while it is used.
 *
 * The claim is a lock on a byte of the file that SQLite, whose locks are elsewhere, never locks: it ends with the
 * process, however that ends, depends on no process id, and so holds between containers that share a volume. Where a
 * file system knows no locks, there is no claim. */
#ifndef DUVO_STORE_FILE_H
#define DUVO_STORE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct file {
    int fd; /* -1: none */
    dev_t device;
    ino_t inode;
};

/* Makes the file if there is none, and claims it. False with one line in reterr: it, or its folder, cannot be used,
 * or another process has it (one that is about to stop is waited for). */
bool file_claim(const char *path, struct file *ret, char *reterr, size_t reterr_size);
/* Whether `path` still is the file that was claimed; false with one line in reterr. */
bool file_is_there(const struct file *file, const char *path, char *reterr, size_t reterr_size);
/* Whether it is a file in which nothing is yet. */
bool file_is_nothing(const struct stat *info);
/* After SQLite has closed it: closing any descriptor of a file ends all locks of the other kind that the process has
 * on it. */
void file_release(struct file *file);

#endif
