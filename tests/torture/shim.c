/* Torture: stands before the system's libraries (LD_PRELOAD) and lets one call of a kind fail, the n-th from when it is
 * told so. Who drives it writes to the file that TORTURE_FILE names, which is mapped. For each kind, in the order
 * below, it holds which of the calls to come fails (0: none), how many there were, and how many failed. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define SHOWN __attribute__((visibility("default")))

enum kind { KIND_SQL, KIND_WRITE, KIND_ACCEPT, KIND_SEND, KIND_THREAD, KIND_ALLOC, KIND_COUNT };

struct kind_state {
    _Atomic int64_t armed, count, failed;
};

static struct kind_state nowhere[KIND_COUNT];
static struct kind_state *states = nowhere;

__attribute__((constructor)) static void start(void)
{
    const char *path = getenv("TORTURE_FILE");
    const int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    void *map = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof nowhere, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (fd >= 0)
        close(fd);
    if (map != MAP_FAILED)
        states = map;
}

static bool is_to_fail(enum kind kind)
{
    struct kind_state *state = &states[kind];
    atomic_fetch_add(&state->count, 1);
    if (atomic_load(&state->armed) <= 0 || atomic_fetch_sub(&state->armed, 1) != 1)
        return false;
    atomic_fetch_add(&state->failed, 1);
    return true;
}

/* What the next library has under that name: next.function. */
#define NEXT(name)                                                \
    static _Atomic(void *) next_address;                          \
    if (!atomic_load(&next_address))                              \
        atomic_store(&next_address, dlsym(RTLD_NEXT, #name));     \
    const union {                                                 \
        void *address;                                            \
        __typeof__(name) *function;                               \
    } next = { atomic_load(&next_address) }

/* ---- statements of the store ---------------------------------------------------------------------------- */

struct sqlite3_stmt;
SHOWN int sqlite3_step(struct sqlite3_stmt *statement);

/* SQLite's own loops (sqlite3_exec) do not take the status of a step for its outcome. */
static bool is_own_call(const void *caller)
{
    Dl_info info;
    return dladdr(caller, &info) && info.dli_fname && !strstr(info.dli_fname, "libsqlite3");
}

int sqlite3_step(struct sqlite3_stmt *statement)
{
    enum { SQLITE_IOERR = 10 };
    NEXT(sqlite3_step);
    const bool fails = is_own_call(__builtin_return_address(0)) && is_to_fail(KIND_SQL);
    return fails ? SQLITE_IOERR : next.function(statement);
}

/* ---- writes to files ------------------------------------------------------------------------------------ */

static bool is_file(int fd)
{
    struct stat info;
    return fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
}

/* A disk is full, or broken; every other time. */
static bool write_fails(int fd)
{
    static _Atomic unsigned turn;
    const int before = errno;
    const bool fails = is_file(fd) && is_to_fail(KIND_WRITE);
    errno = fails ? (atomic_fetch_add(&turn, 1) % 2 ? EIO : ENOSPC) : before;
    return fails;
}

SHOWN ssize_t write(int fd, const void *p, size_t n)
{
    NEXT(write);
    return write_fails(fd) ? -1 : next.function(fd, p, n);
}

SHOWN ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
    NEXT(pwrite);
    return write_fails(fd) ? -1 : next.function(fd, p, n, at);
}

SHOWN ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
    NEXT(pwrite64);
    return write_fails(fd) ? -1 : next.function(fd, p, n, at);
}

SHOWN int fsync(int fd)
{
    NEXT(fsync);
    return write_fails(fd) ? -1 : next.function(fd);
}

SHOWN int fdatasync(int fd)
{
    NEXT(fdatasync);
    return write_fails(fd) ? -1 : next.function(fd);
}

SHOWN int ftruncate64(int fd, off64_t n)
{
    NEXT(ftruncate64);
    return write_fails(fd) ? -1 : next.function(fd, n);
}

/* ---- connections ---------------------------------------------------------------------------------------- */

SHOWN int accept4(int fd, struct sockaddr *address, socklen_t *size, int flags)
{
    NEXT(accept4);
    static const int reasons[] = { ECONNABORTED, EINTR, EMFILE };
    static _Atomic unsigned turn;
    if (!is_to_fail(KIND_ACCEPT))
        return next.function(fd, address, size, flags);
    errno = reasons[atomic_fetch_add(&turn, 1) % (sizeof reasons / sizeof reasons[0])];
    return -1;
}

static bool send_fails(void)
{
    const bool fails = is_to_fail(KIND_SEND);
    if (fails)
        errno = ECONNRESET;
    return fails;
}

SHOWN ssize_t send(int fd, const void *p, size_t n, int flags)
{
    NEXT(send);
    return send_fails() ? -1 : next.function(fd, p, n, flags);
}

SHOWN ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
    NEXT(sendmsg);
    return send_fails() ? -1 : next.function(fd, message, flags);
}

SHOWN ssize_t writev(int fd, const struct iovec *pieces, int n)
{
    NEXT(writev);
    if (is_file(fd) ? write_fails(fd) : send_fails())
        return -1;
    return next.function(fd, pieces, n);
}

/* ---- threads -------------------------------------------------------------------------------------------- */

SHOWN int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *cls)
{
    NEXT(pthread_create);
    return is_to_fail(KIND_THREAD) ? EAGAIN : next.function(thread, attributes, run, cls);
}

/* ---- allocations; not where a sanitizer has its own ------------------------------------------------------- */

#ifdef TORTURE_ALLOC
extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t count, size_t n);
extern void *__libc_realloc(void *p, size_t n);

static bool alloc_fails(void)
{
    const bool fails = is_to_fail(KIND_ALLOC);
    if (fails)
        errno = ENOMEM;
    return fails;
}

SHOWN void *malloc(size_t n)
{
    return alloc_fails() ? NULL : __libc_malloc(n);
}

SHOWN void *calloc(size_t count, size_t n)
{
    return alloc_fails() ? NULL : __libc_calloc(count, n);
}

SHOWN void *realloc(void *p, size_t n)
{
    return alloc_fails() ? NULL : __libc_realloc(p, n);
}
#endif
