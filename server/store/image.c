#include "store/image.h"

#include "base/embed.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static int take_number(struct text *rest)
{
    uint32_t number = 0;
    for (int i = IMAGE_NUMBER_SIZE; i-- > 0;)
        number = number << 8 | (unsigned char)rest->p[i];
    *rest = text_from(*rest, IMAGE_NUMBER_SIZE);
    return (int)number;
}

/* Where the pieces of an image go. */
struct landing {
    bool (*put)(const struct landing *to, const char *bytes, int n, int at);
    sqlite3_file *file;
    unsigned char *bytes;
};

static bool put_pieces(const struct landing *to, struct text pieces)
{
    bool ok = true;
    while (ok && pieces.n) {
        const int at = take_number(&pieces), n = take_number(&pieces);
        ok = to->put(to, pieces.p, n, at);
        pieces = text_from(pieces, (size_t)n);
    }
    return ok;
}

/* ---- into memory ----------------------------------------------------------------------------------------- */

static bool put_in_file(const struct landing *to, const char *bytes, int n, int at)
{
    return to->file->pMethods->xWrite(to->file, bytes, n, at) == SQLITE_OK;
}

/* The last byte goes first: only with it does SQLite ask for memory, and zeros are all that is before it. */
static bool fill_memory(sqlite3 *sqlite, int size, struct text pieces)
{
    struct landing to = { .put = put_in_file };
    return sqlite3_file_control(sqlite, "main", SQLITE_FCNTL_FILE_POINTER, &to.file) == SQLITE_OK &&
           to.file->pMethods && put_in_file(&to, "", 1, size - 1) && put_pieces(&to, pieces);
}

/* ---- into a file ----------------------------------------------------------------------------------------- */

static bool put_in_bytes(const struct landing *to, const char *bytes, int n, int at)
{
    memcpy(to->bytes + at, bytes, (size_t)n);
    return true;
}

static bool copy_database(sqlite3 *sqlite, unsigned char *bytes, int size)
{
    sqlite3 *source = NULL;
    bool copied = false;
    if (sqlite3_open(":memory:", &source) == SQLITE_OK &&
        sqlite3_deserialize(source, "main", bytes, size, size, SQLITE_DESERIALIZE_READONLY) == SQLITE_OK) {
        sqlite3_backup *copying = sqlite3_backup_init(sqlite, "main", source, "main");
        copied = copying && sqlite3_backup_step(copying, -1) == SQLITE_DONE;
        copied = sqlite3_backup_finish(copying) == SQLITE_OK && copied;
    }
    sqlite3_close(source);
    return copied;
}

static bool fill_file(sqlite3 *sqlite, int size, struct text pieces)
{
    const struct landing to = { .put = put_in_bytes, .bytes = calloc(1, (size_t)size) };
    const bool filled = to.bytes && put_pieces(&to, pieces) && copy_database(sqlite, to.bytes, size);
    free(to.bytes);
    return filled;
}

/* ---------------------------------------------------------------------------------------------------------- */

bool image_take(sqlite3 *sqlite, const char *name, bool in_memory)
{
    struct text pieces = embedded_file(name);
    if (!pieces.n)
        return false; /* in the program that makes it */
    const struct text whole = pieces;
    const int size = take_number(&pieces);
    const bool taken = in_memory ? fill_memory(sqlite, size, pieces) : fill_file(sqlite, size, pieces);
    memory_was_read(whole.p, whole.n);
    return taken;
}
