/* Sealing: what was sealed comes back under the same key and under no other, nor when a byte of it has changed; the
 * key of a database is a file beside it that is made once. */
#include "rig.h"
#include "store/internal.h"
#include "router/stored_specs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { NONCE_AND_MAC = 24 + 16 };

static struct arena *arena;
static char *folder, path[300], key_path[310], why[400];

static int setup(void **state)
{
    (void)state;
    assert_true(secret_start());
    arena = arena_new();
    folder = folder_new();
    snprintf(path, sizeof path, "%s/state.db", folder);
    snprintf(key_path, sizeof key_path, "%s.key", path);
    memset(why, 0, sizeof why);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    folder_remove(folder);
    arena_free(arena);
    return 0;
}

/* ---- seal and unseal ----------------------------------------------------------------------------------- */

static void expect_round_trip(struct text value)
{
    const struct secret_key key = secret_key_new();
    const struct text sealed = secret_seal(arena, &key, secret_of(value));
    struct secret opened = secret_of(T("not opened"));
    assert_int_equal(sealed.n, value.n + NONCE_AND_MAC);
    assert_true(secret_unseal(arena, &key, sealed, &opened));
    assert_int_equal(secret_length(opened), value.n);
    if (value.n)
        assert_memory_equal(opened.hidden.p, value.p, value.n);
}

static void test_round_trip(void **state)
{
    (void)state;
    static char large[100000];
    memset(large, 0xa5, sizeof large);
    expect_round_trip(T("x"));
    expect_round_trip(T("sk-live-1"));
    expect_round_trip(T("a\0b\xff\n"));
    expect_round_trip((struct text){ large, sizeof large });
}

static void test_empty(void **state)
{
    (void)state;
    expect_round_trip(T(""));
    expect_round_trip((struct text){ 0 });
}

static void test_value_does_not_show(void **state)
{
    (void)state;
    const struct secret_key key = secret_key_new();
    const struct text value = T("a value that is easy to recognise");
    const struct text sealed = secret_seal(arena, &key, secret_of(value));
    for (size_t i = 0; i + 4 <= sealed.n; i++)
        assert_null(memmem(value.p, value.n, sealed.p + i, 4));
}

static void test_two_seals_differ(void **state)
{
    (void)state;
    const struct secret_key key = secret_key_new();
    const struct text a = secret_seal(arena, &key, secret_of(T("value"))),
                      b = secret_seal(arena, &key, secret_of(T("value")));
    assert_int_equal(a.n, b.n);
    assert_memory_not_equal(a.p, b.p, 24); /* the nonce */
    assert_memory_not_equal(a.p + NONCE_AND_MAC, b.p + NONCE_AND_MAC, 5);
}

static void test_another_key(void **state)
{
    (void)state;
    struct secret_key key = secret_key_new();
    const struct text sealed = secret_seal(arena, &key, secret_of(T("value")));
    struct secret opened;
    for (size_t i = 0; i < sizeof key.b; i++) {
        key.b[i] ^= 1;
        assert_false(secret_unseal(arena, &key, sealed, &opened));
        key.b[i] ^= 1;
    }
    assert_true(secret_unseal(arena, &key, sealed, &opened));
}

static void test_changed_bit(void **state)
{
    (void)state;
    const struct secret_key key = secret_key_new();
    const struct text sealed = secret_seal(arena, &key, secret_of(T("value")));
    char *bytes = arena_raw(arena, sealed.n);
    struct secret opened;
    memcpy(bytes, sealed.p, sealed.n);
    for (size_t i = 0; i < 8 * sealed.n; i++) {
        bytes[i / 8] = (char)(bytes[i / 8] ^ (1 << i % 8));
        assert_false(secret_unseal(arena, &key, (struct text){ bytes, sealed.n }, &opened));
        bytes[i / 8] = sealed.p[i / 8];
    }
    assert_true(secret_unseal(arena, &key, (struct text){ bytes, sealed.n }, &opened));
}

static void test_other_length(void **state)
{
    (void)state;
    const struct secret_key key = secret_key_new();
    const struct text sealed = secret_seal(arena, &key, secret_of(T("value")));
    struct secret opened;
    /* In an allocation of just that size, so that reading past it is seen. */
    for (size_t n = 0; n < sealed.n; n++) {
        char *part = malloc(n ? n : 1);
        assert_non_null(part);
        memcpy(part, sealed.p, n);
        assert_false(secret_unseal(arena, &key, (struct text){ part, n }, &opened));
        free(part);
    }
    char *longer = calloc(1, sealed.n + 1);
    assert_non_null(longer);
    memcpy(longer, sealed.p, sealed.n);
    assert_false(secret_unseal(arena, &key, (struct text){ longer, sealed.n + 1 }, &opened));
    free(longer);
    assert_false(secret_unseal(arena, &key, (struct text){ 0 }, &opened));
}

/* ---- the key file -------------------------------------------------------------------------------------- */

static struct secret_key load(void)
{
    struct secret_key key = { { 0 } };
    assert_true(seal_key_load(path, &key, why, sizeof why));
    assert_string_equal(why, "");
    return key;
}

static void expect_one_line(const char *part)
{
    assert_non_null(strstr(why, part));
    assert_null(strchr(why, '\n'));
}

static void test_key_is_made(void **state)
{
    (void)state;
    const mode_t mask = umask(0);
    const struct secret_key key = load();
    struct stat info;
    umask(mask);
    assert_int_equal(stat(key_path, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0600);
    assert_int_equal(info.st_size, SECRET_KEY_SIZE);
    assert_memory_equal(file_content(arena, key_path).p, key.b, sizeof key.b);
    assert_int_equal(unlink(key_path), 0);
    assert_int_equal(rmdir(folder), 0); /* there was nothing else in it */
    assert_int_equal(mkdir(folder, 0700), 0);
}

static void test_key_is_kept(void **state)
{
    (void)state;
    const struct secret_key first = load(), again = load();
    assert_memory_equal(first.b, again.b, sizeof first.b);
    assert_int_equal(unlink(key_path), 0);
    const struct secret_key other = load();
    assert_memory_not_equal(first.b, other.b, sizeof first.b);
}

static void expect_no_key(size_t n)
{
    static char bytes[SECRET_KEY_SIZE * 2];
    struct secret_key key;
    memset(bytes, 'k', sizeof bytes);
    file_write(arena, folder, "state.db.key", (struct text){ bytes, n });
    assert_false(seal_key_load(path, &key, why, sizeof why));
    expect_one_line("state.db.key is not a key: expected 32 bytes");
    const struct text left = file_content(arena, key_path);
    assert_int_equal(left.n, n);
    if (n)
        assert_memory_equal(left.p, bytes, n);
}

static void test_wrong_size(void **state)
{
    (void)state;
    expect_no_key(0);
    expect_no_key(SECRET_KEY_SIZE - 1);
    expect_no_key(SECRET_KEY_SIZE + 1);
    expect_no_key(SECRET_KEY_SIZE * 2);
}

static void test_no_folder(void **state)
{
    (void)state;
    struct secret_key key;
    snprintf(path, sizeof path, "%s/nowhere/state.db", folder);
    assert_false(seal_key_load(path, &key, why, sizeof why));
    expect_one_line("nowhere/state.db.key: No such file or directory");
    file_write(arena, folder, "file", T("x"));
    snprintf(path, sizeof path, "%s/file/state.db", folder);
    assert_false(seal_key_load(path, &key, why, sizeof why));
    expect_one_line("file/state.db.key: Not a directory");
}

/* As somebody whom permissions hold. */
static void load_as_nobody(void)
{
    struct secret_key key;
    if (geteuid() == 0 && setuid(65534) != 0)
        _exit(99);
    if (!seal_key_load(path, &key, why, sizeof why))
        _exit((fprintf(stderr, "%s\n", why), EXIT_FAILURE));
}

static void test_unwritable_folder(void **state)
{
    (void)state;
    assert_int_equal(chmod(folder, 0555), 0);
    expect_death(load_as_nobody, "state.db.key: Permission denied");
    assert_int_equal(chmod(folder, 0700), 0);
    assert_int_equal(access(key_path, F_OK), -1);
}

static void test_unreadable_key(void **state)
{
    (void)state;
    const struct secret_key before = load();
    assert_int_equal(chmod(folder, 0777), 0);
    assert_int_equal(chmod(key_path, 0), 0);
    expect_death(load_as_nobody, "state.db.key: Permission denied");
    assert_int_equal(chmod(key_path, 0600), 0);
    const struct secret_key after = load();
    assert_memory_equal(before.b, after.b, sizeof before.b);
}

/* Process ids come again, in a container even at once. */
static void test_leftover(void **state)
{
    (void)state;
    char name[60];
    struct secret_key key;
    snprintf(name, sizeof name, "state.db.key.%ld.tmp", (long)getpid());
    file_write(arena, folder, name, T("half a key"));
    if (!seal_key_load(path, &key, why, sizeof why))
        fail_msg("what a killed server left is in the way: %s", why);
    assert_int_equal(file_content(arena, key_path).n, SECRET_KEY_SIZE);
}

/* ---- the store's --------------------------------------------------------------------------------------- */

static struct secret_key key_of_store(const char *file)
{
    struct store *opened = store_open(file, stored_specs, why, sizeof why);
    assert_non_null(opened);
    const struct db *db = store_db(opened, why, sizeof why);
    assert_non_null(db);
    const struct secret_key key = *store_seal_key_of(db);
    store_close(opened);
    return key;
}

static void test_store_keeps_it(void **state)
{
    (void)state;
    const struct secret_key first = key_of_store(path), again = key_of_store(path);
    assert_memory_equal(first.b, again.b, sizeof first.b);
    assert_memory_equal(file_content(arena, key_path).p, first.b, sizeof first.b);
    assert_null(memmem(file_content(arena, path).p, file_content(arena, path).n, first.b, sizeof first.b));
}

static void test_store_in_memory(void **state)
{
    (void)state;
    const struct secret_key first = key_of_store(NULL), other = key_of_store(NULL);
    assert_memory_not_equal(first.b, other.b, sizeof first.b);
}

static void test_store_refuses(void **state)
{
    (void)state;
    key_of_store(path);
    file_write(arena, folder, "state.db.key", T("short"));
    assert_null(store_open(path, stored_specs, why, sizeof why));
    expect_one_line("state.db.key is not a key: expected 32 bytes");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_round_trip),
        TEST(test_empty),
        TEST(test_value_does_not_show),
        TEST(test_two_seals_differ),
        TEST(test_another_key),
        TEST(test_changed_bit),
        TEST(test_other_length),
        TEST(test_key_is_made),
        TEST(test_key_is_kept),
        TEST(test_wrong_size),
        TEST(test_no_folder),
        TEST(test_unwritable_folder),
        TEST(test_unreadable_key),
        TEST(test_leftover),
        TEST(test_store_keeps_it),
        TEST(test_store_in_memory),
        TEST(test_store_refuses),
    };
    return cmocka_run_group_tests_name("seal", tests, NULL, NULL);
}
