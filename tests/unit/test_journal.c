/* The journal: what it forgets first, what it knows of that, and what somebody sees who comes back for what is new. */
#include "space/journal.h"

#include "base/limit.h"
#include "request/route.h"
#include "rig.h"
#include "scratch.h"
#include "space/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { BODY = 1000 };

static struct journal *journal;

static int setup(void **state)
{
    rig_open(&rig, NULL);
    journal = NULL;
    return arena_setup(state);
}

static int teardown(void **state)
{
    journal_free(journal);
    arena_teardown(state);
    rig_close(&rig);
    return 0;
}

static struct text body_of(size_t n)
{
    char *p = arena_alloc(scratch, n + 1);
    memset(p, 'x', n);
    return (struct text){ p, n };
}

/* A request with bodies of that size both ways; what it is asks the router. */
static void add(const char *method, const char *uri, size_t request, size_t reply)
{
    bool refused;
    struct request *rq = rig_begin(&rig, ASK(method, uri, OWNER), 0, &refused);
    const struct text body = body_of(request);
    request_take_body(rq, body.p, body.n);
    rq->reply.status = 200;
    rq->reply.raw = body_of(reply);
    journal_add(journal, rq);
    request_free(rq);
}

/* What is there, a letter for each entry: e has lost both bodies, q has its request's alone, b both. */
static char shape[200];

static bool note_shape(void *cls, const struct journal_entry *entry)
{
    size_t *n = cls;
    assert_true(entry->request_body.lost || entry->request_body.bytes.n == entry->request_body.size);
    assert_false(entry->request_body.lost && !entry->reply_body.lost);
    shape[(*n)++] = entry->request_body.lost ? 'e' : entry->reply_body.lost ? 'q' : 'b';
    return true;
}

static const char *shape_now(void)
{
    size_t n = 0;
    memset(shape, 0, sizeof shape);
    journal_walk(journal, note_shape, &n);
    return shape;
}

static uint64_t dropped;

static void sum_dropped(void *cls, const struct journal_dropped *one)
{
    (void)cls;
    dropped += one->count;
}

static uint64_t dropped_now(void)
{
    dropped = 0;
    journal_each_dropped(journal, sum_dropped, NULL);
    return dropped;
}

/* ---- the order of forgetting -------------------------------------------------------------------------------- */

/* The letters only ever grow from e over q to b: what is older has lost more. */
static void assert_older_lost_more(void)
{
    for (const char *p = shape_now(); p[0] && p[1]; p++)
        assert_true(strchr("eqb", p[0]) <= strchr("eqb", p[1]));
}

static void test_order(void **state)
{
    (void)state;
    journal = journal_new(20 * BODY);
    bool lost_reply = false, lost_request = false;
    for (int i = 0; i < 200; i++) {
        add("POST", "/v1/connections", BODY, BODY);
        assert_older_lost_more();
        const bool replies = strpbrk(shape, "qe"), requests = strchr(shape, 'e');
        assert_true(!requests || lost_reply || replies); /* no request's body before a reply's */
        assert_true(!dropped_now() || lost_request);     /* no entry before a request's body */
        lost_reply |= replies;
        lost_request |= requests;
        assert_int_equal(strlen(shape) + dropped, i + 1);
    }
    assert_true(lost_reply && lost_request && dropped_now());
    assert_int_equal(shape[strlen(shape_now()) - 1], 'b'); /* the newest is spared */
    assert_int_equal(shape[0], 'e');
}

static void test_replies_go_first(void **state)
{
    (void)state;
    journal = journal_new(20 * BODY);
    for (int i = 0; i < 9; i++)
        add("POST", "/v1/connections", BODY, BODY);
    assert_null(strchr(shape_now(), 'e'));
    assert_int_equal(shape[0], 'q');
    assert_int_equal(shape[8], 'b');
    assert_int_equal(dropped_now(), 0);
}

static void test_without_bodies(void **state)
{
    (void)state;
    journal = journal_new(20 * BODY);
    for (int i = 0; i < 100; i++)
        add("GET", "/v1/profile", 0, 0);
    assert_true(dropped_now() > 0);
    assert_int_equal(strlen(shape_now()) + dropped, 100);
    assert_int_equal(strspn(shape, "b"), strlen(shape)); /* what was not there is not lost */
}

static void test_larger_than_all(void **state)
{
    (void)state;
    journal = journal_new(5 * BODY);
    add("POST", "/v1/connections", 10 * BODY, 10 * BODY);
    assert_string_equal(shape_now(), "e");
    journal_free(journal);
    journal = journal_new(10);
    add("POST", "/v1/connections", BODY, BODY);
    assert_string_equal(shape_now(), "");
    assert_int_equal(dropped_now(), 1);
}

static void test_long_bodies(void **state)
{
    (void)state;
    journal = journal_new(1 << 20);
    add("POST", "/v1/connections", LIMIT_JOURNAL_BODY, LIMIT_JOURNAL_BODY);
    assert_string_equal(shape_now(), "b");
    add("POST", "/v1/connections", LIMIT_JOURNAL_BODY, LIMIT_JOURNAL_BODY + 1);
    assert_string_equal(shape_now(), "bq");
}

/* ---- replies that others keep, too ---------------------------------------------------------------------------- */

static unsigned ended;

static void end(struct shared *shared)
{
    (void)shared;
    ended++;
}

/* A reply that is answered again, as router/reply_cache.h has it. */
static void add_kept(struct shared *kept, struct text body)
{
    bool refused;
    struct request *rq = rig_begin(&rig, ASK("GET", "/v1/profile", OWNER), 0, &refused);
    rq->reply.status = 200;
    rq->reply.raw = body;
    rq->cached = shared_hold(kept);
    rq->cached_body = body;
    journal_add(journal, rq);
    request_free(rq);
}

static bool takes_kept(void *cls, const struct journal_entry *entry)
{
    const struct text *body = cls;
    assert_true(entry->reply_body.lost || entry->reply_body.bytes.p == body->p);
    return true;
}

static bool every_other(void *cls, const struct journal_entry *entry)
{
    (void)cls;
    return entry->number % 2;
}

/* Held once for each entry that has it, and no longer. */
static void test_kept_replies(void **state)
{
    (void)state;
    struct shared kept = { 1, end };
    struct text body = body_of(BODY);
    ended = 0;
    journal = journal_new(20 * BODY);
    for (unsigned i = 0; i < 5; i++)
        add_kept(&kept, body);
    assert_int_equal(kept.holders, 6);
    journal_walk(journal, takes_kept, &body);
    journal_remove(journal, every_other, NULL);
    assert_int_equal(kept.holders, 3);
    for (unsigned i = 0; i < 100; i++) {
        add_kept(&kept, body);
        const char *const all = shape_now();
        assert_int_equal(kept.holders, 1 + strlen(all) - strspn(all, "q"));
    }
    assert_true(dropped_now() > 0);
    assert_true(kept.holders > 1);
    journal_walk(journal, takes_kept, &body);
    add("GET", "/v1/profile", 0, BODY); /* a body of its own is copied */
    journal_free(journal);
    journal = NULL;
    assert_int_equal(kept.holders, 1);
    assert_int_equal(ended, 0);
}

static void test_off(void **state)
{
    (void)state;
    journal = journal_new(0);
    assert_false(journal_is_on(journal));
    add("GET", "/v1/profile", 0, 0);
    assert_string_equal(shape_now(), "");
    assert_int_equal(dropped_now(), 1);
}

/* ---- taking out --------------------------------------------------------------------------------------------- */

static bool is_post(void *cls, const struct journal_entry *entry)
{
    (void)cls;
    return text_eq(entry->method, T("POST"));
}

static void test_remove(void **state)
{
    (void)state;
    journal = journal_new(20 * BODY);
    for (int i = 0; i < 100; i++) {
        add("GET", "/v1/profile", 0, BODY);
        add("POST", "/v1/connections", BODY, BODY);
        if (i % 10 == 0)
            journal_remove(journal, is_post, NULL);
    }
    const uint64_t gone = dropped_now();
    journal_remove(journal, is_post, NULL);
    assert_int_equal(dropped_now(), gone);
    assert_true(gone > 0);
    journal_remove(journal, NULL, NULL);
    assert_string_equal(shape_now(), "");
    assert_int_equal(dropped_now(), 0);
    for (int i = 0; i < 3; i++)
        add("POST", "/v1/connections", BODY, BODY);
    assert_string_equal(shape_now(), "bbb");
}

static bool is_third(void *cls, const struct journal_entry *entry)
{
    (void)cls;
    return entry->number % 3 == 0;
}

/* What is forgotten next is the oldest of what is left. */
static void test_remove_between(void **state)
{
    (void)state;
    journal = journal_new(20 * BODY);
    for (int i = 0; i < 200; i++) {
        add("POST", "/v1/connections", BODY, BODY);
        assert_older_lost_more();
        assert_int_equal(shape[strlen(shape) - 1], 'b');
        if (i % 7 == 0)
            journal_remove(journal, is_third, NULL);
    }
    assert_non_null(strstr(shape_now(), "eb"));
}

/* ---- who comes back ----------------------------------------------------------------------------------------- */

static struct {
    int seen, missed, begun;
} reading;

static void see(void *cls, const struct journal_entry *entry)
{
    (void)cls, (void)entry;
    reading.seen++;
}

static void miss(void *cls, const struct journal_dropped *one)
{
    (void)cls, (void)one;
    reading.missed++;
}

static void begin(void *cls)
{
    (void)cls;
    reading.begun++;
}

static void assert_read(struct journal_reader *reader, int seen, bool missed, int begun)
{
    memset(&reading, 0, sizeof reading);
    journal_read(journal, reader);
    assert_int_equal(reading.seen, seen);
    assert_int_equal(reading.missed > 0, missed);
    assert_int_equal(reading.begun, begun);
}

static void test_reader(void **state)
{
    (void)state;
    struct journal_reader reader = { .see = see, .miss = miss, .begin = begin };
    journal = journal_new(1000 * BODY);
    for (int i = 0; i < 300; i++)
        add("GET", "/v1/profile", 0, 10);
    assert_read(&reader, 300, false, 1);
    assert_read(&reader, 0, false, 0);
    add("GET", "/v1/profile", 0, 10);
    assert_read(&reader, 1, false, 0);
    journal_remove(journal, is_post, NULL);
    assert_read(&reader, 301, false, 1);
    journal_remove(journal, NULL, NULL);
    assert_read(&reader, 0, false, 1);
    add("GET", "/v1/profile", 0, 10);
    assert_read(&reader, 1, false, 0);
}

/* What was seen before it was forgotten was not missed. */
static void test_reader_of_what_is_forgotten(void **state)
{
    (void)state;
    struct journal_reader reader = { .see = see, .miss = miss, .begin = begin };
    journal = journal_new(5 * BODY);
    for (int i = 0; i < 100; i++) {
        add("GET", "/v1/profile", 0, 0);
        assert_read(&reader, 1, false, i == 0);
    }
    assert_true(dropped_now() > 0);
    for (int i = 0; i < 100; i++)
        add("GET", "/v1/profile", 0, 0);
    memset(&reading, 0, sizeof reading);
    journal_read(journal, &reader);
    assert_true(reading.missed && reading.seen < 100);
}

/* ---- what may have matched ---------------------------------------------------------------------------------- */

static const struct route *route_named(const char *operation, unsigned version)
{
    for (size_t i = 0; i < route_count; i++)
        if (strcmp(routes[i].operation, operation) == 0 && routes[i].version == version)
            return &routes[i];
    fail_msg("no operation %s", operation);
    return NULL;
}

static void test_may_have_held(void **state)
{
    (void)state;
    static const struct {
        const char *operation, *method, *path;
        bool may;
    } rows[] = {
        { NULL, NULL, NULL, true },
        { "getConnection", NULL, NULL, true },
        { "getConnectionV1", NULL, NULL, true },
        { "getProfile", NULL, NULL, false },
        { NULL, "get", NULL, true },
        { NULL, "HEAD", NULL, true },
        { NULL, "POST", NULL, false },
        { NULL, NULL, "/v1/connections/6f1d2c3b", true },
        { NULL, NULL, "/v1/connections/*", true },
        { NULL, NULL, "*/connections/*", true },
        { NULL, NULL, "*", true },
        { NULL, NULL, "/v1/conn*x", true },
        { NULL, NULL, "/v1/connections", false },
        { NULL, NULL, "/v2/connections/*", false },
        { "getConnection", "GET", "/v1/*", true },
        { "getConnection", "GET", "/v2/*", false },
    };
    const struct journal_dropped gone = { .route = route_named("getConnection", 1), .count = 1 };
    const struct journal_dropped nothing = { .count = 1 }, own = { .route = gone.route, .origin = ORIGIN_SELF };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct match match = { .is = VALUE_SET };
        if (rows[i].operation)
            match.operation = SET_TEXT(text_of(rows[i].operation));
        if (rows[i].method)
            match.method = SET_TEXT(text_of(rows[i].method));
        if (rows[i].path)
            match.path = SET_TEXT(text_of(rows[i].path));
        if (match_may_have_held(scratch, &match, &gone) != rows[i].may)
            fail_msg("row %zu: expected %d", i, rows[i].may);
        assert_false(match_may_have_held(scratch, &match, &own));
        assert_int_equal(match_may_have_held(scratch, &match, &nothing), !rows[i].operation);
        match.origin = (struct v_enum){ VALUE_SET, MATCH_ANY };
        assert_int_equal(match_may_have_held(scratch, &match, &own), match_may_have_held(scratch, &match, &gone));
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_order),
        TEST(test_replies_go_first),
        TEST(test_without_bodies),
        TEST(test_larger_than_all),
        TEST(test_long_bodies),
        TEST(test_kept_replies),
        TEST(test_off),
        TEST(test_remove),
        TEST(test_remove_between),
        TEST(test_reader),
        TEST(test_reader_of_what_is_forgotten),
        TEST(test_may_have_held),
    };
    return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
