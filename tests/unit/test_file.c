/* Files: read up to the last byte that may be, and made for the owner alone. */
#include "base/file.h"

#include "rig.h"
#include "scratch.h"

#include <errno.h>
#include <sys/stat.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { MAX = 70000 }; /* more than is read in one piece */

static void test_sizes(void **state)
{
    const size_t sizes[] = { 0, 1, MAX - 1, MAX, MAX + 1 };
    char *folder = folder_new();
    char *bytes = arena_alloc(*state, MAX + 1);
    memset(bytes, 'x', MAX + 1);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        const char *path = file_write(*state, folder, "file", (struct text){ bytes, sizes[i] });
        struct text content = { 0 };
        const bool whole = file_read(*state, path, MAX, &content);
        assert_int_equal(whole, sizes[i] <= MAX);
        assert_true(whole || errno == EFBIG);
        assert_int_equal(content.n, whole ? sizes[i] : MAX);
        assert_memory_equal(content.p, bytes, content.n);
        assert_int_equal(content.p[content.n], '\0');
    }
    folder_remove(folder);
}

static void test_unreadable(void **state)
{
    char *folder = folder_new();
    struct text content = { 0 };
    assert_false(file_read(*state, text_format(*state, "%s/none", folder).p, MAX, &content));
    assert_int_equal(errno, ENOENT);
    assert_null(content.p);
    assert_false(file_read(*state, folder, MAX, &content));
    assert_int_equal(errno, EISDIR);
    folder_remove(folder);
}

static void test_private(void **state)
{
    char *folder = folder_new();
    const char *path = text_format(*state, "%s/private", folder).p;
    struct stat status;
    struct text content;
    assert_true(file_make_private(path, T("first")));
    assert_true(file_make_private(path, T("second")));
    assert_true(file_read(*state, path, MAX, &content));
    assert_true(text_eq(content, T("first")));
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_false(file_make_private(text_format(*state, "%s/none/private", folder).p, T("third")));
    assert_int_equal(errno, ENOENT);
    folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sizes, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_unreadable, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_private, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
