/* WWW-Authenticate: every form of the grammar, and what servers make of it. */
#include "mcp/client/challenge.h"

#include "scratch.h"

#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Parses a copy whose memory ends with the text, so that reading past it is noticed. */
static bool parse(struct text value, const char *scheme, struct challenge *ret)
{
    char *copy = malloc(value.n ? value.n : 1);
    assert_non_null(copy);
    if (value.n)
        memcpy(copy, value.p, value.n);
    struct challenge found = { .scheme.p = NULL };
    const bool offered = challenge_parse(scratch, (struct text){ copy, value.n }, text_of(scheme), &found);
    struct text *const texts[] = { &found.scheme, &found.realm, &found.resource_metadata,
                                   &found.scope,  &found.error, &found.error_description };
    for (size_t i = 0; i < COUNT(texts); i++)
        if (texts[i]->p)
            *texts[i] = text_copy(scratch, *texts[i]);
    free(copy);
    *ret = found;
    return offered;
}

/* NULL: unset. */
struct row {
    const char *value, *realm, *metadata, *scope, *error, *description;
};

static void expect(const char *value, const char *what, struct text got, const char *expected)
{
    if ((got.p != NULL) != (expected != NULL) || (expected && !text_eq(got, text_of(expected))))
        fail_msg("%s\n%s is %.*s rather than %s", value, what, TEXT_ARG(got), expected ? expected : "unset");
}

static void expect_bearer(const struct row *row)
{
    struct challenge got;
    if (!parse(text_of(row->value), "Bearer", &got))
        fail_msg("%s\noffers no Bearer", row->value);
    expect(row->value, "realm", got.realm, row->realm);
    expect(row->value, "resource_metadata", got.resource_metadata, row->metadata);
    expect(row->value, "scope", got.scope, row->scope);
    expect(row->value, "error", got.error, row->error);
    expect(row->value, "error_description", got.error_description, row->description);
}

static void test_parameters(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "Bearer", NULL, NULL, NULL, NULL, NULL },
        { "Bearer ", NULL, NULL, NULL, NULL, NULL },
        { "Bearer realm=\"a\"", "a", NULL, NULL, NULL, NULL },
        { "Bearer realm=a", "a", NULL, NULL, NULL, NULL },
        { "Bearer realm=\"\"", "", NULL, NULL, NULL, NULL },
        { "Bearer realm = \"a\" , scope\t=\tb", "a", NULL, "b", NULL, NULL },
        { "Bearer REALM=\"a\", Scope=\"b c\"", "a", NULL, "b c", NULL, NULL },
        { "Bearer error=\"invalid_token\", error_description=\"No, \\\"this\\\" \\\\ is not\"", NULL, NULL, NULL,
          "invalid_token", "No, \"this\" \\ is not" },
        { "Bearer resource_metadata=\"https://a.b/.well-known/oauth-protected-resource/c?d=e,f\"", NULL,
          "https://a.b/.well-known/oauth-protected-resource/c?d=e,f", NULL, NULL, NULL },
        { "Bearer resource_metadata=https://a.b/c?d=e, scope=f", NULL, "https://a.b/c?d=e", "f", NULL, NULL },
        { "Bearer other=\"x\", realm=\"a\"", "a", NULL, NULL, NULL, NULL },
        { "Bearer realm=\"a\", realm=\"b\"", "a", NULL, NULL, NULL, NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_bearer(&rows[i]);
}

static void test_several_challenges(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "Basic realm=\"x\", Bearer realm=\"a\"", "a", NULL, NULL, NULL, NULL },
        { "Bearer realm=\"a\", Basic realm=\"x\", scope=\"y\"", "a", NULL, NULL, NULL, NULL },
        { "Basic, Bearer scope=b", NULL, NULL, "b", NULL, NULL },
        { "Bearer, Basic realm=\"x\"", NULL, NULL, NULL, NULL, NULL },
        { "Negotiate YIIB/+._~-==, Bearer realm=\"a\"", "a", NULL, NULL, NULL, NULL },
        { "Negotiate YIIB=, Bearer realm=\"a\"", "a", NULL, NULL, NULL, NULL },
        { "Negotiate YIIB, Bearer realm=\"a\"", "a", NULL, NULL, NULL, NULL },
        { "NTLM , , Bearer realm=\"a\"", "a", NULL, NULL, NULL, NULL },
        { "Bearer Bearer, Bearer realm=\"a\"", "a", NULL, NULL, NULL, NULL },
        { "Bearer realm=\"a\", Basic realm=\"z\", Bearer realm=\"b\", scope=\"b\"", "a", NULL, "b", NULL, NULL },
        { "Digest realm=\"Bearer\", nonce=\"Bearer realm=\\\"x\\\"\", Bearer error=e", NULL, NULL, NULL, "e", NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_bearer(&rows[i]);
}

static void test_what_servers_get_wrong(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "Bearer realm=\"a\" scope=\"b\" error=c", "a", NULL, "b", "c", NULL },
        { ",Bearer, realm=\"a\",", "a", NULL, NULL, NULL, NULL },
        { "Bearer realm=, scope=\"b\"", NULL, NULL, "b", NULL, NULL },
        { "Bearer error=e, realm=, scope=\"b\"", NULL, NULL, "b", "e", NULL },
        { "Bearer realm=\"a\", resource_metadata=\"https://cut.of", "a", NULL, NULL, NULL, NULL },
        { "Bearer realm=\"a\\", NULL, NULL, NULL, NULL, NULL },
        { "Bearer scope=\"b\";realm=\"a\"", "a", NULL, "b", NULL, NULL },
        { "realm=\"x\", Bearer realm=\"a\"", "a", NULL, NULL, NULL, NULL },
        { "\"Bearer\" Bearer realm=\"a\"", "a", NULL, NULL, NULL, NULL },
        { "== Bearer realm=\"a\"", "a", NULL, NULL, NULL, NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_bearer(&rows[i]);
}

static void test_scheme(void **state)
{
    (void)state;
    struct challenge got;
    assert_true(parse(T("BEARER realm=a"), "bearer", &got));
    expect("BEARER", "scheme", got.scheme, "BEARER");
    assert_true(parse(T("Basic realm=x, DPoP algs=\"ES256\""), "dpop", &got));
    expect("DPoP", "scheme", got.scheme, "DPoP");
    static const char *const without[] = { "", " ", ",", "Basic realm=\"Bearer\"", "Basic Bearer", "BearerX",
                                           "Basic realm=\"x, Bearer y\"", "Basic Bearer=", "Bearer=x", "\"Bearer" };
    for (size_t i = 0; i < COUNT(without); i++)
        if (parse(text_of(without[i]), "Bearer", &got))
            fail_msg("%s offers Bearer", without[i]);
    assert_false(challenge_parse(scratch, (struct text){ 0 }, T("Bearer"), &got));
}

/* Whatever the bytes are, parsing ends, and in the value's own memory. */
static void test_every_prefix(void **state)
{
    (void)state;
    static const char value[] =
        "Negotiate abc==, Bearer realm=\"a\\\"b\" , resource_metadata=https://x/y,\t=\x80\xff\"";
    struct challenge got;
    for (size_t n = 0; n < sizeof value; n++)
        for (size_t from = 0; from <= n; from++)
            parse((struct text){ value + from, n - from }, "Bearer", &got);
    assert_true(parse(text_of(value), "Bearer", &got));
    expect(value, "realm", got.realm, "a\"b");
    expect(value, "resource_metadata", got.resource_metadata, "https://x/y");
}

static void test_headers_of_an_answer(void **state)
{
    (void)state;
    struct pair headers[] = {
        { T("Content-Type"), T("Bearer realm=no") },
        { T("WWW-Authenticate"), T("Basic realm=\"x\"") },
        { T("www-authenticate"), T("Bearer realm=\"a\"") },
    };
    const struct answer answer = { .headers = headers, .header_count = COUNT(headers) };
    const struct answer none = { .headers = headers, .header_count = 2 };
    struct challenge got;
    assert_true(challenge_find(scratch, &answer, T("Bearer"), &got));
    expect("answer", "realm", got.realm, "a");
    assert_true(challenge_find(scratch, &answer, T("basic"), &got));
    expect("answer", "realm", got.realm, "x");
    assert_false(challenge_find(scratch, &none, T("Bearer"), &got));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_parameters, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_several_challenges, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_what_servers_get_wrong, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_scheme, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_every_prefix, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_headers_of_an_answer, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
