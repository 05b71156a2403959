#include "rig_file.h"

#include <sqlite3.h>
#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

struct arena *arena;
static char *folder;
static sqlite3 *file;

int rig_file_setup(void **state)
{
    (void)state;
    arena = arena_new();
    folder = folder_new();
    const char *path = text_format(arena, "%s/state.db", folder).p;
    rig_open(&rig, (const char *const[]){ "--db", path, NULL });
    assert_int_equal(sqlite3_open_v2(path, &file, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    return 0;
}

int rig_file_teardown(void **state)
{
    (void)state;
    assert_int_equal(sqlite3_close(file), SQLITE_OK);
    rig_close(&rig);
    folder_remove(folder);
    arena_free(arena);
    arena_trim();
    return 0;
}

void file_run(const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(file, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", sql, why);
}

size_t file_list(const char *sql, const char **ret, size_t max)
{
    sqlite3_stmt *stmt;
    size_t n = 0;
    assert_int_equal(sqlite3_prepare_v2(file, sql, -1, &stmt, NULL), SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        assert_true(n < max);
        ret[n++] = text_copy(arena, text_of((const char *)sqlite3_column_text(stmt, 0))).p;
    }
    assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
    return n;
}

int64_t file_number(const char *sql)
{
    const char *row[1];
    assert_int_equal(file_list(sql, row, 1), 1);
    return strtoll(row[0], NULL, 10);
}
