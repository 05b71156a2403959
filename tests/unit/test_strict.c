/* What control calls do not know they refuse: a walk over the table of routes. */
#include "base/limit.h"
#include "request/route.h"
#include "rig.h"
#include "spec/spec.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>


static int start(void **state)
{
    (void)state;
    rig_open(&rig, NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    rig_close(&rig);
    return 0;
}

/* The route's path with an id for each parameter, and a query. */
static const char *address_of(const struct route *route, const char *query)
{
    static char address[400];
    size_t n = 0;
    for (struct text rest = text_of(route->path + 1); rest.p;) {
        bool param;
        const struct text piece = route_piece(&rest, &param);
        n += (size_t)snprintf(address + n, sizeof address - n, "/%.*s",
                              TEXT_ARG(param ? T("6f1d2c3b-4444-4aaa-8bbb-000000000001") : piece));
    }
    snprintf(address + n, sizeof address - n, "%s", query);
    return address;
}

static void test_unknown_parameters(void **state)
{
    (void)state;
    size_t seen = 0;
    for (size_t i = 0; i < route_count; i++)
        if (route_refuses_unknown(&routes[i])) {
            rig_expect_part(&rig, ASK(method_names[routes[i].method], address_of(&routes[i], "?xyzzyxyzzy=1"),
                                      .type = routes[i].body ? JSON : NULL, .body = routes[i].body ? "{}" : NULL),
                            400, "querystring/xyzzyxyzzy Unrecognized key");
            seen++;
        }
    assert_true(seen > 35);
}

static void test_unknown_members(void **state)
{
    (void)state;
    size_t seen = 0;
    for (size_t i = 0; i < route_count; i++)
        if (route_refuses_unknown(&routes[i]) && routes[i].body) {
            rig_expect_part(&rig, ASK(method_names[routes[i].method], address_of(&routes[i], ""), .type = JSON,
                                      .body = "{\"xyzzyxyzzy\":{}}"),
                            400, "body/xyzzyxyzzy Unrecognized key");
            seen++;
        }
    assert_true(seen > 10);
}

/* Every known name with a letter too many, in body and query; the hint is the name. */
static void test_slips(void **state)
{
    (void)state;
    for (size_t i = 0; i < route_count; i++)
        for (size_t k = 0; route_refuses_unknown(&routes[i]) && routes[i].body && k < routes[i].body->count; k++) {
            const char *name = routes[i].body->fields[k].name;
            char body[200], part[200];
            snprintf(body, sizeof body, "{\"%s_\":1}", name);
            snprintf(part, sizeof part, "body/%s_ Unrecognized key: did you mean \\\"%s\\\"?", name, name);
            rig_expect_part(&rig, ASK(method_names[routes[i].method], address_of(&routes[i], ""), .type = JSON,
                                      .body = body), 400, part);
        }
}

/* Objects and rows in a body: what is unknown in them is told with its path. */
static void test_nested_members(void **state)
{
    (void)state;
    size_t seen = 0;
    for (size_t i = 0; i < route_count; i++)
        for (size_t k = 0; route_refuses_unknown(&routes[i]) && routes[i].body && k < routes[i].body->count; k++) {
            const struct field *f = &routes[i].body->fields[k];
            const bool rows = f->kind == KIND_ROWS;
            char body[200], part[200];
            if (f->kind != KIND_OBJECT && f->kind != KIND_SETS && !rows)
                continue;
            snprintf(body, sizeof body, rows ? "{\"%s\":[{\"xyzzyxyzzy\":1}]}" : "{\"%s\":{\"xyzzyxyzzy\":1}}",
                     f->name);
            snprintf(part, sizeof part, "body/%s%s/xyzzyxyzzy Unrecognized key", f->name, rows ? "/0" : "");
            rig_expect_part(&rig, ASK(method_names[routes[i].method], address_of(&routes[i], ""), .type = JSON,
                                      .body = body), 400, part);
            seen++;
        }
    assert_true(seen > 20);
}

/* Words of closed lists with a letter too many, wherever one is taken; the hint is the word. */
static void test_words(void **state)
{
    (void)state;
    size_t seen = 0;
    for (size_t i = 0; i < route_count; i++)
        for (int query = 0; query < 2 && route_refuses_unknown(&routes[i]); query++) {
            const struct spec *spec = query ? routes[i].query : routes[i].body;
            for (size_t k = 0; spec && k < spec->count; k++) {
                const char *name = spec->fields[k].name, *const *word = spec->fields[k].names;
                char sent[200], part[200];
                if (spec->fields[k].kind != KIND_ENUM || strlen(word[0]) < 4)
                    continue;
                snprintf(sent, sizeof sent, query ? "?%s=%s_" : "{\"%s\":\"%s_\"}", name, word[0]);
                snprintf(part, sizeof part, "/%s Invalid option: did you mean \\\"%s\\\"?", name, word[0]);
                rig_expect_part(&rig, ASK(method_names[routes[i].method], address_of(&routes[i], query ? sent : ""),
                                          .type = routes[i].body ? JSON : NULL,
                                          .body = query ? routes[i].body ? "{}" : NULL : sent), 400, part);
                seen++;
            }
        }
    assert_true(seen > 5);
}

static void test_which(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        bool refuses;
    } rows[] = {
        { "/_mock/settings", true },
        { "/_mock/oauth/next", true },
        { "/_mock/oauth/complete", true },
        { "/_mock/connections/{connection_id}/transition", true },
        { "/_mock/oauth/authorize/{provider}", false },
        { "/_mock/oauth/result/{flow_id}", false },
        { "/_mock/composio/connect/{connected_account_id}", false },
        { "/_mock/mcp/{preset}/register", false },
        { "/.well-known/oauth-protected-resource/_mock/mcp/{preset}", false },
        { "/_mock/", false },
        { "/_mock/health", false },
        { "/_mock/ready", false },
        { "/_mock/version", false },
        { "/health", false },
        { "/v1/connections", false },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t seen = 0;
        for (size_t k = 0; k < route_count; k++)
            if (strcmp(routes[k].path, rows[i].path) == 0) {
                assert_int_equal(route_refuses_unknown(&routes[k]), rows[i].refuses);
                seen++;
            }
        assert_true(seen > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_unknown_parameters, start, stop),
        cmocka_unit_test_setup_teardown(test_unknown_members, start, stop),
        cmocka_unit_test_setup_teardown(test_slips, start, stop),
        cmocka_unit_test_setup_teardown(test_nested_members, start, stop),
        cmocka_unit_test_setup_teardown(test_words, start, stop),
        cmocka_unit_test(test_which),
    };
    return cmocka_run_group_tests_name("strict", tests, NULL, NULL);
}
