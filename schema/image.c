/* Writes an empty database of the newest schema, which the build puts into the binary: a store in memory is copied from
 * it, because that makes a start take 61 million instructions instead of 75 million (callgrind, up to the ready line).
 * `BENCH_ONLY=start make bench` shows what a start takes.
 * Usage: image OUT SCHEMA_FILE…      in the order of their numbers */
#include "store/file_format.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fail(const char *what, const char *why)
{
    fprintf(stderr, "image: %s: %s\n", what, why);
    return EXIT_FAILURE;
}

/* NULL when it cannot be read. */
static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t size = 0;
    const ssize_t n = file ? getdelim(&text, &size, '\0', file) : -1;
    if (file)
        fclose(file);
    return n > 0 ? text : NULL;
}

static int number_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return (int)strtol(slash ? slash + 1 : path, NULL, 10); /* 0 without one */
}

static int write_image(sqlite3 *db, const char *path)
{
    sqlite3_int64 size = 0;
    unsigned char *image = sqlite3_serialize(db, "main", &size, 0);
    FILE *out = image ? fopen(path, "wb") : NULL;
    const int written = out && fwrite(image, 1, (size_t)size, out) == (size_t)size;
    const int closed = out && fclose(out) == 0;
    sqlite3_free(image);
    return written && closed ? EXIT_SUCCESS : fail(path, "cannot be written");
}

int main(int argc, char **argv)
{
    sqlite3 *db;
    char mark[96];
    if (argc < 3 || sqlite3_open(":memory:", &db) != SQLITE_OK)
        return fail("usage", "image OUT SCHEMA_FILE…");
    for (int i = 2; i < argc; i++) {
        if (number_of(argv[i]) != i - 1)
            return fail(argv[i], "the numbers of schema files are 001, 002 and so on, each once");
        char *sql = read_file(argv[i]);
        if (!sql || sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
            return fail(argv[i], sql ? sqlite3_errmsg(db) : "cannot be read");
        free(sql);
    }
    snprintf(mark, sizeof mark, "PRAGMA user_version = %d; PRAGMA application_id = %d", number_of(argv[argc - 1]),
             APPLICATION_ID);
    if (sqlite3_exec(db, mark, NULL, NULL, NULL) != SQLITE_OK)
        return fail("mark", sqlite3_errmsg(db));
    const int code = write_image(db, argv[1]);
    sqlite3_close(db);
    return code;
}
