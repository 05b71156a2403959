/* Webhooks: where an attempt leaves a delivery, and who learns of a commit. */
#include "api/webhooks.h"

#include "base/limit.h"
#include "delivery/call.h"
#include "rig.h"
#include "space/directory.h"
#include "space/events.h"
#include "store/internal.h"
#include "store/query.h"

#include <sqlite3.h>
#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void test_statuses(void **state)
{
    static const struct {
        unsigned status;
        enum reception reception;
    } rows[] = {
        { 199, RECEPTION_REFUSED }, { 200, RECEPTION_ARRIVED }, { 204, RECEPTION_ARRIVED },
        { 299, RECEPTION_ARRIVED }, { 301, RECEPTION_REFUSED }, { 307, RECEPTION_REFUSED },
        { 400, RECEPTION_REFUSED }, { 404, RECEPTION_REFUSED }, { 408, RECEPTION_AGAIN },
        { 410, RECEPTION_REFUSED }, { 429, RECEPTION_AGAIN },   { 500, RECEPTION_AGAIN },
        { 503, RECEPTION_AGAIN },   { 599, RECEPTION_AGAIN },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(reception_of_status(rows[i].status), rows[i].reception);
}

static struct delivery tried(int64_t tries, enum reception reception, const struct config *config)
{
    struct delivery delivery = { .tries = SET_INT(tries) };
    delivery_judge(&delivery, reception, config, 1000);
    return delivery;
}

/* Each retry after its own time, and after the last the end. */
static void test_retries(void **state)
{
    const struct config config = { .webhook_retry_seconds = { .n = 2, .v = { 5, 30 } } };
    (void)state;
    const struct delivery first = tried(0, RECEPTION_AGAIN, &config);
    assert_int_equal(first.state.v, DELIVERY_RETRYING);
    assert_int_equal(first.tries.v, 1);
    assert_int_equal(first.next_attempt_at.v, 6000);
    assert_int_equal(first.finished_at.is, VALUE_NULL);
    assert_int_equal(tried(1, RECEPTION_AGAIN, &config).next_attempt_at.v, 31000);
    const struct delivery last = tried(2, RECEPTION_AGAIN, &config);
    assert_int_equal(last.state.v, DELIVERY_FAILED);
    assert_int_equal(last.next_attempt_at.is, VALUE_NULL);
    assert_int_equal(last.finished_at.v, 1000);
    assert_int_equal(tried(0, RECEPTION_REFUSED, &config).state.v, DELIVERY_FAILED);
    assert_int_equal(tried(2, RECEPTION_ARRIVED, &config).state.v, DELIVERY_DELIVERED);
    assert_int_equal(tried(0, RECEPTION_AGAIN, &(struct config){ .port = 0 }).state.v, DELIVERY_FAILED);
}

static int64_t heard;

static void hear(void *cls, int64_t space)
{
    (void)cls;
    heard = heard * 100 + space;
}

/* Once for each space, after the commit; not when it is rolled back. */
static void test_announcements(void **state)
{
    (void)state;
    rig_open(&rig, NULL);
    struct db *db = rig_db(&rig);
    store_listen(rig.server.store, hear, NULL);
    assert_true(tx_begin(db, TX_WRITE));
    for (int64_t space = 7; space < 9; space++) {
        db_use_space(db, space);
        db_announce(db);
        db_announce(db);
    }
    assert_int_equal(heard, 0);
    assert_true(tx_commit(db));
    assert_int_equal(heard, 708);
    assert_true(tx_begin(db, TX_WRITE));
    db_announce(db);
    tx_rollback(db);
    assert_true(tx_begin(db, TX_WRITE));
    assert_true(tx_commit(db));
    assert_int_equal(heard, 708);
    store_listen(rig.server.store, NULL, NULL);
    rig_close(&rig);
}

/* Makes so many deliveries in that state at once, of the one subscription that there is. */
static void fill(struct db *db, int n, const char *state)
{
    static int made;
    char sql[1000];
    snprintf(sql, sizeof sql,
             "WITH RECURSIVE k (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k LIMIT %d) INSERT INTO webhook_deliveries"
             " (space, id, seq, webhook_id, event_id, event, team_id, object_id, data, state, attempts, tries,"
             " created_at, next_at) SELECT space, randomblob(16), %d + n, w.id, randomblob(16), 'run.started',"
             " randomblob(16), randomblob(16), '{}', '%s', '[]', 0, 0, iif('%s' = 'retrying', 1000, NULL)"
             " FROM k, webhooks w", n, made, state, state);
    made += n;
    assert_true(tx_begin(db, TX_WRITE));
    assert_int_equal(sqlite3_exec(db->conn->sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_true(tx_commit(db));
}

static int64_t count(struct db *db, const char *state)
{
    const struct v_uuid of_any = { .is = VALUE_NULL };
    const struct v_text any = { .is = VALUE_NULL };
    assert_true(tx_begin(db, TX_READ));
    const int64_t n = query_number(db, SQL_DELIVERY_COUNT, WITH(of_any, any, text_of(state)));
    tx_rollback(db);
    return n;
}

/* However long a subscription is paused: 20,000 deliveries wait, 1,000 that are over are kept, and what was given up
 * says so as an attempt does. The bounds are looked at now and then. */
static void check_bounds(const char *waiting)
{
    static const char given_up[] = ",\"attempts\":[{\"at\":\"20";
    static const char why[] = "Z\",\"duration_ms\":0,\"status\":null,\"error\":\"given up: too many wait\"}],"
                              "\"next_attempt_at\":null,\"created_at\":\"1970-01-01T00:00:00.000Z\","
                              "\"finished_at\":\"1970-01-01T00:00:00.000Z\"";
    rig_open(&rig, NULL);
    rig_expect(&rig, ASK("POST", "/_mock/webhooks", .type = JSON,
                         .body = "{\"url\": \"http://127.0.0.1:1/\", \"paused\": true}"), 201, NULL);
    struct db *db = rig_db(&rig);
    fill(db, LIMIT_DELIVERIES_KEPT, "failed");
    fill(db, LIMIT_DELIVERIES_WAITING, waiting);
    for (int i = 0; i < 3 * 64; i++)
        rig_expect(&rig, ASK("POST", "/v1/connections", .key = OWNER, .type = JSON,
                             .body = "{\"name\": \"A\", \"provider\": \"user\", \"auth_method\": \"url\"}"), 201,
                   NULL);
    assert_in_range(count(db, "pending") + count(db, "retrying"), LIMIT_DELIVERIES_WAITING,
                    LIMIT_DELIVERIES_WAITING + 63);
    assert_in_range(count(db, "failed"), LIMIT_DELIVERIES_KEPT, LIMIT_DELIVERIES_KEPT + 63);
    rig_expect_part(&rig, ASK("GET", "/_mock/webhooks/deliveries?state=failed&limit=1"), 200, given_up);
    rig_expect_part(&rig, ASK("GET", "/_mock/webhooks/deliveries?state=failed&limit=1"), 200, why);
    rig_close(&rig);
}

static void test_bounds(void **state)
{
    (void)state;
    check_bounds("pending");
    check_bounds("retrying");
}

static int count_attempts(struct text attempts)
{
    int n = 0;
    while (attempts.n) {
        n += text_starts(attempts, T("{\"at\":"));
        attempts = text_from(attempts, 1);
    }
    return n;
}

/* What is tried to the end makes room, too; the last 20 attempts are kept. */
static void test_kept(void **state)
{
    struct scratch scratch;
    (void)state;
    rig_open(&rig, NULL);
    rig_expect(&rig, ASK("POST", "/_mock/webhooks", .type = JSON,
                         .body = "{\"url\": \"http://127.0.0.1:1/\", \"paused\": true}"), 201, NULL);
    fill(rig_db(&rig), 1, "pending");
    fill(rig_db(&rig), LIMIT_DELIVERIES_KEPT + 10, "delivered");
    struct space *space = spaces_of_id(rig.server.spaces, 1);
    struct request *rq = courier_request(scratch_begin(&scratch), &rig.server, space);
    struct delivery delivery = { .id = { .is = VALUE_ABSENT } };
    struct delivery_attempt attempt = { SET_TIME(0), SET_INT(1), SET_INT(200), { .is = VALUE_ABSENT },
                                        { .is = VALUE_ABSENT } };
    const struct v_uuid of_any = { .is = VALUE_NULL };
    const struct v_text any = { .is = VALUE_NULL };
    assert_true(tx_begin(rq->db, TX_WRITE));
    assert_true(query_get(rq->db, SQL_DELIVERY_LIST, WITH(of_any, any, T("pending"), 1, 0), &delivery_row, rq->arena,
                          &delivery));
    delivery_judge(&delivery, RECEPTION_AGAIN, rq->config, 0);
    for (int i = 1; i <= 30; i++) {
        attempt.duration_ms = SET_INT(i);
        delivery_keep(rq, &delivery, &attempt);
    }
    assert_true(query_get(rq->db, SQL_DELIVERY_GET, WITH(delivery.id), &delivery_row, rq->arena, &delivery));
    assert_int_equal(count_attempts(delivery.attempts.v), 20);
    assert_true(text_starts(text_from(delivery.attempts.v, text_find(delivery.attempts.v, ',')),
                            T(",\"duration_ms\":11,")));
    assert_true(text_contains(delivery.attempts.v, T("\"duration_ms\":30,")));
    delivery_judge(&delivery, RECEPTION_ARRIVED, rq->config, 0);
    delivery_keep(rq, &delivery, &attempt);
    assert_int_equal(query_number(rq->db, SQL_DELIVERY_COUNT, WITH(of_any, any, any)), LIMIT_DELIVERIES_KEPT);
    assert_true(tx_commit(rq->db));
    courier_request_end(rq);
    space_release(space);
    scratch_end(&scratch);
    rig_close(&rig);
}

/* ---- sent again ------------------------------------------------------------------------------------------------- */

static struct delivery newest(struct request *rq)
{
    const struct v_uuid of_any = { .is = VALUE_NULL };
    const struct v_text any = { .is = VALUE_NULL };
    struct delivery delivery = { .id = { .is = VALUE_ABSENT } };
    assert_true(tx_begin(rq->db, TX_READ));
    assert_true(query_get(rq->db, SQL_DELIVERY_LIST, WITH(of_any, any, any, 1, 0), &delivery_row, rq->arena,
                          &delivery));
    tx_rollback(rq->db);
    return delivery;
}

/* What an attempt of the delivery as it was then has come to; the state that it leaves it in. */
static int record(struct request *rq, struct delivery before, enum reception reception)
{
    const struct delivery_attempt attempt = { SET_TIME(0), SET_INT(1), SET_INT(200), { .is = VALUE_ABSENT },
                                              { .is = VALUE_ABSENT } };
    assert_true(tx_begin(rq->db, TX_WRITE));
    delivery_judge(&before, reception, rq->config, 0);
    delivery_keep(rq, &before, &attempt);
    assert_true(tx_commit(rq->db));
    return newest(rq).state.v;
}

/* An attempt that began before somebody wanted it sent again does not end it, however the two meet: with a file the
 * attempt reads the delivery beside the transaction that wants it. */
static void test_sent_again_meanwhile(void **state)
{
    struct scratch scratch;
    (void)state;
    rig_open(&rig, NULL);
    rig_expect(&rig, ASK("POST", "/_mock/webhooks", .type = JSON, .body = "{\"url\": \"http://127.0.0.1:1/\"}"), 201,
               NULL);
    fill(rig_db(&rig), 1, "retrying");
    struct space *space = spaces_of_id(rig.server.spaces, 1);
    struct request *rq = courier_request(scratch_begin(&scratch), &rig.server, space);
    const struct delivery first = newest(rq);
    const char *resend = text_format(rq->arena, "/_mock/webhooks/deliveries/%.*s/resend",
                                     TEXT_ARG(uuid_text(rq->arena, &first.id.v))).p;
    for (int i = 0; i < 3; i++) {
        const struct delivery before = newest(rq);
        rig_expect(&rig, ASK("POST", resend), 200, NULL);
        assert_int_equal(record(rq, before, RECEPTION_REFUSED), DELIVERY_RETRYING);
    }
    assert_int_equal(newest(rq).next_attempt_at.is, VALUE_SET);
    assert_int_equal(record(rq, newest(rq), RECEPTION_ARRIVED), DELIVERY_DELIVERED);
    rig_expect(&rig, ASK("POST", resend), 200, NULL);
    assert_int_equal(record(rq, newest(rq), RECEPTION_REFUSED), DELIVERY_FAILED);
    courier_request_end(rq);
    space_release(space);
    scratch_end(&scratch);
    rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_statuses),
        cmocka_unit_test(test_retries),
        cmocka_unit_test(test_announcements),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_kept),
        cmocka_unit_test(test_sent_again_meanwhile),
    };
    return cmocka_run_group_tests_name("webhooks", tests, NULL, NULL);
}
