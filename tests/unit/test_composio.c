/* Connected accounts in time: how long consent can be given, what a late one gets, and how many are kept. Requests come
 * at moments of the test's choosing. */
#include "oauth/composio.h"

#include "base/limit.h"
#include "rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const int64_t start_ms = INT64_C(1800000000000);
static const int64_t hour_ms = 60 * 60 * 1000;


/* ---- requests at a moment -------------------------------------------------------------------------------- */

struct answer {
    unsigned status;
    char location[1000], body[64 * 1024];
};

static void copy_text(char *to, size_t room, struct text t)
{
    assert_true(t.n < room);
    memcpy(to, t.p ? t.p : "", t.n);
    to[t.n] = '\0';
}

/* `ms` after the start of time. */
static void send_at(int64_t ms, struct ask ask, struct answer *ret)
{
    bool refused;
    const size_t n = ask.body ? strlen(ask.body) : 0;
    struct request *rq = rig_begin(&rig, ask, (int64_t)n, &refused);
    assert_false(refused);
    rq->now = start_ms + ms;
    if (n)
        assert_true(request_take_body(rq, ask.body, n));
    rig_finish(&rig, rq);
    ret->status = rq->reply.status;
    copy_text(ret->location, sizeof ret->location, text_of(reply_value(rq, "location")));
    copy_text(ret->body, sizeof ret->body, reply_bytes(&rq->reply));
    request_free(rq);
}

static struct answer answer;

static void expect_at(int64_t ms, struct ask ask, unsigned status, const char *part)
{
    send_at(ms, ask, &answer);
    if (answer.status != status || !strstr(answer.body, part))
        fail_msg("%s: expected %u %s, got %u %s", ask.uri, status, part, answer.status, answer.body);
}

/* The id of a new account. */
static void start_at(int64_t ms, const char *config, char *ret, size_t room)
{
    char body[300];
    const bool is_oauth = strcmp(config, "ac_slack") == 0;
    snprintf(body, sizeof body, "{\"auth_config_id\":\"%s\",\"callback_url\":\"http://app.example/\"%s}", config,
             is_oauth ? "" : ",\"auth_scheme\":\"API_KEY\",\"auth_fields\":{\"k\":\"v\"}");
    send_at(ms, ASK("POST", "/v1/connections/composio/start", OWNER, JSON, body,
                    .headers = { { T("Host"), T("mock.test") } }), &answer);
    assert_int_equal(answer.status, 200);
    const char *at = strstr(answer.body, "\"connected_account_id\":\"");
    assert_non_null(at);
    at += sizeof "\"connected_account_id\":\"" - 1;
    copy_text(ret, room, (struct text){ at, strcspn(at, "\"") });
}

static void page_at(int64_t ms, const char *account, unsigned status, const char *location)
{
    char uri[200];
    snprintf(uri, sizeof uri, "/_mock/composio/connect/%s", account);
    send_at(ms, ASK("GET", uri), &answer);
    assert_int_equal(answer.status, status);
    assert_non_null(strstr(answer.location, location));
}

static void complete_at(int64_t ms, const char *account, unsigned status, const char *part)
{
    char body[200];
    snprintf(body, sizeof body, "{\"connected_account_id\":\"%s\"}", account);
    expect_at(ms, ASK("POST", "/_mock/oauth/complete", .type = JSON, .body = body), status, part);
}

static void finalize_at(int64_t ms, const char *app, const char *account, unsigned status, const char *part)
{
    char body[300];
    snprintf(body, sizeof body, "{\"app\":\"%s\",\"integration_name\":\"x\",\"connected_account_id\":\"%s\"}", app,
             account);
    expect_at(ms, ASK("POST", "/v1/connections/composio/finalize", OWNER, JSON, body,
                      .headers = { { T("Host"), T("mock.test") } }), status, part);
}

/* ---- tests ------------------------------------------------------------------------------------------------- */

static void test_in_time(void **state)
{
    (void)state;
    char account[100];
    start_at(0, "ac_slack", account, sizeof account);
    finalize_at(hour_ms - 1, "slack", account, 400, "the account is INITIATED, not ACTIVE");
    page_at(hour_ms - 1, account, 302, "status=success");
}

static void test_too_late(void **state)
{
    (void)state;
    char account[100];
    start_at(0, "ac_slack", account, sizeof account);
    page_at(hour_ms, account, 400, "");
    assert_string_equal(answer.location, "");
    complete_at(hour_ms, account, 400, "EXPIRED");
    finalize_at(hour_ms, "slack", account, 400, "the account is EXPIRED, not ACTIVE");
}

/* Only waiting ends: what was consented to in time can be finalized whenever. */
static void test_active_for_ever(void **state)
{
    (void)state;
    char consented[100], key[100];
    start_at(0, "ac_slack", consented, sizeof consented);
    start_at(0, "ac_shopify", key, sizeof key);
    page_at(hour_ms - 1, consented, 302, "status=success");
    finalize_at(1000 * hour_ms, "slack", consented, 201, "integration_id");
    finalize_at(1000 * hour_ms, "shopify", key, 201, "integration_id");
}

/* A refusal stays one. */
static void test_failed_for_ever(void **state)
{
    (void)state;
    char account[100], uri[200];
    start_at(0, "ac_slack", account, sizeof account);
    snprintf(uri, sizeof uri, "/_mock/composio/connect/%s?mock_outcome=deny", account);
    send_at(1, ASK("GET", uri), &answer);
    assert_int_equal(answer.status, 302);
    finalize_at(2 * hour_ms, "slack", account, 400, "the account is FAILED, not ACTIVE");
}

/* The oldest go, whatever their state. */
static void test_bounded(void **state)
{
    (void)state;
    char first[100], last[100];
    start_at(0, "ac_shopify", first, sizeof first);
    for (int i = 1; i <= LIMIT_FLOWS + 200; i++)
        start_at(i, "ac_shopify", last, sizeof last);
    finalize_at(hour_ms, "shopify", first, 404, "Composio connected account not found");
    finalize_at(hour_ms, "shopify", last, 201, "integration_id");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_in_time), TEST(test_too_late), TEST(test_active_for_ever), TEST(test_failed_for_ever),
        TEST(test_bounded),
    };
    return cmocka_run_group_tests_name("composio", tests, NULL, NULL);
}
