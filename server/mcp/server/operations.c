#include "mcp/server/operations.h"

#include "base/arena.h"
#include "mcp/rpc.h"

#include <string.h>

bool tools_have(const struct route *route, unsigned version)
{
    return route->version == version && route->auth == AUTH_KEY && route->fn && !(route->also & E_MCP);
}

const struct route *tools_find(unsigned version, struct text name)
{
    for (size_t i = 0; i < route_count; i++)
        if (tools_have(&routes[i], version) && text_eq(name, text_of(routes[i].operation)))
            return &routes[i];
    return NULL;
}

/* ---- arguments ----------------------------------------------------------------------------------------------- */

static bool is_in(const struct spec *spec, const struct route *route, const struct field *f)
{
    return spec && spec_find_field(spec, route->version, text_of(f->name));
}

bool tools_body_is_flat(const struct route *route)
{
    const struct spec *body = route->body;
    if (!body || body->raw || body->bare || body->media)
        return false;
    for (size_t i = 0; i < body->count; i++)
        if (field_exists(&body->fields[i], route->version) &&
            (is_in(route->path_in, route, &body->fields[i]) || is_in(route->query, route, &body->fields[i])))
            return false;
    return true;
}

/* ---- redaction ----------------------------------------------------------------------------------------------- */

struct called {
    struct v_text name;
};

static const struct field called_fields[] = { FIELD_TEXT(struct called, name, .doc = "Of the tool") };
static const struct spec called_spec = SPEC(struct called, "McpCalled", called_fields);

static bool calls_tool(const struct rpc_message *message)
{
    return message->method.is == VALUE_SET && text_eq(message->method.v, T("tools/call"));
}

/* The tool that one message calls; NULL: none that there is. */
static const struct route *called_by(struct arena *arena, unsigned version, const struct rpc_message *message)
{
    struct called called = { .name = { .is = VALUE_ABSENT } };
    if (message->params.is != VALUE_SET ||
        !spec_read(arena, &called_spec, T("params"), message->params.v, &called).ok)
        return NULL;
    return tools_find(version, called.name.v);
}

static size_t copy_fields(struct field *to, const struct spec *spec, unsigned version)
{
    size_t n = 0;
    for (size_t i = 0; spec && i < spec->count; i++)
        if (field_exists(&spec->fields[i], version))
            to[n++] = spec->fields[i];
    return n;
}

/* Of all its arguments. */
static const struct spec *arguments_of(struct arena *arena, const struct route *route)
{
    const struct spec *parts[] = { route->path_in, route->query, tools_body_is_flat(route) ? route->body : NULL };
    struct spec *spec = ARENA_NEW(arena, struct spec);
    size_t room = 1, n = 0;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        room += parts[i] ? parts[i]->count : 0;
    struct field *fields = ARENA_ARRAY(arena, room, struct field);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        n += copy_fields(fields + n, parts[i], route->version);
    if (route->body && !parts[2])
        fields[n++] = (struct field){ .name = "body", .kind = KIND_OBJECT, .sub = route->body };
    *spec = (struct spec){ .name = "McpArguments", .fields = fields, .count = n };
    return spec;
}

/* The message, or an array of such, whose arguments follow the spec or, without one, are all secret. */
static const struct spec *message_with(struct arena *arena, const struct spec *arguments)
{
    const struct field params_fields[] = {
        { .name = "name", .kind = KIND_TEXT },
        { .name = "_meta", .kind = KIND_JSON },
        { .name = "arguments", .kind = arguments ? KIND_OBJECT : KIND_SECRETS, .sub = arguments },
    };
    struct spec *params = ARENA_NEW(arena, struct spec), *message = ARENA_NEW(arena, struct spec);
    struct field *inner = ARENA_ARRAY(arena, 3, struct field), *outer = ARENA_ARRAY(arena, 4, struct field);
    memcpy(inner, params_fields, sizeof params_fields);
    *params = (struct spec){ .name = "McpParams", .fields = inner, .count = 3 };
    outer[0] = (struct field){ .name = "jsonrpc", .kind = KIND_TEXT };
    outer[1] = (struct field){ .name = "id", .kind = KIND_JSON };
    outer[2] = (struct field){ .name = "method", .kind = KIND_TEXT };
    outer[3] = (struct field){ .name = "params", .kind = KIND_OBJECT, .sub = params };
    *message = (struct spec){ .name = "McpCallMessage", .fields = outer, .count = 4 };
    return message;
}

/* In a batch, which only one revision has, no argument is told: each call would need a spec of its own. So it is with
 * a tool that there is not, and with what is no message. */
const struct spec *tools_body_spec(struct arena *arena, const struct route *route, struct text body)
{
    struct rpc_body read;
    const struct route *called = NULL;
    bool calls = false;
    if (!route || !route->version || !(route->also & E_MCP))
        return route ? route->body : NULL;
    if (!rpc_parse(arena, true, T("message"), body, &read))
        return message_with(arena, NULL);
    for (size_t i = 0; i < read.n; i++)
        calls |= calls_tool(&read.messages[i]);
    if (calls && !read.is_batch)
        called = called_by(arena, route->version, read.messages);
    return calls ? message_with(arena, called ? arguments_of(arena, called) : NULL) : NULL;
}
