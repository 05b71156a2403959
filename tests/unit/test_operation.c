/* The closed list of operations, held against the table of routes; and the nearest right word. */
#include "request/operation.h"
#include "base/limit.h"
#include "rig.h"
#include "spec/nearest.h"

#include <stdarg.h>
#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

/* NULL: Duvo documents nothing there. */
static const struct route *find(enum method method, const char *path)
{
    for (size_t i = 0; i < documented_count; i++)
        if (documented[i].method == method && strcmp(documented[i].path, path) == 0)
            return &documented[i];
    return NULL;
}

static bool is_there(const struct route *route)
{
    return route->path[0] == '/';
}

static void test_documented(void **state)
{
    (void)state;
    assert_int_equal(documented_count, 2 * 213);
    for (size_t i = 0; i < documented_count; i++) {
        const struct route *one = &documented[i];
        assert_int_equal(one->version, i < documented_count / 2 ? 1 : 2);
        assert_int_equal(strncmp(one->path, one->version == 1 ? "/v1/" : "/v2/", 4), 0);
        assert_ptr_equal(find(one->method, one->path), one); /* none stands there twice */
        assert_null(one->fn);
        assert_null(operation_check(text_of(one->operation)));
        assert_true(operation_any(text_of(one->operation), is_there));
        assert_true(operation_is(text_of(one->operation), one->version, text_of(one->operation)));
    }
}

/* What is documented has the documented name where it is answered, and is not taken for unanswered. */
static void test_routes_have_documented_names(void **state)
{
    (void)state;
    size_t seen = 0;
    for (size_t i = 0; i < route_count; i++) {
        const struct route *one = find(routes[i].method, routes[i].path);
        if (one && !strchr(one->operation, ' '))
            assert_string_equal(routes[i].operation, one->operation);
        if (one)
            assert_true(documented_is_mocked(one));
        seen += one != NULL;
        assert_null(operation_check(text_of(routes[i].operation)));
    }
    assert_true(seen > 90);
}

static void test_aliases(void **state)
{
    (void)state;
    static const struct {
        const char *name, *operation;
    } rows[] = {
        { "listTeams", "listMyTeams" },
        { "listMembers", "listTeamMembers" },
        { "listSchedules", "listAgentSchedules" },
        { "listSchedulesV1", "listAgentSchedulesV1" },
        { "listMyTeams", "listMyTeams" },
        { "V1", "V1" },
        { "", "" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct text got = operation_named(text_of(rows[i].name));
        assert_int_equal(got.n, strlen(rows[i].operation));
        assert_memory_equal(got.p, rows[i].operation, got.n);
        assert_true(!got.n || got.n == 2 || !operation_check(text_of(rows[i].name)));
    }
}

static void test_checked(void **state)
{
    (void)state;
    static const struct {
        const char *name, *says;
    } rows[] = {
        { "createConection", "Unknown operation: did you mean \"createConnection\"?" },
        { "createconnection", "Unknown operation: did you mean \"createConnection\"?" },
        { "createConectionV1", "Unknown operation: did you mean \"createConnection\"?" },
        { "createSkilln", "Unknown operation: did you mean \"createSkill\"?" },
        { "createSkill", NULL },
        { "createSkillV1", NULL },
        { "createSkillV2", "Unknown operation: did you mean \"createSkill\"?" },
        { "POST /v2/mcp", NULL },
        { "createConnectionV1", NULL },
        { "createSchedule", NULL },
        { "createScheduleV1", "createSchedule is not an operation of /v1: leave out the V1" },
        { "listTeamsV1", "listTeams is not an operation of /v1: leave out the V1" },
        { "getHealthV1", "getHealth is not an operation of /v1: leave out the V1" },
        { "listTeam", "Unknown operation: did you mean \"listTeams\"?" },
        { "qqqqqqqqqqqqqqq",
          "Unknown operation: expected an operationId of the contract, as in \"createConnection\"" },
        { "", "Unknown operation: expected an operationId of the contract, as in \"createConnection\"" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *says = operation_check(text_of(rows[i].name));
        assert_string_equal(says ? says : "", rows[i].says ? rows[i].says : "");
    }
}

static void test_nearest_is_bounded(void **state)
{
    (void)state;
    char word[LIMIT_NEAREST + 1], slip[LIMIT_NEAREST + 1];
    memset(word, 'a', sizeof word);
    memset(slip, 'a', sizeof slip);
    slip[0] = 'b';
    for (size_t n = LIMIT_NEAREST; n <= LIMIT_NEAREST + 1; n++) {
        struct nearest nearest = nearest_to((struct text){ slip, n });
        nearest_try(&nearest, (struct text){ word, n });
        assert_int_equal(nearest.word.n, n == LIMIT_NEAREST ? n : 0);
        assert_false(nearest.found);
        nearest_try(&nearest, (struct text){ slip, n });
        assert_true(nearest.found);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_documented),
        cmocka_unit_test(test_routes_have_documented_names),
        cmocka_unit_test(test_aliases),
        cmocka_unit_test(test_checked),
        cmocka_unit_test(test_nearest_is_bounded),
    };
    return cmocka_run_group_tests_name("operation", tests, NULL, NULL);
}
