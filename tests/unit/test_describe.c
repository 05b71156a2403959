/* The contract document: the same bytes at every call, valid JSON, and every route in it as its row says. */
#include "api/handlers.h"
#include "contract/contract.h"

#include "rig.h"
#include "router/routes.h"

#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { VERSIONS = 3 };

static json_t *documents[VERSIONS];

/* Threads ask for the documents before anybody else does. */
static void *ask_for_all(void *ret)
{
    struct text *texts = ret;
    for (unsigned version = 0; version < VERSIONS; version++)
        texts[version] = contract_text(version);
    return NULL;
}

static int load(void **state)
{
    (void)state;
    enum { THREADS = 4 };
    static struct text texts[THREADS][VERSIONS];
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, ask_for_all, texts[i]) != 0)
            return -1;
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    for (size_t version = 0; version < VERSIONS; version++) {
        for (size_t i = 1; i < THREADS; i++)
            if (texts[i][version].p != texts[0][version].p || texts[i][version].n != texts[0][version].n)
                return -1;
        documents[version] = json_loadb(texts[0][version].p, texts[0][version].n, JSON_REJECT_DUPLICATES, NULL);
        if (!documents[version])
            return -1;
    }
    return 0;
}

static int unload(void **state)
{
    (void)state;
    for (size_t version = 0; version < VERSIONS; version++)
        json_decref(documents[version]);
    contract_free();
    arena_trim();
    return 0;
}

/* The value at `a/b/c` (with `~` for a slash inside a name), or NULL. */
static json_t *at(json_t *value, const char *path)
{
    struct text rest = text_of(path);
    while (value && rest.p) {
        char name[200];
        const struct text piece = text_cut(&rest, '/');
        snprintf(name, sizeof name, "%.*s", TEXT_ARG(piece));
        for (char *c = name; *c; c++)
            *c = *c == '~' ? '/' : *c;
        value = json_object_get(value, name);
    }
    return value;
}

static const char *string_at(json_t *value, const char *path)
{
    const char *string = json_string_value(at(value, path));
    return string ? string : "(none)";
}

static json_t *operation_of(unsigned document, const struct route *route)
{
    char method[16];
    snprintf(method, sizeof method, "%s", method_names[route->method]);
    for (char *c = method; *c; c++)
        *c = (char)(*c | 0x20);
    return json_object_get(json_object_get(json_object_get(documents[document], "paths"), route->path), method);
}

/* ---- the documents ------------------------------------------------------------------------------------- */

static void test_stable(void **state)
{
    (void)state;
    for (unsigned version = 0; version < VERSIONS; version++) {
        const struct text first = contract_text(version), second = contract_text(version);
        assert_ptr_equal(first.p, second.p);
        assert_int_equal(first.n, second.n);
        assert_true(text_ends(first, T("}\n")));
        assert_false(text_ends(first, T("\n\n")));
        assert_false(text_contains(first, T(" \n")));
    }
}

static void test_head(void **state)
{
    (void)state;
    for (unsigned version = 0; version < VERSIONS; version++) {
        assert_string_equal(string_at(documents[version], "openapi"), "3.1.0");
        assert_string_equal(string_at(documents[version], "info/version"), DUVO_MOCK_VERSION);
        assert_string_equal(string_at(documents[version], "components/securitySchemes/bearerAuth/scheme"), "bearer");
        assert_true(json_array_size(at(documents[version], "servers")) > 0);
    }
}

/* Every route in the documents that it belongs to, and no operation that is no route. */
static void test_every_route(void **state)
{
    (void)state;
    for (unsigned version = 0; version < VERSIONS; version++) {
        size_t expected = 0, found = 0;
        for (size_t i = 0; i < route_count; i++) {
            const bool belongs = version == 0 || routes[i].version == version;
            if (belongs != (operation_of(version, &routes[i]) != NULL))
                fail_msg("document %u: %s", version, routes[i].path);
            expected += belongs;
        }
        const char *path;
        json_t *item;
        json_object_foreach(at(documents[version], "paths"), path, item)
            found += json_object_size(item);
        assert_int_equal(found, expected);
    }
}

/* ---- operations ---------------------------------------------------------------------------------------- */

static void test_operation_ids(void **state)
{
    (void)state;
    for (unsigned version = 0; version < VERSIONS; version++)
        for (size_t i = 0; i < route_count; i++) {
            json_t *mine = operation_of(version, &routes[i]);
            if (!mine)
                continue;
            const char *id = string_at(mine, "operationId");
            assert_int_equal(strncmp(id, routes[i].operation, strlen(routes[i].operation)), 0);
            for (size_t k = 0; k < i; k++)
                if (operation_of(version, &routes[k]))
                    assert_string_not_equal(string_at(operation_of(version, &routes[k]), "operationId"), id);
        }
}

static json_t *parameter_of(json_t *operation, const char *name, const char *where)
{
    size_t i;
    json_t *parameter;
    json_array_foreach(at(operation, "parameters"), i, parameter)
        if (strcmp(string_at(parameter, "name"), name) == 0 && strcmp(string_at(parameter, "in"), where) == 0)
            return parameter;
    return NULL;
}

static void check_parameters(json_t *operation, const struct route *route, const struct spec *spec, const char *where)
{
    for (size_t i = 0; spec && i < spec->count; i++) {
        const struct field *f = &spec->fields[i];
        if (!field_exists(f, route->version))
            continue;
        json_t *parameter = parameter_of(operation, f->name, where);
        if (!parameter)
            fail_msg("%s: no parameter %s", route->path, f->name);
        assert_true(json_is_object(at(parameter, "schema")));
        if (f->flags & REQUIRED || strcmp(where, "path") == 0)
            assert_true(json_is_true(at(parameter, "required")));
    }
}

/* Replies that are another protocol's: some have no body, and errors come in its own words. */
static bool is_foreign(const struct route *route)
{
    return (route->also & (E_MCP | E_OAUTH)) != 0;
}

/* Told of a foreign Host, as every part of the control plane is but pages and the servers that it plays. */
static bool is_guarded(const struct route *route)
{
    return strncmp(route->path, "/_mock/", 7) == 0 && !route_is_page(route) && !is_foreign(route);
}

/* Every guarded route wants --admin-token but what everybody may have; and so does the console. */
static bool wants_token(const struct route *route)
{
    static const char *const open[] = { "/_mock/health", "/_mock/ready", "/_mock/ca.pem", "/_mock/console.js",
                                        "/_mock/console/{module}" };
    for (size_t i = 0; i < COUNT(open); i++)
        if (strcmp(route->path, open[i]) == 0)
            return false;
    if (strcmp(route->operation, "sendToInbox") == 0)
        return false; /* from anybody */
    return is_guarded(route) || strcmp(route->path, "/_mock/") == 0;
}

/* Where the schema of a reply stands. */
static const char *schema_path(const struct route *route, const char *status)
{
    const bool succeeds = status[0] == '2';
    if (route_is_page(route) && strcmp(status, "default") != 0)
        return "content/text~html/schema";
    if (succeeds && route->out == &authority_pem)
        return "content/application~pem-certificate-chain/schema";
    if (succeeds && route->out == &event_stream)
        return "content/text~event-stream/schema";
    return succeeds && route->out == &page_script_spec ? "content/text~javascript/schema"
                                                       : "content/application~json/schema";
}

static void check_responses(json_t *operation, const struct route *route)
{
    const char *status;
    json_t *response;
    char success[16];
    snprintf(success, sizeof success, "%u", route->success);
    assert_non_null(json_object_get(at(operation, "responses"), success));
    json_object_foreach(at(operation, "responses"), status, response) {
        assert_true(json_is_string(at(response, "description")));
        if (status[0] == '3')
            assert_non_null(at(response, "headers/location"));
        else if (strcmp(status, "204") == 0) /* which has none */
            assert_null(at(response, "content"));
        else if (!is_foreign(route) || at(response, "content"))
            assert_true(json_is_object(at(response, schema_path(route, status))));
    }
    assert_int_equal(at(operation, "responses/302") || at(operation, "responses/303"),
                     route->success == 302 || route->success == 303 || (route->also & E_REDIRECT));
    assert_int_equal(at(operation, "responses/401") != NULL,
                     is_foreign(route) || route->auth == AUTH_KEY || wants_token(route));
    assert_int_equal(at(operation, "responses/503") != NULL, (route->also & E_503) != 0);
    assert_int_equal(at(operation, "responses/429") != NULL, route_declares(route, 429));
    assert_int_equal(at(operation, "responses/403") != NULL,
                     route_declares(route, 403) || (route->also & E_MCP) || is_guarded(route) ||
                         (route->version && !route_is_page(route) && !is_foreign(route))); /* for its Host */
    assert_int_equal(at(operation, "responses/404") != NULL, is_foreign(route) || route_declares(route, 404));
    assert_int_equal(at(operation, "responses/409") != NULL, route_declares(route, 409));
    assert_int_equal(at(operation, "responses/413") != NULL, route->body && !is_foreign(route));
    assert_non_null(at(operation, "responses/500"));
}

static void test_operations(void **state)
{
    (void)state;
    for (unsigned version = 0; version < VERSIONS; version++)
        for (size_t i = 0; i < route_count; i++) {
            const struct route *route = &routes[i];
            json_t *operation = operation_of(version, route);
            if (!operation)
                continue;
            assert_string_equal(string_at(operation, "summary"), route->summary);
            assert_string_equal(string_at(operation, "description"), route->doc);
            assert_int_equal(json_array_size(at(operation, "security")), route->auth == AUTH_KEY);
            assert_int_equal(at(operation, "requestBody") != NULL, route->body != NULL);
            assert_int_equal(json_array_size(at(operation, "tags")), 1);
            check_parameters(operation, route, route->path_in, "path");
            check_parameters(operation, route, route->query, "query");
            check_responses(operation, route);
        }
}

/* ---- references ---------------------------------------------------------------------------------------- */

static void check_ref(json_t *document, const char *ref)
{
    char path[200];
    assert_int_equal(strncmp(ref, "#/", 2), 0);
    snprintf(path, sizeof path, "%s", ref + 2);
    if (!at(document, path))
        fail_msg("%s leads nowhere", ref);
}

/* Every reference in the value; how many. */
static size_t check_refs(json_t *document, json_t *value)
{
    size_t n = 0, i;
    const char *name;
    json_t *inner;
    if (json_is_string(json_object_get(value, "$ref"))) {
        check_ref(document, string_at(value, "$ref"));
        n++;
    }
    json_object_foreach(value, name, inner)
        n += check_refs(document, inner);
    json_array_foreach(value, i, inner)
        n += check_refs(document, inner);
    return n;
}

static void test_references(void **state)
{
    (void)state;
    for (unsigned version = 0; version < VERSIONS; version++)
        assert_true(check_refs(documents[version], documents[version]) > 20);
}

static json_t *schema(unsigned document, const char *name)
{
    return json_object_get(at(documents[document], "components/schemas"), name);
}

/* What only one version has is in that version's schema alone. */
static void test_versions_of_schemas(void **state)
{
    (void)state;
    assert_non_null(at(schema(1, "Connection"), "properties/composio_mcp_id"));
    assert_null(at(schema(1, "Connection"), "properties/broken_at"));
    assert_null(at(schema(2, "Connection"), "properties/composio_mcp_id"));
    assert_non_null(at(schema(2, "Connection"), "properties/broken_at"));
    assert_non_null(at(schema(0, "ConnectionV1"), "properties/composio_mcp_id"));
    assert_null(at(schema(0, "Connection"), "properties/composio_mcp_id"));
    assert_true(json_is_false(at(schema(1, "Connection"), "additionalProperties")));
    assert_null(at(schema(1, "CreateConnection"), "additionalProperties"));
}

static bool has_item(json_t *array, const char *item)
{
    size_t i;
    json_t *one;
    json_array_foreach(array, i, one)
        if (json_is_string(one) && strcmp(json_string_value(one), item) == 0)
            return true;
    return false;
}

/* A field's rules in words of JSON Schema. */
static void test_fields(void **state)
{
    (void)state;
    json_t *create = schema(1, "CreateConnection"), *connection = schema(1, "Connection");
    assert_true(has_item(at(create, "required"), "name") && has_item(at(create, "required"), "provider"));
    assert_false(has_item(at(create, "required"), "server_url"));
    assert_int_equal(json_integer_value(at(create, "properties/name/minLength")), 1);
    assert_string_equal(string_at(create, "properties/server_url/format"), "uri");
    assert_string_equal(string_at(create, "properties/custom_integration_id/format"), "uuid");
    assert_string_equal(string_at(create, "properties/type/default"), "custom_mcp");
    assert_int_equal(json_array_size(at(create, "properties/auth_method/enum")), 4);
    assert_true(has_item(at(connection, "properties/user_id/type"), "null"));
    assert_string_equal(string_at(connection, "properties/server_url/type"), "string");
    assert_string_equal(string_at(connection, "properties/shared/type"), "boolean");
    json_t *limit = at(parameter_of(operation_of(1, &routes[0]), "limit", "query"), "schema");
    assert_int_equal(json_integer_value(at(limit, "minimum")), 1);
    assert_int_equal(json_integer_value(at(limit, "maximum")), 100);
    assert_int_equal(json_integer_value(at(limit, "default")), 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stable),
        cmocka_unit_test(test_head),
        cmocka_unit_test(test_every_route),
        cmocka_unit_test(test_operation_ids),
        cmocka_unit_test(test_operations),
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_versions_of_schemas),
        cmocka_unit_test(test_fields),
    };
    return cmocka_run_group_tests_name("describe", tests, load, unload);
}
