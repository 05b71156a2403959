/* Webhooks: where an attempt leaves a delivery, and who learns of a commit. */
#include "api/webhooks.h"

#include "base/limit.h"
#include "rig.h"
#include "space/events.h"
#include "store/query.h"

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
    struct rig rig;
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_statuses),
        cmocka_unit_test(test_retries),
        cmocka_unit_test(test_announcements),
    };
    return cmocka_run_group_tests_name("webhooks", tests, NULL, NULL);
}
