#include "store/memory_file.h"

#include "base/memory.h"
#include "store/image.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = IMAGE_PAGE, FIRST_ROOM = 256 };

/* NULL: nobody has read it yet. Readers may meet at one of these. */
typedef _Atomic(unsigned char *) page_place;

struct memory_file {
    sqlite3_vfs vfs; /* SQLite's word for what opens files: one for each, so that it knows which to open */
    char name[32];
    page_place *pages;
    size_t room;         /* of `pages` */
    sqlite3_int64 size;  /* bytes; what is beyond in its last page are zeros */
    size_t of_image;     /* the first pages, which are the image's where they are NULL; of the others, zeros are */
    struct text image;
};

/* What SQLite opens; the first member is what it calls. */
struct opened {
    sqlite3_file base;
    struct memory_file *file;
};

static struct memory_file *file_of(sqlite3_file *base)
{
    struct opened *opened = (struct opened *)(void *)base;
    return opened->file;
}

/* ---- pages ----------------------------------------------------------------------------------------------- */

static size_t pages_in(sqlite3_int64 size)
{
    return ((size_t)size + PAGE - 1) / PAGE;
}

static unsigned char *make_page(struct memory_file *file, size_t number)
{
    unsigned char *made = memory_spare_again(NULL, PAGE), *others = NULL;
    if (!made)
        return NULL;
    if (number < file->of_image)
        image_page(file->image, (unsigned)number, made);
    else
        memset(made, 0, PAGE);
    if (atomic_compare_exchange_strong(&file->pages[number], &others, made))
        return made;
    free(made);
    return others;
}

/* A page of the file, or of its room; NULL for want of memory. */
static unsigned char *page_at(struct memory_file *file, size_t number)
{
    unsigned char *page = atomic_load_explicit(&file->pages[number], memory_order_acquire);
    return page ? page : make_page(file, number);
}

static bool make_room(struct memory_file *file, size_t pages)
{
    size_t room = file->room ? file->room : FIRST_ROOM;
    while (room < pages)
        room *= 2;
    if (room == file->room)
        return true;
    page_place *more = memory_spare_again(file->pages, room * sizeof *more);
    if (!more)
        return false;
    for (size_t i = file->room; i < room; i++)
        atomic_init(&more[i], NULL);
    file->pages = more;
    file->room = room;
    return true;
}

static void shrink(struct memory_file *file, sqlite3_int64 size)
{
    const size_t left = pages_in(size), before = pages_in(file->size);
    for (size_t i = left; i < before; i++)
        free(atomic_exchange(&file->pages[i], NULL));
    if (file->of_image > left)
        file->of_image = left;
    file->size = size;
}

/* The part of [at, at + n) that is in the page of `at`. */
static size_t within_page(sqlite3_int64 at, size_t n)
{
    const size_t left = PAGE - (size_t)at % PAGE;
    return n < left ? n : left;
}

/* ---- what SQLite calls of a file that is open ------------------------------------------------------------- */

static int close_file(sqlite3_file *base)
{
    (void)base; /* other connections may have it */
    return SQLITE_OK;
}

static int read_file(sqlite3_file *base, void *out, int n, sqlite3_int64 at)
{
    struct memory_file *file = file_of(base);
    unsigned char *to = out;
    size_t left = (size_t)n;
    for (size_t part; left && at < file->size; left -= part, at += (sqlite3_int64)part, to += part) {
        const unsigned char *page = page_at(file, (size_t)at / PAGE);
        if (!page)
            return SQLITE_IOERR_NOMEM;
        part = within_page(at, left < (size_t)(file->size - at) ? left : (size_t)(file->size - at));
        memcpy(to, page + at % PAGE, part);
    }
    memset(to, 0, left); /* as SQLite wants it */
    return left ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

/* SQLite has read what it changes, and what it undoes: those pages are there. */
static int write_file(sqlite3_file *base, const void *in, int n, sqlite3_int64 at)
{
    struct memory_file *file = file_of(base);
    const unsigned char *from = in;
    const sqlite3_int64 end = at + n;
    if (!make_room(file, pages_in(end)))
        return SQLITE_IOERR_NOMEM;
    for (size_t part; at < end; at += (sqlite3_int64)part, from += part) {
        unsigned char *page = page_at(file, (size_t)at / PAGE);
        if (!page)
            return SQLITE_IOERR_NOMEM;
        part = within_page(at, (size_t)(end - at));
        memcpy(page + at % PAGE, from, part);
        if (file->size < at + (sqlite3_int64)part)
            file->size = at + (sqlite3_int64)part;
    }
    return SQLITE_OK;
}

static int truncate_file(sqlite3_file *base, sqlite3_int64 size)
{
    struct memory_file *file = file_of(base);
    if (size < file->size)
        shrink(file, size);
    return SQLITE_OK;
}

static int sync_file(sqlite3_file *base, int flags)
{
    (void)base, (void)flags;
    return SQLITE_OK;
}

static int size_of_file(sqlite3_file *base, sqlite3_int64 *ret)
{
    *ret = file_of(base)->size;
    return SQLITE_OK;
}

static int lock_file(sqlite3_file *base, int lock)
{
    (void)base, (void)lock;
    return SQLITE_OK;
}

static int is_reserved(sqlite3_file *base, int *ret)
{
    (void)base;
    *ret = 0;
    return SQLITE_OK;
}

static int control_file(sqlite3_file *base, int what, void *arg)
{
    (void)base, (void)what, (void)arg;
    return SQLITE_NOTFOUND;
}

static int sector_size(sqlite3_file *base)
{
    (void)base;
    return PAGE;
}

static int traits(sqlite3_file *base)
{
    (void)base;
    return SQLITE_IOCAP_ATOMIC | SQLITE_IOCAP_POWERSAFE_OVERWRITE | SQLITE_IOCAP_SAFE_APPEND |
           SQLITE_IOCAP_SEQUENTIAL;
}

/* Where the bytes are, if they are in one page. A page that cannot be made yet is for read_file to tell. */
static int fetch(sqlite3_file *base, sqlite3_int64 at, int n, void **ret)
{
    struct memory_file *file = file_of(base);
    const bool in_page = at + n <= file->size && at % PAGE + n <= PAGE;
    unsigned char *page = in_page ? page_at(file, (size_t)at / PAGE) : NULL;
    *ret = page ? page + at % PAGE : NULL;
    return SQLITE_OK;
}

static int unfetch(sqlite3_file *base, sqlite3_int64 at, void *p)
{
    (void)base, (void)at, (void)p;
    return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
    .iVersion = 3,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = size_of_file,
    .xLock = lock_file,
    .xUnlock = lock_file,
    .xCheckReservedLock = is_reserved,
    .xFileControl = control_file,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = traits,
    .xFetch = fetch,
    .xUnfetch = unfetch,
};

/* ---- what SQLite calls to open one ------------------------------------------------------------------------ */

/* It is told that this is memory: then journals are, too, and no other file is ever opened. */
static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *ret_flags)
{
    (void)name;
    base->pMethods = NULL;
    if (!(flags & SQLITE_OPEN_MAIN_DB))
        return SQLITE_CANTOPEN;
    *(struct opened *)(void *)base = (struct opened){ { &methods }, vfs->pAppData };
    if (ret_flags)
        *ret_flags = flags | SQLITE_OPEN_MEMORY;
    return SQLITE_OK;
}

static int delete_file(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs, (void)name, (void)sync;
    return SQLITE_IOERR_DELETE;
}

/* A journal that somebody left? There is none. */
static int is_there(sqlite3_vfs *vfs, const char *name, int what, int *ret)
{
    (void)vfs, (void)name, (void)what;
    *ret = 0;
    return SQLITE_OK;
}

static int full_name(sqlite3_vfs *vfs, const char *name, int room, char *ret)
{
    (void)vfs;
    snprintf(ret, (size_t)room, "%s", name);
    return SQLITE_OK;
}

/* ----------------------------------------------------------------------------------------------------------- */

struct memory_file *memory_file_new(void)
{
    static atomic_uint serial;
    struct memory_file *file = memory_spare(sizeof *file);
    if (!file || sqlite3_initialize() != SQLITE_OK) {
        free(file);
        return NULL;
    }
    snprintf(file->name, sizeof file->name, "memory-%u", serial++);
    file->vfs = *sqlite3_vfs_find(NULL); /* its time, its randomness */
    file->vfs.pNext = NULL;
    file->vfs.szOsFile = sizeof(struct opened);
    file->vfs.zName = file->name;
    file->vfs.pAppData = file;
    file->vfs.xOpen = open_file;
    file->vfs.xDelete = delete_file;
    file->vfs.xAccess = is_there;
    file->vfs.xFullPathname = full_name;
    sqlite3_vfs_register(&file->vfs, 0);
    return file;
}

void memory_file_free(struct memory_file *file)
{
    if (!file)
        return;
    sqlite3_vfs_unregister(&file->vfs);
    shrink(file, 0);
    free(file->pages);
    free(file);
}

/* SQLite reads pages where they are as far as it may map files; this is as far as it can count. */
int memory_file_open(struct memory_file *file, int flags, sqlite3 **ret)
{
    const int code = sqlite3_open_v2(file->name, ret, flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, file->name);
    return code ? code : sqlite3_exec(*ret, "PRAGMA mmap_size = 0x7fff0000", NULL, NULL, NULL);
}

bool memory_file_begin_as(struct memory_file *file, struct text image)
{
    assert(!file->size);
    const size_t pages = image_pages(image);
    if (!make_room(file, pages))
        return false;
    file->image = image;
    file->of_image = pages;
    file->size = (sqlite3_int64)pages * PAGE;
    return true;
}
