/* Configuration by the environment: the variables, and what stands above them. */
#include "configured.h"

#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void test_environment(void **state)
{
    (void)state;
    set_variable("DUVO_MOCK_HOST", "0.0.0.0");
    set_variable("DUVO_MOCK_PORT", "9000");
    set_variable("DUVO_MOCK_PORT_FILE", "pf");
    set_variable("DUVO_MOCK_DB", "x.db");
    set_variable("DUVO_MOCK_FIXTURES", "default,,more.json,");
    set_variable("DUVO_MOCK_STRICT", "true");
    set_variable("DUVO_MOCK_ANY_KEY", "1");
    set_variable("DUVO_MOCK_RATE_LIMIT", "60");
    set_variable("DUVO_MOCK_CORS", "https://app.example");
    set_variable("DUVO_MOCK_V1_LIST_KEYS", "connections");
    set_variable("DUVO_MOCK_LENIENT_AUTH_METHOD", "on");
    set_variable("DUVO_MOCK_LOG", "off");
    set_variable("DUVO_MOCK_BOGUS", "ignored");
    ACCEPT(NOTHING);
    assert_string_equal(config.host, "0.0.0.0");
    assert_int_equal(config.port, 9000);
    assert_string_equal(config.port_file, "pf");
    assert_string_equal(config.db, "x.db");
    expect_list(&config.fixtures, "default,more.json");
    assert_true(config.strict && config.any_key && config.lenient_auth_method);
    assert_int_equal(config.rate_limit, 60);
    expect_list(&config.cors, "https://app.example");
    assert_int_equal(config.v1_list_keys, LIST_KEYS_CONNECTIONS);
    assert_int_equal(config.log, LOG_OFF);
}

static void test_flags_beat_the_environment(void **state)
{
    (void)state;
    set_variable("DUVO_MOCK_PORT", "9000");
    set_variable("DUVO_MOCK_STRICT", "on");
    set_variable("DUVO_MOCK_LOG", "json");
    ACCEPT("--port=1", "--strict=off");
    assert_int_equal(config.port, 1);
    assert_false(config.strict);
    assert_int_equal(config.log, LOG_JSON);
}

static void test_a_list_of_flags_beats_the_environment(void **state)
{
    (void)state;
    set_variable("DUVO_MOCK_FIXTURES", "e1,e2");
    ACCEPT("--strict");
    expect_list(&config.fixtures, "e1,e2");
    ACCEPT("--fixtures=a", "--fixtures=b");
    expect_list(&config.fixtures, "a,b");
}

static void test_bare_port(void **state)
{
    (void)state;
    set_variable("PORT", "3000");
    ACCEPT(NOTHING);
    assert_int_equal(config.port, 3000);
    set_variable("DUVO_MOCK_PORT", "4000");
    ACCEPT(NOTHING);
    assert_int_equal(config.port, 4000);
    ACCEPT("--port=5000");
    assert_int_equal(config.port, 5000);
}

/* An empty variable is an unset one. */
static void test_empty_variables(void **state)
{
    (void)state;
    static const char *const names[] = { "HOST", "PORT", "DB", "FIXTURES", "STRICT", "RATE_LIMIT", "LOG", "CORS" };
    for (size_t i = 0; i < COUNT(names); i++) {
        char name[64];
        snprintf(name, sizeof name, "DUVO_MOCK_%s", names[i]);
        set_variable(name, "");
    }
    set_variable("PORT", "");
    ACCEPT(NOTHING);
    assert_string_equal(config.host, "localhost");
    assert_int_equal(config.port, 8787);
    assert_null(config.db);
    assert_int_equal(config.cors.n, 0);
    expect_list(&config.fixtures, "default");
    set_variable("DUVO_MOCK_FIXTURES", ",,");
    ACCEPT(NOTHING);
    expect_list(&config.fixtures, "default");
}

static void test_bare_port_beside_an_empty_variable(void **state)
{
    (void)state;
    set_variable("DUVO_MOCK_PORT", "");
    set_variable("PORT", "3000");
    ACCEPT(NOTHING);
    assert_int_equal(config.port, 3000);
}

static void test_bad_variables(void **state)
{
    (void)state;
    static const char *const rows[][3] = {
        { "DUVO_MOCK_PORT", "x", "DUVO_MOCK_PORT: 'x' is not a value it takes; expected 0-65535" },
        { "PORT", "70000", "PORT: '70000' is not a value it takes; expected 0-65535" },
        { "DUVO_MOCK_STRICT", "2", "DUVO_MOCK_STRICT: '2' is not a value it takes; expected on|off" },
        { "DUVO_MOCK_RATE_LIMIT", "-1", "DUVO_MOCK_RATE_LIMIT: '-1' is not a value it takes; expected 1-1000000|off" },
        { "DUVO_MOCK_LOG", "no", "DUVO_MOCK_LOG: 'no' is not a value it takes; expected text|json|off" },
        { "DUVO_MOCK_ALLOWED_HOSTS", "a.example,b/c",
          "DUVO_MOCK_ALLOWED_HOSTS: 'a.example,b/c' is not a value it takes; expected one host, such as app.example, "
          "*.example or [::1]" },
        { "DUVO_MOCK_V1_LIST_KEYS", "x",
          "DUVO_MOCK_V1_LIST_KEYS: 'x' is not a value it takes; expected both|connections|integrations" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        configured_setup(NULL);
        set_variable(rows[i][0], rows[i][1]);
        REFUSE(rows[i][2], "--strict");
    }
}

#define TEST(name) cmocka_unit_test_setup(name, configured_setup)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_environment),
        TEST(test_flags_beat_the_environment),
        TEST(test_a_list_of_flags_beats_the_environment),
        TEST(test_bare_port),
        TEST(test_empty_variables),
        TEST(test_bare_port_beside_an_empty_variable),
        TEST(test_bad_variables),
    };
    return cmocka_run_group_tests_name("config_environment", tests, NULL, NULL);
}
