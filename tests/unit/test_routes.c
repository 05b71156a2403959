/* Routes: the table is sound, and paths find what they should. */
#include "router/routes.h"

#include "base/limit.h"
#include "rig.h"
#include "scratch.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* ---- the table ----------------------------------------------------------------------------------------- */

/* The path with `value`0, `value`1, … in the place of its parameters. */
static struct text filled(const struct route *route, const char *value, size_t *ret_params)
{
    struct buf path = buf_new(scratch, 1000);
    struct text rest = text_of(route->path + 1);
    *ret_params = 0;
    while (rest.p) {
        bool param;
        const struct text piece = route_piece(&rest, &param);
        buf_add_char(&path, '/');
        if (param)
            buf_addf(&path, "%s%zu", value, (*ret_params)++);
        else
            buf_add(&path, piece);
    }
    return buf_text(&path);
}

static void test_every_route_finds_itself(void **state)
{
    (void)state;
    for (size_t i = 0; i < route_count; i++) {
        const struct route *found = NULL;
        struct text *params = NULL;
        size_t count;
        const struct text path = filled(&routes[i], "some-value-", &count);
        assert_int_equal(route_find(text_of(method_names[routes[i].method]), path, scratch, &found, &params),
                         ROUTE_FOUND);
        if (found != &routes[i])
            fail_msg("%.*s finds %s", TEXT_ARG(path), found->path);
        for (size_t k = 0; k < count; k++)
            assert_true(text_eq(params[k], text_format(scratch, "some-value-%zu", k)));
    }
}

/* With parameters called alike, which is all that a request sees of them. */
static struct text shape(const struct route *route)
{
    size_t count;
    return text_format(scratch, "%s %.*s", method_names[route->method], TEXT_ARG(filled(route, "{}", &count)));
}

static void test_no_two_routes_collide(void **state)
{
    (void)state;
    for (size_t i = 0; i < route_count; i++)
        for (size_t k = 0; k < i; k++)
            if (text_eq(shape(&routes[i]), shape(&routes[k])))
                fail_msg("%s and %s", routes[i].path, routes[k].path);
}

static void test_operation_ids(void **state)
{
    (void)state;
    for (size_t i = 0; i < route_count; i++) {
        assert_true(islower((unsigned char)routes[i].operation[0]));
        for (const char *c = routes[i].operation; *c; c++)
            assert_true(isalnum((unsigned char)*c));
        for (size_t k = 0; k < i; k++)
            if (routes[i].version == routes[k].version && strcmp(routes[i].operation, routes[k].operation) == 0)
                fail_msg("%s is the operation of %s and %s", routes[i].operation, routes[i].path, routes[k].path);
    }
}

static bool names_field(const struct spec *spec, struct text name)
{
    for (size_t i = 0; spec && i < spec->count; i++)
        if (text_eq(text_of(spec->fields[i].name), name))
            return true;
    return false;
}

static size_t count_params(const struct route *route)
{
    size_t n = 0;
    for (struct text rest = text_of(route->path + 1); rest.p;) {
        bool param;
        const struct text name = route_piece(&rest, &param);
        if (param && !names_field(route->path_in, name))
            fail_msg("%s: no field is called %.*s", route->path, TEXT_ARG(name));
        n += param;
    }
    return n;
}

/* Of that version of the API. */
static size_t count_fields(const struct spec *spec, unsigned version)
{
    size_t n = 0;
    for (size_t i = 0; spec && i < spec->count; i++)
        n += field_exists(&spec->fields[i], version);
    return n;
}

/* What the columns of a row promise each other. */
static void test_rows_are_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < route_count; i++) {
        const struct route *route = &routes[i];
        const bool v1 = strncmp(route->path, "/v1/", 4) == 0, v2 = strncmp(route->path, "/v2/", 4) == 0;
        assert_int_equal(route->version, v1 ? 1 : v2 ? 2 : 0);
        assert_int_equal(count_params(route), count_fields(route->path_in, route->version));
        assert_non_null(route->fn);
        assert_true(route->success == 405 || (route->success >= 200 && route->success <= 303));
        assert_true(strlen(route->summary) > 3 && strlen(route->doc) > 3);
        assert_true(route->auth == AUTH_NONE || route->tx != TX_NONE); /* the key is looked up in the store */
        assert_true(!route->body || route->method != METHOD_GET);
    }
}

/* NULL: the version has no such operation. */
static const struct route *find_operation(const char *operation, unsigned version)
{
    for (size_t i = 0; i < route_count; i++)
        if (routes[i].version == version && strcmp(routes[i].operation, operation) == 0)
            return &routes[i];
    return NULL;
}

static const struct route *route_of(const char *operation, unsigned version)
{
    const struct route *route = find_operation(operation, version);
    if (!route)
        fail_msg("version %u has no %s", version, operation);
    return route ? route : routes;
}

static const char *path_of(const char *operation, unsigned version)
{
    const struct route *route = find_operation(operation, version);
    return route ? route->path : "none";
}

/* One row of the table is a route of each version, whose path follows from it. */
static void test_where(void **state)
{
    (void)state;
    static const struct {
        const char *operation, *paths[3]; /* by version */
    } rows[] = {
        { "getConnection", { NULL, "/v1/connections/{connection_id}", "/v2/connections/{connection_id}" } },
        { "listConnections", { NULL, "/v1/connections", "/v2/teams/{teamId}/connections" } },
        { "startNativeOAuth", { NULL, "/v1/connections/oauth/native/{provider}/start",
                                "/v2/teams/{teamId}/connections/oauth/native/{provider}/start" } },
        { "oauthCallback", { NULL, "/v1/oauth/callback/{provider}", NULL } },
        { "listMyTeams", { NULL, NULL, "/v2/teams" } },
        { "getHealth", { "/_mock/health", NULL, NULL } },
        { "getDocumentation", { NULL, "/v1/documentation/json", "/v2/documentation/json" } },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        for (unsigned version = 0; version < COUNT(rows[i].paths); version++) {
            const char *path = rows[i].paths[version];
            assert_string_equal(path_of(rows[i].operation, version), path ? path : "none");
        }
    assert_ptr_equal(route_of("startNativeOAuth", 1)->path_in, route_of("startNativeOAuth", 2)->path_in);
    assert_string_equal(route_of("listConnections", 2)->path_in->name, "AnyTeamPath");
    assert_null(route_of("listConnections", 1)->path_in);
    assert_ptr_not_equal(route_of("probeMcpServer", 1)->body, route_of("probeMcpServer", 2)->body);
    assert_string_not_equal(route_of("listTeamMembers", 1)->doc, route_of("listTeamMembers", 2)->doc);
}

static void test_resource(void **state)
{
    (void)state;
    static const struct {
        const char *operation;
        unsigned version;
        const char *resource;
    } rows[] = {
        { "listConnections", 1, "/connections" },
        { "listConnections", 2, "/connections" },
        { "getTeam", 1, "/teams/{teamId}" },
        { "listMyTeams", 2, "/teams" },
        { "listTeamMembers", 1, "/members" },
        { "getHealth", 0, "/_mock/health" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(route_resource(route_of(rows[i].operation, rows[i].version)), rows[i].resource);
}

/* Statuses that follow from a row, beside those that it names. */
static void test_declared_errors(void **state)
{
    (void)state;
    static const struct {
        unsigned version;
        const char *operation, *statuses;
    } rows[] = {
        { 1, "listConnections", "400 401 429 500" },
        { 2, "listConnections", "400 401 403 429 500" },                           /* {teamId} */
        { 2, "getAgent", "400 401 404 429 500" },                                  /* another parameter */
        { 2, "startNativeOAuth", "400 401 403 404 409 413 415 429 500 507" },      /* both, and a body */
        { 1, "createConnection", "400 401 403 404 409 413 415 429 500 507" },      /* E_403 | E_404 */
        { 1, "createCustomIntegration", "400 401 403 409 413 415 429 500 507" },   /* a role */
        { 1, "removeRevisionIntegration", "400 401 403 409 429 500 507" },         /* a change, E_NO_404 */
        { 1, "authorizeMcpOAuth", "400 401 403 409 413 415 429 500 503 507" },     /* E_LATE */
        { 1, "checkMcpOAuth", "400 401 413 415 429 500 503" },                     /* a POST that writes nothing */
        { 1, "oauthCallback", "400 500 507" },                                     /* E_NO_404 */
        { 0, "takeSnapshot", "400 409 500 507" },
        { 0, "verifyRequests", "400 409 413 415 422 500 503" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct route *route = route_of(rows[i].operation, rows[i].version);
        struct buf told = buf_new(scratch, 200);
        for (const unsigned *status = error_statuses; *status; status++)
            if (route_declares(route, *status))
                buf_addf(&told, "%s%u", told.n ? " " : "", *status);
        if (!text_eq(buf_text(&told), text_of(rows[i].statuses)))
            fail_msg("%s: %.*s", rows[i].operation, TEXT_ARG(buf_text(&told)));
        assert_false(route_declares(route, 418));
    }
}

/* ---- finding ------------------------------------------------------------------------------------------- */

static enum route_match find(const char *method, const char *path, const struct route **ret, struct text **ret_params)
{
    *ret = NULL;
    return route_find(text_of(method), text_of(path), scratch, ret, ret_params);
}

static void expect_found(const char *method, const char *path, const char *operation, const char *param)
{
    const struct route *route;
    struct text *params;
    if (find(method, path, &route, &params) != ROUTE_FOUND || strcmp(route->operation, operation) != 0)
        fail_msg("%s %s: %s", method, path, route ? route->operation : "nothing");
    if (param)
        assert_true(text_eq(params[0], text_of(param)));
}

static void expect_match(const char *method, const char *path, enum route_match match)
{
    const struct route *route;
    struct text *params;
    const enum route_match got = find(method, path, &route, &params);
    if (got != match)
        fail_msg("%s %s: %d", method, path, (int)got);
}

static void test_found(void **state)
{
    (void)state;
    expect_found("GET", "/v1/connections", "listConnections", NULL);
    expect_found("HEAD", "/v1/connections", "listConnections", NULL);
    expect_found("POST", "/v1/connections", "createConnection", NULL);
    expect_found("GET", "/v1/connections/x", "getConnection", "x");
    expect_found("HEAD", "/v1/connections/x", "getConnection", "x");
    expect_found("PATCH", "/v1/connections/x", "updateConnection", "x");
    expect_found("DELETE", "/v1/connections/x", "deleteConnection", "x");
    expect_found("GET", "/v1/connections/x/credentials", "getConnectionCredentials", "x");
    expect_found("GET", "/v2/teams", "listMyTeams", NULL);
    expect_found("GET", "/v2/teams/connections", "getTeam", "connections");
    expect_found("GET", "/v2/teams/x/connections", "listConnections", "x");
    expect_found("GET", "/_mock/health", "getHealth", NULL);
    expect_found("GET", "/v1/connections/connections", "getConnection", "connections");
    expect_found("GET", "/v1/connections/", "getConnection", "");
    expect_found("GET", "/v1/connections/{connection_id}", "getConnection", "{connection_id}");
}

static void test_unknown(void **state)
{
    (void)state;
    static const char *const paths[] = { "", "/", "//", "*", "v1/profile", "/v1", "/v1/", "/V1/profile", "/v1/Profile",
                                         "/v1/profile/", "//v1/profile", "/v1//profile", "/v1/profile/x", "/v3/profile",
                                         "/v1/connections/x/y", "/v1/connections/x/credentials/",
                                         "/v2/teams//connections/", "/v1/./profile", "/v1/x/../profile" };
    for (size_t i = 0; i < COUNT(paths); i++) {
        expect_match("GET", paths[i], ROUTE_UNKNOWN);
        expect_match("HEAD", paths[i], ROUTE_UNKNOWN);
    }
    static const char *const methods[] = { "PUT", "get", "OPTIONS", "TRACE", "", "GETS", "CONNECT", "HEADS", "head" };
    for (size_t i = 0; i < COUNT(methods); i++)
        expect_match(methods[i], "/v1/profile", ROUTE_UNKNOWN);
    expect_match("POST", "/v1/profile", ROUTE_UNKNOWN);
    expect_match("HEAD", "/v2/teams/x/connections/", ROUTE_UNKNOWN);
}

static void test_escapes(void **state)
{
    (void)state;
    expect_found("GET", "/v1/connections/a%20b", "getConnection", "a b");
    expect_found("GET", "/v1/connections/%c3%A4", "getConnection", "\xC3\xA4");
    expect_found("GET", "/v1/connections/a+b", "getConnection", "a+b");
    expect_found("GET", "/v1/connections/%2e%2e", "getConnection", "..");
    expect_found("GET", "/v1/connections/%7Bx%7D", "getConnection", "{x}");
    expect_found("GET", "/v1/connections/a%2fcredentials", "getConnection", "a/credentials");
    expect_found("GET", "/v1/connections/a%2Fb/credentials", "getConnectionCredentials", "a/b");
    expect_found("GET", "/v1/connections/%252f", "getConnection", "%2f");
    expect_match("GET", "/v1%2fprofile", ROUTE_UNKNOWN);
    expect_match("GET", "%2fv1/profile", ROUTE_UNKNOWN);
}

static void test_bad_escapes(void **state)
{
    (void)state;
    static const char *const paths[] = { "/v1/connections/%", "/v1/connections/%4", "/v1/connections/%zz",
                                         "/v1/connections/%00", "/v1/connections/%ff", "/v1/connections/a%c3",
                                         "/%zz", "/no/such/%", "/v1/connections/%c3/%a4", "/v1/%c0%afprofile",
                                         "/v1/connections/\xFF" };
    for (size_t i = 0; i < COUNT(paths); i++) {
        expect_match("GET", paths[i], ROUTE_BAD_ESCAPE);
        expect_match("DELETE", paths[i], ROUTE_BAD_ESCAPE);
    }
}

/* Around the number of segments that a route can have, and far past it. */
static void test_many_segments(void **state)
{
    (void)state;
    for (size_t n = 1; n < 5000; n += n < LIMIT_SEGMENTS + 3 ? 1 : n) {
        struct buf path = buf_new(scratch, 20000);
        buf_add(&path, T("/v1/connections"));
        for (size_t i = 0; i < n; i++)
            buf_add(&path, T("/x"));
        buf_add_char(&path, '\0');
        expect_match("GET", buf_text(&path).p, n == 1 ? ROUTE_FOUND : ROUTE_UNKNOWN);
    }
}

static void test_pieces(void **state)
{
    (void)state;
    static const struct {
        const char *piece;
        bool param;
    } rows[] = { { "v1", false }, { "id", true }, { "", false }, { "{", false }, { "last", true } };
    struct text rest = T("v1/{id}//{/{last}");
    for (size_t i = 0; i < COUNT(rows); i++) {
        bool param;
        assert_true(text_eq(route_piece(&rest, &param), text_of(rows[i].piece)));
        assert_int_equal(param, rows[i].param);
    }
    assert_null(rest.p);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_every_route_finds_itself),
        TEST(test_where),
        TEST(test_resource),
        TEST(test_declared_errors),
        TEST(test_no_two_routes_collide),
        TEST(test_operation_ids),
        TEST(test_rows_are_whole),
        TEST(test_found),
        TEST(test_unknown),
        TEST(test_escapes),
        TEST(test_bad_escapes),
        TEST(test_many_segments),
        TEST(test_pieces),
    };
    return cmocka_run_group_tests_name("routes", tests, NULL, NULL);
}
