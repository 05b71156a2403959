/* Configuration: defaults, flags, environment, which of them wins, and what is said about a bad one. */
#include "cli/options.h"
#include "configured.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* ---- defaults ------------------------------------------------------------------------------------------ */

static void test_defaults(void **state)
{
    (void)state;
    ACCEPT(NOTHING);
    assert_int_equal(config.command, COMMAND_SERVE);
    assert_string_equal(config.host, "localhost");
    assert_int_equal(config.port, 8787);
    assert_null(config.port_file);
    assert_null(config.db);
    assert_int_equal(config.cors.n, 0);
    assert_false(config.strict || config.any_key || config.lenient_auth_method);
    assert_int_equal(config.rate_limit, 0);
    assert_int_equal(config.v1_list_keys, LIST_KEYS_BOTH);
    assert_int_equal(config.models, MODELS_LISTED);
    assert_int_equal(config.log, LOG_TEXT);
    assert_int_equal(config.files.n, 0);
    expect_list(&config.fixtures, "default");
}

/* ---- flags --------------------------------------------------------------------------------------------- */

static void test_flags(void **state)
{
    (void)state;
    ACCEPT("--host", "::1", "--port=0", "--port-file", "p", "--db=a=b", "--strict",
           "--any-key=off", "--rate-limit", "60", "--cors=*", "--v1-list-keys=integrations", "--models=any",
           "--lenient-auth-method=YES", "--log", "json");
    assert_string_equal(config.host, "::1");
    assert_int_equal(config.port, 0);
    assert_string_equal(config.port_file, "p");
    assert_string_equal(config.db, "a=b");
    assert_true(config.strict && !config.any_key && config.lenient_auth_method);
    assert_int_equal(config.rate_limit, 60);
    expect_list(&config.cors, "*");
    assert_int_equal(config.v1_list_keys, LIST_KEYS_INTEGRATIONS);
    assert_int_equal(config.models, MODELS_ANY);
    assert_int_equal(config.log, LOG_JSON);
}

static void test_last_flag_wins(void **state)
{
    (void)state;
    ACCEPT("--port=1", "--strict", "--port=2", "--strict=off");
    assert_int_equal(config.port, 2);
    assert_false(config.strict);
}

static void test_flag_values(void **state)
{
    (void)state;
    static const char *const on[] = { "on", "On", "true", "1", "yes" };
    static const char *const off[] = { "off", "OFF", "false", "0", "no" };
    for (size_t i = 0; i < COUNT(on); i++) {
        char yes[32], no[32];
        snprintf(yes, sizeof yes, "--strict=%s", on[i]);
        snprintf(no, sizeof no, "--strict=%s", off[i]);
        ACCEPT(yes);
        assert_true(config.strict);
        ACCEPT("--strict", no);
        assert_false(config.strict);
    }
}

static void test_number_edges(void **state)
{
    (void)state;
    ACCEPT("--port=65535", "--rate-limit=1");
    assert_int_equal(config.port, 65535);
    assert_int_equal(config.rate_limit, 1);
    ACCEPT("--port=0080", "--rate-limit=1000000");
    assert_int_equal(config.port, 80);
    assert_int_equal(config.rate_limit, 1000000);
    ACCEPT("--rate-limit=5", "--rate-limit=off");
    assert_int_equal(config.rate_limit, 0);
}

#define BAD_PORT(value) "--port: '" value "' is not a value it takes; expected 0-65535"
#define BAD_RATE(value) "--rate-limit: '" value "' is not a value it takes; expected 1-1000000|off"

static void test_bad_numbers(void **state)
{
    (void)state;
    REFUSE(BAD_PORT("65536"), "--port=65536");
    REFUSE(BAD_PORT("-1"), "--port=-1");
    REFUSE(BAD_PORT("-1"), "--port", "-1");
    REFUSE(BAD_PORT("+1"), "--port=+1");
    REFUSE(BAD_PORT(" 1"), "--port= 1");
    REFUSE(BAD_PORT("1 "), "--port=1 ");
    REFUSE(BAD_PORT("80a"), "--port=80a");
    REFUSE(BAD_PORT("0x50"), "--port=0x50");
    REFUSE(BAD_PORT("1.0"), "--port=1.0");
    REFUSE(BAD_PORT(""), "--port=");
    REFUSE(BAD_PORT(""), "--port", "");
    REFUSE(BAD_PORT("off"), "--port=off");
    REFUSE(BAD_PORT("99999999999999999999"), "--port=99999999999999999999");
    REFUSE(BAD_RATE("0"), "--rate-limit=0");
    REFUSE(BAD_RATE("1000001"), "--rate-limit=1000001");
    REFUSE(BAD_RATE("Off"), "--rate-limit=Off");
}

static void test_bad_values(void **state)
{
    (void)state;
    REFUSE("--log: 'xml' is not a value it takes; expected text|json|off", "--log=xml");
    REFUSE("--log: 'Text' is not a value it takes; expected text|json|off", "--log", "Text");
    REFUSE("--log: 'text|json' is not a value it takes; expected text|json|off", "--log=text|json");
    REFUSE("--log: '' is not a value it takes; expected text|json|off", "--log=");
    REFUSE("--v1-list-keys: 'all' is not a value it takes; expected both|connections|integrations",
           "--v1-list-keys=all");
    REFUSE("--strict: 'maybe' is not a value it takes; expected on|off", "--strict=maybe");
    REFUSE("--strict: '' is not a value it takes; expected on|off", "--strict=");
    REFUSE("--host: '' is not a value it takes", "--host=");
    REFUSE("--db: '' is not a value it takes", "--db", "");
    REFUSE("--fixtures: '' is not a value it takes", "--fixtures=");
}

static void test_missing_values(void **state)
{
    (void)state;
    REFUSE("--port needs a value: N", "--port");
    REFUSE("--host needs a value: ADDRESS", "--strict", "--host");
    REFUSE("--fixtures needs a value: NAME|PATH", "--fixtures");
    ACCEPT("--host", "--port"); /* it is the value */
    assert_string_equal(config.host, "--port");
}

static void test_unknown_options(void **state)
{
    (void)state;
    REFUSE("unknown option --bogus; see duvo-mock --help", "--bogus");
    REFUSE("unknown option --bogus; see duvo-mock --help", "--bogus=1");
    REFUSE("unknown option --Port; see duvo-mock --help", "--Port=1");
    REFUSE("unknown option --por; see duvo-mock --help", "--por=1");
    REFUSE("unknown option --port_file; see duvo-mock --help", "--port_file=x");
    REFUSE("unknown option --; see duvo-mock --help", "--=x");
    REFUSE("unknown command '-p'; see duvo-mock --help", "-p");
    REFUSE("unknown command '--'; see duvo-mock --help", "--");
    REFUSE("unknown command '-'; see duvo-mock --help", "-");
    REFUSE("unknown command ''; see duvo-mock --help", "");
}

/* ---- lists --------------------------------------------------------------------------------------------- */

static void test_lists(void **state)
{
    (void)state;
    ACCEPT("--fixtures", "a.json", "--port=1", "--fixtures=b,c");
    expect_list(&config.fixtures, "a.json,b,c");
    assert_int_equal(config.fixtures.n, 2); /* a comma separates in the environment alone */
    ACCEPT("--fixtures=default", "--fixtures=more.json");
    expect_list(&config.fixtures, "default,more.json");
}

static const struct config_list *list_at(size_t offset)
{
    return (const struct config_list *)(const void *)((const char *)&config + offset);
}

/* Every list of config.def: each flag adds one, a variable has them between commas, and flags take its place. */
static void test_every_list(void **state)
{
    static const struct {
        const char *flag;
        size_t offset;
        const char *one, *other, *third;
    } rows[] = {
        { "fixtures", offsetof(struct config, fixtures), "a.json", "b", "c.json" },
        { "tls-names", offsetof(struct config, tls_names), "a.example", "10.0.0.1", "[fd00::1]" },
        { "allowed-return-hosts", offsetof(struct config, allowed_return_hosts), "a.example", "*.b.example", "[::1]" },
        { "allowed-hosts", offsetof(struct config, allowed_hosts), "a.example", "*.b.example", "::1" },
        { "cors", offsetof(struct config, cors), "http://a.example", "https://b.example:8443", "*" },
    };
    size_t lists = 0;
    (void)state;
    for (size_t i = 0; i < option_count; i++)
        lists += options[i].kind == OPTION_LIST || options[i].kind == OPTION_HOSTS || options[i].kind == OPTION_ORIGINS;
    assert_int_equal(lists, COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++) {
        char flag[64], variable[OPTION_VARIABLE_SIZE], both[128];
        snprintf(flag, sizeof flag, "--%s", rows[i].flag);
        snprintf(both, sizeof both, "%s,%s", rows[i].one, rows[i].other);
        option_variable(&(struct option){ .flag = rows[i].flag }, variable);
        set_variable(variable, both);
        ACCEPT(NOTHING);
        assert_int_equal(list_at(rows[i].offset)->n, 2);
        expect_list(list_at(rows[i].offset), both);
        ACCEPT(flag, rows[i].one, flag, rows[i].other, flag, rows[i].third);
        assert_int_equal(list_at(rows[i].offset)->n, 3);
        assert_string_equal(list_at(rows[i].offset)->v[2], rows[i].third);
        unsetenv(variable);
    }
}

/* A host with a comma, a port or a path would never match. */
static void test_hosts(void **state)
{
    static const char *const bad[] = { "a.example,b.example", "a.example/", "https://a.example", "a b", "*.", "*",
                                       "a.*.example" };
    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        char message[256];
        snprintf(message, sizeof message, "--allowed-hosts: '%s' is not a value it takes; expected one host, such as "
                 "app.example, *.example or [::1]", bad[i]);
        REFUSE(message, "--allowed-hosts", bad[i]);
    }
}

static void test_other_letters(void **state)
{
    (void)state;
    ACCEPT("--allowed-hosts=bücher.example", "--allowed-hosts=*.Bücher.example", "--cors=https://bücher.example:8443",
           "--public-url=http://bücher.example/mock", "--allowed-return-hosts=пример.example");
    expect_list(&config.allowed_hosts, "xn--bcher-kva.example,*.xn--bcher-kva.example");
    expect_list(&config.cors, "https://xn--bcher-kva.example:8443");
    expect_list(&config.allowed_return_hosts, "xn--e1afmkfd.example");
    assert_string_equal(config.public_url, "http://xn--bcher-kva.example/mock");
    REFUSE("--public-url: 'http://ｂücher.example' is not a value it takes", "--public-url=http://ｂücher.example");
}

static bool parse_many(const char *first, const char *rest, size_t n)
{
    const char *words[CONFIG_LIST_MAX + 4] = { first };
    for (size_t i = 1; i <= n; i++)
        words[i] = rest;
    return configured(words);
}

static void test_full_lists(void **state)
{
    (void)state;
    assert_true(parse_many("serve", "--fixtures=x", CONFIG_LIST_MAX));
    assert_int_equal(config.fixtures.n, CONFIG_LIST_MAX);
    assert_false(parse_many("serve", "--fixtures=x", CONFIG_LIST_MAX + 1));
    assert_string_not_equal(why, "");
    assert_true(parse_many("validate", "f.json", CONFIG_LIST_MAX));
    assert_int_equal(config.files.n, CONFIG_LIST_MAX);
    assert_false(parse_many("validate", "f.json", CONFIG_LIST_MAX + 1));
    assert_string_equal(why, "validate takes at most 64 files");
}

/* ---- commands ------------------------------------------------------------------------------------------ */

static void test_commands(void **state)
{
    (void)state;
    ACCEPT("serve", "--port=1");
    assert_int_equal(config.command, COMMAND_SERVE);
    ACCEPT("--port=1", "healthcheck");
    assert_int_equal(config.command, COMMAND_HEALTHCHECK);
    assert_int_equal(config.port, 1);
    ACCEPT("describe");
    assert_int_equal(config.command, COMMAND_DESCRIBE);
    ACCEPT("version");
    assert_int_equal(config.command, COMMAND_VERSION);
    ACCEPT("--version");
    assert_int_equal(config.command, COMMAND_VERSION);
    ACCEPT("--help");
    assert_int_equal(config.command, COMMAND_HELP);
    ACCEPT("-h");
    assert_int_equal(config.command, COMMAND_HELP);
    ACCEPT("serve", "--help");
    assert_int_equal(config.command, COMMAND_HELP);
    ACCEPT("validate", "a.json", "--strict", "serve", "-");
    assert_int_equal(config.command, COMMAND_VALIDATE);
    expect_list(&config.files, "a.json,serve,-");
}

static void test_bad_commands(void **state)
{
    (void)state;
    REFUSE("unknown command 'bogus'; see duvo-mock --help", "bogus");
    REFUSE("unknown command 'Serve'; see duvo-mock --help", "Serve");
    REFUSE("unknown command 'describe'; see duvo-mock --help", "serve", "describe");
    REFUSE("unknown command 'off'; see duvo-mock --help", "--strict", "off");
    REFUSE("validate needs at least one file", "validate");
}

static void test_help(void **state)
{
    (void)state;
    static const char *const flags[] = {
#define CONFIG(kind, member, flag, argument, fallback, choices, help) "--" flag, help,
#include "cli/config.def"
#undef CONFIG
        "serve", "healthcheck", "describe", "validate", "version", "--help", "--version", "(default localhost)",
        "(default 8787)", "DUVO_MOCK_",
    };
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    config_help(out);
    fclose(out);
    for (size_t i = 0; i < COUNT(flags); i++)
        if (!strstr(text, flags[i]))
            fail_msg("the help does not have %s", flags[i]);
    for (const char *line = text; *line; line = strchr(line, '\n') + 1)
        assert_in_range(strcspn(line, "\n"), 0, 130);
    free(text);
}

#define TEST(name) cmocka_unit_test_setup(name, configured_setup)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_defaults),
        TEST(test_flags),
        TEST(test_last_flag_wins),
        TEST(test_flag_values),
        TEST(test_number_edges),
        TEST(test_bad_numbers),
        TEST(test_bad_values),
        TEST(test_missing_values),
        TEST(test_unknown_options),
        TEST(test_lists),
        TEST(test_every_list),
        TEST(test_hosts),
        TEST(test_other_letters),
        TEST(test_full_lists),
        TEST(test_commands),
        TEST(test_bad_commands),
        TEST(test_help),
    };
    return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
