/* What sign-ins leave behind is bounded: of codes, tokens, clients, sessions and Composio accounts the oldest go, and
 * the newest stay. */
#include "base/limit.h"
#include "mcp/server/token.h"
#include "oauth/grant.h"
#include "rig.h"
#include "store/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { SOME = 200 }; /* more than is kept; the oldest go now and then */


/* ---- rows ------------------------------------------------------------------------------------------------- */

static struct request *write_request(void)
{
    struct request *rq = request_new(&rig.server, T("/"));
    rq->db = rig_db(&rig);
    db_use_space(rq->db, rq->space);
    assert_true(tx_begin(rq->db, TX_WRITE));
    return rq;
}

static void end_writing(struct request *rq)
{
    assert_true(tx_commit(rq->db));
    request_free(rq);
}

static void test_codes(void **state)
{
    (void)state;
    struct request *rq = write_request();
    struct text first = { NULL, 0 }, last = first;
    for (int i = 0; i < LIMIT_FLOWS + SOME; i++) {
        struct grant grant = {
            .issuer = SET_TEXT(T("google_gmail")), .client_id = SET_TEXT(T("duvo")),
            .redirect_uri = SET_TEXT(T("http://h/cb")), .redirect_sent = SET_BOOL(true),
            .scopes = { .is = VALUE_SET }, .account = SET_TEXT(T("a@b")),
        };
        rq->now++;
        last = grant_issue(rq, &grant, (struct v_text){ .is = VALUE_ABSENT }, CODE_LIFETIME_MS);
        first = first.p ? first : last;
    }
    assert_false(grant_is_known(rq, first));
    assert_true(grant_is_known(rq, last));
    end_writing(rq);
}

static void test_tokens(void **state)
{
    (void)state;
    const struct mcp_token like = {
        .family = SET_UUID((struct uuid){ { 1 } }), .preset = SET_TEXT(T("oauth")), .client_id = SET_TEXT(T("c")),
        .resource = SET_TEXT(T("http://h/")), .account = SET_TEXT(T("a@b")), .scopes = { .is = VALUE_SET },
    };
    struct request *rq = write_request();
    struct text first = { NULL, 0 }, last = first;
    struct mcp_token found;
    for (int i = 0; i < 2 * LIMIT_FLOWS + SOME; i++) {
        rq->now++;
        last = mcp_token_issue(rq, &like, TOKEN_ACCESS);
        first = first.p ? first : last;
    }
    assert_false(mcp_token_find(rq, first, TOKEN_ACCESS, &found));
    assert_true(mcp_token_find(rq, last, TOKEN_ACCESS, &found));
    end_writing(rq);
}

/* ---- requests ----------------------------------------------------------------------------------------------- */

enum { NAME = 100 };

#define HOST { T("Host"), T("mock.test") }
#define MCP_ACCEPT HOST, { T("Accept"), T("application/json, text/event-stream") }

/* Sends it more often than what comes of it is kept, each at a time of its own. The first reply and the last one have a
 * name behind `before`, up to a quote, or as that header's value. */
static void send_many(struct ask ask, const char *header, const char *before, char first[NAME], char last[NAME])
{
    for (int i = 0; i < LIMIT_FLOWS + SOME; i++) {
        bool refused;
        struct request *rq = rig_begin(&rig, ask, (int64_t)strlen(ask.body), &refused);
        assert_true(request_take_body(rq, ask.body, strlen(ask.body)));
        rq->now += i;
        rig_finish(&rig, rq);
        const char *body = text_cstr(rq->arena, reply_bytes(&rq->reply));
        const char *at = header ? reply_value(rq, header) : strstr(body, before);
        assert_non_null(at);
        at += header ? 0 : strlen(before);
        snprintf(i ? last : first, NAME, "%.*s", (int)strcspn(at, "\""), at);
        request_free(rq);
    }
}

static void test_clients(void **state)
{
    (void)state;
    char first[NAME], last[NAME], uri[400];
    send_many(ASK("POST", "/_mock/mcp/oauth/register", NULL, JSON, "{\"redirect_uris\":[\"http://127.0.0.1/cb\"]}",
                  .headers = { HOST }), NULL, "\"client_id\":\"", first, last);
    snprintf(uri, sizeof uri, "/_mock/mcp/oauth/authorize?client_id=%s", first);
    rig_expect_part(&rig, ASK("GET", uri, .headers = { HOST }), 400, "is not a client of this");
    snprintf(uri, sizeof uri, "/_mock/mcp/oauth/authorize?client_id=%s", last);
    rig_expect(&rig, ASK("GET", uri, .headers = { HOST }), 302, NULL);
}

static void test_sessions(void **state)
{
    (void)state;
    static const char initialize[] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
                                     "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                                     "\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
    static const char ping[] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    char first[NAME], last[NAME];
    send_many(ASK("POST", "/_mock/mcp/legacy", NULL, JSON, initialize, .headers = { MCP_ACCEPT }), "mcp-session-id",
              NULL, first, last);
    rig_expect_part(&rig, ASK("POST", "/_mock/mcp/legacy", NULL, JSON, ping,
                              .headers = { MCP_ACCEPT, { T("Mcp-Session-Id"), text_of(first) } }), 404,
                    "Session not found");
    rig_expect_part(&rig, ASK("POST", "/_mock/mcp/legacy", NULL, JSON, ping,
                              .headers = { MCP_ACCEPT, { T("Mcp-Session-Id"), text_of(last) } }), 200,
                    "\"result\":{}");
}

static void test_accounts(void **state)
{
    (void)state;
    char first[NAME], last[NAME], uri[200];
    send_many(ASK("POST", "/v1/connections/composio/start", OWNER, JSON,
                  "{\"auth_config_id\":\"ac_slack\",\"callback_url\":\"http://h/\"}", .headers = { HOST }), NULL,
              "\"connected_account_id\":\"", first, last);
    snprintf(uri, sizeof uri, "/_mock/composio/connect/%s", first);
    rig_expect(&rig, ASK("GET", uri), 404, NULL);
    snprintf(uri, sizeof uri, "/_mock/composio/connect/%s", last);
    rig_expect(&rig, ASK("GET", uri), 302, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_clients),
        cmocka_unit_test(test_sessions),
        cmocka_unit_test(test_accounts),
    };
    return cmocka_run_group_tests(tests, rig_setup, rig_teardown);
}
