/* Idempotency-Key: what is replayed, what is a conflict, what is another request, and how long it is remembered. */
#include "router/idempotency.h"

#include "base/limit.h"
#include "rig.h"
#include "store/query.h"

#include <stdio.h>
#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { DAY_MS = 24 * 60 * 60 * 1000 };


#define BODY(name) "{\"name\":\"" name "\",\"provider\":\"user\",\"auth_method\":\"url\"}"

static struct ask creation(const char *idempotency_key, const char *body)
{
    struct ask ask = { .method = "POST", .uri = "/v1/connections", .key = OWNER, .type = "application/json",
                       .body = body };
    if (idempotency_key)
        ask.headers[0] = (struct pair){ T("Idempotency-Key"), text_of(idempotency_key) };
    return ask;
}

static int64_t total(const char *key)
{
    struct request *rq = rig_ask(&rig, (struct ask){ .uri = "/v1/connections?limit=1", .key = key });
    const struct text body = text_copy(rq->arena, reply_bytes(&rq->reply));
    const char *found = strstr(body.p, "\"total\":");
    assert_int_equal(rq->reply.status, 200);
    assert_non_null(found);
    const int64_t n = strtoll(found + 8, NULL, 10);
    request_free(rq);
    return n;
}

/* The body that came, in the caller's memory. */
static void send(struct ask ask, unsigned status, bool replayed, char *ret, size_t room)
{
    struct request *rq = rig_ask(&rig, ask);
    const char *header = reply_value(rq, "x-mock-replayed");
    if (rq->reply.status != status || replayed != (header != NULL))
        fail_msg("%u %s %.*s", rq->reply.status, header ? header : "", TEXT_ARG(reply_bytes(&rq->reply)));
    assert_true(!header || strcmp(header, "true") == 0);
    if (ret)
        snprintf(ret, room, "%.*s", TEXT_ARG(reply_bytes(&rq->reply)));
    request_free(rq);
}

static void test_replayed(void **state)
{
    (void)state;
    char first[4000], again[4000];
    const int64_t before = total(OWNER);
    send(creation("k", BODY("x")), 201, false, first, sizeof first);
    for (int i = 0; i < 3; i++) {
        send(creation("k", BODY("x")), 201, true, again, sizeof again);
        assert_string_equal(again, first);
    }
    assert_int_equal(total(OWNER), before + 1);
}

static void test_no_key(void **state)
{
    (void)state;
    const int64_t before = total(OWNER);
    send(creation(NULL, BODY("x")), 201, false, NULL, 0);
    send(creation(NULL, BODY("x")), 201, false, NULL, 0);
    assert_int_equal(total(OWNER), before + 2);
}

static void test_conflict(void **state)
{
    (void)state;
    const int64_t before = total(OWNER);
    send(creation("k", BODY("x")), 201, false, NULL, 0);
    rig_expect(&rig, creation("k", BODY("y")), 409,
               "{\"error\":\"Conflict\",\"message\":\"This Idempotency-Key was used before with a different request "
               "body\"}");
    send(creation("k", BODY("x") " "), 409, false, NULL, 0); /* the bytes count */
    send(creation("k", BODY("x")), 201, true, NULL, 0);
    assert_int_equal(total(OWNER), before + 1);
}

/* Another key, person or path is another request. */
static void test_what_it_belongs_to(void **state)
{
    (void)state;
    struct ask ask = creation("k", BODY("x"));
    send(ask, 201, false, NULL, 0);
    send(creation("K", BODY("x")), 201, false, NULL, 0);
    ask.key = MEMBER;
    send(ask, 201, false, NULL, 0);
    send(ask, 201, true, NULL, 0);
    ask.uri = "/v2/teams/" TEAM "/connections";
    send(ask, 201, false, NULL, 0);
    send(ask, 201, true, NULL, 0);
    ask.uri = "/v2/teams/" TEAM "/connections?x";
    send(ask, 201, false, NULL, 0);
}

/* A request that failed was not done, and can be done with the same key. */
static void test_failures_are_not_kept(void **state)
{
    (void)state;
    send(creation("k", "{}"), 400, false, NULL, 0);
    send(creation("k", BODY("")), 400, false, NULL, 0);
    struct ask ask = creation("k", BODY("x"));
    ask.key = "dv_nobody";
    send(ask, 401, false, NULL, 0);
    static const char missing[] = "{\"name\":\"x\",\"provider\":\"user\",\"auth_method\":\"url\","
                                  "\"custom_integration_id\":\"6f1d2c3b-3333-4aaa-8bbb-000000000009\"}";
    send(creation("k", missing), 404, false, NULL, 0);
    send(creation("k", BODY("x")), 201, false, NULL, 0);
    send(creation("k", BODY("x")), 201, true, NULL, 0);
    send(creation("k", "{}"), 400, false, NULL, 0); /* validation comes first */
}

static void test_keys(void **state)
{
    (void)state;
    char longest[LIMIT_IDEMPOTENCY_KEY + 2];
    memset(longest, 'k', sizeof longest - 1);
    longest[LIMIT_IDEMPOTENCY_KEY + 1] = '\0';
    rig_expect_part(&rig, creation(longest, BODY("x")), 400, "headers/idempotency-key Expected 1 to 255 characters");
    longest[LIMIT_IDEMPOTENCY_KEY] = '\0';
    send(creation(longest, BODY("x")), 201, false, NULL, 0);
    send(creation(longest, BODY("x")), 201, true, NULL, 0);
    rig_expect_part(&rig, creation("", BODY("x")), 400, "Expected 1 to 255 characters");
    rig_expect_part(&rig, creation("\xFF", BODY("x")), 400, "Expected valid UTF-8");
    send(creation("k'\"; --\xC3\xA4", BODY("x")), 201, false, NULL, 0);
    send(creation("k'\"; --\xC3\xA4", BODY("x")), 201, true, NULL, 0);
}

/* Every change, and no read. */
static void test_methods(void **state)
{
    (void)state;
    const struct pair header = { T("idempotency-key"), T("k") };
    const struct ask patch = { .method = "PATCH", .uri = "/v1/connections/6f1d2c3b-4444-4aaa-8bbb-000000000009",
                               .key = OWNER, .type = "application/json", .body = "{}", .headers = { header } };
    const struct ask list = { .uri = "/v1/connections", .key = OWNER, .headers = { header } };
    for (int i = 0; i < 2; i++) {
        send(patch, 200, i > 0, NULL, 0);
        send(list, 200, false, NULL, 0);
    }
}

/* Sends it at another time than now. */
static void send_at(struct ask ask, int64_t later_ms, unsigned status, bool replayed)
{
    bool refused;
    struct request *rq = rig_begin(&rig, ask, (int64_t)strlen(ask.body), &refused);
    rq->now += later_ms;
    assert_true(request_take_body(rq, ask.body, strlen(ask.body)));
    rig_finish(&rig, rq);
    assert_int_equal(rq->reply.status, status);
    assert_int_equal(rq->replayed, replayed);
    request_free(rq);
}

static void test_forgotten_after_a_day(void **state)
{
    (void)state;
    const struct ask ask = creation("k", BODY("x"));
    send_at(ask, 0, 201, false);
    send_at(ask, DAY_MS - 10000, 201, true);
    send_at(creation("k", BODY("y")), DAY_MS - 10000, 409, false);
    send_at(ask, DAY_MS + 10000, 201, false);
    send_at(ask, DAY_MS + 20000, 201, true);
    send_at(creation("k", BODY("y")), 2 * DAY_MS + 30000, 201, false); /* another body is no conflict any more */
}

static int64_t kept(void)
{
    struct db *db = rig_db(&rig);
    int64_t n = -1;
    assert_true(tx_begin(db, TX_READ));
    {
        QUERY q = query(db, SQL_IDEMPOTENCY_COUNT);
        if (query_row(&q))
            n = col_int(&q, 0);
    }
    assert_true(tx_commit(db));
    return n;
}

/* The oldest go, so that at no time there are many more than may be. */
static void test_bounded(void **state)
{
    (void)state;
    char key[32];
    for (int i = 0; i < LIMIT_IDEMPOTENCY_ROWS + 200; i++) {
        snprintf(key, sizeof key, "key-%d", i);
        send_at(creation(key, BODY("x")), i, 201, false);
    }
    assert_in_range(kept(), LIMIT_IDEMPOTENCY_ROWS, LIMIT_IDEMPOTENCY_ROWS + 64);
    send_at(creation(key, BODY("x")), LIMIT_IDEMPOTENCY_ROWS + 200, 201, true);
    send_at(creation("key-0", BODY("x")), LIMIT_IDEMPOTENCY_ROWS + 200, 201, false);
    for (int i = 0; i < 64; i++) {
        snprintf(key, sizeof key, "late-%d", i);
        send_at(creation(key, BODY("x")), 3 * (int64_t)DAY_MS, 201, false);
    }
    assert_in_range(kept(), 1, 128);
}

static bool file_contains(struct arena *arena, const char *path, struct text part)
{
    return text_contains(file_content(arena, path), part);
}

/* What is kept is a keyed hash of the body, not the body: the file does not have it, while it has the key's name. */
static void test_no_secret_is_kept(void **state)
{
    (void)state;
    static const char body[] = "{\"name\":\"x\",\"provider\":\"user\",\"auth_method\":\"headers\","
                               "\"headers\":{\"secret\":{\"A\":\"hush-hush\"}}}";
    struct arena *arena = arena_new();
    char *folder = folder_new(), reply[4000];
    const char *path = text_format(arena, "%s/state.db", folder).p;
    rig_open(&rig, (const char *const[]){ "--db", path, NULL });
    send(creation("key-in-the-file", body), 201, false, reply, sizeof reply);
    assert_null(strstr(reply, "hush"));
    send(creation("key-in-the-file", body), 201, true, reply, sizeof reply);
    assert_null(strstr(reply, "hush"));
    rig_close(&rig);
    assert_true(file_contains(arena, path, T("key-in-the-file")));
    assert_false(file_contains(arena, path, T("hush-hush")));
    assert_false(file_contains(arena, path, T(OWNER)));
    folder_remove(folder);
    arena_free(arena);
    arena_trim();
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_replayed),
        TEST(test_no_key),
        TEST(test_conflict),
        TEST(test_what_it_belongs_to),
        TEST(test_failures_are_not_kept),
        TEST(test_keys),
        TEST(test_methods),
        TEST(test_forgotten_after_a_day),
        TEST(test_bounded),
        cmocka_unit_test(test_no_secret_is_kept),
    };
    return cmocka_run_group_tests_name("idempotency", tests, NULL, NULL);
}
