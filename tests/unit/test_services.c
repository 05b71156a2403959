/* Services: every integration of the catalog has a built-in MCP server whose tools can be used. */
#include "mcp/server/services.h"

#include "api/integrations.h"
#include "base/embed.h"
#include "scratch.h"

#include <jansson.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static json_t *load(const char *path)
{
    const struct text file = embedded_file(path);
    json_t *json = json_loadb(file.p, file.n, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(json);
    return json;
}

static int index_of(const char *slug)
{
    return text_index(text_of(slug), integration_slugs);
}

/* The words that the API takes, and the types that the catalog has. */
static void test_slugs_are_the_types_of_the_catalog(void **state)
{
    json_t *catalog = load("fixtures/catalog.json"), *row;
    const json_t *rows = json_object_get(catalog, "integrations");
    size_t i;
    (void)state;
    json_array_foreach(rows, i, row) {
        const char *type = json_string_value(json_object_get(row, "type"));
        assert_int_equal(index_of(type), (int)i);
    }
    assert_int_equal(i, 78);
    assert_null(integration_slugs[i]);
    json_decref(catalog);
}

static void check_tool(const struct mcp_tool_row *tool)
{
    json_t *schema = json_loadb(tool->input_schema.v.p, tool->input_schema.v.n, 0, NULL), *name;
    const json_t *properties = json_object_get(schema, "properties");
    size_t i;
    assert_true(tool->name.v.n && tool->description.v.n);
    assert_string_equal(json_string_value(json_object_get(schema, "type")), "object");
    assert_true(json_is_object(properties));
    json_array_foreach(json_object_get(schema, "required"), i, name)
        assert_non_null(json_object_get(properties, json_string_value(name)));
    json_decref(schema);
}

static void test_every_slug_has_tools(void **state)
{
    (void)state;
    for (size_t k = 0; integration_slugs[k]; k++) {
        size_t n = 0;
        const struct mcp_tool_row *tools = service_tools(scratch, text_of(integration_slugs[k]), NULL, 0, &n);
        if (n < 2 || n > 8)
            fail_msg("%s has %zu tools", integration_slugs[k], n);
        for (size_t i = 0; i < n; i++) {
            check_tool(&tools[i]);
            assert_true(!i || !text_eq(tools[i - 1].name.v, tools[i].name.v));
        }
    }
}

/* A word with a typing error would leave its service with what all services have. */
static void test_every_set_of_tools_is_of_a_slug(void **state)
{
    json_t *services = load("fixtures/services.json"), *row;
    const char prefix[] = "integration:";
    size_t i, generic = 0;
    (void)state;
    json_array_foreach(json_object_get(services, "mcp_tools"), i, row) {
        const char *preset = json_string_value(json_object_get(row, "preset"));
        if (strcmp(preset, "integration") == 0) {
            generic++;
            continue;
        }
        assert_memory_equal(preset, prefix, sizeof prefix - 1);
        if (index_of(preset + sizeof prefix - 1) < 0)
            fail_msg("%s is no integration", preset);
    }
    assert_int_equal(generic, 4);
    json_decref(services);
}

/* Services that everybody knows, and those that are one under two names. */
static void test_generic_tools_are_the_exception(void **state)
{
    static const char *const generic[] = { "system", "custom_mcp", "user_mcp", NULL };
    (void)state;
    for (size_t k = 0; integration_slugs[k]; k++) {
        size_t n = 0;
        const struct text slug = text_of(integration_slugs[k]);
        const struct mcp_tool_row *tools = service_tools(scratch, slug, NULL, 0, &n);
        assert_int_equal(text_eq(tools[0].preset.v, T("integration")), text_index(slug, generic) >= 0);
    }
}

static void test_own_tools_take_the_place_of_built_in_ones(void **state)
{
    const struct mcp_tool_row own[] = {
        { .name = SET_TEXT(T("send_message")), .description = SET_TEXT(T("Mine")) },
        { .name = SET_TEXT(T("a_first")) },
    };
    size_t n = 0, built_in = 0;
    (void)state;
    service_tools(scratch, T("slack"), NULL, 0, &built_in);
    const struct mcp_tool_row *tools = service_tools(scratch, T("slack"), own, 2, &n);
    assert_int_equal(n, built_in + 1);
    assert_true(text_eq(tools[0].name.v, T("a_first")));
    assert_true(text_eq(tools[n - 1].description.v, T("Mine")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slugs_are_the_types_of_the_catalog),
        cmocka_unit_test(test_every_slug_has_tools),
        cmocka_unit_test(test_every_set_of_tools_is_of_a_slug),
        cmocka_unit_test(test_generic_tools_are_the_exception),
        cmocka_unit_test(test_own_tools_take_the_place_of_built_in_ones),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
