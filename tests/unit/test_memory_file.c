/* The file in memory: what SQLite reads and writes there, and what becomes of it when the machine has no memory. */
#include "store/memory_file.h"

#include "base/embed.h"
#include "base/memory.h"
#include "store/image.h"
#include "store/internal.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { PAGE = IMAGE_PAGE, READERS = 4 };
#define NUMBERS(n) "WITH numbers(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM numbers LIMIT " #n ") "

static struct memory_file *file;
static sqlite3 *sqlite;
static sqlite3_file *opened; /* as SQLite calls it */

static sqlite3 *open_one(void)
{
    sqlite3 *one = NULL;
    assert_int_equal(memory_file_open(file, SQLITE_OPEN_NOMUTEX, &one), SQLITE_OK);
    return one;
}

static sqlite3_file *file_of(sqlite3 *one)
{
    sqlite3_file *ret = NULL;
    assert_int_equal(sqlite3_file_control(one, "main", SQLITE_FCNTL_FILE_POINTER, &ret), SQLITE_OK);
    return ret;
}

static int setup(void **state)
{
    (void)state;
    pieces_use();
    file = memory_file_new();
    assert_non_null(file);
    sqlite = open_one();
    opened = file_of(sqlite);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    sqlite3_close(sqlite);
    memory_file_free(file);
    return 0;
}

static void run(sqlite3 *on, const char *sql)
{
    if (sqlite3_exec(on, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(on));
}

static int64_t ask(sqlite3 *on, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(on, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    const int64_t number = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return number;
}

static bool is_whole(sqlite3 *on)
{
    return ask(on, "SELECT integrity_check = 'ok' FROM pragma_integrity_check LIMIT 1") == 1;
}

static int64_t size_now(void)
{
    sqlite3_int64 size = -1;
    assert_int_equal(opened->pMethods->xFileSize(opened, &size), SQLITE_OK);
    return size;
}

/* ---- pages ----------------------------------------------------------------------------------------------- */

static void test_image(void **state)
{
    (void)state;
    static unsigned char expected[PAGE], bytes[PAGE];
    const struct text image = embedded_file("build/embed/default.image");
    const unsigned pages = image_pages(image);
    assert_true(pages > 100);
    assert_true(memory_file_begin_as(file, image));
    assert_int_equal(size_now(), pages * PAGE);
    for (unsigned i = 0; i < pages; i++) {
        void *there = NULL;
        image_page(image, i, expected);
        assert_int_equal(opened->pMethods->xRead(opened, bytes, PAGE, (int64_t)i * PAGE), SQLITE_OK);
        assert_memory_equal(bytes, expected, PAGE);
        assert_int_equal(opened->pMethods->xFetch(opened, (int64_t)i * PAGE, PAGE, &there), SQLITE_OK);
        assert_memory_equal(there, expected, PAGE);
        opened->pMethods->xUnfetch(opened, (int64_t)i * PAGE, there);
    }
    assert_true(ask(sqlite, "SELECT count(*) FROM connections") > 0);
    assert_true(is_whole(sqlite));
}

static void write_at(int64_t at, const char *bytes)
{
    assert_int_equal(opened->pMethods->xWrite(opened, bytes, (int)strlen(bytes), at), SQLITE_OK);
}

static void read_at(int64_t at, int n, int code, const char *expected)
{
    static char bytes[64];
    memset(bytes, 'x', sizeof bytes);
    assert_int_equal(opened->pMethods->xRead(opened, bytes, n, at), code);
    assert_memory_equal(bytes, expected, (size_t)n);
}

/* SQLite reads and writes whole pages, and the head of the first; it may as well do otherwise. */
static void test_across_pages(void **state)
{
    (void)state;
    void *there = &there;
    write_at(PAGE - 2, "abcd");
    assert_int_equal(size_now(), PAGE + 2);
    read_at(PAGE - 3, 5, SQLITE_OK, "\0abcd");
    read_at(PAGE, 4, SQLITE_IOERR_SHORT_READ, "cd\0\0");
    read_at(PAGE + 2, 2, SQLITE_IOERR_SHORT_READ, "\0\0");
    opened->pMethods->xFetch(opened, PAGE - 2, 4, &there);
    assert_null(there);
    opened->pMethods->xFetch(opened, PAGE, 3, &there);
    assert_null(there);
    opened->pMethods->xFetch(opened, PAGE, 2, &there);
    assert_memory_equal(there, "cd", 2);
    write_at(5 * PAGE, "e"); /* what nobody wrote are zeros */
    read_at(3 * PAGE, 3, SQLITE_OK, "\0\0\0");
    read_at(5 * PAGE - 1, 2, SQLITE_OK, "\0e");
}

/* What is cut off does not come back, neither as it was written nor as the image had it. */
static void test_cut(void **state)
{
    (void)state;
    assert_true(memory_file_begin_as(file, embedded_file("build/embed/empty.image")));
    write_at(2 * PAGE, "mine");
    assert_int_equal(opened->pMethods->xTruncate(opened, 100 * PAGE * (int64_t)PAGE), SQLITE_OK);
    assert_int_equal(size_now(), image_pages(embedded_file("build/embed/empty.image")) * PAGE);
    assert_int_equal(opened->pMethods->xTruncate(opened, PAGE), SQLITE_OK);
    assert_int_equal(size_now(), PAGE);
    write_at(4 * PAGE, "e");
    for (int page = 1; page < 4; page++)
        read_at(page * PAGE, 8, SQLITE_OK, "\0\0\0\0\0\0\0\0");
    read_at(0, 6, SQLITE_OK, "SQLite");
}

/* More pages than there is room for at first, seen by another connection; then fewer. */
static void test_grows(void **state)
{
    (void)state;
    sqlite3 *other = open_one();
    run(sqlite, "CREATE TABLE t (n, b)");
    assert_int_equal(ask(other, "SELECT count(*) FROM t"), 0);
    run(sqlite, "INSERT INTO t " NUMBERS(500) "SELECT value, zeroblob(20000) FROM numbers");
    assert_true(size_now() > 500 * 20000);
    assert_int_equal(ask(other, "SELECT sum(n) FROM t"), 500 * 501 / 2);
    assert_true(is_whole(other));
    run(other, "DELETE FROM t WHERE n > 10; VACUUM");
    assert_true(size_now() < 100 * PAGE);
    assert_int_equal(ask(sqlite, "SELECT sum(length(b)) FROM t"), 10 * 20000);
    assert_true(is_whole(sqlite));
    sqlite3_close(other);
}

/* ---- several at once ------------------------------------------------------------------------------------- */

static void *read_all(void *cls)
{
    sqlite3 *own = cls;
    return is_whole(own) ? cls : NULL;
}

static void test_readers(void **state)
{
    (void)state;
    sqlite3 *own[READERS];
    pthread_t threads[READERS];
    assert_true(memory_file_begin_as(file, embedded_file("build/embed/default.image")));
    for (int i = 0; i < READERS; i++)
        own[i] = open_one();
    for (int i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_all, own[i]), 0);
    for (int i = 0; i < READERS; i++) {
        void *whole = NULL;
        pthread_join(threads[i], &whole);
        assert_ptr_equal(whole, own[i]);
        sqlite3_close(own[i]);
    }
}

/* ---- no memory ------------------------------------------------------------------------------------------- */

/* A transaction that changes pages of the image, and needs more. */
static int change(sqlite3 *on)
{
    static const char sql[] = "BEGIN IMMEDIATE; UPDATE t SET n = n + 1000; DELETE FROM t WHERE n = 1003;"
                              "INSERT INTO t " NUMBERS(9) "SELECT value, zeroblob(9000) FROM numbers; COMMIT";
    return sqlite3_exec(on, sql, NULL, NULL, NULL);
}

/* Each piece of memory that it wants is once the one that is not there: then all is as it was before, for readers too,
 * and the next try does it. */
static void test_no_memory(void **state)
{
    (void)state;
    static const char sum[] = "SELECT sum(n) + sum(length(b)) + count(*) FROM t";
    run(sqlite, "CREATE TABLE t (n, b)");
    run(sqlite, "INSERT INTO t " NUMBERS(20) "SELECT value, zeroblob(3000) FROM numbers");
    run(sqlite, "PRAGMA cache_spill = OFF");
    sqlite3 *other = open_one();
    const int64_t before = ask(other, sum), size = size_now();
    unsigned tries = 1;
    for (int code = SQLITE_NOMEM; code != SQLITE_OK; tries++) {
        memory_spare_fail_from(tries);
        code = change(sqlite);
        memory_spare_fail_from(0);
        if (code == SQLITE_OK)
            break;
        assert_true((code & 0xff) == SQLITE_NOMEM || (code & 0xff) == SQLITE_IOERR);
        if (!sqlite3_get_autocommit(sqlite))
            run(sqlite, "ROLLBACK");
        assert_int_equal(ask(sqlite, sum), before);
        assert_int_equal(ask(other, sum), before);
        assert_int_equal(size_now(), size);
        assert_true(is_whole(sqlite));
    }
    assert_true(tries > 20);
    assert_int_equal(ask(other, "SELECT count(*) FROM t"), 28);
    assert_true(is_whole(other));
    sqlite3_close(other);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_image),
        TEST(test_across_pages),
        TEST(test_cut),
        TEST(test_grows),
        TEST(test_readers),
        TEST(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
