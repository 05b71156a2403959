/* Bindings: which URLs of the outside world a built-in MCP server stands for, and where they are served. */
#include "mcp/server/binding.h"

#include "rig.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const char document[] =
    "{\"mcp_bindings\": [{\"url\": \"https://tools.example/a/mcp\", \"preset\": \"legacy\"},"
    " {\"url\": \"https://tools.example/a\", \"preset\": \"modern\"},"
    " {\"url\": \"http://localhost:9/mcp/\", \"preset\": \"paginated\"}]}";

static struct rig rig;
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_url),
        cmocka_unit_test(test_below),
        cmocka_unit_test(test_the_longest_wins),
        cmocka_unit_test(test_metadata),
        cmocka_unit_test(test_others),
        cmocka_unit_test(test_what_was_meant),
    };
    return cmocka_run_group_tests(tests, open_rig, close_rig);
}
