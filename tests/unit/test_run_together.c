/* Writes that arrive together: each is done as if alone, in its order, whatever becomes of the others. */
#include "router/transaction.h"
#include "router/write_queue.h"

#include "rig.h"
#include "router/routes.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define MINE "6f1d2c3b-4444-4aaa-8bbb-000000000009"
#define NOBODY "6f1d2c3b-4444-4aaa-8bbb-000000009999"


static int setup(void **state)
{
    (void)state;
    rig_open(&rig, NULL);
    rig.server.writes = write_queue_start();
    return rig.server.writes ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    write_queue_stop(rig.server.writes);
    rig_close(&rig);
    return 0;
}

/* ---- requests that wait -------------------------------------------------------------------------------- */

struct waiting {
    struct request *rq;
    atomic_bool suspended, woken;
};

static void note_suspended(void *cls)
{
    atomic_store(&((struct waiting *)cls)->suspended, true);
}

static void note_woken(void *cls)
{
    atomic_store(&((struct waiting *)cls)->woken, true);
}

static struct waiter waiter_of(struct waiting *w)
{
    return (struct waiter){ note_suspended, note_woken, w };
}

/* Sends it; whether it has to wait. */
static bool waits(struct waiting *w, struct ask ask)
{
    bool refused;
    const size_t n = ask.body ? strlen(ask.body) : 0;
    atomic_store(&w->suspended, false);
    atomic_store(&w->woken, false);
    w->rq = rig_begin(&rig, ask, (int64_t)n, &refused);
    request_take_body(w->rq, ask.body ? ask.body : "", n);
    const bool done = router_finish(w->rq, waiter_of(w));
    assert_int_equal(atomic_load(&w->suspended), !done);
    return !done;
}

static void wait_until_woken(struct waiting *w)
{
    for (int i = 0; i < 20000 && !atomic_load(&w->woken); i++)
        usleep(500);
    assert_true(atomic_load(&w->woken));
    assert_true(router_finish(w->rq, waiter_of(w)));
}

static void check_and_free(struct waiting *w, unsigned status, const char *part)
{
    const struct text got = reply_bytes(&w->rq->reply);
    if (w->rq->reply.status != status || (part && !text_contains(got, text_of(part))))
        fail_msg("%u %.*s\nexpected %u %s", w->rq->reply.status, TEXT_ARG(got), status, part ? part : "");
    request_free(w->rq);
}

#define BODY(name) "{\"name\":\"" name "\",\"provider\":\"user\",\"auth_method\":\"url\"}"

static struct ask creation(const char *key, const char *body)
{
    return (struct ask){ .method = "POST", .uri = "/v1/connections", .key = key, .type = "application/json",
                         .body = body };
}

static struct ask renaming(const char *key, const char *id, const char *body)
{
    struct ask ask = { .method = "PATCH", .key = key, .type = "application/json", .body = body };
    ask.uri = strcmp(id, MINE) == 0 ? "/v1/connections/" MINE : "/v1/connections/" NOBODY;
    return ask;
}

/* ---- alone --------------------------------------------------------------------------------------------- */

static void test_nobody_writes(void **state)
{
    (void)state;
    struct waiting w;
    for (int i = 0; i < 3; i++) {
        assert_false(waits(&w, creation(OWNER, BODY("x"))));
        check_and_free(&w, 201, "\"name\":\"x\"");
    }
    assert_true(write_queue_enter(rig.server.writes)); /* they have left */
    write_queue_leave(rig.server.writes);
}

/* What does not write does not wait. */
static void test_others_pass(void **state)
{
    (void)state;
    struct waiting w;
    assert_true(write_queue_enter(rig.server.writes));
    assert_false(waits(&w, (struct ask){ .uri = "/v1/profile", .key = OWNER }));
    check_and_free(&w, 200, "Olivia");
    assert_false(waits(&w, creation(OWNER, "{}")));
    check_and_free(&w, 400, "body/name");
    assert_false(waits(&w, (struct ask){ .method = "POST", .uri = "/no", .body = BODY("x") }));
    check_and_free(&w, 404, "Route POST:/no not found");
    assert_false(waits(&w, (struct ask){ .uri = "/_mock/health" }));
    check_and_free(&w, 200, "ok");
    write_queue_leave(rig.server.writes);
}

/* ---- together ------------------------------------------------------------------------------------------ */

static const struct pair once = { { "Idempotency-Key", 15 }, { "k", 1 } };

static void test_each_as_if_alone(void **state)
{
    (void)state;
    struct ask asks[] = {
        creation(OWNER, BODY("first")),
        renaming(OWNER, MINE, "{\"name\":\"renamed\"}"),
        renaming(OWNER, NOBODY, "{\"name\":\"renamed\"}"),
        creation("dv_nobody", BODY("x")),
        renaming(MEMBER, MINE, "{\"name\":\"stolen\"}"),
        renaming(MEMBER, MINE, "{\"name\":\"half\",\"shared\":true}"),
        creation(OWNER, BODY("twice")),
        creation(OWNER, BODY("twice")),
        creation(OWNER, BODY("not twice")),
        { .method = "DELETE", .uri = "/v1/connections/" MINE, .key = OWNER },
        { .method = "DELETE", .uri = "/v1/connections/" MINE, .key = OWNER },
    };
    asks[6].headers[0] = asks[7].headers[0] = asks[8].headers[0] = once;
    static const struct {
        unsigned status;
        const char *part;
    } expected[] = {
        { 201, "\"name\":\"first\"" }, { 200, "\"name\":\"renamed\"" }, { 404, "Connection not found" },
        { 401, "Invalid API key" }, { 404, "Connection not found" }, { 403, "Sharing a connection" },
        { 201, "\"name\":\"twice\"" }, { 201, "\"name\":\"twice\"" }, { 409, "different request body" },
        { 200, "deleted" }, { 404, "Connection not found" },
    };
    struct waiting w[COUNT(asks)];
    assert_true(write_queue_enter(rig.server.writes));
    for (size_t i = 0; i < COUNT(asks); i++)
        assert_true(waits(&w[i], asks[i]));
    usleep(20000);
    for (size_t i = 0; i < COUNT(asks); i++)
        assert_false(atomic_load(&w[i].woken)); /* not before the one that writes has left */
    write_queue_leave(rig.server.writes);
    for (size_t i = 0; i < COUNT(asks); i++) {
        wait_until_woken(&w[i]);
        check_and_free(&w[i], expected[i].status, expected[i].part);
    }
    rig_expect(&rig, (struct ask){ .uri = "/v1/connections/" MINE, .key = OWNER }, 404, NULL);
}

/* Nothing of a request that failed stays, though others around it were done. */
static void test_failures_leave_nothing(void **state)
{
    (void)state;
    struct waiting w[3];
    assert_true(write_queue_enter(rig.server.writes));
    assert_true(waits(&w[0], renaming(OWNER, MINE, "{\"name\":\"one\"}")));
    assert_true(waits(&w[1], renaming(MEMBER, MINE, "{\"name\":\"two\",\"shared\":true}")));
    assert_true(waits(&w[2], creation(OWNER, BODY("x"))));
    write_queue_leave(rig.server.writes);
    static const unsigned statuses[] = { 200, 403, 201 };
    for (size_t i = 0; i < COUNT(w); i++) {
        wait_until_woken(&w[i]);
        check_and_free(&w[i], statuses[i], NULL);
    }
    rig_expect_part(&rig, (struct ask){ .uri = "/v1/connections/" MINE, .key = OWNER }, 200, "\"name\":\"one\"");
    rig_expect_part(&rig, (struct ask){ .uri = "/v1/connections/" MINE "/credentials", .key = OWNER }, 200,
                    "\"headers\":{\"X-API-Key\":\"\"}");
}

#define LOADED "6f1d2c3b-4444-4aaa-8bbb-0000000000f1"
#define ROW(id) "{\"id\":\"" id "\",\"name\":\"Loaded\",\"team_id\":\"" TEAM "\"}"

/* One that fails when it has written already: what it wrote is not there, and what others wrote is. */
static void test_failure_after_a_write(void **state)
{
    (void)state;
    struct waiting w[4];
    const struct ask load = { .method = "POST", .uri = "/_mock/fixtures", .type = "application/json",
                              .body = "{\"connections\":[" ROW(LOADED) "," ROW(MINE) "]}" };
    assert_true(write_queue_enter(rig.server.writes));
    assert_true(waits(&w[0], renaming(OWNER, MINE, "{\"name\":\"one\"}")));
    assert_true(waits(&w[1], load));
    assert_true(waits(&w[2], creation(OWNER, BODY("x"))));
    assert_true(waits(&w[3], renaming(OWNER, NOBODY, "{\"name\":\"two\"}")));
    write_queue_leave(rig.server.writes);
    static const unsigned statuses[] = { 200, 400, 201, 404 };
    for (size_t i = 0; i < COUNT(w); i++) {
        wait_until_woken(&w[i]);
        check_and_free(&w[i], statuses[i], i == 1 ? "body/connections/1 is in the space already" : NULL);
    }
    rig_expect(&rig, (struct ask){ .uri = "/v1/connections/" LOADED, .key = OWNER }, 404, NULL);
    rig_expect_part(&rig, (struct ask){ .uri = "/v1/connections/" MINE, .key = OWNER }, 200, "\"name\":\"one\"");
    rig_expect_part(&rig, (struct ask){ .uri = "/v1/connections?limit=1&type=custom_mcp", .key = OWNER }, 200,
                    "\"total\":3,"); /* two are the fixtures' */
}

enum { MANY = 300 };

/* More than are done in one transaction, in the order in which they came. */
static void test_many(void **state)
{
    (void)state;
    static struct waiting w[MANY];
    assert_true(write_queue_enter(rig.server.writes));
    for (size_t i = 0; i < MANY; i++) {
        char body[100];
        snprintf(body, sizeof body, "{\"name\":\"n%zu\",\"provider\":\"user\",\"auth_method\":\"url\"}", i);
        assert_true(waits(&w[i], creation(MEMBER, body)));
    }
    write_queue_leave(rig.server.writes);
    for (size_t i = 0; i < MANY; i++) {
        wait_until_woken(&w[i]);
        check_and_free(&w[i], 201, NULL);
    }
    char last[40];
    snprintf(last, sizeof last, "\"name\":\"n%d\"", MANY - 1);
    rig_expect_part(&rig, (struct ask){ .uri = "/v1/connections?limit=1&type=custom_mcp", .key = MEMBER }, 200, last);
}

/* The rate is counted once for each, together or alone. */
static void test_rate_is_counted_once(void **state)
{
    (void)state;
    struct waiting w[4];
    teardown(NULL);
    rig_open(&rig, (const char *const[]){ "--rate-limit=3", NULL });
    rig.server.writes = write_queue_start();
    assert_true(write_queue_enter(rig.server.writes));
    for (size_t i = 0; i < COUNT(w); i++)
        assert_true(waits(&w[i], creation(OWNER, BODY("x"))));
    write_queue_leave(rig.server.writes);
    for (size_t i = 0; i < COUNT(w); i++) {
        wait_until_woken(&w[i]);
        check_and_free(&w[i], i < 3 ? 201 : 429, NULL);
    }
}

/* Threads that send at once, as the workers of the server do. */
enum { THREADS = 3, EACH = 100 };

static void *send_many(void *unused)
{
    (void)unused;
    intptr_t wrong = 0;
    for (int i = 0; i < EACH; i++) {
        struct waiting w;
        if (waits(&w, creation(OWNER, BODY("x")))) {
            while (!atomic_load(&w.woken))
                usleep(50);
            router_finish(w.rq, waiter_of(&w));
        }
        wrong += w.rq->reply.status != 201;
        request_free(w.rq);
    }
    arena_trim();
    return (void *)wrong;
}

static void test_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    intptr_t wrong = 0;
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, send_many, NULL), 0);
    for (size_t i = 0; i < THREADS; i++) {
        void *result;
        assert_int_equal(pthread_join(threads[i], &result), 0);
        wrong += (intptr_t)result;
    }
    assert_int_equal(wrong, 0);
    rig_expect_part(&rig, (struct ask){ .uri = "/v2/teams/" TEAM "/connections?limit=1&type=custom_mcp", .key = OWNER },
                    200, "\"total\":302,"); /* two are the fixtures' */
}

/* ---- the end ------------------------------------------------------------------------------------------- */

static atomic_bool drained;

static void *drain(void *unused)
{
    (void)unused;
    write_queue_drain(rig.server.writes);
    atomic_store(&drained, true);
    return NULL;
}

static void test_drain_waits(void **state)
{
    (void)state;
    pthread_t thread;
    struct waiting w;
    atomic_store(&drained, false);
    assert_true(write_queue_enter(rig.server.writes));
    assert_true(waits(&w, creation(OWNER, BODY("x"))));
    assert_int_equal(pthread_create(&thread, NULL, drain, NULL), 0);
    usleep(30000);
    assert_false(atomic_load(&drained));
    write_queue_leave(rig.server.writes);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_true(atomic_load(&w.woken)); /* nothing is left in the queue */
    wait_until_woken(&w);
    check_and_free(&w, 201, NULL);
    assert_false(waits(&w, creation(OWNER, BODY("x")))); /* nothing is queued any more */
    check_and_free(&w, 201, NULL);
}

/* Also for one that was writing already when others come and go beside it. */
static void test_drain_waits_for_the_first(void **state)
{
    (void)state;
    pthread_t thread;
    struct waiting w;
    atomic_store(&drained, false);
    assert_true(write_queue_enter(rig.server.writes));
    assert_int_equal(pthread_create(&thread, NULL, drain, NULL), 0);
    usleep(30000);
    const bool waited = waits(&w, creation(OWNER, BODY("x")));
    usleep(30000);
    const bool too_early = atomic_load(&drained);
    write_queue_leave(rig.server.writes);
    assert_int_equal(pthread_join(thread, NULL), 0);
    if (waited)
        wait_until_woken(&w);
    check_and_free(&w, 201, NULL);
    assert_false(too_early);
}

static void test_stop_at_once(void **state)
{
    (void)state;
    write_queue_stop(NULL);
    for (int i = 0; i < 20; i++) {
        struct write_queue *queue = write_queue_start();
        assert_non_null(queue);
        if (i % 2)
            write_queue_drain(queue);
        write_queue_stop(queue);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_nobody_writes),
        TEST(test_others_pass),
        TEST(test_each_as_if_alone),
        TEST(test_failures_leave_nothing),
        TEST(test_failure_after_a_write),
        TEST(test_many),
        TEST(test_rate_is_counted_once),
        TEST(test_threads),
        TEST(test_drain_waits),
        TEST(test_drain_waits_for_the_first),
        TEST(test_stop_at_once),
    };
    return cmocka_run_group_tests_name("run_together", tests, NULL, NULL);
}
