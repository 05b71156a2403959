/* The closed list of operations, held against the table of routes; and the nearest right word. */
#include "request/operation.h"
#include "base/limit.h"
#include "request/route.h"
#include "rig.h"
#include "spec/nearest.h"

#include <stdarg.h>
#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

static const struct operation *documented(const char *method, const char *path)
{
    for (size_t i = 0; i < documented_operation_count; i++)
        if (strcmp(documented_operations[i].method, method) == 0 && strcmp(documented_operations[i].path, path) == 0)
            return &documented_operations[i];
    return NULL;
}

#define NOT_MOCKED "This operation is documented by Duvo but not mocked: no request has it; match its path instead"

static void test_documented(void **state)
{
    (void)state;
    assert_int_equal(documented_operation_count, 213);
    for (size_t i = 0; i < documented_operation_count; i++) {
        const struct operation *one = &documented_operations[i];
        assert_int_equal(strncmp(one->path, "/v2/", 4), 0);
        assert_ptr_equal(documented(one->method, one->path), one); /* none stands there twice */
        const char *wrong = operation_check(text_of(one->name));
        if (wrong)
            assert_string_equal(wrong, NOT_MOCKED);
    }
}

/* What is documented has the documented name where it is answered. */
static void test_routes_have_documented_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < route_count; i++) {
        const struct operation *one = documented(method_names[routes[i].method], routes[i].path);
        if (one && !strchr(one->name, ' '))
            assert_string_equal(routes[i].operation, one->name);
        assert_null(operation_check(text_of(routes[i].operation)));
    }
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

static void test_unknown(void **state)
{
    (void)state;
    static const struct {
        const char *name, *says;
    } rows[] = {
        { "createConection", "Unknown operation: did you mean \"createConnection\"?" },
        { "createconnection", "Unknown operation: did you mean \"createConnection\"?" },
        { "createConectionV1", "Unknown operation: did you mean \"createConnection\"?" },
        { "startRunn", "Unknown operation: did you mean \"startRun\"?" },
        { "startRun", NOT_MOCKED },
        { "startRunV1", NOT_MOCKED },
        { "listTeam", "Unknown operation: did you mean \"listTeams\"?" },
        { "qqqqqqqqqqqqqqq",
          "Unknown operation: expected an operationId of the contract, as in \"createConnection\"" },
        { "", "Unknown operation: expected an operationId of the contract, as in \"createConnection\"" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(operation_check(text_of(rows[i].name)), rows[i].says);
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
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_nearest_is_bounded),
    };
    return cmocka_run_group_tests_name("operation", tests, NULL, NULL);
}
