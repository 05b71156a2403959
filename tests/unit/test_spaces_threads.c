/* Spaces among threads: many worlds side by side, spaces that come and go, requests that lose theirs midway. */
#include "space/directory.h"

#include "base/clock.h"
#include "passing.h"
#include "rig.h"
#include "store/query.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct spaces *spaces;

static int setup(void **state)
{
    (void)state;
    rig_open(&rig, NULL);
    spaces = rig.server.spaces;
    return 0;
}

static void drop(const char *name)
{
    struct space *space = spaces_find(spaces, text_of(name));
    if (space)
        assert_int_equal(spaces_drop(spaces, space), OK);
    space_release(space);
}

/* ---- requests that are under way --------------------------------------------------------------------------- */

static struct request *begin_in(const char *space, struct ask ask)
{
    bool refused;
    ask.headers[0] = (struct pair){ T("X-Mock-Space"), text_of(space) };
    ask.headers[1] = (struct pair){ T("Host"), T("localhost") };
    const size_t n = ask.body ? strlen(ask.body) : 0;
    struct request *rq = rig_begin(&rig, ask, (int64_t)n, &refused);
    assert_false(refused);
    if (n)
        assert_true(request_take_body(rq, ask.body, n));
    return rq;
}

static unsigned finish(struct request *rq)
{
    rig_finish(&rig, rq);
    const unsigned status = rq->reply.status;
    request_free(rq);
    return status;
}

/* Of the store. */
static int64_t count_space_rows(void)
{
    struct db *db = rig_db(&rig);
    int64_t n = 0;
    assert_true(tx_begin(db, TX_READ));
    for (int64_t id = -10; id < 1000; id++) {
        db_use_space(db, id);
        QUERY q = query(db, SQL_SPACE_GET);
        n += query_row(&q);
    }
    tx_rollback(db);
    return n;
}

/* A space that goes while requests work on it is empty for them, and that is no failure of the mock. */
static void test_dropped_midway(void **state)
{
    (void)state;
    static const struct ask asks[] = {
        { .uri = "/v1/connections", .key = OWNER },
        { .method = "DELETE", .uri = "/v1/connections/6f1d2c3b-4444-4aaa-8bbb-000000000010", .key = OWNER },
        { .method = "POST", .uri = "/v1/connections/oauth/native/gmail/start", .key = OWNER },
        { .method = "POST", .uri = "/_mock/oauth/next", .type = JSON, .body = "{\"outcome\":\"deny\"}" },
        { .method = "POST", .uri = "/_mock/reset" },
        { .method = "PUT", .uri = "/_mock/snapshots/mine" },
        { .uri = "/_mock/snapshots" },
        { .uri = "/_mock/clock" },
        { .uri = "/_mock/settings" },
    };
    for (size_t i = 0; i < COUNT(asks); i++) {
        char name[] = "a"; /* a name that was dropped does not come back by being used */
        name[0] = (char)('a' + i);
        struct request *rq = begin_in(name, asks[i]);
        drop(name);
        const unsigned status = finish(rq);
        if (status >= 500)
            fail_msg("%s %s: %u", asks[i].method ? asks[i].method : "GET", asks[i].uri, status);
    }
}

/* What such a request would store is nobody's. */
static void test_snapshot_after_drop(void **state)
{
    (void)state;
    struct request *rq = begin_in("a", (struct ask){ .method = "PUT", .uri = "/_mock/snapshots/mine" });
    drop("a");
    finish(rq);
    assert_int_equal(count_space_rows(), 2); /* the template and the default space */
}

/* A reply that was made under old settings must not be kept for those who ask under new ones. */
static void test_settings_change_midway(void **state)
{
    (void)state;
    const struct ask list = { .uri = "/v1/connections?limit=1", .key = OWNER,
                              .headers = { { T("X-Mock-Space"), T("a") } } };
    struct request *rq = begin_in("a", (struct ask){ .uri = "/v1/connections?limit=1", .key = OWNER });
    rig_expect(&rig, ASK("PATCH", "/_mock/s/a/_mock/settings", NULL, JSON, "{\"v1_list_keys\":\"connections\"}"), 200,
               NULL);
    assert_int_equal(finish(rq), 200);
    rq = rig_ask(&rig, list);
    const bool fresh = !text_contains(reply_bytes(&rq->reply), T("\"integrations\":"));
    request_free(rq);
    assert_true(fresh);
}

/* ---- threads --------------------------------------------------------------------------------------------- */

enum { WORLDS = 20, ROUNDS = 10, RACERS = 4, RACES = 100 };

/* Sends it without looking whether the thread's connection is idle afterwards, which takes a lock of all. */
static struct request *send(struct ask ask)
{
    bool refused;
    const size_t n = ask.body ? strlen(ask.body) : 0;
    struct request *rq = rig_begin(&rig, ask, (int64_t)n, &refused);
    if (n && !refused)
        request_take_body(rq, ask.body, n);
    rig_run(rq);
    return rq;
}

static bool answers(struct ask ask, unsigned status, const char *part)
{
    struct request *rq = send(ask);
    const bool right = rq->reply.status == status && text_contains(reply_bytes(&rq->reply), text_of(part));
    request_free(rq);
    return right;
}

static size_t occurrences(struct text in, struct text of)
{
    size_t n = 0;
    for (const char *p = in.p; (p = memmem(p, in.n - (size_t)(p - in.p), of.p, of.n)) != NULL; p += of.n)
        n++;
    return n;
}

/* Its own ones, and no other thread's. */
static bool sees_its_own(const char *space, const char *mine, size_t count)
{
    struct request *rq = send((struct ask){ .uri = "/v1/connections?type=custom_mcp", .key = OWNER,
                                            .headers = { { T("X-Mock-Space"), text_of(space) } } });
    const struct text body = reply_bytes(&rq->reply);
    const bool right = rq->reply.status == 200 && occurrences(body, text_of(mine)) == 2 * count &&
                       occurrences(body, T("\"name\":\"of ")) == 2 * count; /* v1 has two arrays */
    request_free(rq);
    return right;
}

static void *live(void *cls)
{
    const int i = *(const int *)cls;
    char space[20], mine[40], body[200], limit[40], settings[60];
    intptr_t wrong = 0;
    snprintf(space, sizeof space, "world-%d", i);
    snprintf(mine, sizeof mine, "\"name\":\"of %d.\"", i);
    snprintf(body, sizeof body, "{%s,\"provider\":\"user\",\"auth_method\":\"url\"}", mine);
    snprintf(limit, sizeof limit, "\"rate_limit\":%d", 1000 + i);
    snprintf(settings, sizeof settings, "{%s}", limit);
    const struct pair header = { T("X-Mock-Space"), text_of(space) };
    wrong += !answers(ASK("PATCH", "/_mock/settings", NULL, JSON, settings, .headers = { header }), 200, limit);
    for (size_t round = 1; round <= ROUNDS; round++) {
        wrong += !answers(ASK("POST", "/v1/connections", OWNER, JSON, body, .headers = { header }), 201, mine);
        wrong += !sees_its_own(space, mine, round);
    }
    wrong += !answers(ASK("GET", "/_mock/settings", .headers = { header }), 200, limit);
    wrong += !answers(ASK("POST", "/_mock/reset", .headers = { header }), 200, "\"connections\":14");
    wrong += !sees_its_own(space, mine, 0);
    arena_trim();
    return (void *)wrong;
}

static intptr_t run_all(size_t n, void *(*run)(void *cls), int *numbers)
{
    pthread_t threads[WORLDS];
    intptr_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        numbers[i] = (int)i;
        assert_int_equal(pthread_create(&threads[i], NULL, run, &numbers[i]), 0);
    }
    for (size_t i = 0; i < n; i++) {
        void *result;
        assert_int_equal(pthread_join(threads[i], &result), 0);
        wrong += (intptr_t)result;
    }
    return wrong;
}

static void test_worlds_apart(void **state)
{
    (void)state;
    static int numbers[WORLDS];
    assert_int_equal(run_all(WORLDS, live, numbers), 0);
    assert_int_equal(spaces_count(spaces), WORLDS + 1);
}

static void *use_same(void *cls)
{
    struct space *space = NULL;
    char name[20];
    intptr_t wrong = 0;
    for (int i = 0; i < RACES; i++) {
        snprintf(name, sizeof name, "same-%d", i);
        wrong += spaces_use(spaces, text_of(name), &space) != OK;
        space_release(space);
        space = NULL;
    }
    (void)cls;
    arena_trim();
    return (void *)wrong;
}

static void test_all_make_the_same(void **state)
{
    (void)state;
    static int numbers[WORLDS];
    assert_int_equal(run_all(RACERS, use_same, numbers), 0);
    assert_int_equal(spaces_count(spaces), RACES + 1);
}

static void *make_and_drop(void *cls)
{
    intptr_t wrong = 0;
    for (int i = 0; i < RACES; i++) {
        struct space *space = NULL;
        const enum err err = spaces_make(spaces, &(struct space_plan){ .name = T("shared") }, &space);
        wrong += err != OK && err != ERR_SPACE_EXISTS;
        if (err == ERR_SPACE_EXISTS)
            space = spaces_find(spaces, T("shared")); /* unless it was dropped meanwhile */
        if (space && (i + *(const int *)cls) % 2)
            wrong += spaces_drop(spaces, space) != OK;
        space_release(space);
    }
    arena_trim();
    return (void *)wrong;
}

static void test_make_and_drop(void **state)
{
    (void)state;
    static int numbers[WORLDS];
    const intptr_t wrong = run_all(RACERS, make_and_drop, numbers);
    drop("shared");
    assert_int_equal(spaces_count(spaces), 1);
    assert_int_equal(count_space_rows(), 2); /* the template and the default space */
    assert_int_equal(wrong, 0);
}

/* Requests come for spaces that come and go, with keys that do: whatever they get, no failure of the mock. */
static void *come_and_go(void *cls)
{
    const int me = *(const int *)cls;
    intptr_t wrong = 0;
    for (int i = 0; i < RACES; i++) {
        struct request *rq = me % 2 ? send(ASK("DELETE", "/_mock/spaces/shared"))
                                    : send(ASK("GET", "/_mock/s/shared/v1/connections", OWNER));
        wrong += rq->reply.status >= 500;
        request_free(rq);
    }
    arena_trim();
    return (void *)wrong;
}

static void test_requests_among_drops(void **state)
{
    (void)state;
    static int numbers[WORLDS];
    assert_int_equal(run_all(RACERS, come_and_go, numbers), 0);
}

static void *expire(void *cls)
{
    const int me = *(const int *)cls;
    intptr_t wrong = 0;
    char name[20];
    for (int i = 0; i < RACES; i++) {
        struct space *space = NULL;
        snprintf(name, sizeof name, "s-%d", i % 5);
        struct space_plan plan = { .name = text_of(name), .ttl_ms = 1 };
        const enum err err = spaces_make(spaces, &plan, &space);
        wrong += err != OK && err != ERR_SPACE_EXISTS;
        if (err == OK)
            space_release(space);
        usleep((useconds_t)me * 100);
        spaces_expire(spaces);
    }
    arena_trim();
    return (void *)wrong;
}

static void test_expire_among_makes(void **state)
{
    (void)state;
    static int numbers[WORLDS];
    const intptr_t wrong = run_all(RACERS, expire, numbers);
    usleep(5000);
    spaces_expire(spaces);
    assert_int_equal(spaces_count(spaces), 1);
    assert_int_equal(count_space_rows(), 2);
    assert_int_equal(wrong, 0);
}

/* ---- use at the very end ---------------------------------------------------------------------------------------- */

enum { TTL_MS = 1000 };

/* Who has found a space has used it. */
static void test_finding_is_use(void **state)
{
    struct space *space = NULL;
    (void)state;
    assert_int_equal(spaces_make(spaces, &(struct space_plan){ .name = T("a"), .ttl_ms = TTL_MS }, &space), OK);
    space_release(space);
    for (int i = 0; i < 3; i++) {
        time_passes(TTL_MS * 3 / 4);
        assert_int_equal(spaces_look(spaces, T("a"), &space), OK);
        space_release(space);
        spaces_expire(spaces);
    }
    time_passes(2 * TTL_MS);
    assert_int_equal(spaces_look(spaces, T("a"), &space), ERR_SPACE_NOT_FOUND);
}

static atomic_bool over;

static void *expire_all(void *unused)
{
    (void)unused;
    while (!atomic_load(&over)) {
        time_passes(1);
        spaces_expire(spaces);
    }
    arena_trim();
    return NULL;
}

/* How often a space was gone before it had been out of use for its time. */
static intptr_t use_late(int rounds)
{
    intptr_t wrong = 0;
    for (int i = 0; i < rounds; i++) {
        struct space *space = NULL;
        const int64_t before_us = clock_steady_us();
        if (spaces_use(spaces, T("late"), &space) != OK)
            continue;
        int64_t now_us = before_us;
        for (bool gone = false; !gone && now_us < before_us + TTL_MS * 1000; now_us = clock_steady_us()) {
            gone = space_is_gone(space);
            wrong += gone && clock_steady_us() < before_us + TTL_MS * 1000;
        }
        space_release(space);
    }
    return wrong;
}

/* It is used again when it is about to be out of use for too long: then it is dropped before, or stays. */
static void test_use_at_the_end(void **state)
{
    enum { EXPIRERS = 3, TIMES = 400 };
    pthread_t threads[EXPIRERS];
    (void)state;
    atomic_store(&over, false);
    for (size_t i = 0; i < EXPIRERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, expire_all, NULL), 0);
    const intptr_t wrong = use_late(TIMES);
    atomic_store(&over, true);
    for (size_t i = 0; i < EXPIRERS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_int_equal(wrong, 0);
}

static int setup_short(void **state)
{
    (void)state;
    rig_open(&rig, (const char *const[]){ "--space-ttl", "1", NULL });
    spaces = rig.server.spaces;
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_dropped_midway, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_snapshot_after_drop, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_settings_change_midway, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_worlds_apart, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_all_make_the_same, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_make_and_drop, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_requests_among_drops, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_expire_among_makes, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_finding_is_use, setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_use_at_the_end, setup_short, rig_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
