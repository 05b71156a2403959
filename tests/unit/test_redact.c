/* Redaction: which names speak of credentials, and what is left of a URL. */
#include "spec/redact.h"

#include "base/limit.h"
#include "rig.h"
#include "scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void test_names(void **state)
{
    (void)state;
    static const char *const secret[] = {
        "token", "access_token", "refresh-token", "X-Auth-Token", "TOKEN", "secret", "client_secret", "Client-Secret",
        "password", "passwd", "Authorization", "Proxy-Authorization", "apikey", "api_key", "X-API-Key", "Cookie",
        "Set-Cookie", "credentials", "code", "code_verifier", "signature", "client_assertion", "id_token_hint", "state",
    };
    static const char *const plain[] = {
        "", "type", "limit", "offset", "status", "name", "x-request-id", "Accept", "content-type", "Host",
        "idempotency-key", "connection_id", "scope", "toke", "api",
    };
    for (size_t i = 0; i < COUNT(secret); i++)
        if (!redact_is_secret_name(text_of(secret[i])))
            fail_msg("%s", secret[i]);
    for (size_t i = 0; i < COUNT(plain); i++)
        if (redact_is_secret_name(text_of(plain[i])))
            fail_msg("%s", plain[i]);
    assert_false(redact_is_secret_name((struct text){ NULL, 0 }));
}

/* Each word by itself, in the middle, at the end, in every manner of writing. */
static void test_whole_words(void **state)
{
    (void)state;
    static const char *const secret[] = {
        "code", "state", "auth", "pass", "pwd", "passphrase", "jwt", "bearer", "session", "csrf", "access",
        "subscription-key", "private-key", "software-statement",
    };
    static const char *const ways[] = { "%s", "X-%s", "%s_x", "a.%s.b", "my[%s]", "%s1" };
    for (size_t i = 0; i < COUNT(secret); i++) {
        for (size_t way = 0; way < COUNT(ways); way++) {
            const char *const at = strstr(ways[way], "%s");
            const struct text name = text_format(scratch, "%.*s%s%s", (int)(at - ways[way]), ways[way], secret[i],
                                                 at + 2);
            if (!redact_is_secret_name(name))
                fail_msg("%.*s", TEXT_ARG(name));
        }
        const struct text inside = text_format(scratch, "un%sful", secret[i]);
        if (redact_is_secret_name(inside))
            fail_msg("%.*s", TEXT_ARG(inside));
    }
}

static void test_ways_to_write_a_name(void **state)
{
    (void)state;
    static const char *const secret[] = {
        "key", "KEY", "sig", "k", "pat", "userPass", "JWTValue", "myJWT", "Ocp-Apim-Subscription-Key",
        "subscriptionKey", "privateKey", "private.key", "%61uth", "to%6Ben", "authKey", "csrfmiddlewaretoken",
        "apiKey", "APIKey", "api.key", "cOdE", "accessKeyId", "session_id",
    };
    static const char *const open[] = {
        "code_challenge_method", "response_type", "grant_type", "access_type", "token_type", "auth_method",
        "authMethod", "auth_config_id", "authConfigId", "author", "passenger", "keyword", "auth_scheme",
        "token_endpoint", "authorization_endpoint", "token_endpoint_auth_method",
        "token_endpoint_auth_methods_supported", "bearer_methods_supported", "has_oauth_tokens", "mcp-session-id",
        "Mcp-Session-Id", "sort_key", "kk", "x-sig", "pattern", "encode", "statement", "accessible", "compass",
    };
    for (size_t i = 0; i < COUNT(secret); i++)
        if (!redact_is_secret_name(text_of(secret[i])))
            fail_msg("%s", secret[i]);
    for (size_t i = 0; i < COUNT(open); i++)
        if (redact_is_secret_name(text_of(open[i])))
            fail_msg("%s", open[i]);
}

static void test_long_names(void **state)
{
    (void)state;
    for (size_t n = 0; n < 300; n++) {
        char *name = malloc(n + 5);
        assert_non_null(name);
        memset(name, 'x', n);
        memcpy(name + n, "Token", 5);
        const bool secret = redact_is_secret_name((struct text){ name, n + 5 });
        free(name);
        if (!secret)
            fail_msg("after %zu letters", n);
    }
}

static void expect(struct text url, const char *expected)
{
    char *copy = malloc(url.n ? url.n : 1); /* its memory ends with the text */
    assert_non_null(copy);
    if (url.n)
        memcpy(copy, url.p, url.n);
    const struct text got = redact_url(scratch, (struct text){ copy, url.n });
    free(copy);
    if (!text_eq(got, text_of(expected)))
        fail_msg("%.*s: %.*s\nexpected: %s", TEXT_ARG(url), TEXT_ARG(got), expected);
}

static void test_urls(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "", "" },
        { "/", "/" },
        { "/v1/connections?limit=5&offset=0", "/v1/connections?limit=5&offset=0" },
        { "/cb?code=c0de&state=s", "/cb?code=[redacted]&state=[redacted]" },
        { "/cb?state=s&code=c0de", "/cb?state=[redacted]&code=[redacted]" },
        { "/cb?code=", "/cb?code=[redacted]" },
        { "/cb?code", "/cb?code" },
        { "/cb?CODE=a&Access_Token=b&x-api-key=c", "/cb?CODE=[redacted]&Access_Token=[redacted]&x-api-key=[redacted]" },
        { "/cb?code=a=b=c&x=y=z", "/cb?code=[redacted]&x=y=z" },
        { "/cb?code=a?b", "/cb?code=[redacted]" },
        { "/cb?&&x=1&", "/cb?&&x=1&" },
        { "/cb?", "/cb?" },
        { "/token/secret", "/token/secret" },
        { "/cb?password=%20%26&x=%26", "/cb?password=[redacted]&x=%26" },
        { "https://host/p?token=t", "https://host/p?token=[redacted]" },
        { "https://host", "https://host" },
        { "/cb?x=1;code=c0de", "/cb?x=1;code=[redacted]" },
        { "/cb?code=c0;de&x=1", "/cb?code=[redacted]&x=1" },
        { "/cb?x=1;y=2;limit=3", "/cb?x=1;y=2;limit=3" },
        { "/cb?to%6ben=hush&%61uth=h", "/cb?to%6ben=[redacted]&%61uth=[redacted]" },
        { "/cb?k=a&sig=b&pat=c&key=d&keyword=e",
          "/cb?k=[redacted]&sig=[redacted]&pat=[redacted]&key=[redacted]&keyword=e" },
        { "/cb?response_type=code&code_challenge_method=S256", "/cb?response_type=code&code_challenge_method=S256" },
        { "/cb?next=%2Fa%3Bjwt%3Dt", "/cb?next=[redacted]" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect(text_of(rows[i][0]), rows[i][1]);
}

/* A text keeps what is not secret as it is, blanks and all. */
static void test_texts(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "", "" },
        { "nothing here", "nothing here" },
        { "a == b && c", "a == b && c" },
        { "Route GET:/x?token=hush not found", "Route GET:/x?token=[redacted] not found" },
        { "/from?code=c&x=1#access_token=t", "/from?code=[redacted]&x=1#access_token=[redacted]" },
        { "at http://u:p@h/ and http://h/?code=1 here", "at http://[redacted]@h/ and http://h/?code=[redacted] here" },
        { "code=1", "code=1" },
        { "?x=\"y z\"", "?x=\"y z\"" },
        { "?next=%2Fa%3Ftoken%3Dt", "?next=[redacted]" },
        { "?next=%252Fa%253Ftoken%253Dt", "?next=[redacted]" },
        { "?next=%2Fa%3Fx%3D1", "?next=%2Fa%3Fx%3D1" },
        { "?next=%", "?next=[redacted]" },
    };
    const struct redactor plain = { NULL };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct text got = redact_text(&plain, scratch, text_of(rows[i][0]));
        if (!text_eq(got, text_of(rows[i][1])))
            fail_msg("%s: %.*s\nexpected: %s", rows[i][0], TEXT_ARG(got), rows[i][1]);
    }
}

static void test_user_information(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "https://user:hush@host/p", "https://[redacted]@host/p" },
        { "https://user@host", "https://[redacted]@host" },
        { "https://@host/", "https://[redacted]@host/" },
        { "https://user:hush@host/p?x=1&token=t", "https://[redacted]@host/p?x=1&token=[redacted]" },
        { "postgres://u:p@h:1/d", "postgres://[redacted]@h:1/d" },
        { "https://host/a@b", "https://host/a@b" },
        { "https://host/s/0123456789abcdef0123456789abcdef/mcp", "https://host/s/[redacted]/mcp" },
        { "https://host/AbcdefghijklmnopAbcdefghijklmnop?x=1", "https://host/[redacted]?x=1" },
        { "https://host/0123456789abcdef0123456789abcde", "https://host/0123456789abcdef0123456789abcde" },
        { "https://host/01234567-89ab-4def-8123-456789abcdef", "https://host/01234567-89ab-4def-8123-456789abcdef" },
        { "https://host/a-name-that-is-long-but-holds-words-only",
          "https://host/a-name-that-is-long-but-holds-words-only" },
        { "/s/0123456789abcdef0123456789abcdef", "/s/0123456789abcdef0123456789abcdef" },
        { "user@host", "user@host" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect(text_of(rows[i][0]), rows[i][1]);
}

/* A password may hold an @ that nobody escaped; the host begins after the last one. */
static void test_user_information_with_an_at(void **state)
{
    (void)state;
    expect(T("https://user:hu@sh@host/p"), "https://[redacted]@host/p");
}

/* What stands before a URL in a query is a query. */
static void test_url_in_a_query(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "/cb?token=hush&next=https://host/",
        "/cb?token=hush&next=https://user:pw@host/",
        "/cb?code=hush&next=https://host/?mail=a@b",
        "/cb?next=https://user:hush@host/",
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct text got = redact_url(scratch, text_of(rows[i]));
        if (text_contains(got, T("hush")))
            fail_msg("%s: %.*s", rows[i], TEXT_ARG(got));
    }
}

/* The server decodes names, so they have to be judged decoded. */
static void test_escaped_names(void **state)
{
    (void)state;
    static const char *const rows[] = { "/cb?%74oken=hush", "/cb?api%5Fkey=hush", "/cb?c%6Fde=hush&x=1" };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct text got = redact_url(scratch, text_of(rows[i]));
        if (text_contains(got, T("hush")))
            fail_msg("%s: %.*s", rows[i], TEXT_ARG(got));
    }
}

static void test_unprintable(void **state)
{
    (void)state;
    expect(T("/a b\r\nx: y\t\"\\\x7F\x80\xFF\0z"), "/a%20b%0D%0Ax:%20y%09%22%5C%7F%80%FF%00z");
    expect(T("/\x1B[2J?na\nme=va\nlue&\x01"), "/%1B[2J?na%0Ame=va%0Alue&%01");
    expect(T("ht\ntps://u\n:p@h\n/"), "ht%0Atps://[redacted]@h%0A/");
}

/* What was told before does not tell what is hidden now, nor the other way round. */
static void test_one_after_another(void **state)
{
    (void)state;
    static const struct {
        const char *url, *told;
    } all[] = {
        { "/v1/x?limit=1", "/v1/x?limit=1" }, { "/v1/x?limit=1", "/v1/x?limit=1" },
        { "/v1/x?token=1", "/v1/x?token=[redacted]" }, { "/v1/x?token=1", "/v1/x?token=[redacted]" },
        { "/v1/x?limit=1", "/v1/x?limit=1" }, { "/v1/x?limit=2", "/v1/x?limit=2" }, { "/a b", "/a%20b" },
        { "/a b", "/a%20b" }, { "", "" }, { "/v1/x?limit=2", "/v1/x?limit=2" },
    };
    for (size_t i = 0; i < COUNT(all); i++) {
        struct buf b = buf_new(scratch, 4096);
        buf_add(&b, T("GET "));
        redact_put_url(&b, text_of(all[i].url));
        if (!text_eq(text_from(buf_text(&b), 4), text_of(all[i].told)))
            fail_msg("%zu: %.*s\nexpected: %s", i, TEXT_ARG(buf_text(&b)), all[i].told);
    }
}

/* Each piece of a name, at each place of a word of small letters, as in one of others. */
static void test_small_words(void **state)
{
    (void)state;
    static const char *const secret[] = {
        "token", "mytoken", "tokens", "xsecretx", "code", "sig", "key", "auth", "state",
    };
    static const char *const plain[] = { "limit", "offset", "monkey", "codec", "q", "sigma", "authored", "toke" };
    for (size_t i = 0; i < COUNT(secret); i++)
        assert_true(redact_is_secret_name(text_of(secret[i])));
    for (size_t i = 0; i < COUNT(plain); i++)
        assert_false(redact_is_secret_name(text_of(plain[i])));
    for (size_t n = 250; n < 260; n++) {
        char name[260];
        memset(name, 'q', sizeof name);
        assert_int_equal(redact_is_secret_name((struct text){ name, n }), n > 256);
    }
}

/* Whatever comes in, what goes out is printable ASCII in one line. */
static void test_every_byte(void **state)
{
    (void)state;
    static const char good[] = "x://u@h/p?a=b&c=d";
    for (size_t at = 0; at < sizeof good - 1; at++)
        for (int c = 0; c < 256; c++) {
            char url[sizeof good];
            memcpy(url, good, sizeof good);
            url[at] = (char)c;
            const struct text got = redact_url(scratch, (struct text){ url, sizeof good - 1 });
            for (size_t i = 0; i < got.n; i++)
                assert_in_range((unsigned char)got.p[i], 0x21, 0x7e);
        }
}

/* Nothing is cut off, however much longer the result is. */
static void test_long(void **state)
{
    (void)state;
    struct buf url = buf_new(scratch, 1 << 20), expected = buf_new(scratch, 1 << 20);
    buf_add(&url, T("/?"));
    buf_add(&expected, T("/?"));
    for (int i = 0; i < 5000; i++) {
        buf_add(&url, T("code=&\x01"));
        buf_add(&expected, T("code=[redacted]&%01"));
    }
    buf_add_char(&expected, '\0');
    const struct text got = redact_url(scratch, buf_text(&url));
    const struct text first = T("/?code=[redacted]&%01code=[redacted]&%01code=");
    assert_true(text_starts(got, first));
    assert_true(text_eq(got, text_of(buf_text(&expected).p)));
    struct buf appended = buf_new(scratch, 1 << 20);
    buf_add(&appended, T("before "));
    redact_put_url(&appended, buf_text(&url));
    assert_true(text_starts(buf_text(&appended), T("before /?code=[redacted]")));
    assert_true(text_eq(text_from(buf_text(&appended), 7), got));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_names), TEST(test_whole_words), TEST(test_ways_to_write_a_name),
        TEST(test_whole_words),
        TEST(test_ways_to_write_a_name),
        TEST(test_long_names),
        TEST(test_texts),
        TEST(test_urls),
        TEST(test_user_information),
        TEST(test_user_information_with_an_at),
        TEST(test_url_in_a_query),
        TEST(test_escaped_names),
        TEST(test_unprintable),
        TEST(test_one_after_another),
        TEST(test_small_words),
        TEST(test_every_byte),
        TEST(test_long),
    };
    return cmocka_run_group_tests_name("redact", tests, NULL, NULL);
}
