/* Fixtures: what is read and stored, every error with its path, and that a set is taken whole or not at all. */
#include "fixtures/read.h"

#include "rig.h"
#include "store/query.h"
#include "space/directory.h"
#include "router/stored_specs.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct arena *arena;
static char *folder;

/* A store with nothing in it until a test loads something. */
static int setup(void **state)
{
    (void)state;
    char why[256] = "";
    assert_true(secret_start());
    arena = arena_new();
    folder = folder_new();
    rig = (struct rig){ .config.host = "" };
    rig.server.config = &rig.config;
    rig.server.store = store_open(NULL, stored_specs, why, sizeof why);
    assert_non_null(rig.server.store);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    spaces_close(rig.server.spaces);
    store_close(rig.server.store);
    folder_remove(folder);
    arena_free(arena);
    arena_trim();
    return 0;
}

#define assert_text(got, expected) assert_true(text_eq((got), T(expected)))

/* ---- documents ----------------------------------------------------------------------------------------- */

#define PLAIN_ID(n) "6f1d2c3b-0000-4aaa-8bbb-0000000000" n
#define ID(n) "\"" PLAIN_ID(n) "\""
#define TEAMS "\"teams\":[{\"id\":" ID("02") ",\"name\":\"T\"}]"
#define PEOPLE "\"people\":[{\"id\":" ID("03") ",\"email\":\"a@b\"}]"
#define MEMBERS "\"members\":[{\"team_id\":" ID("02") ",\"user_id\":" ID("03") ",\"role\":\"owner\"}]"
#define KEYS "\"api_keys\":[{\"key\":\"dv_k\",\"team_id\":" ID("02") ",\"user_id\":" ID("03") "}]"
#define PEOPLE_AND_TEAM TEAMS "," PEOPLE "," MEMBERS "," KEYS
#define CONNECTION(n, rest) "{\"id\":" ID(n) ",\"name\":\"C\",\"team_id\":" ID("02") rest "}"

static const struct fixture_set *read_names(struct text *ret_errors, size_t n, const char *const *names)
{
    struct config_list list = { .n = n };
    for (size_t i = 0; i < n; i++)
        list.v[i] = names[i];
    return fixtures_read(arena, &list, ret_errors);
}

/* The path of a file with that document. */
static const char *document(const char *name, const char *json)
{
    return file_write(arena, folder, name, text_of(json));
}

/* Every error of one document, with the file's path left out. */
static struct text errors_of(const char *json, bool *ret_loaded)
{
    struct fixture_report report = { .errors = { NULL, 0 } };
    const char *path = document("f.json", json);
    const struct fixture_set *set = read_names(&report.errors, 1, &path);
    *ret_loaded = set && fixtures_load(arena, set, rig_db(&rig), &report);
    const struct text errors = report.errors;
    struct buf plain = buf_new(arena, 1 << 20);
    const struct text prefix = text_format(arena, "%s: ", path);
    for (struct text rest = errors; rest.p && errors.n;) {
        const struct text line = text_cut(&rest, '\n');
        assert_true(text_starts(line, prefix));
        if (plain.n)
            buf_add_char(&plain, '\n');
        buf_add(&plain, text_from(line, prefix.n));
    }
    return buf_text(&plain);
}

/* What requests need, once something was loaded. */
static void open_spaces(void)
{
    char why[256] = "";
    if (!rig.server.spaces)
        rig.server.spaces = spaces_open(rig.server.store, &rig.config, why, sizeof why);
    assert_string_equal(why, "");
}

static bool space_is_there(void)
{
    struct db *db = rig_db(&rig);
    assert_true(tx_begin(db, TX_READ));
    bool found;
    {
        QUERY q = query(db, SQL_SPACE_GET);
        found = query_row(&q);
    }
    assert_true(tx_commit(db));
    return found;
}

static void refuse(const char *json, const char *errors)
{
    bool loaded;
    const struct text got = errors_of(json, &loaded);
    if (loaded || !text_eq(got, text_of(errors)))
        fail_msg("%s: %.*s\nexpected: %s", json, TEXT_ARG(got), errors);
    assert_false(space_is_there());
}

static void accept(const char *json)
{
    bool loaded;
    const struct text got = errors_of(json, &loaded);
    if (!loaded)
        fail_msg("%s: %.*s", json, TEXT_ARG(got));
    assert_true(space_is_there());
    open_spaces();
}

static const struct ask list = { .uri = "/v2/teams/6f1d2c3b-0000-4aaa-8bbb-000000000002/connections", .key = "dv_k" };

/* ---- what is taken ------------------------------------------------------------------------------------- */

static void test_built_in_sets(void **state)
{
    (void)state;
    static const char *const names[] = { "default", "empty", "demo" };
    for (size_t i = 0; i < COUNT(names); i++) {
        struct text errors;
        const struct fixture_set *set = read_names(&errors, 1, &names[i]);
        assert_non_null(set);
        assert_int_equal(errors.n, 0);
    }
}

static void test_nothing(void **state)
{
    (void)state;
    accept("{}");
    rig_expect(&rig, list, 401, NULL);
}

/* What a document leaves out. */
static void test_least(void **state)
{
    (void)state;
    accept("{" PEOPLE_AND_TEAM ",\"connections\":[" CONNECTION("05", "") "]}");
    rig_expect(&rig, (struct ask){ .uri = "/v2/profile", .key = "dv_k" }, 200,
               "{\"profile\":{\"id\":" ID("03") ",\"name\":null,\"email\":\"a@b\",\"teamId\":" ID("02") "}}");
    rig_expect(&rig, (struct ask){ .uri = "/v2/teams/6f1d2c3b-0000-4aaa-8bbb-000000000002", .key = "dv_k" }, 200,
               "{\"team\":{\"id\":" ID("02") ",\"name\":\"T\",\"created_at\":\"2026-01-01T00:00:00.000Z\","
               "\"organization_id\":null,\"slack_team_id\":null,\"discovery_mode\":\"request\"}}");
    /* It is the team's, which shares nothing without an organization. */
    rig_expect_part(&rig, list, 200, "\"total\":0,");
}

static void test_everything(void **state)
{
    (void)state;
    accept("{\"organizations\":[{\"id\":" ID("01") ",\"name\":\"O\"}],"
           "\"teams\":[{\"id\":" ID("02") ",\"name\":\"T\",\"organization_id\":" ID("01") "}],"
           PEOPLE "," MEMBERS "," KEYS ","
           "\"custom_integrations\":[{\"id\":" ID("04") ",\"team_id\":" ID("02") ",\"name\":\"I\","
           "\"auth_method\":\"url\",\"server_url\":\"https://h/\",\"created_by\":" ID("03") "}],"
           "\"connections\":[" CONNECTION("05", ",\"type\":\"gmail\",\"provider\":\"native\",\"user_id\":" ID("03")
           ",\"server_url\":\"https://h/mcp\",\"transport_type\":\"sse\",\"auth_method\":\"native\","
           "\"composio_mcp_id\":\"m\",\"custom_integration_id\":" ID("04") ",\"icon_url\":\"https://i/\","
           "\"oauth_provider\":\"google\",\"oauth_provider_key\":\"google_gmail\",\"oauth_scopes\":[\"a:b\",\"c\"],"
           "\"has_oauth_tokens\":true,\"integration_id\":\"i\",\"created_by\":" ID("03")
           ",\"broken_at\":\"2026-05-01T00:00:00Z\",\"broken_reason\":\"r\",\"created_at\":\"2026-04-01T00:00:00Z\","
           "\"headers\":{\"plaintext\":{\"A\":\"1\"},\"secret\":{\"B\":\"2\"}}") "," CONNECTION("06", "") "]}");
    rig_expect(&rig, (struct ask){ .uri = "/v2/connections/6f1d2c3b-0000-4aaa-8bbb-000000000005", .key = "dv_k" }, 200,
               "{\"id\":" ID("05") ",\"name\":\"C\",\"type\":\"gmail\",\"provider\":\"native\",\"user_id\":" ID("03")
               ",\"team_id\":" ID("02") ",\"server_url\":\"https://h/mcp\",\"transport_type\":\"sse\","
               "\"auth_method\":\"native\",\"custom_integration_id\":" ID("04") ",\"icon_url\":\"https://i/\","
               "\"oauth_provider\":\"google\",\"oauth_provider_key\":\"google_gmail\",\"oauth_scopes\":[\"a:b\",\"c\"],"
               "\"has_headers\":true,\"has_oauth_tokens\":true,\"integration_id\":\"i\",\"shared\":false,"
               "\"created_by\":" ID("03") ",\"broken_at\":\"2026-05-01T00:00:00.000Z\",\"broken_reason\":\"r\","
               "\"created_at\":\"2026-04-01T00:00:00.000Z\",\"updated_at\":\"2026-04-01T00:00:00.000Z\"}");
    rig_expect_part(&rig, list, 200, "\"total\":2,");
    rig_expect_part(&rig, list, 200, ID("06") ",\"name\":\"C\",\"type\":\"custom_mcp\",\"provider\":\"user\","
                                     "\"user_id\":null,");
}

static void test_revoked_keys(void **state)
{
    (void)state;
    accept("{" TEAMS "," PEOPLE "," MEMBERS ",\"api_keys\":[{\"key\":\"dv_k\",\"team_id\":" ID("02") ",\"user_id\":"
           ID("03") ",\"revoked\":true}]}");
    rig_expect_part(&rig, list, 401, "revoked");
}

/* Several documents are one set: what one names another one can define. */
static void test_merged(void **state)
{
    (void)state;
    struct text errors;
    struct fixture_report report;
    const char *const names[] = { document("1.json", "{" MEMBERS "," KEYS "}"), document("2.json", "{" TEAMS "}"),
                                  document("3.json", "{" PEOPLE "}") };
    const struct fixture_set *set = read_names(&errors, COUNT(names), names);
    assert_non_null(set);
    assert_true(fixtures_load(arena, set, rig_db(&rig), &report));
    open_spaces();
    rig_expect_part(&rig, list, 200, "\"total\":0,");
}

static void test_folder(void **state)
{
    (void)state;
    struct text errors;
    struct fixture_report report;
    const char *const name = folder;
    document("b.json", "{" PEOPLE "}");
    document("a.json", "{" TEAMS "}");
    document("c.txt", "not JSON");
    document(".hidden.json", "not JSON");
    const struct fixture_set *set = read_names(&errors, 1, &name);
    assert_non_null(set);
    assert_true(fixtures_load(arena, set, rig_db(&rig), &report));
    open_spaces();
    document("d.json", "{\"x\":1}");
    document("0.json", "[]");
    assert_null(read_names(&errors, 1, &name));
    assert_true(text_eq(errors, text_format(arena, "%s/0.json: / Invalid input: expected object, received array\n"
                                                   "%s/d.json: x Unrecognized key", folder, folder)));
}

/* A space that is there already is left as it is, whatever the set. */
static void test_load_again(void **state)
{
    (void)state;
    accept("{" PEOPLE_AND_TEAM "}");
    accept("{" PEOPLE_AND_TEAM "}");
    rig_expect_part(&rig, list, 200, "\"total\":0,");
}

/* ---- what is refused ----------------------------------------------------------------------------------- */

static void test_wrong_documents(void **state)
{
    (void)state;
    refuse("[]", "/ Invalid input: expected object, received array");
    refuse("", "is not valid JSON, at line 1, column 0: it is empty");
    refuse("{\n\"teams\": [,]}", "is not valid JSON, at line 2, column 11");
    refuse("{\"teams\":[],\n\"teams\":[]}", "has a duplicate key in an object, at line 2, column 7");
    refuse("{\"teams\":[{\"name\":\"\\u0000\"}]}", "holds \\u0000, which is not allowed, at line 1, column 26");
    refuse("{\"team\":[]}", "team Unrecognized key");
    refuse("{\"teams\":{}}", "teams Invalid input: expected array, received object");
    refuse("{\"teams\":[1,[]]}", "teams/0 Invalid input: expected object, received number\n"
                                 "teams/1 Invalid input: expected object, received array");
}

/* The error of every rule, with its path. */
static void test_wrong_rows(void **state)
{
    (void)state;
    refuse("{\"organizations\":[{}]}", "organizations/0/id Invalid input: expected string, received undefined\n"
                                       "organizations/0/name Invalid input: expected string, received undefined");
    refuse("{\"organizations\":[{\"id\":\"x\",\"name\":\"\",\"connections_sharing\":1,\"more\":1}]}",
           "organizations/0/id Invalid GUID\n"
           "organizations/0/name Too small: expected string to have >=1 characters\n"
           "organizations/0/connections_sharing Invalid input: expected boolean, received number\n"
           "organizations/0/more Unrecognized key");
    refuse("{\"teams\":[{\"id\":" ID("02") ",\"name\":\"T\",\"created_at\":\"today\",\"discovery_mode\":null}]}",
           "teams/0/discovery_mode Invalid option: expected one of \"request\"|\"auto\"|\"open\"\n"
           "teams/0/created_at Invalid ISO datetime");
    refuse("{\"people\":[{\"id\":" ID("03") ",\"email\":\"a\"}]}",
           "people/0/email Too small: expected string to have >=3 characters");
    refuse("{\"members\":[{\"team_id\":" ID("02") ",\"user_id\":" ID("03") ",\"role\":\"king\"}]}",
           "members/0/role Invalid option: expected one of \"clarity_member\"|\"member\"|\"builder\"|\"manager\"|"
           "\"administrator\"|\"owner\"");
    refuse("{\"api_keys\":[{\"key\":\"a b\",\"team_id\":" ID("02") ",\"user_id\":" ID("03") "},{\"key\":\"\"}]}",
           "api_keys/0/key Invalid key: expected visible ASCII characters\n"
           "api_keys/1/key Too small: expected string to have >=1 characters\n"
           "api_keys/1/team_id Invalid input: expected string, received undefined\n"
           "api_keys/1/user_id Invalid input: expected string, received undefined");
    refuse("{\"custom_integrations\":[{\"id\":" ID("04") ",\"team_id\":" ID("02") ",\"name\":\"I\","
           "\"auth_method\":\"x\",\"server_url\":\"h\"}]}",
           "custom_integrations/0/auth_method Invalid option: expected one of "
           "\"url\"|\"apikey\"|\"headers\"|\"oauth\"\n"
           "custom_integrations/0/server_url Invalid URL");
}

static void test_wrong_connections(void **state)
{
    (void)state;
    refuse("{\"connections\":[" CONNECTION("05", "") "," CONNECTION("06", ",\"transport_type\":\"tcp\","
           "\"server_url\":\"x\",\"user_id\":1,\"oauth_scopes\":[1],\"broken_at\":\"x\",\"has_headers\":true,"
           "\"headers\":{\"plaintext\":{\"a b\":\"\"},\"secret\":{\"A\":\"\\n\"},\"other\":{}}") "]}",
           "connections/1/user_id Invalid input: expected string, received number\n"
           "connections/1/server_url Invalid URL\n"
           "connections/1/transport_type Invalid option: expected one of \"stdio\"|\"sse\"|\"http\"\n"
           "connections/1/oauth_scopes/0 Invalid input: expected string, received number\n"
           "connections/1/broken_at Invalid ISO datetime\n"
           "connections/1/headers/plaintext/a b Invalid header name\n"
           "connections/1/headers/secret/A Invalid header value: control characters are not allowed\n"
           "connections/1/headers/other Unrecognized key\n"
           "connections/1/has_headers Unrecognized key");
}

/* The secrets of a document are in none of its errors. */
static void test_errors_tell_no_secrets(void **state)
{
    (void)state;
    bool loaded;
    const struct text got =
        errors_of("{\"api_keys\":[{\"key\":\"dv_hush hush\"},{\"key\":[\"hush\"]}],\"connections\":["
                  CONNECTION("05", ",\"headers\":{\"secret\":{\"A\":\"hush\\n\"}}") "]}", &loaded);
    assert_false(loaded);
    assert_true(text_contains(got, T("api_keys/0/key")) && text_contains(got, T("secret/A")));
    assert_false(text_contains(got, T("hush")));
}

static void test_references(void **state)
{
    (void)state;
    refuse("{\"teams\":[{\"id\":" ID("02") ",\"name\":\"T\",\"organization_id\":" ID("09") "}]}",
           "teams/0/organization_id names nothing in organizations");
    refuse("{" MEMBERS "}", "members/0/team_id names nothing in teams\nmembers/0/user_id names nothing in people");
    refuse("{" KEYS "}", "api_keys/0/team_id names nothing in teams\napi_keys/0/user_id names nothing in people");
    refuse("{\"custom_integrations\":[{\"id\":" ID("04") ",\"team_id\":" ID("02") ",\"name\":\"I\","
           "\"auth_method\":\"url\",\"server_url\":\"https://h/\",\"created_by\":" ID("08") "}]}",
           "custom_integrations/0/team_id names nothing in teams\n"
           "custom_integrations/0/created_by names nothing in people");
    refuse("{" TEAMS ",\"connections\":[" CONNECTION("05", "") "," CONNECTION("06", ",\"user_id\":" ID("07")
           ",\"created_by\":" ID("08") ",\"custom_integration_id\":" ID("09")) "]}",
           "connections/1/user_id names nothing in people\n"
           "connections/1/created_by names nothing in people\n"
           "connections/1/custom_integration_id names nothing in custom_integrations");
}

static void test_conflicts(void **state)
{
    (void)state;
    refuse("{\"organizations\":[{\"id\":" ID("01") ",\"name\":\"A\"},{\"id\":" ID("01") ",\"name\":\"B\"}]}",
           "organizations/1 id is used twice (organizations " PLAIN_ID("01") "; the two differ in name)");
    refuse("{\"people\":[{\"id\":" ID("03") ",\"email\":\"a@b\"},{\"id\":" ID("03") ",\"email\":\"c@d\"}]}",
           "people/1 id is used twice (people " PLAIN_ID("03") "; the two differ in email)");
    refuse("{" TEAMS "," PEOPLE ",\"members\":[{\"team_id\":" ID("02") ",\"user_id\":" ID("03")
           ",\"role\":\"owner\"},{\"team_id\":" ID("02") ",\"user_id\":" ID("03") ",\"role\":\"member\"}]}",
           "members/1 the person is in the team twice (members " PLAIN_ID("02") " " PLAIN_ID("03")
           "; the two differ in role)");
    refuse("{" TEAMS "," PEOPLE "," KEYS "}",
           "api_keys/0 the key is used twice, or its person is not a member of its team");
    refuse("{" TEAMS "," PEOPLE "," MEMBERS ",\"api_keys\":[{\"key\":\"a\",\"team_id\":" ID("02") ",\"user_id\":"
           ID("03") "},{\"key\":\"a\",\"team_id\":" ID("02") ",\"user_id\":" ID("03") ",\"revoked\":true}]}",
           "api_keys/1 the key is used twice, or its person is not a member of its team (api_keys; the two differ in"
           " revoked)");
    refuse("{" TEAMS ",\"connections\":[" CONNECTION("05", "") "," CONNECTION("06", "") "," CONNECTION("05", "") ","
           CONNECTION("05", ",\"type\":\"slack\"") "]}",
           "connections/3 id is used twice (connections " PLAIN_ID("05") "; the two differ in type)");
}

static void test_conflicts_across_documents(void **state)
{
    (void)state;
    struct text errors;
    struct fixture_report report;
    const char *const names[] = { document("1.json", "{" TEAMS "}"),
                                  document("2.json", "{\"teams\":[{\"id\":" ID("02") ",\"name\":\"Another\"}]}") };
    const struct fixture_set *set = read_names(&errors, COUNT(names), names);
    assert_non_null(set);
    assert_false(fixtures_load(arena, set, rig_db(&rig), &report));
    assert_true(text_eq(report.errors, text_format(arena, "%s: teams/0 id is used twice (teams %s; the two differ in"
                                                   " name)", names[1], PLAIN_ID("02"))));
    assert_false(space_is_there());
}

/* A row that is there already, as far as it is given, is no conflict. */
static void test_same_across_documents(void **state)
{
    (void)state;
    struct text errors;
    struct fixture_report report;
    const char *const names[] = { document("1.json", "{" TEAMS "}"), document("2.json", "{" TEAMS "," PEOPLE "}") };
    const struct fixture_set *set = read_names(&errors, COUNT(names), names);
    assert_non_null(set);
    assert_true(fixtures_load(arena, set, rig_db(&rig), &report));
    assert_true(space_is_there());
}

static void test_headers_in_both_halves(void **state)
{
    (void)state;
    bool loaded;
    const struct text got =
        errors_of("{" TEAMS ",\"connections\":[" CONNECTION("05", ",\"headers\":{\"plaintext\":{\"X-A\":\"1\"},"
                  "\"secret\":{\"x-a\":\"2\"}}") "]}", &loaded);
    assert_false(loaded);
    assert_true(text_starts(got, T("connections/0")));
    assert_false(space_is_there());
}

/* A scope is kept as it is, or refused. */
static void test_scopes(void **state)
{
    (void)state;
    static const char *const scopes[] = { "[\"a b\"]", "[\"\"]", "[\"\",\"a\"]", "[\" a\"]", "[]",
                                          "[\"a\",\"b:c/d\"]" };
    for (size_t i = 0; i < COUNT(scopes); i++) {
        teardown(NULL);
        setup(NULL);
        bool loaded;
        const char *json = text_format(arena, "{" PEOPLE_AND_TEAM ",\"connections\":[" CONNECTION("05", ",\"user_id\":"
                                       ID("03") ",\"oauth_scopes\":%s") "]}", scopes[i]).p;
        errors_of(json, &loaded);
        if (loaded)
            open_spaces();
        if (loaded)
            rig_expect_part(&rig, list, 200, text_format(arena, "\"oauth_scopes\":%s,", scopes[i]).p);
        assert_true(loaded || i < 4);
    }
}

static void test_no_files(void **state)
{
    (void)state;
    struct text errors;
    const char *const names[] = { "no-such-set", text_format(arena, "%s/none.json", folder).p, folder };
    assert_null(read_names(&errors, COUNT(names), names));
    assert_true(text_eq(errors, text_format(arena,
        "no-such-set: expected a built-in set (default, empty, demo), a file or a folder\n"
        "%s/none.json: expected a built-in set (default, empty, demo), a file or a folder\n"
        "%s: no *.json file in it", folder, folder)));
}

/* More than are named in a request's 400: the rest is counted. */
static void test_many_errors(void **state)
{
    (void)state;
    bool loaded;
    struct buf json = buf_new(arena, 1 << 16);
    buf_add(&json, T("{\"people\":["));
    for (int i = 0; i < 100; i++)
        buf_add(&json, i ? T(",0") : T("0"));
    buf_add(&json, T("]}"));
    buf_add_char(&json, '\0');
    const struct text got = errors_of(buf_text(&json).p, &loaded);
    assert_false(loaded);
    assert_true(text_ends(got, T("\nand 68 more")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_built_in_sets),
        TEST(test_nothing),
        TEST(test_least),
        TEST(test_everything),
        TEST(test_revoked_keys),
        TEST(test_merged),
        TEST(test_folder),
        TEST(test_load_again),
        TEST(test_wrong_documents),
        TEST(test_wrong_rows),
        TEST(test_wrong_connections),
        TEST(test_errors_tell_no_secrets),
        TEST(test_references),
        TEST(test_conflicts),
        TEST(test_conflicts_across_documents),
        TEST(test_same_across_documents),
        TEST(test_headers_in_both_halves),
        TEST(test_scopes),
        TEST(test_no_files),
        TEST(test_many_errors),
    };
    return cmocka_run_group_tests_name("fixtures", tests, NULL, NULL);
}
