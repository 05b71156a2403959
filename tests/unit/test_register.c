/* Registration: what is asked for, what is made of the answer, and every way to be refused. */
#include "mcp/client/register.h"

#include "base/limit.h"
#include "peer.h"
#include "rig.h"
#include "scratch.h"
#include "trips.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define CREATED(body) "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nCache-Control: no-store\r\n\r\n" body
#define STATUS(line, body) "HTTP/1.1 " line "\r\nContent-Type: application/json\r\n\r\n" body

static const struct text redirect = { "https://duvo.example/cb", 23 };

struct tried {
    bool ok;
    struct oauth_client client;
    struct text why;
    struct trip trip;
    unsigned port;
};

/* Registers with a peer that gives that reply; `part` (may be NULL) has to be in the request. */
static struct tried try_at(struct discovery d, struct text uri, const char *reply, const char *part)
{
    const struct peer_rule rules[] = { { .has = "POST /reg HTTP", .reply = reply }, { 0 } };
    struct peer *peer = peer_start(rules, NULL);
    struct tried tried = { .trip = new_trip(), .port = peer_port(peer) };
    d.issuer = peer_url(peer, "");
    d.registration_endpoint = peer_url(peer, "/reg");
    tried.ok = client_register(&tried.trip, &d, &uri, 1, &tried.client, &tried.why);
    assert_int_equal(tried.ok, !tried.why.p);
    assert_int_equal(peer_count(peer, "Content-Type: application/json\r\n"), 1);
    if (part && !peer_count(peer, part))
        fail_msg("the request is without %s", part);
    peer_stop(peer);
    return tried;
}

static struct v_texts list(size_t n, struct text *items)
{
    return (struct v_texts){ VALUE_SET, n, items };
}

static void test_request(void **state)
{
    (void)state;
    struct text methods[] = { T("client_secret_basic"), T("none") }, scopes[] = { T("a:b"), T("c\"d") };
    const struct discovery d = { .metadata_source = METADATA_OAUTH, .auth_methods = list(2, methods),
                                 .scopes = list(2, scopes) };
    const struct tried tried =
        try_at(d, redirect, CREATED("{\"client_id\":\"c1\"}"),
               "\r\n\r\n{\"client_name\":\"Duvo\",\"redirect_uris\":[\"https://duvo.example/cb\"],"
               "\"grant_types\":[\"authorization_code\",\"refresh_token\"],\"response_types\":[\"code\"],"
               "\"token_endpoint_auth_method\":\"none\",\"application_type\":\"web\",\"scope\":\"a:b c\\\"d\"}");
    assert_true(tried.ok);
    expect_text("id", tried.client.id, "c1", 0);
    assert_int_equal(tried.client.auth, CLIENT_NONE);
    assert_true(secret_is_empty(tried.client.secret));
    expect_warning(&tried.trip, NULL);
}

static void test_application_type(void **state)
{
    (void)state;
    static const char *const native[] = { "http://localhost:8787/cb", "http://127.0.0.1/cb", "http://[::1]:1/cb" };
    static const char *const web[] = { "https://duvo.example/cb", "http://mock:8787/cb" };
    const struct discovery d = { .metadata_source = METADATA_DEFAULTS };
    const char *reply = CREATED("{\"client_id\":\"c1\"}");
    for (size_t i = 0; i < COUNT(native); i++)
        try_at(d, text_of(native[i]), reply, "\"application_type\":\"native\"}");
    for (size_t i = 0; i < COUNT(web); i++)
        try_at(d, text_of(web[i]), reply, "\"application_type\":\"web\"}");
}

/* One redirect URI elsewhere makes a client of a website. */
static void test_several_redirects(void **state)
{
    (void)state;
    static const struct peer_rule rules[] = { { .has = "POST", .reply = CREATED("{\"client_id\":\"c\"}") }, { 0 } };
    struct peer *peer = peer_start(rules, NULL);
    struct trip trip = new_trip();
    const struct text uris[] = { T("http://localhost/a"), T("https://b/c") };
    const struct discovery d = { .registration_endpoint = peer_url(peer, "/") };
    struct oauth_client client;
    struct text why = { 0 };
    assert_true(client_register(&trip, &d, uris, 2, &client, &why));
    assert_int_equal(peer_count(peer, "\"redirect_uris\":[\"http://localhost/a\",\"https://b/c\"]"), 1);
    assert_int_equal(peer_count(peer, "\"application_type\":\"web\""), 1);
    assert_int_equal(peer_count(peer, "\"scope\""), 0);
    peer_stop(peer);
}

static void test_asked_method(void **state)
{
    (void)state;
    struct text none[] = { T("client_secret_post"), T("none") };
    struct text basic[] = { T("client_secret_post"), T("private_key_jwt"), T("client_secret_basic") };
    struct text post[] = { T("client_secret_post") };
    const struct { struct discovery d; const char *part; } rows[] = {
        { { .auth_methods = list(2, none) }, "auth_method\":\"none\"" },
        { { .auth_methods = list(3, basic) }, "auth_method\":\"client_secret_basic\"" },
        { { .auth_methods = list(1, post) }, "auth_method\":\"client_secret_post\"" },
        { { .metadata_source = METADATA_OPENID }, "auth_method\":\"client_secret_basic\"" },
        { { .metadata_source = METADATA_DEFAULTS }, "auth_method\":\"none\"" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_true(try_at(rows[i].d, redirect, CREATED("{\"client_id\":\"c\"}"), rows[i].part).ok);
}

/* The answer counts; where it is silent, the secret decides. */
static void test_registered_method(void **state)
{
    (void)state;
    struct text basic[] = { T("client_secret_basic") }, post[] = { T("client_secret_post") }, none[] = { T("none") };
    const struct discovery ask_basic = { .metadata_source = METADATA_OAUTH, .auth_methods = list(1, basic) };
    const struct discovery ask_post = { .metadata_source = METADATA_OAUTH, .auth_methods = list(1, post) };
    const struct discovery ask_none = { .metadata_source = METADATA_OAUTH, .auth_methods = list(1, none) };
#define SECRET ",\"client_secret\":\"s3cr3t\",\"client_secret_expires_at\":0"
#define METHOD(m) ",\"token_endpoint_auth_method\":\"" m "\""
    const struct { const struct discovery *d; const char *reply; enum client_auth auth; } rows[] = {
        { &ask_basic, CREATED("{\"client_id\":\"c\"" SECRET "}"), CLIENT_BASIC },
        { &ask_post, CREATED("{\"client_id\":\"c\"" SECRET "}"), CLIENT_POST },
        { &ask_none, CREATED("{\"client_id\":\"c\"" SECRET "}"), CLIENT_BASIC },
        { &ask_basic, CREATED("{\"client_id\":\"c\"}"), CLIENT_NONE },
        { &ask_basic, CREATED("{\"client_id\":\"c\"" METHOD("client_secret_basic") "}"), CLIENT_NONE },
        { &ask_basic, CREATED("{\"client_id\":\"c\",\"client_secret\":null}"), CLIENT_NONE },
        { &ask_basic, CREATED("{\"client_id\":\"c\",\"client_secret\":\"\"}"), CLIENT_NONE },
        { &ask_basic, CREATED("{\"client_id\":\"c\"" SECRET METHOD("client_secret_post") "}"), CLIENT_POST },
        { &ask_none, CREATED("{\"client_id\":\"c\"" SECRET METHOD("client_secret_basic") "}"), CLIENT_BASIC },
        { &ask_basic, CREATED("{\"client_id\":\"c\"" SECRET METHOD("none") "}"), CLIENT_NONE },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct tried tried = try_at(*rows[i].d, redirect, rows[i].reply, NULL);
        assert_true(tried.ok);
        assert_int_equal(tried.client.auth, rows[i].auth);
        assert_int_equal(secret_length(tried.client.secret), rows[i].auth == CLIENT_NONE ? 0 : 6);
    }
}

static void test_expiry(void **state)
{
    (void)state;
    const struct discovery d = { .metadata_source = METADATA_OAUTH };
    const struct tried late = try_at(d, redirect, CREATED("{\"client_id\":\"c\",\"client_secret\":\"s3cr3t\","
                                                          "\"client_secret_expires_at\":1795000000}"), NULL);
    assert_true(late.ok);
    assert_int_equal(late.client.secret_expires_at, 1795000000);
    expect_warning(&late.trip, NULL);
    const struct tried unsaid =
        try_at(d, redirect, CREATED("{\"client_id\":\"c\",\"client_secret\":\"s3cr3t\"}"), NULL);
    assert_true(unsaid.ok);
    assert_int_equal(unsaid.client.secret_expires_at, 0);
    expect_warning(&unsaid.trip, "lacks client_secret_expires_at");
    const struct tried ok = try_at(d, redirect, STATUS("200 OK", "{\"client_id\":\"c\"}"), NULL);
    assert_true(ok.ok);
    expect_warning(&ok.trip, "answered 200 rather than 201");
}

static void test_refusals(void **state)
{
    (void)state;
#define AT "registration at http://127.0.0.1:$port/reg: "
    static const char *const rows[][2] = {
        { STATUS("400 Bad Request", "{\"error\":\"invalid_redirect_uri\",\"error_description\":\"Only\\nhttps\"}"),
          AT "answered 400: invalid_redirect_uri: Only https" },
        { STATUS("400 Bad Request", "{\"error\":\"invalid_client_metadata\"}"),
          AT "answered 400: invalid_client_metadata" },
        { STATUS("403 Forbidden", "<html>no</html>"), AT "answered 403" },
        { STATUS("404 Not Found", ""), AT "answered 404" },
        { STATUS("500 Oops", "{\"message\":\"secret stack\"}"), AT "answered 500" },
        { CREATED(""), AT "answered 201, but not with JSON" },
        { CREATED("client_id=c"), AT "answered 201, but not with JSON" },
        { CREATED("{}"), AT "answered 201 with a wrong registration: client_id Invalid input: expected string, "
                         "received undefined" },
        { CREATED("{\"client_id\":\"\"}"), AT "answered 201 with a wrong registration: client_id Too small: expected "
                                           "string to have >=1 characters" },
        { CREATED("{\"client_id\":\"c\"" SECRET METHOD("private_key_jwt") "}"),
          AT "was registered with the method private_key_jwt, which is not supported" },
    };
    const struct discovery d = { .metadata_source = METADATA_OAUTH };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct tried tried = try_at(d, redirect, rows[i][0], NULL);
        assert_false(tried.ok);
        expect_text("why", tried.why, rows[i][1], tried.port);
    }
}

static void test_long_values(void **state)
{
    (void)state;
    const struct discovery d = { .metadata_source = METADATA_OAUTH };
    for (size_t more = 0; more < 2; more++) {
        char *long_id = arena_alloc(scratch, LIMIT_CLIENT_ID + 2);
        char *long_secret = arena_alloc(scratch, LIMIT_CLIENT_SECRET + 2);
        memset(long_id, 'i', LIMIT_CLIENT_ID + more);
        memset(long_secret, 's', LIMIT_CLIENT_SECRET + more);
        const struct text id = text_format(scratch, CREATED("{\"client_id\":\"%s\"}"), long_id);
        const struct text secret = text_format(scratch, CREATED("{\"client_id\":\"c\",\"client_secret\":\"%s\"}"),
                                               long_secret);
        assert_int_equal(try_at(d, redirect, id.p, NULL).ok, !more);
        assert_int_equal(try_at(d, redirect, secret.p, NULL).ok, !more);
    }
}

static void test_no_way_to_register(void **state)
{
    (void)state;
    struct trip trip = new_trip();
    struct text methods[] = { T("private_key_jwt") };
    struct discovery d = { .issuer = T("https://as.example") };
    struct oauth_client client;
    struct text why;
    assert_false(client_register(&trip, &d, &redirect, 1, &client, &why));
    expect_text("why", why, "https://as.example has no registration_endpoint: it does not register clients", 0);
    d.registration_endpoint = T("https://as.example/reg");
    d.token_endpoint = T("https://as.example/token");
    d.auth_methods = list(1, methods);
    assert_false(client_register(&trip, &d, &redirect, 1, &client, &why));
    expect_text("why", why, "https://as.example/token takes none of none, client_secret_basic and client_secret_post",
                0);
    assert_int_equal(trip.trail.n, 0);
    d.auth_methods.is = VALUE_ABSENT;
    d.registration_endpoint = text_format(scratch, "http://127.0.0.1:%u/reg", peer_free_port());
    assert_false(client_register(&trip, &d, &redirect, 1, &client, &why));
    assert_true(text_starts(why, text_format(scratch, "registration at %s: ", d.registration_endpoint.p)));
}

static void test_given_client(void **state)
{
    (void)state;
    struct text both[] = { T("none"), T("client_secret_post"), T("client_secret_basic") };
    struct text post[] = { T("none"), T("client_secret_post") };
    const struct secret secret = secret_of(T("s3cr3t")), none = secret_of((struct text){ 0 });
    const struct discovery unsaid = { .metadata_source = METADATA_OAUTH };
    const struct discovery takes_both = { .auth_methods = list(3, both) };
    const struct discovery takes_post = { .auth_methods = list(2, post) };
    assert_int_equal(client_given(&unsaid, T("c"), secret).auth, CLIENT_BASIC);
    assert_int_equal(client_given(&unsaid, T("c"), none).auth, CLIENT_NONE);
    assert_int_equal(client_given(&takes_both, T("c"), secret).auth, CLIENT_BASIC);
    assert_int_equal(client_given(&takes_post, T("c"), secret).auth, CLIENT_POST);
    assert_int_equal(client_given(&takes_post, T("c"), none).auth, CLIENT_NONE);
    expect_text("id", client_given(&takes_post, T("c"), secret).id, "c", 0);
    assert_int_equal(secret_length(client_given(&takes_post, T("c"), secret).secret), 6);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_request),           TEST(test_application_type), TEST(test_several_redirects),
        TEST(test_asked_method),      TEST(test_registered_method), TEST(test_expiry),
        TEST(test_refusals),          TEST(test_long_values),       TEST(test_no_way_to_register),
        TEST(test_given_client),
    };
    return cmocka_run_group_tests(tests, trips_setup, trips_teardown);
}
