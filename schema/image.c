/* Makes the images that the build puts into the server (server/store/image.h): an empty database of the newest schema,
 * and one whose template and default space are what the server makes of the built-in fixtures `default`. It is the
 * server itself but for its main and the images, so that both are made of the same statements by the same functions.
 * Every build makes the same bytes: clocks stand still here, and nothing random stays.
 * Usage: image EMPTY DEFAULT      the files to write */
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/limit.h"
#include "fixtures/read.h"
#include "router/stored_specs.h"
#include "store/image.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The linker puts these into the place of the functions of base/clock.h (--wrap). Nobody asks when the two spaces of an
 * image were made, and tickets of a real clock are all above these. */
int64_t __wrap_clock_real_ms(void);
int64_t __wrap_clock_ticket(void);

int64_t __wrap_clock_real_ms(void)
{
    return 0;
}

int64_t __wrap_clock_ticket(void)
{
    static int64_t last;
    return ++last;
}

static _Noreturn void fail(const char *what, const char *why)
{
    fprintf(stderr, "image: %s: %s\n", what, why);
    exit(EXIT_FAILURE);
}

/* ---- the database ---------------------------------------------------------------------------------------- */

/* The files that a store has. */
static void remove_files(struct arena *arena, const char *path)
{
    static const char *const ends[] = { "", ".key", "-wal", "-shm" };
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        unlink(text_format(arena, "%s%s", path, ends[i]).p);
}

static void load_default(struct arena *arena, struct store *store)
{
    char why[512] = "";
    const struct config_list names = { .n = 1, .v = { "default" } };
    struct fixture_report report = { .errors = { NULL, 0 } };
    struct db *db = store_db(store, why, sizeof why);
    const struct fixture_set *set = db ? fixtures_read(arena, &names, &report.errors) : NULL;
    if (!set || !fixtures_load(arena, set, db, &report))
        fail("default", report.errors.n ? report.errors.p : why);
}

static void make_store(struct arena *arena, const char *path, bool with_default)
{
    char why[512];
    remove_files(arena, path);
    struct store *store = store_open(path, stored_specs, why, sizeof why);
    if (!store)
        fail(path, why);
    if (with_default)
        load_default(arena, store);
    store_close(store);
}

static void run(sqlite3 *sqlite, const char *sql)
{
    if (sqlite3_exec(sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail(sql, sqlite3_errmsg(sqlite));
}

/* Each server makes keys of its own. */
static int refuse_row(void *cls, int n, char **values, char **names)
{
    (void)cls, (void)n, (void)values, (void)names;
    fail("default", "client secrets are sealed with a key that each server makes for itself: it must have none");
}

static unsigned char *serialize(const char *path, size_t *ret_size)
{
    static const char sealed[] = "SELECT 1 FROM custom_integrations WHERE oauth_client_secret IS NOT NULL";
    sqlite3 *sqlite;
    sqlite3_int64 size = 0;
    if (sqlite3_open(path, &sqlite) != SQLITE_OK)
        fail(path, "cannot be opened");
    if (sqlite3_exec(sqlite, sealed, refuse_row, NULL, NULL) != SQLITE_OK)
        fail(path, sqlite3_errmsg(sqlite));
    run(sqlite, "PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON; DELETE FROM meta; VACUUM");
    unsigned char *bytes = sqlite3_serialize(sqlite, "main", &size, 0);
    if (!bytes)
        fail(path, "no memory");
    sqlite3_close(sqlite);
    *ret_size = (size_t)size;
    return bytes;
}

/* ---- the image ------------------------------------------------------------------------------------------- */

/* A piece costs two numbers: fewer zeros than that are no gap. */
enum { GAP = 2 * IMAGE_SHORT };

static void put_number(struct buf *out, size_t number, int size)
{
    for (int i = 0; i < size; i++)
        buf_add_char(out, (char)(number >> 8 * i & 0xff));
}

/* How many zeros stand at `at`, up to `most`. */
static size_t zeros_at(const unsigned char *bytes, size_t at, size_t most)
{
    size_t n = 0;
    while (n < most && !bytes[at + n])
        n++;
    return n;
}

static size_t piece_end(const unsigned char *bytes, size_t at, size_t size)
{
    for (size_t left, n; (left = size - at) > 0; at += n + 1) {
        n = zeros_at(bytes, at, left < GAP ? left : GAP);
        if (n == GAP || n == left)
            break;
    }
    return at;
}

static void put_page(struct buf *out, const unsigned char *bytes)
{
    for (size_t at = zeros_at(bytes, 0, IMAGE_PAGE), end; at < IMAGE_PAGE;
         at = end + zeros_at(bytes, end, IMAGE_PAGE - end)) {
        end = piece_end(bytes, at, IMAGE_PAGE);
        put_number(out, at, IMAGE_SHORT);
        put_number(out, end - at, IMAGE_SHORT);
        buf_add(out, (struct text){ (const char *)bytes + at, end - at });
    }
}

static struct text pack(struct arena *arena, const unsigned char *bytes, size_t size)
{
    const size_t count = size / IMAGE_PAGE, head = (count + 2) * IMAGE_LONG;
    struct buf out = buf_new(arena, head + 2 * size), pages = buf_new(arena, 2 * size);
    put_number(&out, count, IMAGE_LONG);
    for (size_t i = 0; i < count; i++) {
        put_number(&out, head + pages.n, IMAGE_LONG);
        put_page(&pages, bytes + i * IMAGE_PAGE);
    }
    put_number(&out, head + pages.n, IMAGE_LONG);
    buf_add(&out, buf_text(&pages));
    return buf_text(&out);
}

static void write_file(const char *path, struct text content)
{
    FILE *file = fopen(path, "wb");
    const bool written = file && fwrite(content.p, 1, content.n, file) == content.n;
    if (!file || fclose(file) != 0 || !written)
        fail(path, "cannot be written");
}

static void make_image(const char *path, bool with_default)
{
    struct arena *arena = arena_new();
    const char *work = text_format(arena, "%s.work", path).p;
    size_t size;
    make_store(arena, work, with_default);
    unsigned char *bytes = serialize(work, &size);
    remove_files(arena, work);
    write_file(path, pack(arena, bytes, size));
    sqlite3_free(bytes);
    arena_free(arena);
}

int main(int argc, char *argv[])
{
    if (argc != 3)
        fail("usage", "image EMPTY DEFAULT");
    if (!secret_start())
        fail("start", "this machine has no source of randomness");
    make_image(argv[1], false);
    make_image(argv[2], true);
    return EXIT_SUCCESS;
}
