/* Bindings: which URLs of the outside world a built-in MCP server stands for, and where they are served. */
#include "mcp/server/binding.h"

#include "rig.h"
#include "scratch.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const char document[] =
    "{\"mcp_bindings\": [{\"url\": \"https://tools.example/a/mcp\", \"preset\": \"legacy\"},"
    " {\"url\": \"https://tools.example/a\", \"preset\": \"modern\"},"
    " {\"url\": \"http://localhost:9/mcp/\", \"preset\": \"paginated\"}]}";

static char *folder;

static int open_rig(void **state)
{
    arena_setup(state);
    folder = folder_new();
    const char *file = file_write(scratch, folder, "bindings.json", text_of(document));
    rig_open(&rig, (const char *const[]){ "--fixtures", "default", "--fixtures", file, NULL });
    return 0;
}

static int close_rig(void **state)
{
    rig_close(&rig);
    folder_remove(folder);
    return arena_teardown(state);
}

/* A request that looks at the store. */
static struct request *begin(void)
{
    struct request *rq = request_new(&rig.server, T("/"));
    rq->db = rig_db(&rig);
    db_use_space(rq->db, 1);
    assert_true(tx_begin(rq->db, TX_READ));
    return rq;
}

static void end(struct request *rq)
{
    tx_rollback(rq->db);
    request_free(rq);
}

/* `path` NULL: nobody stands for it. */
static void expect_path(const char *url, const char *preset, const char *path)
{
    struct request *rq = begin();
    struct text got_path = T("(none)"), got_preset = T("(none)");
    const bool found = mcp_binding_path(rq, text_of(url), &got_path);
    assert_int_equal(mcp_binding_find(rq, text_of(url), &got_preset), found);
    if (found != (path != NULL) || (path && (!text_eq(got_path, text_of(path)) ||
                                             !text_eq(got_preset, text_of(preset)))))
        fail_msg("%s: %.*s of %.*s", url, TEXT_ARG(got_path), TEXT_ARG(got_preset));
    end(rq);
}

static void test_the_url(void **state)
{
    (void)state;
    expect_path("https://mcp.internal.acme.com", "oauth", "/_mock/mcp/oauth");
    expect_path("https://mcp.internal.acme.com/", "oauth", "/_mock/mcp/oauth");
    expect_path("https://mcp.internal.acme.com?sse=1", "oauth", "/_mock/mcp/oauth?sse=1");
    expect_path("https://mcp.internal.acme.com/?sse=1", "oauth", "/_mock/mcp/oauth?sse=1");
    expect_path("http://localhost:9/mcp", "paginated", "/_mock/mcp/paginated");
    expect_path("http://localhost:9/mcp/", "paginated", "/_mock/mcp/paginated");
}

static void test_below(void **state)
{
    (void)state;
    expect_path("https://mcp.internal.acme.com/register", "oauth", "/_mock/mcp/oauth/register");
    expect_path("https://mcp.internal.acme.com/.well-known/openid-configuration", "oauth",
                "/_mock/mcp/oauth/.well-known/openid-configuration");
}

static void test_the_longest_wins(void **state)
{
    (void)state;
    expect_path("https://tools.example/a", "modern", "/_mock/mcp/modern");
    expect_path("https://tools.example/a/mcp", "legacy", "/_mock/mcp/legacy");
    expect_path("https://tools.example/a/mcp2", "modern", "/_mock/mcp/modern/mcp2");
}

static void test_metadata(void **state)
{
    (void)state;
    expect_path("https://mcp.internal.acme.com/.well-known/oauth-protected-resource", "oauth",
                "/.well-known/oauth-protected-resource/_mock/mcp/oauth");
    expect_path("https://tools.example/.well-known/oauth-protected-resource/a/mcp", "legacy",
                "/.well-known/oauth-protected-resource/_mock/mcp/legacy");
    expect_path("https://tools.example/.well-known/oauth-protected-resource/a", "modern",
                "/.well-known/oauth-protected-resource/_mock/mcp/modern");
}

static void test_others(void **state)
{
    (void)state;
    static const char *const urls[] = {
        "https://mcp.internal.acme.com.evil.example", "https://mcp.internal.acme.co", "http://mcp.internal.acme.com",
        "https://mcp.internal.acme.com:8443", "https://x@mcp.internal.acme.com", "https://tools.example",
        "https://tools.example/b", "https://tools.example/.well-known/oauth-protected-resource", "http://localhost:9",
        "http://localhost:9/mcp2", "", "nonsense",
    };
    for (size_t i = 0; i < COUNT(urls); i++)
        expect_path(urls[i], NULL, NULL);
}

static void test_what_was_meant(void **state)
{
    (void)state;
    static const struct {
        const char *as, *preset, *meant;
    } cases[] = {
        { "https://mcp.internal.acme.com/", "oauth", "https://mcp.internal.acme.com" },
        { "https://mcp.internal.acme.com/.well-known/oauth-protected-resource", "oauth",
          "https://mcp.internal.acme.com" },
        { "https://mcp.internal.acme.com", "legacy", NULL },
        { "https://elsewhere.example", "oauth", NULL },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct request *rq = begin();
        struct pair header = { T("X-Mock-As"), text_of(cases[i].as) };
        rq->headers = &header;
        rq->header_count = 1;
        rq->origin = ORIGIN_SELF;
        const struct text meant = mcp_binding_meant(rq, text_of(cases[i].preset));
        rq->origin = ORIGIN_CLIENT;
        assert_null(mcp_binding_meant(rq, text_of(cases[i].preset)).p); /* anybody else's word is nothing */
        if (!text_eq(meant, text_of(cases[i].meant)) || (meant.p != NULL) != (cases[i].meant != NULL))
            fail_msg("%s: %.*s", cases[i].as, TEXT_ARG(meant));
        end(rq);
    }
}

/* ---- in the terms of the URL that is bound --------------------------------------------------------------- */

#define OURS "0123456789abcdef0123456789abcdef"
#define HOST "localhost:1"
#define OUTSIDE "https://mcp.internal.acme.com"
#define OWN "http://" HOST "/_mock/mcp/oauth"
#define LIST "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/list\", \"params\": {\"_meta\": {" \
             "\"io.modelcontextprotocol/protocolVersion\": \"2026-07-28\", " \
             "\"io.modelcontextprotocol/clientCapabilities\": {}}}}"

/* As this process calls itself in the place of `as`. */
static struct request *list_tools(const char *as, const char *key)
{
    struct ask ask = ASK("POST", "/_mock/mcp/oauth", key, JSON, LIST);
    const struct pair headers[] = {
        { T("Host"), T(HOST) }, { T("Accept"), T("application/json, text/event-stream") },
        { T("MCP-Protocol-Version"), T("2026-07-28") }, { T("Mcp-Method"), T("tools/list") },
        { T("X-Mock-As"), text_of(as) }, { T("X-Mock-Token"), T(OURS) },
    };
    memcpy(ask.headers, headers, sizeof headers);
    snprintf(rig.server.token, sizeof rig.server.token, OURS);
    return rig_ask(&rig, ask);
}

static void expect_challenge(const char *as, const char *challenge)
{
    struct request *rq = list_tools(as, NULL);
    assert_int_equal(rq->reply.status, 401);
    assert_string_equal(reply_value(rq, "www-authenticate"), challenge);
    request_free(rq);
}

static void test_challenge_of_bound_url(void **state)
{
    (void)state;
    expect_challenge(OUTSIDE, "Bearer resource_metadata=\"" OUTSIDE "/.well-known/oauth-protected-resource\", "
                              "scope=\"tools:list tools:call\"");
    expect_challenge("https://elsewhere.example", /* a URL that is not bound changes nothing */
                     "Bearer resource_metadata=\"http://" HOST "/.well-known/oauth-protected-resource/_mock/mcp/oauth"
                     "\", scope=\"tools:list tools:call\"");
}

static void test_metadata_of_bound_url(void **state)
{
    (void)state;
    snprintf(rig.server.token, sizeof rig.server.token, OURS);
    const struct ask ask = { .uri = "/.well-known/oauth-protected-resource/_mock/mcp/oauth",
                             .headers = { { T("Host"), T(HOST) }, { T("X-Mock-Token"), T(OURS) },
                                          { T("X-Mock-As"), T(OUTSIDE "/.well-known/oauth-protected-resource") } } };
    rig_expect_part(&rig, ask, 200, "{\"resource\":\"" OUTSIDE "\",\"authorization_servers\":[\"" OWN "\"]");
}

/* The value of a member, or of a query's pair, that begins behind `begin` and ends before `end`. */
static struct text between(struct text whole, const char *begin, char end)
{
    const char *at = memmem(whole.p, whole.n, begin, strlen(begin));
    assert_non_null(at);
    struct text rest = text_from(whole, (size_t)(at - whole.p) + strlen(begin));
    return text_copy(scratch, text_clip(rest, text_find(rest, end)));
}

#define CALLBACK "http%3A%2F%2F127.0.0.1%3A3999%2Fcallback"
#define RESOURCE "https%3A%2F%2Fmcp.internal.acme.com"

static const char *token_for_outside(void)
{
    const struct pair host = { T("Host"), T(HOST) };
    struct request *rq = rig_ask(&rig, (struct ask){
        .method = "POST", .uri = "/_mock/mcp/oauth/register", .type = JSON, .headers = { host },
        .body = "{\"redirect_uris\": [\"http://127.0.0.1:3999/callback\"],"
                " \"token_endpoint_auth_method\": \"none\"}" });
    const struct text client = between(reply_bytes(&rq->reply), "\"client_id\":\"", '"');
    request_free(rq);
    rq = rig_ask(&rig, (struct ask){ .headers = { host }, .uri = text_format(scratch,
        "/_mock/mcp/oauth/authorize?response_type=code&client_id=%.*s&redirect_uri=%s&state=s1&"
        "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&resource=%s%%2F",
        TEXT_ARG(client), CALLBACK, RESOURCE).p });
    const struct text code = between(text_of(reply_value(rq, "location")), "code=", '&');
    request_free(rq);
    rq = rig_ask(&rig, (struct ask){
        .method = "POST", .uri = "/_mock/mcp/oauth/token", .type = "application/x-www-form-urlencoded",
        .headers = { host },
        .body = text_format(scratch, "grant_type=authorization_code&code=%.*s&redirect_uri=%s&client_id=%.*s&"
                                     "code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk&resource=%s",
                            TEXT_ARG(code), CALLBACK, TEXT_ARG(client), RESOURCE).p });
    const struct text token = between(reply_bytes(&rq->reply), "\"access_token\":\"", '"');
    request_free(rq);
    return text_cstr(scratch, token);
}

static void test_token_is_good_there(void **state)
{
    (void)state;
    struct request *rq = list_tools(OUTSIDE "/", token_for_outside());
    assert_int_equal(rq->reply.status, 200);
    assert_true(text_contains(reply_bytes(&rq->reply), T("list_documents")));
    request_free(rq);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_url),
        cmocka_unit_test(test_below),
        cmocka_unit_test(test_the_longest_wins),
        cmocka_unit_test(test_metadata),
        cmocka_unit_test(test_others),
        cmocka_unit_test(test_what_was_meant),
        cmocka_unit_test(test_challenge_of_bound_url),
        cmocka_unit_test(test_metadata_of_bound_url),
        cmocka_unit_test(test_token_is_good_there),
    };
    return cmocka_run_group_tests(tests, open_rig, close_rig);
}
