/* Spaces: names, keys, time to live, bounds, and what a store keeps of them. */
#include "space/directory.h"

#include "base/limit.h"
#include "passing.h"
#include "rig.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct spaces *spaces;

static int open_with(const char *const *args)
{
    rig_open(&rig, args);
    spaces = rig.server.spaces;
    return 0;
}

static int setup(void **state)
{
    (void)state;
    return open_with(NULL);
}

static int setup_bounded(void **state)
{
    (void)state;
    return open_with((const char *const[]){ "--max-spaces", "3", NULL });
}

/* ---- one thread ------------------------------------------------------------------------------------------ */

static enum err use(const char *name)
{
    struct space *space = NULL;
    const enum err err = spaces_use(spaces, text_of(name), &space);
    assert_int_equal(err == OK, space != NULL);
    space_release(space);
    return err;
}

static enum err make(const char *name, const struct kept *key, int64_t ttl_ms)
{
    struct space *space = NULL;
    struct space_plan plan = { .name = text_of(name), .key = key, .ttl_ms = ttl_ms };
    const enum err err = spaces_make(spaces, &plan, &space);
    if (err == OK)
        space_release(space);
    return err;
}

static bool is_there(const char *name)
{
    struct space *space = spaces_find(spaces, text_of(name));
    space_release(space);
    return space != NULL;
}

static enum err drop(const char *name)
{
    struct space *space = spaces_find(spaces, text_of(name));
    assert_non_null(space);
    const enum err err = spaces_drop(spaces, space);
    space_release(space);
    return err;
}

static struct kept key_of(const char *token)
{
    return kept_key(secret_of(text_of(token)));
}

static bool key_leads_to(const char *token, const char *name)
{
    bool old;
    struct space *space = spaces_of_key(spaces, secret_of(text_of(token)), &old);
    assert_false(old);
    const bool right = name ? space && text_eq(space_name(space), text_of(name)) : !space;
    space_release(space);
    return right;
}

static void test_default(void **state)
{
    (void)state;
    struct space *first = spaces_default(spaces), *same = spaces_find(spaces, T("default"));
    assert_ptr_equal(first, same);
    assert_int_equal(space_id(first), SPACE_DEFAULT);
    assert_int_equal(spaces_count(spaces), 1);
    assert_false(spaces_have_keys(spaces));
    space_release(first);
    space_release(same);
}

/* Every byte that there is, alone and after a letter. */
static void test_every_byte(void **state)
{
    (void)state;
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    for (int c = 0; c < 256; c++) {
        const char name[2] = { 'a', (char)c };
        struct space *space = NULL;
        const bool fits = c && strchr(allowed, c);
        assert_int_equal(spaces_use(spaces, (struct text){ name, 2 }, &space), fits ? OK : ERR_INVALID);
        space_release(space);
    }
    assert_int_equal(spaces_count(spaces), sizeof allowed);
}

static void test_length(void **state)
{
    (void)state;
    char name[LIMIT_SPACE_NAME + 2];
    memset(name, 'x', sizeof name);
    name[LIMIT_SPACE_NAME + 1] = '\0';
    assert_int_equal(use(name), ERR_INVALID);
    assert_int_equal(make(name, NULL, 0), ERR_INVALID);
    name[LIMIT_SPACE_NAME] = '\0';
    assert_int_equal(use(name), OK);
    assert_int_equal(make(name, NULL, 0), ERR_SPACE_EXISTS);
    assert_int_equal(use(""), ERR_INVALID);
    assert_int_equal(make("", NULL, 0), ERR_INVALID);
    assert_int_equal(spaces_count(spaces), 2);
}

static void test_one_of_each_name(void **state)
{
    (void)state;
    struct space *a = NULL, *again = NULL, *found = spaces_find(spaces, T("a"));
    assert_null(found);
    assert_int_equal(spaces_use(spaces, T("a"), &a), OK);
    assert_int_equal(spaces_use(spaces, T("a"), &again), OK);
    assert_ptr_equal(a, again);
    assert_int_equal(make("a", NULL, 0), ERR_SPACE_EXISTS);
    assert_int_equal(make("b", NULL, 0), OK);
    assert_int_equal(use("b"), OK);
    assert_int_equal(spaces_count(spaces), 3);
    space_release(a);
    space_release(again);
}

static void test_list(void **state)
{
    (void)state;
    static const char *const wanted[] = { "default", "z", "a", "m" };
    struct space *all[10];
    assert_true(use("z") == OK && use("a") == OK && use("b") == OK && use("m") == OK && drop("b") == OK);
    const size_t n = spaces_list(spaces, all, COUNT(all));
    assert_int_equal(n, COUNT(wanted));
    for (size_t i = 0; i < n; i++) {
        assert_true(text_eq(space_name(all[i]), text_of(wanted[i])));
        space_release(all[i]);
    }
    assert_int_equal(spaces_list(spaces, all, 2), 2);
    space_release(all[0]);
    space_release(all[1]);
}

static void test_keys(void **state)
{
    (void)state;
    const struct kept a = key_of("dv_a"), b = key_of("dv_b");
    assert_true(key_leads_to("dv_a", NULL));
    assert_int_equal(make("a", &a, 0), OK);
    assert_int_equal(make("b", &b, 0), OK);
    assert_true(spaces_have_keys(spaces));
    assert_true(key_leads_to("dv_a", "a") && key_leads_to("dv_b", "b") && key_leads_to("dv_c", NULL));
    assert_int_equal(drop("a"), OK);
    assert_true(key_leads_to("dv_a", NULL) && key_leads_to("dv_b", "b"));
    assert_int_equal(make("a", NULL, 0), OK);
    assert_true(key_leads_to("dv_a", NULL));
    assert_int_equal(drop("b"), OK);
    assert_false(spaces_have_keys(spaces));
}

/* One that is held by a request outlives its end. */
static void test_drop(void **state)
{
    (void)state;
    struct space *a = NULL, *again = NULL;
    assert_int_equal(spaces_use(spaces, T("a"), &a), OK);
    const int64_t id = space_id(a);
    assert_int_equal(spaces_drop(spaces, a), OK);
    assert_false(is_there("a"));
    assert_true(text_eq(space_name(a), T("a")));
    assert_int_equal(spaces_drop(spaces, a), OK); /* twice is no failure */
    assert_int_equal(spaces_count(spaces), 1);
    assert_true(spaces_was_dropped(spaces, T("a")));
    assert_false(spaces_was_dropped(spaces, T("b")));
    assert_int_equal(spaces_use(spaces, T("a"), &again), ERR_SPACE_NOT_FOUND);
    assert_int_equal(spaces_make(spaces, &(struct space_plan){ .name = T("a") }, &again), OK);
    assert_false(spaces_was_dropped(spaces, T("a")));
    assert_true(space_id(again) > id); /* what is kept under an id is never another's */
    space_release(a);
    space_release(again);
}

/* A thousand names are remembered, the last ones. */
static void test_dropped_names(void **state)
{
    (void)state;
    char name[16];
    for (int i = 0; i <= 1000; i++) {
        struct space *space = NULL;
        snprintf(name, sizeof name, "s%d", i);
        assert_int_equal(spaces_use(spaces, text_of(name), &space), OK);
        assert_int_equal(spaces_drop(spaces, space), OK);
        space_release(space);
    }
    assert_false(spaces_was_dropped(spaces, T("s0")));
    assert_true(spaces_was_dropped(spaces, T("s1")));
    assert_true(spaces_was_dropped(spaces, T("s1000")));
}

static void test_ttl(void **state)
{
    (void)state;
    const struct kept key = key_of("dv_short");
    assert_int_equal(make("short", &key, 50000), OK);
    assert_int_equal(make("long", NULL, 3600000), OK);
    assert_int_equal(use("forever"), OK);
    spaces_expire(spaces);
    assert_int_equal(spaces_count(spaces), 4);
    time_passes(50000);
    spaces_expire(spaces);
    assert_false(is_there("short"));
    assert_true(is_there("long") && is_there("forever"));
    assert_true(key_leads_to("dv_short", NULL));
    assert_int_equal(spaces_count(spaces), 3);
}

/* More than are dropped at once. */
static void test_many_expire(void **state)
{
    (void)state;
    for (int i = 0; i < 150; i++) {
        char name[20];
        snprintf(name, sizeof name, "s%d", i);
        assert_int_equal(make(name, NULL, 60000), OK);
    }
    time_passes(60000);
    spaces_expire(spaces);
    assert_int_equal(spaces_count(spaces), 1);
}

static void test_key_when_time_is_over(void **state)
{
    (void)state;
    const struct kept key = key_of("dv_short");
    assert_int_equal(make("short", &key, 50000), OK);
    time_passes(50000);
    assert_true(key_leads_to("dv_short", NULL));
}

static void test_bound(void **state)
{
    (void)state;
    assert_int_equal(make("a", NULL, 50000), OK);
    assert_int_equal(use("b"), OK);
    assert_int_equal(use("c"), ERR_SPACES_FULL);
    assert_int_equal(make("c", NULL, 0), ERR_SPACES_FULL);
    assert_int_equal(make("b", NULL, 0), ERR_SPACE_EXISTS);
    assert_int_equal(use("b"), OK);
    assert_int_equal(drop("b"), OK);
    assert_int_equal(use("c"), OK);
    time_passes(50000);
    assert_int_equal(make("d", NULL, 0), OK); /* in the place of the one whose time is over */
}

static void test_bound_when_time_is_over(void **state)
{
    (void)state;
    assert_int_equal(make("a", NULL, 50000), OK);
    assert_int_equal(use("b"), OK);
    time_passes(50000);
    assert_int_equal(use("c"), OK);
}

/* As after a restart: what the store has is what there is. */
static void test_reopened(void **state)
{
    (void)state;
    char why[256] = "";
    const struct kept key = key_of("dv_a");
    assert_true(make("a", &key, 3600000) == OK && use("b") == OK && use("c") == OK && drop("b") == OK);
    struct spaces *before = spaces;
    spaces = spaces_open(rig.server.store, &rig.config, why, sizeof why);
    assert_string_equal(why, "");
    assert_int_equal(spaces_count(spaces), 3);
    assert_true(is_there("default") && is_there("a") && is_there("c") && !is_there("b"));
    assert_true(key_leads_to("dv_a", "a"));
    struct space *a = spaces_find(spaces, T("a"));
    assert_int_equal(space_ttl(a), 3600000);
    space_release(a);
    assert_int_equal(use("d"), OK);
    spaces_close(spaces);
    spaces = before;
    spaces_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_default, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_every_byte, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_length, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_one_of_each_name, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_list, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_keys, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_drop, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_dropped_names, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_ttl, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_many_expire, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_key_when_time_is_over, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_bound, setup_bounded, rig_teardown),
        cmocka_unit_test_setup_teardown(test_bound_when_time_is_over, setup_bounded, rig_teardown),
        cmocka_unit_test_setup_teardown(test_reopened, setup, rig_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
