/* Flows and codes in time: how long a sign-in can be completed, how long its code is good, and what happens after.
 * Requests come at moments of the test's choosing. */
#include "space/ids.h"
#include "oauth/flow.h"

#include "base/limit.h"
#include "oauth/grant.h"
#include "rig.h"
#include "store/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define ORIGIN "http://mock.test"
#define FORM "application/x-www-form-urlencoded"

static const int64_t start_ms = INT64_C(1800000000000);
static const int64_t minute_ms = 60 * 1000;
static const int64_t hour_ms = 60 * 60 * 1000;
static const int64_t day_ms = 24 * 60 * 60 * 1000;


/* ---- requests at a moment -------------------------------------------------------------------------------- */

struct answer {
    unsigned status;
    char location[2000], body[64 * 1024];
};

static void copy_text(char *to, size_t room, struct text t)
{
    assert_true(t.n < room);
    memcpy(to, t.p, t.n);
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
    const char *location = reply_value(rq, "location");
    ret->status = rq->reply.status;
    copy_text(ret->location, sizeof ret->location, text_of(location ? location : ""));
    copy_text(ret->body, sizeof ret->body, reply_bytes(&rq->reply));
    request_free(rq);
}

/* What stands between `before` and the next quote. */
static void cut_out(const char *from, const char *before, char *ret, size_t room)
{
    const char *at = strstr(from, before);
    if (!at)
        fail_msg("no `%s` in %s", before, from);
    at += strlen(before);
    copy_text(ret, room, (struct text){ at, strcspn(at, "\"") });
}

static struct answer answer;

/* The authorization URL of a start. */
static void start_at(int64_t ms, const char *key, char *ret, size_t room)
{
    send_at(ms, ASK("POST", "/v1/connections/oauth/native/gmail/start", key, JSON,
                    "{\"return_url\":\"http://app.example/\"}", .headers = { { T("Host"), T("mock.test") } }),
            &answer);
    assert_int_equal(answer.status, 200);
    cut_out(answer.body, "\"authorization_url\":\"", ret, room);
}

static void expect_status(int64_t ms, struct ask ask, unsigned status)
{
    send_at(ms, ask, &answer);
    if (answer.status != status)
        fail_msg("%s: expected %u, got %u %s", ask.uri, status, answer.status, answer.body);
}

/* Where it redirects to has to begin like that. */
static void expect_redirect(int64_t ms, const char *uri, const char *prefix)
{
    expect_status(ms, ASK("GET", uri), 302);
    if (strncmp(answer.location, prefix, strlen(prefix)) != 0)
        fail_msg("%s leads to %s", uri, answer.location);
}

#define CALLBACK ORIGIN "/v1/oauth/callback/gmail?code="
#define SUCCESS "http://app.example/?status=success&connection_id="
#define EXPIRED "http://app.example/?status=error&error=invalid_grant&error_description="

/* A start at one moment, its code at another: the callback's URL. */
static void code_at(int64_t start, int64_t consent, const char *key, char *ret, size_t room)
{
    char url[1000];
    start_at(start, key, url, sizeof url);
    expect_redirect(consent, url, CALLBACK);
    copy_text(ret, room, text_of(answer.location));
}

static void expect_connection(const char *id, const char *key, const char *part)
{
    char uri[100];
    snprintf(uri, sizeof uri, "/v2/connections/%.36s", id);
    rig_expect_part(&rig, ASK("GET", uri, key), 200, part);
}

/* ---- flows ----------------------------------------------------------------------------------------------- */

#define HTML .headers = { { T("Accept"), T("text/html") } }

static void test_flow_lives_an_hour(void **state)
{
    (void)state;
    char url[1000];
    assert_int_equal(FLOW_LIFETIME_MS, hour_ms);
    start_at(0, OWNER, url, sizeof url);
    expect_status(hour_ms - 1, ASK("GET", url, HTML), 200);
    expect_redirect(hour_ms - 1, url, CALLBACK);
    expect_status(hour_ms, ASK("GET", url), 400);
    expect_status(hour_ms, ASK("GET", url, HTML), 400);
    expect_status(day_ms, ASK("GET", url), 400);
}

static void test_consent_past_the_hour(void **state)
{
    (void)state;
    char url[1000], token[100], form[200];
    start_at(0, OWNER, url, sizeof url);
    expect_status(hour_ms - 1, ASK("GET", url, HTML), 200);
    cut_out(answer.body, "name=\"form_token\" value=\"", token, sizeof token);
    snprintf(form, sizeof form, "form_token=%s&decision=approve", token);
    expect_status(hour_ms, ASK("POST", url, NULL, FORM, form), 400);
    expect_status(hour_ms - 1, ASK("POST", url, NULL, FORM, form), 303);
}

static void test_callback_past_the_hour(void **state)
{
    (void)state;
    char back[1000], again[1000];
    code_at(0, hour_ms - 1, MEMBER, back, sizeof back);
    code_at(0, hour_ms - 1, MEMBER, again, sizeof again);
    expect_status(hour_ms, ASK("GET", back), 400);
    rig_expect_part(&rig, ASK("GET", "/v1/connections?type=gmail", MEMBER), 200, "\"total\":0");
    expect_redirect(hour_ms - 1, again, SUCCESS);
    rig_expect_part(&rig, ASK("GET", "/v1/connections?type=gmail", MEMBER), 200, "\"total\":1");
}

/* ---- codes ----------------------------------------------------------------------------------------------- */

static void test_code_is_good_for_ten_minutes(void **state)
{
    (void)state;
    char good[1000], late[1000];
    assert_int_equal(CODE_LIFETIME_MS, 10 * minute_ms);
    code_at(0, 20 * minute_ms, OWNER, good, sizeof good);
    expect_redirect(30 * minute_ms - 1, good, SUCCESS);
    code_at(0, 20 * minute_ms, OWNER, late, sizeof late);
    expect_redirect(30 * minute_ms, late, EXPIRED);
}

/* Of two codes of one flow the old one may be over; with it the flow is. */
static void test_expired_code_ends_its_flow(void **state)
{
    (void)state;
    char url[1000], old[1000], fresh[1000];
    start_at(0, OWNER, url, sizeof url);
    expect_redirect(0, url, CALLBACK);
    copy_text(old, sizeof old, text_of(answer.location));
    expect_redirect(11 * minute_ms, url, CALLBACK);
    copy_text(fresh, sizeof fresh, text_of(answer.location));
    expect_redirect(12 * minute_ms, old, EXPIRED);
    expect_redirect(12 * minute_ms, fresh, EXPIRED);
    expect_redirect(12 * minute_ms, url, EXPIRED);
}

/* A used code stays known, and its callback ends where it did. */
static void test_callback_after_days(void **state)
{
    (void)state;
    char back[1000];
    code_at(0, 0, OWNER, back, sizeof back);
    expect_redirect(minute_ms, back, SUCCESS);
    const char *id = answer.location + strlen(SUCCESS);
    char kept[40];
    copy_text(kept, sizeof kept, text_of(id));
    expect_connection(kept, OWNER, "\"has_oauth_tokens\":true");
    expect_redirect(3 * day_ms, back, SUCCESS);
    assert_string_equal(answer.location + strlen(SUCCESS), kept);
    expect_connection(kept, OWNER, "\"has_oauth_tokens\":true");
}

/* The outcome of that name gives a code that has expired at that very moment. */
static void test_expired_on_order(void **state)
{
    (void)state;
    char url[1000], ordered[1100], back[1000];
    start_at(0, OWNER, url, sizeof url);
    snprintf(ordered, sizeof ordered, "%s&mock_outcome=expired_code", url);
    expect_redirect(0, ordered, CALLBACK);
    copy_text(back, sizeof back, text_of(answer.location));
    expect_redirect(0, back, EXPIRED);
}

/* ---- grants ---------------------------------------------------------------------------------------------- */

/* A request inside a transaction. */
static struct request *write_begin(void)
{
    struct request *rq = request_new(&rig.server, T("/"));
    rq->db = rig_db(&rig);
    rq->now = start_ms;
    db_use_space(rq->db, rq->space);
    assert_true(tx_begin(rq->db, TX_WRITE));
    return rq;
}

static void write_end(struct request *rq)
{
    assert_true(tx_commit(rq->db));
    request_free(rq);
}

static struct text issue(struct request *rq, int64_t lifetime_ms)
{
    struct grant grant = {
        .issuer = SET_TEXT(T("google_gmail")),
        .client_id = SET_TEXT(T("duvo")),
        .redirect_uri = SET_TEXT(T("http://h/cb")),
        .scopes = { .is = VALUE_SET },
        .account = SET_TEXT(T("a@b")),
        .redirect_sent = SET_BOOL(true),
    };
    return grant_issue(rq, &grant, (struct v_text){ .is = VALUE_ABSENT }, lifetime_ms);
}

static enum redeemed redeem(struct request *rq, struct text code, const char *issuer, const char *client,
                            const char *redirect)
{
    struct grant grant = { .account = { .is = VALUE_ABSENT } };
    return grant_redeem(rq, code, text_of(issuer), text_of(client), text_of(redirect), (struct text){ NULL, 0 },
                        &grant);
}

static void test_code_is_bound(void **state)
{
    (void)state;
    struct request *rq = write_begin();
    const struct text code = issue(rq, CODE_LIFETIME_MS);
    assert_int_equal(redeem(rq, T("x"), "google_gmail", "duvo", "http://h/cb"), REDEEM_UNKNOWN);
    assert_int_equal(redeem(rq, T(""), "google_gmail", "duvo", "http://h/cb"), REDEEM_UNKNOWN);
    assert_int_equal(redeem(rq, text_clip(code, code.n - 1), "google_gmail", "duvo", "http://h/cb"), REDEEM_UNKNOWN);
    assert_int_equal(redeem(rq, code, "google_drive", "duvo", "http://h/cb"), REDEEM_UNKNOWN);
    assert_int_equal(redeem(rq, code, "google_gmail", "evil", "http://h/cb"), REDEEM_OTHER_CLIENT);
    assert_int_equal(redeem(rq, code, "google_gmail", "duvo", "http://h/cb/"), REDEEM_OTHER_REDIRECT);
    struct grant grant = { .account = { .is = VALUE_ABSENT } };
    assert_int_equal(grant_redeem(rq, code, T("google_gmail"), T("duvo"), T("http://h/cb"), T("another state"),
                                  &grant), REDEEM_OTHER_SIGN_IN);
    assert_int_equal(redeem(rq, code, "google_gmail", "duvo", "http://h/cb"), REDEEMED);
    assert_int_equal(redeem(rq, code, "google_gmail", "duvo", "http://h/cb"), REDEEM_REPLAYED);
    assert_int_equal(redeem(rq, code, "google_gmail", "evil", "http://h/cb"), REDEEM_OTHER_CLIENT);
    assert_int_equal(redeem(rq, issue(rq, 0), "google_gmail", "duvo", "http://h/cb"), REDEEM_EXPIRED);
    write_end(rq);
}

static void test_what_a_grant_gives(void **state)
{
    (void)state;
    struct request *rq = write_begin();
    struct grant grant = { .account = { .is = VALUE_ABSENT } };
    assert_int_equal(grant_redeem(rq, issue(rq, CODE_LIFETIME_MS), T("google_gmail"), T("duvo"), T("http://h/cb"),
                                  (struct text){ NULL, 0 }, &grant), REDEEMED);
    assert_true(text_eq(grant.account.v, T("a@b")));
    assert_int_equal(grant.created_at.v, start_ms);
    assert_int_equal(grant.expires_at.v, start_ms + CODE_LIFETIME_MS);
    write_end(rq);
}

static void test_every_refusal_has_a_text(void **state)
{
    (void)state;
    assert_null(redeemed_text(REDEEMED));
    for (int how = REDEEM_UNKNOWN; how <= REDEEM_REPLAYED; how++)
        assert_non_null(strstr(redeemed_text((enum redeemed)how), "authorization code"));
}

/* ---- tokens and the pending flow ------------------------------------------------------------------------------ */

static void test_tokens(void **state)
{
    (void)state;
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    struct request rq = { .arena = arena_new() };
    const struct text a = token_new(&rq, "state"), b = token_new(&rq, "state");
    assert_int_equal(a.n, 43); /* 256 bits, 6 in a character */
    assert_int_equal(b.n, 43);
    assert_false(text_eq(a, b));
    for (size_t i = 0; i < a.n; i++)
        assert_non_null(memchr(alphabet, a.p[i], sizeof alphabet - 1));
    arena_free(rq.arena);
}

static struct uuid flow_id(uint32_t n)
{
    struct uuid id = { .b = { 0 } };
    memcpy(id.b, &n, sizeof n);
    return id;
}

static struct text begin(struct request *rq, uint32_t n)
{
    struct flow flow = {
        .id = SET_UUID(flow_id(n)),
        .provider = SET_TEXT(T("gmail")),
        .key = SET_TEXT(T("google_gmail")),
        .team_id = SET_UUID(flow_id(0)),
        .user_id = SET_UUID(flow_id(0)),
        .client_id = SET_TEXT(T("duvo")),
        .redirect_uri = SET_TEXT(T("http://h/v1/oauth/callback/gmail")),
        .scopes = { .is = VALUE_SET },
        .properties = { VALUE_SET, T("{}") },
    };
    return flow_begin(rq, &flow);
}

static void test_result_of_a_pending_flow(void **state)
{
    (void)state;
    char uri[100];
    const struct uuid id = flow_id(7);
    struct request *rq = write_begin();
    begin(rq, 7);
    snprintf(uri, sizeof uri, "/_mock/oauth/result/%.*s", TEXT_ARG(uuid_text(rq->arena, &id)));
    write_end(rq);
    rig_expect_part(&rig, ASK("GET", uri), 200, "data-tone=\"neutral\"");
}

static bool flow_is_there(struct request *rq, uint32_t n)
{
    struct flow flow = { .id = { .is = VALUE_ABSENT } };
    const struct uuid id = flow_id(n);
    return flow_get(rq, &id, &flow);
}

/* Now and then the oldest go. */
static void test_flows_are_bounded(void **state)
{
    (void)state;
    enum { FIRST = 1000, SOME = 200, LAST = FIRST + LIMIT_FLOWS + SOME };
    struct request *rq = write_begin();
    struct text last = { NULL, 0 };
    struct flow flow = { .id = { .is = VALUE_ABSENT } };
    for (uint32_t i = FIRST; i <= LAST; i++) {
        rq->now = start_ms + i;
        last = begin(rq, i);
    }
    assert_false(flow_is_there(rq, FIRST));
    assert_false(flow_is_there(rq, FIRST + SOME / 2));
    assert_true(flow_is_there(rq, LAST - LIMIT_FLOWS + 1));
    assert_true(flow_is_there(rq, LAST));
    assert_true(flow_find(rq, last, &flow));
    assert_int_equal(flow.expires_at.v, rq->now + FLOW_LIFETIME_MS);
    write_end(rq);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flow_lives_an_hour),
        cmocka_unit_test(test_consent_past_the_hour),
        cmocka_unit_test(test_callback_past_the_hour),
        cmocka_unit_test(test_code_is_good_for_ten_minutes),
        cmocka_unit_test(test_expired_code_ends_its_flow),
        cmocka_unit_test(test_callback_after_days),
        cmocka_unit_test(test_expired_on_order),
        cmocka_unit_test(test_code_is_bound),
        cmocka_unit_test(test_what_a_grant_gives),
        cmocka_unit_test(test_every_refusal_has_a_text),
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_result_of_a_pending_flow),
        cmocka_unit_test(test_flows_are_bounded),
    };
    return cmocka_run_group_tests(tests, rig_setup, rig_teardown);
}
