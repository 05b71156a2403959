/* The code grant's client: authorization URLs, token requests, and what comes of the answers. */
#include "mcp/client/token.h"
#include "oauth/client.h"

#include "peer.h"
#include "rig.h"
#include "scratch.h"
#include "trips.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define VERIFIER "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
#define GRANTED PEER_JSON "{\"access_token\":\"at-1\",\"token_type\":\"Bearer\"}"

/* ---- authorization URLs -------------------------------------------------------------------------------- */

static void test_authorization_url(void **state)
{
    (void)state;
    const struct authorization_request in = {
        .client_id = T("c 1&2"), .redirect_uri = T("http://127.0.0.1:1/cb?a=b"), .state = T("s=+/"),
        .code_challenge = T("E9M-_"), .scope = T("a:b c"), .resource = T("https://h/mcp"),
    };
#define QUERY "response_type=code&client_id=c%201%262&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcb%3Fa%3Db" \
              "&state=s%3D%2B%2F&code_challenge=E9M-_&code_challenge_method=S256&scope=a%3Ab%20c" \
              "&resource=https%3A%2F%2Fh%2Fmcp"
    static const char *const rows[][2] = {
        { "https://as/authorize", "https://as/authorize?" QUERY },
        { "https://as", "https://as?" QUERY },
        { "https://as/authorize?", "https://as/authorize?" QUERY },
        { "https://as/authorize?tenant=1", "https://as/authorize?tenant=1&" QUERY },
        { "https://as/authorize?tenant=1&", "https://as/authorize?tenant=1&" QUERY },
        { "https://as/authorize?a=%20b#part", "https://as/authorize?a=%20b&" QUERY },
        { "https://as/authorize#part?x", "https://as/authorize?" QUERY },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_text(rows[i][0], authorization_url(scratch, text_of(rows[i][0]), &in), rows[i][1], 0);
}

static void test_optional_parameters(void **state)
{
    (void)state;
    const struct authorization_request in = { .client_id = T("c"), .redirect_uri = T("r"), .state = T("s"),
                                              .code_challenge = T("x") };
    expect_text("url", authorization_url(scratch, T("https://as/a"), &in),
                "https://as/a?response_type=code&client_id=c&redirect_uri=r&state=s&code_challenge=x"
                "&code_challenge_method=S256", 0);
}

/* ---- token requests ------------------------------------------------------------------------------------ */

struct tried {
    bool ok;
    struct token_grant grant;
    struct token_refusal refusal;
    struct trip trip;
    unsigned port;
};

/* Redeems a code at a peer that gives that reply; each of the parts (the first NULL ends them) has to be in the
 * request, and `absent` (may be NULL) must not. */
static struct tried try_at(struct oauth_client client, const char *reply, const char *const *parts, const char *absent)
{
    const struct peer_rule rules[] = { { .has = "POST /tok HTTP", .reply = reply }, { 0 } };
    struct peer *peer = peer_start(rules, NULL);
    struct tried tried = { .trip = new_trip(), .port = peer_port(peer) };
    const struct code_exchange in = {
        .token_endpoint = peer_url(peer, "/tok"), .code = T("c0de+/1"), .redirect_uri = T("http://h/cb"),
        .code_verifier = T(VERIFIER), .resource = T("https://h/mcp"), .scope = T("asked for"),
    };
    tried.ok = code_redeem(&tried.trip, &client, &in, &tried.grant, &tried.refusal);
    assert_int_equal(tried.ok, !tried.refusal.why.p);
    for (size_t i = 0; parts && parts[i]; i++)
        if (!peer_count(peer, parts[i]))
            fail_msg("the request is without %s", parts[i]);
    if (absent)
        assert_int_equal(peer_count(peer, absent), 0);
    peer_stop(peer);
    return tried;
}

static const struct oauth_client public_client = { .id = { "c/1", 3 } };

static void test_public_client(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "Content-Type: application/x-www-form-urlencoded\r\n", "Accept: application/json\r\n",
        "\r\n\r\ngrant_type=authorization_code&code=c0de%2B%2F1&redirect_uri=http%3A%2F%2Fh%2Fcb"
        "&code_verifier=" VERIFIER "&client_id=c%2F1&resource=https%3A%2F%2Fh%2Fmcp", NULL,
    };
    const struct tried tried = try_at(public_client, GRANTED, parts, "Authorization:");
    assert_true(tried.ok);
    expect_warning(&tried.trip, NULL);
    try_at(public_client, GRANTED, NULL, "client_secret");
}

static void test_basic_client(void **state)
{
    (void)state;
    const struct oauth_client client = { .id = T("c:1"), .secret = secret_of(T("p\xc3\xa4 ss?>")),
                                         .auth = CLIENT_BASIC };
    /* base64 of `c%3A1:p%C3%A4%20ss%3F%3E` */
    static const char *const parts[] = { "Authorization: Basic YyUzQTE6cCVDMyVBNCUyMHNzJTNGJTNF\r\n",
                                         "&client_id=c%3A1&", NULL };
    assert_true(try_at(client, GRANTED, parts, "client_secret").ok);
}

static void test_basic_padding(void **state)
{
    (void)state;
    static const struct { const char *id; const char *header; } rows[] = {
        { "a", "Authorization: Basic YTpz\r\n" }, /* a:s */
        { "ab", "Authorization: Basic YWI6cw==\r\n" },
        { "abc", "Authorization: Basic YWJjOnM=\r\n" },
        { "~~~", "Authorization: Basic fn5+OnM=\r\n" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct oauth_client client = { .id = text_of(rows[i].id), .secret = secret_of(T("s")),
                                             .auth = CLIENT_BASIC };
        const char *const parts[] = { rows[i].header, NULL };
        assert_true(try_at(client, GRANTED, parts, NULL).ok);
    }
}

static void test_post_client(void **state)
{
    (void)state;
    const struct oauth_client client = { .id = T("c"), .secret = secret_of(T("p&=")), .auth = CLIENT_POST };
    static const char *const parts[] = { "&client_id=c&client_secret=p%26%3D&resource=", NULL };
    assert_true(try_at(client, GRANTED, parts, "Authorization:").ok);
}

/* ---- answers ------------------------------------------------------------------------------------------- */

static void test_grants(void **state)
{
    (void)state;
#define TOKEN(more) PEER_JSON "{\"access_token\":\"at-1\",\"token_type\":\"bearer\"" more "}"
    static const struct {
        const char *reply, *scope;
        int64_t expires_in;
        bool refresh;
    } rows[] = {
        { TOKEN(""), "asked for", -1, false },
        { TOKEN(",\"scope\":\"granted\",\"expires_in\":3600,\"refresh_token\":\"rt\""), "granted", 3600, true },
        { TOKEN(",\"scope\":\"\",\"expires_in\":\"60\",\"refresh_token\":\"\""), "", 60, false },
        { TOKEN(",\"scope\":null,\"expires_in\":null,\"refresh_token\":null"), "asked for", -1, false },
        { TOKEN(",\"expires_in\":-5,\"id_token\":\"x\""), "asked for", -1, false },
        { TOKEN(",\"expires_in\":3599.5"), "asked for", 3599, false },
        { TOKEN(",\"expires_in\":3.6e3"), "asked for", 3600, false },
        { TOKEN(",\"expires_in\":\"60.0\""), "asked for", 60, false },
        { TOKEN(",\"expires_in\":1e300"), "asked for", INT64_C(9007199254740991), false },
        { TOKEN(",\"expires_in\":[1]"), "asked for", -1, false },
        { TOKEN(",\"expires_in\":\"\""), "asked for", -1, false },
        { TOKEN(",\"error\":null"), "asked for", -1, false },
        { PEER_JSON "{\"access_token\":\"at-1\",\"token_type\":\"BEARER\",\"expires_in\":0}", "asked for", 0, false },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct tried tried = try_at(public_client, rows[i].reply, NULL, NULL);
        if (!tried.ok)
            fail_msg("%.*s", TEXT_ARG(tried.refusal.why));
        expect_text("scope", tried.grant.scope, rows[i].scope, 0);
        assert_int_equal(tried.grant.expires_in, rows[i].expires_in);
        assert_int_equal(tried.grant.has_refresh_token, rows[i].refresh);
    }
    const struct tried text = try_at(public_client, TOKEN(",\"expires_in\":\"60\""), NULL, NULL);
    expect_warning(&text.trip, "is a string rather than a number");
}

static void test_refusals(void **state)
{
    (void)state;
#define AT "token endpoint http://127.0.0.1:$port/tok: "
#define BAD(body) "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\r\n" body
    static const struct { const char *reply, *error, *why; } rows[] = {
        { BAD("{\"error\":\"invalid_grant\",\"error_description\":\"The code\\r\\nis used up\"}"), "invalid_grant",
          AT "answered 400: invalid_grant: The code is used up" },
        { BAD("{\"error\":\"invalid_target\"}"), "invalid_target",
          AT "answered 400: invalid_target" },
        { PEER_JSON "{\"error\":\"bad_verification_code\",\"error_description\":\"Expired\"}", "server_error",
          AT "answered 200: bad_verification_code: Expired" },
        { "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\n\r\n{\"error\":\"invalid_client\"}",
          "invalid_client",
          AT "answered 401: invalid_client" },
        { PEER_TEXT("500 Oops") "stack", "server_error",
          AT "answered 500" },
        { PEER_TEXT("200 OK") "access_token=at-1&token_type=bearer", "server_error",
          AT "answered 200, but not with JSON" },
        { PEER_TEXT("204 No Content"), "server_error",
          AT "answered 204, but not with JSON" },
        { PEER_JSON "{\"access_token\":\"at-1\"}", "server_error",
          AT "answered 200 with a wrong token answer: token_type Invalid "
                                                   "input: expected string, received undefined" },
        { PEER_JSON "{\"token_type\":\"Bearer\"}", "server_error",
          AT "answered 200 with a wrong token answer: access_token Invalid "
             "input: expected string, received undefined" },
        { PEER_JSON "{\"access_token\":\"\",\"token_type\":\"Bearer\"}", "server_error",
          AT "answered with an empty access_token" },
        { PEER_JSON "{\"access_token\":\"at-1\",\"token_type\":\"DPoP\"}", "server_error",
          AT "answered with a token of the type DPoP, not Bearer" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct tried tried = try_at(public_client, rows[i].reply, NULL, NULL);
        assert_false(tried.ok);
        expect_text("error", tried.refusal.error, rows[i].error, 0);
        expect_text("why", tried.refusal.why, rows[i].why, tried.port);
        assert_false(text_contains(tried.refusal.why, T("at-1")));
    }
}

/* A server that repeats what it was sent. */
static void test_echoes_are_masked(void **state)
{
    (void)state;
    const struct oauth_client client = { .id = T("c"), .secret = secret_of(T("s3cr3t")), .auth = CLIENT_POST };
    const struct tried tried = try_at(client, BAD("{\"error\":\"invalid_grant\",\"error_description\":\"code c0de+/1, "
                                                  VERIFIER ", s3cr3t\"}"), NULL, NULL);
    expect_text("why", tried.refusal.why, AT "answered 400: invalid_grant: code [redacted], [redacted], [redacted]",
                tried.port);
    assert_false(text_contains(buf_text(&tried.trip.trail), T("c0de")));
}

/* Wherever it repeats it, encoded or not: what is said of it gets into a Location and the database. */
static void test_every_echo_is_masked(void **state)
{
    (void)state;
    static const char *const secrets[] = {
        "client-id/canary", "client-id%2Fcanary", "se+cret/canary", "se%2Bcret%2Fcanary", "c0de+/1", "c0de%2B%2F1",
        "Y2xpZW50LWlkJTJGY2FuYXJ5OnNlJTJCY3JldCUyRmNhbmFyeQ==",
    };
    static const char *const replies[] = {
        BAD("{\"error\":\"invalid_client\",\"error_description\":\"it was %s\"}"),
        BAD("{\"error\":\"it was %s\"}"),
        PEER_JSON "{\"access_token\":\"a\",\"token_type\":\"%s\"}",
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/?said=%s\r\nContent-Length: 0\r\n\r\n",
    };
    const struct oauth_client client = { .id = T("client-id/canary"), .secret = secret_of(T("se+cret/canary")),
                                         .auth = CLIENT_BASIC };
    for (size_t i = 0; i < COUNT(replies); i++)
        for (size_t k = 0; k < COUNT(secrets); k++) {
            const size_t at = (size_t)(strstr(replies[i], "%s") - replies[i]);
            const struct text reply = text_format(scratch, "%.*s%s%s", (int)at, replies[i], secrets[k],
                                                  replies[i] + at + 2);
            const struct tried tried = try_at(client, reply.p, NULL, NULL);
            if (text_contains(tried.refusal.why, text_of(secrets[k])) ||
                text_contains(buf_text(&tried.trip.trail), text_of(secrets[k])))
                fail_msg("%.*s", TEXT_ARG(tried.refusal.why));
        }
}

static void test_unreachable(void **state)
{
    (void)state;
    struct trip trip = new_trip();
    const struct code_exchange in = { .token_endpoint = text_format(scratch, "http://127.0.0.1:%u/t", peer_free_port()),
                                      .code = T("c"), .redirect_uri = T("r"), .code_verifier = T(VERIFIER) };
    struct token_grant grant;
    struct token_refusal refusal;
    assert_false(code_redeem(&trip, &public_client, &in, &grant, &refusal));
    expect_text("error", refusal.error, "server_error", 0);
    assert_true(text_starts(refusal.why, text_format(scratch, "token endpoint %s: ", in.token_endpoint.p)));
}

/* Without https and not on this machine: said, and tried all the same. */
static void test_insecure_endpoint(void **state)
{
    (void)state;
    struct trip trip = new_trip();
    const struct code_exchange in = { .token_endpoint = T("http://127.0.0.2:1/t"), .code = T("c"),
                                      .redirect_uri = T("r"), .code_verifier = T(VERIFIER) };
    struct token_grant grant;
    struct token_refusal refusal;
    assert_false(code_redeem(&trip, &public_client, &in, &grant, &refusal));
    expect_warning(&trip, "http://127.0.0.2:1/t is neither https nor on a loopback address");
    assert_true(text_starts(text_of(steps_of(&trip)), T("POST /t -")));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_authorization_url), TEST(test_optional_parameters), TEST(test_public_client),
        TEST(test_basic_client),      TEST(test_basic_padding),       TEST(test_post_client),
        TEST(test_grants),            TEST(test_refusals),            TEST(test_echoes_are_masked),
        TEST(test_every_echo_is_masked),
        TEST(test_unreachable),       TEST(test_insecure_endpoint),
    };
    return cmocka_run_group_tests(tests, trips_setup, trips_teardown);
}
