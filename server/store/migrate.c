#include "base/embed.h"
#include "store/file_format.h"
#include "store/internal.h"

#include <stdio.h>
#include <string.h>

static const char folder[] = "schema/store/";

static int64_t number_of(sqlite3 *sqlite, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    int64_t n = -1;
    if (sqlite3_prepare_v2(sqlite, sql, -1, &stmt, NULL) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
        n = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return n;
}

/* The version of a schema file is the number that its name begins with; they are embedded in order of name. */
static const struct embedded *schema_file(int64_t version)
{
    char prefix[sizeof folder + 8];
    snprintf(prefix, sizeof prefix, "%s%03lld_", folder, (long long)version);
    for (size_t i = 0; i < embedded_count; i++)
        if (strncmp(embedded_files[i].path, prefix, strlen(prefix)) == 0)
            return &embedded_files[i];
    return NULL;
}

static bool is_ours(sqlite3 *sqlite, int64_t version, char *reterr, size_t reterr_size)
{
    const char *path = sqlite3_db_filename(sqlite, "main");
    const int64_t tables = number_of(sqlite, "SELECT count(*) FROM sqlite_schema");
    if (tables < 0) {
        snprintf(reterr, reterr_size, "cannot use the database %s: %s", path, sqlite3_errmsg(sqlite));
        return false;
    }
    if (tables > 0 && number_of(sqlite, "PRAGMA application_id") != APPLICATION_ID) {
        snprintf(reterr, reterr_size, "%s is a database of another program", path);
        return false;
    }
    if (version > 0 && !schema_file(version)) {
        snprintf(reterr, reterr_size, "%s was written by a newer duvo-mock (its schema is number %lld)", path,
                 (long long)version);
        return false;
    }
    return true;
}

static bool apply(sqlite3 *sqlite, const struct embedded *file, int64_t version)
{
    char mark[96];
    snprintf(mark, sizeof mark, "PRAGMA user_version = %lld; PRAGMA application_id = %d", (long long)version,
             APPLICATION_ID);
    if (sqlite3_exec(sqlite, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK &&
        sqlite3_exec(sqlite, (const char *)file->start, NULL, NULL, NULL) == SQLITE_OK &&
        sqlite3_exec(sqlite, mark, NULL, NULL, NULL) == SQLITE_OK &&
        sqlite3_exec(sqlite, "COMMIT", NULL, NULL, NULL) == SQLITE_OK)
        return true;
    return false;
}

bool migrate(sqlite3 *sqlite, char *reterr, size_t reterr_size)
{
    int64_t version = number_of(sqlite, "PRAGMA user_version");
    if (version < 0 && sqlite3_errcode(sqlite) == SQLITE_BUSY)
        return false;
    if (version < 0 && sqlite3_errcode(sqlite) == SQLITE_NOTADB) {
        snprintf(reterr, reterr_size, "%s is not a SQLite database", sqlite3_db_filename(sqlite, "main"));
        return false;
    }
    if (!is_ours(sqlite, version, reterr, reterr_size))
        return false;
    for (const struct embedded *file; (file = schema_file(version + 1)); version++)
        if (!apply(sqlite, file, version + 1)) {
            snprintf(reterr, reterr_size, "%s: %s", file->path, sqlite3_errmsg(sqlite));
            sqlite3_exec(sqlite, "ROLLBACK", NULL, NULL, NULL);
            return false;
        }
    return true;
}
