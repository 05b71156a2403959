/* Operations as tools: each that takes a key is there with all that REST takes, and each argument finds its way. */
#include "router/hosted_tools.h"

#include "rig.h"

#include <jansson.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct arena *scratch;

static int setup(void **state)
{
    (void)state;
    scratch = arena_new();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(scratch);
    return 0;
}

static json_t *tools_of(unsigned version)
{
    struct buf b = buf_new(scratch, 1 << 24);
    struct json j = jw_new(&b);
    tools_put(&j, scratch, version);
    json_t *tools = json_loadb(b.p, b.n, JSON_REJECT_DUPLICATES, NULL);
    assert_true(json_is_array(tools));
    return tools;
}

static json_t *tool_named(json_t *tools, const char *name)
{
    json_t *tool, *found = NULL;
    size_t i;
    json_array_foreach(tools, i, tool)
        if (strcmp(json_string_value(json_object_get(tool, "name")), name) == 0) {
            assert_null(found); /* none has the name of another */
            found = tool;
        }
    return found;
}

/* Each field of the spec is a property, and those that are required are told to be. How many there are. */
static size_t expect_fields(json_t *input, const struct spec *spec, unsigned version)
{
    size_t n = 0;
    for (size_t i = 0; spec && i < spec->count; i++) {
        const struct field *f = &spec->fields[i];
        json_t *name;
        size_t k;
        bool required = false;
        if (!field_exists(f, version))
            continue;
        assert_non_null(json_object_get(json_object_get(input, "properties"), f->name));
        json_array_foreach(json_object_get(input, "required"), k, name)
            required |= strcmp(json_string_value(name), f->name) == 0;
        assert_int_equal(required, (f->flags & REQUIRED) != 0);
        n++;
    }
    return n;
}

static void test_every_operation(void **state)
{
    (void)state;
    for (unsigned version = 1; version <= 2; version++) {
        json_t *tools = tools_of(version);
        size_t n = 0;
        for (size_t i = 0; i < route_count; i++) {
            const struct route *route = &routes[i];
            const bool wanted = route->version == version && route->auth == AUTH_KEY &&
                                strcmp(route->operation, "callMcp") != 0;
            json_t *tool = route->version == version ? tool_named(tools, route->operation) : NULL;
            assert_int_equal(tool != NULL, wanted);
            assert_int_equal(tools_find(version, text_of(route->operation)) == route, wanted);
            if (!wanted)
                continue;
            json_t *input = json_object_get(tool, "inputSchema");
            const bool flat = tools_body_is_flat(route);
            size_t fields = expect_fields(input, route->path_in, version);
            fields += expect_fields(input, route->query, version);
            fields += flat ? expect_fields(input, route->body, version) : route->body != NULL;
            assert_int_equal(json_object_size(json_object_get(input, "properties")), fields);
            assert_string_equal(json_string_value(json_object_get(tool, "title")), route->summary);
            n++;
        }
        assert_int_equal(json_array_size(tools), n);
        json_decref(tools);
    }
}

/* ---- arguments ----------------------------------------------------------------------------------------------- */

struct place {
    struct v_text id;
};
struct members {
    struct v_text name, id;
};
static const struct field place_fields[] = { FIELD_TEXT(struct place, id, .flags = REQUIRED) };
static const struct spec place_spec = SPEC(struct place, "Place", place_fields);
static const struct field query_fields[] = { FIELD_TEXT(struct members, name, .flags = 0) };
static const struct spec query_spec = SPEC(struct members, "Query", query_fields);
static const struct field body_fields[] = { FIELD_TEXT(struct members, name, .flags = 0) };
static const struct spec body_spec = SPEC(struct members, "Body", body_fields);
static const struct field clash_fields[] = { FIELD_TEXT(struct members, id, .flags = 0) };
static const struct spec clash_spec = SPEC(struct members, "Clash", clash_fields);
static const struct spec raw_spec = { .name = "Raw", .raw = true };

static void test_arguments(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        const struct spec *query, *body;
        const char *arguments, *uri, *sent; /* sent: NULL: no body */
    } rows[] = {
        { "a path", NULL, NULL, "{\"id\": \"a/b?c\"}", "/v1/x/a%2Fb%3Fc/y", NULL },
        { "a number in it", NULL, NULL, "{\"id\": 7}", "/v1/x/7/y", NULL },
        { "a query", &query_spec, NULL, "{\"id\": \"a\", \"name\": \"b&c\"}", "/v1/x/a/y?name=b%26c", NULL },
        { "a null in it", &query_spec, NULL, "{\"id\": \"a\", \"name\": null}", "/v1/x/a/y", NULL },
        { "a body", NULL, &body_spec, "{\"id\": \"a\", \"name\": null, \"more\": [1]}", "/v1/x/a/y",
          "{\"name\":null,\"more\":[1]}" },
        { "no member", NULL, &body_spec, "{\"id\": \"a\"}", "/v1/x/a/y", "{}" },
        { "a query before a body", &query_spec, &clash_spec, "{\"id\": \"a\", \"name\": \"n\", \"body\": {\"id\": 1}}",
          "/v1/x/a/y?name=n", "{\"id\":1}" },
        { "a clash", NULL, &clash_spec, "{\"id\": \"a\", \"body\": {\"id\": \"b\"}}", "/v1/x/a/y", "{\"id\":\"b\"}" },
        { "a clash, with more", NULL, &clash_spec, "{\"id\": \"a\", \"x\": 1}", "/v1/x/a/y?x=1", NULL },
        { "no object", NULL, &raw_spec, "{\"id\": \"a\", \"body\": [1, 2]}", "/v1/x/a/y", "[1,2]" },
        { "nobody knows it", NULL, NULL, "{\"id\": \"a\", \"x\": true}", "/v1/x/a/y?x=true", NULL },
    };
    rig_open(&rig, NULL);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct route route = { .method = METHOD_POST, .version = 1, .path = "/v1/x/{id}/y", .operation = "x",
                                     .path_in = &place_spec, .query = rows[i].query, .body = rows[i].body };
        struct request *rq = request_new(&rig.server, T("/v1/mcp"));
        const struct operation_call call = operation_call_of(rq, &route, text_of(rows[i].arguments));
        assert_null(call.refusal.p);
        if (!text_eq(call.uri, text_of(rows[i].uri)))
            fail_msg("%s: %.*s", rows[i].what, TEXT_ARG(call.uri));
        if (rows[i].sent ? !text_eq(call.body, text_of(rows[i].sent)) : call.body.p != NULL)
            fail_msg("%s: %.*s", rows[i].what, TEXT_ARG(call.body));
        request_free(rq);
    }
    rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_operation),
        cmocka_unit_test(test_arguments),
    };
    return cmocka_run_group_tests_name("hosted tools", tests, setup, teardown);
}
